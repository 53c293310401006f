"""A served class whose pupils have a quiz of certain types before them, each on a phone of their own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Thread

from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from school_safety.roster.models import Person
from tests.browser.visitor import PHONE, closed
from tests.client import Client
from tests.factories.classroom import Room, a_quiz, a_room, an_assignment

Store = Callable[[], AbstractContextManager[Session]]


@dataclass
class Place:
    """A served class with a quiz of these types."""

    address: str
    room: Room
    group: str
    client: Client
    browser: Browser

    @contextmanager
    def page_of(self, person: Person, language: str) -> Iterator[Page]:
        """A phone on which this person is signed in."""
        self.client.sign_in(person)
        cookie = self.client.browser.get_cookie("session")
        assert cookie is not None
        context = self.browser.new_context(viewport=PHONE, has_touch=True, locale=language)  # type: ignore[arg-type]  # a size of two numbers
        with closed(context):
            for name, value in (("session", cookie.value), ("lang", language)):
                context.add_cookies([{"name": name, "value": value, "url": self.address}])
            yield context.new_page()

    @contextmanager
    def at_work(self, person: Person, language: str) -> Iterator[Page]:
        """That phone, with the first item of the quiz on it."""
        with self.page_of(person, language) as page:
            page.goto(f"{self.address}/learn/assignments/{self.group}")
            page.locator("form[action$='/start'] button").press("Enter")
            page.wait_for_url("**/items/1")
            yield page


@contextmanager
def a_place(app: Flask, store: Store, client: Client, browser: Browser, types: Sequence[str]) -> Iterator[Place]:
    """A running server and its class."""
    now = datetime.now(UTC)
    with store() as session:
        room = a_room(session)
        quiz = a_quiz(session, types=types)
        window = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
        given = an_assignment(session, room, assessment=quiz, **window)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Place(f"http://127.0.0.1:{server.port}", room, given.group.public_id, client, browser)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
