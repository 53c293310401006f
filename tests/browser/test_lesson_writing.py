"""An editor changes a lesson, mends what the checker finds, a second editor agrees, and the lesson's page shows it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.browser.test_authoring import Open, desk
from tests.browser.test_scenes import is_clean
from tests.browser.visitor import DESK, PHONE
from tests.factories.curriculum import a_whole_lesson

__all__ = ["desk"]

Store = Callable[[], AbstractContextManager[Session]]
DRAFT = "/lessons/ML-06-03/draft"


@pytest.fixture
def whole_lesson(app: Flask, store: Store, tmp_path: Path) -> None:
    root = Path(app.extensions["settings"].data_dir) / "files"
    with store() as session:
        a_whole_lesson(session, tmp_path / "lessons", root=root, code="ML-06-03")


@pytest.mark.usefixtures("whole_lesson")
def test_a_change_is_written_mended_agreed_to_and_shown(desk: Open) -> None:
    with desk(0, "vi", PHONE) as page:
        page.goto("/lessons/ML-06-03")
        page.locator("form[action$='/revise'] button").click()
        page.wait_for_url(f"**{DRAFT}")
        is_clean(page)
        page.get_by_role("link", name="Từ cần nhớ").click()
        page.locator("[value='add:c-vocabulary']").click()
        page.locator("#c-vocabulary-1-term-vi").fill("nguồn tin")
        page.locator("#c-vocabulary-1-term-en").fill("source")
        page.locator("#c-vocabulary-1-meaning-vi").fill("Nơi đầu tiên đăng tin.")
        page.locator("#authoring [value=save]").click()
        page.locator("#c-vocabulary-1-meaning-en-error").wait_for()
        is_clean(page)
        page.locator("#c-vocabulary-1-meaning-en").fill("Where a story was first posted.")
        page.locator("#authoring [value=save]").click()
        page.locator("#c-vocabulary-1-meaning-en-error").wait_for(state="detached")
        page.goto(DRAFT)
        page.locator("form[action$='/propose'] button").click()
        page.locator(".status-warn").first.wait_for()
    with desk(1, "en", DESK) as page:
        page.goto("/lessons/reviews")
        is_clean(page)
        page.get_by_role("link", name="In English: Thông tin và mật khẩu").first.click()
        page.locator("form[action$='/confirm'] button").click()
        page.locator(".authoring-acts [data-behaviour=dialog]").first.click()
        page.locator("form[action$='/publish'] [type=submit]").click()
        page.wait_for_url("**/lessons/ML-06-03")
        assert page.get_by_text("Where a story was first posted.").is_visible()
