"""One storm: a served school, devices on a bad network, processes killed meanwhile, and the reckoning."""

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from config.settings import ROOT
from school_safety.assessment.report import prefix_of
from school_safety.kit import commands, secrets
from school_safety.kit.db import Database
from tests.bench.database import Cluster
from tests.bench.serving import KEYS, Server, serving, settings_of
from tests.bench.world import World, build
from tests.factories.uploads import form_of, some_answer

TYPES = (
    *("choice", "multi", "truefalse", "match", "order", "headlines", "grid"),
    *("gap", "short", "essay", "survey", "hotspot", "settings"),
)
"""Each once; stories and small webs are taken in the browsers, where their scripts run."""
BROWSER_TYPES = ("choice", "order", "branch", "gap", "lateral", "essay")
ANSWERS = 6
"""How many different answers to each item the devices choose from."""


@dataclass(frozen=True)
class Storm:
    """How hard it blows. `cluster` None: on the embedded database, which dies with the workers."""

    attempts: int
    seed: int
    cluster: Cluster | None
    browsers: int = 0
    at_once: int = 12
    browsers_at_once: int = 3
    one_in: int = 400
    """Each of the six places of a save kills the worker once in so many passes."""
    database_every: float = 12.0
    """Seconds between two kills of the database."""
    seconds: float = 3600.0


def raise_storm(storm: Storm, folder: Path) -> dict[str, Any]:
    """Everything from the school to the reckoning; returns the figures, and under `wrong` all that is."""
    secrets.configure(**KEYS)
    folder.mkdir()
    url = storm.cluster.make("storm") if storm.cluster else f"sqlite:///{folder / 'storm.db'}"
    commands.upgrade(url)
    database = Database(url)
    types = BROWSER_TYPES if storm.browsers else TYPES
    pupils = storm.attempts or storm.browsers
    world = build(database, pupils=pupils, rounds=["day"], old_answers=0, types=types, attempts=1)
    database.dispose()
    forms = [] if storm.browsers else _forms(world, storm.seed)
    tally = folder / "killed"
    settings = settings_of(url, folder)
    failpoints = {"STORM_FILE": str(tally), "STORM_ONE_IN": str(storm.one_in)}
    journal = folder / "journal"
    with serving(settings, application="tests.storm.served:app", **failpoints) as server:
        with _database_killed(storm) as crashes:
            devices = _people(storm, server, world, forms, journal)
        audit = server.flask("audit", "seal") and server.flask("audit", "verify")
    found = _reckon(url, journal)
    killed = Counter(tally.read_text().split()) if tally.exists() else Counter()
    return {
        **found,
        **devices,
        "wrong": [*devices["wrong"], *found["wrong"]],
        "workers_killed": dict(killed),
        "database_killed": len(crashes),
        "longest_without_database": max(crashes, default=0.0),
        "audit": audit.strip(),
    }


def _forms(world: World, seed: int) -> list[list[Any]]:
    """For each slot the answers to choose from, as the fields of its form."""
    dice = Random(seed)  # noqa: S311  # dice, no secrets
    return [
        [form_of(name, content, some_answer(name, content, dice), prefix_of(slot)) for _ in range(ANSWERS)]
        for slot, (name, content) in enumerate(world.items, 1)
    ]


def _people(storm: Storm, server: Server, world: World, forms: list[list[Any]], journal: Path) -> Any:
    """Let the devices, or the browsers, do their work in a process of their own; returns what it says."""
    job = {
        "url": server.url,
        "journal": str(journal),
        "tokens": world.tokens,
        "given": world.assignments["day"],
        "forms": forms,
        "seed": storm.seed,
        "at_once": storm.browsers_at_once if storm.browsers else storm.at_once,
        "seconds": storm.seconds,
    }
    client = [sys.executable, "-m", "tests.storm.browsers" if storm.browsers else "tests.storm.devices"]
    done = subprocess.run(client, cwd=ROOT, input=json.dumps(job), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{client[-1]} failed: {done.stderr[-3000:]}\n{server.log}")
    return json.loads(done.stdout)


@contextmanager
def _database_killed(storm: Storm) -> Iterator[list[float]]:
    """Kill the database now and then while the block runs; yields the seconds that each restart took."""
    over, crashes = threading.Event(), []

    def kill() -> None:
        while storm.cluster is not None and not over.wait(storm.database_every):
            crashes.append(storm.cluster.crash_and_start())

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield crashes
    finally:
        over.set()
        killer.join()


def _reckon(url: str, journal: Path) -> Any:
    program = [sys.executable, "-m", "tests.storm.reconcile", url, str(journal)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise RuntimeError(f"nothing was reconciled: {done.stderr[-3000:]}")
    return json.loads(done.stdout)
