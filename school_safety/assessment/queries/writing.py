"""Statements about items that are being written, and about items whose day of review has come."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Place
from school_safety.assessment.models import OPEN, Item, ItemRevision, ItemState
from school_safety.assessment.queries.bank import BankItem, bank_item, find_item, list_published_of_lesson
from school_safety.assessment.rules import Content, Problem, Text, denied_problems, set_problems, unused_options
from school_safety.assessment.types import TYPES
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import find_lesson, find_published
from school_safety.curriculum.queries import find_open_revision as find_open_revision_of_lesson
from school_safety.curriculum.rules import Strand
from school_safety.kit.errors import NotFound
from school_safety.registry.queries import find_root
from school_safety.registry.rules import Tree


@dataclass(frozen=True, slots=True)
class LessonSources:
    """What an item may draw on in its lesson: objectives and misconceptions, by id with their words."""

    code: str
    strand: Strand
    title: Text
    objectives: tuple[tuple[str, Text], ...]
    ideas: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A revision that is being written, and who wrote it last."""

    item: BankItem
    written_by: int | None
    content_hash: str
    updates: bool
    """Whether another revision is in use meanwhile."""
    returned_note: str | None
    """Why a second person sent it back; None if nobody did, or if it was answered."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """A question in use, and the day by which to look at it again."""

    item: BankItem
    review_due: date


@dataclass(frozen=True, slots=True)
class Version:
    """One revision in the history of an item."""

    number: int
    state: ItemState
    created_at: datetime
    from_pack: bool


def find_lesson_sources(session: Session, code: str) -> LessonSources | None:
    """What the lesson in force offers to its items, or the draft of a lesson that is new; None without either."""
    revision = find_published(session, code) or _new_lesson(session, code)
    if revision is None:
        return None
    named = {
        name: tuple((one["id"], one["text"]) for one in revision.content.get(name, ()))
        for name in ("objectives", "misconceptions")
    }
    lesson = revision.lesson
    return LessonSources(
        lesson.code, lesson.strand, revision.content["title"], named["objectives"], named["misconceptions"]
    )


def _new_lesson(session: Session, code: str) -> LessonRevision | None:
    """A lesson needs its items before it can come into force: they may be written for its draft."""
    lesson = find_lesson(session, code)
    is_ours = lesson is not None and lesson.school_id is None
    return find_open_revision_of_lesson(session, lesson.id) if lesson is not None and is_ours else None


def load_item(session: Session, *, code: str) -> tuple[Item, Place]:
    """An item and where it lives: at the head of the province. Raises NotFound."""
    item = find_item(session, code)
    if item is None:
        raise NotFound
    root = find_root(session, Tree.AUTHORITY)
    return item, Place(path=root.path if root is not None else None)


def find_open_revision(session: Session, item_id: int) -> ItemRevision | None:
    """The revision of an item that is being written, if there is one."""
    statement = select(ItemRevision).where(ItemRevision.item_id == item_id, ItemRevision.state.in_(OPEN))
    return session.scalars(statement).one_or_none()


def find_newest_frozen(session: Session, item_id: int) -> ItemRevision | None:
    """The revision of an item that is in use, else the newest that was."""
    statement = (
        select(ItemRevision)
        .where(ItemRevision.item_id == item_id, ItemRevision.state.not_in(OPEN))
        .order_by((ItemRevision.state == ItemState.PUBLISHED).desc(), ItemRevision.number.desc())
    )
    return session.scalars(statement.limit(1)).first()


def last_number(session: Session, item_id: int) -> int:
    """The highest number of an item's revisions, 0 if it has none."""
    return session.scalar(select(func.max(ItemRevision.number)).where(ItemRevision.item_id == item_id)) or 0


def list_pack_hashes(session: Session, item_id: int) -> list[str]:
    """What lesson packs have said in this item so far, as content hashes."""
    statement = select(ItemRevision.content_hash).where(
        ItemRevision.item_id == item_id, ItemRevision.written_by.is_(None)
    )
    return list(session.scalars(statement))


def list_item_codes(session: Session, lesson_code: str) -> list[str]:
    """The codes of all items of a lesson, whatever their state."""
    return list(session.scalars(select(Item.code).where(Item.lesson_code == lesson_code)))


def get_open_item(session: Session, item: Item) -> OpenItem:
    """The item as it is being written. Raises NotFound if nobody writes it."""
    revision = find_open_revision(session, item.id)
    if revision is None:
        raise NotFound
    used = find_newest_frozen(session, item.id)
    return _open_item(item, revision, used is not None)


def _open_item(item: Item, revision: ItemRevision, updates: bool) -> OpenItem:
    found = bank_item(item, revision)
    return OpenItem(found, revision.written_by, revision.content_hash, updates, revision.returned_note)


def list_problems(
    session: Session, lesson_code: str, code: str | None, type_code: str, content: Content
) -> tuple[Problem, ...]:
    """Everything that keeps a content out of the bank, also beside the other items of its lesson in use.

    `code` is the item's own, None for a new one. What is wrong by the type alone is said first, and alone.
    """
    problems = TYPES[type_code].check(content)
    if problems:
        return problems
    others = [
        {"type": revision.type, **revision.content}
        for item, revision in list_published_of_lesson(session, lesson_code)
        if item.code != code
    ]
    return (
        *denied_problems(content),
        *unused_options(content),
        *set_problems({"type": type_code, **content}, others),
    )


def count_returned(session: Session, person_id: int) -> int:
    """How many drafts of this author came back with a note that nobody has answered."""
    statement = select(func.count()).where(
        ItemRevision.written_by == person_id, ItemRevision.state.in_(OPEN), ItemRevision.returned_note.is_not(None)
    )
    return session.scalar(statement) or 0


def list_open(session: Session) -> list[OpenItem]:
    """Everything that is being written, in the order of the codes."""
    used = select(ItemRevision.item_id).where(ItemRevision.state == ItemState.PUBLISHED)
    statement = (
        select(Item, ItemRevision, Item.id.in_(used))
        .join(ItemRevision.item)
        .where(ItemRevision.state.in_(OPEN))
        .order_by(Item.code)
    )
    return [_open_item(item, revision, updates) for item, revision, updates in session.execute(statement)]


def list_due(session: Session, *, until: date, limit: int, offset: int = 0) -> tuple[list[DueItem], int]:
    """Questions in use to be looked at again by this day, the longest overdue first, and how many there are."""
    statement = (
        select(Item, ItemRevision)
        .join(ItemRevision.item)
        .where(ItemRevision.state == ItemState.PUBLISHED, Item.review_due <= until)
    )
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    rows = session.execute(statement.order_by(Item.review_due, Item.code).limit(limit).offset(offset))
    return [DueItem(bank_item(item, one), item.review_due) for item, one in rows if item.review_due], total


def list_versions(session: Session, item_id: int) -> list[Version]:
    """All revisions of an item, the newest first."""
    statement = select(ItemRevision).where(ItemRevision.item_id == item_id).order_by(ItemRevision.number.desc())
    return [
        Version(one.number, one.state, one.created_at, one.written_by is None) for one in session.scalars(statement)
    ]
