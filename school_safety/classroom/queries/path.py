"""Which class groups were given which lessons."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.classroom.models import Assignment, AssignmentGroup
from school_safety.curriculum.models import Lesson, LessonRevision


@dataclass(frozen=True, slots=True)
class GivenLesson:
    """A lesson in one class group, in whatever revision; `public_id` opens the assignment there."""

    lesson_code: str
    class_group_id: int
    public_id: str
    opens_at: datetime


def list_given_lessons(session: Session, class_group_ids: Collection[int]) -> list[GivenLesson]:
    """Every lesson that these class groups were given, the latest first; one statement."""
    statement = (
        select(
            *(Lesson.code, AssignmentGroup.class_group_id, AssignmentGroup.public_id, Assignment.opens_at),
        )
        .join(Assignment, Assignment.id == AssignmentGroup.assignment_id)
        .join(LessonRevision, LessonRevision.id == Assignment.lesson_revision_id)
        .join(Lesson, Lesson.id == LessonRevision.lesson_id)
        .where(AssignmentGroup.class_group_id.in_(class_group_ids))
        .order_by(Assignment.opens_at.desc(), AssignmentGroup.id.desc())
    )
    return [GivenLesson(*row) for row in session.execute(statement)]
