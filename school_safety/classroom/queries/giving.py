"""What can be given and to whom: class groups in reach, lessons and their assessments; a class's assignment itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from school_safety.access.policy import Place, Reach
from school_safety.access.queries import within
from school_safety.assessment.models import Assessment, AssessmentItem, AssessmentRevision, ItemRevision
from school_safety.assessment.queries import map_sizes
from school_safety.assessment.rules import Purpose
from school_safety.classroom.models import Assignment, AssignmentGroup, AssignmentOverride, Attempt
from school_safety.classroom.queries.facts import GroupFacts
from school_safety.classroom.rules import Reopening
from school_safety.curriculum.models import Lesson, LessonRevision, RevisionState
from school_safety.curriculum.queries import seen_by
from school_safety.kit.errors import NotFound
from school_safety.kit.text import sort_key
from school_safety.registry.models import AcademicYear, SchoolPath
from school_safety.roster.models import ClassGroup, Enrolment, Person


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class group that an assignment can go to, with the number of its pupils now."""

    id: int
    name: str
    grade: int
    school_id: int
    school_name: str
    pupils: int


@dataclass(frozen=True, slots=True)
class AssessmentChoice:
    """The newest published revision of an assessment of a lesson; `items`: how many one pupil gets."""

    code: str
    revision_id: int
    title: dict[str, str]
    purpose: Purpose
    items: int


@dataclass(frozen=True, slots=True)
class PaperItem:
    """An item of an assessment revision in its order."""

    revision: ItemRevision
    points: int
    pool: int


def list_class_choices(session: Session, reach: Reach, *, today: date) -> list[ClassChoice]:
    """The class groups in reach of the school year that `today` lies in, by school, then by grade and name."""
    pupils = select(func.count()).where(Enrolment.class_group_id == ClassGroup.id, Enrolment.ends_on.is_(None))
    statement = (
        select(
            *(ClassGroup.id, ClassGroup.name, ClassGroup.grade, ClassGroup.school_id, SchoolPath.name),
            pupils.scalar_subquery(),
        )
        .join(SchoolPath, SchoolPath.school_id == ClassGroup.school_id)
        .join(AcademicYear, AcademicYear.id == ClassGroup.year_id)
        .where(within(reach, path=SchoolPath.path, class_group=ClassGroup.id))
        .where(AcademicYear.starts_on <= today, AcademicYear.ends_on >= today)
        .order_by(SchoolPath.name_key, ClassGroup.grade, ClassGroup.name_key)
    )
    return [ClassChoice(*row) for row in session.execute(statement)]


def find_lesson(session: Session, code: str, *, school_id: int | None = None) -> LessonRevision | None:
    """The published revision of a lesson of the province, or of this school's own version of one."""
    return session.scalars(_lessons(school_id).where(Lesson.code == code)).first()


def list_lessons(session: Session, *, school_id: int | None = None) -> list[LessonRevision]:
    """All published lessons by code, the school's own version of one after the original."""
    return list(session.scalars(_lessons(school_id).order_by(Lesson.code)))


def _lessons(school_id: int | None) -> Select[LessonRevision]:
    statement = select(LessonRevision).join(Lesson).options(joinedload(LessonRevision.lesson))
    return statement.where(LessonRevision.state == RevisionState.PUBLISHED, seen_by(school_id))


def list_assessment_choices(
    session: Session, *, lesson_code: str | None, school_ids: Collection[int], code: str | None = None
) -> list[AssessmentChoice]:
    """The assessments of a lesson (or the one with this code) from the packs and of these schools, packs first."""
    newest = (
        select(AssessmentRevision.assessment_id, func.max(AssessmentRevision.number).label("number"))
        .where(AssessmentRevision.published_at.is_not(None))
        .group_by(AssessmentRevision.assessment_id)
        .subquery()
    )
    statement = (
        select(Assessment.code, AssessmentRevision, Assessment.purpose)
        .select_from(Assessment)
        .join(newest, newest.c.assessment_id == Assessment.id)
        .join(
            AssessmentRevision,
            and_(AssessmentRevision.assessment_id == Assessment.id, AssessmentRevision.number == newest.c.number),
        )
        .where(Assessment.withdrawn_at.is_(None))
        .where(or_(Assessment.school_id.is_(None), Assessment.school_id.in_(list(school_ids))))
    )
    wanted = [Assessment.lesson_code == lesson_code] if lesson_code else []
    if code:
        wanted.append(Assessment.code == code)
    ordered = statement.where(or_(*wanted)).order_by(Assessment.school_id.is_not(None), Assessment.id)
    rows = session.execute(ordered).all()
    sizes = map_sizes(session, [revision for _, revision, _ in rows])
    return [
        AssessmentChoice(code, revision.id, revision.title, purpose, sizes[revision.id][0])
        for code, revision, purpose in rows
    ]


def get_assessment_revision(session: Session, revision_id: int) -> AssessmentRevision | None:
    """A revision with its assessment."""
    return session.get(AssessmentRevision, revision_id, options=[joinedload(AssessmentRevision.assessment)])


def list_paper_items(session: Session, assessment_revision_id: int) -> list[PaperItem]:
    """The items of an assessment revision in order, with the points they have in it."""
    statement = select(ItemRevision, AssessmentItem.points, AssessmentItem.pool).join(
        AssessmentItem, AssessmentItem.item_revision_id == ItemRevision.id
    )
    rows = session.execute(
        statement.where(AssessmentItem.revision_id == assessment_revision_id).order_by(AssessmentItem.position)
    )
    return [PaperItem(*row) for row in rows]


# ---- An assignment in one class ----


_GROUP = (
    select(AssignmentGroup, SchoolPath.path, SchoolPath.name)
    .join(Assignment, Assignment.id == AssignmentGroup.assignment_id)
    .join(SchoolPath, SchoolPath.school_id == Assignment.school_id)
    .options(
        joinedload(AssignmentGroup.assignment).joinedload(Assignment.lesson_revision).joinedload(LessonRevision.lesson),
        joinedload(AssignmentGroup.class_group),
    )
    .where(AssignmentGroup.public_id == bindparam("public_id"))
)


def _group(session: Session, public_id: str) -> GroupFacts:
    row = session.execute(_GROUP, {"public_id": public_id}).first()
    if row is None:
        raise NotFound
    return GroupFacts(*row)


def load_group(session: Session, public_id: str) -> tuple[GroupFacts, Place]:
    """An assignment in one class, for those who teach it or lead the school; raises NotFound."""
    facts = _group(session, public_id)
    return facts, Place(path=facts.path, class_group_id=facts.group.class_group_id)


def load_given(session: Session, public_id: str) -> tuple[GroupFacts, Place]:
    """An assignment in one class, for the pupils of that class; raises NotFound."""
    facts = _group(session, public_id)
    return facts, Place(class_group_id=facts.group.class_group_id)


@dataclass(frozen=True, slots=True)
class PupilOfGroup:
    """A pupil of the class that an assignment was given to."""

    given: GroupFacts
    person: Person


def load_pupil_of_group(session: Session, public_id: str, person: str) -> tuple[PupilOfGroup, Place]:
    """A pupil of the class, or one who has worked there on the assignment; raises NotFound."""
    facts, place = load_group(session, public_id)
    enrolled = select(Enrolment.person_id).where(Enrolment.class_group_id == facts.group.class_group_id)
    worked = select(Attempt.person_id).where(
        Attempt.assignment_id == facts.group.assignment_id, Attempt.class_group_id == facts.group.class_group_id
    )
    found = session.scalars(
        select(Person).where(Person.public_id == person, or_(Person.id.in_(enrolled), Person.id.in_(worked)))
    ).first()
    if found is None:
        raise NotFound
    return PupilOfGroup(facts, found), place


_OVERRIDE = select(AssignmentOverride).where(
    AssignmentOverride.assignment_id == bindparam("of_assignment"),
    AssignmentOverride.person_id == bindparam("of_person"),
    AssignmentOverride.withdrawn_at.is_(None),
)


def get_override(session: Session, *, assignment_id: int, person_id: int) -> AssignmentOverride | None:
    """The reopening in force for a pupil."""
    return session.scalars(_OVERRIDE, {"of_assignment": assignment_id, "of_person": person_id}).first()


def reopening_of(override: AssignmentOverride | None) -> Reopening | None:
    """A reopening as the rules see it."""
    return Reopening(override.closes_at, override.extra_attempts) if override is not None else None


def list_overrides(session: Session, assignment_id: int) -> list[AssignmentOverride]:
    """All reopenings in force of an assignment."""
    statement = select(AssignmentOverride).where(AssignmentOverride.assignment_id == assignment_id)
    return list(session.scalars(statement.where(AssignmentOverride.withdrawn_at.is_(None))))


def get_person(session: Session, person_id: int) -> Person:
    """The pupil behind an attempt."""
    return session.get_one(Person, person_id)


def get_school_path(session: Session, school_id: int) -> str | None:
    """Where a school hangs in the authority tree today."""
    return session.scalar(select(SchoolPath.path).where(SchoolPath.school_id == school_id))


def list_groups(session: Session, assignment_id: int) -> list[AssignmentGroup]:
    """The classes an assignment went to, in Vietnamese order of their names."""
    statement = select(AssignmentGroup).options(joinedload(AssignmentGroup.class_group))
    rows = session.scalars(statement.where(AssignmentGroup.assignment_id == assignment_id))
    return sorted(rows, key=lambda group: sort_key(group.class_group.name))


EXTEND_GROUP = (
    update(AssignmentGroup).where(AssignmentGroup.id == bindparam("group_id")).values(closes_at=bindparam("new_close"))
)
WITHDRAW_OVERRIDES = (
    update(AssignmentOverride)
    .where(
        AssignmentOverride.assignment_id == bindparam("of_assignment"),
        AssignmentOverride.person_id == bindparam("of_person"),
        AssignmentOverride.withdrawn_at.is_(None),
    )
    .values(withdrawn_at=bindparam("at"))
)
