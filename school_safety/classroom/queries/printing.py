"""What goes on paper: the items of a frozen paper with their codes."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.assessment.models import Item, ItemRevision
from school_safety.assessment.rules import Content


@dataclass(frozen=True, slots=True)
class CodedItem:
    """A frozen item with the code that is printed beside it."""

    code: str
    type: str
    content: Content


def map_coded_items(session: Session, item_revision_ids: Iterable[int]) -> dict[int, CodedItem]:
    """The items of these revisions, by the id of the revision."""
    statement = select(ItemRevision.id, Item.code, ItemRevision.type, ItemRevision.content).join(ItemRevision.item)
    rows = session.execute(statement.where(ItemRevision.id.in_(list(item_revision_ids))))
    return {row.id: CodedItem(row.code, row.type, row.content) for row in rows}
