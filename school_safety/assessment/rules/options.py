"""What the types with options (single and multiple choice) have in common."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from school_safety.assessment.rules.content import LANGUAGES, Inspection, Located, exact
from school_safety.assessment.rules.shuffle import item_seed, shuffled
from school_safety.assessment.rules.values import Content, ProblemCode, Text

Option = Mapping[str, Any]

_REQUIRED = ("text",)
_OPTIONAL = ("key", "weight", "misconception", "feedback", "fixed")
_LEAST, _MOST = 2, 8


def by_id(parts: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The parts of a content by their ids."""
    return {part["id"]: part for part in parts}


def check_options(inspection: Inspection, *, lowest_weight: int) -> tuple[Located, ...]:
    """Check each option for itself; the well-formed ones with their places. Weights lie in [lowest_weight, 1]."""
    options = inspection.parts("options", least=_LEAST, most=_MOST, required=_REQUIRED, optional=_OPTIONAL)
    for index, option in options:
        path = ("options", index)
        inspection.texts(option, path, "text", "feedback")
        for name in ("key", "fixed"):
            if not isinstance(option.get(name, False), bool):
                inspection.note(ProblemCode.WRONG_SHAPE, *path, name)
        if "key" in option and "weight" in option:
            inspection.note(ProblemCode.KEY_AND_WEIGHT, *path)
        weight = exact(option.get("weight", 0))
        if weight is None or not lowest_weight <= weight <= 1:
            inspection.note(ProblemCode.BAD_WEIGHT, *path, "weight")
        _check_misconception(inspection, option, path)
    return options


def _check_misconception(inspection: Inspection, option: Option, path: tuple[str | int, ...]) -> None:
    if "misconception" not in option:
        return
    if not isinstance(option["misconception"], str):
        inspection.note(ProblemCode.WRONG_SHAPE, *path, "misconception")
    elif option.get("key") is True or exact(option.get("weight", 0)) == 1:
        inspection.note(ProblemCode.MISCONCEPTION_ON_KEY, *path, "misconception")


def option_order(content: Content, seed: str | int) -> tuple[str, ...]:
    """The option ids in this pupil's order; options marked `fixed` keep their place."""
    options: Sequence[Option] = content["options"]
    fixed = {option["id"] for option in options if option.get("fixed")}
    return shuffled([option["id"] for option in options], item_seed(content, seed), fixed=fixed)


def joined(texts: Iterable[Text], separator: str = "; ") -> Text:
    """Several sentences in one line, in both languages."""
    collected = tuple(texts)
    return {language: separator.join(text[language] for text in collected) for language in LANGUAGES}
