"""The doors in a real browser: a card without a trace in the address, and without scripts a way on foot."""

from collections.abc import Callable

from tests.browser.province import Province
from tests.browser.visitor import Visitor


def test_a_card_opens_the_door_and_its_token_leaves_the_address(
    standing_province: Province, visitors: Callable[..., Visitor]
) -> None:
    pupil = visitors(standing_province)
    asked: list[str] = []
    pupil.page.on("request", lambda request: asked.append(request.url))

    pupil.page.goto(standing_province.url + standing_province.card)
    pupil.page.wait_for_url("**/learn**")

    token = standing_province.card.partition("#")[2]
    assert not [url for url in asked if token in url.partition("#")[0]], "no log ever sees the token"
    assert "#" not in pupil.page.url
    pupil.page.go_back()
    assert token not in pupil.page.url, "nor does whoever takes the phone next"


def test_without_scripts_the_card_s_page_leads_to_the_other_door(
    standing_province: Province, visitors: Callable[..., Visitor]
) -> None:
    pupil = visitors(standing_province, scripts=False)
    pupil.page.goto(standing_province.url + standing_province.card)
    assert "Chưa đọc được mã trên thẻ" in pupil.words()
    pupil.page.get_by_role("link", name="Gõ mã lớp và PIN").click()
    assert pupil.page.get_by_label("Mã lớp").is_visible()


def test_the_doors_and_what_they_refuse_are_accessible_in_both_languages(
    standing_province: Province, visitors: Callable[..., Visitor]
) -> None:
    for language in ("vi", "en"):
        somebody = visitors(standing_province, language).go("/sign-in").is_accessible()
        somebody.fill({"class_code": "ZZZZZZ", "list_number": "9", "pin": "111222"}).send(status=422).is_accessible()
        assert somebody.value("class_code") == "ZZZZZZ", "what was typed is kept"
        assert somebody.page.locator("[name=pin]").input_value() == "", "but for the PIN"
        somebody.go("/k").is_accessible()
        somebody.go("/invitation").is_accessible()
        somebody.go("/privacy").is_accessible()
        somebody.go("/privacy/retention").is_accessible()
