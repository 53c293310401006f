"""Words planted where an item says what is right and why, and the search for them in whatever a pupil can read.

Pages, JSON, files and service-worker caches are all text: `found_in(text)` names what sings in it.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

WORD = "Hoàngyến"
"""Begins every planted word; it stands in no text of ours."""
WEIGHT, SCORE = 0.43217, 43217
"""Planted for half weights, and multiplied into the scores of a story."""

_REASONS = {"feedback", "feedback_true", "feedback_false", "act", "risk", "model"}
_NAMES = {"misconception", "verdict_misconception"}
_SINGS = re.compile(
    rf"{WORD}-?[\w-]*|(?<![\w.,]){str(WEIGHT).replace('.', '[.,]')}(?!\w)|(?<![\w.,-])(?:{SCORE}|{2 * SCORE})(?![\w-])"
)


def planted(type_code: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with a planted word in each reason, pattern and misconception, and telling numbers as weights."""
    own: dict[str, Any] = _planted(deepcopy(dict(content)), f"{WORD}-{type_code}")
    return own


def _planted(value: Any, word: str) -> Any:
    if isinstance(value, list):
        return [_planted(part, word) for part in value]
    if not isinstance(value, dict):
        return value
    return {name: _field(name, part, word) for name, part in value.items()}


def _field(name: str, part: Any, word: str) -> Any:
    is_text = isinstance(part, dict) and set(part) == {"vi", "en"}
    if name in _REASONS or (name in ("why", "pattern") and is_text):
        return {language: f"{text} {word}-{name}" for language, text in part.items()}
    if name in _NAMES:
        return f"{word}-{name}"
    if name == "misconceptions":
        return dict.fromkeys(part, f"{word}-{name}")
    if name in ("weight", "value") and part == 0.5:
        return WEIGHT
    if name == "score" and isinstance(part, int):
        return part * SCORE
    return _planted(part, word)


def found_in(text: str) -> set[str]:
    """The planted words and numbers that stand in a text; a page's JSON may have escaped them."""
    return set(_SINGS.findall(text)) | set(_SINGS.findall(_plain(text)))


def _plain(text: str) -> str:
    """The text with JSON's escapes undone."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda sign: chr(int(sign[1], 16)), text)
