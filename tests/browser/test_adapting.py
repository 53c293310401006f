"""A teacher makes the school's own version of a lesson, a pupil reads it, and a newer original is offered."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from school_safety.kit import clock
from school_safety.roster.models import Person
from tests.browser.test_scenes import is_clean
from tests.browser.visitor import DESK, PHONE, closed
from tests.client import Client
from tests.factories.classroom import NOW, Room, a_room
from tests.factories.curriculum import a_lesson
from tests.factories.packs import both

Store = Callable[[], AbstractContextManager[Session]]
OURS = "Ở trường mình, thầy Tổng phụ trách đội trả lời mọi câu hỏi về mật khẩu."


@dataclass
class School:
    """A served class, and browsers of its people."""

    room: Room
    open: Callable[[Person, str, Any], AbstractContextManager[Page]]


def _on_that_day(app: Flask) -> Callable[..., Any]:
    """The application with its clock set in every thread, a minute after the assignments open."""

    def answer(environ: Any, start_response: Any) -> Any:
        with clock.at(NOW):
            return app(environ, start_response)

    return answer


@pytest.fixture
def school(app: Flask, store: Store, client: Client, browser: Browser) -> Iterator[School]:
    """A school with a class and a lesson of the province, served on the day NOW."""
    with clock.at(NOW), store() as session:
        a_lesson(session)
        room = a_room(session)
    server = make_server("127.0.0.1", 0, _on_that_day(app), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.port}"

    @contextmanager
    def opened(person: Person, language: str, window: Any) -> Iterator[Page]:
        with clock.at(NOW - timedelta(minutes=1)):
            cookie = client.sign_in(person).browser.get_cookie("session")
        assert cookie is not None
        context = browser.new_context(viewport=window, base_url=address, locale=language)
        with closed(context):
            for name, value in (("session", cookie.value), ("lang", language)):
                context.add_cookies([{"name": name, "value": value, "url": address}])
            yield context.new_page()

    yield School(room, opened)
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_teacher_adapts_a_lesson_a_pupil_reads_it_and_a_newer_original_is_offered(
    school: School, store: Store
) -> None:
    # Given a teacher who adds a sentence to the text and lets the school use it
    with school.open(school.room.teacher, "vi", PHONE) as page:
        page.goto("/lessons/OS-06-01")
        page.get_by_role("button", name="Điều chỉnh cho trường").click()
        page.get_by_role("link", name="Bài đọc của học sinh").first.click()
        field = page.locator("[name=c-reading-vi]")
        field.fill(f"{field.input_value()}\n\n{OURS}")
        is_clean(page)
        page.locator("[name=act][value=save]").click()
        page.goto(page.url.split("/own")[0] + "/own")
        assert page.locator(".change ins").inner_text().endswith(OURS)
        is_clean(page)
        page.get_by_role("button", name="Cho trường dùng").click()
        # When the school's version is assigned
        page.get_by_role("link", name="Giao cho lớp").click()
        page.get_by_label("6A1").check()
        page.locator("[name=act][value=publish]").click()
        page.wait_for_url("**/assignments/*")
        given = page.url.rsplit("/", 1)[1]
    # Then the pupil reads it
    with school.open(school.room.pupils[0], "vi", PHONE) as page:
        page.goto(f"/learn/assignments/{given}")
        assert OURS in page.locator("main").inner_text()
    # And when the province revises the lesson, the school is shown what is new and takes it over beside its own text
    with store() as session:
        a_lesson(session, summary=both("Tỉnh đã viết lại câu này."))
    with school.open(school.room.teacher, "en", DESK) as page:
        page.goto(f"/lessons/OS-06-01-S{school.room.school.id}/own")
        page.get_by_role("link", name="See what is new and choose").click()
        assert "Tỉnh đã viết lại câu này." in page.locator(".change").first.inner_text()
        is_clean(page)
        page.get_by_role("button", name="Take the new original").click()
        assert OURS in page.locator(".changes").inner_text()
        assert page.get_by_role("button", name="Let the school use it").is_visible()
