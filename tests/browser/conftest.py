"""Fixtures of the browser tests; without Chromium each is skipped, by name."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from tests.browser import province as provinces
from tests.browser.phones import Phones, Store, a_class_with_phones
from tests.browser.province import Province
from tests.browser.visitor import DESK, PHONE, Chromium, Visitor, close, find_chromium, visit

WINDOWS = {"vi": PHONE, "en": DESK}


def pytest_itemcollected(item: pytest.Item) -> None:
    """All browser tests share one province and one browser, so they stay in one process."""
    item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One Chromium for all, started again when one had to be killed."""
    if find_chromium() is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        shared = Chromium(playwright)
        yield shared
        shared.stop()


@pytest.fixture
def browser(chromium: Chromium) -> Browser:
    """The running Chromium."""
    return chromium.running()


@pytest.fixture(scope="session")
def made_province(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo province in a folder, to copy."""
    folder = tmp_path_factory.mktemp("demo") / "province"
    provinces.make(folder)
    return folder


@pytest.fixture(scope="session")
def standing_province(made_province: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """A served province for tests that leave it as it is."""
    with provinces.served_copy(made_province, tmp_path_factory.mktemp("standing") / "province") as served:
        yield served


@pytest.fixture
def own_province(made_province: Path, tmp_path: Path) -> Iterator[Province]:
    """A served province for a test that changes it."""
    with provinces.served_copy(made_province, tmp_path / "province") as served:
        yield served


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors; at the end none may have anything to complain about."""
    made: list[Visitor] = []

    def make(province: Province, language: str = "vi", size: Any = None, *, scripts: bool = True) -> Visitor:
        made.append(visit(browser, province, language, size or WINDOWS[language], scripts=scripts))
        return made[-1]

    yield make
    complaints = [complaint for one in made for complaint in one.complaints]
    logs = {one.province.server.log for one in made} if complaints else ()
    for one in made:
        close(one.context)
    assert not complaints, "\n".join([*complaints, *logs])


@pytest.fixture
def phones(app: Flask, store: Store, browser: Browser) -> Iterator[Phones]:
    """A class with a quiz to do, each pupil with a phone; no script may have failed on one."""
    with a_class_with_phones(app, store, browser) as made:
        yield made
