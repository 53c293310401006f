"""Decisions of the curriculum on plain values: strands, content elements, and grades as bit masks."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

LOWEST_GRADE = 6
HIGHEST_GRADE = 12
SECONDARY_GRADES = range(LOWEST_GRADE, HIGHEST_GRADE + 1)
LOWER_SECONDARY = range(6, 10)
UPPER_SECONDARY = range(10, 13)


class Strand(StrEnum):
    """One of the two annual programmes that a school runs."""

    ONLINE_SAFETY = "online_safety"
    MEDIA_LITERACY = "media_literacy"


class Element(StrEnum):
    """A content element of the plan: a risks, b skills, c reading news, d critical thinking."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"

    @property
    def bit(self) -> int:
        """The element's place in a mask: a=1, b=2, c=4, d=8."""
        return 1 << "abcd".index(self.value)


STRAND_ELEMENTS: dict[Strand, frozenset[Element]] = {
    Strand.ONLINE_SAFETY: frozenset({Element.A, Element.B}),
    Strand.MEDIA_LITERACY: frozenset({Element.C, Element.D}),
}

STRAND_FOLDERS: dict[Strand, str] = {
    Strand.ONLINE_SAFETY: "online-safety",
    Strand.MEDIA_LITERACY: "media-literacy",
}

STRAND_PREFIXES: dict[Strand, str] = {Strand.ONLINE_SAFETY: "OS", Strand.MEDIA_LITERACY: "ML"}


def grade_mask(grades: Iterable[int]) -> int:
    """Grades as one integer, bit `1 << grade`; ValueError outside 6 to 12."""
    mask = 0
    for grade in grades:
        if grade not in SECONDARY_GRADES:
            raise ValueError(f"grade {grade} is not one of 6 to 12")
        mask |= 1 << grade
    return mask


def grades_of(mask: int) -> tuple[int, ...]:
    """The grades of a mask, lowest first."""
    return tuple(grade for grade in SECONDARY_GRADES if mask & (1 << grade))


def element_mask(elements: Iterable[Element | str]) -> int:
    """Content elements as one integer; ValueError for a letter other than a, b, c, d."""
    mask = 0
    for element in elements:
        mask |= Element(element).bit
    return mask


def elements_of(mask: int) -> tuple[Element, ...]:
    """The content elements of a mask, in the order a to d."""
    return tuple(element for element in Element if mask & element.bit)


def strands_of(elements: int) -> frozenset[Strand]:
    """The strands served by a mask of elements: those of which it carries at least one element."""
    return frozenset(strand for strand, own in STRAND_ELEMENTS.items() if elements & element_mask(own))


def covers_strand(elements: int, strand: Strand) -> bool:
    """Whether a mask of elements carries both elements of the strand."""
    needed = element_mask(STRAND_ELEMENTS[strand])
    return elements & needed == needed


READING_SPEED = 120
_NUMBERED = re.compile(r"(?:^|(?<=[.!?…;:”)])\s|\n)\s*(\d{1,2})\.\s+")


def content_hash(value: Any) -> str:
    """SHA-256 of plain JSON values, whatever the order of their keys: the same content has the same hash."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def numbered_steps(text: str) -> tuple[str, ...]:
    """The steps of a text that counts `1. … 2. … 3. …` from its beginning; the whole text as one step otherwise."""
    marks = list(_NUMBERED.finditer(text))
    starts: list[re.Match[str]] = []
    for mark in marks:
        if int(mark[1]) == len(starts) + 1:
            starts.append(mark)
    if len(starts) < 2 or starts[0].start() != 0:
        return (text,)
    ends = [mark.start() for mark in starts[1:]] + [len(text)]
    return tuple(text[mark.end() : end].strip() for mark, end in zip(starts, ends, strict=True))


def media_for(media: Sequence[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """The pictures to show to a reader of this language: `x.vi.svg` only in Vietnamese, `x.svg` in both."""
    return [medium for medium in media if _language_of(medium["file"]) in (None, language)]


def _language_of(file: str) -> str | None:
    parts = file.rsplit(".", 2)
    return parts[1] if len(parts) == 3 and parts[1] in ("vi", "en") else None


def reading_minutes(text: str) -> int:
    """Minutes that a pupil needs for a text at 120 tiếng a minute (our estimate, slow on purpose), rounded up."""
    return max(1, -(-len(text.split()) // READING_SPEED))
