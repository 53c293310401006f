"""What a teacher can give and to whom, and how it will look."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from school_safety.access.policy import Reach
from school_safety.assessment.report import ShownItem, show_item
from school_safety.classroom import queries
from school_safety.classroom.queries import AssessmentChoice, ClassChoice
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import list_adapted
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound

PREVIEW_SEED = 1


@dataclass(frozen=True, slots=True)
class Offer:
    """A lesson or an assessment, the question sets that go with it, and the classes in reach.

    `own_code`: the school's own version of this lesson, where it has one in force.
    """

    lesson: LessonRevision | None
    assessments: tuple[AssessmentChoice, ...]
    classes: tuple[ClassChoice, ...]
    own_code: str | None = None

    def chosen_classes(self, ticked: Collection[str]) -> list[ClassChoice]:
        """The classes ticked by their ids; only those of the offer count."""
        return [one for one in self.classes if str(one.id) in ticked]


def offer_of(
    session: Session,
    reach: Reach,
    *,
    lesson_code: str | None,
    assessment_code: str | None,
    school_id: int | None,
    today: date,
) -> Offer:
    """What may be given under these codes by people of the school; raises NotFound when there is nothing under them.

    A school's own version of a lesson goes to the classes of that school only, with the original's questions.
    """
    classes = tuple(queries.list_class_choices(session, reach, today=today))
    lesson = queries.find_lesson(session, lesson_code, school_id=school_id) if lesson_code else None
    if lesson_code and lesson is None:
        raise NotFound
    if lesson is not None and lesson.lesson.school_id is not None:
        classes = tuple(one for one in classes if one.school_id == lesson.lesson.school_id)
    questions_of = lesson.lesson.original_code if lesson is not None else lesson_code
    assessments = queries.list_assessment_choices(
        session, lesson_code=questions_of, code=assessment_code, school_ids={one.school_id for one in classes}
    )
    if lesson is None and not assessments:
        raise NotFound
    own = list_adapted(session, school_id).get(lesson.lesson.code) if lesson is not None else None
    return Offer(lesson, tuple(assessments), classes, own)


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
