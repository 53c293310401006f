"""A teacher types a class's sheets with the keyboard alone."""

from collections.abc import Callable

from tests.browser.province import Province
from tests.browser.visitor import DESK, Visitor


def test_sheets_are_typed_with_enter_arrows_and_tab_and_a_wrong_letter_stays_beside_its_words(
    own_province: Province, visitors: Callable[..., Visitor]
) -> None:
    teacher = visitors(own_province, "vi", DESK).sign_in("teacher")
    page = teacher.go("/assignments/new?lesson=OS-06-01").page
    page.locator("[name=classes]").first.check()
    teacher.send(button="button[value=publish]")
    page.locator("main .tabs a", has_text="Trên giấy").click()
    page.wait_for_load_state("load")
    teacher.is_accessible()
    fields = page.locator(".entry tbody tr").first.locator("input")
    assert fields.count() > 1
    fields.first.focus()
    for key in ("Z", "Enter", "-", "ArrowUp", "ArrowRight", "-", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.name") == fields.nth(2).get_attribute("name")
    second_row = page.locator(".entry tbody tr").nth(1).locator("input").first
    assert (fields.first.input_value(), fields.nth(1).input_value(), second_row.input_value()) == ("Z", "-", "-")
    # When one letter is wrong, all stay and the words stand beside it
    teacher.send(within="form.stack", button=".form-actions button", status=422)
    assert fields.first.input_value() == "Z" and "Chỉ gõ" in teacher.words()
    teacher.is_accessible()
    fields.first.fill("-")
    teacher.send(within="form.stack", button=".form-actions button")
    assert "Đã nhập bài của 2 em." in teacher.words()
