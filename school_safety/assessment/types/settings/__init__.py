"""`settings`: a made-up app's page of settings, to be made safe.

Response: `{"state": {"location": "off", "who": "friends"}}`, every setting as the pupil leaves it. A page left as it
was is no answer; what is made less safe than it was lowers the score.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from school_safety.assessment.rules import (
    BadAnswer,
    Content,
    Feedback,
    FormData,
    Inspection,
    ItemType,
    Note,
    Part,
    Problem,
    Response,
    Score,
    State,
    Text,
    by_id,
    gave_up,
    joined,
    score_of,
)
from school_safety.assessment.types.settings.checks import ON_OFF, SWITCH, check_page, is_safe, weight_of

_ON, _OFF = ON_OFF


def start_of(content: Content) -> dict[str, str]:
    """Every setting as the page first shows it."""
    return {setting["id"]: setting["start"] for setting in content["settings"]}


def safety(content: Content, state: Mapping[str, str]) -> Fraction:
    """The weighted share of settings that stand at a safe option, in [0, 1]."""
    settings = content["settings"]
    safe = sum(weight_of(setting) for setting in settings if is_safe(setting, state[setting["id"]]))
    return Fraction(safe, sum(weight_of(setting) for setting in settings))


class Settings(ItemType):
    """A page of settings; what counts is how much safer it is than it was."""

    code = "settings"
    parts = ""

    def check(self, content: Content) -> tuple[Problem, ...]:
        """Every setting has safe and unsafe options, and the page is not safe from the start."""
        inspection = Inspection(content)
        inspection.frame(required=("screen", "settings"))
        check_page(inspection)
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """Switches and selects. A hidden field says that the page was there, as a switch that is off posts nothing."""
        if not form.get(f"{prefix}-settings"):
            return None
        state = {}
        for setting in content["settings"]:
            posted = form.get(f"{prefix}-{setting['id']}")
            state[setting["id"]] = (posted or _OFF) if setting["kind"] == SWITCH else (posted or setting["start"])
        return {"state": state}

    def accept(self, content: Content, value: object) -> Response | None:
        """Settings and options of this item, those left out as they were; a page left as it was is no answer."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"state"} or not isinstance(value["state"], Mapping):
            raise BadAnswer("shape")
        settings = by_id(content["settings"])
        for name, chosen in value["state"].items():
            if name not in settings or chosen not in [option["id"] for option in settings[name]["options"]]:
                raise BadAnswer("unknown setting")
        start = start_of(content)
        state = {name: value["state"].get(name, start[name]) for name in start}
        return None if state == start else {"state": state}

    def score(self, content: Content, response: Response | None) -> Score:
        """How much of the way from the page's first safety to full safety was made; never below nothing."""
        if response is None:
            return gave_up()
        state = response["state"]
        first, now = safety(content, start_of(content)), safety(content, state)
        parts = (Part(one["id"], Fraction(int(is_safe(one, state[one["id"]])))) for one in content["settings"])
        return score_of((now - first) / (1 - first), parts)

    def key(self, content: Content) -> Response:
        """Every setting safe; one that is safe from the start stays as it is."""
        state = {}
        for setting in content["settings"]:
            safe = [option["id"] for option in setting["options"] if option.get("safe")]
            state[setting["id"]] = setting["start"] if setting["start"] in safe else safe[0]
        return {"state": state}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every setting with its risk; `chosen` says that the pupil changed it."""
        start = start_of(content)
        state = response["state"] if response else start
        notes = tuple(
            Note(
                setting["id"],
                state[setting["id"]] != start[setting["id"]],
                State.GAVEUP
                if response is None
                else State.RIGHT
                if is_safe(setting, state[setting["id"]])
                else State.WRONG,
                setting["risk"],
            )
            for setting in content["settings"]
        )
        return Feedback(notes, content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """Every setting with the option it was left at."""
        state = response["state"] if response else {}
        return joined(
            joined([setting["text"], by_id(setting["options"])[state[setting["id"]]]["text"]], separator=": ")
            for setting in content["settings"]
            if setting["id"] in state
        )

    def guess(self, content: Content) -> None:
        """Not known: clipping at nothing makes it depend on every weight."""

    def scene(self, content: Content, response: Response | None, order: tuple[str, ...]) -> Mapping[str, Any]:
        """Every setting as it stands and as it was, and the words of every option."""
        start = start_of(content)
        return {
            "state": response["state"] if response else start,
            "start": start,
            "key": self.key(content)["state"],
            "words": {
                setting["id"]: {option["id"]: option["text"] for option in setting["options"]}
                for setting in content["settings"]
            },
        }

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconceptions behind the settings that were left unsafe."""
        if response is None:
            return frozenset()
        return frozenset(
            setting["misconception"]
            for setting in content["settings"]
            if "misconception" in setting and not is_safe(setting, response["state"][setting["id"]])
        )

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind all settings."""
        return frozenset(setting["misconception"] for setting in content["settings"] if "misconception" in setting)


TYPE = Settings()
