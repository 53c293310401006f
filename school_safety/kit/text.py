"""Vietnamese text as values: one normal form, what counts as the same word, and keys that sort names as people do."""

import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W_]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""Huyền, hỏi, ngã, sắc, nặng, in the order of Vietnamese dictionaries; none comes first."""
_LETTERS = {"\u0306": "~", "\u0302": "~", "\u031b": "~"}
_SECOND = {("a", "\u0302"), ("o", "\u031b")}
"""Letters that stand second after their base: â after ă, ơ after ô."""

_OLD_STYLE = re.compile(r"\b([^\W\d_]*)([oòóỏõọuùúủũụ])([aey])\b")
_TONED = {"ò": "\u0300", "ó": "\u0301", "ỏ": "\u0309", "õ": "\u0303", "ọ": "\u0323"} | {
    "ù": "\u0300",
    "ú": "\u0301",
    "ủ": "\u0309",
    "ũ": "\u0303",
    "ụ": "\u0323",
}
_LONE_Y = re.compile(r"\b([hklmst]|th)([yỳýỷỹỵ])\b")
_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")

_TCVN3 = re.compile(r"(?<=[a-z])[®¨©ª«¬\u00adµ¸¶·¹»¾¼½Æ×ØÜÞßäåæçëîïñö÷øûüþ]|[®¨©ª«¬\u00adµ¸¶·¹»¾¼½](?=[a-z])", re.I)
_VNI = re.compile(r"a[øùûõïâàáåãäêèéúüë]|e[øùûõïâàáåãä]|o[øùûõïâåä]|u[øùûõï]|y[øùûõ]|[aeiouy]?ñ|ö[øùûõï]", re.I)


def nfc(text: str) -> str:
    """The one form in which text is stored: composed characters."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """NFC without invisible signs, with single spaces and none at the ends: how a stored name looks."""
    return _SPACES.sub(" ", nfc(text).translate(_INVISIBLE)).strip()


def fold(text: str) -> str:
    """What two spellings of the same words have in common: case, spaces, one tone placement (hoà, hòa), kĩ and kỹ.

    Diacritics stay: `an` and `ân` differ; search without diacritics uses `search_key`.
    """
    return _LONE_Y.sub(lambda found: found[1] + found[2].translate(_TO_I), _one_tone_place(text))


def _one_tone_place(text: str) -> str:
    return nfc(_OLD_STYLE.sub(_new_style, squeeze(text).casefold()))


def _new_style(found: re.Match[str]) -> str:
    start, first, second = found.groups()
    base = "o" if first in "oòóỏõọ" else "u"
    if first not in _TONED or start.endswith("q") or (base == "u") != (second == "y"):
        return found[0]
    return f"{start}{base}{unicodedata.normalize('NFC', second + _TONED[first])}"


def search_key(text: str) -> str:
    """`fold` without any diacritics, đ as d: what a search box compares."""
    plain = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def legacy_encoding(texts: Iterable[str]) -> str | None:
    """`tcvn3` or `vni` when a fifth of the texts, or three of them, show the signs of those old fonts; else None."""
    some = [text for text in texts if text]
    for name, signs in (("tcvn3", _TCVN3), ("vni", _VNI)):
        hits = sum(bool(signs.search(nfc(text))) for text in some)
        if hits >= 3 or (hits and hits * 5 >= len(some)):
            return name
    return None


def sort_key(text: str) -> str:
    """An ASCII string whose byte order is the Vietnamese order of the texts: letters (a ă â … d đ e ê …) before tones.

    Numbers sort by value (6A2 before 6A10); case and punctuation do not count. Sort it byte by byte
    (`kit.db.binary_text`).
    """
    return " ".join(_word_key(word) for word in _WORDS.findall(_one_tone_place(text)))


def name_key(full_name: str) -> str:
    """The sort key of a person's name: by given name (the last word), then by the rest from the family name on."""
    words = _WORDS.findall(_one_tone_place(full_name))
    return " ".join(_word_key(word) for word in [*words[-1:], *words[:-1]])


def _word_key(word: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for sign in unicodedata.normalize("NFD", word.replace("đ", "d\u0306")):
        if sign in _LETTERS:
            letters.append("~~" if letters and (letters[-1], sign) in _SECOND else "~")
        elif sign in _TONES:
            tones.append(_TONES[sign])
        elif sign.isascii():
            letters.append(sign)
        elif not unicodedata.combining(sign):
            letters.append(f"~~~{ord(sign):06x}")
    padded = _DIGITS.sub(lambda number: number[0].zfill(6), "".join(letters))
    return f"{padded}!{''.join(tones)}"
