"""One pupil shown whole and forgotten whole; requests with their due dates; the public pages."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Role
from school_safety.classroom.models import Attempt
from school_safety.kit import clock
from school_safety.kit.db import Base
from school_safety.privacy.models import PrivacyRequest
from school_safety.privacy.rules import PUPIL_COLUMNS
from school_safety.registry.models import ImportDraft
from school_safety.roster.models import Card, Enrolment, Person, SignInSession
from school_safety.roster.rules.classes import LeftReason
from tests.client import Client
from tests.factories.classes import a_class_group, an_enrolment
from tests.factories.classroom import a_room, an_answer, an_assignment, an_attempt
from tests.factories.people import Printed, a_card, a_member
from tests.factories.registry import a_school

Store = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
NAME = "Vương Ngọc Tuệ Lâm"


@pytest.fixture(autouse=True)
def _on_a_school_day() -> object:
    with clock.at(NOW):
        yield


class School:
    """A pupil with a card, a classmate, the coordinator, and a coordinator elsewhere."""

    def __init__(self, session: Session) -> None:
        school = a_school(session)
        self.school_id = school.id
        group = a_class_group(session, school=school, name="8A2", code="HM8A2K")
        self.pupil = an_enrolment(
            session, class_group=group, number=7, name=NAME, birth_date=date(2013, 7, 19), moet_hash="f" * 64
        )
        self.classmate = an_enrolment(session, class_group=group, number=8, name="Mai Anh Tuấn")
        self.card: Printed = a_card(session, enrolment=self.pupil)
        a_card(session, enrolment=self.classmate, pin="775533")
        self.coordinator = a_member(session, Role.COORDINATOR, school=school)
        self.teacher = a_member(session, Role.TEACHER, school=school)
        self.principal = a_member(session, Role.PRINCIPAL, school=school)
        self.elsewhere = a_member(session, Role.COORDINATOR, school=a_school(session))

    @property
    def url(self) -> str:
        return f"/privacy/pupils/{self.pupil.public_id}"


@pytest.fixture
def school(store: Store) -> School:
    with store() as session:
        return School(session)


def ask(client: Client, school: School, kind: str = "erasure", **change: str) -> int:
    form = {"kind": kind, "requester": "parent", "received_on": "26/11/2026", "note": "Mẹ em gặp cô chủ nhiệm"}
    return client.post(f"{school.url}/requests", form | change).status_code


# ---- For everybody ----


@pytest.mark.parametrize("url", ["/privacy", "/privacy/retention", "/privacy?lang=en", "/privacy/retention?lang=en"])
def test_anybody_reads_the_notice_and_the_retention_table(client: Client, url: str) -> None:
    assert client.get(url).status_code == 200


# ---- Export ----


def test_the_export_holds_every_section_and_the_pupil_s_own_rows_only(
    client: Client, new_client: Callable[[], Client], school: School
) -> None:
    new_client().post("/k", {"token": school.card.token})
    client.sign_in(school.coordinator)
    assert ask(client, school, "export") == 303

    answer = client.post(f"{school.url}/export", {"format": "json"})

    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    data = json.loads(answer.data)
    assert {table.section for table in PUPIL_COLUMNS.values()} <= set(data)
    assert data["person"] == {
        "full_name": NAME,
        "birth_date": "2013-07-19",
        "has_identifier_hash": True,
        "known_since": NOW.isoformat(),
    }
    assert [(row["class"], row["list_number"]) for row in data["enrolments"]] == [("8A2", 7)]
    assert len(data["cards"]) == len(data["sign_ins"]) == len(data["requests"]) == 1
    words = answer.get_data(as_text=True)
    assert "Mai Anh Tuấn" not in words
    assert "argon2" not in words and "f" * 64 not in words, "no hash leaves the platform"


def test_the_export_on_paper_can_be_read(client: Client, school: School) -> None:
    answer = client.sign_in(school.coordinator).post(f"{school.url}/export", {"format": "pdf"})
    words = pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_range()
    assert NAME in words and "Các lớp đã học" in words and "8A2" in words and "Không có." in words
    assert "19/07/2013" in words and "2013-07-19" not in words and "_" not in words


def test_every_export_is_in_the_audit_log_without_a_name(client: Client, store: Store, school: School) -> None:
    client.sign_in(school.coordinator).post(f"{school.url}/export", {"format": "pdf"})
    with store() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "pupil.exported")).one()
    assert (event.actor_id, event.object_id, event.data) == (
        school.coordinator.id,
        str(school.pupil.person_id),
        {"format": "pdf"},
    )


@pytest.mark.parametrize(("who", "status"), [("teacher", 403), ("principal", 403), ("elsewhere", 404)])
def test_a_pupil_s_data_is_for_the_own_school_s_coordinator(
    client: Client, store: Store, school: School, who: str, status: int
) -> None:
    client.sign_in(getattr(school, who))
    assert client.get(school.url).status_code == status
    for path in ("export", "erase", "requests"):
        assert client.post(f"{school.url}/{path}", {"typed_name": NAME}).status_code == status
    with store() as session:
        assert session.get_one(Person, school.pupil.person_id).full_name == NAME


def test_a_pupil_is_found_by_name_without_marks_in_the_own_school_only(
    client: Client, new_client: Callable[[], Client], school: School
) -> None:
    assert NAME in client.sign_in(school.coordinator).get("/privacy/requests?q=tue+lam").get_data(as_text=True)
    stranger = new_client().sign_in(school.elsewhere)
    assert NAME not in stranger.get("/privacy/requests?q=tue+lam").get_data(as_text=True)


def test_a_pupil_who_went_on_to_another_school_is_found_there_alone(
    client: Client, new_client: Callable[[], Client], store: Store, school: School
) -> None:
    with store() as session:
        place = session.get_one(Enrolment, school.pupil.id)
        place.ends_on, place.left_reason = NOW.date(), LeftReason.MOVED_SCHOOL
        session.flush()
        new_school = a_school(session)
        person = session.get_one(Person, place.person_id)
        an_enrolment(session, class_group=a_class_group(session, school=new_school), person=person)
        theirs = a_member(session, Role.COORDINATOR, school=new_school)
    found = "/privacy/requests?q=tue+lam"
    assert NAME not in client.sign_in(school.coordinator).get(found).get_data(as_text=True)
    assert NAME in new_client().sign_in(theirs).get(found).get_data(as_text=True)


# ---- Erasure ----


def test_after_erasing_no_trace_of_the_name_is_left_and_others_are_untouched(
    client: Client, new_client: Callable[[], Client], store: Store, school: School
) -> None:
    pupil = new_client()
    pupil.post("/k", {"token": school.card.token})
    client.sign_in(school.coordinator)
    ask(client, school, note=f"Cha của {NAME}")
    with store() as session:
        session.add(
            ImportDraft(
                kind="class_list",
                made_by=school.teacher.id,
                school_id=school.school_id,
                content={"rows": [NAME]},
                created_at=NOW,
                expires_at=NOW,
            )
        )

    answer = client.post(f"{school.url}/erase", {"typed_name": "vương ngọc tuệ lâm"})

    assert answer.status_code == 303
    with store() as session:
        person = session.get_one(Person, school.pupil.person_id)
        assert (person.full_name, person.name_key, person.name_search) == ("", "", "")
        assert (person.birth_date, person.moet_hash, person.erased_at) == (None, None, NOW)
        assert session.get_one(Person, school.classmate.person_id).full_name == "Mai Anh Tuấn"
        assert not session.scalars(select(Card).where(Card.enrolment_id == school.pupil.id)).all()
        assert session.scalars(select(Card).where(Card.enrolment_id == school.classmate.id)).one()
        assert not session.scalars(select(SignInSession).where(SignInSession.person_id == school.pupil.person_id)).all()
        assert session.get_one(Enrolment, school.pupil.id).ends_on is not None, "the count of the class stays"
        request = session.scalars(select(PrivacyRequest)).one()
        assert (request.state, request.note) == ("done", "")
        assert_nowhere(session, NAME, "Tuệ Lâm", "tue lam", "2013-07-19", "f" * 64)
    assert pupil.browser.get("/account/password").status_code == 401
    assert new_client().post("/k", {"token": school.card.token}).status_code == 422
    assert client.get(school.url).status_code == 404
    assert "(đã xoá)" in client.get("/privacy/requests").get_data(as_text=True)


def assert_nowhere(session: Session, *secrets: str) -> None:
    """No column of any table holds one of the texts."""
    for table in Base.metadata.sorted_tables:
        for row in session.execute(text(f'SELECT * FROM "{table.name}"')):  # noqa: S608  # our own table names
            words = " ".join(str(value) for value in row)
            assert not [one for one in secrets if one in words], f"{table.name}: {words}"


@pytest.mark.parametrize("typed", ["", "Vương Ngọc", "Mai Anh Tuấn", "x" * 5000])
def test_nothing_is_erased_unless_the_name_was_typed(client: Client, store: Store, school: School, typed: str) -> None:
    answer = client.sign_in(school.coordinator).post(f"{school.url}/erase", {"typed_name": typed})
    assert answer.status_code == 422
    with store() as session:
        assert session.get_one(Person, school.pupil.person_id).full_name == NAME
        assert session.scalars(select(Card).where(Card.enrolment_id == school.pupil.id)).one()


def test_work_done_is_exported_with_its_answers_and_outlives_the_name(client: Client, store: Store) -> None:
    with store() as session:
        room = a_room(session)
        coordinator = a_member(session, Role.COORDINATOR, school=room.school)
        given = an_assignment(session, room, opens_at=NOW, closes_at=NOW + timedelta(days=3))
        attempt = an_attempt(session, given, room.pupils[0], now=NOW)
        an_answer(session, attempt, 1, {"choice": "A"}, now=NOW)
        pupil = session.scalars(select(Enrolment).where(Enrolment.person_id == room.pupils[0].id)).one()
    client.sign_in(coordinator)
    url = f"/privacy/pupils/{pupil.public_id}"

    data = json.loads(client.post(f"{url}/export", {"format": "json"}).data)
    paper = client.post(f"{url}/export", {"format": "pdf"})

    assert [(one["slot"], one["value"]) for one in data["attempts"][0]["answers"]] == [(1, {"choice": "A"})]
    assert "Câu: 1; Trả lời: choice: A" in pypdfium2.PdfDocument(paper.data)[0].get_textpage().get_text_range()
    assert client.post(f"{url}/erase", {"typed_name": room.pupils[0].full_name}).status_code == 303
    with store() as session:
        assert session.scalars(select(Attempt).where(Attempt.person_id == room.pupils[0].id)).one().number == 1
        assert_nowhere(session, room.pupils[0].full_name)


# ---- Requests ----


def test_a_request_is_recorded_answered_extended_and_closed_with_its_due_dates(
    client: Client, store: Store, school: School
) -> None:
    client.sign_in(school.coordinator)
    assert ask(client, school, "correction") == 303
    page = client.get("/privacy/requests").get_data(as_text=True)
    assert "trả lời 30/11/2026" in page and "làm xong 11/12/2026" in page
    with store() as session:
        url = f"/privacy/requests/{session.scalars(select(PrivacyRequest.public_id)).one()}"

    assert client.post(f"{url}/answer").status_code == 303
    assert client.post(f"{url}/extend").status_code == 303
    assert "làm xong 26/12/2026" in client.get("/privacy/requests").get_data(as_text=True)
    again = client.post(f"{url}/extend")
    assert again.status_code == 422 and "không gia hạn thêm" in again.get_data(as_text=True)
    assert client.post(f"{url}/close", {"outcome": "declined"}).status_code == 303
    assert client.post(f"{url}/close").status_code == 422
    with store() as session:
        request = session.scalars(select(PrivacyRequest)).one()
        assert (request.state, request.closed_by) == ("declined", school.coordinator.id)


def test_a_request_that_waits_too_long_is_marked(client: Client, school: School) -> None:
    client.sign_in(school.coordinator)
    ask(client, school, received_on="20/11/2026")
    assert "Quá hạn" in client.get("/privacy/requests").get_data(as_text=True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"received_on": "28/11/2026"}, "Ngày nhận ở tương lai"),
        ({"received_on": "hôm qua"}, "ngày/tháng/năm"),
        ({"received_on": ""}, "Hãy điền mục này"),
        ({"kind": "gossip"}, "kind"),
        ({"requester": ""}, "Hãy điền mục này"),
        ({"note": "x" * 301}, "dài nhất 300 ký tự"),
    ],
)
def test_a_request_is_refused_beside_its_field_and_not_recorded(
    client: Client, store: Store, school: School, change: dict[str, str], words: str
) -> None:
    client.sign_in(school.coordinator)
    form = {"kind": "export", "requester": "pupil", "received_on": "27/11/2026", "note": ""}
    answer = client.post(f"{school.url}/requests", form | change)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    with store() as session:
        assert not session.scalars(select(PrivacyRequest)).all()


def test_a_request_of_another_school_is_not_there(
    client: Client, new_client: Callable[[], Client], store: Store, school: School
) -> None:
    ask(client.sign_in(school.coordinator), school)
    with store() as session:
        public_id = session.scalars(select(PrivacyRequest.public_id)).one()
    stranger = new_client().sign_in(school.elsewhere)
    for step in ("answer", "extend", "close"):
        assert stranger.post(f"/privacy/requests/{public_id}/{step}").status_code == 404
