"""Cards of a class: printed once, replaced, and a closed door opened."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.kit import clock
from school_safety.roster.models import Card, ClassGroup, Enrolment, Person
from tests.client import Client
from tests.factories.classes import a_class_group, a_teaching, an_enrolment
from tests.factories.people import PIN, a_card, a_member
from tests.factories.registry import a_school

Store = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_a_school_day() -> object:
    with clock.at(NOW):
        yield


class Class8A2:
    """A class of three, one of whom has a card, with its teacher; and a class beside it."""

    def __init__(self, session: Session) -> None:
        school = a_school(session)
        self.code = school.code
        self.group = a_class_group(session, school=school, name="8A2", code="HM8A2K")
        self.pupils = [
            an_enrolment(session, class_group=self.group, number=number, name=name)
            for number, name in ((1, "Nguyễn Ngọc Ánh"), (2, "Đỗ Quốc Bảo"), (3, "Trần Thị Thuỳ Dương"))
        ]
        self.card = a_card(session, enrolment=self.pupils[0])
        self.teacher = a_member(session, Role.TEACHER, school=school)
        a_teaching(session, person=self.teacher, class_group=self.group)
        self.coordinator = a_member(session, Role.COORDINATOR, school=school)
        self.principal = a_member(session, Role.PRINCIPAL, school=school)
        self.other_group = a_class_group(session, school=school, name="8A3", code="HM8A3K")
        self.stranger = an_enrolment(session, class_group=self.other_group)
        self.colleague = a_member(session, Role.TEACHER, school=school)
        a_teaching(session, person=self.colleague, class_group=self.other_group)

    @property
    def url(self) -> str:
        return f"/schools/{self.code}/classes/{self.group.id}/cards"


@pytest.fixture
def school_class(store: Store) -> Class8A2:
    with store() as session:
        return Class8A2(session)


def text_of(pdf: bytes) -> str:
    """All words of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def living(store: Store) -> dict[int, Card]:
    with store() as session:
        return {card.enrolment_id: card for card in session.scalars(select(Card).where(Card.revoked_at.is_(None)))}


def test_pupils_without_a_card_are_chosen_already(client: Client, school_class: Class8A2) -> None:
    page = client.sign_in(school_class.teacher).get(school_class.url).get_data(as_text=True)
    checked = re.findall(r'value="(\w+)" checked', page)
    assert checked == [pupil.public_id for pupil in school_class.pupils[1:]]
    assert "HM8A2K" in page and "Chưa có thẻ" in page and "Có thẻ từ 27/11/2026" in page


def test_the_sheet_carries_pins_that_open_the_door_and_they_are_nowhere_else(
    client: Client, new_client: Callable[[], Client], store: Store, school_class: Class8A2
) -> None:
    chosen = [pupil.public_id for pupil in school_class.pupils[1:]]

    answer = client.sign_in(school_class.teacher).post(school_class.url, {"pupils": chosen})

    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    words = text_of(answer.data)
    assert "Đỗ Quốc Bảo" in words and "Trần Thị Thuỳ Dương" in words and "Nguyễn Ngọc Ánh" not in words
    pins = re.findall(r"\b(\d{3} \d{3})\b", words)
    assert len(pins) == 2
    entry = {"door": "pupil", "class_code": "HM8A2K", "list_number": "2", "pin": pins[0]}
    assert new_client().post("/sign-in", entry).status_code == 303
    stored = living(store)[school_class.pupils[1].id]
    assert pins[0].replace(" ", "") not in stored.pin_hash + stored.token_hash
    assert stored.issued_by == school_class.teacher.id


def test_a_new_card_ends_the_old_one_and_whoever_used_it(
    client: Client, new_client: Callable[[], Client], school_class: Class8A2
) -> None:
    thief = new_client()
    thief.post("/k", {"token": school_class.card.token})
    assert thief.browser.get("/account/password").status_code == 403, "inside, as a pupil"

    client.sign_in(school_class.teacher).post(school_class.url, {"pupils": [school_class.pupils[0].public_id]})

    assert thief.browser.get("/account/password").status_code == 401
    assert "thay bằng thẻ mới" in new_client().post("/k", {"token": school_class.card.token}).get_data(as_text=True)


def test_nobody_chosen_is_refused_and_nothing_changes(client: Client, store: Store, school_class: Class8A2) -> None:
    before = set(living(store))
    answer = client.sign_in(school_class.teacher).post(school_class.url, {})
    assert answer.status_code == 422
    assert "Chưa chọn em nào" in answer.get_data(as_text=True)
    assert set(living(store)) == before


def test_a_pupil_of_another_class_cannot_be_smuggled_in(client: Client, store: Store, school_class: Class8A2) -> None:
    chosen = [school_class.pupils[1].public_id, school_class.stranger.public_id]
    answer = client.sign_in(school_class.teacher).post(school_class.url, {"pupils": chosen})
    assert answer.status_code == 422
    assert set(living(store)) == {school_class.pupils[0].id}


def test_a_closed_door_is_shown_and_opened_by_the_teacher(
    client: Client, new_client: Callable[[], Client], school_class: Class8A2
) -> None:
    entry = {"door": "pupil", "class_code": "HM8A2K", "list_number": "1", "pin": "111222"}
    pupil = new_client()
    for _ in range(6):
        last = pupil.post("/sign-in", entry)
    assert last.status_code == 429

    client.sign_in(school_class.teacher)
    assert "chờ đến 08:05" in client.get(school_class.url).get_data(as_text=True)
    answer = client.post(f"{school_class.url}/unlock", {"pupil": school_class.pupils[0].public_id})

    assert answer.status_code == 303
    assert "thử PIN lại ngay" in client.follow(answer).get_data(as_text=True)
    assert pupil.post("/sign-in", entry | {"pin": PIN}).status_code == 303


def test_a_stranger_s_door_is_not_opened_through_this_class(client: Client, school_class: Class8A2) -> None:
    client.sign_in(school_class.teacher)
    answer = client.post(f"{school_class.url}/unlock", {"pupil": school_class.stranger.public_id})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("teacher", 200), ("coordinator", 200), ("colleague", 404), ("principal", 403)]
)
def test_cards_are_for_those_who_teach_the_class_and_the_coordinator(
    client: Client, school_class: Class8A2, who: str, status: int
) -> None:
    person: Person = getattr(school_class, who)
    client.sign_in(person)
    assert client.get(school_class.url).status_code == status
    if status != 200:
        chosen = {"pupils": [school_class.pupils[0].public_id]}
        assert client.post(school_class.url, chosen).status_code == status
        assert client.post(f"{school_class.url}/unlock", {"pupil": chosen["pupils"][0]}).status_code == status


def test_a_class_is_found_under_its_own_school_only(client: Client, store: Store, school_class: Class8A2) -> None:
    with store() as session:
        other = a_school(session)
    client.sign_in(school_class.coordinator)
    assert client.get(f"/schools/{other.code}/classes/{school_class.group.id}/cards").status_code == 404
    assert client.get(f"/schools/{school_class.code}/classes/999999/cards").status_code == 404


def test_a_pupil_asks_for_cards_in_vain(client: Client, school_class: Class8A2) -> None:
    client.post("/k", {"token": school_class.card.token})
    assert client.get(school_class.url).status_code == 403


def test_forty_five_cards_fill_five_pages_and_every_name_is_on_paper(
    client: Client, store: Store, school_class: Class8A2
) -> None:
    with store() as session:
        group = session.get_one(ClassGroup, school_class.group.id)
        for number in range(4, 46):
            an_enrolment(session, class_group=group, number=number, name=f"Nguyễn Hoàng Phương Uyên {number}")
        chosen = [
            one.public_id for one in session.scalars(select(Enrolment).where(Enrolment.class_group_id == group.id))
        ]
    client.sign_in(school_class.teacher)

    answer = client.post(school_class.url, {"pupils": chosen})

    assert answer.status_code == 200
    words = text_of(answer.data)
    assert len(pypdfium2.PdfDocument(answer.data)) == 5
    assert len(set(re.findall(r"\b(\d{3} \d{3})\b", words))) >= 40
    assert "Nguyễn Hoàng Phương Uyên 45" in words
