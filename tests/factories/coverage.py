"""Schools at a known evidence grade, written as standing rows."""

from typing import Any

from sqlalchemy.orm import Session

from school_safety.curriculum.rules import STRAND_ELEMENTS, Strand, element_mask
from school_safety.planning.models import ProgrammeStrand
from school_safety.planning.rules import Grade
from school_safety.registry.models import AcademicYear, SchoolPath
from tests.factories.registry import a_year


def a_standing(
    session: Session, school: SchoolPath, strand: Strand, grade: Grade, *, year: AcademicYear | None = None
) -> None:
    """The standing row of a school that is at exactly this grade; nothing for UNKNOWN."""
    if grade is Grade.UNKNOWN:
        return
    values: dict[str, Any] = {"declared": grade >= Grade.G1}
    if grade >= Grade.G2:
        values |= {"revision": 1, "elements": element_mask(STRAND_ELEMENTS[strand]), "grades": school.grades}
        values |= {"complete": True}
    if grade >= Grade.G3:
        values |= {"recorded": 1, "evidenced": 1}
    if grade >= Grade.G4:
        values |= {"accepted": 1}
    found = year or a_year(session)
    session.add(ProgrammeStrand(school_id=school.school_id, year_id=found.id, strand=strand, **values))
    session.flush()
