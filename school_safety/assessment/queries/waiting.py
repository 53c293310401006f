"""What waits for the editors of the bank, counted for their first page."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from school_safety.assessment.models import Item, ItemRevision, ItemState


@dataclass(frozen=True, slots=True)
class EditorsWork:
    """How many are due to be looked at again, wait for this person as the second one, or came back to their author."""

    due: int
    waiting: int
    returned: int


def count_item_work(session: Session, *, person_id: int, today: date) -> EditorsWork:
    """The questions that wait for an editor: one statement."""
    draft, own = ItemRevision.state == ItemState.DRAFT, ItemRevision.written_by == person_id
    returned = ItemRevision.returned_note.is_not(None)
    to_see = and_(draft, ~returned, or_(ItemRevision.written_by.is_(None), ~own))
    due = select(func.count()).select_from(ItemRevision).join(ItemRevision.item)
    drafts = select(func.count()).select_from(ItemRevision)
    counts = select(
        due.where(ItemRevision.state == ItemState.PUBLISHED, Item.review_due <= today).scalar_subquery(),
        drafts.where(or_(to_see, ItemRevision.state == ItemState.REVIEWED)).scalar_subquery(),
        drafts.where(draft, returned, own).scalar_subquery(),
    )
    return EditorsWork(*session.execute(counts).one())
