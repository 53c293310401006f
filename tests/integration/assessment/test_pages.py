"""The pages of the bank and of assessments, as a teacher uses them without script."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import product

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from school_safety.access.policy import Role
from school_safety.assessment import queries
from school_safety.assessment.models import Assessment, AssessmentItem, AssessmentRevision
from school_safety.registry.models import School
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories.assessment import CONTENTS, a_choice, an_assessment, an_item, words
from tests.factories.classes import an_enrolment
from tests.factories.people import a_member
from tests.factories.registry import a_school

Store = Callable[[], AbstractContextManager[Session]]


@pytest.fixture
def school(store: Store) -> School:
    """A school among others, with a lesson's items and assessment in the bank."""
    with store() as session:
        here = a_school(session)
        a_school(session)
        items = [an_item(session, code=f"OS-06-01-{n:02}", type=name) for n, name in enumerate(CONTENTS, start=1)]
        an_item(session, code="ML-06-03-01", lesson_code="ML-06-03", content=a_choice(stem=words("Ai viết tin này?")))
        an_assessment(session, items=items, code="OS-06-01-quiz")
        return here


@pytest.fixture
def teacher(store: Store, school: School) -> Person:
    """A teacher of the school."""
    with store() as session:
        return a_member(session, Role.TEACHER, school=school)


@pytest.fixture
def page(client: Client, teacher: Person) -> Client:
    """The teacher's browser."""
    return client.sign_in(teacher)


def _text(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def _field(answer: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', _text(answer))
    assert found, f"no field {name}"
    return found[1]


def _begin(page: Client, title: str = "Kiểm tra 15 phút") -> str:
    """A new assessment; its code."""
    answer = page.post(
        "/assessments/new", {"title_vi": title, "title_en": "", "purpose": "graded", "lesson_code": "OS-06-01"}
    )
    assert answer.status_code == 303
    found = re.search(r"/assessments/(BK-\w+)/items", answer.headers["Location"])
    assert found
    return found[1]


def _slots(page: Client, code: str) -> list[str]:
    return re.findall(r'name="slot" value="(\d+)"', _text(page.get(f"/assessments/{code}/edit")))


def _press(page: Client, code: str, act: str, **changes: str) -> TestResponse:
    """Send the composing page by one of its buttons, with the points as they stand."""
    shown = page.get(f"/assessments/{code}/edit")
    slots = re.findall(r'name="slot" value="(\d+)"', _text(shown))
    points = {f"points-{slot}": _field(shown, f"points-{slot}") for slot in slots}
    fields = {"title_vi": _field(shown, "title_vi"), "purpose": "graded", "seen": _field(shown, "seen")}
    return page.post(f"/assessments/{code}/edit", {**fields, "slot": slots, **points, "act": act, **changes})


# ---- The bank ----


def test_the_bank_lists_items_and_finds_them_without_diacritics(page: Client) -> None:
    everything = _text(page.get("/items"))
    assert "OS-06-01-01" in everything
    assert "ML-06-03-01" in everything
    found = _text(page.get("/items?q=ai+viet+TIN"))
    assert "ML-06-03-01" in found
    assert "OS-06-01-01" not in found


def test_a_search_that_finds_nothing_says_what_to_do(page: Client) -> None:
    assert "Bỏ mọi bộ lọc" in _text(page.get("/items?q=khong+co+gi&type=order"))


def test_unknown_filters_are_ignored(page: Client) -> None:
    assert "OS-06-01-01" in _text(page.get("/items?type=guess&strand=x&use=y&page=zero"))


def test_an_empty_bank_says_where_items_come_from(client: Client, store: Store) -> None:
    with store() as session:
        person = a_member(session, Role.TEACHER)
    assert "Ngân hàng chưa có câu hỏi" in _text(client.sign_in(person).get("/items"))


@pytest.mark.parametrize("number", range(1, len(CONTENTS) + 1), ids=list(CONTENTS))
def test_every_type_is_drawn_in_every_view_and_language(page: Client, number: int) -> None:
    for view, language in product(["pupil", "key", "print"], ["vi", "en"]):
        answer = page.get(f"/items/OS-06-01-{number:02}?view={view}&lang={language}")
        assert answer.status_code == 200, (view, language)


ANSWERS: dict[str, dict[str, str | list[str]]] = {
    "choice": {"q1-choice": "B"},
    "multi": {"q1-choices": ["A", "B"]},
    "truefalse": {"q1-value": "true"},
    "match": {"q1-s1": "safe", "q1-s2": "safe"},
    "order": {"q1-order": list("bacdef"), "q1-touched": "1"},
    "headlines": {"q1-f1": "true", "q1-t1": "true"},
    "grid": {"q1-r1": "safe", "q1-r2": "safe"},
    "gap": {"q1-g1": "b", "q1-g2": "a"},
    "short": {"q1-text": "mật khẩu"},
    "essay": {"q1-text": "Em không bấm."},
    "survey": {"q1-choice": "never"},
    "hotspot": {"q1-flags": ["link", "fee"], "q1-verdict": "phish", "q1-action": "open"},
    "branch": {"q1-path": ["n1:b"], "q1-take": "n3:b"},
    "settings": {"q1-settings": "1", "q1-location": "on", "q1-who": "none", "q1-updates": "on"},
    "lateral": {"q1-verdict": "yes", "q1-evidence": ["s4", "s6"]},
}
RESULTS = {
    "choice": "0 trên 1 điểm",
    "multi": "0 trên 1 điểm",
    "truefalse": "0 trên 1 điểm",
    "match": "0,25 trên 1 điểm",
    "order": "0,93 trên 1 điểm",
    "headlines": "0,17 trên 1 điểm",
    "grid": "0,25 trên 1 điểm",
    "gap": "0,50 trên 1 điểm",
    "short": "0,50 trên 1 điểm",
    "essay": "Chờ thầy cô chấm",
    "survey": "Chỉ là làm thử",
    "hotspot": "0,60 trên 1 điểm",
    "branch": "0,25 trên 1 điểm",
    "settings": "0,33 trên 1 điểm",
    "lateral": "0,20 trên 1 điểm",
}
WITHOUT_WRONG = frozenset({"order", "short", "essay", "survey", "settings"})
"""Types whose review has other words for what is not right, or nothing that could be wrong in this answer."""


@pytest.mark.parametrize("number", range(1, len(CONTENTS) + 1), ids=list(CONTENTS))
def test_trying_an_item_scores_the_answer_and_tells_why(page: Client, number: int) -> None:
    code = list(CONTENTS)[number - 1]
    text = _text(page.post(f"/items/OS-06-01-{number:02}", {**ANSWERS[code], "check": "1"}))
    assert RESULTS[code] in text
    assert "Chưa đúng" in text or code in WITHOUT_WRONG
    assert "Nhớ kỹ điều này." in text
    assert "Chỉ là làm thử, không lưu lại." in text


def test_an_item_tried_without_an_answer_is_not_called_wrong(page: Client) -> None:
    text = _text(page.post("/items/OS-06-01-01", {"check": "1"}))
    assert "Chưa trả lời" in text
    assert "Chưa đúng" not in text


def test_a_pressed_button_of_an_ordering_moves_the_row_and_judges_nothing(page: Client) -> None:
    shown = page.get("/items/OS-06-01-05")
    order = re.findall(r'name="q1-order" value="(\w+)"', _text(shown))
    assert not {*order} & {*"abcdef"}, "the author's ids stand in the right order"
    assert "chưa có câu trả lời" in _text(shown)
    moved = page.post("/items/OS-06-01-05", {"q1-order": order, "q1-touched": "", "q1-move": f"{order[1]}:up"})
    assert re.findall(r'name="q1-order" value="(\w+)"', _text(moved)) == [order[1], order[0], *order[2:]]
    assert _field(moved, "q1-touched") == "1"
    assert "trên 1 điểm" not in _text(moved)


def test_an_answer_that_the_item_does_not_have_is_a_422(page: Client) -> None:
    assert page.post("/items/OS-06-01-01", {"q1-choice": "Z", "check": "1"}).status_code == 422


def test_an_unknown_item_is_a_404(page: Client) -> None:
    assert page.get("/items/OS-99-99-99").status_code == 404


def test_the_keys_are_not_for_pupils(client: Client, store: Store, school: School) -> None:
    with store() as session:
        pupil = session.get_one(Person, an_enrolment(session).person_id)
    client.sign_in(pupil)
    for address in ("/items", "/items/OS-06-01-01", "/assessments", "/assessments/OS-06-01-quiz"):
        assert client.get(address).status_code == 403


# ---- Assessments ----


def test_the_preview_shows_every_item_and_scores_them_together(page: Client) -> None:
    text = _text(page.get("/assessments/OS-06-01-quiz"))
    assert f"Câu {len(CONTENTS)} trên {len(CONTENTS)}" in text
    assert f"{len(CONTENTS)} câu, " in text
    tried = page.post("/assessments/OS-06-01-quiz", {"q1-choice": "A", "q2-choices": ["A", "C"], "check": "1"})
    assert "Làm thử được 2 trên " in _text(tried)


def test_a_move_inside_the_preview_keeps_the_other_answers(page: Client) -> None:
    order = re.findall(r'name="q5-order" value="(\w+)"', _text(page.get("/assessments/OS-06-01-quiz")))
    moved = page.post(
        "/assessments/OS-06-01-quiz",
        {"q1-choice": "B", "q5-order": order, "q5-touched": "", "q5-move": f"{order[0]}:down"},
    )
    assert re.search(r'name="q1-choice" value="B" checked', _text(moved))
    assert re.findall(r'name="q5-order" value="(\w+)"', _text(moved))[:2] == [order[1], order[0]]


def test_an_assessment_is_printed_with_boxes_and_a_key_on_a_sheet_of_its_own(page: Client) -> None:
    text = _text(page.get("/assessments/OS-06-01-quiz/print"))
    assert "Họ và tên" in text
    assert "Đáp án, dành cho giáo viên" in text
    assert re.search(r"[A-D]\. Lựa chọn [AC]; [A-D]\. Lựa chọn [AC]", text)
    assert "Ghi số từ 1 đến 6 vào ô" in text


def test_a_teacher_composes_orders_swaps_and_publishes_without_script(page: Client, store: Store) -> None:
    code = _begin(page)
    page.post(f"/assessments/{code}/items", {"item": ["OS-06-01-01", "OS-06-01-02", "OS-06-01-03"]})
    first, second, third = _slots(page, code)

    assert _press(page, code, "up:3").status_code == 303
    assert _slots(page, code) == [first, third, second]
    assert _press(page, code, "remove:1", **{f"points-{second}": "5"}).status_code == 303
    assert _slots(page, code) == [third, second]

    swapped = page.post(f"/assessments/{code}/items?swap=1", {"item": "ML-06-03-01"})
    assert swapped.status_code == 303
    done = page.follow(_press(page, code, "publish"))
    assert "Đã công bố" in _text(done)
    assert "2 câu, 6 điểm. Bài lấy điểm." in _text(done)
    with store() as session:
        listed, _total = queries.list_assessments(
            session, school_id=session.query(Assessment).filter_by(code=code).one().school_id, limit=9
        )
        assert listed[0].published_id is not None
        frozen = queries.get_assessment_revision(session, listed[0].published_id)
        assert [(placed.item.code, placed.points) for placed in frozen.items] == [
            ("ML-06-03-01", 1),
            ("OS-06-01-02", 5),
        ]


def test_a_published_assessment_is_edited_as_a_draft_beside_it(page: Client) -> None:
    code = _begin(page)
    page.post(f"/assessments/{code}/items", {"item": ["OS-06-01-01"]})
    _press(page, code, "publish")
    page.post(f"/assessments/{code}/items", {"item": ["OS-06-01-02"]})
    assert "1 câu, 1 điểm" in _text(page.get(f"/assessments/{code}"))
    assert "2 câu, 2 điểm" in _text(page.get(f"/assessments/{code}?draft=1"))
    assert "có bản nháp mới" in _text(page.get("/assessments"))


def test_an_item_with_a_newer_revision_is_renewed_by_one_button(page: Client, store: Store) -> None:
    code = _begin(page)
    page.post(f"/assessments/{code}/items", {"item": ["OS-06-01-01"]})
    with store() as session:
        changed = an_item(session, code="OS-06-01-01", content=a_choice(stem=words("Câu đã sửa")))
    assert "có bản mới" in _text(page.get(f"/assessments/{code}/edit"))
    _press(page, code, "renew:1")
    assert _slots(page, code) == [str(changed.id)]


@pytest.mark.parametrize("points", ["0", "21", "", "năm"])
def test_wrong_points_are_refused_with_words_and_nothing_is_saved(page: Client, store: Store, points: str) -> None:
    code = _begin(page)
    page.post(f"/assessments/{code}/items", {"item": ["OS-06-01-01"]})
    slot = _slots(page, code)[0]
    answer = _press(page, code, "save", title_vi="Tên mới", **{f"points-{slot}": points})
    assert answer.status_code == 422
    assert "Điểm mỗi câu là số nguyên từ 1 đến 20." in _text(answer)
    assert "Điểm là số nguyên từ 1 đến 20." in _text(answer)
    assert _field(answer, f"points-{slot}") == points
    assert _field(answer, "title_vi") == "Tên mới"
    with store() as session:
        assert (
            session.query(AssessmentItem).filter_by(item_revision_id=int(slot)).order_by("points").all()[0].points == 1
        )
        assert session.query(AssessmentRevision).filter_by(published_at=None).one().title["vi"] == "Kiểm tra 15 phút"


def test_an_assessment_without_a_name_is_refused_beside_the_field(page: Client) -> None:
    answer = page.post("/assessments/new", {"title_vi": " ", "purpose": "graded", "lesson_code": ""})
    assert answer.status_code == 422
    assert "Hãy điền mục này." in _text(answer)


def test_publishing_without_items_is_refused_with_words(page: Client) -> None:
    answer = _press(page, _begin(page), "publish")
    assert answer.status_code == 422
    assert "Bài chưa có câu hỏi nào" in _text(answer)


def test_picking_nothing_says_so_and_changes_nothing(page: Client) -> None:
    code = _begin(page)
    assert "Chưa chọn câu nào" in _text(page.post(f"/assessments/{code}/items", {}))
    assert _slots(page, code) == []


def test_a_page_that_is_out_of_date_does_not_overwrite(page: Client) -> None:
    code = _begin(page)
    page.post(f"/assessments/{code}/items", {"item": ["OS-06-01-01"]})
    answer = _press(page, code, "save", seen="0123456789abcdef")
    assert answer.status_code == 422
    assert "vừa được sửa ở nơi khác" in _text(answer)


def test_a_copy_of_a_lessons_assessment_is_ones_own(page: Client) -> None:
    answer = page.post("/assessments/OS-06-01-quiz/copy")
    assert "Đã tạo bản riêng" in _text(page.follow(answer))
    code = answer.headers["Location"].split("/")[2]
    assert len(_slots(page, code)) == len(CONTENTS)
    assert page.get("/assessments/OS-06-01-quiz/edit").status_code == 404


def test_a_withdrawn_assessment_is_gone(page: Client) -> None:
    code = _begin(page, "Bài bỏ đi")
    assert "Đã cất bài “Bài bỏ đi”" in _text(page.follow(page.post(f"/assessments/{code}/withdraw")))
    assert page.get(f"/assessments/{code}").status_code == 404


def test_a_colleague_may_look_but_only_the_author_and_the_coordinator_edit(
    page: Client, new_client: Callable[[], Client], store: Store, school: School
) -> None:
    code = _begin(page)
    with store() as session:
        colleague = a_member(session, Role.TEACHER, school=school)
        coordinator = a_member(session, Role.COORDINATOR, school=school)
        stranger = a_member(session, Role.COORDINATOR)
        principal = a_member(session, Role.PRINCIPAL, school=school)
    for person, look, edit in [
        (colleague, 200, 404),
        (coordinator, 200, 200),
        (stranger, 404, 404),
        (principal, 200, 403),
    ]:
        browser = new_client().sign_in(person)
        assert browser.get(f"/assessments/{code}").status_code == look
        assert browser.get(f"/assessments/{code}/edit").status_code == edit
        assert browser.get(f"/assessments/{code}/items").status_code == edit
        if edit != 200:
            assert browser.post(f"/assessments/{code}/withdraw").status_code == edit
    assert new_client().sign_in(coordinator).post(f"/assessments/{code}/withdraw").status_code == 303


def test_trying_an_assessment_asks_few_statements(
    page: Client, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with count_queries() as statements:
        page.get("/assessments/OS-06-01-quiz")
    assert len(statements) <= 14, statements
