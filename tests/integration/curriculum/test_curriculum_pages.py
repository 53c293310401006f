"""The library's pages, as staff see them in both languages."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.curriculum.queries import get_lesson
from school_safety.packs.actions import import_library
from school_safety.packs.readers import Library, read_contacts, read_library
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories.classes import an_enrolment
from tests.factories.curriculum import LESSONS, a_lesson
from tests.factories.packs import sentences
from tests.factories.people import a_member

Store = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)

PAGES = (
    "/lessons",
    "/lessons/OS-06-01",
    "/lessons/OS-06-01/reading",
    "/lessons/OS-06-01/outreach",
    "/lessons/OS-06-01/items",
    "/lessons/OS-06-01/handout",
)


SENSELESS = ("grade=99", "grade=x", "strand=cooking", "minutes=-1", "sort=;drop", "page=0", "page=x")


@pytest.fixture(scope="module")
def packs() -> Library:
    """The lessons that come with the product."""
    return read_library([LESSONS], read_contacts(LESSONS.parent / "config" / "contacts.toml"), date(2026, 11, 22))


@pytest.fixture
def library(packs: Library, app: Flask, store: Store, tmp_path: Path) -> None:
    """Those lessons in force."""
    with store() as session:
        import_library(session, actor=None, library=packs, root=tmp_path / "data" / "files", now=NOW)


@pytest.fixture
def teacher(store: Store) -> Person:
    with store() as session:
        return a_member(session, Role.TEACHER)


@pytest.mark.parametrize(
    ("lang", "title"), [("vi", "Thông tin cá nhân và mật khẩu"), ("en", "Personal information and passwords")]
)
def test_a_teacher_reads_every_page_of_a_lesson(
    library: None, client: Client, teacher: Person, lang: str, title: str
) -> None:
    client.sign_in(teacher)
    for url in PAGES:
        answer = client.get(f"{url}?lang={lang}")
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200, url
        assert title in text, url
        assert ":::" not in text, url


def test_other_staff_read_the_library_too(client: Client, store: Store) -> None:
    roles = (Role.COORDINATOR, Role.PRINCIPAL, Role.EDITOR, Role.OFFICER, Role.COMMUNE_OFFICER, Role.ADMIN)
    with store() as session:
        a_lesson(session)
        people = [a_member(session, role) for role in roles]
    assert {client.sign_in(person).get("/lessons/OS-06-01").status_code for person in people} == {200}


def test_a_pupil_does_not_enter_the_library(client: Client, store: Store) -> None:
    with store() as session:
        pupil = session.get_one(Person, an_enrolment(session).person_id)
        a_lesson(session)
    client.sign_in(pupil)
    assert {client.get(url).status_code for url in PAGES} == {403}


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    for url in (*PAGES, f"/media/{'0' * 64}"):
        assert client.get(url).status_code in (303, 401), url


def test_a_search_keeps_its_words_and_finds_without_diacritics(library: None, client: Client, teacher: Person) -> None:
    text = client.sign_in(teacher).get("/lessons?q=mat+khau&grade=6&sort=title").get_data(as_text=True)
    assert 'value="mat khau"' in text
    assert "Thông tin cá nhân và mật khẩu" in text
    assert "Dừng lại trước khi chia sẻ" not in text


def test_a_senseless_filter_is_passed_over(client: Client, teacher: Person, store: Store) -> None:
    with store() as session:
        a_lesson(session, title="Bài vẫn còn đây")
    client.sign_in(teacher)
    for query in SENSELESS:
        text = client.get(f"/lessons?{query}").get_data(as_text=True)
        assert "Bài vẫn còn đây" in text, query
        assert "aria-invalid" not in text, query


def test_nothing_found_says_what_to_do(library: None, client: Client, teacher: Person) -> None:
    text = client.sign_in(teacher).get("/lessons?q=khunglongxanh").get_data(as_text=True)
    assert "Không có bài nào khớp" in text
    assert "Bỏ lọc" in text


def test_an_empty_library_says_how_lessons_get_there(client: Client, teacher: Person) -> None:
    assert "flask lessons import" in client.sign_in(teacher).get("/lessons").get_data(as_text=True)


def test_the_library_asks_the_database_as_often_for_twenty_lessons_as_for_one(
    client: Client, teacher: Person, store: Store, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    client.sign_in(teacher)
    with store() as session:
        a_lesson(session, code="OS-06-01")
    client.get("/lessons")
    with count_queries() as one:
        client.get("/lessons")
    with store() as session:
        for number in range(2, 21):
            a_lesson(session, code=f"OS-06-{number:02d}")
    with count_queries() as twenty:
        client.get("/lessons")
    assert len(twenty) == len(one)


def test_a_second_page_keeps_the_filters(client: Client, teacher: Person, store: Store) -> None:
    with store() as session:
        for number in range(1, 22):
            a_lesson(session, code=f"OS-06-{number:02d}", title=f"Bài {number}")
    text = client.sign_in(teacher).get("/lessons?q=bai").get_data(as_text=True)
    assert "21 bài học" in text
    assert "q=bai&amp;sort=code&amp;page=2" in text or "page=2" in text
    second = client.get("/lessons?q=bai&page=2").get_data(as_text=True)
    assert "OS-06-21" in second
    assert "OS-06-20" not in second


def test_an_old_revision_says_that_there_is_a_newer_one(client: Client, teacher: Person, store: Store) -> None:
    with store() as session:
        a_lesson(session, title="Tên cũ")
        a_lesson(session, title="Tên mới")
    old = client.sign_in(teacher).get("/lessons/os-06-01?revision=1").get_data(as_text=True)
    assert "Tên cũ" in old
    assert "Đây là bản cũ của bài học" in old
    assert "Đây là bản cũ" not in client.get("/lessons/os-06-01").get_data(as_text=True)


def test_an_unknown_lesson_is_not_found(library: None, client: Client, teacher: Person) -> None:
    assert client.sign_in(teacher).get("/lessons/OS-99-99").status_code == 404
    assert client.get("/lessons/OS-06-01?revision=9").status_code == 404


def test_a_picture_is_served_for_ever_and_runs_nothing(
    library: None, client: Client, teacher: Person, store: Store
) -> None:
    with store() as session:
        sha256 = get_lesson(session, "OS-06-01").media[0].sha256
    answer = client.sign_in(teacher).get(f"/media/{sha256}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    answer.close()
    assert client.get("/media/" + "0" * 64).status_code == 404
    assert client.get("/media/passwd").status_code == 404


def test_a_pupil_sees_the_pictures_of_a_reading(library: None, client: Client, store: Store) -> None:
    with store() as session:
        pupil = session.get_one(Person, an_enrolment(session).person_id)
        sha256 = get_lesson(session, "OS-06-01").media[0].sha256
    answer = client.sign_in(pupil).get(f"/media/{sha256}")
    assert answer.status_code == 200
    answer.close()


def test_pictures_are_those_of_the_readers_language(
    library: None, client: Client, teacher: Person, store: Store
) -> None:
    with store() as session:
        hashes = {medium.file: medium.sha256 for medium in get_lesson(session, "OS-06-01").media}
    text = client.sign_in(teacher).get("/lessons/OS-06-01?lang=en").get_data(as_text=True)
    shown = {file for file, sha256 in hashes.items() if sha256 in text}
    assert shown
    assert not [file for file in shown if file.endswith(".vi.svg")]


def test_a_claim_is_in_the_readers_language_and_an_older_one_as_it_was_written(
    client: Client, teacher: Person, store: Store
) -> None:
    source = {"title": "Sổ tay", "publisher": "Nơi in", "year": 2025}
    bilingual, older = {"vi": "Dài thì mạnh.", "en": "Long is strong."}, "Điều chỉ có tiếng Việt."
    with store() as session:
        a_lesson(session, sources=[{**source, "claim": claim} for claim in (bilingual, older)])
    client.sign_in(teacher)
    pages = {lang: client.get(f"/lessons/OS-06-01?lang={lang}").get_data(as_text=True) for lang in bilingual}
    assert [bilingual["vi"] in pages[lang] for lang in ("vi", "en")] == [True, False]
    assert [bilingual["en"] in pages[lang] for lang in ("vi", "en")] == [False, True]
    assert [older in pages[lang] for lang in ("vi", "en")] == [True, True]


def test_a_lessons_text_cannot_bring_script_into_a_page(client: Client, teacher: Person, store: Store) -> None:
    with store() as session:
        a_lesson(session, reading=f"{sentences(3)} <script>alert(1)</script> [x](javascript:alert(1))")
    text = client.sign_in(teacher).get("/lessons/OS-06-01/reading").get_data(as_text=True)
    assert "<script>alert" not in text
    assert 'href="javascript' not in text
