"""Choice, several choices, true or false, matching, ordering and headlines on a phone: by keys alone, by touch."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from school_safety.classroom.models import Response
from tests.browser.places import Place, Store, a_place
from tests.browser.test_scenes import Keyboard, is_clean
from tests.client import Client

TYPES = ("choice", "multi", "truefalse", "match", "headlines", "order")
STEMS = {"s1": "risky", "s2": "safe", "s3": "ask", "s4": "safe"}
HEADLINES = {**{f"t{n}": "true" for n in (1, 2, 3)}, **{f"f{n}": "false" for n in (1, 2, 3)}}
ANSWERS: list[dict[str, Any]] = [
    {"choice": "B"},
    {"choices": ["A", "C"]},
    {"value": False},
    {"pairs": STEMS},
    {"judg": HEADLINES},
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

    def pick(name: str, value: str) -> None:
        keys.to(f"[name={name}]").press("Home")
        while page.locator(f"[name={name}]").input_value() != value:
            keys.press("ArrowDown")

    return [
        lambda: choose("q1-choice", "B"),
        lambda: [keys.to(f"[name=q2-choices][value={option}]").press("Space") for option in _shown(page, "AC")],
        lambda: choose("q3-value", "false"),
        lambda: [pick(f"q4-{stem}", STEMS[stem]) for stem in _names(page, "select")],
        lambda: [choose(f"q5-{headline}", HEADLINES[headline]) for headline in _names(page, "[value=true]")],
        lambda: keys.to("button[value$=':down']").press("Enter"),
    ]


def _by_touch(page: Page) -> list[Callable[[], Any]]:
    def tap(name: str, value: str) -> None:
        page.locator(f"label:has([name={name}][value={value}])").tap()

    return [
        lambda: tap("q1-choice", "B"),
        lambda: [tap("q2-choices", option) for option in "AC"],
        lambda: tap("q3-value", "false"),
        lambda: [page.locator(f"[name=q4-{stem}]").select_option(category) for stem, category in STEMS.items()],
        lambda: [tap(f"q5-{headline}", said) for headline, said in HEADLINES.items()],
        lambda: page.locator("button[value$=':down']").first.tap(),
    ]


def _shown(page: Page, wanted: str) -> list[str]:
    """These options in the order in which this pupil sees them."""
    values: list[str] = page.locator("[name=q2-choices]").evaluate_all("all => all.map(one => one.value)")
    return [value for value in values if value in wanted]


def _names(page: Page, selector: str) -> list[str]:
    """The parts of the item in the order in which this pupil meets them."""
    names: list[str] = page.locator(f"#quiz {selector}").evaluate_all("all => all.map(one => one.name)")
    return [name.partition("-")[2] for name in names]


@pytest.mark.parametrize(("language", "hand"), [("vi", _by_keys), ("en", _by_touch)], ids=["keyboard", "touch"])
def test_every_chosen_type_is_done_on_a_phone_and_what_is_sent_is_what_was_done(
    place: Place, store: Store, language: str, hand: Callable[[Page], list[Callable[[], Any]]]
) -> None:
    with place.at_work(place.room.pupils[0], language) as page:
        for act in hand(page):
            act()
            is_clean(page)
            Keyboard(page).on()
        Keyboard(page).to("main form button[type=submit]").press("Enter")
        page.wait_for_url("**/receipt")
        is_clean(page)
    with store() as session:
        stored = [one.value for one in session.scalars(select(Response).order_by(Response.slot))]
    assert stored[:-1] == ANSWERS
    assert stored[-1] is not None and sorted(stored[-1]["order"]) == list("abcdef")
