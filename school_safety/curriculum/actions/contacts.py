"""Writing contacts: the file that comes with the product fills in what is missing, the department has the last word."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.curriculum import queries
from school_safety.curriculum.models import Contact, ContactRevision
from school_safety.curriculum.rules import ContactCard, contact_content, goes_round, is_link, is_number
from school_safety.kit import db
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.kit.text import sort_key

LONGEST_KEY = 600


@dataclass(frozen=True, slots=True)
class ContactsImported:
    """The ids that the file added, those that it brought up to date, those that it only offers to the department."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    offered: tuple[str, ...]


def import_contacts(session: Session, *, cards: Mapping[str, ContactCard], now: datetime) -> ContactsImported:
    """Take over the contacts of the file, but never write over what a person wrote.

    A contact that is missing is added; one that only the file ever wrote follows the file. One that a person wrote
    stays: where the file says something else and was checked later, that is kept beside it as an offer.
    """
    known = {contact.code: contact for contact in queries.list_contacts(session)}
    edited = queries.find_edited_contacts(session)
    added = [code for code in cards if code not in known]
    for code in added:
        known[code] = _new_row(code)
        session.add(known[code])
        _fill(known[code], cards[code], None)
    session.flush()
    updated, offered = [], []
    for code, card in cards.items():
        contact = known[code]
        if contact.id in edited:
            contact.offered = contact_content(card) if _is_news(contact, card) else None
            offered += [code] if contact.offered else []
        elif _write(session, None, contact, card, known.get(card.replaced_by), now) and code not in added:
            updated.append(code)
    session.flush()
    return ContactsImported(tuple(added), tuple(updated), tuple(offered))


def create_contact(session: Session, *, actor: Viewer, card: ContactCard, today: date, now: datetime) -> Contact:
    """Add a contact of the department's own. Raises Refused("id_taken") or as `edit_contact` does."""
    _check(session, card, today)
    if queries.find_contact(session, card.id) is not None:
        raise Refused("id_taken", "id")
    contact = _new_row(card.id)
    _fill(contact, card, None)
    with db.refusing(session, "id_taken", "id"):
        session.add(contact)
        session.flush()
    _write(session, actor, contact, card, queries.find_contact(session, card.replaced_by), now)
    return contact


def edit_contact(
    session: Session, *, actor: Viewer, contact: Contact, card: ContactCard, seen: int, today: date, now: datetime
) -> bool:
    """Say something else of a contact from now on, everywhere; returns whether anything changed.

    `seen` is the number of the revision that the editor began from. Raises Refused with "changed_meanwhile",
    "not_a_number", "not_a_link", "checked_later", "unknown_contact" or "goes_round".
    """
    if seen != queries.last_contact_number(session, contact.id):
        raise Refused("changed_meanwhile")
    _check(session, card, today)
    changed = _write(session, actor, contact, card, queries.find_contact(session, card.replaced_by), now)
    if contact.offered and card.checked_on >= date.fromisoformat(contact.offered["checked_on"]):
        contact.offered = None
    return changed


def confirm_contact(session: Session, *, actor: Viewer, contact: Contact, today: date, now: datetime) -> None:
    """Note that everything was checked today and is still right; a second time on a day changes nothing."""
    _write(session, actor, contact, replace(queries.card_of(contact), checked_on=today), contact.replaced_by, now)


def _check(session: Session, card: ContactCard, today: date) -> None:
    if card.number and not is_number(card.number):
        raise Refused("not_a_number", "number")
    if card.link and not is_link(card.link):
        raise Refused("not_a_link", "link")
    if card.checked_on > today:
        raise Refused("checked_later", "checked_on")
    taken = {contact.code: queries.card_of(contact).replaced_by for contact in queries.list_contacts(session)}
    if card.replaced_by and card.replaced_by not in taken:
        raise Refused("unknown_contact", "replaced_by")
    if goes_round(card.id, card.replaced_by, taken):
        raise Refused("goes_round", "replaced_by")


def _new_row(code: str) -> Contact:
    return Contact(code=code, number="", link="", former=[], offered=None)


def _write(
    session: Session,
    actor: Viewer | None,
    contact: Contact,
    card: ContactCard,
    successor: Contact | None,
    now: datetime,
) -> bool:
    """Keep what the contact says now as its next revision, unless it says that already."""
    number = queries.last_contact_number(session, contact.id)
    content = contact_content(card)
    if number and content == contact_content(queries.card_of(contact)):
        return False
    _fill(contact, card, successor)
    session.add(
        ContactRevision(
            contact_id=contact.id,
            number=number + 1,
            content=content,
            recorded_by=actor.person_id if actor is not None else None,
            recorded_at=now,
        )
    )
    with db.refusing(session, "changed_meanwhile"):
        session.flush()
    record_audit(
        session,
        actor=actor,
        verb="contact.changed" if number else "contact.added",
        object_type="contact",
        object_id=contact.code,
        data={"revision": number + 1, "checked_on": content["checked_on"], "confirmed": card.confirmed},
    )
    return True


def _fill(contact: Contact, card: ContactCard, successor: Contact | None) -> None:
    ways = {*contact.former, contact.number, contact.link} - {card.number, card.link, ""}
    contact.former = sorted(ways)
    contact.number, contact.link = card.number, card.link
    contact.name, contact.owner, contact.hours = dict(card.name), dict(card.owner), dict(card.hours)
    contact.for_pupils, contact.confirmed = card.for_pupils, card.confirmed
    contact.checked_on, contact.verified, contact.replaced_by = card.checked_on, card.verified, successor
    texts = [card.id, card.number, card.link, *card.name.values(), *card.owner.values()]
    contact.search_text = "".join(f" {word}" for text in texts for word in queries.search_words(text))
    contact.sort_key = sort_key(card.name["vi"])[:LONGEST_KEY]


def _is_news(contact: Contact, card: ContactCard) -> bool:
    """Whether the file was checked later than the contact, and says something else."""
    as_of_then = replace(card, checked_on=contact.checked_on)
    said = contact_content(queries.card_of(contact))
    return card.checked_on > contact.checked_on and contact_content(as_of_then) != said
