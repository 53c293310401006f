"""Statements about contacts: what they say today, who changed them, which lessons name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from school_safety.access.policy import Place
from school_safety.curriculum.models import Contact, ContactRevision, Lesson, LessonRevision, RevisionState
from school_safety.curriculum.queries.lessons import search_words
from school_safety.curriculum.rules import FRESH_DAYS, ContactCard, follow
from school_safety.kit.errors import NotFound
from school_safety.registry.queries import find_root
from school_safety.registry.rules import Tree
from school_safety.roster.models import Person


class ContactState(StrEnum):
    """Which contacts somebody wants to see."""

    STALE = "stale"
    UNCONFIRMED = "unconfirmed"
    REPLACED = "replaced"


class ContactOrder(StrEnum):
    """How contacts are sorted."""

    CHECKED = "checked"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class ContactSearch:
    """What somebody looks for; an empty field leaves everything in."""

    text: str = ""
    state: ContactState | None = None
    order: ContactOrder = ContactOrder.CHECKED


@dataclass(frozen=True, slots=True)
class ContactVersion:
    """What a contact said from one moment on, and who wrote it (None: the file that comes with the product)."""

    number: int
    content: Mapping[str, Any]
    recorded_at: datetime
    recorded_by: str | None


@dataclass(frozen=True, slots=True)
class NamingLesson:
    """A lesson in force that names a contact; `by` is the id that it names, `in_pictures` where a picture says it."""

    code: str
    title: Mapping[str, str]
    by: str
    in_pictures: bool


def card_of(contact: Contact) -> ContactCard:
    """A contact as a value."""
    return ContactCard(
        id=contact.code,
        number=contact.number,
        link=contact.link,
        name=contact.name,
        owner=contact.owner,
        hours=contact.hours,
        for_pupils=contact.for_pupils,
        confirmed=contact.confirmed,
        checked_on=contact.checked_on,
        verified=contact.verified,
        replaced_by=contact.replaced_by.code if contact.replaced_by is not None else "",
        former=tuple(contact.former),
    )


_ALL = select(Contact).options(joinedload(Contact.replaced_by)).order_by(Contact.code)


def list_contacts(session: Session) -> list[Contact]:
    """Every contact, in the order of the ids."""
    return list(session.scalars(_ALL))


_SUCCESSOR = aliased(Contact)
_CARDS = select(
    *(Contact.code, Contact.number, Contact.link, Contact.name, Contact.owner, Contact.hours, Contact.for_pupils),
    *(Contact.confirmed, Contact.checked_on, Contact.verified, func.coalesce(_SUCCESSOR.code, ""), Contact.former),
).outerjoin(_SUCCESSOR, _SUCCESSOR.id == Contact.replaced_by_id)
"""Every contact in the order of a card's fields; pages ask it once, so it is made once."""


def find_contact_cards(session: Session) -> dict[str, ContactCard]:
    """Under every id the contact that stands for it today: one statement."""
    cards = [_card(row) for row in session.connection().execute(_CARDS)]
    return follow({card.id: card for card in cards})


def _card(row: Any) -> ContactCard:
    values = [*row[:-1], tuple(row[-1])]
    return ContactCard(*values)


def find_contact(session: Session, code: str) -> Contact | None:
    """The contact of an id."""
    return session.scalars(select(Contact).where(Contact.code == code)).one_or_none()


def load_contact(session: Session, *, code: str) -> tuple[Contact, Place]:
    """A contact and where it lives: at the head of the province. Raises NotFound."""
    contact = find_contact(session, code)
    if contact is None:
        raise NotFound
    root = find_root(session, Tree.AUTHORITY)
    return contact, Place(path=root.path if root is not None else None)


def search_contacts(
    session: Session, search: ContactSearch, *, today: date, limit: int, offset: int
) -> tuple[list[Contact], int]:
    """The contacts that fit, and how many there are: two statements."""
    conditions = [Contact.search_text.contains(f" {word}", autoescape=True) for word in search_words(search.text)]
    if search.state is not None:
        conditions += _in_state(search.state, today)
    by_name = (Contact.sort_key, Contact.code)
    order = by_name if search.order is ContactOrder.NAME else (Contact.checked_on, *by_name)
    page = _ALL.where(*conditions).order_by(None).order_by(*order)
    total = session.scalar(select(func.count()).select_from(Contact).where(*conditions)) or 0
    return list(session.scalars(page.limit(limit).offset(offset))), total


def _in_state(state: ContactState, today: date) -> list[ColumnElement[bool]]:
    replaced = Contact.replaced_by_id.is_not(None)
    if state is ContactState.REPLACED:
        return [replaced]
    if state is ContactState.UNCONFIRMED:
        return [~replaced, ~Contact.confirmed]
    return [~replaced, Contact.checked_on < today - timedelta(days=FRESH_DAYS)]


def count_stale_contacts(session: Session, today: date) -> int:
    """How many contacts nobody has checked for more than 180 days; those that were replaced need no check."""
    stale = _in_state(ContactState.STALE, today)
    return session.scalar(select(func.count()).select_from(Contact).where(*stale)) or 0


def last_contact_number(session: Session, contact_id: int) -> int:
    """The number of the newest revision of a contact, 0 if it has none."""
    newest = select(func.max(ContactRevision.number)).where(ContactRevision.contact_id == contact_id)
    return session.scalar(newest) or 0


def find_edited_contacts(session: Session) -> set[int]:
    """The contacts that a person has written at least once."""
    return set(session.scalars(select(ContactRevision.contact_id).where(ContactRevision.recorded_by.is_not(None))))


def list_contact_versions(session: Session, contact_id: int) -> list[ContactVersion]:
    """Everything that a contact said, the newest first."""
    statement = (
        select(ContactRevision, Person.full_name)
        .outerjoin(Person, Person.id == ContactRevision.recorded_by)
        .where(ContactRevision.contact_id == contact_id)
        .order_by(ContactRevision.number.desc())
    )
    return [ContactVersion(one.number, one.content, one.recorded_at, name) for one, name in session.execute(statement)]


def list_naming_lessons(session: Session, cards: Mapping[str, ContactCard]) -> dict[str, list[NamingLesson]]:
    """For every contact the province's lessons that show it, by its own id or one whose place it took."""
    statement = (
        select(Lesson.code, LessonRevision.content)
        .join(LessonRevision.lesson)
        .where(LessonRevision.state == RevisionState.PUBLISHED, Lesson.school_id.is_(None))
        .order_by(Lesson.code)
    )
    naming: dict[str, list[NamingLesson]] = {code: [] for code in cards}
    for code, content in session.execute(statement):
        words = " ".join(medium["alt"]["vi"] for medium in content["media"])
        for by in content["contacts"]:
            for shown in {by, cards[by].id} if by in cards else ():
                in_pictures = any(way and way in words for way in (cards[by].number, *cards[by].former))
                naming[shown].append(NamingLesson(code, content["title"], by, in_pictures))
    return naming
