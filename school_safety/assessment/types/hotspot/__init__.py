"""`hotspot`: a message as it would arrive; is it genuine, what in it gives it away, what to do now?

Response: `{"verdict": "phish", "flags": ["link", "urgency"], "action": "report"}`; what was not answered is left out,
`flags` is always there. Without a verdict, leaving every span unticked says nothing and earns nothing.
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
    exact,
    gave_up,
    item_seed,
    joined,
    score_of,
    shuffled,
    state_of,
)
from school_safety.assessment.types.hotspot.checks import GENUINE, PHISH, WEIGHTS, check_message, weight_of

_CAP = Fraction(1, 2)
_HEAD = frozenset({"sender", "address", "subject", "time"})
_WORDS: dict[str, Text] = {
    PHISH: {"vi": "Tin lừa đảo", "en": "A scam"},
    GENUINE: {"vi": "Tin thật", "en": "Genuine"},
}


def _spans(content: Content) -> list[str]:
    """The ids of the spans that can be ticked, in reading order."""
    return [span["id"] for span in content["screen"]["spans"] if "id" in span]


def _signs(content: Content) -> list[str]:
    marked = {flag["id"] for flag in content["flags"]}
    return [span_id for span_id in _spans(content) if span_id in marked]


def _weight(content: Content, name: str) -> Fraction:
    """What one of the three parts counts."""
    return (exact(content["weights"][name]) or Fraction(0)) if "weights" in content else WEIGHTS[name]


def flag_share(signs: int, hits: int, ticked: int) -> Fraction:
    """Hits / max(signs, ticked), so that ticking everything dilutes (Moodle question/type/ddmarker/question.php:157).

    In a message without signs everything is earned by ticking nothing.
    """
    if signs == 0:
        return Fraction(int(ticked == 0))
    return Fraction(hits, max(signs, ticked))


class Hotspot(ItemType):
    """Spot the phish."""

    code = "hotspot"
    parts = "actions"

    def check(self, content: Content) -> tuple[Problem, ...]:
        """A message with spans to tick, signs that exist, a verdict that fits them and one best action."""
        inspection = Inspection(content)
        inspection.frame(
            required=("screen", "flags", "verdict", "actions"), optional=("verdict_misconception", "weights")
        )
        check_message(inspection)
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """The verdict, the ticked spans and the action."""
        said = {name: form.get(f"{prefix}-{name}") for name in ("verdict", "action")}
        return {"flags": form.getlist(f"{prefix}-flags"), **{name: value for name, value in said.items() if value}}

    def accept(self, content: Content, value: object) -> Response | None:
        """A known verdict, spans that can be ticked, an action of this item; nothing of it is no answer."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or not {"flags"} <= set(value) <= {"verdict", "flags", "action"}:
            raise BadAnswer("shape")
        known = _spans(content)
        if not isinstance(value["flags"], list) or any(span_id not in known for span_id in value["flags"]):
            raise BadAnswer("unknown span")
        answer: Response = {"flags": [span_id for span_id in known if span_id in value["flags"]]}
        for name, allowed in (("verdict", [PHISH, GENUINE]), ("action", [one["id"] for one in content["actions"]])):
            if name in value and value[name] not in allowed:
                raise BadAnswer(f"unknown {name}")
            if name in value:
                answer[name] = value[name]
        return answer if answer["flags"] or len(answer) > 1 else None

    def score(self, content: Content, response: Response | None) -> Score:
        """The weighted sum of verdict, flags and action; at most one half where a scam is not called one."""
        if response is None:
            return gave_up()
        parts = self._parts(content, response)
        total = sum((part.fraction * _weight(content, part.id) for part in parts), Fraction(0))
        missed = content["verdict"] == PHISH and response.get("verdict") != PHISH
        return score_of(min(total, _CAP) if missed else total, parts)

    def _parts(self, content: Content, response: Response) -> tuple[Part, ...]:
        signs, ticked = _signs(content), response["flags"]
        share = flag_share(len(signs), len(set(signs) & set(ticked)), len(ticked))
        if not signs and "verdict" not in response:
            share = Fraction(0)
        action = by_id(content["actions"]).get(response.get("action", ""))
        return (
            Part("verdict", Fraction(int(response.get("verdict") == content["verdict"]))),
            Part("flags", share),
            Part("action", weight_of(action) if action else Fraction(0)),
        )

    def key(self, content: Content) -> Response:
        """The verdict, all signs and the best action."""
        best = next(action["id"] for action in content["actions"] if weight_of(action) == 1)
        return {"flags": _signs(content), "verdict": content["verdict"], "action": best}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on the verdict, on every span (`flag:<id>`) and on every action (`action:<id>`)."""
        given = response or {"flags": []}
        said = given.get("verdict")
        verdict = State.GAVEUP if said is None else State.RIGHT if said == content["verdict"] else State.WRONG
        why = {flag["id"]: flag["why"] for flag in content["flags"]}
        spans = tuple(
            Note(
                f"flag:{span['id']}",
                span["id"] in given["flags"],
                State.RIGHT if span["id"] in why else State.WRONG,
                why.get(span["id"], span.get("feedback")),
            )
            for span in content["screen"]["spans"]
            if "id" in span
        )
        actions = tuple(
            Note(
                f"action:{action['id']}",
                action["id"] == given.get("action"),
                state_of(weight_of(action)),
                action.get("feedback"),
            )
            for action in content["actions"]
        )
        return Feedback((Note("verdict", said is not None, verdict, None), *spans, *actions), content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The verdict, the words of the ticked spans in quotation marks, and the action."""
        if response is None:
            return joined([])
        words = {span["id"]: span["text"] for span in content["screen"]["spans"] if "id" in span}
        said = [_WORDS[response["verdict"]]] if "verdict" in response else []
        quoted = [{language: f"“{text}”" for language, text in words[name].items()} for name in response["flags"]]
        action = by_id(content["actions"]).get(response.get("action", ""))
        return joined([*said, *([joined(quoted, ", ")] if quoted else []), *([action["text"]] if action else [])])

    def guess(self, content: Content) -> None:
        """Not known: it depends on how many spans a guesser ticks."""

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The actions shuffled; a message is read in its own order."""
        return shuffled([action["id"] for action in content["actions"]], item_seed(content, seed))

    def scene(self, content: Content, response: Response | None, order: tuple[str, ...]) -> Mapping[str, Any]:
        """The message in blocks of a head and a body, and its signs by the spans they stand on."""
        blocks: list[dict[str, list[Mapping[str, Any]]]] = []
        for span in content["screen"]["spans"]:
            is_head = span["role"] in _HEAD
            if not blocks or (is_head and blocks[-1]["body"]):
                blocks.append({"head": [], "body": []})
            blocks[-1]["head" if is_head else "body"].append(span)
        return {"blocks": blocks, "signs": by_id(content["flags"])}

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconceptions behind a wrong verdict and behind the chosen action."""
        if response is None:
            return frozenset()
        action = by_id(content["actions"]).get(response.get("action", ""), {})
        shown = {action.get("misconception")}
        if response.get("verdict") not in (None, content["verdict"]):
            shown.add(content.get("verdict_misconception"))
        return frozenset(name for name in shown if name)

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind the wrong verdict and the actions."""
        named = {content.get("verdict_misconception"), *(one.get("misconception") for one in content["actions"])}
        return frozenset(name for name in named if name)


TYPE = Hotspot()
