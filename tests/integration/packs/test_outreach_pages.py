"""The outreach kit in the web: taken by a school and logged, shown to others, lent to partners by a link."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Role
from school_safety.kit import clock, secrets
from school_safety.kit.errors import NotFound, Refused
from school_safety.packs import actions, queries
from school_safety.packs.models import OutreachDownload, OutreachLink
from school_safety.packs.rules import Partner
from school_safety.planning.models import Delivery
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories.curriculum import a_lesson
from tests.factories.people import a_member
from tests.factories.planning import a_viewer
from tests.factories.registry import a_school, a_year, today_of

Store = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PAGE = "/lessons/OS-06-01/outreach"
LEAFLET = {"channel": "leaflet", "format": "pdf", "text": "vi"}


@dataclass
class Place:
    """A school with its people, another school, and people of none."""

    people: dict[Role, Person]
    stranger: Person


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.at(NOW):
        yield


@pytest.fixture
def place(store: Store) -> Place:
    with store() as session:
        school = a_school(session, code="HOAMAI", name="THCS Hoa Mai")
        other = a_school(session, code="BAC", name="THCS Bắc")
        a_lesson(session)
        people = {role: a_member(session, role, school=school) for role in (Role.COORDINATOR, Role.PRINCIPAL)}
        people |= {role: a_member(session, role) for role in (Role.OFFICER, Role.EDITOR, Role.COMMUNE_OFFICER)}
        return Place(people, a_member(session, Role.COORDINATOR, school=other))


def rows(store: Store, table: type[Any]) -> list[Any]:
    """Every row of a table."""
    with store() as session:
        return list(session.scalars(select(table)))


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def a_link(client: Client) -> str:
    """Make a public link as the one who is signed in; its path."""
    text = text_of(client.post(f"{PAGE}/links", data={"partner": "commune_radio", "days": "7"}))
    found = re.search(r"(/o/[\w-]+)", text)
    assert found, text
    return found[1]


def test_a_file_is_logged_for_the_school_and_is_neither_a_delivery_nor_evidence(
    client: Client, place: Place, store: Store
) -> None:
    for role in (Role.COORDINATOR, Role.PRINCIPAL):
        answer = client.sign_in(place.people[role]).post(PAGE, data=LEAFLET)
        assert answer.status_code == 200
        assert answer.data.startswith(b"%PDF")
        assert "os-06-01-leaflet-vi.pdf" in answer.headers["Content-Disposition"]
    taken = rows(store, OutreachDownload)
    assert [(one.channel, one.format, one.language, one.downloaded_at) for one in taken] == [
        ("leaflet", "pdf", "vi", NOW)
    ] * 2
    assert {one.downloaded_by for one in taken} == {
        place.people[Role.COORDINATOR].id,
        place.people[Role.PRINCIPAL].id,
    }
    assert [event.verb for event in rows(store, AuditEvent)].count("outreach.downloaded") == 2
    assert rows(store, Delivery) == []
    text = text_of(client.get(PAGE))
    assert "/schools/HOAMAI/deliveries/prefilled?channel=leaflet&amp;lesson=OS-06-01" in text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"channel": "leaflet", "format": "png", "text": "vi"},
        {"channel": "fax", "format": "pdf", "text": "vi"},
        {"channel": "leaflet", "format": "pdf", "text": "fr"},
        {"channel": "leaflet", "format": "exe", "text": "vi"},
    ],
)
def test_a_file_that_does_not_exist_is_a_bad_request_and_nothing_is_logged(
    client: Client, place: Place, store: Store, data: dict[str, str]
) -> None:
    assert client.sign_in(place.people[Role.COORDINATOR]).post(PAGE, data=data).status_code == 400
    assert rows(store, OutreachDownload) == []


def test_a_teacher_takes_the_kit_and_is_led_to_tell_not_to_record(client: Client, place: Place, store: Store) -> None:
    with store() as session:
        teacher = a_member(session, Role.TEACHER, school=a_school(session, code="NAM", name="THCS Nam"))
    client.sign_in(teacher)
    answer = client.post(PAGE, data={"channel": "sms", "format": "txt", "text": "vi"})
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).startswith("THCS Nam: ")
    text = text_of(client.get(PAGE))
    assert "/deliveries/prefilled" not in text
    assert "/deliveries/tell?channel=sms&amp;lesson=OS-06-01" in text


def test_copying_a_text_is_logged_like_a_file_with_scripts_and_without(
    client: Client, place: Place, store: Store
) -> None:
    client.sign_in(place.people[Role.COORDINATOR])
    page = text_of(client.get(PAGE))
    assert page.count('data-copy-form="text-') == 3 and page.count(f'action="{PAGE}/copies"') == 3
    # Without scripts the text stands on the page that answers, and the way on to the delivery beside it
    answer = client.post(f"{PAGE}/copies", data={"channel": "sms", "text": "vi"})
    assert "THCS Hoa Mai: Nhac con giu kin mat khau." in text_of(answer)
    assert "/schools/HOAMAI/deliveries/prefilled?channel=sms" in text_of(answer)
    # With scripts nothing needs to come back
    for channel in ("zalo", "email"):
        data = {"channel": channel, "text": "en"}
        assert client.post(f"{PAGE}/copies", data, headers={"Accept": "application/json"}).json == {"logged": True}
    taken = [(one.channel, one.format, one.language, one.school_id) for one in rows(store, OutreachDownload)]
    school_id = taken[0][3]
    assert taken == [
        ("sms", "txt", "vi", school_id),
        ("zalo", "txt", "en", school_id),
        ("email", "txt", "en", school_id),
    ]
    assert [event.verb for event in rows(store, AuditEvent)].count("outreach.downloaded") == 3
    for wrong in ({"channel": "leaflet", "text": "vi"}, {"channel": "sms", "text": "fr"}, {}):
        assert client.post(f"{PAGE}/copies", data=wrong).status_code == 400
    assert client.sign_in(place.people[Role.EDITOR]).post(f"{PAGE}/copies", data={}).status_code == 403
    assert rows(store, Delivery) == []


def test_officers_and_editors_preview_and_take_nothing(client: Client, place: Place, store: Store) -> None:
    for role in (Role.OFFICER, Role.EDITOR, Role.COMMUNE_OFFICER):
        client.sign_in(place.people[role])
        for language in ("vi", "en"):
            assert client.get(f"{PAGE}?text={language}&lang={language}").status_code == 200
        assert client.post(PAGE, data=LEAFLET).status_code == 403
        assert client.post(f"{PAGE}/links", data={"partner": "press", "days": "7"}).status_code == 403
    assert rows(store, OutreachDownload) == rows(store, OutreachLink) == []


def test_a_partner_opens_the_link_without_an_account_and_every_opening_is_counted(
    client: Client, place: Place, store: Store, new_client: Callable[[], Client]
) -> None:
    path = a_link(client.sign_in(place.people[Role.COORDINATOR]))
    partner = new_client()
    for language in ("vi", "en"):
        answer = partner.get(f"{path}?text={language}&lang={language}")
        assert answer.status_code == 200
        assert "THCS Hoa Mai" in text_of(answer)
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert place.people[Role.COORDINATOR].full_name not in text_of(answer)
    file = partner.get(f"{path}/leaflet.pdf?text=en")
    assert file.data.startswith(b"%PDF")
    for wrong in ("/leaflet.png", "/fax.pdf", "x", "/leaflet.exe"):
        assert partner.get(path + wrong).status_code == 404, wrong
    (link,) = rows(store, OutreachLink)
    assert link.openings == 2
    assert path.removeprefix("/o/") not in link.token_digest
    assert rows(store, OutreachDownload) == rows(store, Delivery) == []


def test_a_link_stops_on_its_day_and_when_the_school_closes_it(
    client: Client, place: Place, store: Store, new_client: Callable[[], Client]
) -> None:
    client.sign_in(place.people[Role.COORDINATOR])
    path, partner = a_link(client), new_client()
    with clock.at(NOW + timedelta(days=7)):
        assert partner.get(path).status_code == 404
        assert partner.get(f"{path}/leaflet.pdf").status_code == 404
        assert "Hết hạn" in text_of(client.sign_in(place.people[Role.COORDINATOR]).get(PAGE))
    client.sign_in(place.people[Role.COORDINATOR])
    (link,) = rows(store, OutreachLink)
    assert new_client().sign_in(place.stranger).post(f"/outreach-links/{link.id}/revoke").status_code == 404
    assert partner.get(path).status_code == 200
    for _again in range(2):
        assert client.post(f"/outreach-links/{link.id}/revoke").status_code == 303
    assert partner.get(path).status_code == 404
    assert [event.verb for event in rows(store, AuditEvent)].count("outreach_link.revoked") == 1
    assert rows(store, OutreachLink)[0].openings == 1


@pytest.mark.parametrize("data", [{}, {"partner": "press", "days": "3650"}, {"partner": "Bà Hoa", "days": "7"}])
def test_a_link_without_a_known_partner_or_term_is_refused_beside_its_field(
    client: Client, place: Place, store: Store, data: dict[str, str]
) -> None:
    answer = client.sign_in(place.people[Role.COORDINATOR]).post(f"{PAGE}/links", data=data)
    assert answer.status_code == 422
    assert rows(store, OutreachLink) == []


def test_without_a_published_programme_the_school_is_told_why_there_is_nothing_to_record(
    client: Client, place: Place, store: Store
) -> None:
    with store() as session:
        a_year(session)
    client.sign_in(place.people[Role.COORDINATOR])
    answer = client.get("/schools/HOAMAI/deliveries/prefilled?channel=leaflet&lesson=OS-06-01")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/schools/HOAMAI/deliveries/2026-2027"
    assert "chưa công bố chương trình" in text_of(client.get(answer.headers["Location"]))
    assert client.get("/schools/BAC/deliveries/prefilled?channel=leaflet").status_code == 404


def test_openings_add_up_in_the_database_and_a_closed_link_opens_no_more(session: Session) -> None:
    # Given a link of a school
    school = today_of(session, a_school(session))
    actor = a_viewer(a_member(session, Role.COORDINATOR))
    revision = a_lesson(session)
    link, token = actions.make_link(
        session, actor=actor, school=school, revision=revision, partner=Partner.PRESS, days=7, now=NOW
    )
    # When it is opened twice, then closed
    for _opening in range(2):
        assert queries.get_opened(session, secrets.digest(token), NOW).id == link.id
        actions.count_opening(session, link_id=link.id)
    session.refresh(link)
    assert link.openings == 2
    actions.revoke_link(session, actor=actor, school=school, link_id=link.id, now=NOW)
    # Then its token opens nothing
    with pytest.raises(NotFound):
        queries.get_opened(session, secrets.digest(token), NOW)
    with pytest.raises(Refused):
        actions.make_link(
            session, actor=actor, school=school, revision=revision, partner=Partner.PRESS, days=8, now=NOW
        )
