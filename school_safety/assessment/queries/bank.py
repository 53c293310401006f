"""Statements about the items of the bank."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from school_safety.assessment.models import OPEN, Item, ItemRevision, ItemState
from school_safety.assessment.rules import Content, Text, Use
from school_safety.curriculum.models import Lesson, LessonRevision, RevisionState
from school_safety.curriculum.rules import Strand
from school_safety.kit.errors import NotFound
from school_safety.kit.text import search_key


@dataclass(frozen=True, slots=True)
class BankItem:
    """One published (or once published) question as lists and pages show it."""

    id: int
    item_id: int
    code: str
    lesson_code: str
    strand: Strand
    number: int
    type: str
    use: Use
    objective: str
    points: int
    content: Content
    state: ItemState

    @property
    def stem(self) -> Text:
        """What the question asks."""
        stem: Text = self.content.get("stem", {})
        return {"vi": "", "en": "", **stem}


def bank_item(item: Item, revision: ItemRevision) -> BankItem:
    """The value of a row of the bank."""
    return BankItem(
        id=revision.id,
        item_id=item.id,
        code=item.code,
        lesson_code=item.lesson_code,
        strand=item.strand,
        number=revision.number,
        type=revision.type,
        use=revision.use,
        objective=revision.objective,
        points=revision.points,
        content=revision.content,
        state=revision.state,
    )


def list_items(
    session: Session,
    *,
    words: str = "",
    lesson_code: str | None = None,
    strand: Strand | None = None,
    type_code: str | None = None,
    use: Use | None = None,
    objective: str | None = None,
    state: ItemState = ItemState.PUBLISHED,
    limit: int,
    offset: int = 0,
) -> tuple[list[BankItem], int]:
    """Items of a state by code, and how many there are; `words` are sought without case and diacritics, all of them.

    Retired are those whose newest revision is: a revision that was replaced is no item of its own.
    """
    statement = select(Item, ItemRevision).join(ItemRevision.item).where(ItemRevision.state == state)
    if state is ItemState.RETIRED:
        later = aliased(ItemRevision)
        newer = select(later.id).where(
            later.item_id == ItemRevision.item_id,
            (later.number > ItemRevision.number) | (later.state == ItemState.PUBLISHED),
        )
        statement = statement.where(~newer.exists())
    wanted: dict[ColumnElement[Any] | Any, Any] = {
        Item.lesson_code: lesson_code,
        Item.strand: strand,
        ItemRevision.type: type_code,
        ItemRevision.use: use,
        ItemRevision.objective: objective,
    }
    for column, value in wanted.items():
        if value is not None:
            statement = statement.where(column == value)
    for word in search_key(words).split():
        statement = statement.where(ItemRevision.search_text.contains(word, autoescape=True))
    page = statement.order_by(Item.code).limit(limit).offset(offset)
    return [bank_item(item, revision) for item, revision in session.execute(page)], count(session, statement)


def count(session: Session, statement: Select[*tuple[Any, ...]]) -> int:
    """How many rows a statement has without its order."""
    return session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0


def list_lessons(session: Session) -> dict[str, Text | None]:
    """The lessons that have items in the bank, by code, with the title of their published revision."""
    codes = select(Item.lesson_code.label("code")).distinct().subquery()
    statement = (
        select(codes.c.code, LessonRevision.content["title"])
        .select_from(codes)
        .outerjoin(Lesson, Lesson.code == codes.c.code)
        .outerjoin(
            LessonRevision,
            (LessonRevision.lesson_id == Lesson.id) & (LessonRevision.state == RevisionState.PUBLISHED),
        )
        .order_by(codes.c.code)
    )
    return dict(session.execute(statement).all())


def get_item(session: Session, code: str) -> BankItem:
    """The published revision of an item, else the newest that was. Raises NotFound."""
    statement = (
        select(Item, ItemRevision)
        .join(ItemRevision.item)
        .where(Item.code == code, ItemRevision.state.not_in(OPEN))
        .order_by((ItemRevision.state == ItemState.PUBLISHED).desc(), ItemRevision.number.desc())
        .limit(1)
    )
    found = session.execute(statement).first()
    if found is None:
        raise NotFound
    return bank_item(*found)


def list_by_codes(session: Session, codes: Collection[str]) -> list[BankItem]:
    """The published revisions of these items, in the order of the codes."""
    statement = (
        select(Item, ItemRevision)
        .join(ItemRevision.item)
        .where(Item.code.in_(codes), ItemRevision.state == ItemState.PUBLISHED)
        .order_by(Item.code)
    )
    return [bank_item(item, revision) for item, revision in session.execute(statement)]


def list_by_ids(session: Session, revision_ids: Collection[int]) -> dict[int, tuple[BankItem, int | None]]:
    """Frozen items by the id of their revision, each with the id of the revision that is published now, if any."""
    current = aliased(ItemRevision)
    statement = (
        select(Item, ItemRevision, current.id)
        .join(ItemRevision.item)
        .outerjoin(current, (current.item_id == Item.id) & (current.state == ItemState.PUBLISHED))
        .where(ItemRevision.id.in_(revision_ids))
    )
    rows = session.execute(statement)
    return {revision.id: (bank_item(item, revision), current_id) for item, revision, current_id in rows}


def find_item(session: Session, code: str) -> Item | None:
    """The item with this code."""
    return session.scalars(select(Item).where(Item.code == code)).first()


def list_published_of_lesson(session: Session, lesson_code: str) -> list[tuple[Item, ItemRevision]]:
    """The items of a lesson that are in use."""
    statement = (
        select(Item, ItemRevision)
        .join(ItemRevision.item)
        .where(Item.lesson_code == lesson_code, ItemRevision.state == ItemState.PUBLISHED)
        .order_by(Item.code)
    )
    return list(session.execute(statement))
