"""When a written answer is one of the accepted: spelling that does not count, and `*` for anything or nothing."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from school_safety.assessment.rules import Content, exact
from school_safety.kit.text import fold, search_key, squeeze

_STAR = re.compile(r"(?<!\\)\*")
_WITHOUT_MARKS = str.maketrans("đĐ", "dD")


def spelling(content: Content) -> Callable[[str], str]:
    """How this item levels texts before comparing: NFC, single spaces, and unless it says so neither case nor tone
    placement (hoà, hòa) counts; with `ignore_diacritics` no diacritics count either, and đ is d."""
    if not content.get("case_sensitive"):
        return search_key if content.get("ignore_diacritics") else fold
    return _bare if content.get("ignore_diacritics") else squeeze


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", squeeze(text).translate(_WITHOUT_MARKS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def matches(pattern: str, text: str) -> bool:
    """Whether a levelled text is what a levelled pattern describes; `*` is any text or none, `\\*` a star."""
    first, *others = (piece.replace("\\*", "*") for piece in _STAR.split(pattern))
    if not others:
        return text == first
    *middle, last = others
    if not text.startswith(first):
        return False
    at = len(first)
    for piece in middle:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(text) - at >= len(last) and text.endswith(last)


def is_catch_all(pattern: str) -> bool:
    """Whether a pattern takes every answer: it has nothing but stars."""
    return not _STAR.sub("", pattern).strip()


def sample(pattern: str) -> str:
    """An answer of the pattern, for people to read: the pattern without its stars."""
    return squeeze(_STAR.sub(" ", pattern).replace("\\*", "*"))


def rule_for(content: Content, text: str) -> int | None:
    """The place of the first accepted form that fits the text, in either language; None if none fits."""
    level = spelling(content)
    levelled = level(text)
    for index, rule in enumerate(content["accept"]):
        if any(matches(level(pattern), levelled) for pattern in rule["pattern"].values()):
            return index
    return None


def weight_of(rule: Mapping[str, Any]) -> Fraction:
    """What an accepted form is worth, in [0, 1]; 1 unless it says so."""
    weight = exact(rule.get("weight", 1))
    return Fraction(1) if weight is None else weight
