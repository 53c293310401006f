"""What one person teaches: class groups of a school and year, with the subject."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.roster.models import ClassGroup, Teaching


@dataclass(frozen=True, slots=True)
class TaughtClass:
    """A class group that somebody teaches now; `subject` is empty for its homeroom teacher."""

    class_group_id: int
    name: str
    grade: int
    subject: str


def list_taught(session: Session, *, person_id: int, school_id: int, year_id: int) -> list[TaughtClass]:
    """The class groups that a person teaches now at a school, by grade and name; one line for each subject."""
    statement = (
        select(ClassGroup.id, ClassGroup.name, ClassGroup.grade, Teaching.subject)
        .join(Teaching, Teaching.class_group_id == ClassGroup.id)
        .where(Teaching.person_id == person_id, Teaching.valid_to.is_(None))
        .where(ClassGroup.school_id == school_id, ClassGroup.year_id == year_id)
        .order_by(ClassGroup.grade, ClassGroup.name_key, Teaching.subject)
    )
    return [TaughtClass(*row) for row in session.execute(statement)]
