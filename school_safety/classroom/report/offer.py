"""What a teacher can give and to whom, and how it will look."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from school_safety.access.policy import Reach
from school_safety.assessment.report import ShownItem, show_item
from school_safety.classroom import queries
from school_safety.classroom.queries import AssessmentChoice, ClassChoice
from school_safety.curriculum.models import LessonRevision
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound

PREVIEW_SEED = 1


@dataclass(frozen=True, slots=True)
class Offer:
    """A lesson or an assessment, the question sets that go with it, and the classes in reach."""

    lesson: LessonRevision | None
    assessments: tuple[AssessmentChoice, ...]
    classes: tuple[ClassChoice, ...]

    def chosen_classes(self, ticked: Collection[str]) -> list[ClassChoice]:
        """The classes ticked by their ids; only those of the offer count."""
        return [one for one in self.classes if str(one.id) in ticked]


def offer_of(
    session: Session, reach: Reach, *, lesson_code: str | None, assessment_code: str | None, today: date
) -> Offer:
    """What may be given under these codes; raises NotFound when there is nothing under them."""
    classes = tuple(queries.list_class_choices(session, reach, today=today))
    lesson = queries.find_lesson(session, lesson_code) if lesson_code else None
    if lesson_code and lesson is None:
        raise NotFound
    assessments = queries.list_assessment_choices(
        session, lesson_code=lesson_code, code=assessment_code, school_ids={one.school_id for one in classes}
    )
    if lesson is None and not assessments:
        raise NotFound
    return Offer(lesson, tuple(assessments), classes)


def preview_of(session: Session, assessment_revision_id: int) -> tuple[ShownItem, ...]:
    """The items as a pupil would meet them."""
    return tuple(
        show_item(
            item.revision.type,
            item.revision.content,
            seed=PREVIEW_SEED,
            slot=number,
            points=item.points,
            level=3,
        )
        for number, item in enumerate(queries.list_paper_items(session, assessment_revision_id), start=1)
    )
