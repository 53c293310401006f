"""Decisions of the curriculum on plain values: strands, content elements, and grades as bit masks."""

from collections.abc import Iterable
from enum import StrEnum

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
