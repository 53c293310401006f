"""Putting steps in order by keyboard, with script and without."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from school_safety.access.policy import Role
from tests.browser.visitor import closed
from tests.client import Client
from tests.factories.assessment import an_item
from tests.factories.people import a_member


@pytest.fixture
def address(app: Flask, store: Callable[[], AbstractContextManager[Session]], client: Client) -> Iterator[str]:
    """A running server with one ordering in its bank, and `client` signed in as a teacher."""
    with store() as session:
        an_item(session, code="OS-06-01-04", type="order")
        teacher = a_member(session, Role.TEACHER)
    client.sign_in(teacher)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _open(browser: Browser, address: str, client: Client, *, script: bool) -> tuple[BrowserContext, Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=script)
    cookie = client.browser.get_cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/items/OS-06-01-04")
    return context, page


def _order(page: Page) -> list[str | None]:
    return [row.get_attribute("value") for row in page.locator("input[name='q1-order']").all()]


def test_a_step_is_moved_by_keyboard_said_aloud_and_keeps_the_focus(
    browser: Browser, address: str, client: Client
) -> None:
    context, page = _open(browser, address, client, script=True)
    with closed(context):
        before = _order(page)
        down = page.locator(f"button[value='{before[0]}:down']")
        down.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Space")
        assert _order(page) == [before[1], before[2], before[0], *before[3:]]
        assert "giờ ở vị trí 3 trên 6" in (page.locator("[data-order-live]").text_content() or "")
        assert page.evaluate("document.activeElement.value") == f"{before[0]}:down"
        assert page.locator("input[name='q1-touched']").get_attribute("value") == "1"
        assert page.locator(f"button[value='{before[1]}:up']").get_attribute("aria-disabled") == "true"


def test_the_order_first_shown_becomes_an_answer_only_when_it_is_kept(
    browser: Browser, address: str, client: Client
) -> None:
    context, page = _open(browser, address, client, script=True)
    with closed(context):
        before = _order(page)
        assert page.locator("input[name='q1-touched']").get_attribute("value") == ""
        page.get_by_role("button", name="Giữ thứ tự này").click()
        assert page.locator("input[name='q1-touched']").get_attribute("value") == "1"
        assert _order(page) == before
        assert page.get_by_text("Câu trả lời của em là thứ tự đang thấy.").is_visible()


def test_without_script_the_same_buttons_move_and_the_answer_is_scored(
    browser: Browser, address: str, client: Client
) -> None:
    context, page = _open(browser, address, client, script=False)
    with closed(context):
        before = _order(page)
        page.locator(f"button[value='{before[1]}:up']").click()
        assert _order(page) == [before[1], before[0], *before[2:]]
        page.locator(".form-actions").get_by_role("button", name="Xem kết quả").click()
        assert page.get_by_text("trên 1 điểm").is_visible()
