"""A coordinator takes a leaflet on a phone and arrives at the delivery form, filled in."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from school_safety.access.policy import Role
from school_safety.kit import clock
from school_safety.packs.models import OutreachDownload
from school_safety.planning.models import Delivery
from tests.browser.test_scenes import is_clean
from tests.browser.visitor import PHONE, closed
from tests.client import Client
from tests.factories.curriculum import a_lesson
from tests.factories.people import a_member
from tests.factories.planning import BOTH_STRANDS, a_publication, a_school_year
from tests.factories.registry import the_school

Store = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
LEAFLETS = {"title": "Phát tờ gấp cho gia đình", "channel": "leaflet", "lessons": ("OS-06-01",)}


def _on_that_day(app: Flask) -> Callable[..., Any]:
    """The application with its clock set in every thread."""

    def answer(environ: Any, start_response: Any) -> Any:
        with clock.at(NOW):
            return app(environ, start_response)

    return answer


@pytest.fixture
def phone(app: Flask, store: Store, client: Client, browser: Browser) -> Iterator[Page]:
    """A coordinator's phone, in a school with a published programme; the server's day is 20 November 2026."""
    with clock.at(NOW), store() as session:
        a_lesson(session)
        here = a_school_year(session)
        a_publication(session, here=here, activities=[*BOTH_STRANDS, LEAFLETS])
        coordinator = a_member(session, Role.COORDINATOR, school=the_school(session, here.school))
    with clock.at(NOW):
        client.sign_in(coordinator)
        cookie = client.browser.get_cookie("session")
        assert cookie is not None
        server = make_server("127.0.0.1", 0, _on_that_day(app), threaded=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.port}"
        context = browser.new_context(base_url=address, viewport=PHONE, locale="vi", accept_downloads=True)  # type: ignore[arg-type]  # a size of two numbers
        with closed(context):
            context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
            yield context.new_page()
        server.shutdown()
        thread.join()
        server.server_close()


def test_taking_a_leaflet_ends_in_the_delivery_form_filled_in_and_records_nothing(phone: Page, store: Store) -> None:
    # Given the kit of a lesson
    phone.goto("/lessons/OS-06-01/outreach")
    is_clean(phone)
    # When the coordinator takes the leaflet
    with phone.expect_download() as waiting:
        phone.get_by_role("button", name="Lấy PDF Tờ gấp").click()
    assert waiting.value.suggested_filename == "os-06-01-leaflet-vi.pdf"
    phone.get_by_role("link", name="Ghi hoạt động").first.click()
    # Then the form names activity, day and lesson, and nothing has been recorded yet
    chosen = phone.locator("[name=activity]").evaluate("(list) => list.selectedOptions[0].textContent")
    assert "Phát tờ gấp cho gia đình" in chosen
    assert "OS-06-01" in phone.locator("[name=note]").input_value()
    assert phone.locator("[name=taught_on]").input_value() in ("20/11/2026", "2026-11-20")
    is_clean(phone)
    with store() as session:
        assert len(session.scalars(select(OutreachDownload)).all()) == 1
        assert session.scalars(select(Delivery)).all() == []
