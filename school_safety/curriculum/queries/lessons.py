"""Every statement on lessons: the library's search, one lesson, its pictures."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload, selectinload

from school_safety.curriculum.models import Lesson, LessonMedia, LessonRevision, RevisionState
from school_safety.curriculum.rules import Strand
from school_safety.kit.errors import NotFound
from school_safety.kit.text import search_key

MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")


class LessonOrder(StrEnum):
    """How the library is sorted."""

    CODE = "code"
    GRADE = "grade"
    TITLE = "title"
    MINUTES = "minutes"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class LessonSearch:
    """What somebody looks for in the library; an empty field leaves everything in."""

    text: str = ""
    grade: int | None = None
    strand: Strand | None = None
    objective: str = ""
    most_minutes: int | None = None
    only_own: bool = False
    """Only what the school of the one who looks has adapted."""
    order: LessonOrder = LessonOrder.CODE


def search_lessons(
    session: Session, search: LessonSearch, *, limit: int, offset: int, school_id: int | None = None
) -> tuple[list[LessonRevision], int]:
    """The published lessons that fit, and how many there are: two statements.

    `school_id`: the school's own lessons as well; without it only the province's.
    """
    statement = select(LessonRevision).join(LessonRevision.lesson).where(*_conditions(search), seen_by(school_id))
    page = statement.options(contains_eager(LessonRevision.lesson)).order_by(*_order(search.order))
    return list(session.scalars(page.limit(limit).offset(offset))), _count(session, statement)


def seen_by(school_id: int | None) -> ColumnElement[bool]:
    """What somebody of this school (or of none) sees: the province's lessons, and the school's own."""
    ours = Lesson.school_id.is_(None)
    return ours if school_id is None else or_(ours, Lesson.school_id == school_id)


def _conditions(search: LessonSearch) -> list[ColumnElement[bool]]:
    conditions = [LessonRevision.state == RevisionState.PUBLISHED]
    conditions += _holds(LessonRevision.search_text, search.text)
    conditions += _holds(LessonRevision.objective_text, search.objective)
    if search.grade is not None:
        conditions.append(LessonRevision.grades.bitwise_and(1 << search.grade) != 0)
    if search.strand is not None:
        conditions.append(Lesson.strand == search.strand)
    if search.only_own:
        conditions.append(Lesson.school_id.is_not(None))
    if search.most_minutes is not None:
        conditions.append(LessonRevision.minutes <= search.most_minutes)
    return conditions


def _holds(column: InstrumentedAttribute[str], text: str) -> list[ColumnElement[bool]]:
    """Every word typed begins a word of the column."""
    return [column.contains(f" {word}", autoescape=True) for word in search_words(text)[:MOST_WORDS]]


def search_words(text: str) -> list[str]:
    """The words of a text as searching compares them: no case, no diacritics, no signs."""
    return _WORD.findall(search_key(text))


def _order(order: LessonOrder) -> tuple[SQLColumnExpression[Any], ...]:
    by_code = Lesson.code
    first = {
        LessonOrder.CODE: (Lesson.strand.desc(),),
        LessonOrder.GRADE: (LessonRevision.grades,),
        LessonOrder.TITLE: (LessonRevision.title_key,),
        LessonOrder.MINUTES: (LessonRevision.minutes,),
        LessonOrder.NEWEST: (LessonRevision.published_at.desc(),),
    }[order]
    return (*first, by_code)


def _count(session: Session, statement: Select[LessonRevision]) -> int:
    counted = statement.with_only_columns(LessonRevision.id).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(counted)) or 0


def list_published(
    session: Session, *, strand: Strand | None = None, school_id: int | None = None
) -> list[LessonRevision]:
    """Every lesson that may be assigned or planned today, in the order of the scope and sequence.

    `school_id`: the school's own lessons as well; without it only the province's.
    """
    search = LessonSearch(strand=strand)
    statement = select(LessonRevision).join(LessonRevision.lesson).where(*_conditions(search), seen_by(school_id))
    return list(
        session.scalars(statement.options(contains_eager(LessonRevision.lesson)).order_by(*_order(search.order)))
    )


def find_lesson(session: Session, code: str) -> Lesson | None:
    """The lesson of a code."""
    return session.scalars(select(Lesson).where(Lesson.code == code)).one_or_none()


def find_latest(session: Session, lesson_id: int) -> LessonRevision | None:
    """The revision of a lesson with the highest number, whatever its state."""
    statement = select(LessonRevision).where(LessonRevision.lesson_id == lesson_id)
    return session.scalars(statement.order_by(LessonRevision.number.desc()).limit(1)).one_or_none()


def find_published(session: Session, code: str, *, school_id: int | None = None) -> LessonRevision | None:
    """The revision of a lesson that is in force today, of the province or of this school."""
    statement = whole_revision().where(
        Lesson.code == code, LessonRevision.state == RevisionState.PUBLISHED, seen_by(school_id)
    )
    return session.scalars(statement).one_or_none()


def get_lesson(
    session: Session, code: str, number: int | None = None, *, school_id: int | None = None
) -> LessonRevision:
    """One revision with its pictures and outreach kit: the published one, or that of a number.

    Raises NotFound, also for a lesson of another school than `school_id`.
    """
    statement = whole_revision().where(Lesson.code == code, seen_by(school_id))
    if number is None:
        statement = statement.where(LessonRevision.state == RevisionState.PUBLISHED)
    else:
        statement = statement.where(LessonRevision.number == number, LessonRevision.published_at.is_not(None))
    revision = session.scalars(statement).one_or_none()
    if revision is None:
        raise NotFound
    return revision


def get_revision(session: Session, revision_id: int) -> LessonRevision:
    """The revision that a class was assigned, with its pictures; raises NotFound."""
    revision = session.scalars(whole_revision().where(LessonRevision.id == revision_id)).one_or_none()
    if revision is None:
        raise NotFound
    return revision


def whole_revision() -> Select[LessonRevision]:
    """Revisions with their lesson, pictures and outreach kit."""
    return (
        select(LessonRevision)
        .join(LessonRevision.lesson)
        .options(
            contains_eager(LessonRevision.lesson),
            joinedload(LessonRevision.outreach),
            selectinload(LessonRevision.media),
        )
    )


def get_media(session: Session, sha256: str) -> LessonMedia:
    """A picture of any lesson by the hash of its bytes; raises NotFound."""
    medium = session.scalars(select(LessonMedia).where(LessonMedia.sha256 == sha256).limit(1)).one_or_none()
    if medium is None:
        raise NotFound
    return medium


def names_file(session: Session, sha256: str) -> bool:
    """Whether a lesson, in any revision, holds this file: then it must not be swept."""
    return session.scalar(select(LessonMedia.sha256).where(LessonMedia.sha256 == sha256).limit(1)) is not None
