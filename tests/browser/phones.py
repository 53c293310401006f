"""Pupils' phones in Chromium, before an application of the test's own: cookies given, networks cut, databases read."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from school_safety.classroom.models import Response, Submission
from school_safety.kit import clock
from school_safety.roster.models import Person
from tests.browser.visitor import close
from tests.canaries import planted
from tests.client import Client
from tests.factories.assessment import CONTENTS, an_assessment, an_item
from tests.factories.classroom import Room, a_room, an_assignment

Store = Callable[[], AbstractContextManager[Session]]
SAVED, UNSENT, WAITING = "Đã gửi và lưu an toàn", "Mới lưu trên máy này, chưa gửi", "Chờ mạng, sẽ tự gửi lại"
SENDING = "Đang gửi…"
FULL = "Máy hết chỗ, chưa lưu được. Em đừng đóng trang này"
COPIED = "Mất mạng em vẫn làm tiếp được trên máy này."
TYPES = ("choice", "order", "multi")
UPLOAD = "**/learn/upload"


class Line:
    """The way to the application; while it is cut, nothing answers at its address."""

    def __init__(self, app: Flask) -> None:
        self.app, self.port = app, 0
        self.server: BaseWSGIServer | None = None
        self.mend()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def mend(self) -> None:
        """The application answers again."""
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True, request_handler=Quiet)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    def cut(self) -> None:
        """Nobody answers any more."""
        if self.server is not None:
            self.server.shutdown()
            self.thread.join()
            self.server.server_close()
        self.server = None


class Quiet(WSGIRequestHandler):
    """Writes no line per request."""

    def log(self, type: str, message: str, *arguments: Any) -> None:  # noqa: A002  # werkzeug's name
        pass


@dataclass
class Phones:
    """A class with a quiz to do, and as many phones as a test wants."""

    app: Flask
    store: Store
    browser: Browser
    line: Line
    room: Room
    given: str
    contexts: list[BrowserContext] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.line.address

    def phone(self, pupil: int = 0, **options: Any) -> BrowserContext:
        """A phone on which a pupil is signed in; what its console complains about fails the test."""
        context = self.browser.new_context(viewport={"width": 360, "height": 800}, locale="vi-VN", **options)
        context.set_default_timeout(10_000)
        context.add_init_script("Math.random = () => 0")  # the shortest pauses
        context.on("page", lambda page: page.on("pageerror", lambda error: self.mistakes.append(str(error))))
        self.contexts.append(context)
        self.sign_in(context, self.room.pupils[pupil])
        return context

    def sign_in(self, context: BrowserContext, person: Person) -> None:
        """The phone holds this person's session from now on."""
        cookie = Client(self.app).sign_in(person).browser.get_cookie("session")
        assert cookie is not None
        context.add_cookies([{"name": "session", "value": cookie.value, "url": self.address}])

    def begin(self, phone: BrowserContext) -> Page:
        """The first item of the quiz, begun."""
        page = phone.new_page()
        page.goto(f"{self.address}/learn/assignments/{self.given}")
        page.get_by_role("button", name="Bắt đầu làm bài").click()
        expect(page.get_by_text("Câu 1 trên 3", exact=True)).to_be_visible()
        return page

    def answers(self) -> dict[int, object]:
        """What the server holds, by slot, of all attempts."""
        with self.store() as session:
            return {row.slot: row.value for row in session.execute(select(Response.slot, Response.value))}

    def receipts(self) -> list[str]:
        """The receipts written."""
        with self.store() as session:
            return list(session.scalars(select(Submission.receipt)))

    def until(self, page: Page, true: Callable[[], object], seconds: float = 15) -> None:
        """Wait for something on the server."""
        for _turn in range(int(seconds * 5)):
            if true():
                return
            page.wait_for_timeout(200)
        raise AssertionError(f"not within {seconds} s: {self.answers()}, {self.receipts()}")


@contextmanager
def a_class_with_phones(app: Flask, store: Store, browser: Browser) -> Iterator[Phones]:
    """A class whose quiz of three items is open."""
    now = clock.now()
    with store() as session:
        room = a_room(session)
        items = [an_item(session, type=name, content=planted(name, CONTENTS[name]())) for name in TYPES]
        paper = an_assessment(session, items=items)
        opens, closes = now - timedelta(hours=1), now + timedelta(days=2)
        group = an_assignment(session, room, assessment=paper, opens_at=opens, closes_at=closes, minutes=30)
        given = group.group.public_id
    phones = Phones(app, store, browser, Line(app), room, given)
    try:
        yield phones
    finally:
        for context in phones.contexts:
            close(context)
        phones.line.cut()
    assert phones.mistakes == []


def states(page: Page) -> list[str]:
    """The words about where the answer is."""
    return [place.inner_text() for place in page.locator("[data-save] [data-state]:visible").all()]


def place(page: Page, words: str) -> Locator:
    """The words about where the answer is, if they are these."""
    return page.locator(f".save-place:text-is('{words}')")


def cut(route: Route) -> None:
    """The network, gone."""
    route.abort()


def next_item(page: Page) -> None:
    """On to the item that follows, or to handing in."""
    page.locator(".answer-bar button").last.click()


def remembered(page: Page) -> str:
    """What the tab remembers, as it lies there."""
    return str(page.evaluate("JSON.stringify(sessionStorage)"))


def unsent(page: Page) -> list[dict[str, Any]]:
    """The rows that wait on the device."""
    rows: list[dict[str, Any]] = page.evaluate("""() => new Promise((resolve) => {
      indexedDB.open("answers", 1).onsuccess = ({ target }) => {
        const asked = target.result.transaction("unsent").objectStore("unsent").getAll();
        asked.onsuccess = () => resolve(asked.result);
      };
    })""")
    return rows


def copied(page: Page) -> dict[str, str]:
    """All that the device's caches hold, by cache and path."""
    texts: dict[str, str] = page.evaluate("""async () => {
      const texts = {};
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          texts[`${name} ${request.url}`] = await (await cache.match(request)).text();
        }
      }
      return texts;
    }""")
    return texts
