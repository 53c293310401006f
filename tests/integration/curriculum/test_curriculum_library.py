"""The library finds lessons as people type, and filters, sorts and pages them."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import (
    LessonOrder,
    LessonSearch,
    get_lesson,
    get_media,
    list_published,
    names_file,
    search_lessons,
)
from school_safety.curriculum.rules import Strand
from school_safety.kit.errors import NotFound
from tests.factories.curriculum import PUBLISHED, a_lesson


@pytest.fixture
def shelf(session: Session) -> Session:
    """Four lessons of both strands, one of them with a retired revision."""
    a_lesson(session, code="OS-06-01", title="Mật khẩu và hoà giải", objective="Tạo cụm mật khẩu mạnh", minutes=45)
    a_lesson(session, code="OS-07-02", title="Link lạ, mã QR", objective="Nhận ra quà giả", minutes=30, grades=[7, 8])
    a_lesson(session, code="ML-06-03", title="Dừng lại trước khi chia sẻ", objective="Hỏi ba câu", minutes=45)
    a_lesson(session, code="ML-10-01", title="Tên cũ đã bỏ", minutes=60)
    a_lesson(session, code="ML-10-01", title="Ăn gì hôm nay", minutes=60, now=PUBLISHED + timedelta(days=1))
    return session


def found(session: Session, search: LessonSearch) -> list[str]:
    rows, total = search_lessons(session, search, limit=50, offset=0)
    assert total == len(rows)
    return [revision.lesson.code for revision in rows]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("mật khẩu", ["OS-06-01"]),
        ("mat khau", ["OS-06-01"]),
        ("MAT KHAU", ["OS-06-01"]),
        ("ma\u0323\u0302t kha\u0302\u0309u", ["OS-06-01"]),
        ("hòa giải", ["OS-06-01"]),
        ("khau mat", ["OS-06-01"]),
        ("khẩ", ["OS-06-01"]),
        ("au", []),
        ("dung lai", ["ML-06-03"]),
        ("os-07-02", ["OS-07-02"]),
        ("ten cu da bo", []),
        ("100%", []),
        ("_", ["OS-06-01", "OS-07-02", "ML-06-03", "ML-10-01"]),
        ("", ["OS-06-01", "OS-07-02", "ML-06-03", "ML-10-01"]),
    ],
)
def test_words_are_found_by_their_beginnings_with_or_without_diacritics(
    shelf: Session, text: str, codes: list[str]
) -> None:
    assert found(shelf, LessonSearch(text=text)) == codes


@pytest.mark.parametrize(
    ("search", "codes"),
    [
        (LessonSearch(grade=6), ["OS-06-01", "ML-06-03"]),
        (LessonSearch(grade=8), ["OS-07-02"]),
        (LessonSearch(grade=12), []),
        (LessonSearch(strand=Strand.MEDIA_LITERACY), ["ML-06-03", "ML-10-01"]),
        (LessonSearch(objective="cum mat"), ["OS-06-01"]),
        (LessonSearch(objective="hoà giải"), []),
        (LessonSearch(most_minutes=30), ["OS-07-02"]),
        (LessonSearch(most_minutes=45, grade=6, strand=Strand.ONLINE_SAFETY, text="khẩu"), ["OS-06-01"]),
    ],
)
def test_filters_narrow_together(shelf: Session, search: LessonSearch, codes: list[str]) -> None:
    assert found(shelf, search) == codes


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        (LessonOrder.TITLE, ["ML-10-01", "ML-06-03", "OS-07-02", "OS-06-01"]),
        (LessonOrder.MINUTES, ["OS-07-02", "ML-06-03", "OS-06-01", "ML-10-01"]),
        (LessonOrder.GRADE, ["ML-06-03", "OS-06-01", "OS-07-02", "ML-10-01"]),
        (LessonOrder.NEWEST, ["ML-10-01", "ML-06-03", "OS-06-01", "OS-07-02"]),
    ],
)
def test_the_library_is_sorted_as_asked_titles_in_vietnamese_order(
    shelf: Session, order: LessonOrder, codes: list[str]
) -> None:
    assert found(shelf, LessonSearch(order=order)) == codes


def test_a_page_of_the_library_says_how_many_there_are_in_all(shelf: Session) -> None:
    rows, total = search_lessons(shelf, LessonSearch(), limit=3, offset=3)
    assert ([revision.lesson.code for revision in rows], total) == (["ML-10-01"], 4)


def test_an_old_revision_is_found_by_its_number_only(shelf: Session) -> None:
    assert get_lesson(shelf, "ML-10-01").number == 2
    assert get_lesson(shelf, "ML-10-01", 1).content["title"]["vi"] == "Tên cũ đã bỏ"
    with pytest.raises(NotFound):
        get_lesson(shelf, "ML-10-01", 3)
    with pytest.raises(NotFound):
        get_lesson(shelf, "ML-11-01")


def test_lessons_to_choose_from_are_those_in_force(shelf: Session) -> None:
    chosen: list[LessonRevision] = list_published(shelf, strand=Strand.MEDIA_LITERACY)
    assert [(revision.lesson.code, revision.number) for revision in chosen] == [("ML-06-03", 1), ("ML-10-01", 2)]


def test_a_stored_picture_is_known_by_its_hash(shelf: Session) -> None:
    assert get_media(shelf, "0" * 64).media_type == "image/svg+xml"
    assert names_file(shelf, "0" * 64)
    assert not names_file(shelf, "1" * 64)
    with pytest.raises(NotFound):
        get_media(shelf, "1" * 64)
