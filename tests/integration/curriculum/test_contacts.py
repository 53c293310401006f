"""Contacts as rows: what the file may do, what the department may do, and what nobody may."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from school_safety.access.policy import Role, Viewer
from school_safety.curriculum import actions, queries
from school_safety.curriculum.models import Contact
from school_safety.curriculum.queries import ContactOrder, ContactSearch, ContactState
from school_safety.kit.errors import Refused
from tests.factories.contacts import a_card, a_contact
from tests.factories.curriculum import a_lesson
from tests.factories.people import a_member
from tests.factories.planning import a_viewer

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
HELPLINE = "child_helpline_111"


@pytest.fixture
def admin(session: Session) -> Viewer:
    return a_viewer(a_member(session, Role.ADMIN, name="Trần Thị Mai"))


def edit(session: Session, admin: Viewer, contact: Contact, **changes: Any) -> bool:
    """Change a contact as the form does."""
    return actions.edit_contact(
        session,
        actor=admin,
        contact=contact,
        card=replace(queries.card_of(contact), **changes),
        seen=queries.last_contact_number(session, contact.id),
        today=TODAY,
        now=NOW,
    )


def test_the_file_adds_and_updates_until_a_person_has_written_then_it_only_offers(
    session: Session, admin: Viewer
) -> None:
    # Given a contact that only the file ever wrote
    cards = {HELPLINE: a_card(), "police": a_card("police", number="113", link="")}
    assert actions.import_contacts(session, cards=cards, now=NOW).added == (HELPLINE, "police")
    assert actions.import_contacts(session, cards=cards, now=NOW) == actions.ContactsImported((), (), ())
    # When the file says something new, the row follows
    cards[HELPLINE] = a_card(number="18001567")
    assert actions.import_contacts(session, cards=cards, now=NOW).updated == (HELPLINE,)
    contact = queries.find_contact(session, HELPLINE)
    assert contact is not None
    assert (contact.number, contact.former) == ("18001567", ["111"])
    # When a person has written, an older file changes nothing and a newer one is kept beside
    assert edit(session, admin, contact, number="19001111", checked_on=date(2026, 11, 10))
    assert actions.import_contacts(session, cards=cards, now=NOW).offered == ()
    cards[HELPLINE] = a_card(number="18009999", checked_on=date(2026, 11, 20))
    assert actions.import_contacts(session, cards=cards, now=NOW).offered == (HELPLINE,)
    assert contact.number == "19001111"
    assert contact.offered is not None and contact.offered["number"] == "18009999"
    # When the department checks later than the file, the offer is settled
    edit(session, admin, contact, checked_on=TODAY)
    assert contact.offered is None
    assert actions.import_contacts(session, cards=cards, now=NOW).offered == ()
    assert [one.recorded_by for one in queries.list_contact_versions(session, contact.id)] == [
        *["Trần Thị Mai"] * 2,
        *[None] * 2,
    ]


def test_a_file_that_names_who_took_whose_place_is_imported_in_any_order(session: Session) -> None:
    cards = {"a_old": a_card("a_old", number="1900", replaced_by="b_new"), "b_new": a_card("b_new", number="1800")}
    actions.import_contacts(session, cards=cards, now=NOW)
    found = queries.find_contact_cards(session)
    assert found["a_old"].id == "b_new"
    assert found["a_old"].former == ("1900",)


def test_a_number_that_comes_back_is_no_longer_a_former_one(session: Session, admin: Viewer) -> None:
    contact = a_contact(session)
    edit(session, admin, contact, number="112")
    edit(session, admin, contact, number="111")
    assert contact.former == ["112"]
    assert not edit(session, admin, contact)
    assert len(queries.list_contact_versions(session, contact.id)) == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "gọi số 111"}, "not_a_number"),
        ({"link": "http://tongdai111.vn"}, "not_a_link"),
        ({"checked_on": TODAY + timedelta(days=1)}, "checked_later"),
        ({"replaced_by": "nobody"}, "unknown_contact"),
        ({"replaced_by": HELPLINE}, "goes_round"),
        ({"replaced_by": "follower"}, "goes_round"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_changes(
    session: Session, admin: Viewer, changes: dict[str, Any], code: str
) -> None:
    contact = a_contact(session)
    edit(session, admin, a_contact(session, "follower", number="112", link=""), replaced_by=HELPLINE)
    with pytest.raises(Refused) as refused:
        edit(session, admin, contact, **changes)
    assert refused.value.code == code
    assert contact.number == "111"
    assert len(queries.list_contact_versions(session, contact.id)) == 1


def test_two_who_edit_at_once_do_not_write_over_each_other(session: Session, admin: Viewer) -> None:
    contact = a_contact(session)
    edit(session, admin, contact, number="112")
    with pytest.raises(Refused, match="changed_meanwhile"):
        actions.edit_contact(
            session, actor=admin, contact=contact, card=a_card(number="113"), seen=1, today=TODAY, now=NOW
        )
    assert contact.number == "112"


def test_checked_today_is_one_more_revision_and_a_second_click_none(session: Session, admin: Viewer) -> None:
    contact = a_contact(session, checked_on=date(2026, 1, 1))
    assert queries.count_stale_contacts(session, TODAY) == 1
    for _click in range(2):
        actions.confirm_contact(session, actor=admin, contact=contact, today=TODAY, now=NOW)
    assert (contact.checked_on, len(queries.list_contact_versions(session, contact.id))) == (TODAY, 2)
    assert queries.count_stale_contacts(session, TODAY) == 0


def test_an_id_is_given_once(session: Session, admin: Viewer) -> None:
    added = actions.create_contact(session, actor=admin, card=a_card("bank_line"), today=TODAY, now=NOW)
    assert (added.number, added.former) == ("111", [])
    with pytest.raises(Refused, match="id_taken"):
        actions.create_contact(session, actor=admin, card=a_card("bank_line"), today=TODAY, now=NOW)


def test_contacts_are_found_by_words_state_and_order(session: Session, admin: Viewer) -> None:
    a_contact(session, checked_on=date(2026, 1, 1))
    a_contact(session, "police", number="113", link="", name={"vi": "Công an", "en": "Police"}, confirmed=False)
    old = a_contact(session, "old", number="1900", link="", name={"vi": "Ánh Sáng", "en": "Light"})
    edit(session, admin, old, replaced_by="police", checked_on=date(2025, 1, 1))

    def codes(**wanted: Any) -> list[str]:
        rows, total = queries.search_contacts(session, ContactSearch(**wanted), today=TODAY, limit=9, offset=0)
        assert total == len(rows)
        return [row.code for row in rows]

    assert codes() == ["old", HELPLINE, "police"]
    assert codes(order=ContactOrder.NAME) == ["old", "police", HELPLINE]
    assert codes(text="cong an") == ["police"]
    assert codes(text="113") == ["police"]
    assert codes(state=ContactState.STALE) == [HELPLINE]
    assert codes(state=ContactState.UNCONFIRMED) == ["police"]
    assert codes(state=ContactState.REPLACED) == ["old"]


def test_a_contact_knows_the_lessons_that_show_it_also_by_the_id_that_it_replaced(
    session: Session, admin: Viewer
) -> None:
    a_contact(session, number="1800")
    old = a_contact(session, "old", number="111", link="")
    edit(session, admin, old, replaced_by=HELPLINE)
    a_lesson(session, code="OS-06-01", contacts=[HELPLINE])
    a_lesson(
        session,
        code="OS-06-02",
        contacts=["old"],
        media=[{"file": "media/so-do.svg", "alt": {"vi": "Gọi 111", "en": "Call 111"}}],
    )
    naming = queries.list_naming_lessons(session, queries.find_contact_cards(session))
    assert [(one.code, one.by, one.in_pictures) for one in naming[HELPLINE]] == [
        ("OS-06-01", HELPLINE, False),
        ("OS-06-02", "old", True),
    ]
    assert [one.code for one in naming["old"]] == ["OS-06-02"]
