"""Grid, gaps, short answer, essay and survey done on a phone by keyboard alone or by touch; an essay marked by keys."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from school_safety.classroom.models import Mark, Response
from tests.browser.places import Place, Store, a_place
from tests.browser.test_scenes import Keyboard, is_clean
from tests.client import Client

TYPES = ("grid", "gap", "short", "essay", "survey")
GAPS = """() => [...document.querySelectorAll("select.gap")].map((gap) => {
  const box = gap.getBoundingClientRect();
  return [box.left, box.top, box.width, box.height].map(Math.round);
})"""
ANSWERS: list[dict[str, Any]] = [
    {"rows": {"r1": "risky", "r2": "risky", "r3": "risky", "r4": "risky"}},
    {"gaps": {"g1": "b", "g2": "a"}},
    {"text": "cụm mật khẩu"},
    {"text": "Em hỏi mẹ"},
    {"choice": "rarely"},
]


@pytest.fixture
def place(app: Flask, store: Store, client: Client, browser: Browser) -> Iterator[Place]:
    """A class with a quiz of these types."""
    with a_place(app, store, client, browser, TYPES) as made:
        yield made


def _by_keys(page: Page) -> list[Callable[[], Any]]:
    keys = Keyboard(page)

    def choose(name: str, value: str) -> None:
        keys.to(f"[name={name}]").press("Space")
        while not page.locator(f"[name={name}][value={value}]").is_checked():
            keys.press("ArrowDown")

    def fill_gaps() -> None:
        before = page.evaluate(GAPS)
        for gap, option in (("g1", "b"), ("g2", "a")):
            keys.to(f"[name=q2-{gap}]").press("Home")
            while page.locator(f"[name=q2-{gap}]").input_value() != option:
                keys.press("ArrowDown")
        assert page.evaluate(GAPS) == before, "choosing moved the text"

    def write() -> None:
        keys.to("textarea")
        page.keyboard.insert_text("Em hỏi mẹ")
        keys.to("[data-words-say]").press("Enter")
        assert "3" in page.locator("[data-words-said]").inner_text()

    return [
        lambda: [choose(f"q1-{row}", "risky") for row in ("r1", "r2", "r3", "r4")],
        fill_gaps,
        lambda: (keys.to("[name=q3-text]"), page.keyboard.insert_text("cụm mật khẩu")),
        write,
        lambda: choose("q5-choice", "rarely"),
    ]


def _by_touch(page: Page) -> list[Callable[[], Any]]:
    def tap(name: str, value: str) -> None:
        page.locator(f"label:has([name={name}][value={value}])").tap()

    def fill(selector: str, words: str) -> None:
        page.locator(selector).tap()
        page.locator(selector).fill(words)

    return [
        lambda: [tap(f"q1-{row}", "risky") for row in ("r1", "r2", "r3", "r4")],
        lambda: [page.locator(f"[name=q2-{gap}]").select_option(option) for gap, option in (("g1", "b"), ("g2", "a"))],
        lambda: fill("[name=q3-text]", "cụm mật khẩu"),
        lambda: fill("textarea", "Em hỏi mẹ"),
        lambda: tap("q5-choice", "rarely"),
    ]


@pytest.mark.parametrize(("language", "hand"), [("vi", _by_keys), ("en", _by_touch)], ids=["keyboard", "touch"])
def test_every_written_type_is_done_on_a_phone_and_what_is_sent_is_what_was_done(
    place: Place, store: Store, language: str, hand: Callable[[Page], list[Callable[[], Any]]]
) -> None:
    pupil = place.room.pupils[0]
    with place.at_work(pupil, language) as page:
        for act in hand(page):
            act()
            is_clean(page)
            Keyboard(page).on()
        Keyboard(page).to("main form button[type=submit]").press("Enter")
        page.wait_for_url("**/receipt")
        page.goto(page.url.replace("attempts", "results").removesuffix("/receipt"))
        assert page.locator(".essay-words").first.inner_text() == "Em hỏi mẹ"
        is_clean(page)
    with store() as session:
        assert [one.value for one in session.scalars(select(Response).order_by(Response.slot))] == ANSWERS


def test_a_teacher_marks_by_keyboard_alone(place: Place, store: Store) -> None:
    pupil = place.client.sign_in(place.room.pupils[0])
    attempt = pupil.post(f"/learn/assignments/{place.group}/start").headers["Location"].partition("/items/")[0]
    pupil.post(f"{attempt}/items/4", {"q4-text": "Em hỏi mẹ", "go": "next"})
    pupil.post(f"{attempt}/submit")
    with place.page_of(place.room.teacher, "vi") as page:
        keys = Keyboard(page)
        page.goto(f"{place.address}/assignments/{place.group}/marking")
        is_clean(page)
        keys.to("a[href*='/marks/']").press("Enter")
        page.wait_for_url("**/marks/4")
        is_clean(page)
        keys.to("[name=mark_c1]").press("ArrowDown").to("[name=mark_c2]").press("Space")
        with page.expect_navigation():
            keys.press("Enter")
        assert "Đã chấm hết" in page.locator("main").inner_text()
    with store() as session:
        assert [mark.criteria for mark in session.scalars(select(Mark))] == [{"c1": 1, "c2": 0}]
