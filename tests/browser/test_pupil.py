"""A pupil on a shared phone: the card's door and the other one, the quiz with and without scripts, wrong PINs."""

import re
from collections.abc import Callable

from tests.browser.province import Province
from tests.browser.taking import SAFE, answer, answer_by_keyboard, hand_in, held, open_and_start, take
from tests.browser.visitor import PHONE, Visitor

Visitors = Callable[..., Visitor]
FEWEST_ITEMS = 5


def test_a_pupil_enters_by_card_and_every_answer_is_safe_on_the_server_before_the_page_says_so(
    own_province: Province, visitors: Visitors
) -> None:
    pupil = visitors(own_province)
    pupil.page.goto(own_province.url + own_province.card)
    pupil.page.wait_for_url("**/learn")
    assert "#" not in pupil.page.url, "the token left the address"
    pupil.is_accessible()
    open_and_start(pupil)
    pupil.is_accessible()
    first = pupil.page.url
    assert answer(pupil)
    pupil.page.wait_for_selector(SAFE)
    given = held(pupil)
    assert given
    pupil.page.reload()
    assert held(pupil) == given, "what was saved is still there after a reload"
    assert take(pupil) >= FEWEST_ITEMS - 1  # the first one is done, and an ordering done asks for nothing more
    pupil.is_accessible()
    pupil.page.goto(first)
    assert held(pupil) == given
    hand_in(pupil)
    pupil.is_accessible()
    pupil.page.locator("a[href*='/learn/results/']").first.click()
    pupil.page.wait_for_load_state("load")
    pupil.is_accessible()
    pupil.send("form[action$='/sign-out']", status=200)
    pupil.go("/learn/results", status=200)
    assert "/sign-in" in pupil.page.url, "signed out on the server, not only here"


def test_the_quiz_works_without_scripts_through_the_other_door(own_province: Province, visitors: Visitors) -> None:
    pupil = visitors(own_province, "vi", PHONE, scripts=False)
    _enter_by_class_code(pupil)
    pupil.send(status=200)
    assert "/learn" in pupil.page.url
    open_and_start(pupil)
    assert take(pupil, scripts=False) >= FEWEST_ITEMS
    hand_in(pupil)
    assert "/receipt" in pupil.page.url


def test_six_wrong_pins_are_a_429_that_says_when_to_try_again_on_every_device(
    own_province: Province, visitors: Visitors
) -> None:
    pupil = visitors(own_province, "vi")
    for _try in range(5):
        _enter_by_class_code(pupil, pin="000000")
        pupil.send(status=422)
        assert pupil.value("list_number") == _card(own_province)[1], "what was typed is kept"
        assert pupil.value("pin") == ""
    for device in (pupil, visitors(own_province, "en")):
        _enter_by_class_code(device, pin="000000")
        device.send(status=429)
        assert any(re.search(r"\b\d{2}:\d{2}\b", error) for error in device.errors()), device.errors()
        device.is_accessible()


def test_a_pupil_can_do_an_item_with_the_keyboard_alone(own_province: Province, visitors: Visitors) -> None:
    pupil = visitors(own_province)
    pupil.page.goto(own_province.url + own_province.card)
    pupil.page.wait_for_url("**/learn")
    open_and_start(pupil)
    answer_by_keyboard(pupil)


def _card(province: Province) -> list[str]:
    """Class code, list number, PIN."""
    code, number, pin = province.doors["pupil"].secret.split(" · ")
    return [code, number, pin.removeprefix("PIN ")]


def _enter_by_class_code(pupil: Visitor, pin: str = "") -> None:
    code, number, right = _card(pupil.province)
    pupil.go("/sign-in")
    pupil.fill({"class_code": code, "list_number": number, "pin": pin or right})
