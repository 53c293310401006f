"""`multi`: several answers out of several.

Response: `{"choices": ["A", "C"]}`. Modes: `default` (Moodle: keys +1/C, wrong ones -1/W, explicit weights win),
`exact` (all or nothing), `canvas` (keys +1/C, wrong ones -1/C), `map` (a QTI mapping with default and bounds).
"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from school_safety.assessment.rules import (
    BadAnswer,
    Content,
    Feedback,
    FormData,
    Inspection,
    ItemType,
    Located,
    Note,
    Part,
    Problem,
    ProblemCode,
    Response,
    Score,
    State,
    Text,
    by_id,
    check_options,
    exact,
    gave_up,
    joined,
    option_order,
    score_of,
)

_MODES = ("default", "exact", "canvas", "map")
_MAP_FIELDS = ("mapping", "default", "lower", "upper")
_NOTHING = Fraction(0)


def _number(value: object) -> Fraction:
    return exact(value) or _NOTHING


def _is_key(content: Content, option: Mapping[str, Any]) -> bool:
    if content.get("mode") == "map":
        return _mapped(content, option["id"]) > 0
    return bool(option.get("key")) or _number(option.get("weight")) > 0


def _mapped(content: Content, option_id: str) -> Fraction:
    return _number(content["mapping"].get(option_id, content.get("default", 0)))


def map_value(content: Content, chosen: Collection[str]) -> Fraction:
    """The value of a choice under the item's QTI mapping, bounded by `lower` and `upper`, in the mapping's own units.

    Each distinct value counts once (QTI map_response). Nothing chosen is worth 0 whatever the bounds.
    """
    if not chosen:
        return _NOTHING
    value = sum((_mapped(content, option_id) for option_id in set(chosen)), _NOTHING)
    if "lower" in content:
        value = max(value, _number(content["lower"]))
    return min(value, _number(content["upper"])) if "upper" in content else value


def _best_value(content: Content) -> Fraction:
    return map_value(content, [option["id"] for option in content["options"] if _is_key(content, option)])


def weights(content: Content) -> dict[str, Fraction]:
    """What ticking each option adds, by option id, in the modes `default` and `canvas`; in [-1, 1]."""
    options = content["options"]
    keys = [option for option in options if _is_key(content, option)]
    against = len(keys) if content.get("mode") == "canvas" else len(options) - len(keys)
    found = {}
    for option in options:
        implied = Fraction(1, len(keys)) if option in keys else -Fraction(1, against)
        found[option["id"]] = _number(option["weight"]) if "weight" in option else implied
    return found


def _total(content: Content) -> Fraction:
    return sum((weight for weight in weights(content).values() if weight > 0), _NOTHING)


class Multi(ItemType):
    """Multiple choice; ticking everything never pays."""

    code = "multi"
    parts = "options"

    def check(self, content: Content) -> tuple[Problem, ...]:
        """At least one key and one distractor, weights that add up to 1, and a reason beside every distractor."""
        inspection = Inspection(content)
        is_map = content.get("mode") == "map"
        inspection.frame(
            required=("options", "mapping") if is_map else ("options",),
            optional=("mode", "tell_count", *(_MAP_FIELDS if is_map else ())),
        )
        inspection.mode(*_MODES)
        inspection.flag("tell_count")
        options = check_options(inspection, lowest_weight=-1)
        if is_map and not self._check_mapping(inspection, options):
            return inspection.problems
        if options:
            self._check_keys(inspection, options)
        return inspection.problems

    def _check_mapping(self, inspection: Inspection, options: tuple[Located, ...]) -> bool:
        content = {**inspection.content, "options": [option for _, option in options]}
        if not isinstance(content.get("mapping"), Mapping):
            inspection.note(ProblemCode.WRONG_SHAPE, "mapping")
            return False
        known = {option["id"] for _, option in options}
        for option_id, value in content["mapping"].items():
            if option_id not in known:
                inspection.note(ProblemCode.UNKNOWN_ID, "mapping", str(option_id))
            if exact(value) is None:
                inspection.note(ProblemCode.BAD_WEIGHT, "mapping", str(option_id))
        for name in _MAP_FIELDS[1:]:
            if exact(content.get(name, 0)) is None:
                inspection.note(ProblemCode.BAD_WEIGHT, name)
        if options and _best_value(content) <= max(_NOTHING, _number(content.get("lower", 0))):
            inspection.note(ProblemCode.BAD_BOUNDS, "mapping")
        return True

    def _check_keys(self, inspection: Inspection, options: tuple[Located, ...]) -> None:
        content = {**inspection.content, "options": [option for _, option in options]}
        keys = [option for _, option in options if _is_key(content, option)]
        if not keys:
            inspection.note(ProblemCode.NO_KEY, "options")
        if len(keys) == len(options):
            inspection.note(ProblemCode.NO_DISTRACTOR, "options")
        elif keys and content.get("mode", "default") == "default" and _total(content) != 1:
            inspection.note(ProblemCode.WEIGHTS_NOT_ONE, "options")
        for index, option in options:
            if option not in keys and "feedback" not in option:
                inspection.note(ProblemCode.NO_FEEDBACK, "options", index)

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """The ticked boxes."""
        ticked = form.getlist(f"{prefix}-choices")
        return {"choices": ticked} if ticked else None

    def accept(self, content: Content, value: object) -> Response | None:
        """Options of this item, each once, stored in the item's own order; none at all is no answer."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"choices"} or not isinstance(value["choices"], list):
            raise BadAnswer("shape")
        known = [option["id"] for option in content["options"]]
        if any(option_id not in known for option_id in value["choices"]):
            raise BadAnswer("unknown option")
        chosen = [option_id for option_id in known if option_id in value["choices"]]
        return {"choices": chosen} if chosen else None

    def score(self, content: Content, response: Response | None) -> Score:
        """The worth of the ticked options by the item's mode; a part is a ticked option."""
        if response is None:
            return gave_up()
        chosen = response["choices"]
        keys = self.key(content)["choices"]
        parts = (Part(option_id, Fraction(int(option_id in keys))) for option_id in chosen)
        mode = content.get("mode", "default")
        if mode == "exact":
            return score_of(Fraction(int(set(chosen) == set(keys))), parts)
        if mode == "map":
            return score_of(map_value(content, chosen) / _best_value(content), parts)
        worth = weights(content)
        return score_of(sum((worth[option_id] for option_id in chosen), _NOTHING), parts)

    def key(self, content: Content) -> Response:
        """All options that are keys or have a positive weight."""
        return {"choices": [option["id"] for option in content["options"] if _is_key(content, option)]}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every option: whether it belongs to the answer."""
        chosen = response["choices"] if response else []
        keys = self.key(content)["choices"]
        notes = tuple(
            Note(
                option["id"],
                option["id"] in chosen,
                State.RIGHT if option["id"] in keys else State.WRONG,
                option.get("feedback"),
            )
            for option in content["options"]
        )
        return Feedback(notes, content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The words of the ticked options."""
        options = by_id(content["options"])
        return joined(options[option_id]["text"] for option_id in (response["choices"] if response else ()))

    def guess(self, content: Content) -> None:
        """Not known: it depends on how many a guesser ticks."""

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The options shuffled, but for those that are fixed."""
        return option_order(content, seed)

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconceptions behind the ticked options."""
        options = by_id(content["options"])
        ticked = (options[option_id] for option_id in (response["choices"] if response else ()))
        return frozenset(option["misconception"] for option in ticked if "misconception" in option)

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind the options."""
        return frozenset(option["misconception"] for option in content["options"] if "misconception" in option)


TYPE = Multi()
