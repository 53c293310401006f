"""Writers of the embedded database wait in line, in one process and in several, and are told when nothing moves."""

import multiprocessing
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from school_safety.kit.db import Database
from school_safety.kit.sqlite import Writer

WRITES = 40


@pytest.fixture
def url(tmp_path: Path) -> str:
    """An embedded database with one counter."""
    database = Database(f"sqlite:///{tmp_path / 'line.db'}")
    with database.writing() as session:
        session.execute(text("CREATE TABLE counter (value INTEGER)"))
        session.execute(text("INSERT INTO counter VALUES (0)"))
    database.dispose()
    return f"sqlite:///{tmp_path / 'line.db'}"


def count_up(url: str) -> None:
    """Read, then write what was read and one more: only in line is no step lost."""
    database = Database(url)

    def write() -> None:
        for _ in range(WRITES):
            with database.writing() as session:
                value = session.scalar(text("SELECT value FROM counter"))
                session.execute(text("UPDATE counter SET value = :value"), {"value": value + 1})

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.dispose()


def test_no_step_is_lost_between_threads_and_processes(url: str) -> None:
    other = multiprocessing.get_context("spawn").Process(target=count_up, args=(url,))
    other.start()
    count_up(url)
    other.join(60)
    with Database(url).reading() as session:
        assert session.scalar(text("SELECT value FROM counter")) == 4 * WRITES


def test_who_waits_too_long_is_told_and_the_next_one_gets_through(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Writer, "patience", 0.05)
    database = Database(url)
    with database.writing() as slow:
        slow.execute(text("UPDATE counter SET value = 7"))
        with pytest.raises(OperationalError, match="locked"), database.writing() as second:
            second.execute(text("UPDATE counter SET value = 8"))
    with database.writing() as third:
        assert third.scalar(text("SELECT value FROM counter")) == 7
