"""The player's modules by themselves, in an empty page whose time stands still until the test lets it pass."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from school_safety.kit.assets import STATIC
from tests.browser.visitor import closed

ORIGIN = "http://localhost"
BEGAN = datetime(2026, 10, 5, 7, 30, tzinfo=UTC)
SETTLES_MS = 60
DAY_MS = 24 * 3600 * 1000


@dataclass
class Device:
    """An empty page with the player's files behind it, and a server that answers uploads as the test says."""

    page: Page
    uploads: list[dict[str, Any]] = field(default_factory=list)
    busy: dict[str, str] | None = None
    """Headers of the 503 that uploads get; None: they are acknowledged."""

    def serve(self, route: Route) -> None:
        """A file of ours, an answer to an upload, or the empty page."""
        path = route.request.url.removeprefix(ORIGIN)
        if path == "/learn/upload":
            self._upload(route)
        elif path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>device</title>", content_type="text/html")

    def _upload(self, route: Route) -> None:
        body = json.loads(route.request.post_data or "")
        self.uploads.append(body)
        if self.busy is not None:
            return route.fulfill(status=503, headers=self.busy)
        lines = [{**line, "ack": "a", "superseded": False, "late": False} for line in body["answers"]]
        return route.fulfill(json={"answers": lines, "submitted": "submit" in body, "remaining": 60})

    def do(self, script: str, argument: object = None) -> Any:
        """Run a script with the modules' names in reach."""
        return self.page.evaluate(f"async (given) => {{ {script} }}", argument)

    def open(self, chance: float = 0.0) -> None:
        """Load the modules; `chance` is what every throw of dice gives."""
        self.do(
            """Math.random = () => given;
            const { Queue } = await import("/static/js/player/queue.js");
            const { Sender } = await import("/static/js/player/sender.js");
            globalThis.queue = await Queue.open();
            globalThis.sender = new Sender(queue);""",
            chance,
        )

    def keep(self, attempt: str, *slots: int) -> None:
        """Answers on this device; slot 0 is the wish to hand in."""
        now = BEGAN.timestamp() * 1000
        rows = [
            {"attempt": attempt, "slot": slot, "seq": 1, "uuid": f"{attempt}-{slot}", "sealed": "x", "token": "t"}
            | {"until": now, "at": now}
            for slot in slots
        ]
        self.do("for (const row of given) await queue.put(row);", rows)

    def passes(self, seconds: float) -> int:
        """Let time pass; how many uploads there have been since the page was opened."""
        self.page.clock.run_for(round(seconds * 1000))
        self.page.wait_for_timeout(SETTLES_MS)
        return len(self.uploads)


@pytest.fixture
def device(browser: Browser) -> Iterator[Device]:
    """An empty page; its time stands still."""
    context = browser.new_context()
    with closed(context):
        page = context.new_page()
        made = Device(page)
        page.route("**/*", made.serve)
        page.clock.install(time=BEGAN)
        page.goto(ORIGIN)
        page.clock.pause_at(BEGAN + timedelta(seconds=10))
        yield made


def test_a_busy_server_is_asked_when_it_said_then_later_and_later_and_not_by_all_at_once(device: Device) -> None:
    device.open()
    device.keep("a", 1)
    # Given a server that asks for half a minute of rest
    device.busy = {"Retry-After": "30"}
    device.do("sender.soon(0)")
    assert device.passes(0.1) == 1
    assert device.passes(29) == 1
    device.do("await sender.drain()")
    assert device.passes(0) == 1, "nor does a pupil's own button ask sooner"
    device.busy = {"Retry-After": "Mon, 05 Oct 2026 07:31:40 GMT"}
    assert device.passes(1) == 2
    device.busy = {}
    assert device.passes(58.5) == 2, "a date in place of seconds means the same"
    assert device.passes(1.5) == 3
    # Then, where it says nothing, the pauses double up to half a minute
    for times, pause in enumerate((4, 8, 16, 30, 30), start=4):
        assert device.passes(pause - 0.2) == times - 1, pause
        assert device.passes(0.3) == times, pause
    # And dice make them longer by up to a half: a class does not knock all at once
    device.do("Math.random = () => 0.8; dispatchEvent(new Event('online'));")
    assert device.passes(1) == 8
    assert device.passes(1) == 9, "the network is back: tried soon, and not by all in the same moment"
    assert device.passes(1.3) == 9
    device.busy = None
    assert device.passes(0.2) == 10
    assert device.do("return (await queue.all()).length") == 0


def test_answers_go_in_batches_by_attempt_and_the_wish_to_hand_in_goes_with_the_last(device: Device) -> None:
    device.open()
    device.keep("a", *range(46))
    device.keep("b", 7)
    device.do("await sender.drain()")
    sent = [(body["attempt"], [line["slot"] for line in body["answers"]], "submit" in body) for body in device.uploads]
    assert sent == [
        ("a", list(range(1, 21)), False),
        ("a", list(range(21, 41)), False),
        ("a", list(range(41, 46)), True),
        ("b", [7], False),
    ]
    assert device.do("return (await queue.all()).length") == 0


def test_what_was_not_sent_is_wiped_fourteen_days_after_its_window_whatever_the_date_was(device: Device) -> None:
    device.open()
    now = BEGAN.timestamp() * 1000
    kept = {"slot": 1, "seq": 1, "uuid": "u", "sealed": "x", "token": "t"}
    rows = [
        {**kept, "attempt": "old", "until": now - 14 * DAY_MS - 60_000, "at": now - 20 * DAY_MS},
        {**kept, "attempt": "waits", "until": now - 14 * DAY_MS + 60_000, "at": now - 20 * DAY_MS},
        # A device whose date is a year ahead kept this an hour ago
        {**kept, "attempt": "ahead", "until": now - 365 * DAY_MS, "at": now - 3_600_000},
    ]
    device.do("for (const row of given) await queue.put(row); await queue.sweep();", rows)
    assert device.do("return (await queue.all()).map((row) => row.attempt).sort()") == ["ahead", "waits"]


def test_without_a_database_answers_wait_in_memory_and_nothing_claims_to_be_kept(device: Device) -> None:
    device.do("Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('closed'); } });")
    device.open()
    row = {"attempt": "a", "slot": 1, "seq": 1, "uuid": "u", "sealed": "x", "token": "t", "until": 0, "at": 0}
    assert device.do("return [await queue.put(given), (await queue.all()).length]", row) == [False, 1]
    device.do("await sender.drain()")
    assert len(device.uploads) == 1 and device.do("return (await queue.all()).length") == 0


def test_the_time_left_follows_the_server_and_not_the_date_that_somebody_set_on_the_device(device: Device) -> None:
    device.do("""document.body.innerHTML = `<p data-attempt="a" data-remaining="600" data-hours="{h} h"
        data-minutes="{m} min" data-seconds="{s} s" data-over="over"><span data-clock-words></span></p>
        <p data-clock-live></p>`;
      globalThis.server = new EventTarget();
      (await import("/static/js/player/clock.js")).clock(document.querySelector("[data-attempt]"), server);""")

    def shown() -> str:
        device.page.clock.run_for(1000)
        return device.page.locator("[data-clock-words]").inner_text()

    assert shown() == "9 min"
    for hours in (5, -7, 24 * 400):
        device.page.clock.set_system_time(BEGAN + timedelta(hours=hours))
        assert shown() == "9 min", hours
    device.page.clock.run_for(236_000)
    assert shown() == "5 min"
    # When the server says otherwise, it is right; what another tab's attempt hears is not for this one
    device.do("""const time = (detail) => server.dispatchEvent(new CustomEvent("time", { detail }));
      time({ attempt: "a", remaining: 130 }); time({ attempt: "b", remaining: 9 });""")
    assert shown() == "2 min"
    device.page.clock.run_for(68_000)
    assert shown() == "1 min" and device.page.locator("[data-clock-live]").inner_text() == "1 min"
    device.page.clock.run_for(70_000)
    assert shown() == "over"
