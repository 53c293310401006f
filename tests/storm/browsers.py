"""Pupils in real browsers in the storm: networks switched off and on, windows closed, browsers killed.

A job as JSON on standard input; the same journal as the simulated devices keep, read off the wire.
"""

import json
import os
import random
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright, Request, Response, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from school_safety.classroom.readers import answer_label, unseal_json
from school_safety.kit import secrets
from tests.bench.serving import KEYS
from tests.browser import taking
from tests.browser.visitor import ARGUMENTS, PHONE, find_chromium
from tests.storm.journal import Journal

RECEIPT = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{2,3}\b")
OFFLINE, CLOSED, KILLED = 0.5, 0.06, 0.06
"""How often, before each item: the network goes, the window is closed, the browser is killed."""
PATIENCE_MS, OUTAGE_MS = 15_000, 3_000


@dataclass
class BrowserPupil:
    """One pupil with a browser of their own, whose folder outlives every killed browser."""

    playwright: Playwright
    url: str
    card: str
    given: str
    folder: Path
    journal: Journal
    dice: random.Random
    kills: int = 0

    def take(self, ends: float) -> None:
        """From the card to the receipt, starting again whenever the browser is gone. Raises TimeoutError."""
        while time.monotonic() < ends:
            with suppress(Error), self._browser() as context:
                if self._work(context):
                    return
        raise TimeoutError(f"no receipt: {self.folder}")

    @contextmanager
    def _browser(self) -> Iterator[BrowserContext]:
        context = self.playwright.chromium.launch_persistent_context(
            str(self.folder), executable_path=find_chromium(), args=list(ARGUMENTS), viewport=PHONE
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", self._sent)
        context.on("response", self._answered)
        try:
            yield context
        finally:
            with suppress(Error):
                context.close()

    # ---- What goes over the wire ----

    def _sent(self, request: Request) -> None:
        if not request.url.endswith("/learn/upload") or request.post_data is None:
            return
        body = json.loads(request.post_data)
        for one in body["answers"]:
            own = {name: one[name] for name in ("slot", "uuid", "seq")}
            label = answer_label(body["attempt"], one["slot"], one["uuid"], one["seq"])
            fields = unseal_json(body["attempt"], one["sealed"], label)["fields"]
            self.journal.note("sent", attempt=body["attempt"], fields=fields, **own)

    def _answered(self, response: Response) -> None:
        if not response.url.endswith("/learn/upload") or response.status != 200:
            return
        if response.request.service_worker is not None:  # the page hears the same, and there it can be read
            return
        attempt = json.loads(response.request.post_data or "{}")["attempt"]
        with suppress(Error):  # the window went while the words of the server were read
            said = response.json()
            for line in said["answers"]:
                self.journal.swear("refused" if "error" in line else "acknowledged", attempt=attempt, **line)
            if said["submitted"]:
                self.journal.swear("submitted", attempt=attempt)

    # ---- What the pupil does ----

    def _work(self, context: BrowserContext) -> bool:
        """One sitting; True when the receipt was seen."""
        page = context.pages[0] if context.pages else context.new_page()
        page.goto(f"{self.url}/k#{self.card}")
        page.wait_for_url("**/learn")
        page.goto(f"{self.url}/learn/assignments/{self.given}")
        start = page.locator("form[action$='/start'] button[type=submit]")
        if start.count():
            start.first.click()
            page.wait_for_load_state("load")
        elif not page.locator("a[href*='/learn/attempts/']").count():
            return self._see_receipt(page)
        else:
            page.locator("a[href*='/learn/attempts/']").first.click()
        for _step in range(2 * taking.MOST_ITEMS):
            page.wait_for_load_state("load")
            if "/items/" not in page.url:
                break
            self._trouble(context, page)
            self._answer(context, page)
        context.set_offline(False)
        return self._hand_in(page)

    def _answer(self, context: BrowserContext, page: Page) -> None:
        """Answer and go on; where the page waits for a network, there is one again after a while."""
        visitor: Any = SimpleNamespace(page=page)  # all that these need of a visitor
        page.set_default_timeout(OUTAGE_MS)
        try:
            taking.answer(visitor)
            taking.go_on(visitor)
        except PlaywrightTimeout:
            context.set_offline(False)
            page.set_default_timeout(PATIENCE_MS)
            page.wait_for_selector("#quiz:not([inert])")
            taking.answer(visitor)
            taking.go_on(visitor)
        page.set_default_timeout(PATIENCE_MS)

    def _trouble(self, context: BrowserContext, page: Page) -> None:
        context.set_offline(self.dice.random() < OFFLINE)
        fate = self.dice.random()
        if fate < KILLED:
            self.kills += 1
            _kill(self.folder)
        elif fate < KILLED + CLOSED:
            page.close()

    def _hand_in(self, page: Page) -> bool:
        if "/submit" in page.url:
            page.reload()
            page.locator("form[action$='/submit'] button[type=submit]").click()
            page.wait_for_url(re.compile(r"/(receipt|results/)"))
        return self._see_receipt(page)

    def _see_receipt(self, page: Page) -> bool:
        if "/learn/attempts/" not in page.url and "/learn/results/" not in page.url:
            page.goto(f"{self.url}/learn/results")
        found = re.search(r"/learn/(?:attempts|results)/([a-z0-9]{12,})", page.url + page.content())
        if found is None:
            return False
        page.goto(f"{self.url}/learn/attempts/{found[1]}/receipt")
        receipt = RECEIPT.search(page.locator("main").inner_text())
        if receipt is None:
            return False
        self.journal.swear("receipt", attempt=found[1], receipt=receipt[0])
        return True


def _kill(folder: Path) -> None:
    """SIGKILL to the browser that works in this folder: one of ours, found by its own folder."""
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError):
                if f"--user-data-dir={folder}".encode() in Path(f"/proc/{entry}/cmdline").read_bytes().split(b"\0"):
                    os.kill(int(entry), signal.SIGKILL)


def main() -> None:
    """Let some pupils work at once, each until the receipt; print how it went."""
    secrets.configure(**KEYS)
    job: dict[str, Any] = json.load(sys.stdin)
    journal, ends = Journal(Path(job["journal"])), time.monotonic() + job["seconds"]
    places, lock, wrong, kills = iter(range(len(job["tokens"]))), threading.Lock(), [], []

    def work(folder: Path) -> None:
        with sync_playwright() as playwright:
            while True:
                with lock:
                    place = next(places, None)
                if place is None:
                    return
                dice = random.Random(f"{job['seed']}/{place}")  # noqa: S311  # dice, no secrets
                card, given = job["tokens"][place], job["given"][place]
                pupil = BrowserPupil(playwright, job["url"], card, given, folder / str(place), journal, dice)
                try:
                    pupil.take(ends)
                except Exception as error:  # every pupil without a receipt is told, whatever the reason
                    wrong.append(f"browser {place}: {type(error).__name__}: {error}")
                kills.append(pupil.kills)

    with tempfile.TemporaryDirectory(prefix="school-safety-browsers-", ignore_cleanup_errors=True) as folder:
        threads = [threading.Thread(target=work, args=(Path(folder),)) for _ in range(job["at_once"])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    print(json.dumps({"wrong": wrong, "browsers": len(kills), "browsers_killed": sum(kills)}), flush=True)


if __name__ == "__main__":
    main()
