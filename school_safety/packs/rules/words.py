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
_GSM_JOINED, _UNICODE_JOINED = 153, 67


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


def is_gsm(text: str) -> bool:
    """Whether every sign stands in the alphabet of GSM 03.38, so that a part holds 160 of them."""
    return all(sign in _GSM_BASIC or sign in _GSM_EXTENDED for sign in text)


def sms_parts(text: str) -> int:
    """In how many SMS a message goes out: 160 septets (153 when joined), or 70 characters (67) outside GSM 03.38."""
    if is_gsm(text):
        length, whole, joined = sum(2 if sign in _GSM_EXTENDED else 1 for sign in text), _GSM_PART, _GSM_JOINED
    else:
        length, whole, joined = len(text.encode("utf-16-le")) // 2, _UNICODE_PART, _UNICODE_JOINED
    return 1 if length <= whole else -(-length // joined)


def sms_fits_one_part(text: str) -> bool:
    """Whether a message goes out as one SMS."""
    return sms_parts(text) == 1


def has_link(text: str) -> bool:
    """Whether a text holds something that would be read aloud as an address."""
    return _LINK.search(text) is not None


def has_digit(text: str) -> bool:
    """Whether a number stands in figures."""
    return any(sign.isdigit() for sign in text)
