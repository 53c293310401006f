"""The small manners of every page: a question before an act, what has been done, refused forms, unsaved changes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, flash, render_template_string
from playwright.sync_api import Browser, Dialog, Page

STATIC = Path(__file__).resolve().parent.parent.parent / "school_safety" / "static"
QUESTION = """{% from "components/post_button.html" import post_button %}
{{ post_button("Công bố", "/publish", confirm="Trang công khai mở ngay.", title="Công bố chương trình?") }}"""
DONE = """{% from "components/flash.html" import flash %}<main>{{ flash() }}</main>"""
REFUSED = '<div class="notice" id="errors" tabindex="-1" data-behaviour="errors">Chưa lưu.</div>'
FORM = '<form data-behaviour="dirty"><input name="a" aria-label="a"></form><a href="data:text/html,away">Đi</a>'

Show = Callable[..., Page]


@pytest.fixture
def show(app: Flask, browser: Browser) -> Iterator[Show]:
    """Renders a template into a page that has our style and, if wanted, our script."""
    contexts = []

    def make(template: str, *, script: bool = True, message: tuple[str, str] | None = None) -> Page:
        with app.test_request_context():
            if message:
                flash(*message)
            body = render_template_string(template)
        css = "".join((STATIC / "css" / f"{name}.css").read_text() for name in ("tokens", "base", "components"))
        code = (STATIC / "js" / "page.js").read_text()
        context = browser.new_context(java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.set_content(f"<!doctype html><style>{css}</style>{body}<script type=module>{code}</script>")
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_act_with_consequences_asks_first_and_escape_takes_nothing(show: Show, script: bool) -> None:
    page = show(QUESTION, script=script)
    question = page.locator("dialog")
    assert not question.is_visible()
    page.get_by_role("button", name="Công bố").press("Enter")
    question.wait_for(state="visible")
    assert "Trang công khai mở ngay." in question.inner_text()
    page.keyboard.press("Escape")
    question.wait_for(state="hidden")
    page.get_by_role("button", name="Công bố").click()
    page.get_by_role("button", name="Để sau").click()
    question.wait_for(state="hidden")


def test_good_news_floats_and_bad_news_stays_in_the_page(show: Show) -> None:
    good = show(DONE, message=("Đã lưu.", "good")).locator(".flashes")
    assert "flashes-float" in (good.get_attribute("class") or "")
    bad = show(DONE, message=("Chưa gửi được.", "bad")).locator(".flashes")
    assert "flashes-float" not in (bad.get_attribute("class") or "")


def test_the_summary_of_a_refused_form_is_read_first(show: Show) -> None:
    page = show(REFUSED)
    assert page.evaluate("document.activeElement.id") == "errors"


def test_leaving_a_changed_form_asks_and_an_untouched_one_does_not(show: Show) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page = show(FORM)
    page.on("dialog", answer)
    page.locator("input").fill("chữ")
    page.locator("input").press("a")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    untouched = show(FORM)
    untouched.on("dialog", answer)
    with untouched.expect_event("close"):
        untouched.close(run_before_unload=True)
    assert asked == ["beforeunload"]
