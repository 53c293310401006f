"""A lesson that somebody begins to write: what its code alone decides."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from school_safety.curriculum.rules import SECONDARY_GRADES, STRAND_ELEMENTS, STRAND_FOLDERS, STRAND_PREFIXES, Strand

_CODE = re.compile(r"(OS|ML)-(\d\d)-(\d\d)")
_REVIEW_AFTER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class BegunLesson:
    """A code such as ML-07-01, read: its strand and its grade."""

    code: str
    strand: Strand
    grade: int

    @property
    def folder(self) -> str:
        """Where the lesson belongs under the folder of lessons."""
        return f"{STRAND_FOLDERS[self.strand]}/{self.code.lower()}"

    def words(self, today: date) -> dict[str, str]:
        """What stands for the placeholders of the skeleton when it is made on this day."""
        elements = sorted(element.value for element in STRAND_ELEMENTS[self.strand])
        return {
            "code": self.code,
            "strand": self.strand.value,
            "grade": str(self.grade),
            "elements": f"[{', '.join(elements)}]",
            "today": today.isoformat(),
            "due": (today + _REVIEW_AFTER).isoformat(),
            "year": str(today.year),
        }


def begin_lesson(code: str) -> BegunLesson:
    """Read a lesson's code; ValueError when it is none."""
    match = _CODE.fullmatch(code)
    if match is None or int(match[2]) not in SECONDARY_GRADES:
        raise ValueError(code)
    strand = next(strand for strand, prefix in STRAND_PREFIXES.items() if prefix == match[1])
    return BegunLesson(code, strand, int(match[2]))
