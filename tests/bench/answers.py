"""Saves, journeys and the start of a school day, through the served product, on both databases."""

import json
import subprocess
import sys
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from config.settings import ROOT
from school_safety.kit import commands
from school_safety.kit.db import Database
from tests.bench.database import Cluster, prepare_raw, raw_transactions
from tests.bench.figures import Figures, middle, quantile
from tests.bench.load import Pupil
from tests.bench.pages import weigh
from tests.bench.serving import Server, serving, settings_of
from tests.bench.world import World, build

ROUNDS = 3
SAVE_SECONDS, JOURNEY_SECONDS, RAW_SECONDS, START_SECONDS = 3, 4, 3, 10
PUPILS = 800
OLD_ANSWERS, FEWER_ANSWERS = 200_000, 20_000
STARTS_PER_SECOND = 800 / 60
RUSH_PER_SECOND = 0.6 * 800 / 120
CLIENTS = (8, 16)
BATCH = 5


@dataclass
class Place:
    """One database with its world, being served."""

    name: str
    database: Database
    world: World
    server: Server
    cluster: Cluster | None
    used: int = 0
    samples: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def cpu(self) -> float:
        """Processor time of application and database so far."""
        return self.server.cpu_seconds() + (self.cluster.cpu_seconds() if self.cluster else 0.0)

    def pupils(self, count: int) -> slice:
        """The next pupils who have not been used yet; from the start again when all were."""
        if self.used + count > len(self.world.tokens):
            self.used = 0
        chosen = slice(self.used, self.used + count)
        self.used += count
        return chosen


def measure(figures: Figures, folder: Path, cluster: Cluster | None) -> None:
    """All figures of this module, interleaved."""
    with ExitStack() as stack:
        places = [stack.enter_context(_served(folder, "sqlite", None, OLD_ANSWERS))]
        if cluster is not None:
            prepare_raw(cluster)
            places.insert(0, stack.enter_context(_served(folder, "postgresql", cluster, OLD_ANSWERS)))
        else:
            figures.skip("postgresql", "PostgreSQL is not installed: apt-get install postgresql")
        raw: list[float] = []
        for _round in range(ROUNDS):
            if cluster is not None:
                raw.append(raw_transactions(cluster, clients=8, seconds=RAW_SECONDS))
            for place in places:
                for clients in CLIENTS:
                    _saves(place, clients)
                _saves(place, CLIENTS[0], batch=BATCH)
                _journeys(place, pages=False)
            _hello(places[0])
        for place in places:
            _journeys(place, pages=True)
            _starts(place)
            _rush(place)
        _weigh_quiz(figures, places[0])
        limit = middle(raw) if raw else None
        if limit:
            figures.put("raw_transactions", limit, "1/s", by="pgbench -M prepared -c 8 -j 2", runs=raw)
        figures.put("frame.healthz.cpu", middle(places[0].samples["hello_cpu"]), "CPU-s per 1,000")
        for place in places:
            _report_saves(figures, place, limit)
            _report_batches(figures, place, limit)
            _report_journeys(figures, place)
    if cluster is not None:
        _growth(figures, folder, cluster)


def _served(folder: Path, name: str, cluster: Cluster | None, answers: int) -> Any:
    return _Serving(folder / name, name, cluster, answers)


class _Serving(ExitStack):
    """A database built and served for as long as the block lasts."""

    def __init__(self, folder: Path, name: str, cluster: Cluster | None, answers: int) -> None:
        super().__init__()
        self.folder, self.name, self.cluster, self.answers = folder, name, cluster, answers

    def __enter__(self) -> Place:  # type: ignore[override]  # it hands over the place, not itself
        super().__enter__()
        self.folder.mkdir()
        url = self.cluster.make(self.name) if self.cluster else f"sqlite:///{self.folder / 'bench.db'}"
        commands.upgrade(url)
        database = Database(url)
        self.callback(database.dispose)
        world = build(database, pupils=PUPILS, rounds=["day"], old_answers=self.answers)
        if self.cluster:
            self.cluster.vacuum(url)
        server = self.enter_context(serving(settings_of(url, self.folder)))
        return Place(self.name, database, world, server, self.cluster)


def _run(place: Place, job: dict[str, Any]) -> tuple[dict[str, Any], float]:
    """Run the load client; returns what it says and the processor time of application and database meanwhile."""
    client = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.load"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert client.stdin is not None and client.stdout is not None
    client.stdin.write(json.dumps({"url": place.server.url, "forms": place.world.forms, **job}))
    client.stdin.close()
    if client.stdout.readline() != "begin\n":
        raise RuntimeError("the load client did not begin")
    before = place.cpu()
    said = json.loads(client.stdout.read())
    cost = place.cpu() - before
    client.wait(30)
    if said["wrong"]:
        words = f"{place.name}, {job['kind']}: {len(said['wrong'])} clients failed: {said['wrong'][:2]}"
        raise RuntimeError(f"{words}\n{place.server.log}")
    return said, cost


def _saves(place: Place, clients: int, *, batch: int = 1) -> None:
    chosen = place.pupils(clients)
    job = {"kind": "saves", "clients": clients, "seconds": SAVE_SECONDS, "batch": batch}
    said, cost = _run(place, {**job, **_who(place, chosen)})
    seconds = said["seconds"]
    answers = len(seconds) * batch
    _check_stored(place, said["last"])
    key = f"saves_{clients}" if batch == 1 else f"batches_of_{batch}"
    place.samples[key].append(answers / SAVE_SECONDS)
    place.samples[f"{key}_cpu"].append(1000 * cost / answers)
    place.samples[f"{key}_p50"].append(1000 * quantile(seconds, 0.5))
    place.samples[f"{key}_p95"].append(1000 * quantile(seconds, 0.95))


def _who(place: Place, chosen: slice) -> dict[str, list[str]]:
    return {"tokens": place.world.tokens[chosen], "given": place.world.assignments["day"][chosen]}


STORED = text(
    "SELECT attempt.public_id, response.slot, response.seq, response.value FROM response "
    "JOIN attempt ON attempt.id = response.attempt_id WHERE response.client_uuid <> 'old' AND NOT response.late"
)


def _check_stored(place: Place, last: dict[str, int]) -> None:
    """Every acknowledged answer must be there, with the value that was sent."""
    with place.database.reading() as session:
        rows = {f"{row[0]}/{row[1]}": (row[2], row[3]) for row in session.execute(STORED)}
    for key, seq in last.items():
        stored = rows.get(key)
        if stored is None or stored[0] != seq:
            raise RuntimeError(f"{place.name}: {key} was acknowledged as {seq}, stored is {stored}")
        value = json.loads(stored[1]) if isinstance(stored[1], str) else stored[1]
        if value != place.world.values[int(key.rsplit("/", 1)[1]) - 1]:
            raise RuntimeError(f"{place.name}: {key} holds {value}")


def _journeys(place: Place, *, pages: bool) -> None:
    chosen = place.pupils(150)
    job = {"kind": "journeys", "clients": 8, "seconds": JOURNEY_SECONDS, "pages": pages}
    said, cost = _run(place, {**job, **_who(place, chosen)})
    count = len(said["attempts"])
    _check_stored(place, {f"{attempt}/{slot}": 1 for attempt in said["attempts"] for slot in range(1, 21)})
    key = "journeys_pages" if pages else "journeys"
    place.samples[key].append(60 * count / said["took"])
    place.samples[f"{key}_cpu"].append(cost / count)
    place.samples[f"{key}_requests"].append(middle(said["requests"]))
    place.samples[f"{key}_p95"].append(quantile(said["seconds"], 0.95))


def _starts(place: Place) -> None:
    chosen = place.pupils(int(START_SECONDS * STARTS_PER_SECOND))
    job = {"kind": "starts", "clients": 24, "seconds": START_SECONDS, "per_second": STARTS_PER_SECOND}
    said, cost = _run(place, {**job, **_who(place, chosen)})
    place.samples["starts"].append(len(said["seconds"]))
    place.samples["starts_p95"].append(quantile(said["seconds"], 0.95))
    place.samples["starts_cpu"].append(cost / len(said["seconds"]))


def _rush(place: Place) -> None:
    job = {"kind": "rush", "clients": 24, "batch": BATCH, "per_second": RUSH_PER_SECOND}
    said, cost = _run(place, {**job, **_who(place, place.pupils(int(START_SECONDS * RUSH_PER_SECOND)))})
    place.samples["rush_p95"].append(quantile(said["seconds"], 0.95))
    place.samples["rush_cpu"].append(cost / len(said["seconds"]))
    place.samples["rush"].append(len(said["seconds"]))


def _hello(place: Place) -> None:
    said, cost = _run(place, {"kind": "hello", "clients": 8, "seconds": 2})
    place.samples["hello_cpu"].append(1000 * cost / len(said["seconds"]))


def _weigh_quiz(figures: Figures, place: Place) -> None:
    at = place.pupils(1).start
    pupil = Pupil(("127.0.0.1", int(place.server.url.rpartition(":")[2])))
    pupil.sign_in(place.world.tokens[at])
    attempt = pupil.start(place.world.assignments["day"][at])
    weigh(figures, "quiz", place.server.url, pupil.cookies, path=f"/learn/attempts/{attempt}/items/1")
    weigh(figures, "learn", place.server.url, pupil.cookies, path="/learn")


def _report_saves(figures: Figures, place: Place, limit: float | None) -> None:
    of = place.samples
    on_server = place.cluster is not None
    for clients in CLIENTS:
        key, name = f"saves_{clients}", f"{place.name}.saves.{clients}_clients"
        rate = middle(of[key])
        least = 0.08 * limit if on_server and limit else 500
        figures.put(f"{name}.rate", rate, "1/s", least=least, raw=limit, runs=of[key])
        most = 2.2 if on_server else None
        figures.put(f"{name}.cpu", middle(of[f"{key}_cpu"]), "CPU-s per 1,000", most=most, runs=of[f"{key}_cpu"])
        most = 30 if on_server else None
        figures.put(f"{name}.p95", middle(of[f"{key}_p95"]), "ms", most=most, p50=middle(of[f"{key}_p50"]))


def _report_batches(figures: Figures, place: Place, limit: float | None) -> None:
    of, key, name = place.samples, f"batches_of_{BATCH}", f"{place.name}.answers_in_batches_of_{BATCH}"
    least = 0.25 * limit if place.cluster is not None and limit else None
    figures.put(f"{name}.rate", middle(of[key]), "1/s", least=least, raw=limit, runs=of[key])
    figures.put(f"{name}.cpu", middle(of[f"{key}_cpu"]), "CPU-s per 1,000", runs=of[f"{key}_cpu"])


def _report_journeys(figures: Figures, place: Place) -> None:
    of, on_server = place.samples, place.cluster is not None
    name = f"{place.name}.journeys"
    requests = middle(of["journeys_requests"])
    least, most = (600, 0.20) if on_server else (None, None)
    figures.put(f"{name}.rate", middle(of["journeys"]), "1/min", least=least, requests=requests, runs=of["journeys"])
    figures.put(f"{name}.cpu", middle(of["journeys_cpu"]), "CPU-s", most=most, p95_seconds=middle(of["journeys_p95"]))
    beside = {"requests": middle(of["journeys_pages_requests"]), "cpu_seconds": middle(of["journeys_pages_cpu"])}
    figures.put(f"{name}.with_every_item_page.rate", middle(of["journeys_pages"]), "1/min", **beside)
    beside = {"served": of["starts"][0], "cpu_seconds": middle(of["starts_cpu"]), "per_second": STARTS_PER_SECOND}
    figures.put(f"{place.name}.school_start.p95", middle(of["starts_p95"]), "s", most=2.0, **beside)
    beside = {"handed_in": of["rush"][0], "cpu_seconds": middle(of["rush_cpu"]), "per_second": RUSH_PER_SECOND}
    figures.put(f"{place.name}.deadline_rush.p95", middle(of["rush_p95"]), "s", most=2.0, **beside)


def _growth(figures: Figures, folder: Path, cluster: Cluster) -> None:
    """The cost of a save with ten times as many answers in the table, alternating between both."""
    with (
        _served(folder, "few", cluster, FEWER_ANSWERS) as few,
        _served(folder, "many", cluster, OLD_ANSWERS) as many,
    ):
        for _round in range(ROUNDS):
            for place in (few, many):
                _saves(place, 8)
        ratio = middle(many.samples["saves_8_cpu"]) / middle(few.samples["saves_8_cpu"])
    beside = {"answers": OLD_ANSWERS, "few": few.samples["saves_8_cpu"], "many": many.samples["saves_8_cpu"]}
    figures.put("postgresql.saves.cost_when_answers_grow_tenfold", ratio, "ratio", most=1.2, **beside)
