"""A message, a story, a page of settings and a small web on a phone: by keyboard alone, and by touch."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from school_safety.classroom.models import Response
from tests.browser.visitor import PHONE, WIDE, closed
from tests.client import Client
from tests.factories.classroom import a_quiz, a_room, an_assignment

Store = Callable[[], AbstractContextManager[Session]]
PLACES = """() => {
  const top = document.querySelector(".mock").getBoundingClientRect().top;
  return [...document.querySelectorAll(".mock .flag")].flatMap((flag) => [...flag.getClientRects()])
    .map((box) => [box.left, box.top - top, box.width, box.height].map(Math.round));
}"""
"""Where every line of every span stands in the message."""
LEAST_TARGET = 44
SCENES = ("hotspot", "branch", "settings", "lateral")


@pytest.fixture
def start(app: Flask, store: Store, client: Client) -> Iterator[str]:
    """A running server; the address where the pupil whom `client` is has begun on four scenes."""
    now = datetime.now(UTC)
    with store() as session:
        room = a_room(session)
        given = an_assignment(
            session,
            room,
            assessment=a_quiz(session, types=SCENES),
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=1),
        )
    client.sign_in(room.pupils[0])
    address = (
        client.post(f"/learn/assignments/{given.group.public_id}/start").headers["Location"].partition("/items/")[0]
    )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}{address}"
    server.shutdown()
    thread.join()
    server.server_close()


class Keyboard:
    """Somebody without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, selector: str) -> "Keyboard":
        """Tab on until the element has the focus."""
        for _ in range(60):
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is never reached by Tab")

    def press(self, *keys: str) -> "Keyboard":
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def on(self) -> None:
        """The page's own way on: the next item, or handing in."""
        self.to(".answer-bar button.button-big")
        with self.page.expect_navigation():
            self.press("Enter")


def is_clean(page: Page) -> None:
    """Axe has nothing to say, and nothing reaches beyond the phone."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert not found.response["violations"], found.response["violations"]
    assert not page.evaluate(WIDE)


def _message(keys: Keyboard) -> None:
    before = keys.page.evaluate(PLACES)
    keys.to("[name=q1-flags][value=urgency]").press("Space").to("[name=q1-flags][value=link]").press("Space")
    assert keys.page.evaluate(PLACES) == before, "ticking moved the text"
    keys.to("[name=q1-verdict]").press("Space").to("[name=q1-action]").press("Space")
    while not keys.page.locator("[name=q1-action][value=report]").is_checked():
        keys.press("ArrowDown")


def _story(keys: Keyboard) -> None:
    keys.to("button[value='n1:b']").press("Enter")
    assert keys.page.evaluate("document.activeElement.hasAttribute('data-branch-now')")
    keys.to("button[value='n3:a']").press("Enter")
    assert keys.page.locator(".talk-mine").count() == 2
    assert keys.page.locator("[data-branch-now] .talk-help").is_visible()
    keys.to("[data-branch-back] summary").press("Enter").to("button[value='n1:a']").press("Enter")
    assert keys.page.locator("[data-branch-stray]").is_visible()
    keys.to("button[value='n2:a']").press("Enter")


def _settings(keys: Keyboard) -> None:
    keys.to("[name=q3-location]").press("Space").to("[name=q3-who]").press("ArrowDown")


def _web(keys: Keyboard) -> None:
    keys.to("[role=tab]").press("ArrowRight", "ArrowRight", "Enter")
    assert keys.page.locator("[role=tabpanel]:visible").get_attribute("data-page") == "p3"
    keys.to("[name=q4-evidence][value=s4]").press("Space").to("[name=q4-verdict]").press("Space")
    while not keys.page.locator("[name=q4-verdict][value=no]").is_checked():
        keys.press("ArrowDown")
    keys.to("[role=tab]").press("End", "Enter")
    keys.to("[name=q4-evidence][value=s6]").press("Space").to("textarea").press("V", "i")


ANSWERS: list[dict[str, Any]] = [
    {"flags": ["urgency", "link"], "verdict": "phish", "action": "report"},
    {"path": [{"n": n, "c": c} for n, c in (("n1", "b"), ("n3", "a"), ("n1", "a"), ("n2", "a"))]},
    {"state": {"location": "off", "who": "friends", "updates": "on"}},
    {"opened": ["p3"], "evidence": ["s4", "s6"], "verdict": "no", "why": "Vi"},
]


TAPS: tuple[tuple[str, ...], ...] = (
    (
        "label:has([name=q1-flags][value=urgency])",
        "label:has([name=q1-flags][value=link])",
        "label:has([name=q1-verdict][value=phish])",
        "label:has([name=q1-action][value=report])",
    ),
    (
        "[data-branch-now] button[value='n1:b']",
        "[data-branch-now] button[value='n3:a']",
        "[data-branch-back] summary",
        "[data-branch-turns] button[value='n1:a']",
        "[data-branch-now] button[value='n2:a']",
    ),
    ("label:has([name=q3-location])",),
    (
        "[role=tab][data-tab=p3]",
        "label:has([name=q4-evidence][value=s4])",
        "label:has([name=q4-verdict][value=no])",
        "[role=tab][data-tab=p4]",
        "label:has([name=q4-evidence][value=s6])",
        "textarea",
    ),
)
"""What a finger touches in each scene."""

FIRST_LINE = """(selector) => {
  const node = document.querySelector(selector);
  node.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = node.getClientRects()[0];
  return [left + width / 2, top + height / 2, height];
}"""
"""The middle of the first line of an element, and how high that line is."""


def touch(page: Page, number: int) -> None:
    """Do a scene with one finger; every target is at least 44 pixels high."""
    for selector in TAPS[number]:
        x, y, height = page.evaluate(FIRST_LINE, selector)
        assert height >= LEAST_TARGET, f"{selector} is {height} px high"
        page.touchscreen.tap(x, y)
    if page.locator("select").count():
        page.locator("select").select_option("friends")
    if page.locator("textarea").count():
        page.keyboard.type("Vi")


def by_keyboard(page: Page, number: int) -> None:
    """Do a scene without a mouse."""
    (_message, _story, _settings, _web)[number](Keyboard(page))


@pytest.mark.parametrize(("language", "act"), [("vi", by_keyboard), ("en", touch)], ids=["keyboard", "touch"])
def test_every_scene_is_done_on_a_phone_and_what_is_sent_is_what_was_done(
    browser: Browser, start: str, client: Client, store: Store, language: str, act: Callable[[Page, int], None]
) -> None:
    context = browser.new_context(viewport=PHONE, locale=language, has_touch=act is touch)  # type: ignore[arg-type]  # a size of two numbers
    cookie = client.browser.get_cookie("session")
    assert cookie is not None
    with closed(context):
        address = start.split("/learn")[0]
        context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
        context.add_cookies([{"name": "lang", "value": language, "url": address}])
        page = context.new_page()
        page.goto(start)
        for number in range(len(SCENES)):
            act(page, number)
            is_clean(page)
            Keyboard(page).on()
        Keyboard(page).to("main form button[type=submit]").press("Enter")
        page.wait_for_url("**/receipt")
        page.goto(page.url.replace("attempts", "results").removesuffix("/receipt"))
        assert page.locator(".sign-found").count() == 2
        is_clean(page)
    with store() as session:
        assert [one.value for one in session.scalars(select(Response).order_by(Response.slot))] == ANSWERS
