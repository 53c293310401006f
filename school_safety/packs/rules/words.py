"""Counting words as people count them: tiếng, sentences, parts of an SMS."""

import re
from collections.abc import Iterable

_SENTENCE_END = re.compile(r"[.!?…]+[”’\")\]]*(?:\s+|$)")
_LINK = re.compile(r"https?:|www\.|\b[\w-]+\.(?:vn|com|net|org|gov|edu|info|example)\b", re.IGNORECASE)

_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("^{}\\[~]|€")
_GSM_PART, _UNICODE_PART = 160, 70


def syllables(text: str) -> int:
    """How many tiếng (in English: words) a text has; signs standing alone do not count."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def sentences(blocks: Iterable[str]) -> list[str]:
    """The sentences of a text given block by block; a list item without a full stop is one sentence."""
    found = [part for block in blocks for part in _SENTENCE_END.split(block)]
    return [part for part in found if syllables(part)]


def average_sentence(blocks: Iterable[str]) -> float:
    """Tiếng a sentence on average; 0 for a text without sentences."""
    found = sentences(blocks)
    return sum(map(syllables, found)) / len(found) if found else 0.0


def sms_fits_one_part(text: str) -> bool:
    """Whether a message goes out as one SMS: 160 septets of GSM 03.38, or 70 characters outside its alphabet."""
    if all(sign in _GSM_BASIC or sign in _GSM_EXTENDED for sign in text):
        return sum(2 if sign in _GSM_EXTENDED else 1 for sign in text) <= _GSM_PART
    return len(text) <= _UNICODE_PART


def has_link(text: str) -> bool:
    """Whether a text holds something that would be read aloud as an address."""
    return _LINK.search(text) is not None


def has_digit(text: str) -> bool:
    """Whether a number stands in figures."""
    return any(sign.isdigit() for sign in text)
