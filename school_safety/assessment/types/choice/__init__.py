"""`choice`: one answer out of several. The options carry a key, or weights where answers are better and worse.

Response: `{"choice": "B"}`.
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
    Problem,
    ProblemCode,
    Response,
    Score,
    Text,
    by_id,
    check_options,
    exact,
    gave_up,
    joined,
    option_order,
    score_of,
    state_of,
)


def weight_of(option: Mapping[str, Any]) -> Fraction:
    """What choosing this option earns, in [0, 1]; a key earns 1."""
    if "weight" in option:
        return exact(option["weight"]) or Fraction(0)
    return Fraction(1 if option.get("key") else 0)


class Choice(ItemType):
    """Single choice; the fraction is the weight of the chosen option."""

    code = "choice"
    parts = "options"

    def check(self, content: Content) -> tuple[Problem, ...]:
        """Exactly one option is worth 1, and every other one says why it is not."""
        inspection = Inspection(content)
        inspection.frame(required=("options",))
        options = check_options(inspection, lowest_weight=0)
        if options and sum(weight_of(option) == 1 for _, option in options) != 1:
            inspection.note(ProblemCode.NOT_ONE_KEY, "options")
        for index, option in options:
            if weight_of(option) != 1 and "feedback" not in option:
                inspection.note(ProblemCode.NO_FEEDBACK, "options", index)
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """The chosen radio button."""
        chosen = form.get(f"{prefix}-choice")
        return {"choice": chosen} if chosen else None

    def accept(self, content: Content, value: object) -> Response | None:
        """One option of this item, or none."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"choice"}:
            raise BadAnswer("shape")
        if value["choice"] not in [option["id"] for option in content["options"]]:
            raise BadAnswer("unknown option")
        return {"choice": value["choice"]}

    def score(self, content: Content, response: Response | None) -> Score:
        """The weight of the chosen option."""
        return gave_up() if response is None else score_of(weight_of(by_id(content["options"])[response["choice"]]))

    def key(self, content: Content) -> Response:
        """The option that is worth 1."""
        return {"choice": next(option["id"] for option in content["options"] if weight_of(option) == 1)}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every option; the page shows those on the chosen one and on the key."""
        chosen = response["choice"] if response else None
        notes = tuple(
            Note(option["id"], option["id"] == chosen, state_of(weight_of(option)), option.get("feedback"))
            for option in content["options"]
        )
        return Feedback(notes, content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The words of the chosen option."""
        return joined([by_id(content["options"])[response["choice"]]["text"]] if response else [])

    def guess(self, content: Content) -> Fraction:
        """The mean weight of the options."""
        weights = [weight_of(option) for option in content["options"]]
        return sum(weights, Fraction(0)) / len(weights)

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The options shuffled, but for those that are fixed."""
        return option_order(content, seed)

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconception behind the chosen option."""
        if response is None:
            return frozenset()
        named = by_id(content["options"])[response["choice"]].get("misconception")
        return frozenset({named} if named else ())

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind the options."""
        return frozenset(option["misconception"] for option in content["options"] if "misconception" in option)


TYPE = Choice()
