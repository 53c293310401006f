"""A pupil's answers in a real browser: what the page says about each of them, with and without a network."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from school_safety.classroom.models import Response, Submission
from school_safety.kit import clock
from tests.client import Client
from tests.factories.classroom import a_quiz, a_room, an_assignment

Store = Callable[[], AbstractContextManager[Session]]
SAVED, UNSENT, WAITING = "Đã gửi và lưu an toàn", "Mới lưu trên máy này, chưa gửi", "Chờ mạng, sẽ tự gửi lại"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The application on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def quiz(app: Flask, store: Store, address: str, browser: Browser) -> Iterator[Page]:
    """A pupil's phone on the first item of a quiz; what the console complains about fails the test."""
    now = clock.now()
    with store() as session:
        room = a_room(session)
        paper = a_quiz(session, types=("choice", "order", "multi"))
        opens, closes = now - timedelta(hours=1), now + timedelta(days=2)
        group = an_assignment(session, room, assessment=paper, opens_at=opens, closes_at=closes, minutes=30)
        public_id = group.group.public_id
    visitor = Client(app).sign_in(room.pupils[0])
    cookie = visitor.browser.get_cookie("session")
    assert cookie is not None
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="vi-VN")
    context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.goto(f"{address}/learn/assignments/{public_id}")
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    expect(page.get_by_text("Câu 1 trên 3", exact=True)).to_be_visible()
    yield page
    context.close()
    assert mistakes == []


def answers(store: Store) -> dict[int, object]:
    with store() as session:
        return {row.slot: row.value for row in session.execute(select(Response.slot, Response.value))}


def states(page: Page) -> list[str]:
    return [place.inner_text() for place in page.locator("[data-save] [data-state]:visible").all()]


def test_an_answer_is_called_safe_only_after_the_server_said_so(quiz: Page, store: Store) -> None:
    assert states(quiz) == ["Chưa trả lời"]
    quiz.get_by_label("Lựa chọn B").check()
    assert states(quiz) in ([UNSENT], [SAVED])
    expect(quiz.get_by_text(SAVED, exact=True)).to_be_visible()
    assert answers(store) == {1: {"choice": "B"}}
    assert quiz.evaluate("sessionStorage.length") == 0
    assert quiz.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(quiz).response["violations"] == []


def test_without_a_network_the_answer_stays_and_the_page_says_so_until_it_is_sent(quiz: Page, store: Store) -> None:
    quiz.context.set_offline(True)
    quiz.get_by_label("Lựa chọn A").check()
    expect(quiz.get_by_text(WAITING)).to_be_visible()
    assert UNSENT in states(quiz) and SAVED not in states(quiz)
    # When the pupil wants to go on, nothing is lost and nothing is blanked
    quiz.get_by_role("button", name="Câu tiếp").last.click()
    quiz.wait_for_timeout(500)
    assert quiz.url.endswith("/items/1") and quiz.get_by_label("Lựa chọn A").is_checked()
    assert answers(store) == {}
    # When the network is back, it goes by itself
    quiz.context.set_offline(False)
    for _ in range(40):
        if answers(store):
            break
        quiz.wait_for_timeout(500)
    assert answers(store) == {1: {"choice": "A"}}


def test_an_answer_typed_before_the_page_was_reloaded_is_sent_afterwards(quiz: Page, store: Store) -> None:
    quiz.goto(quiz.url.replace("/items/1", "/items/2"))
    quiz.context.route("**/answers/*", lambda route: route.abort())
    quiz.get_by_role("button", name="Xuống").first.click()
    expect(quiz.get_by_text(WAITING)).to_be_visible()
    assert answers(store) == {}
    quiz.on("dialog", lambda dialog: dialog.accept())
    quiz.context.unroute("**/answers/*")
    quiz.reload()
    expect(quiz.get_by_text(SAVED, exact=True)).to_be_visible(timeout=20_000)
    expect(quiz.get_by_text("Câu trả lời của em là thứ tự đang thấy.")).to_be_visible()
    assert list(answers(store)) == [2]


def test_the_whole_quiz_with_the_keyboard_alone(quiz: Page, store: Store) -> None:
    quiz.get_by_label("Lựa chọn A").focus()
    quiz.keyboard.press("Space")
    expect(quiz.get_by_text(SAVED, exact=True)).to_be_visible()
    quiz.keyboard.press("Enter")
    expect(quiz.get_by_text("Câu 2 trên 3", exact=True)).to_be_visible()
    quiz.get_by_role("button", name="Giữ thứ tự này").press("Enter")
    expect(quiz.get_by_text(SAVED, exact=True)).to_be_visible()
    quiz.get_by_role("button", name="Câu tiếp").last.press("Enter")
    expect(quiz.get_by_text("Câu 3 trên 3", exact=True)).to_be_visible()
    quiz.get_by_role("button", name="Nộp bài").press("Enter")
    expect(quiz.get_by_text("Em còn bỏ trống:")).to_be_visible()
    quiz.get_by_role("button", name="Nộp bài").press("Enter")
    expect(quiz.get_by_role("heading", name="Em đã nộp bài")).to_be_visible()
    with store() as session:
        receipt = session.scalars(select(Submission.receipt)).one()
    expect(quiz.get_by_role("heading", name=receipt)).to_be_visible()
