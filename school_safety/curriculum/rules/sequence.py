"""In which order the lessons of a grade are taught: the strands take turns, and some lessons build on earlier ones."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, zip_longest

from school_safety.curriculum.rules.scope import STRAND_PREFIXES, Strand

SPINES: tuple[tuple[str, ...], ...] = (
    ("ML-06-02", "ML-07-02", "ML-09-01", "ML-10-03"),
    ("ML-07-03", "ML-12-02"),
)
"""Lessons that build on each other across the grades: reading beyond the page, and the techniques of manipulation."""


def teaching_order(codes: Iterable[str]) -> list[str]:
    """The codes of one grade's lessons in the order of teaching: online safety first, then strand by strand in turn."""
    own = sorted(codes)
    strands = [
        [code for code in own if code.startswith(f"{STRAND_PREFIXES[strand]}-")]
        for strand in (Strand.ONLINE_SAFETY, Strand.MEDIA_LITERACY)
    ]
    others = [code for code in own if not any(code in strand for strand in strands)]
    turns = chain.from_iterable(zip_longest(*strands))
    return [code for code in turns if code is not None] + others


def builds_on(code: str, library: Collection[str]) -> str | None:
    """The lesson of the library that this one goes on from: the nearest before it on its spine."""
    for spine in SPINES:
        if code in spine:
            return _last_of(spine[: spine.index(code)], library)
    return None


def comes_after(code: str, library: Collection[str]) -> str | None:
    """The last lesson of the same strand in a lower grade, None where this is the first."""
    strand, grade = code[:3], code[3:5]
    return _last_of(sorted(one for one in library if one.startswith(strand) and one[3:5] < grade), library)


def _last_of(codes: Sequence[str], library: Collection[str]) -> str | None:
    return next((code for code in reversed(codes) if code in library), None)
