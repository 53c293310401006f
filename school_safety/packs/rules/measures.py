"""How long the texts of a draft are beside what they may be, for whoever writes them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from school_safety.curriculum.rules import LessonBody
from school_safety.packs.rules.lengths import (
    EMAIL,
    FAMILY_MOST,
    LEAFLET,
    LED_MOST,
    LOUDSPEAKER_MOST,
    READING_LIMITS,
    UPPER_READING,
    ZALO_CHARACTERS,
)
from school_safety.packs.rules.parts import LessonPart
from school_safety.packs.rules.values import LANGUAGES
from school_safety.packs.rules.words import sms_parts, syllables


class Unit(StrEnum):
    """What a length is counted in: tiếng (in English words), characters, parts of an SMS."""

    WORDS = "words"
    CHARACTERS = "characters"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Measure:
    """The length of one text in one language; `least` and `most` are 0 where nothing limits it."""

    field: str
    language: str
    unit: Unit
    found: int
    least: int = 0
    most: int = 0

    @property
    def fits(self) -> bool:
        """Whether it is within its limits."""
        return self.found >= self.least and (not self.most or self.found <= self.most)


def measure(part: LessonPart, body: LessonBody, blocks: Mapping[str, Sequence[str]]) -> tuple[Measure, ...]:
    """The lengths of a part's texts; `blocks` are the words of the reading or the notes by language, block by block."""
    if part in (LessonPart.READING, LessonPart.TEACHER):
        return tuple(_prose(part, body, blocks))
    return tuple(_kit(body.outreach)) if part is LessonPart.OUTREACH else ()


def _prose(part: LessonPart, body: LessonBody, blocks: Mapping[str, Sequence[str]]) -> Iterator[Measure]:
    grades = body.lesson["grades"] or [6]
    limits = READING_LIMITS.get(min(grades), UPPER_READING)
    for language in LANGUAGES:
        found = syllables(" ".join(blocks.get(language, ())))
        least, most = limits if part is LessonPart.READING and language == "vi" else (0, 0)
        yield Measure(part.value, language, Unit.WORDS, found, least, most)


def _kit(kit: Mapping[str, Any]) -> Iterator[Measure]:
    for name, text, (least, most) in (
        ("family", kit["family"], (0, FAMILY_MOST)),
        ("leaflet", kit["leaflet"], LEAFLET),
        ("loudspeaker", kit["loudspeaker"], (0, LOUDSPEAKER_MOST)),
        ("led", kit["led"], (0, LED_MOST)),
        ("email", kit["email"]["body"], EMAIL),
    ):
        for language in LANGUAGES:
            lowest = least if language == "vi" else 0
            yield Measure(name, language, Unit.WORDS, syllables(text[language]), lowest, most)
    for language in LANGUAGES:
        yield Measure("zalo", language, Unit.CHARACTERS, len(kit["zalo"][language]), 0, ZALO_CHARACTERS)
        yield Measure("sms", language, Unit.SMS, sms_parts(kit["sms"][language]), 0, 1)
