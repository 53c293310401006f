"""Simulated phones on a bad network, in a process of their own: they queue, send, are cut off, and send again.

A job as JSON on standard input; a journal of every answer sent and every word of the server, fsynced. Loopback only;
bounded in count and time.
"""

import json
import random
import re
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tests.bench.load import OK, Answer, Pupil, Wrong, address_of
from tests.storm.journal import Journal

LONGEST_SECONDS = 3600.0
CUT = 0.5
"""How often the network is cut: before, within or after what is sent."""
RECEIPT = re.compile(rb'data-attempt="[a-z0-9]+">\s*([0-9A-Z]{4}-[0-9A-Z]{2,3})<')
MOST_EDITS = 2

Done = TypeVar("Done")


class NoNetwork(OSError):
    """The network was cut, or the server did not answer well; the device tries again later."""


@dataclass
class Phone(Pupil):
    """A phone whose network is cut at random."""

    dice: random.Random = field(default_factory=random.Random)
    ends: float = 0.0

    def ask(self, method: str, path: str, *rest: Any, **more: Any) -> Answer:
        """A page that does not come is loaded again, as anybody would; what is sent is the device's own affair."""
        while True:
            try:
                return super().ask(method, path, *rest, **more)
            except (OSError, EOFError, Wrong) as trouble:
                lasting = isinstance(trouble, Wrong) and trouble.status < 500
                if method != "GET" or lasting or time.monotonic() > self.ends:
                    raise
            self.connection = None
            time.sleep(self.dice.random() / 10)

    def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.dice.random() >= CUT:
            return super()._exchange(request)
        how = self.dice.choice(("before", "within", "after"))
        if how != "before":
            with socket.create_connection(self.address, timeout=30) as connection:
                connection.sendall(request if how == "after" else request[: self.dice.randrange(1, len(request))])
                if how == "after":
                    time.sleep(self.dice.random() / 20)
        raise NoNetwork(how)


@dataclass
class Device:
    """One pupil's device: the answers it has not seen acknowledged yet, and what it still wants to do."""

    phone: Phone
    journal: Journal
    queue: dict[int, dict[str, Any]] = field(default_factory=dict)
    errors: int = 0

    def take(self, card: str, given: str, forms: list[list[Any]]) -> None:
        """From the card to the receipt, however often that has to be tried."""
        phone, dice = self.phone, self.phone.dice
        self._until(lambda: phone.sign_in(card))
        attempt = self._until(lambda: phone.start(given))
        self.journal.note("started", attempt=attempt)
        edits = [slot for slot in range(1, len(forms) + 1) for _ in range(dice.randint(1, MOST_EDITS))]
        dice.shuffle(edits)
        for seq, slot in enumerate(edits, 1):
            fields = dice.choice(forms[slot - 1])
            self.queue[slot] = phone.sealed(attempt, slot, seq, fields)
            self.journal.note("sent", attempt=attempt, slot=slot, fields=fields, **self._numbers(self.queue[slot]))
            if dice.random() < 0.7:
                self._try(lambda: self._send(attempt))
        self._until(lambda: self._send(attempt))
        self._until(lambda: self._submit(attempt))
        for _again in range(2):
            self._until(lambda: self._see_receipt(attempt))
            self._until(lambda: self._submit(attempt))

    @staticmethod
    def _numbers(answer: dict[str, Any]) -> dict[str, Any]:
        return {"uuid": answer["uuid"], "seq": answer["seq"]}

    def _send(self, attempt: str) -> None:
        """The whole queue in one batch; what is acknowledged leaves it unless it was edited meanwhile."""
        waiting = list(self.queue.values())
        if not waiting:
            return
        for line in self.phone.upload(attempt, waiting)["answers"]:
            if "error" in line:
                raise Wrong(f"{attempt}: {line}")
            self.journal.swear("acknowledged", attempt=attempt, **line)
            if self.queue[line["slot"]]["uuid"] == line["uuid"]:
                del self.queue[line["slot"]]

    def _submit(self, attempt: str) -> None:
        if not self.phone.upload(attempt, [], submit=True)["submitted"]:
            raise Wrong(f"{attempt} could not be handed in")
        self.journal.swear("submitted", attempt=attempt)

    def _see_receipt(self, attempt: str) -> None:
        page = self.phone.ask("GET", f"/learn/attempts/{attempt}/receipt", expect=(OK,))
        found = RECEIPT.search(page.body)
        if found is None:
            raise Wrong(f"{attempt}: no receipt on its page")
        self.journal.swear("receipt", attempt=attempt, receipt=found[1].decode())

    def _try(self, step: Callable[[], Done]) -> bool:
        """Whether the step went through; a cut network, a dying server and a busy one are all the same to a phone."""
        try:
            step()
        except (OSError, EOFError, TimeoutError):
            self.phone.connection = None
            return False
        except Wrong as wrong:
            if wrong.status < 500:
                raise
            self.errors += 1
            return False
        return True

    def _until(self, step: Callable[[], Done]) -> Done:
        """Try with back-off until it goes through."""
        wait, kept = 0.02, []
        while not self._try(lambda: kept.append(step())):
            if time.monotonic() > self.phone.ends:
                raise TimeoutError("the storm has lasted too long")
            time.sleep(wait * (0.5 + self.phone.dice.random()))
            wait = min(2 * wait, 1.0)
        return kept[-1]


def main() -> None:
    """Let so many devices work at once until every pupil has a receipt; print how it went."""
    job = json.load(sys.stdin)
    journal, ends = Journal(Path(job["journal"])), time.monotonic() + min(job["seconds"], LONGEST_SECONDS)
    places, lock, errors, wrong = iter(range(len(job["tokens"]))), threading.Lock(), [], []

    def work() -> None:
        while True:
            with lock:
                place = next(places, None)
            if place is None:
                return
            dice = random.Random(f"{job['seed']}/{place}")  # noqa: S311  # dice, no secrets
            device = Device(Phone(address_of(job), dice=dice, ends=ends), journal)
            try:
                device.take(job["tokens"][place], job["given"][place], job["forms"])
            except Exception as error:  # every device that gives up is told, whatever the reason
                wrong.append(f"device {place}: {type(error).__name__}: {error}")
            errors.append(device.errors)

    threads = [threading.Thread(target=work) for _ in range(job["at_once"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"wrong": wrong, "server_errors": sum(errors)}), flush=True)


if __name__ == "__main__":
    main()
