"""A pupil on a shared phone: the card's door and the other one, the quiz with and without scripts, wrong PINs."""

import re
from collections.abc import Callable

import pytest

from tests.browser.province import Province
from tests.browser.visitor import PHONE, Visitor

Visitors = Callable[..., Visitor]
MOST_ITEMS = 40


@pytest.fixture
def given_province(own_province: Province, visitors: Visitors) -> Province:
    """A province whose pupils have just been given ML-06-03."""
    teacher = visitors(own_province).sign_in("teacher")
    teacher.go("/assignments/new?lesson=ML-06-03")
    for tick in teacher.page.locator("main [name=classes]").all():
        tick.check()
    teacher.send(button="button[value=publish]")
    return own_province


def test_a_pupil_enters_by_card_and_every_answer_is_safe_on_the_server_before_the_page_says_so(
    given_province: Province, visitors: Visitors
) -> None:
    pupil = visitors(given_province)
    pupil.page.goto(given_province.url + given_province.card)
    pupil.page.wait_for_url("**/learn")
    assert "#" not in pupil.page.url, "the token left the address"
    pupil.is_accessible()
    _open_and_start(pupil)
    pupil.is_accessible()
    first = pupil.page.url
    answered = 0
    while "/submit" not in pupil.page.url and answered < MOST_ITEMS:
        _answer(pupil)
        if pupil.page.locator("input[type=radio]:checked, input[type=checkbox]:checked").count():
            pupil.page.wait_for_selector("[data-save] [data-state=saved]:not([hidden])")
        answered += 1
        _next(pupil)
    assert answered >= 5
    pupil.is_accessible()
    pupil.page.goto(first)
    assert pupil.page.locator("input:checked").count() >= 1, "what was saved is still there after a reload"
    pupil.page.goto(re.sub(r"/items/.*", "/submit", first))
    pupil.send("form[action$='/submit']")
    pupil.is_accessible()
    receipt = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{2,3}\b", pupil.words())
    assert receipt is not None, pupil.words()
    pupil.page.locator("a[href*='/learn/results/']").first.click()
    pupil.page.wait_for_load_state("load")
    pupil.is_accessible()
    pupil.send("form[action$='/sign-out']", status=200)
    pupil.go("/learn/results", status=200)
    assert "/sign-in" in pupil.page.url, "signed out on the server, not only here"


def test_the_quiz_works_without_scripts_through_the_other_door(given_province: Province, visitors: Visitors) -> None:
    pupil = visitors(given_province, "vi", PHONE, scripts=False)
    _enter_by_class_code(pupil)
    pupil.send(status=200)
    assert "/learn" in pupil.page.url
    _open_and_start(pupil)
    answered = 0
    while "/submit" not in pupil.page.url and answered < MOST_ITEMS:
        _answer(pupil)
        answered += 1
        _next(pupil)
    pupil.send("form[action$='/submit']")
    assert "/receipt" in pupil.page.url


@pytest.mark.parametrize("language", ["vi", "en"])
def test_six_wrong_pins_are_a_429_that_says_when_to_try_again(
    language: str, own_province: Province, visitors: Visitors
) -> None:
    pupil = visitors(own_province, language)
    for _try in range(5):
        _enter_by_class_code(pupil, pin="000000")
        pupil.send(status=422)
        assert pupil.value("list_number") == _card(own_province)[1], "what was typed is kept"
        assert pupil.value("pin") == ""
    _enter_by_class_code(pupil, pin="000000")
    pupil.send(status=429)
    assert any(re.search(r"\b\d{2}:\d{2}\b", error) for error in pupil.errors()), pupil.errors()
    pupil.is_accessible()


def test_a_pupil_can_do_an_item_with_the_keyboard_alone(given_province: Province, visitors: Visitors) -> None:
    pupil = visitors(given_province)
    pupil.page.goto(given_province.url + given_province.card)
    pupil.page.wait_for_url("**/learn")
    _open_and_start(pupil)
    keys = pupil.page.keyboard
    for _step in range(60):
        keys.press("Tab")
        if pupil.page.evaluate("document.activeElement.matches('#quiz input, #quiz button')"):
            break
    keys.press("Space")
    pupil.page.wait_for_selector("[data-save] [data-state=saved]:not([hidden])")
    for _step in range(60):
        keys.press("Tab")
        if pupil.page.evaluate("document.activeElement.matches('.answer-bar [value=next]')"):
            break
    before = pupil.page.url
    keys.press("Enter")
    pupil.page.wait_for_url(lambda url: url != before)


def _card(province: Province) -> list[str]:
    """Class code, list number, PIN."""
    code, number, pin = province.doors["pupil"].secret.split(" · ")
    return [code, number, pin.removeprefix("PIN ")]


def _enter_by_class_code(pupil: Visitor, pin: str = "") -> None:
    code, number, right = _card(pupil.province)
    pupil.go("/sign-in")
    pupil.fill({"class_code": code, "list_number": number, "pin": pin or right})


def _open_and_start(pupil: Visitor) -> None:
    """From the first page to the first item: whatever the next thing is."""
    page = pupil.page
    page.locator("main a[href*='/learn/assignments/'], main a[href*='/learn/attempts/']").first.click()
    page.wait_for_load_state("load")
    if "/items/" not in page.url:
        pupil.send("form[action$='/start']")
    assert "/items/" in page.url


def _answer(pupil: Visitor) -> None:
    """Some answer: the first choice of every group, the first box, the first of every list."""
    form = pupil.page.locator("#quiz")
    groups = form.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    for name in groups:
        form.locator(f"input[type=radio][name='{name}']").first.check(force=True)
    if not groups and form.locator("input[type=checkbox]").count():
        form.locator("input[type=checkbox]").first.check(force=True)
    for place in range(form.locator("select").count()):
        form.locator("select").nth(place).select_option(index=1)


def _next(pupil: Visitor) -> None:
    before = pupil.page.url
    pupil.page.locator(".answer-bar button[value=next], .answer-bar button[value=submit]").last.click()
    pupil.page.wait_for_url(lambda url: url != before)
