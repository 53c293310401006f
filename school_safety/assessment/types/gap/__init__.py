"""`gap`: words to choose inside a running text, one list of options for each gap `[[g1]]`.

Response: `{"gaps": {"g1": "b"}}`, only the gaps that were filled.
"""

import re
from collections import Counter
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
    ProblemCode,
    Response,
    Score,
    State,
    Text,
    by_id,
    gave_up,
    item_seed,
    joined,
    score_of,
    shuffled,
)

_PLACE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_OPTION_OPTIONAL = ("key", "misconception", "feedback")

Gap = Mapping[str, Any]


class Gaps(ItemType):
    """Select in text; the fraction is right gaps / gaps (Moodle question/type/gapselect)."""

    code = "gap"
    parts = ""

    def check(self, content: Content) -> tuple[Problem, ...]:
        """Every gap stands once in the text of each language and has one key; a wrong option says why it is wrong."""
        inspection = Inspection(content)
        inspection.frame(required=("text", "gaps"))
        inspection.texts(content, (), "text")
        gaps = inspection.parts("gaps", least=1, most=8, required=("options",), optional=("feedback",))
        for index, gap in gaps:
            _check_gap(inspection, gap, ("gaps", index))
        _check_places(inspection, [gap["id"] for _, gap in gaps])
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """One select per gap; the empty choice is no answer."""
        chosen = {gap["id"]: form.get(f"{prefix}-{gap['id']}") for gap in content["gaps"]}
        return {"gaps": {gap_id: option for gap_id, option in chosen.items() if option}}

    def accept(self, content: Content, value: object) -> Response | None:
        """Gaps of this item with options of theirs; no gap at all is no answer."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"gaps"} or not isinstance(value["gaps"], Mapping):
            raise BadAnswer("shape")
        gaps = by_id(content["gaps"])
        for gap_id, option_id in value["gaps"].items():
            if gap_id not in gaps or option_id not in [option["id"] for option in gaps[gap_id]["options"]]:
                raise BadAnswer("unknown gap or option")
        filled = {gap_id: value["gaps"][gap_id] for gap_id in gaps if gap_id in value["gaps"]}
        return {"gaps": filled} if filled else None

    def score(self, content: Content, response: Response | None) -> Score:
        """Right gaps / gaps; a gap left empty is not right."""
        if response is None:
            return gave_up()
        parts = tuple(
            Part(gap["id"], Fraction(int(response["gaps"].get(gap["id"]) == _key(gap)))) for gap in content["gaps"]
        )
        return score_of(sum((part.fraction for part in parts), Fraction(0)) / len(parts), parts)

    def key(self, content: Content) -> Response:
        """Every gap with its right option."""
        return {"gaps": {gap["id"]: _key(gap) for gap in content["gaps"]}}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every gap: what is wrong with the chosen option, else what the gap is about."""
        filled = response["gaps"] if response else {}
        return Feedback(tuple(_note(gap, filled.get(gap["id"])) for gap in content["gaps"]), content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The chosen words, in the order of the gaps."""
        gaps = by_id(content["gaps"])
        filled = response["gaps"] if response else {}
        return joined(by_id(gaps[gap_id]["options"])[option_id]["text"] for gap_id, option_id in filled.items())

    def guess(self, content: Content) -> Fraction:
        """The mean of 1 / number of options."""
        shares = [Fraction(1, len(gap["options"])) for gap in content["gaps"]]
        return sum(shares, Fraction(0)) / len(shares)

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The options of each gap shuffled, as `<gap>-<option>`; the gaps stand where the text has them."""
        order: list[str] = []
        for gap in content["gaps"]:
            options = [f"{gap['id']}-{option['id']}" for option in gap["options"]]
            order += shuffled(options, item_seed(content, seed))
        return tuple(order)

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconceptions behind the chosen options."""
        gaps = by_id(content["gaps"])
        filled = response["gaps"] if response else {}
        found = (by_id(gaps[gap_id]["options"])[option].get("misconception") for gap_id, option in filled.items())
        return frozenset(named for named in found if named)

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind the options."""
        return frozenset(
            option["misconception"] for gap in content["gaps"] for option in gap["options"] if "misconception" in option
        )


def _key(gap: Gap) -> str:
    return str(next(option["id"] for option in gap["options"] if option.get("key")))


def _note(gap: Gap, chosen: str | None) -> Note:
    if chosen is None:
        return Note(gap["id"], False, State.GAVEUP, gap.get("feedback"))
    reason = by_id(gap["options"])[chosen].get("feedback") or gap.get("feedback")
    return Note(gap["id"], True, State.RIGHT if chosen == _key(gap) else State.WRONG, reason)


def _check_gap(inspection: Inspection, gap: Gap, path: tuple[str, int]) -> None:
    inspection.texts(gap, path, "feedback")
    inside = Inspection(gap)
    options = inside.parts("options", least=2, most=5, required=("text",), optional=_OPTION_OPTIONAL)
    if options and sum(option.get("key") is True for _, option in options) != 1:
        inside.note(ProblemCode.NOT_ONE_KEY, "options")
    for index, option in options:
        _check_option(inside, option, ("options", index))
    for problem in inside.problems:
        inspection.note(problem.code, *path, *problem.path)


def _check_option(inside: Inspection, option: Mapping[str, Any], path: tuple[str, int]) -> None:
    inside.texts(option, path, "text", "feedback")
    if not isinstance(option.get("key", False), bool):
        inside.note(ProblemCode.WRONG_SHAPE, *path, "key")
    if option.get("key") is not True and "feedback" not in option:
        inside.note(ProblemCode.NO_FEEDBACK, *path)
    if not isinstance(option.get("misconception", ""), str):
        inside.note(ProblemCode.WRONG_SHAPE, *path, "misconception")
    elif option.get("key") is True and "misconception" in option:
        inside.note(ProblemCode.MISCONCEPTION_ON_KEY, *path, "misconception")


def _check_places(inspection: Inspection, gaps: list[str]) -> None:
    text = inspection.content.get("text")
    for language, words in text.items() if isinstance(text, Mapping) else ():
        if isinstance(words, str) and Counter(_PLACE.findall(words)) != Counter(gaps):
            inspection.note(ProblemCode.GAP_MISMATCH, "text", language)


TYPE = Gaps()
