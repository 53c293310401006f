"""Somebody at a browser: signs in, walks, and notices whatever a careful person would complain about."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    APIResponse,
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    Response,
)

from tests.bench.serving import tree
from tests.browser.province import Province

CLOSING_SECONDS = 20.0
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"),
    *("--disable-component-update", "--disable-domain-reliability", "--disable-sync", "--no-first-run"),
    *("--no-default-browser-check", "--disable-client-side-phishing-detection", "--disable-default-apps"),
)
LEFT = frozenset({None, "net::ERR_ABORTED", "net::ERR_FAILED"})
"""What becomes of requests when their page is left while it loads; the last one is the service worker's word for it."""
REFUSALS = frozenset({404, 403, 409, 422, 429})
"""Statuses that a page may answer on purpose; the browser writes each into its console."""


def find_chromium() -> str | None:
    """Debian's Chromium, or None."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


def launch(playwright: Playwright) -> Browser:
    """Chromium without any traffic of its own."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))


class Chromium:
    """A browser for a whole run of tests."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._browser: Browser | None = None

    def running(self) -> Browser:
        """The browser; a new one when the last is gone."""
        if self._browser is None or not self._browser.is_connected():
            self._browser = launch(self._playwright)
        return self._browser

    def stop(self) -> None:
        """Close what runs."""
        if self._browser is not None and self._browser.is_connected():
            self._browser.close()


def close(context: BrowserContext) -> None:
    """Close a window; a browser that does not answer is killed, so that no test waits for ever."""
    watch = threading.Timer(CLOSING_SECONDS, _kill_chromium)
    watch.start()
    try:
        with suppress(Error):
            context.close()
    finally:
        watch.cancel()


@contextmanager
def closed(context: BrowserContext) -> Iterator[None]:
    """Close the window after the block."""
    try:
        yield
    finally:
        close(context)


def _kill_chromium() -> None:
    """SIGKILL to every Chromium below this process."""
    for pid in tree(os.getpid()) - {os.getpid()}:
        with suppress(OSError):
            if b"chromium" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]:
                os.kill(pid, signal.SIGKILL)


WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return [...document.querySelectorAll("main *")]
    .filter((node) => node.getBoundingClientRect().right > edge + 1)
    .slice(0, 4)
    .map((node) => `${node.tagName}.${node.className} "${node.textContent.trim().slice(0, 40)}"`);
}"""
"""Which elements reach beyond a page that scrolls sideways."""


@dataclass
class Visitor:
    """A browser window of one person, in one language and size."""

    province: Province
    context: BrowserContext
    page: Page
    language: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str, status: int = 200) -> "Visitor":
        """Open a page; its status must be the one expected."""
        answer = self.page.goto(self.province.url + path, wait_until="load")
        if answer is not None and answer.status != status:
            raise AssertionError(f"{path}: {answer.status} instead of {status}\n{self.words()[:1500]}")
        return self

    def fetch(self, path: str) -> APIResponse:
        """What an address answers to this visitor, without opening it as a page."""
        answer = self.context.request.get(self.province.url + path)
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status}")
        return answer

    def sign_in(self, role: str) -> "Visitor":
        """Come in by the staff's door."""
        door = self.province.doors[role]
        self.go("/sign-in")
        staff = self.page.locator("form", has=self.page.locator("input[name=door][value=staff]"))
        staff.locator("[name=email]").fill(door.address)
        staff.locator("[name=password]").fill(door.secret)
        staff.locator("button[type=submit]").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    def fill(self, values: dict[str, Any], within: str = "main form[method=post]") -> "Visitor":
        """Fill fields by name: text, a choice of a select, True/False of a tick, a list of ticks, files as Path."""
        form = self.page.locator(within).first
        for name, value in values.items():
            fields = form.locator(f"[name='{name}']")
            kind = fields.first.get_attribute("type")
            if isinstance(value, Path):
                fields.first.set_input_files(value)
            elif kind == "radio":
                form.locator(f"[name='{name}'][value='{value}']").check()
            elif isinstance(value, list):
                for one in value:
                    form.locator(f"[name='{name}'][value='{one}']").check()
            elif isinstance(value, bool):
                fields.first.set_checked(value)
            elif fields.first.evaluate("node => node.tagName") == "SELECT":
                fields.first.select_option(value)
            else:
                fields.first.fill(str(value))
        return self

    def send(
        self, within: str = "main form[method=post]", button: str = "button[type=submit]", status: int = 200
    ) -> "Visitor":
        """Press a form's first button (or the one named) and wait for the page that answers."""
        with self.page.expect_navigation(wait_until="load") as found:
            self.page.locator(within).first.locator(button).first.click()
        answer: Response | None = found.value
        if answer is not None and answer.status != status:
            raise AssertionError(f"{self.page.url}: {answer.status} instead of {status}\n{self.words()[:1500]}")
        return self

    def words(self) -> str:
        """What stands on the page."""
        return self.page.locator("body").inner_text()

    def value(self, name: str) -> str:
        """What a field of the page holds."""
        return self.page.locator(f"main [name='{name}']").first.input_value()

    def errors(self) -> list[str]:
        """The messages beside fields and above forms."""
        return [text.strip() for text in self.page.locator(".error, .notice-bad").all_inner_texts() if text.strip()]

    def is_accessible(self) -> "Visitor":
        """Axe finds nothing, and the page does not scroll sideways; else it is a complaint."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]})
        self.complaints += [
            f"{self.page.url} ({self.language}): {one['id']}: {node['target']} {node['failureSummary'][:300]}"
            for one in found.response["violations"]
            for node in one["nodes"][:3]
        ]
        wide = self.page.evaluate(WIDE)
        if wide:
            self.complaints.append(f"{self.page.url} ({self.language}): scrolls sideways, reached by {wide}")
        return self

    def watch(self) -> "Visitor":
        """Notice script errors, console errors and requests to anybody else."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.context.on("request", self._see)
        self.context.on("requestfailed", lambda request: self._lost(request))
        return self

    def _hear(self, message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text and any(f" {code} " in message.text for code in REFUSALS)
        if message.type == "error" and not refused:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _see(self, request: Request) -> None:
        place = urlsplit(request.url)
        if place.scheme in ("http", "https") and place.netloc != urlsplit(self.province.url).netloc:
            self.complaints.append(f"{self.page.url} asks {request.url}")

    def _lost(self, request: Request) -> None:
        if request.failure not in LEFT:
            self.complaints.append(f"{request.url}: {request.failure}")


def visit(
    browser: Browser, province: Province, language: str, size: dict[str, int], *, scripts: bool = True
) -> Visitor:
    """A fresh window."""
    context = browser.new_context(viewport=size, locale=language, java_script_enabled=scripts, accept_downloads=True)  # type: ignore[arg-type]  # a size is a mapping of two numbers
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": "lang", "value": language, "url": province.url}])
    return Visitor(province, context, context.new_page(), language).watch()
