"""A pupil's pages through the client: reading, one item at a time without script, saves with script, handing in."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.classroom import actions, queries
from school_safety.classroom.models import Attempt, Response
from school_safety.classroom.rules import GRACE, FeedbackRelease
from school_safety.kit import clock
from tests.client import Client
from tests.factories.classroom import (
    CLOSES,
    NOW,
    OPENS,
    Room,
    a_quiz,
    a_room,
    a_submission,
    a_viewer,
    an_answer,
    an_assignment,
    an_attempt,
)
from tests.factories.contacts import a_contact
from tests.factories.uploads import a_sealed_answer, an_upload
from tests.pages import check_page

Store = Callable[[], AbstractContextManager[Session]]
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


class Setting:
    """A class with an assignment in the application's database; the first pupil's client is at `NOW`."""

    def __init__(self, store: Store, **terms: Any) -> None:
        with store() as session:
            a_contact(session)
            self.room: Room = a_room(session)
            self.other: Room = a_room(session, name="9C")
            self.group = an_assignment(session, self.room, **terms).group.public_id
            an_assignment(session, self.other)
        self.store = store

    def attempts(self) -> list[Attempt]:
        with self.store() as session:
            return list(session.scalars(select(Attempt).order_by(Attempt.id)))

    def responses(self) -> list[Response]:
        with self.store() as session:
            return list(session.scalars(select(Response).order_by(Response.slot, Response.late)))


def begin(client: Client, setting: Setting) -> str:
    """Start as the pupil does; returns the attempt's public id."""
    page = client.get(f"/learn/assignments/{setting.group}")
    assert "Bắt đầu làm bài" in page.text
    begun = client.post(f"/learn/assignments/{setting.group}/start")
    found = re.search(r"/learn/attempts/([a-z0-9]+)/items/1", begun.headers["Location"])
    assert found is not None
    return found[1]


def test_a_pupil_reads_answers_without_script_and_hands_in(store: Store, client: Client) -> None:
    setting = Setting(store)
    with clock.at(NOW):
        client.sign_in(setting.room.pupils[0])
        today = client.get("/learn")
        assert "Chào Hồng Ân" in today.text and "Thông tin và mật khẩu" in today.text and "111" in today.text
        attempt = begin(client, setting)
        first = client.get(f"/learn/attempts/{attempt}/items/1")
        assert "Câu 1 trên 3" in first.text and "Không phải em?" in first.text and "Lê Thị Hồng Ân" in first.text
        # When answering one item a page
        second = client.follow(client.post(f"/learn/attempts/{attempt}/items/1", {"q1-choice": "A", "go": "next"}))
        assert "Câu 2 trên 3" in second.text
        client.post(f"/learn/attempts/{attempt}/items/2", {"q2-choices": ["A", "C"], "go": "next"})
        back = client.follow(client.post(f"/learn/attempts/{attempt}/items/3", {"go": "back"}))
        assert "Câu 2 trên 3" in back.text and re.search(r'value="C"\s+checked', back.text)
        assert re.search(r'data-state="saved" data-done="yes">', back.text)
        ask = client.get(f"/learn/attempts/{attempt}/submit")
        assert "Em còn bỏ trống" in ask.text and "câu 3" in ask.text
        receipt = client.follow(client.post(f"/learn/attempts/{attempt}/submit"))
        code = re.search(r"[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{2}", receipt.text)
        assert code is not None and "2/3 câu" in receipt.text
        again = client.follow(client.post(f"/learn/attempts/{attempt}/submit"))
        assert code[0] in again.text
        result = client.get(f"/learn/results/{attempt}")
        assert "2/3 điểm" in result.text and code[0] in result.text
        assert "2/3 điểm" in client.get("/learn/results").text
        assert "2/3 điểm" in client.get("/learn").text
        assert "Em đã nộp bài này." in client.get(f"/learn/assignments/{setting.group}").text


def save(client: Client, attempt: str, slot: int, seq: int, *fields: str) -> Any:
    """What becomes of one answer from a script, as the server says; each field is `name=value`."""
    answer = a_sealed_answer(attempt, slot, [field.split("=") for field in fields], seq=seq)
    said = client.send_json("/learn/upload", an_upload(attempt, answer))
    assert said.status_code == 200
    return said.json["answers"][0]


def test_another_device_goes_on_where_the_first_stopped(
    store: Store, client: Client, new_client: Callable[[], Client]
) -> None:
    setting = Setting(store)
    with clock.at(NOW):
        client.sign_in(setting.room.pupils[0])
        attempt = begin(client, setting)
        save(client, attempt, 1, 1, "q1-choice=A")
        other = new_client().sign_in(setting.room.pupils[0])
        assert "Làm tiếp câu 2" in other.get("/learn").text
        started = other.post(f"/learn/assignments/{setting.group}/start")
        assert started.headers["Location"].endswith(f"/learn/attempts/{attempt}/items/2")
        page = other.get(f"/learn/attempts/{attempt}/items/1").text
        assert re.search(r'value="A"\s+checked', page) and 'data-seq="1"' in page
    assert len(setting.attempts()) == 1


def test_late_answers_are_kept_and_the_pupil_is_told(store: Store, client: Client) -> None:
    setting = Setting(store, minutes=15)
    with clock.at(NOW):
        client.sign_in(setting.room.pupils[0])
        attempt = begin(client, setting)
        save(client, attempt, 1, 1, "q1-choice=B")
    with clock.at(NOW + 15 * MINUTE + GRACE):
        assert not save(client, attempt, 2, 1, "q2-choices=A")["late"]
    with clock.at(NOW + 15 * MINUTE + GRACE + SECOND):
        assert save(client, attempt, 1, 2, "q1-choice=A")["late"]
        told = client.follow(client.post(f"/learn/attempts/{attempt}/items/3", {"q3-value": "true", "go": "next"}))
        assert "Đã gửi sau giờ" in told.text and "0,50/3 điểm" in told.text
    assert [(one.slot, one.late) for one in setting.responses()] == [(1, False), (1, True), (2, False), (3, True)]


def test_a_page_without_script_that_says_nothing_new_saves_nothing(store: Store, client: Client) -> None:
    setting = Setting(store)
    with clock.at(NOW):
        client.sign_in(setting.room.pupils[0])
        attempt = begin(client, setting)
        url = f"/learn/attempts/{attempt}/items/1"
        client.post(url, {"go": "next"})
        assert setting.responses() == []
        client.post(url, {"q1-choice": "A", "go": "next"})
        client.post(url, {"q1-choice": "A", "go": "2"})
        assert [one.seq for one in setting.responses()] == [1]
        client.post(url, {"q1-choice": "B"})
        assert [(one.seq, one.value) for one in setting.responses()] == [(2, {"choice": "B"})]
        refused = client.post(url, {"q1-choice": "Z", "go": "next"})
        assert refused.status_code == 422
        assert [one.value for one in setting.responses()] == [{"choice": "B"}]


def test_practice_shows_the_reason_of_a_fixed_item_only(store: Store, client: Client) -> None:
    setting = Setting(store, feedback_release=FeedbackRelease.AFTER_EACH)
    with clock.at(NOW):
        client.sign_in(setting.room.pupils[0])
        attempt = begin(client, setting)
        url = f"/learn/attempts/{attempt}/items/1"
        assert "Chưa đúng vì" not in client.get(url).text
        told = client.follow(client.post(f"{url}/check"))
        assert "Hãy trả lời câu này trước" in told.text and "Chưa đúng vì" not in told.text
        shown = client.follow(client.post(f"{url}/check", {"q1-choice": "B"}))
        assert "Chưa đúng vì B." in shown.text and "xem lời giải, nên câu này không sửa" in shown.text
        client.post(url, {"q1-choice": "A", "go": "next"})
        assert save(client, attempt, 1, 9, "q1-choice=A")["error"] == "answer_fixed"
    assert [one.value for one in setting.responses()] == [{"choice": "B"}]


def test_without_a_release_after_each_item_nothing_can_be_checked(store: Store, client: Client) -> None:
    setting = Setting(store)
    with clock.at(NOW):
        client.sign_in(setting.room.pupils[0])
        attempt = begin(client, setting)
        page = client.follow(client.post(f"/learn/attempts/{attempt}/items/1/check", {"q1-choice": "B"}))
    assert "Chưa đúng vì" not in page.text and "Xem lời giải câu này" not in page.text


def everything_of(client: Client, setting: Setting, attempt: str) -> str:
    """All that a pupil can fetch about an attempt, following redirects."""
    pages = []
    for url in (
        "/learn",
        "/learn/lessons",
        "/learn/results",
        f"/learn/assignments/{setting.group}",
        f"/learn/results/{attempt}",
        f"/learn/attempts/{attempt}",
        f"/learn/attempts/{attempt}/items/1",
        f"/learn/attempts/{attempt}/submit",
        f"/learn/attempts/{attempt}/copy",
        f"/learn/attempts/{attempt}/receipt",
    ):
        pages.append(client.browser.get(url, follow_redirects=True).text)  # other tests look at these pages' shape
    pages.append(str(save(client, attempt, 1, 99, "q1-choice=C")))
    return "\n".join(pages)


SECRETS = re.compile(r"Chưa đúng vì|Đáp án đúng|\d điểm|Nhớ kỹ điều này|Không, chưa chắc đã đúng")


@pytest.mark.parametrize("release", list(FeedbackRelease))
@pytest.mark.parametrize("state", ["running", "submitted", "forgotten", "closed", "void"])
def test_marks_reasons_and_keys_are_never_shown_before_their_release(
    store: Store, client: Client, release: FeedbackRelease, state: str
) -> None:
    setting = Setting(store, feedback_release=release, minutes=15)
    pupil = setting.room.pupils[0]
    with store() as session:
        from_room = setting.room
        given = _given(session, setting)
        attempt = an_attempt(session, given, pupil)
        an_answer(session, attempt, 1, {"choice": "B"})
        if state in ("submitted", "closed", "void"):
            actions.submit_attempt(session, attempt=attempt, now=NOW)
        if state == "void":
            viewer = a_viewer(from_room.teacher)
            actions.void_attempt(session, actor=viewer, attempt=attempt, reason="Làm hộ", now=NOW)
    moment = {"forgotten": NOW + 18 * MINUTE, "closed": CLOSES + GRACE + SECOND}.get(state, NOW + MINUTE)
    with clock.at(moment):
        client.sign_in(pupil)
        seen = everything_of(client, setting, attempt.public_id)
    finished = state in ("submitted", "forgotten", "closed")
    open_at = {
        FeedbackRelease.AFTER_EACH: finished,
        FeedbackRelease.AT_SUBMIT: finished,
        FeedbackRelease.AFTER_CLOSE: state == "closed",
        FeedbackRelease.NEVER: False,
    }[release]
    assert bool(SECRETS.search(seen)) is open_at


def _given(session: Session, setting: Setting) -> queries.GroupFacts:
    return queries.load_group(session, setting.group)[0]


PUPIL_ROUTES = [
    ("get", "/learn/attempts/{attempt}"),
    ("get", "/learn/attempts/{attempt}/items/1"),
    ("post", "/learn/attempts/{attempt}/items/1"),
    ("post", "/learn/attempts/{attempt}/items/1/check"),
    ("get", "/learn/attempts/{attempt}/copy"),
    ("get", "/learn/attempts/{attempt}/submit"),
    ("post", "/learn/attempts/{attempt}/submit"),
    ("get", "/learn/attempts/{attempt}/receipt"),
    ("get", "/learn/results/{attempt}"),
]


@pytest.mark.parametrize(("method", "url"), PUPIL_ROUTES)
def test_a_classmate_gets_404_for_every_page_of_another_pupil(
    store: Store, client: Client, method: str, url: str
) -> None:
    setting = Setting(store)
    with store() as session:
        attempt = a_submission(session, _given(session, setting), setting.room.pupils[0])
    with clock.at(NOW):
        client.sign_in(setting.room.pupils[1])
        answer = getattr(client, method)(url.format(attempt=attempt.public_id))
        nothing = getattr(client, method)(url.format(attempt="nobody"))
    assert (answer.status_code, nothing.status_code) == (404, 404)


@pytest.mark.parametrize(
    ("method", "url"), [("get", "/learn/assignments/{group}"), ("post", "/learn/assignments/{group}/start")]
)
def test_a_pupil_of_another_class_gets_404_for_what_this_class_was_given(
    store: Store, client: Client, method: str, url: str
) -> None:
    setting = Setting(store)
    with clock.at(NOW):
        client.sign_in(setting.other.pupils[0])
        assert getattr(client, method)(url.format(group=setting.group)).status_code == 404
    assert setting.attempts() == []


def test_before_the_window_opens_there_is_nothing_to_read_or_start(store: Store, client: Client) -> None:
    setting = Setting(store)
    with clock.at(OPENS - MINUTE):
        client.sign_in(setting.room.pupils[0])
        page = client.get(f"/learn/assignments/{setting.group}")
        assert "Bài chưa mở" in page.text and "Mở bài" not in page.text and "Bắt đầu làm bài" not in page.text
        refused = client.post(f"/learn/assignments/{setting.group}/start")
        assert refused.status_code == 422
        assert "Mở lúc" in client.get("/learn").text
    assert setting.attempts() == []


def test_after_the_close_the_lesson_can_still_be_read_and_the_page_says_why_nothing_starts(
    store: Store, client: Client
) -> None:
    setting = Setting(store)
    with clock.at(CLOSES + MINUTE):
        client.sign_in(setting.room.pupils[0])
        page = client.get(f"/learn/assignments/{setting.group}")
    assert "Từ cần nhớ" in page.text and "Đã hết hạn làm bài" in page.text


def test_a_class_without_anything_sees_what_will_be_there(store: Store, client: Client) -> None:
    with store() as session:
        room = a_room(session)
    with clock.at(NOW):
        client.sign_in(room.pupils[0])
        assert "Chưa có bài nào cho lớp em" in client.get("/learn").text
        assert "Chưa có bài học nào" in client.get("/learn/lessons").text
        assert "Chưa có kết quả nào" in client.get("/learn/results").text


def test_every_item_type_can_be_taken_in_both_languages(store: Store, client: Client) -> None:
    types = ("choice", "multi", "truefalse", "match", "order", "headlines")
    with store() as session:
        room = a_room(session)
        group = an_assignment(session, room, assessment=a_quiz(session, types=types), shuffle=True).group.public_id
    with clock.at(NOW):
        client.sign_in(room.pupils[0])
        client.post(f"/learn/assignments/{group}/start")
        with store() as session:
            attempt = session.scalars(select(Attempt.public_id)).one()
        for slot in range(1, 7):
            for lang in ("vi", "en"):
                assert client.get(f"/learn/attempts/{attempt}/items/{slot}?lang={lang}").status_code == 200
        moved = client.post(f"/learn/attempts/{attempt}/items/5", {"q5-order": list("abcdef"), "q5-move": "b:up"})
        assert moved.headers["Location"].endswith("/items/5")
    with store() as session:
        assert session.scalars(select(Response.value)).one() == {"order": list("bacdef")}


def test_the_device_s_copy_holds_every_page_and_neither_name_nor_key_nor_answer(store: Store, client: Client) -> None:
    setting = Setting(store, shuffle=True)
    pupil = setting.room.pupils[0]
    with clock.at(NOW):
        client.sign_in(pupil)
        client.post(f"/learn/assignments/{setting.group}/start")
        attempt = setting.attempts()[0].public_id
        save(client, attempt, 1, 4, "q1-choice=B")
        page = client.get(f"/learn/attempts/{attempt}/items/1").text
        answer = client.get(f"/learn/attempts/{attempt}/copy")
    copy = answer.json
    base = f"/learn/attempts/{attempt}"
    assert set(copy["pages"]) == {base, f"{base}/submit", *(f"{base}/items/{slot}" for slot in (1, 2, 3))}
    assert copy["numbers"] == {"1": 4}
    key = re.search(r'data-key="([^"]+)" data-upload="([^"]+)"', page)
    assert key is not None and re.search(r'value="B"\s+checked', page) and pupil.full_name in page
    whole = "".join(copy["pages"].values())
    assert not [secret for secret in (key[1], key[2], pupil.full_name, " checked") if secret in whole]
    for path, html in copy["pages"].items():
        check_page(html, answer.headers["Content-Security-Policy"], path)
    # The page of each place knows its neighbours
    for slot in (1, 2, 3):
        html = copy["pages"][f"{base}/items/{slot}"]
        assert f'data-slot="{slot}"' in html and f'name="go" value="{slot}" aria-current="step"' in html
        assert f'name="q{slot}-' in html and "19000000" not in html
