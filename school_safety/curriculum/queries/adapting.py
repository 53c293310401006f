"""Statements about schools' own adaptations: their lineage, and the original that they follow."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from school_safety.curriculum.models import Lesson, LessonRevision, RevisionState
from school_safety.curriculum.queries.lessons import whole_revision
from school_safety.curriculum.queries.writing import find_newest_frozen, find_open_revision
from school_safety.curriculum.rules import LessonBody, Versions
from school_safety.kit.errors import NotFound
from school_safety.roster.models import Person


@dataclass(frozen=True, slots=True)
class Step:
    """One revision in the lineage of a school's own lesson: when and by whom it was written and, later, ended."""

    number: int
    version: str
    state: RevisionState
    created_at: datetime | None
    published_at: datetime | None
    writer: str | None
    ended_by: str | None
    original_number: int | None


@dataclass(frozen=True, slots=True)
class Adaptation:
    """A school's own lesson: what is in force, what is being written, and the original behind both.

    `newest` is the revision in force, else the last that was; `followed` the original that it was made from or last
    compared with; `original` the one in force today, None when the province has retired the lesson.
    """

    lesson: Lesson
    newest: LessonRevision | None
    draft: LessonRevision | None
    followed: LessonRevision
    original: LessonRevision | None

    @property
    def in_force(self) -> LessonRevision | None:
        """The school's revision that classes may be given today."""
        return self.newest if self.newest is not None and self.newest.state is RevisionState.PUBLISHED else None

    @property
    def own(self) -> LessonRevision:
        """What the school says now: its draft, else its newest revision."""
        revision = self.draft or self.newest
        if revision is None:
            raise NotFound
        return revision

    @property
    def has_newer_original(self) -> bool:
        """Whether the original has moved on since the school last looked at it."""
        return self.original is not None and self.original.number > self.followed.number


def body_of(revision: LessonRevision) -> LessonBody:
    """What a revision says, as the rules compare it."""
    outreach = revision.outreach.content if revision.outreach is not None else {}
    return LessonBody(revision.content, revision.reading, revision.teacher, outreach)


def versions_of(adaptation: Adaptation) -> Versions:
    """The three contents of which a newer original is taken over. Raises NotFound without an original in force."""
    if adaptation.original is None:
        raise NotFound
    return Versions(began=body_of(adaptation.followed), today=body_of(adaptation.original), own=body_of(adaptation.own))


def find_adaptation(session: Session, *, original_id: int, school_id: int) -> Lesson | None:
    """The school's own version of a lesson of the province, in whatever state."""
    return session.scalars(
        select(Lesson).where(Lesson.adapted_from_id == original_id, Lesson.school_id == school_id)
    ).one_or_none()


def get_adaptation(session: Session, code: str, *, school_id: int | None) -> Adaptation:
    """A school's own lesson by its code; raises NotFound for people of another school or of none."""
    lesson = session.scalars(select(Lesson).where(Lesson.code == code, Lesson.school_id == school_id)).one_or_none()
    if lesson is None or school_id is None or lesson.adapted_from_id is None:
        raise NotFound
    newest, draft = find_newest_frozen(session, lesson.id), find_open_revision(session, lesson.id)
    latest = draft or newest
    if latest is None or latest.original_id is None:
        raise NotFound
    followed = session.scalars(whole_revision().where(LessonRevision.id == latest.original_id)).one()
    original = session.scalars(
        whole_revision().where(
            LessonRevision.lesson_id == lesson.adapted_from_id, LessonRevision.state == RevisionState.PUBLISHED
        )
    ).one_or_none()
    return Adaptation(lesson, newest, draft, followed, original)


def list_steps(session: Session, lesson_id: int) -> list[Step]:
    """The lineage of a school's own lesson, the newest revision first."""
    writer, ender, original = aliased(Person), aliased(Person), aliased(LessonRevision)
    statement = (
        select(LessonRevision, writer.full_name, ender.full_name, original.number)
        .outerjoin(writer, writer.id == LessonRevision.written_by)
        .outerjoin(ender, ender.id == LessonRevision.retired_by)
        .outerjoin(original, original.id == LessonRevision.original_id)
        .where(LessonRevision.lesson_id == lesson_id)
        .order_by(LessonRevision.number.desc())
    )
    return [
        Step(one.number, one.version, one.state, one.created_at, one.published_at, written, ended, number)
        for one, written, ended, number in session.execute(statement)
    ]


def get_own_revision(session: Session, lesson_id: int, number: int) -> LessonRevision:
    """A frozen revision of a lesson by its number; raises NotFound."""
    statement = whole_revision().where(LessonRevision.lesson_id == lesson_id, LessonRevision.number == number)
    revision = session.scalars(statement.where(LessonRevision.published_at.is_not(None))).one_or_none()
    if revision is None:
        raise NotFound
    return revision


def find_before(session: Session, revision: LessonRevision) -> LessonRevision | None:
    """The revision of the same lesson that was published before this one."""
    statement = whole_revision().where(
        LessonRevision.lesson_id == revision.lesson_id,
        LessonRevision.number < revision.number,
        LessonRevision.published_at.is_not(None),
    )
    return session.scalars(statement.order_by(LessonRevision.number.desc()).limit(1)).first()


def list_adapted(session: Session, school_id: int | None) -> dict[str, str]:
    """The school's own lessons in force: the original's code to the adaptation's code."""
    if school_id is None:
        return {}
    original = aliased(Lesson)
    statement = (
        select(original.code, Lesson.code)
        .join(original, original.id == Lesson.adapted_from_id)
        .join(LessonRevision, LessonRevision.lesson_id == Lesson.id)
        .where(Lesson.school_id == school_id, LessonRevision.state == RevisionState.PUBLISHED)
    )
    return dict(session.execute(statement).all())


def list_behind(session: Session, school_id: int | None) -> frozenset[str]:
    """The codes of the school's own lessons whose original has moved on since the school last looked at it."""
    if school_id is None:
        return frozenset()
    followed, newer = aliased(LessonRevision), aliased(LessonRevision)
    statement = (
        select(Lesson.code)
        .join(LessonRevision, LessonRevision.lesson_id == Lesson.id)
        .join(followed, followed.id == LessonRevision.original_id)
        .join(newer, newer.lesson_id == Lesson.adapted_from_id)
        .where(
            Lesson.school_id == school_id,
            LessonRevision.state != RevisionState.RETIRED,
            newer.state == RevisionState.PUBLISHED,
        )
        .group_by(Lesson.code, newer.number)
        .having(func.max(followed.number) < newer.number)
    )
    return frozenset(session.scalars(statement))
