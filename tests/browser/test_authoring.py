"""An editor writes a choice and a message with warning signs; another one agrees; both reach the bank."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from school_safety.access.policy import Role
from school_safety.assessment.types import DESCRIPTIONS
from school_safety.roster.models import Person
from tests.browser.test_scenes import is_clean
from tests.browser.visitor import DESK, PHONE, closed
from tests.client import Client
from tests.factories.assessment import CONTENTS, an_item
from tests.factories.authoring import posted
from tests.factories.curriculum import a_lesson
from tests.factories.people import a_member
from tests.factories.registry import a_province

Store = Callable[[], AbstractContextManager[Session]]
Open = Callable[[int, str, Any], AbstractContextManager[Page]]


@pytest.fixture
def desk(app: Flask, store: Store, client: Client, browser: Browser) -> Iterator[Open]:
    """Opens a browser of the first or second editor of a served province."""
    with store() as session:
        a_lesson(session, code="OS-06-01")
        an_item(session, code="OS-06-01-01")
        province = a_province(session)[1]
        editors = [a_member(session, Role.EDITOR, unit=province) for _ in range(2)]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    thread = Thread(target=server.serve_forever)
    thread.start()

    @contextmanager
    def opened(number: int, language: str, window: Any) -> Iterator[Page]:
        cookie = _session_of(client, editors[number])
        context = browser.new_context(viewport=window, base_url=address, locale=language)
        with closed(context):
            for name, value in (("session", cookie), ("lang", language)):
                context.add_cookies([{"name": name, "value": value, "url": address}])
            yield context.new_page()

    yield opened
    server.shutdown()
    thread.join()
    server.server_close()


def _session_of(client: Client, person: Person) -> str:
    cookie = client.sign_in(person).browser.get_cookie("session")
    assert cookie is not None
    return cookie.value


def _write(page: Page, type_code: str) -> None:
    """Choose the type, press for as many parts as the content has, and type all of it."""
    description, content = DESCRIPTIONS[type_code], CONTENTS[type_code]()
    page.goto("/items/new?lesson=OS-06-01")
    page.locator(f"#type-{type_code}").check()
    page.locator("main form .button[type=submit]").first.click()
    for name in posted(description, content):
        if name.endswith("-id"):
            _make_part(page, name.removesuffix("-id"))
    for name, values in posted(description, content).items():
        field = page.locator(f"[name='{name}']").first
        if field.evaluate("field => field.type") == "hidden":
            continue
        page.evaluate("document.querySelectorAll('form details').forEach((box) => { box.open = true; })")
        if name.endswith("-named") or field.evaluate("field => field.type") == "checkbox":
            field.check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            _choose(page, name, values[0])
        else:
            field.fill(values[0])


def _make_part(page: Page, name: str) -> None:
    if page.locator(f"fieldset[id='{name}']").count() == 0:
        page.locator(f"[value='add:{name.rpartition('-')[0]}']").click()
        page.locator(f"fieldset[id='{name}']").wait_for()


def _choose(page: Page, name: str, value: str) -> None:
    """Pick a value; parts that were only now ticked are offered once the page was brought up to date."""
    options = page.locator(f"[name='{name}'] option")
    offered = options.evaluate_all("options => options.map((option) => option.value)")
    page.locator(f"[name='{name}']").select_option(value if value in offered else offered[-1])


def test_two_editors_bring_a_choice_and_a_message_into_the_bank(desk: Open) -> None:
    with desk(0, "vi", DESK) as page:
        _write(page, "choice")
        page.locator("#c-options-1-text-en").fill("")
        page.locator("[value=save]").click()
        assert page.locator("#c-options-1-text-en-error").is_visible()
        is_clean(page)
        page.locator("#c-options-1-text-en").fill("Option B")
        page.locator("[value=save]").click()
        page.wait_for_url("**/items/OS-06-01-E01/draft")
    with desk(0, "en", PHONE) as page:
        _write_message(page)
        is_clean(page)
    with desk(1, "en", DESK) as page:
        for code in ("OS-06-01-E01", "OS-06-01-E02"):
            page.goto(f"/items/{code}/draft")
            page.locator(f"form[action$='{code}/review'] button").click()
            page.locator(".status-good").wait_for()
            page.locator(".authoring-acts [data-behaviour=dialog]").first.click()
            page.locator(f"form[action$='{code}/publish'] [type=submit]").click()
            page.wait_for_url(f"**/items/{code}")
        page.goto("/items")
        assert page.get_by_role("link", name="OS-06-01-E02").is_visible()


def _write_message(page: Page) -> None:
    """Spans first; once the page was brought up to date the signs can point to those that are ticked."""
    content = CONTENTS["hotspot"]()
    page.goto("/items/new?lesson=OS-06-01&type=hotspot")
    for number, span in enumerate(content["screen"]["spans"]):
        name = f"c-screen-spans-{number}"
        _make_part(page, name)
        page.locator(f"#{name}-role").select_option(span["role"])
        for language, text in span["text"].items():
            page.locator(f"#{name}-text-{language}").fill(text)
        if "id" in span:
            page.locator(f"#{name}-named").check()
    page.locator("main [value=look]").last.click()
    page.locator("#c-flags-0-id option").nth(5).wait_for(state="attached")
    page.locator("#c-flags-0-id").select_option(index=5)
    rest = {name: values[0] for name, values in posted(DESCRIPTIONS["hotspot"], content).items()}
    for name in ("c-flags-0-why-vi", "c-flags-0-why-en", "c-stem-vi", "c-stem-en"):
        page.locator(f"#{name}").fill(rest[name])
    page.locator("#c-screen-kind").select_option("sms")
    page.locator("#c-verdict").select_option("phish")
    for name, value in rest.items():
        if name.startswith("c-actions") and name.endswith(("-vi", "-en", "-weight")):
            page.locator(f"#{name}").fill(value)
    page.locator("main [value=save]").click()
    page.wait_for_url("**/items/OS-06-01-E02/draft")
