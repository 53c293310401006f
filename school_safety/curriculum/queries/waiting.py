"""What waits for the editors of lessons, counted for their first page."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from school_safety.curriculum.models import Lesson, LessonRevision, RevisionState


@dataclass(frozen=True, slots=True)
class LessonWork:
    """How many are due to be looked at again, wait for this person as the second one, or came back to their author."""

    due: int
    waiting: int
    returned: int


def count_lesson_work(session: Session, *, person_id: int, today: date) -> LessonWork:
    """The province's lessons that wait for an editor: one statement."""
    province = select(func.count()).select_from(LessonRevision).join(LessonRevision.lesson)
    province = province.where(Lesson.school_id.is_(None))
    draft, own = LessonRevision.state == RevisionState.DRAFT, LessonRevision.written_by == person_id
    proposed = LessonRevision.proposed_at.is_not(None)
    to_see = and_(draft, proposed, or_(LessonRevision.written_by.is_(None), ~own))
    review_due = LessonRevision.content["review_due"].as_string()
    counts = select(
        province.where(
            LessonRevision.state == RevisionState.PUBLISHED, review_due <= today.isoformat()
        ).scalar_subquery(),
        province.where(or_(to_see, LessonRevision.state == RevisionState.REVIEWED)).scalar_subquery(),
        province.where(draft, ~proposed, LessonRevision.returned_note.is_not(None), own).scalar_subquery(),
    )
    return LessonWork(*session.execute(counts).one())
