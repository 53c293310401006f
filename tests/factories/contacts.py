"""Contacts in the database, imported by the action itself."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from school_safety.curriculum.actions import import_contacts
from school_safety.curriculum.models import Contact
from school_safety.curriculum.queries import find_contact
from school_safety.curriculum.readers import read_contacts
from school_safety.curriculum.rules import ContactCard
from tests.factories.curriculum import LESSONS

CONTACTS = LESSONS.parent / "config" / "contacts.toml"
IMPORTED = datetime(2026, 9, 1, 2, tzinfo=UTC)


def a_card(code: str = "child_helpline_111", **changes: Any) -> ContactCard:
    """A contact as a value: the children's helpline unless told otherwise."""
    words = {"vi": "Tổng đài 111", "en": "Helpline 111"}
    plain: dict[str, Any] = {
        "number": "111",
        "link": "https://tongdai111.vn",
        "name": words,
        "owner": {"vi": "Bộ Y tế", "en": "Ministry of Health"},
        "hours": {"vi": "Cả ngày và đêm", "en": "Day and night"},
        "for_pupils": True,
        "confirmed": True,
        "checked_on": date(2026, 11, 1),
        "verified": "Public page of the owner.",
    }
    return ContactCard(id=code, **(plain | changes))


def a_contact(session: Session, code: str = "child_helpline_111", **changes: Any) -> Contact:
    """A contact as the file brings it."""
    import_contacts(session, cards={code: a_card(code, **changes)}, now=IMPORTED)
    contact = find_contact(session, code)
    assert contact is not None
    return contact


def the_contacts(session: Session) -> None:
    """The contacts that come with the product."""
    import_contacts(session, cards=read_contacts(CONTACTS), now=IMPORTED)
