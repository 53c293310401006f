"""How long the parts of a pack may be (scope and sequence, 3.3): in tiếng, characters, parts of an SMS."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from school_safety.packs.rules.values import LANGUAGES, OUTREACH, READING, TEACHER, Finding, FindingCode, Pack, Path
from school_safety.packs.rules.words import average_sentence, has_digit, has_link, sms_fits_one_part, syllables

if TYPE_CHECKING:
    from school_safety.kit.markdown import Outline

READING_LIMITS = {6: (350, 600), 7: (350, 600), 8: (500, 800), 9: (500, 800)}
UPPER_READING = (700, 1000)
SENTENCE_LIMITS = {6: 20, 7: 20}
LATER_SENTENCE = 25

FAMILY_MOST = 150
LEAFLET = (250, 400)
LOUDSPEAKER_MOST = 200
LED_MOST = 25
EMAIL = (120, 200)
ZALO_CHARACTERS = 160

_TRANSLATED_FROM = 100
_TRANSLATION = (45, 130)


def check_lengths(pack: Pack) -> Iterator[Finding]:
    """Every length that is over or under its limit, and translations that are far too short or too long."""
    yield from _reading(pack)
    for name in (READING, TEACHER):
        counts = [syllables(" ".join(pack.outlines[f"{name}.{language}.md"].blocks)) for language in LANGUAGES]
        yield from _translation(counts[0], counts[1], f"{name}.en.md")
    yield from _outreach(pack)


def _reading(pack: Pack) -> Iterator[Finding]:
    grade = min(pack.lesson["grades"])
    file = f"{READING}.vi.md"
    outline = pack.outlines[file]
    least, most = READING_LIMITS.get(grade, UPPER_READING)
    yield from _between(syllables(" ".join(outline.blocks)), least, most, file)
    limit = SENTENCE_LIMITS.get(grade, LATER_SENTENCE)
    average = average_sentence(_running_text(outline))
    if average > limit:
        yield Finding(FindingCode.LONG_SENTENCES, file, line=1, params={"found": f"{average:.1f}", "limit": limit})


def _running_text(outline: "Outline") -> list[str]:
    headings = set(outline.headings)
    return [block for block in outline.blocks if block not in headings]


def _outreach(pack: Pack) -> Iterator[Finding]:
    kit = pack.outreach
    email = kit["email"]["body"]
    for name, text, least, most in (
        (("family",), kit["family"], 0, FAMILY_MOST),
        (("leaflet",), kit["leaflet"], *LEAFLET),
        (("loudspeaker",), kit["loudspeaker"], 0, LOUDSPEAKER_MOST),
        (("led",), kit["led"], 0, LED_MOST),
        (("email", "body"), email, *EMAIL),
    ):
        yield from _between(syllables(text["vi"]), least, most, OUTREACH, (*name, "vi"))
        yield from _between(syllables(text["en"]), 0, most, OUTREACH, (*name, "en"))
        yield from _translation(syllables(text["vi"]), syllables(text["en"]), OUTREACH, (*name, "en"))
    for language in LANGUAGES:
        yield from _between(len(kit["zalo"][language]), 0, ZALO_CHARACTERS, OUTREACH, ("zalo", language))
        yield from _spoken(kit["loudspeaker"][language], ("loudspeaker", language))
        yield from _sms(kit["sms"][language], language)


def _spoken(text: str, path: Path) -> Iterator[Finding]:
    if has_digit(text):
        yield Finding(FindingCode.SPOKEN_DIGITS, OUTREACH, path)
    if has_link(text):
        yield Finding(FindingCode.SPOKEN_LINK, OUTREACH, path)


def _sms(text: str, language: str) -> Iterator[Finding]:
    path = ("sms", language)
    if language == "vi" and not text.isascii():
        yield Finding(FindingCode.SMS_DIACRITIC, OUTREACH, path)
    if not sms_fits_one_part(text):
        yield Finding(FindingCode.SMS_PARTS, OUTREACH, path, params={"found": len(text)})


def _between(found: int, least: int, most: int, file: str, path: Path = ()) -> Iterator[Finding]:
    line = None if path else 1
    if found < least:
        yield Finding(FindingCode.TOO_SHORT, file, path, line, {"found": found, "limit": least})
    if found > most:
        yield Finding(FindingCode.TOO_LONG, file, path, line, {"found": found, "limit": most})


def _translation(vietnamese: int, english: int, file: str, path: Path = ()) -> Iterator[Finding]:
    if vietnamese < _TRANSLATED_FROM:
        return
    low, high = _TRANSLATION
    if not low * vietnamese <= 100 * english <= high * vietnamese:
        params = {"vi": vietnamese, "en": english}
        yield Finding(FindingCode.TRANSLATION_LENGTH, file, path, None if path else 1, params)
