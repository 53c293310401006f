"""Statements about lessons that are being written, and about lessons whose day of review has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager

from school_safety.access.policy import Place
from school_safety.curriculum.models import OPEN, Lesson, LessonRevision, RevisionState
from school_safety.curriculum.queries.lessons import find_lesson, whole_revision
from school_safety.kit.errors import NotFound
from school_safety.registry.queries import find_root
from school_safety.registry.rules import Tree
from school_safety.roster.models import Person


@dataclass(frozen=True, slots=True)
class OpenLesson:
    """A revision that is being written, and what is in force meanwhile, or was last."""

    revision: LessonRevision
    before: LessonRevision | None

    @property
    def is_overtaken(self) -> bool:
        """Whether another revision has come into force since this one was last saved."""
        return self.before is not None and self.before.number > self.revision.number


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft in the list of what is being written."""

    revision: LessonRevision
    writer: str


@dataclass(frozen=True, slots=True)
class LessonVersion:
    """One revision in the history of a lesson, with the names of those who wrote and reviewed it in the web."""

    number: int
    version: str
    state: RevisionState
    published_at: datetime | None
    writer: str | None
    reviewer: str | None


def load_lesson(session: Session, *, code: str) -> tuple[Lesson, Place]:
    """A lesson of the province, which lives at the head of the tree. Raises NotFound, also for a school's lesson."""
    lesson = find_lesson(session, code.upper())
    if lesson is None or lesson.school_id is not None:
        raise NotFound
    root = find_root(session, Tree.AUTHORITY)
    return lesson, Place(path=root.path if root is not None else None)


def lock_lesson(session: Session, lesson_id: int) -> None:
    """Let nobody else write this lesson until the unit ends: who read it before reads it again now."""
    session.execute(select(Lesson.id).where(Lesson.id == lesson_id).with_for_update())


def find_open_revision(session: Session, lesson_id: int) -> LessonRevision | None:
    """The revision of a lesson that is being written, if there is one, with its pictures and outreach kit."""
    statement = whole_revision().where(LessonRevision.lesson_id == lesson_id, LessonRevision.state.in_(OPEN))
    return session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def find_newest_frozen(session: Session, lesson_id: int) -> LessonRevision | None:
    """The revision of a lesson that is in force, else the newest that was."""
    statement = (
        whole_revision()
        .where(LessonRevision.lesson_id == lesson_id, LessonRevision.state.not_in(OPEN))
        .order_by((LessonRevision.state == RevisionState.PUBLISHED).desc(), LessonRevision.number.desc())
    )
    return session.scalars(statement.limit(1)).first()


def get_open_lesson(session: Session, lesson: Lesson) -> OpenLesson:
    """The lesson as it is being written. Raises NotFound if nobody writes it."""
    revision = find_open_revision(session, lesson.id)
    if revision is None:
        raise NotFound
    return OpenLesson(revision, find_newest_frozen(session, lesson.id))


def list_open(session: Session, *, school_id: int | None = None) -> list[Drafted]:
    """Every draft of the province's lessons, or of one school's, in the order of the codes."""
    statement = (
        select(LessonRevision, Person.full_name)
        .join(LessonRevision.lesson)
        .outerjoin(Person, Person.id == LessonRevision.written_by)
        .where(LessonRevision.state.in_(OPEN), _of(school_id))
        .options(contains_eager(LessonRevision.lesson))
        .order_by(Lesson.code)
    )
    return [Drafted(revision, name or "") for revision, name in session.execute(statement)]


def _of(school_id: int | None) -> ColumnElement[bool]:
    return Lesson.school_id.is_(None) if school_id is None else Lesson.school_id == school_id


def list_retired(session: Session) -> Sequence[LessonRevision]:
    """The lessons of the province that left the library and that nobody writes anew: their newest revisions."""
    living = select(LessonRevision.lesson_id).where(LessonRevision.state != RevisionState.RETIRED)
    newest = (
        select(func.max(LessonRevision.number)).where(LessonRevision.lesson_id == Lesson.id).correlate(Lesson)
    ).scalar_subquery()
    statement = (
        select(LessonRevision)
        .join(LessonRevision.lesson)
        .where(Lesson.school_id.is_(None), Lesson.id.not_in(living), LessonRevision.number == newest)
        .options(contains_eager(LessonRevision.lesson))
        .order_by(Lesson.code)
    )
    return session.scalars(statement).all()


def list_due(session: Session, *, until: date, limit: int, offset: int = 0) -> tuple[Sequence[LessonRevision], int]:
    """Lessons of the province in force to be looked at again by this day, the longest overdue first, and how many."""
    due = LessonRevision.content["review_due"].as_string()
    statement = (
        select(LessonRevision)
        .join(LessonRevision.lesson)
        .where(LessonRevision.state == RevisionState.PUBLISHED, Lesson.school_id.is_(None), due <= until.isoformat())
        .options(contains_eager(LessonRevision.lesson))
    )
    total = session.scalar(select(func.count()).select_from(statement.with_only_columns(LessonRevision.id).subquery()))
    rows = session.scalars(statement.order_by(due, Lesson.code).limit(limit).offset(offset)).all()
    return rows, total or 0


def list_versions(session: Session, lesson_id: int) -> list[LessonVersion]:
    """All revisions of a lesson, the newest first."""
    revisions = session.scalars(
        select(LessonRevision).where(LessonRevision.lesson_id == lesson_id).order_by(LessonRevision.number.desc())
    ).all()
    people = {one for revision in revisions for one in (revision.written_by, revision.reviewed_by) if one}
    rows = session.execute(select(Person.id, Person.full_name).where(Person.id.in_(people)))
    names: dict[int | None, str] = dict(rows.all())
    return [
        LessonVersion(
            one.number, one.version, one.state, one.published_at, names.get(one.written_by), names.get(one.reviewed_by)
        )
        for one in revisions
    ]
