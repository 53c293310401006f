"""SQLite as we use it: the settings of its connections, and writers who wait in line."""

import fcntl
import os
import sqlite3
import threading
import time
from collections import defaultdict
from typing import Any, ClassVar

from sqlalchemy.exc import OperationalError


class Writer(sqlite3.Connection):
    """A writing connection that waits in line: asked while busy, SQLite sleeps ever longer and lets others pass.

    One thread of each process stands at the lock file beside the database, its other threads behind it.
    """

    patience = 10.0
    pause = 0.0005
    _turn: Any = None
    _threads: ClassVar[dict[str, threading.Lock]] = defaultdict(threading.Lock)

    def stand_in_line(self, path: str) -> None:
        """Lock the line and begin. Raises sqlite3.OperationalError when nothing moves for `patience` seconds."""
        ends = time.monotonic() + self.patience
        turn = self._threads[path]
        if not turn.acquire(timeout=self.patience):
            raise sqlite3.OperationalError("database is locked")
        self._turn, self._line = turn, os.open(f"{path}-line", os.O_CREAT | os.O_RDWR, 0o600)
        while True:
            try:
                fcntl.flock(self._line, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > ends:
                    break  # then SQLite itself says that it is locked
                time.sleep(self.pause)
        try:
            self.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        if self._turn is not None:
            os.close(self._line)
            self._turn.release()
            self._turn = None

    def commit(self) -> None:
        """Commit; whoever is next may begin."""
        try:
            super().commit()
        finally:
            if not self.in_transaction:
                self._leave()

    def rollback(self) -> None:
        """Roll back; whoever is next may begin."""
        try:
            super().rollback()
        finally:
            self._leave()


def prepare_writer(connection: Any, record: object) -> None:
    """Settings of a connection that writes."""
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's own way loses updates and savepoints
    for pragma in ("foreign_keys = ON", "busy_timeout = 10000", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def prepare_reader(connection: Any, record: object) -> None:
    """Settings of a connection that cannot write."""
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA query_only = ON")


def begin_reading(connection: Any) -> None:
    """One snapshot for the whole request."""
    connection.exec_driver_sql("BEGIN")


def begin_writing(connection: Any) -> None:
    """Lock before the first read, so that a read-then-write never loses an update. Raises OperationalError."""
    try:
        connection.connection.dbapi_connection.stand_in_line(connection.engine.url.database)
    except sqlite3.OperationalError as error:
        raise OperationalError("BEGIN IMMEDIATE", {}, error) from error
