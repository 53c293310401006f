"""A corrected question beside the one that was answered: what kind of an edit it is, and whose answers still fit it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from school_safety.assessment.rules import BadAnswer, Content, Response
from school_safety.assessment.types import TYPES

_SCORING_TEXTS = frozenset({"pattern"})
"""Texts in both languages by which answers are scored."""


class Edit(StrEnum):
    """What an edit does to answers: nothing but words, another key for the same parts, or other parts."""

    WORDS = "words"
    KEY = "key"
    PARTS = "parts"


class RegradeProblem(StrEnum):
    """Why answers cannot be scored anew."""

    NO_CORRECTION = "no_correction"
    CORRECTION_CHANGED = "correction_changed"
    OTHER_PARTS = "other_parts"
    NOBODY_CHOSEN = "nobody_chosen"
    ANSWERS_DO_NOT_FIT = "answers_do_not_fit"


def edit_between(before: tuple[str, Content], after: tuple[str, Content]) -> Edit:
    """What kind of an edit leads from one (type, content) to another."""
    if before[0] != after[0] or sorted(_ids(before[1])) != sorted(_ids(after[1])):
        return Edit.PARTS
    return Edit.WORDS if _bones(before[1]) == _bones(after[1]) else Edit.KEY


def fits(type_code: str, content: Content, response: Response | None) -> bool:
    """Whether an answer that was given to the question before is an answer to this one."""
    if response is None:
        return True
    try:
        return TYPES[type_code].accept(content, response) == response
    except BadAnswer:
        return False


def _ids(value: Any, path: str = "") -> Iterator[str]:
    """Every part of a content, with the lists that it stands in."""
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), str):
            path = f"{path}/{value['id']}"
            yield path
        for name, part in value.items():
            yield from _ids(part, f"{path}.{name}")
    elif isinstance(value, list):
        for part in value:
            yield from _ids(part, path)


def _bones(value: Any, name: str = "") -> Any:
    """A content without its words."""
    if isinstance(value, Mapping):
        if set(value) == {"vi", "en"} and name not in _SCORING_TEXTS:
            return None
        return {key: _bones(part, key) for key, part in value.items() if key != "feedback"}
    return [_bones(part, name) for part in value] if isinstance(value, list) else value
