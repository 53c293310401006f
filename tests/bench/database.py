"""The databases that are measured, and the raw limit: the same transaction by pgbench, without our code."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg

from tests import postgres
from tests.bench.serving import cpu_seconds, tree

RESTART_SECONDS = 30.0

RAW_TABLES = """
CREATE TABLE raw_session (token_hash text PRIMARY KEY, person_id bigint NOT NULL, expires_at timestamptz NOT NULL);
CREATE TABLE raw_attempt (id bigint PRIMARY KEY, person_id bigint NOT NULL, deadline_at timestamptz NOT NULL);
CREATE TABLE raw_answer (
  attempt_id bigint REFERENCES raw_attempt (id), slot int, seq bigint NOT NULL, value jsonb, saved_at timestamptz,
  PRIMARY KEY (attempt_id, slot));
INSERT INTO raw_session SELECT md5(n::text), n, now() + interval '4 hours' FROM generate_series(1, 5000) n;
INSERT INTO raw_attempt SELECT n, n, now() + interval '1 hour' FROM generate_series(1, 5000) n;
INSERT INTO raw_answer SELECT a.id, s, 1, '{"choice": "A"}', now() FROM raw_attempt a, generate_series(1, 20) s;
VACUUM ANALYZE;
"""
RAW_SCRIPT = """
\\set who random(1, 5000)
\\set slot random(1, 20)
BEGIN;
SELECT person_id, expires_at FROM raw_session WHERE token_hash = md5(:who::text);
SELECT person_id, deadline_at FROM raw_attempt WHERE id = :who;
INSERT INTO raw_answer VALUES (:who, :slot, 2, '{"choice": "B"}', now())
  ON CONFLICT (attempt_id, slot) DO UPDATE SET seq = raw_answer.seq + 1, value = excluded.value,
  saved_at = excluded.saved_at;
COMMIT;
"""


@dataclass(frozen=True)
class Cluster:
    """A durable PostgreSQL of our own (fsync on, synchronous commit on)."""

    programs: Path
    maintenance: str

    @property
    def folder(self) -> Path:
        """Where its socket and its data lie."""
        return Path(parse_qs(urlsplit(self.maintenance).query)["host"][0])

    def make(self, name: str) -> str:
        """A new empty database; returns its address."""
        with psycopg.connect(self.maintenance.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return f"postgresql+psycopg://{postgres.USER}@/{name}?host={self.folder}"

    @property
    def postmaster(self) -> int:
        """The process above all backends."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def cpu_seconds(self) -> float:
        """Processor time of the server and its backends so far, in seconds."""
        return cpu_seconds(tree(self.postmaster))

    def crash_and_start(self) -> float:
        """Kill the postmaster (SIGKILL) and start again; returns the seconds without a database."""
        began = time.monotonic()
        os.kill(self.postmaster, signal.SIGKILL)
        while True:
            with suppress(subprocess.CalledProcessError):  # backends of the dead one are still going
                postgres.start(self.programs, self.folder, durable=True)
                return time.monotonic() - began
            if time.monotonic() - began > RESTART_SECONDS:
                raise TimeoutError("the database does not start again")
            time.sleep(0.1)

    def vacuum(self, url: str) -> None:
        """Statistics and visibility as after a quiet night."""
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")


@contextmanager
def durable_cluster() -> Iterator[Cluster | None]:
    """A running cluster; None without an installed server."""
    programs = postgres.find_programs()
    if programs is None:
        yield None
        return
    with postgres.cluster(programs, durable=True) as maintenance:
        yield Cluster(programs, maintenance)


def prepare_raw(cluster: Cluster) -> str:
    """The tables of the raw transaction; returns the address of their database."""
    url = cluster.make("raw")
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in RAW_TABLES.split(";"):
            if statement.strip():
                connection.execute(statement)  # type: ignore[arg-type]  # our own constant text
    (cluster.folder / "raw.sql").write_text(RAW_SCRIPT)
    return url


def raw_transactions(cluster: Cluster, *, clients: int, seconds: int) -> float:
    """Transactions a second of the raw script by pgbench (prepared statements, synchronous commit)."""
    command = [
        *(str(cluster.programs / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2"),
        *("-T", str(seconds), "-f", str(cluster.folder / "raw.sql"), "-h", str(cluster.folder)),
        *("-U", postgres.USER, "raw"),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 60)
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    if found is None:
        raise RuntimeError(done.stdout)
    return float(found[1])
