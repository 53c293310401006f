"""A teacher's pages through the client: giving, live progress, exports, extending, reopening, voiding, late answers."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.classroom import queries
from school_safety.classroom.models import Assignment, AssignmentGroup, Attempt
from school_safety.classroom.rules import GRACE
from school_safety.kit import clock
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories.classes import an_enrolment
from tests.factories.classroom import (
    CLOSES,
    NOW,
    RIGHT,
    Room,
    a_quiz,
    a_room,
    a_submission,
    an_answer,
    an_assignment,
    an_attempt,
)
from tests.factories.curriculum import a_lesson
from tests.factories.people import a_member

Store = Callable[[], AbstractContextManager[Session]]
DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)


class Setting:
    """A class of five with one submission, one pupil at work, one stuck; a colleague's class beside it."""

    def __init__(self, store: Store, **terms: Any) -> None:
        self.store = store
        with store() as session:
            self.room: Room = a_room(session, pupils=5)
            self.other: Room = a_room(session, name="9C", school=self.room.school)
            given = an_assignment(session, self.room, **terms)
            self.group, self.elsewhere = given.group.public_id, an_assignment(session, self.other).group.public_id
            a_submission(session, given, self.room.pupils[0], right=2)
            working = an_attempt(session, given, self.room.pupils[1], now=NOW - MINUTE)
            an_answer(session, working, 1, RIGHT["choice"], now=NOW - MINUTE)
            an_attempt(session, given, self.room.pupils[2], now=NOW - 6 * MINUTE)

    def as_teacher(self, client: Client) -> Client:
        return client.sign_in(self.room.teacher)


FORM = {
    "opens_at": "24/11/2026 07:30",
    "closes_at": "27/11/2026 21:00",
    "minutes": "15",
    "attempts_allowed": "2",
    "attempt_policy": "best",
    "feedback_release": "after_close",
}


def test_a_lesson_and_its_quiz_are_given_to_two_classes(store: Store, client: Client) -> None:
    with store() as session:
        room = a_room(session)
        second = a_room(session, name="6A2", school=room.school)
        a_lesson(session)
        quiz = a_quiz(session, code="OS-06-01-quiz")
        coordinator = a_member(session, Role.COORDINATOR, school=room.school)
        classes = [str(room.class_group.id), str(second.class_group.id)]
    with clock.at(NOW):
        client.sign_in(coordinator)
        assert "Thông tin và mật khẩu" in client.get("/assignments/new").text
        page = client.get("/assignments/new?lesson=OS-06-01")
        assert "6A1 (3 học sinh)" in page.text and "(3 câu, luyện tập)" in page.text
        sent = {**FORM, "classes": classes, "assessment": str(quiz.id)}
        preview = client.post("/assignments/new?lesson=OS-06-01", {**sent, "act": "preview"})
        assert preview.status_code == 200 and "Đề như học sinh sẽ thấy" in preview.text
        with store() as session:
            assert session.scalar(select(func.count()).select_from(Assignment)) == 0
        given = client.follow(client.post("/assignments/new?lesson=OS-06-01", {**sent, "act": "publish"}))
        assert "Đã giao bài cho 2 lớp." in given.text
        assert "6A2" in client.get("/assignments?state=scheduled").text
    with store() as session:
        assignment = session.scalars(select(Assignment)).one()
        assert (assignment.minutes, assignment.attempts_allowed) == (15, 2)
        assert clock.local(assignment.opens_at).strftime("%d/%m/%Y %H:%M") == FORM["opens_at"]
        assert len(queries.list_groups(session, assignment.id)) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"classes": []}, "Hãy chọn ít nhất một lớp."),
        ({"closes_at": "23/11/2026 07:00"}, "Hạn nộp phải sau lúc mở bài."),
        ({"opens_at": "31/02/2026 07:00"}, "Ghi ngày và giờ theo dạng"),
        ({"opens_at": "20/11/2026 07:00"}, "Giờ mở bài đã qua hơn một ngày."),
        ({"closes_at": ""}, "Hãy điền mục này."),
        ({"minutes": "900"}, "Thời gian làm bài từ 1 đến 240 phút."),
        ({"attempts_allowed": "99"}, "Số lượt làm bài từ 1 đến 10."),
    ],
)
def test_what_is_wrong_with_a_new_assignment_stands_beside_its_field_and_nothing_is_given(
    store: Store, client: Client, changes: dict[str, Any], words: str
) -> None:
    with store() as session:
        room = a_room(session)
        a_lesson(session)
        quiz = a_quiz(session)
    sent = {**FORM, "classes": [str(room.class_group.id)], "assessment": str(quiz.id), "act": "publish", **changes}
    with clock.at(NOW):
        client.sign_in(room.teacher)
        answer = client.post("/assignments/new?lesson=OS-06-01", sent)
    assert answer.status_code == 422
    assert words in answer.text and f'value="{sent["opens_at"]}"' in answer.text
    with store() as session:
        assert session.scalar(select(func.count()).select_from(Assignment)) == 0


def test_a_class_or_an_assessment_out_of_reach_cannot_be_smuggled_in(store: Store, client: Client) -> None:
    with store() as session:
        room, other = a_room(session), a_room(session, name="9C")
        a_lesson(session)
        quiz = a_quiz(session)
        foreign = a_quiz(session, lesson_code="OS-07-01")
    sent = {**FORM, "classes": [str(room.class_group.id)], "assessment": str(quiz.id), "act": "publish"}
    with clock.at(NOW):
        client.sign_in(room.teacher)
        for changes in ({"classes": [str(other.class_group.id)]}, {"assessment": str(foreign.id)}, {"classes": ["x"]}):
            assert client.post("/assignments/new?lesson=OS-06-01", {**sent, **changes}).status_code == 422
        assert client.get("/assignments/new?lesson=XX-99-99").status_code == 404
    with store() as session:
        assert session.scalar(select(func.count()).select_from(AssignmentGroup)) == 0


def test_a_teacher_without_a_class_is_told_what_to_do(store: Store, client: Client) -> None:
    with store() as session:
        teacher = a_member(session, Role.TEACHER)
        a_lesson(session)
    with clock.at(NOW):
        client.sign_in(teacher)
        assert "Chưa có lớp nào để giao" in client.get("/assignments/new?lesson=OS-06-01").text
        assert "Chưa giao bài nào" in client.get("/assignments").text


def test_live_progress_shows_who_is_done_at_work_stuck_and_absent(store: Store, client: Client) -> None:
    setting = Setting(store)
    with clock.at(NOW):
        setting.as_teacher(client)
        page = client.get(f"/assignments/{setting.group}").text
    assert "1 đã nộp, 1 đang làm, 1 cần để ý, 2 chưa vào, trên 5 học sinh" in page
    assert "Không gửi thêm đã 6 phút" in page and "2/3 điểm" in page and "Vừa xong: Lê Thị Hồng Ân đã nộp." in page
    assert page.index("Hồng Ân") < page.index("Gia Bảo") < page.index("Minh Châu") < page.index("Quốc Duy")


def test_results_per_item_count_only_what_was_handed_in(store: Store, client: Client) -> None:
    setting = Setting(store)
    with clock.at(NOW):
        setting.as_teacher(client)
        page = client.get(f"/assignments/{setting.group}/items").text
        empty = client.sign_in(setting.other.teacher).get(f"/assignments/{setting.elsewhere}/items").text
    assert "Từng câu, trên 1 bài đã nộp" in page and "1/1" in page
    assert "Chưa có bài nào được nộp" in empty


def test_page_csv_and_xlsx_say_the_same(store: Store, client: Client) -> None:
    setting = Setting(store)
    with store() as session:
        given = queries.load_group(session, setting.group)[0]
        formula = an_enrolment(session, class_group=setting.room.class_group, name="=HYPERLINK(1)", number=6)
        a_submission(session, given, session.get_one(Person, formula.person_id), right=1)
    with clock.at(NOW):
        setting.as_teacher(client)
        text = client.get(f"/assignments/{setting.group}/results.csv")
        book = client.get(f"/assignments/{setting.group}/results.xlsx")
        page = client.get(f"/assignments/{setting.group}").text
    assert text.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.data.decode("utf-8-sig"))))
    by_name = {row["Họ và tên"]: row for row in rows}
    assert (by_name["Lê Thị Hồng Ân"]["Điểm"], by_name["Lê Thị Hồng Ân"]["Thang 10"]) == ("2", "6.7")
    assert by_name["Vũ Minh Châu"]["Điểm"] == ""
    assert "'=HYPERLINK(1)" in by_name
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.data)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in sheet[1:]] == [name.lstrip("'") for name in by_name]
    header, first = sheet[0], next(row for row in sheet if row[1] == "Lê Thị Hồng Ân")
    assert first[header.index("Điểm")] == 2.0 and first[header.index("Thang 10")] == 6.7
    assert page.count("/3 điểm") == sum(bool(row["Điểm"]) for row in rows) == 2


def test_the_number_of_statements_does_not_grow_with_the_class(
    store: Store, client: Client, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    setting = Setting(store)
    counts = []
    with clock.at(CLOSES + GRACE + SECOND):
        setting.as_teacher(client)
        for first in (10, 30):
            with count_queries() as statements:
                client.get(f"/assignments/{setting.group}")
            counts.append(len(statements))
            with store() as session:
                given = queries.load_group(session, setting.group)[0]
                for number in range(first, first + 20):
                    pupil = an_enrolment(session, class_group=setting.room.class_group, number=number)
                    a_submission(session, given, session.get_one(Person, pupil.person_id))
    assert counts[1] <= counts[0] <= 13


def test_a_window_is_extended_and_a_refused_date_keeps_what_was_typed(store: Store, client: Client) -> None:
    setting = Setting(store)
    url = f"/assignments/{setting.group}/extend"
    with clock.at(NOW):
        setting.as_teacher(client)
        assert "28/11/2026 21:00" in client.get(url).text
        refused = client.post(url, {"closes_at": "26/11/2026 21:00"})
        assert refused.status_code == 422
        assert "Hạn mới phải muộn hơn" in refused.text and "26/11/2026 21:00" in refused.text
        page = client.follow(client.post(url, {"closes_at": "29/11/2026 21:00"}))
    assert "Hạn nộp của lớp nay là 21:00 29/11/2026." in page.text


def test_an_absent_pupil_is_let_in_again_and_it_can_be_undone(store: Store, client: Client) -> None:
    setting = Setting(store)
    absent = setting.room.pupils[3]
    url = f"/assignments/{setting.group}/pupils/{absent.public_id}"
    with clock.at(CLOSES + DAY):
        setting.as_teacher(client)
        assert "Mở lại cho Đặng Quốc Duy" in client.get(f"{url}/reopen").text
        page = client.follow(client.post(f"{url}/reopen", {"closes_at": "30/11/2026 17:00"}))
        assert "Đã mở lại cho Đặng Quốc Duy" in page.text and "Hoàn tác" in page.text
        pupil = Client(client.app).sign_in(absent)
        assert "Thông tin và mật khẩu" in pupil.get("/learn").text
        undone = client.follow(client.post(f"{url}/withdraw"))
        assert "Đã thôi mở lại cho Đặng Quốc Duy." in undone.text
        assert pupil.post(f"/learn/assignments/{setting.group}/start").status_code == 422
        again = client.follow(client.post(f"{url}/withdraw"))
        assert "hiện không được mở lại riêng" in again.text


def test_reopening_a_finished_pupil_asks_for_one_more_attempt(store: Store, client: Client) -> None:
    setting = Setting(store)
    url = f"/assignments/{setting.group}/pupils/{setting.room.pupils[0].public_id}/reopen"
    with clock.at(NOW):
        setting.as_teacher(client)
        refused = client.post(url, {"closes_at": "30/11/2026 17:00"})
        assert refused.status_code == 422 and "Em đã dùng hết số lượt." in refused.text
        assert client.post(url, {"closes_at": "30/11/2026 17:00", "one_more": "y"}).status_code == 303


def test_an_attempt_is_voided_with_a_reason_that_the_pupil_reads(store: Store, client: Client) -> None:
    setting = Setting(store)
    with store() as session:
        attempt = session.scalars(select(Attempt.public_id).order_by(Attempt.id)).first()
    with clock.at(NOW):
        setting.as_teacher(client)
        assert "Lê Thị Hồng Ân" in client.get(f"/attempts/{attempt}").text
        assert client.get(f"/attempts/{attempt}/void").status_code == 200
        assert client.post(f"/attempts/{attempt}/void", {"reason": " "}).status_code == 422
        assert client.post(f"/attempts/{attempt}/void", {"reason": "x" * 301}).status_code == 422
        done = client.follow(client.post(f"/attempts/{attempt}/void", {"reason": "Bạn khác làm hộ"}))
        assert "Đã huỷ lượt 1." in done.text and "2/3 điểm" not in done.text
        twice = client.post(f"/attempts/{attempt}/void", {"reason": "Lần nữa"})
        assert twice.status_code == 422 and "đã huỷ rồi" in twice.text
        pupil = Client(client.app).sign_in(setting.room.pupils[0])
        assert "Bạn khác làm hộ" in pupil.get(f"/learn/results/{attempt}").text


def test_late_answers_wait_for_the_teacher_and_count_afterwards(store: Store, client: Client) -> None:
    setting = Setting(store)
    with store() as session:
        attempt = queries.get_attempt(session, session.scalars(select(Attempt.id).order_by(Attempt.id)).first() or 0)
        an_answer(session, attempt, 3, RIGHT["truefalse"], seq=2, now=NOW + MINUTE)
    with clock.at(NOW + 2 * MINUTE):
        setting.as_teacher(client)
        assert "1 câu đến muộn chờ thầy cô" in client.get(f"/assignments/{setting.group}").text
        page = client.get(f"/attempts/{attempt.public_id}").text
        assert "1 câu trả lời đến sau giờ" in page and "2/3 điểm" in page
        accepted = client.follow(client.post(f"/attempts/{attempt.public_id}/accept-late"))
        assert "Đã nhận 1 câu trả lời muộn" in accepted.text and "3/3 điểm" in accepted.text
        again = client.follow(client.post(f"/attempts/{attempt.public_id}/accept-late"))
        assert "Không còn câu trả lời muộn" in again.text


TEACHER_ROUTES = [
    ("get", "/assignments/{group}"),
    ("get", "/assignments/{group}/items"),
    ("get", "/assignments/{group}/results.csv"),
    ("get", "/assignments/{group}/results.xlsx"),
    ("get", "/assignments/{group}/extend"),
    ("post", "/assignments/{group}/extend"),
    ("get", "/assignments/{group}/pupils/{pupil}/reopen"),
    ("post", "/assignments/{group}/pupils/{pupil}/reopen"),
    ("post", "/assignments/{group}/pupils/{pupil}/withdraw"),
    ("get", "/attempts/{attempt}"),
    ("get", "/attempts/{attempt}/void"),
    ("post", "/attempts/{attempt}/void"),
    ("post", "/attempts/{attempt}/accept-late"),
]


@pytest.mark.parametrize(("method", "url"), TEACHER_ROUTES)
def test_only_the_teachers_of_the_class_and_the_school_see_its_work(
    store: Store, client: Client, method: str, url: str
) -> None:
    setting = Setting(store)
    with store() as session:
        attempt = session.scalars(select(Attempt.public_id).order_by(Attempt.id)).first()
        officer = a_member(session, Role.PRINCIPAL)
    address = url.format(group=setting.group, attempt=attempt, pupil=setting.room.pupils[3].public_id)
    with clock.at(NOW):
        assert getattr(client, method)(address).status_code in (303, 401)
        assert getattr(client.sign_in(setting.other.teacher), method)(address).status_code == 404
        assert getattr(client.sign_in(officer), method)(address).status_code in (403, 404)
        assert getattr(client.sign_in(setting.room.pupils[0]), method)(address).status_code == 403


def test_a_pupil_of_another_class_cannot_be_reopened_here(store: Store, client: Client) -> None:
    setting = Setting(store)
    with clock.at(NOW):
        setting.as_teacher(client)
        stranger = setting.other.pupils[0].public_id
        assert client.get(f"/assignments/{setting.group}/pupils/{stranger}/reopen").status_code == 404


def test_the_principal_sees_results_but_gives_nothing(store: Store, client: Client) -> None:
    setting = Setting(store)
    with store() as session:
        principal = a_member(session, Role.PRINCIPAL, school=setting.room.school)
    with clock.at(NOW):
        client.sign_in(principal)
        page = client.get(f"/assignments/{setting.group}").text
        assert "2/3 điểm" in page and "Gia hạn" not in page and "Mở lại" not in page
        assert client.get(f"/assignments/{setting.group}/extend").status_code == 403


def test_the_list_searches_without_diacritics_and_pages_its_states(store: Store, client: Client) -> None:
    setting = Setting(store)
    with clock.at(NOW):
        setting.as_teacher(client)
        assert "Thông tin và mật khẩu" in client.get("/assignments?q=mat+khau").text
        assert "Không có bài nào khớp" in client.get("/assignments?q=khong+co").text
        assert "Không có bài nào ở phần này" in client.get("/assignments?state=closed").text
        assert "9C" not in client.get("/assignments?state=nonsense&page=x").text
