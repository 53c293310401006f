"""Editors write items in the web: with errors, with a second pair of eyes, into the bank and out of it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Role
from school_safety.assessment.models import Item, ItemRevision
from school_safety.assessment.types import DESCRIPTIONS
from school_safety.kit import clock
from tests.client import Client
from tests.factories.assessment import CONTENTS, a_choice, an_item
from tests.factories.authoring import posted
from tests.factories.curriculum import a_lesson
from tests.factories.people import a_member
from tests.factories.registry import a_province
from tests.factories.words import words

Store = Callable[[], AbstractContextManager[Session]]
NEW = "/items/new?lesson=OS-06-01&type={}"


@pytest.fixture
def editors(store: Store, new_client: Callable[[], Client]) -> tuple[Client, Client]:
    """Two editors of the province, beside a lesson with one item in the bank."""
    with store() as session:
        a_lesson(session, code="OS-06-01")
        an_item(session, code="OS-06-01-01")
        _area, province = a_province(session)
        people = [a_member(session, Role.EDITOR, unit=province) for _ in range(2)]
    first, second = (new_client().sign_in(person) for person in people)
    return first, second


def _text(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def _fields(content: Any, type_code: str = "choice", **more: Any) -> dict[str, Any]:
    head = {"objective": "O1", "use": "practice", "points": "1", "seen": "", "act": "save"}
    return {**head, **posted(DESCRIPTIONS[type_code], content), **more}


def _seen(page: Client, code: str) -> str:
    found = re.search(r'name="seen"[^>]* value="(\w+)"', _text(page.get(f"/items/{code}/edit")))
    assert found
    return found[1]


def _states(store: Store, code: str) -> list[tuple[int, str]]:
    with store() as session:
        rows = session.query(ItemRevision).join(Item).filter(Item.code == code).order_by(ItemRevision.number)
        return [(row.number, str(row.state)) for row in rows]


def test_what_was_typed_is_still_there_with_the_words_beside_the_field(editors: tuple[Client, Client]) -> None:
    page, _ = editors
    fields = _fields(a_choice(), **{"c-options-2-text-en": "", "c-options-1-weight": "nửa"})
    answer = page.post(NEW.format("choice"), fields)
    assert answer.status_code == 422
    text = _text(answer)
    assert "Lựa chọn C" in text
    assert 'value="nửa"' in text
    assert re.search(r'id="c-options-2-text-en-error".{0,300}Thiếu chữ ở một ngôn ngữ', text)
    assert 'href="#c-options-1-weight"' in text


def test_buttons_for_parts_draw_the_page_again_with_all_that_was_typed(editors: tuple[Client, Client]) -> None:
    page, _ = editors
    typed = _fields(a_choice(stem=words("Lời hỏi chưa lưu")), act="add:c-options")
    answer = page.post(NEW.format("choice"), typed)
    assert answer.status_code == 200
    assert "Lời hỏi chưa lưu" in _text(answer)
    assert 'name="c-options-4-id" value="E"' in _text(answer)


@pytest.mark.parametrize("name", list(CONTENTS))
def test_every_type_is_written_saved_and_previewed(editors: tuple[Client, Client], name: str) -> None:
    page, _ = editors
    assert page.get(NEW.format(name)).status_code == 200
    preview = page.follow(page.post(NEW.format(name), _fields(CONTENTS[name](), name)))
    assert "Bản nháp, chưa ai dùng" in _text(preview)
    assert page.get("/items/OS-06-01-E01/edit").status_code == 200


def test_a_half_written_item_is_kept_but_not_reviewed(editors: tuple[Client, Client], store: Store) -> None:
    page, other = editors
    page.follow(page.post(NEW.format("choice"), {**_fields({"stem": words("Mới có câu hỏi")}), "act": "keep"}))
    assert _states(store, "OS-06-01-E01") == [(1, "draft")]
    seen = _seen(other, "OS-06-01-E01")
    assert "chưa đủ để rà soát" in _text(_followed(other, "OS-06-01-E01", "review", seen))


def _followed(page: Client, code: str, verb: str, seen: str) -> TestResponse:
    answer = page.follow(page.post(f"/items/{code}/{verb}", {"seen": seen}))
    return page.follow(answer) if answer.status_code == 303 else answer


def test_an_item_goes_from_draft_by_a_second_pair_of_eyes_into_the_bank_and_out(
    editors: tuple[Client, Client], store: Store
) -> None:
    writer, reviewer = editors
    writer.post(NEW.format("hotspot"), _fields(CONTENTS["hotspot"](), "hotspot"))
    code = "OS-06-01-E01"
    seen = _seen(writer, code)
    assert "một biên tập viên khác" in _text(_followed(writer, code, "review", seen))
    assert "chưa có người thứ hai" in _text(_followed(writer, code, "publish", seen))
    assert "Chờ bạn rà soát" in _text(reviewer.get("/items/reviews"))
    assert "sẵn sàng đưa vào ngân hàng" in _text(_followed(reviewer, code, "review", seen))
    assert "Đã đưa vào ngân hàng" in _text(_followed(writer, code, "publish", seen))
    assert code in _text(writer.get("/items?q=buu+pham"))
    assert "đã thôi dùng" in _text(_followed(reviewer, code, "retire", ""))
    assert _states(store, code) == [(1, "retired")]
    with store() as session:
        verbs = [row.verb for row in session.query(AuditEvent).order_by(AuditEvent.id) if row.object_type == "item"]
    assert verbs[-4:] == ["item.written", "item.reviewed", "item.published", "item.retired"]


def test_editing_a_published_item_writes_a_new_revision_beside_it(editors: tuple[Client, Client], store: Store) -> None:
    writer, reviewer = editors
    assert "thành một bản mới" in _text(writer.get("/items/OS-06-01-01/edit"))
    changed = _fields(a_choice(stem=words("Câu đã sửa trong web")))
    assert writer.post("/items/OS-06-01-01/edit", changed).status_code == 303
    assert _states(store, "OS-06-01-01") == [(1, "published"), (2, "draft")]
    assert "Câu đã sửa trong web" not in _text(writer.get("/items/OS-06-01-01"))
    seen = _seen(reviewer, "OS-06-01-01")
    for verb in ("review", "publish"):
        reviewer.post(f"/items/OS-06-01-01/{verb}", {"seen": seen})
    assert _states(store, "OS-06-01-01") == [(1, "retired"), (2, "published")]
    with store() as session:
        old = session.query(ItemRevision).filter(ItemRevision.number == 1).one()
        assert old.content["stem"] == words("Em chọn gì?")


def test_the_pack_coming_again_leaves_what_an_editor_wrote_until_it_says_something_new(
    editors: tuple[Client, Client], store: Store
) -> None:
    writer, reviewer = editors
    writer.post("/items/OS-06-01-01/edit", _fields(a_choice(stem=words("Câu đã sửa trong web"))))
    seen = _seen(reviewer, "OS-06-01-01")
    for verb in ("review", "publish"):
        reviewer.post(f"/items/OS-06-01-01/{verb}", {"seen": seen})
    with store() as session:
        an_item(session, code="OS-06-01-01")
    assert _states(store, "OS-06-01-01") == [(1, "retired"), (2, "published")]
    with store() as session:
        an_item(session, code="OS-06-01-01", content=a_choice(stem=words("Gói mới")))
    assert _states(store, "OS-06-01-01")[-1] == (3, "published")


def test_two_editors_at_one_draft_do_not_write_over_each_other(editors: tuple[Client, Client]) -> None:
    writer, other = editors
    writer.post("/items/OS-06-01-01/edit", _fields(a_choice(stem=words("Của người thứ nhất"))))
    answer = other.post("/items/OS-06-01-01/edit", _fields(a_choice(stem=words("Của người thứ hai"))))
    assert answer.status_code == 422
    assert "vừa được sửa ở nơi khác" in _text(answer)
    assert "Của người thứ hai" in _text(answer)


def test_a_misconception_of_another_lesson_is_refused(editors: tuple[Client, Client]) -> None:
    fields = _fields(a_choice(), **{"c-options-1-misconception": "M99"})
    answer = editors[0].post(NEW.format("choice"), fields)
    assert answer.status_code == 422
    assert "hiểu lầm không còn trong bài học" in _text(answer)


def test_a_discarded_draft_leaves_the_item_in_use_and_a_new_item_goes_altogether(
    editors: tuple[Client, Client], store: Store
) -> None:
    writer, _ = editors
    writer.post("/items/OS-06-01-01/edit", _fields(a_choice(stem=words("Bỏ đi"))))
    writer.post(NEW.format("choice"), _fields(a_choice()))
    for code in ("OS-06-01-01", "OS-06-01-E01"):
        assert "Đã bỏ bản nháp" in _text(_followed(writer, code, "discard", _seen(writer, code)))
    assert _states(store, "OS-06-01-01") == [(1, "published")]
    assert _states(store, "OS-06-01-E01") == []


def test_what_is_overdue_stands_first_and_is_confirmed_for_another_year(
    editors: tuple[Client, Client], store: Store
) -> None:
    page, _ = editors
    with store() as session:
        an_item(session, code="OS-06-01-02")
        for code, due in (("OS-06-01-01", date(2026, 12, 1)), ("OS-06-01-02", date(2026, 1, 1))):
            session.query(Item).filter(Item.code == code).one().review_due = due
    with clock.at(clock.at_local(date(2026, 11, 22), clock.now().time())):
        text = _text(page.get("/items/reviews"))
        assert text.index("OS-06-01-02") < text.index("OS-06-01-01")
        assert "quá hạn" in text
        page.post("/items/OS-06-01-02/confirm", {"review_due": "22/11/2027"})
        assert "OS-06-01-02" not in _text(page.get("/items/reviews"))
        refused = page.follow(page.post("/items/OS-06-01-01/confirm", {"review_due": "22/11/2020"}))
        assert "sau hôm nay" in _text(refused)


def test_nobody_but_an_editor_writes_items_or_sees_drafts(
    editors: tuple[Client, Client], store: Store, client: Client
) -> None:
    editors[0].post(NEW.format("choice"), _fields(a_choice()))
    with store() as session:
        teacher = a_member(session, Role.TEACHER)
    client.sign_in(teacher)
    for url in ("/items/new", "/items/reviews", "/items/OS-06-01-E01/draft", "/items/OS-06-01-E01/edit"):
        assert client.get(url).status_code == 403, url
    assert client.get("/items/OS-06-01-E01").status_code == 404
    assert "OS-06-01-E01" not in _text(client.get("/items?state=draft"))


def test_a_draft_comes_back_with_a_note_that_its_author_reads_until_it_is_answered(
    editors: tuple[Client, Client],
) -> None:
    writer, reviewer = editors
    writer.post(NEW.format("choice"), _fields(a_choice()))
    code, note = "OS-06-01-E01", "Lựa chọn C khó hiểu.\nHãy viết lại."
    seen = _seen(reviewer, code)
    refused = reviewer.post(f"/items/{code}/return", {"seen": seen, "note": " "})
    assert refused.status_code == 422 and "Hãy ghi cần sửa gì" in _text(refused)
    own = writer.post(f"/items/{code}/return", {"seen": seen, "note": note})
    assert own.status_code == 422 and "cứ sửa tiếp" in _text(own)
    assert "Đã trả lại bản nháp" in _text(
        reviewer.follow(reviewer.post(f"/items/{code}/return", {"seen": seen, "note": note}))
    )
    for url in ("/items/reviews", f"/items/{code}/draft", f"/items/{code}/edit"):
        assert "Lựa chọn C khó hiểu." in _text(writer.get(url)), url
    assert "Bạn sửa theo ghi chú" in _text(writer.get("/items/reviews"))
    assert "Chờ người viết sửa" in _text(reviewer.get("/items/reviews"))
    answered = _fields(a_choice(stem=words("Đã viết lại")), seen=seen)
    assert "khó hiểu" not in _text(writer.follow(writer.post(f"/items/{code}/edit", answered)))


def test_real_names_and_habits_of_the_lessons_items_are_refused_beside_their_field(
    editors: tuple[Client, Client], store: Store
) -> None:
    writer, reviewer = editors
    scam = CONTENTS["hotspot"]()
    scam["screen"]["spans"][0]["text"] = words("Vietcombank")
    refused = writer.post(NEW.format("hotspot"), _fields(scam, "hotspot"))
    assert refused.status_code == 422
    assert re.search(r'id="c-screen-spans-0-text-vi-error".{0,300}Tên thật “Vietcombank”', _text(refused))
    with store() as session:
        for number in (2, 3):
            an_item(session, code=f"OS-06-01-{number:02}")
    same_place = writer.post(NEW.format("choice"), _fields(a_choice()))
    assert same_place.status_code == 422
    assert re.search(r'href="#c-options-0">[^<]*</a>: Ở mọi câu của bài', _text(same_place))
    kept = writer.post(NEW.format("choice"), _fields(a_choice(), act="keep"))
    assert kept.status_code == 303
    assert "chưa đủ để rà soát" in _text(_followed(reviewer, "OS-06-01-E01", "review", _seen(reviewer, "OS-06-01-E01")))
