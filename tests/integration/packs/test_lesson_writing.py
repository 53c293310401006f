"""Editors write a lesson in the web: with findings, two at one draft, a second pair of eyes, in force and out."""

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from school_safety.access.policy import Role
from school_safety.assessment.models import Assessment
from school_safety.curriculum.models import LessonRevision, RevisionState
from school_safety.curriculum.queries import body_of, find_lesson, find_open_revision
from school_safety.kit import clock
from school_safety.packs.rules import LessonPart, describe, form_of
from school_safety.registry.queries import find_root
from school_safety.registry.rules import Tree
from tests.client import Client
from tests.factories.curriculum import a_whole_lesson
from tests.factories.packs import SVG
from tests.factories.people import a_member
from tests.factories.registry import a_province

Store = Callable[[], AbstractContextManager[Session]]
CONTACTS = (("child_helpline_111", {"vi": "111", "en": "111"}),)


@pytest.fixture
def editors(app: Flask, store: Store, new_client: Callable[[], Client], tmp_path: Path) -> tuple[Client, Client]:
    """Two editors of the province, beside a whole lesson."""
    with store() as session:
        a_whole_lesson(session, tmp_path / "lessons", root=Path(app.extensions["settings"].data_dir) / "files")
        _area, province = a_province(session)
        people = [a_member(session, Role.EDITOR, unit=province) for _ in range(2)]
    first, second = (new_client().sign_in(person) for person in people)
    return first, second


def _text(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def _draft(store: Store, code: str = "OS-06-01") -> LessonRevision:
    with store() as session:
        lesson = find_lesson(session, code)
        assert lesson is not None
        revision = find_open_revision(session, lesson.id)
        assert revision is not None
        return revision


def _fields(store: Store, part: LessonPart, **changes: Any) -> dict[str, Any]:
    """What the page of a part posts as it stands, with changes by field name."""
    fields: dict[str, Any] = {}
    for name, value in describe(part, CONTACTS).write(form_of(part, body_of(_draft(store)))):
        fields.setdefault(name, []).append(value)
    return {**fields, **{name.replace("_", "-"): value for name, value in changes.items()}, "act": "save"}


def _seen(page: Client, part: str) -> str:
    found = re.search(r'name="seen"[^>]* value="(\w+)"', _text(page.get(f"/lessons/OS-06-01/draft/{part}")))
    assert found
    return found[1]


def _save(page: Client, store: Store, part: LessonPart, **changes: Any) -> TestResponse:
    fields = _fields(store, part, **changes)
    return page.post(f"/lessons/OS-06-01/draft/{part}", {"seen": _seen(page, part), **fields})


def test_a_finding_stands_beside_its_field_and_keeps_the_draft_from_being_proposed(
    editors: tuple[Client, Client], store: Store
) -> None:
    first, _second = editors
    assert first.post("/lessons/OS-06-01/revise").status_code == 303
    draft = _draft(store)
    assert (draft.version, draft.number, draft.state) == ("1.1.0", 2, RevisionState.DRAFT)

    saved = _save(first, store, LessonPart.FLOW, c_flow_opening_minutes="7", c_flow_opening_goal_en="")
    assert saved.status_code == 303
    page = _text(first.get("/lessons/OS-06-01/draft/flow"))
    assert "Các hoạt động cộng lại 47 phút, bài ghi 45 phút." in page
    assert re.search(r'id="c-flow-opening-goal-en-error".{0,400}Hãy viết cả tiếng Việt và tiếng Anh', page)
    assert "2 chỗ" in _text(first.get("/lessons/OS-06-01/draft"))

    seen = {"seen": _draft(store).content_hash}
    assert first.post("/lessons/OS-06-01/draft/propose", seen).status_code == 303
    assert "Bản nháp còn chỗ phải sửa" in _text(first.get("/lessons/OS-06-01/draft"))
    assert _draft(store).proposed_at is None


def test_every_part_shows_what_it_holds_and_saving_it_unchanged_changes_nothing(
    editors: tuple[Client, Client], store: Store
) -> None:
    first, _second = editors
    first.post("/lessons/OS-06-01/revise")
    before = _draft(store).content_hash
    for part in LessonPart:
        assert first.get(f"/lessons/OS-06-01/draft/{part}").status_code == 200
        assert _save(first, store, part).status_code == 303
    assert _draft(store).content_hash == before
    assert 'name="c-grades" value="6" checked' in _text(first.get("/lessons/OS-06-01/draft/facts"))
    assert 'value="child_helpline_111" checked' in _text(first.get("/lessons/OS-06-01/draft/sources"))
    assert first.get("/lessons/OS-06-01/draft/other").status_code == 404


def test_rows_are_added_and_taken_away_by_buttons_and_nothing_typed_is_lost(
    editors: tuple[Client, Client], store: Store
) -> None:
    first, _second = editors
    first.post("/lessons/OS-06-01/revise")
    fields = _fields(store, LessonPart.VOCABULARY, c_vocabulary_0_term_vi="từ vừa gõ")
    page = _text(first.post("/lessons/OS-06-01/draft/vocabulary", {**fields, "act": "add:c-vocabulary"}))
    assert "từ vừa gõ" in page
    assert 'id="c-vocabulary-1-term-vi"' in page
    page = _text(first.post("/lessons/OS-06-01/draft/vocabulary", {**fields, "act": "remove:c-vocabulary-0"}))
    assert "c-vocabulary-0-term-vi" not in page
    assert len(_draft(store).content["vocabulary"]) == 1


def test_of_two_editors_at_one_part_the_second_keeps_what_was_typed_and_overwrites_nothing(
    editors: tuple[Client, Client], store: Store
) -> None:
    first, second = editors
    first.post("/lessons/OS-06-01/revise")
    stale = {"seen": _seen(second, "name"), **_fields(store, LessonPart.NAME, c_title_vi="Tên của người thứ hai")}
    assert _save(first, store, LessonPart.NAME, c_title_vi="Tên của người thứ nhất").status_code == 303
    refused = second.post("/lessons/OS-06-01/draft/name", stale)
    assert refused.status_code == 422
    assert "phần này vừa được người khác sửa" in _text(refused)
    assert "Tên của người thứ hai" in _text(refused)
    assert _draft(store).content["title"]["vi"] == "Tên của người thứ nhất"
    assert _save(second, store, LessonPart.SOURCES, c_sources_0_publisher="Nơi khác").status_code == 303


def test_a_second_person_sends_back_or_agrees_and_only_then_the_lesson_changes(
    editors: tuple[Client, Client], store: Store
) -> None:
    first, second = editors
    first.post("/lessons/OS-06-01/revise")
    _save(first, store, LessonPart.NAME, c_title_vi="Tên mới của bài", c_title_en="The new title")
    seen = {"seen": _draft(store).content_hash}
    first.post("/lessons/OS-06-01/draft/propose", seen)
    first.post("/lessons/OS-06-01/draft/confirm", seen)
    assert _draft(store).reviewed_by is None
    assert second.post("/lessons/OS-06-01/draft/return", {**seen, "note": ""}).status_code == 422
    second.post("/lessons/OS-06-01/draft/return", {**seen, "note": "Tên dài quá"})
    assert "Tên dài quá" in _text(first.get("/lessons/reviews"))

    first.post("/lessons/OS-06-01/draft/propose", seen)
    assert "Chờ bạn rà soát" in _text(second.get("/lessons/reviews"))
    second.post("/lessons/OS-06-01/draft/publish", seen)
    assert _draft(store).state is RevisionState.DRAFT
    second.post("/lessons/OS-06-01/draft/confirm", seen)
    assert "Tên mới của bài" not in _text(first.get("/lessons/OS-06-01"))
    assert first.post("/lessons/OS-06-01/draft/publish", seen).location.endswith("/lessons/OS-06-01")
    assert "Tên mới của bài" in _text(first.get("/lessons/OS-06-01"))
    assert "Thông tin và mật khẩu" in _text(first.get("/lessons/OS-06-01?revision=1"))
    with store() as session:
        assert session.query(Assessment).one().title["vi"] == "Luyện tập: Tên mới của bài"


def test_the_draft_is_seen_as_teachers_and_pupils_will_see_it(editors: tuple[Client, Client], store: Store) -> None:
    first, _second = editors
    first.post("/lessons/OS-06-01/revise")
    _save(first, store, LessonPart.READING, c_reading_vi="## Mở bài\n\nCâu chuyện mới của Lan.")
    part = _text(first.get("/lessons/OS-06-01/draft/reading"))
    assert "Mới có 7, cần ít nhất 350." in part
    assert "<h3>Mở bài</h3>" in part or ">Mở bài</h3>" in part
    assert "Câu chuyện mới của Lan." in _text(first.get("/lessons/OS-06-01/draft/preview/reading"))
    assert "Đây là bản nháp" in _text(first.get("/lessons/OS-06-01/draft/preview"))
    assert "Câu chuyện mới của Lan." not in _text(first.get("/lessons/OS-06-01/reading"))


def test_a_picture_is_added_when_it_can_do_no_harm(editors: tuple[Client, Client], store: Store) -> None:
    first, _second = editors
    first.post("/lessons/OS-06-01/revise")
    words = {"alt_vi": "Hình tròn", "alt_en": "A circle"}

    def add(data: bytes, name: str) -> TestResponse:
        return first.post("/lessons/OS-06-01/draft/picture", {**words, "picture": (io.BytesIO(data), name)})

    harm = SVG.replace("<path", "<script>alert(1)</script><path").encode()
    assert "mã lệnh" in _text(add(harm, "x.svg"))
    assert "SVG hoặc PNG" in _text(add(b"GIF89a", "x.svg"))
    assert add(SVG.replace("Hình", "Tròn").encode(), "Sơ đồ.svg").status_code == 303
    draft = _draft(store)
    assert [one["file"] for one in draft.content["media"]] == ["media/so-do.svg", "media/so-do-2.svg"]
    assert [one.file for one in draft.media] == ["media/so-do-2.svg", "media/so-do.svg"]
    fields = {**_fields(store, LessonPart.MEDIA), "seen": _seen(first, "media")}
    fields = _text(first.post("/lessons/OS-06-01/draft/media", {**fields, "act": "remove:c-media-1"}))  # type: ignore[assignment]  # a page
    assert "so-do-2.svg" not in str(fields)


def test_a_new_lesson_lists_all_that_is_missing_and_can_be_thrown_away(
    editors: tuple[Client, Client], store: Store
) -> None:
    first, _second = editors
    names = {"title_vi": "Bài mới", "title_en": "New lesson"}
    assert "Mã bài gồm OS hoặc ML" in _text(first.post("/lessons/new", {"code": "abc", **names}))
    assert "Đã có bài mang mã này" in _text(first.post("/lessons/new", {"code": "os-06-01", **names}))
    made = first.post("/lessons/new", {"code": "ml-07-09", **names})
    assert made.location.endswith("/lessons/ML-07-09/draft")
    page = _text(first.get("/lessons/ML-07-09/draft"))
    assert "chỗ phải sửa trước khi gửi rà soát" in page
    assert "Gửi rà soát" not in page
    for part in LessonPart:
        assert first.get(f"/lessons/ML-07-09/draft/{part}").status_code == 200
    assert first.get("/lessons/ML-07-09/draft/preview").status_code == 200
    assert first.get("/lessons/ML-07-09").status_code == 404
    assert "ML-07-09 Bài mới" in _text(first.get("/items/new?lesson=ML-07-09"))
    assert first.get("/items/new?lesson=ML-07-09&type=choice").status_code == 200
    first.post("/lessons/ML-07-09/draft/discard", {"seen": _draft(store, "ML-07-09").content_hash})
    assert first.get("/lessons/ML-07-09/draft").status_code == 404
    with store() as session:
        assert find_lesson(session, "ML-07-09") is None


def test_a_lesson_is_taken_out_of_the_library_after_a_question(editors: tuple[Client, Client]) -> None:
    first, _second = editors
    assert "không giao được bài này nữa" in _text(first.get("/lessons/OS-06-01/retire"))
    first.post("/lessons/OS-06-01/retire")
    assert first.get("/lessons/OS-06-01").status_code == 404
    assert first.get("/lessons/OS-06-01?revision=1").status_code == 200
    assert "không còn trong thư viện" in _text(first.get("/lessons/OS-06-01/retire"))
    assert "Đã ra khỏi thư viện" in _text(first.get("/lessons/reviews"))
    assert first.post("/lessons/OS-06-01/revise").location.endswith("/lessons/OS-06-01/draft")
    assert "Đã ra khỏi thư viện" not in _text(first.get("/lessons/reviews"))


@pytest.mark.usefixtures("editors")
def test_lessons_whose_day_has_come_and_old_contacts_stand_in_the_list(store: Store, client: Client) -> None:
    with clock.at(datetime(2027, 12, 1, 3, tzinfo=UTC)):
        with store() as session:
            root = find_root(session, Tree.AUTHORITY)
            editor = a_member(session, Role.EDITOR, unit=root)
        page = _text(client.sign_in(editor).get("/lessons/reviews"))
    assert "quá hạn" in page
    assert "kiểm tra lần cuối" in page


def test_teachers_cannot_come_near_a_draft(editors: tuple[Client, Client], store: Store, client: Client) -> None:
    first, _second = editors
    first.post("/lessons/OS-06-01/revise")
    with store() as session:
        teacher = a_member(session, Role.TEACHER)
    client.sign_in(teacher)
    for address in ("/lessons/reviews", "/lessons/new", "/lessons/OS-06-01/draft", "/lessons/OS-06-01/draft/name"):
        assert client.get(address).status_code == 403
