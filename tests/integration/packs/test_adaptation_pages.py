"""A school's own version of a lesson in the web: written, checked, used, compared, assigned, left."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.curriculum import queries
from school_safety.kit import clock
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories.adapting import an_adaptation
from tests.factories.classroom import NOW, a_room
from tests.factories.curriculum import a_lesson
from tests.factories.packs import both
from tests.factories.people import a_member
from tests.factories.registry import a_school

Store = Callable[[], AbstractContextManager[Session]]


@dataclass
class Place:
    """A school that teaches a lesson, and people of elsewhere."""

    school_id: int
    code: str
    teacher: Person
    principal: Person
    strangers: list[Person]


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.at(NOW):
        yield


@pytest.fixture
def place(store: Store) -> Place:
    with store() as session:
        school, other = a_school(session, name="THCS Hoa Mai"), a_school(session, name="THCS Bắc")
        room = a_room(session, school=school)
        principal = a_member(session, Role.PRINCIPAL, school=school)
        strangers = [a_member(session, Role.TEACHER, school=other), a_member(session, Role.OFFICER)]
        a_lesson(session)
        return Place(school.id, f"OS-06-01-S{school.id}", room.teacher, principal, strangers)


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def in_force(store: Store, place: Place, title: str = "Mật khẩu ở trường em") -> None:
    """Let the school have its own version."""
    with store() as session:
        original = queries.get_lesson(session, "OS-06-01")
        an_adaptation(session, place.teacher, original, school_id=place.school_id, title=title)


def seen_in(text: str) -> str:
    """What a page says that somebody has seen."""
    found = re.search(r'name="seen"[^>]*value="(\w+)"', text)
    assert found
    return found[1]


def test_a_teacher_adapts_a_lesson_and_the_school_uses_it(client: Client, place: Place) -> None:
    # Given a draft of the school
    client.sign_in(place.teacher)
    assert "Điều chỉnh cho trường" in text_of(client.get("/lessons/OS-06-01"))
    assert client.post("/lessons/OS-06-01/adapt").headers["Location"] == f"/lessons/{place.code}/own"
    own = f"/lessons/{place.code}/own"
    text = text_of(client.get(own))
    assert "Không khác chỗ nào" in text
    assert "Mục tiêu, hiểu lầm thường gặp, nguồn" in text

    # When the teacher changes the summary and lets the school use it
    page = text_of(client.get(f"{own}/edit/name"))
    typed = {"act": "save", "seen": seen_in(page), "c-title-vi": "Mật khẩu", "c-title-en": "Passwords"}
    typed |= {"c-summary-vi": "Em học cách giữ kín ở trường mình.", "c-summary-en": "At our school."}
    assert client.post(f"{own}/edit/name", data=typed).status_code == 303
    text = text_of(client.get(own))
    assert "<ins>" in text and "trường mình" in text
    client.post(f"{own}/publish", data={"seen": seen_in(text)})

    # Then the library shows it as the school's, beside the original
    library = text_of(client.get("/lessons"))
    assert "Của trường" in library and "Trường có bản điều chỉnh" in library
    assert "Em học cách giữ kín ở trường mình." in text_of(client.get(f"/lessons/{place.code}"))
    assert [place.code in text_of(client.get(f"/lessons?whose={whose}")) for whose in ("", "own")] == [True, True]
    assert "OS-06-01</span>" not in text_of(client.get("/lessons?whose=own"))


def test_a_draft_that_could_harm_is_kept_back_and_says_where(client: Client, place: Place) -> None:
    client.sign_in(place.teacher)
    client.post("/lessons/OS-06-01/adapt")
    own = f"/lessons/{place.code}/own"
    page = text_of(client.get(f"{own}/edit/reading"))
    harmful = {"c-reading-vi": "> Gọi ngay 0912 345 678 <script>x</script>", "c-reading-en": "Call."}
    client.post(f"{own}/edit/reading", data={"act": "save", "seen": seen_in(page), **harmful})
    text = text_of(client.get(own))
    assert "phải sửa" in text and "nên xem" in text
    answer = client.post(f"{own}/publish", data={"seen": seen_in(text)}, follow_redirects=True)
    assert "Bản nháp còn chỗ phải sửa" in text_of(answer)
    assert client.get(f"/lessons/{place.code}").status_code == 404


def test_a_newer_original_is_offered_with_its_difference_and_a_choice(
    client: Client, place: Place, store: Store
) -> None:
    # Given a newer original that changed the title, as the school did
    in_force(store, place)
    with store() as session:
        a_lesson(session, title="Tên mới của tỉnh", summary=both("Tóm tắt mới của tỉnh."))
    client.sign_in(place.teacher)
    own = f"/lessons/{place.code}/own"
    for place_of_news in (own, "/lessons", f"/lessons/{place.code}"):
        assert "Bản gốc đã có lần sửa mới" in text_of(client.get(place_of_news)), place_of_news
    page = text_of(client.get(f"{own}/original"))
    assert "Cả trường và bản gốc đều đã sửa cùng một chỗ" in page and "Tóm tắt" in page

    # When no side is chosen, nothing happens; then the original's title is
    sent = {"seen": seen_in(page), "act": "take"}
    assert client.post(f"{own}/original", data=sent).status_code == 422
    assert client.post(f"{own}/original", data={**sent, "choice-title": "original"}).status_code == 303

    # Then the draft says what the original says, and is no version of the school's any more
    text = text_of(client.get(own))
    assert "Không khác chỗ nào" in text and "Bản gốc đã có lần sửa mới" not in text
    answer = client.post(f"{own}/publish", data={"seen": seen_in(text)}, follow_redirects=True)
    assert "Bản nháp chưa khác bản gốc" in text_of(answer)


def test_a_school_keeps_its_version_or_goes_back_to_the_original(client: Client, place: Place, store: Store) -> None:
    in_force(store, place)
    with store() as session:
        a_lesson(session, summary=both("Tóm tắt mới của tỉnh."))
    client.sign_in(place.teacher)
    own = f"/lessons/{place.code}/own"
    page = text_of(client.get(f"{own}/original"))
    answer = client.post(f"{own}/original", data={"seen": seen_in(page), "act": "keep"}, follow_redirects=True)
    assert "Trường giữ bản của mình" in text_of(answer)
    assert "Bản gốc đã có lần sửa mới" not in text_of(client.get(own))
    client.post(f"{own}/retire")
    assert client.get(f"/lessons/{place.code}").status_code == 404
    assert "Của trường" not in text_of(client.get("/lessons"))
    assert "Dùng lại bản của trường" in text_of(client.get(own))


def test_the_schools_version_is_assigned_with_the_originals_questions(
    client: Client, place: Place, store: Store
) -> None:
    in_force(store, place)
    client.sign_in(place.teacher)
    assert "Giao bản của trường" in text_of(client.get("/assignments/new?lesson=OS-06-01"))
    assert place.code in text_of(client.get("/assignments/new"))
    text = text_of(client.get(f"/assignments/new?lesson={place.code}"))
    assert "Giao bài: Mật khẩu ở trường em" in text and "6A1" in text
    for page in ("items", "handout", "outreach", "reading"):
        assert client.get(f"/lessons/{place.code}/{page}").status_code == 200, page


def test_others_of_the_school_look_and_people_of_elsewhere_find_nothing(
    client: Client, place: Place, store: Store
) -> None:
    in_force(store, place)
    client.sign_in(place.principal)
    text = text_of(client.get(f"/lessons/{place.code}/own"))
    assert "So với bản gốc" in text and "Sửa tiếp" not in text
    assert client.post(f"/lessons/{place.code}/own/retire").status_code == 403
    for stranger in place.strangers:
        client.sign_in(stranger)
        for page in ("", "/own", "/reading", "/items", "/outreach"):
            assert client.get(f"/lessons/{place.code}{page}").status_code == 404, page
        assert place.code not in text_of(client.get("/lessons"))
