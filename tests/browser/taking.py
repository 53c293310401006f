"""How a pupil takes a quiz in a browser, whatever types its items have."""

import re

from playwright.sync_api import Locator

from tests.browser.visitor import Visitor

MOST_ITEMS = 40
SAFE = "[data-save] [data-state=saved]:not([hidden])"
HELD = """() => [...new FormData(document.querySelector("#quiz"))]
  .filter(([name, value]) => /^q\\d/.test(name) && value !== "").map(([name, value]) => `${name}=${value}`)"""
"""What the item's own fields hold."""


def open_and_start(pupil: Visitor) -> None:
    """From the first page to the first item of the next thing to do."""
    page = pupil.page
    page.locator("main a[href*='/learn/assignments/'], main a[href*='/learn/attempts/']").first.click()
    page.wait_for_load_state("load")
    if "/items/" not in page.url:
        pupil.send("form[action$='/start']")
    assert "/items/" in page.url


def take(pupil: Visitor, *, scripts: bool = True) -> int:
    """Answer item after item until nothing but handing in is left; returns how many were answered.

    With scripts, the page must say of each that the server has it.
    """
    answered = 0
    for _step in range(MOST_ITEMS):
        if "/submit" in pupil.page.url:
            break
        if answer(pupil):
            answered += 1
            if scripts:
                pupil.page.wait_for_selector(SAFE)
        go_on(pupil)
    assert "/submit" in pupil.page.url
    return answered


def answer(pupil: Visitor) -> bool:
    """Give some answer: the first choice of every group, a tick, the first of every list, some words; else the order as
    it stands. False when the item offers none of these."""
    form = pupil.page.locator("#quiz")
    radios, ticks = form.locator("input[type=radio]"), form.locator("input[type=checkbox]")
    lists, words = form.locator("select"), form.locator("textarea, input[type=text]")
    for name in radios.evaluate_all("all => [...new Set(all.map(one => one.name))]"):
        form.locator(f"input[type=radio][name='{name}']").first.check(force=True)
    if not radios.count() and ticks.count():
        ticks.first.check(force=True)
    for place in range(lists.count()):
        lists.nth(place).select_option(index=1)
    for place in range(words.count()):
        words.nth(place).fill("Em hỏi thầy cô trước khi bấm.")
    if radios.count() or ticks.count() or lists.count() or words.count():
        return True
    keep = form.locator("button[value=keep]:visible")
    if not keep.count():
        return False
    keep.click()
    pupil.page.wait_for_load_state("load")
    return True


def held(pupil: Visitor) -> list[str]:
    """What the fields of the item hold now."""
    found: list[str] = pupil.page.evaluate(HELD)
    return found


def go_on(pupil: Visitor) -> None:
    """To the next item, or to handing in after the last."""
    before = pupil.page.url
    pupil.page.locator(".answer-bar button[value=next], .answer-bar button[value=submit]").last.click()
    pupil.page.wait_for_url(lambda url: url != before)


def answer_by_keyboard(pupil: Visitor) -> None:
    """Walk to the item's first control that does something, and use it as its kind is used."""
    keys = pupil.page.keyboard
    control = _tab_to(pupil, "#quiz :is(input, select, textarea, button):not([aria-disabled=true], [role=tab])")
    kind = control.evaluate("node => node.type")
    if kind in ("radio", "checkbox"):
        keys.press("Space")
    elif kind.startswith("select"):
        keys.press("ArrowDown")
    elif kind.startswith("text"):
        keys.type("Em hỏi thầy cô.")
    else:
        keys.press("Enter")
    pupil.page.wait_for_selector(SAFE)
    _tab_to(pupil, ".answer-bar [value=next]")
    before = pupil.page.url
    keys.press("Enter")
    pupil.page.wait_for_url(lambda url: url != before)


def hand_in(pupil: Visitor) -> str:
    """Hand in from the last page; returns the receipt that the page shows."""
    pupil.page.goto(re.sub(r"/(items/.*|submit)$", "/submit", pupil.page.url))
    pupil.send("form[action$='/submit']")
    receipt = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{2,3}\b", pupil.words())
    assert receipt is not None, pupil.words()
    return receipt[0]


def _tab_to(pupil: Visitor, wanted: str) -> Locator:
    for _step in range(80):
        pupil.page.keyboard.press("Tab")
        if pupil.page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return pupil.page.locator("*:focus")
    raise AssertionError(f"the keyboard never reaches {wanted}")
