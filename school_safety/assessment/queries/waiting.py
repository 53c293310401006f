"""What waits for the editors of the bank: counts for their first page, questions that say a number of yesterday."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from school_safety.assessment.models import Item, ItemRevision, ItemState
from school_safety.assessment.queries.bank import BankItem, bank_item
from school_safety.curriculum.queries import find_contact_cards, list_naming_lessons
from school_safety.curriculum.rules import ContactCard, renumbered


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


@dataclass(frozen=True, slots=True)
class OutdatedItem:
    """A question in use that says a number or an address which these contacts of its lesson had before."""

    item: BankItem
    contacts: tuple[ContactCard, ...]


def list_outdated_items(session: Session) -> list[OutdatedItem]:
    """The questions in use that say what a contact was reached by before: questions change by new versions alone."""
    cards = find_contact_cards(session)
    changed = [card for code, card in cards.items() if card.id == code and card.former]
    if not changed:
        return []
    naming = list_naming_lessons(session, cards)
    named = {card.id: {lesson.code for lesson in naming[card.id]} for card in changed}
    statement = (
        select(Item, ItemRevision)
        .join(ItemRevision.item)
        .where(Item.lesson_code.in_(set().union(*named.values())), ItemRevision.state == ItemState.PUBLISHED)
        .order_by(Item.code)
    )
    found = []
    for item, revision in session.execute(statement):
        of_lesson = [card for card in changed if item.lesson_code in named[card.id]]
        contacts = tuple(card for card in of_lesson if renumbered(revision.content, [card]) != revision.content)
        if contacts:
            found.append(OutdatedItem(bank_item(item, revision), contacts))
    return found
