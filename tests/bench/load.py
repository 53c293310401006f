"""The load client: pupils in a process of its own, on plain sockets, so that it costs little beside what it measures.

Reads a job as JSON on standard input, writes what happened as JSON on standard output. Loopback only; bounded in
count and time.
"""

import base64
import json
import re
import secrets
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LONGEST_SECONDS = 120.0
UPLOAD = "/learn/upload"
OK, SEE_OTHER = 200, 303
TOKEN_FIELD = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
QUEUE_KEY = re.compile(rb'data-key="([^"]+)"')
UPLOAD_TOKEN = re.compile(rb'data-upload="([^"]+)"')


@dataclass
class Answer:
    """What came back: status, headers (lower case), body, seconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Wrong(RuntimeError):
    """The server said something else than it should; `status` is that of its answer, 0 when that was not it."""

    def __init__(self, words: str, status: int = 0) -> None:
        super().__init__(words)
        self.status = status


@dataclass
class Pupil:
    """One phone: a kept connection, its cookies, what the server told it."""

    address: tuple[str, int]
    cookies: dict[str, str] = field(default_factory=dict)
    connection: socket.socket | None = None
    token: str = ""
    key: Any = None
    pass_on: str = ""
    requests: int = 0
    received: int = 0

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "", expect: tuple[int, ...] = (OK,)) -> Answer:
        """One request and its whole answer; raises Wrong on any other status."""
        sent = {} if path == UPLOAD else self.cookies  # the player sends answers without any
        cookie = "; ".join(f"{name}={value}" for name, value in sent.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.address[0]}:{self.address[1]}", "Accept: text/html, */*"]
        if cookie:
            lines.append(f"Cookie: {cookie}")
        if body or method == "POST":
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}", f"X-CSRFToken: {self.token}"]
        request = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        began = time.perf_counter()
        try:
            status, headers, content = self._exchange(request)
        except (ConnectionError, EOFError):  # the server closed an idle connection: once more on a fresh one
            self.connection = None
            status, headers, content = self._exchange(request)
        self.requests += 1
        self.received += len(content)
        if status not in expect:
            raise Wrong(f"{method} {path}: {status} instead of {expect}: {content[:300]!r}", status)
        if found := TOKEN_FIELD.search(content):
            self.token = found[1].decode()
        return Answer(status, headers, content, time.perf_counter() - began)

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form; the answer must be a redirect."""
        data = urlencode({"csrf_token": self.token, **fields}).encode()
        return self.ask("POST", path, data, "application/x-www-form-urlencoded", (SEE_OTHER,))

    def follow(self, answer: Answer) -> str:
        """Go where a redirect points until it stops; returns the path of the page."""
        path = ""
        while answer.status == SEE_OTHER:
            path = urlsplit(answer.headers["location"]).path
            answer = self.ask("GET", path, expect=(OK, SEE_OTHER))
        return path

    def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.connection is None:
            self.connection = socket.create_connection(self.address, timeout=30)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.sendall(request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, content = data.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in rest:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                crumb, _, value = value.partition(";")[0].partition("=")
                self.cookies[crumb] = value
            else:
                headers[name.lower()] = value
        length = int(headers.get("content-length", "0"))
        while len(content) < length:
            content += self._more()
        if headers.get("connection", "").lower() == "close":
            self.connection.close()
            self.connection = None
        status = int(first.split()[1])
        return status, headers, content

    def _more(self) -> bytes:
        assert self.connection is not None
        chunk = self.connection.recv(65536)
        if not chunk:
            raise EOFError
        return chunk

    # ---- What a pupil does ----

    def sign_in(self, token: str) -> None:
        """By card: the page, then the token by post, then the first page."""
        self.ask("GET", "/k")
        self.follow(self.post("/k", token=token))

    def start(self, given: str) -> str:
        """Open an assignment and start; returns the attempt's public id."""
        self.ask("GET", f"/learn/assignments/{given}")
        target = self.post(f"/learn/assignments/{given}/start").headers["location"]
        page = self.ask("GET", target)
        key, upload = QUEUE_KEY.search(page.body), UPLOAD_TOKEN.search(page.body)
        if key is None or upload is None:
            raise Wrong("the item page gives no key to seal answers with")
        self.key, self.pass_on = AESGCM(base64.urlsafe_b64decode(key[1] + b"=")), upload[1].decode()
        return target.split("/")[3]

    def save(self, attempt: str, slot: int, seq: int, *fields: Any) -> float:
        """Answers to `slot` and the slots after it in one batch; returns its seconds. All must be said to be stored."""
        answers = [self.sealed(attempt, slot + place, seq, one) for place, one in enumerate(fields)]
        began = time.perf_counter()
        for said in self.upload(attempt, answers)["answers"]:
            if not said.get("saved") or said["seq"] != seq or said["late"]:
                raise Wrong(f"not stored: {said}")
        return time.perf_counter() - began

    def sealed(self, attempt: str, slot: int, seq: int, fields: Any) -> dict[str, Any]:
        """One answer as the device keeps it."""
        own = str(uuid.uuid4())
        sealed = self._seal({"fields": fields}, f"{attempt}:{slot}:{own}:{seq}")
        return {"slot": slot, "uuid": own, "seq": seq, "sealed": sealed}

    def upload(self, attempt: str, answers: list[dict[str, Any]], *, submit: bool = False) -> Any:
        """Send sealed answers, and the wish to hand in; returns what the server says."""
        body = {"attempt": attempt, "token": self.pass_on, "answers": answers}
        if submit:
            body["submit"] = self._seal({}, f"{attempt}:submit")
        return json.loads(self.ask("POST", UPLOAD, json.dumps(body).encode(), "application/json").body)

    def _seal(self, words: Any, label: str) -> str:
        nonce = secrets.token_bytes(12)
        sealed = nonce + self.key.encrypt(nonce, json.dumps(words).encode(), label.encode())
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def hand_in(self, attempt: str) -> None:
        """The question before, the submission with its receipt, the feedback."""
        self.ask("GET", f"/learn/attempts/{attempt}/submit")
        self.follow(self.post(f"/learn/attempts/{attempt}/submit"))
        self.ask("GET", f"/learn/results/{attempt}")


# ---- Jobs ----


def _together(count: int, work: Callable[[int], None], gate: threading.Barrier | None = None) -> list[str]:
    """Run `work(number)` for each client in a thread of its own; returns what went wrong. Who fails opens the gate."""
    wrong: list[str] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except Exception as error:  # every failure is reported, whatever it is
            if not isinstance(error, threading.BrokenBarrierError):
                wrong.append(f"client {number}: {type(error).__name__}: {error}")
            if gate is not None:
                gate.abort()

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def saves(job: dict[str, Any], begin: Callable[[], None]) -> dict[str, Any]:
    """Clients save one answer after the other for some seconds; what the last save of each slot said is kept."""
    address, clients, ends = address_of(job), job["clients"], [0.0]
    pupils = [Pupil(address) for _ in range(clients)]
    ready, seconds, last = threading.Barrier(clients + 1), [[] for _ in range(clients)], {}

    def work(number: int) -> None:
        pupil, forms, size = pupils[number], job["forms"], job["batch"]
        pupil.sign_in(job["tokens"][number])
        attempt = pupil.start(job["given"][number])
        ready.wait(60)
        ready.wait(60)
        seq = 0
        while time.monotonic() < ends[0]:
            seq += 1
            first = seq * size % len(forms)
            seconds[number].append(pupil.save(attempt, first + 1, seq, *forms[first : first + size]))
            last.update({f"{attempt}/{first + place + 1}": seq for place in range(size)})

    def conduct() -> None:
        try:
            ready.wait(60)
        except threading.BrokenBarrierError:  # a client failed before: it says why
            begin()
            return
        begin()
        ends[0] = time.monotonic() + min(job["seconds"], LONGEST_SECONDS)
        ready.wait(60)

    conductor = threading.Thread(target=conduct)
    conductor.start()
    wrong = _together(clients, work, ready)
    conductor.join()
    return {"wrong": wrong, "seconds": [one for client in seconds for one in client], "last": last}


def journeys(job: dict[str, Any], begin: Callable[[], None]) -> dict[str, Any]:
    """Clients each take pupil after pupil through the whole way, for some seconds."""
    begin()
    address, ends = address_of(job), time.monotonic() + min(job["seconds"], LONGEST_SECONDS)
    places, lock = iter(range(len(job["tokens"]))), threading.Lock()
    done, attempts, requests, started, kilobytes = [], [], [], time.monotonic(), []

    def work(number: int) -> None:
        while time.monotonic() < ends:
            with lock:
                place = next(places, None)
            if place is None:
                return
            began, pupil = time.monotonic(), Pupil(address)
            pupil.sign_in(job["tokens"][place])
            attempt = pupil.start(job["given"][place])
            for slot, fields in enumerate(job["forms"], 1):
                if job["pages"]:
                    pupil.ask("GET", f"/learn/attempts/{attempt}/items/{slot}")
                pupil.save(attempt, slot, 1, fields)
            pupil.hand_in(attempt)
            done.append(time.monotonic() - began)
            attempts.append(attempt)
            requests.append(pupil.requests)
            kilobytes.append(pupil.received / 1024)

    wrong = _together(job["clients"], work)
    took = time.monotonic() - started
    return {"wrong": wrong, "seconds": done, "took": took, "attempts": attempts, "requests": requests, "kb": kilobytes}


def starts(job: dict[str, Any], begin: Callable[[], None]) -> dict[str, Any]:
    """A school starts: pupils arrive at a fixed rate, sign in and open their first item; each from its due moment."""
    address, rate, lock = address_of(job), job["per_second"], threading.Lock()
    places, seconds = iter(range(min(len(job["tokens"]), int(job["seconds"] * rate)))), []
    begin()
    zero = time.monotonic()

    def work(number: int) -> None:
        while True:
            with lock:
                place = next(places, None)
            if place is None:
                return
            due = zero + place / rate
            time.sleep(max(0.0, due - time.monotonic()))
            pupil = Pupil(address)
            pupil.sign_in(job["tokens"][place])
            attempt = pupil.start(job["given"][place])
            seconds.append(time.monotonic() - due)
            pupil.ask("GET", f"/learn/attempts/{attempt}/copy")  # as the player does, for when the network goes

    return {"wrong": _together(job["clients"], work), "seconds": seconds}


def rush(job: dict[str, Any], begin: Callable[[], None]) -> dict[str, Any]:
    """The deadline: pupils at work send their last answers with the wish to hand in, at a fixed rate."""
    address, rate, lock = address_of(job), job["per_second"], threading.Lock()
    working: list[tuple[Pupil, str]] = []

    def start(number: int) -> None:
        pupil = Pupil(address)
        pupil.sign_in(job["tokens"][number])
        working.append((pupil, pupil.start(job["given"][number])))

    wrong = _together(len(job["tokens"]), start)
    places, seconds, first = iter(range(len(working))), [], job["forms"][: job["batch"]]
    begin()
    zero = time.monotonic()

    def work(number: int) -> None:
        while True:
            with lock:
                place = next(places, None)
            if place is None:
                return
            due = zero + place / rate
            time.sleep(max(0.0, due - time.monotonic()))
            pupil, attempt = working[place]
            answers = [pupil.sealed(attempt, slot, 1, fields) for slot, fields in enumerate(first, 1)]
            said = pupil.upload(attempt, answers, submit=True)
            if not said["submitted"] or not all(one.get("saved") and not one["late"] for one in said["answers"]):
                raise Wrong(f"not handed in: {said}")
            seconds.append(time.monotonic() - due)

    return {"wrong": wrong + _together(job["clients"], work), "seconds": seconds}


def hello(job: dict[str, Any], begin: Callable[[], None]) -> dict[str, Any]:
    """The cheapest page there is, for some seconds: what the machine and the frame cost by themselves now."""
    begin()
    ends, seconds = time.monotonic() + min(job["seconds"], LONGEST_SECONDS), []

    def work(number: int) -> None:
        pupil = Pupil(address_of(job))
        while time.monotonic() < ends:
            seconds.append(pupil.ask("GET", "/healthz").seconds)

    return {"wrong": _together(job["clients"], work), "seconds": seconds}


def address_of(job: dict[str, Any]) -> tuple[str, int]:
    """Where the job's server is; nowhere but on the loopback address."""
    place = urlsplit(job["url"])
    if place.hostname != "127.0.0.1" or place.port is None:
        raise ValueError("the load client talks to the loopback address only")
    return place.hostname, place.port


JOBS = {"saves": saves, "journeys": journeys, "starts": starts, "rush": rush, "hello": hello}


def main() -> None:
    """Do the job; a line `begin` is printed at the moment the measured part begins."""
    job = json.load(sys.stdin)

    def begin() -> None:
        print("begin", flush=True)

    print(json.dumps(JOBS[job["kind"]](job, begin)), flush=True)


if __name__ == "__main__":
    main()
