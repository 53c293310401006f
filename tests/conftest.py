"""Fixtures of all tests: databases on both engines, the application, a client that checks every page it fetches."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from config.settings import Settings
from school_safety.factory import create_app
from school_safety.kit import commands, secrets
from school_safety.kit.db import Database
from tests import postgres
from tests.client import Client

hypothesis.settings.register_profile("house", deadline=None, derandomize=True, max_examples=60)
hypothesis.settings.load_profile("house")

MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3  # noqa: S108  # folders with names of their own are made in it
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:  # a commit that waits for no disk costs a test nothing
    os.environ["TMPDIR"], tempfile.tempdir = str(MEMORY), None

KEYS = {"secret_key": "s" * 40, "pepper": "p" * 40}
secrets.configure(**KEYS)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty embedded database to copy."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    commands.upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    with database.write_engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """The maintenance address of a running cluster; the tests that need it are skipped, by name, without a server."""
    programs = postgres.find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgres.cluster(programs) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: str) -> str:
    """A migrated, empty database to make others from."""
    create_database(postgres_cluster, "empty")
    url = sibling(postgres_cluster, "empty")
    commands.upgrade(url)
    return url


def sibling(url: str, name: str) -> str:
    """The address of another database of the same cluster."""
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}?{query}"


def create_database(maintenance: str, name: str, template: str = "template1") -> None:
    """Make a database in the cluster."""
    with psycopg.connect(maintenance.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh migrated database of the test's own (for what commits or runs side by side), on both engines."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        url = f"sqlite:///{tmp_path / 'test.db'}"
    else:
        template = request.getfixturevalue("postgres_template")
        number = request.config.stash.setdefault(COUNTER, [0])
        number[0] += 1
        create_database(sibling(template, "postgres"), f"test_{number[0]}", "empty")
        url = sibling(template, f"test_{number[0]}")
    fresh = Database(url)
    yield fresh
    fresh.dispose()


COUNTER = pytest.StashKey[list[int]]()


@pytest.fixture(scope="session")
def shared_databases(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Database]]:
    """Databases whose tests roll everything back."""
    path = tmp_path_factory.mktemp("shared") / "shared.db"
    shutil.copy(sqlite_template, path)
    shared = {"sqlite": Database(f"sqlite:///{path}")}
    yield shared
    for one in shared.values():
        one.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def session(request: pytest.FixtureRequest, shared_databases: dict[str, Database]) -> Iterator[Session]:
    """A write session on a migrated database, rolled back at the end; on both engines."""
    if request.param == "postgresql" and "postgresql" not in shared_databases:
        template = request.getfixturevalue("postgres_template")
        create_database(sibling(template, "postgres"), "shared", "empty")
        shared_databases["postgresql"] = Database(sibling(template, "shared"))
    with Session(shared_databases[request.param].write_engine, expire_on_commit=False) as opened:
        yield opened
        opened.rollback()


def settings_for(url: str, data_dir: Path) -> Settings:
    """The settings of an application under test."""
    return Settings(database_url=url, data_dir=data_dir, testing=True, log_level="ERROR", **KEYS)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for all tests of this process; each gives it a database and a folder of its own."""
    return _made(f"sqlite:///{tmp_path_factory.mktemp('application') / 'none.db'}", tmp_path_factory.mktemp("data"))


def _made(url: str, data_dir: Path) -> Flask:
    made = create_app(settings_for(url, data_dir))
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


@pytest.fixture
def app(application: Flask, sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """A whole application on an embedded database of its own."""
    shutil.copy(sqlite_template, tmp_path / "app.db")
    settings = settings_for(f"sqlite:///{tmp_path / 'app.db'}", tmp_path / "data")
    settings.data_dir.mkdir()
    application.extensions.update(settings=settings, database=Database(settings.database_url))
    yield application
    application.extensions["database"].dispose()


@pytest.fixture
def app_to_change(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application for a test that adds views to it."""
    shutil.copy(sqlite_template, tmp_path / "app.db")
    made = _made(f"sqlite:///{tmp_path / 'app.db'}", tmp_path / "data")
    yield made
    made.extensions["database"].dispose()


@pytest.fixture
def store(app: Flask) -> Callable[[], AbstractContextManager[Session]]:
    """`with store() as session:` writes into the application's database and commits."""
    opened: Callable[[], AbstractContextManager[Session]] = app.extensions["database"].writing
    return opened


@pytest.fixture
def client(app: Flask) -> Client:
    """A visitor; `client.sign_in(person)` makes them somebody. Every page they fetch is checked."""
    return Client(app)


@pytest.fixture
def new_client(app: Flask) -> Callable[[], Client]:
    """More visitors: another device, another person."""
    return lambda: Client(app)


class Counted(list[str]):
    """The statements that ran inside a `count_queries` block."""


@contextmanager
def counting(*engines: Engine) -> Iterator[Counted]:
    """Collect the statements that these engines run inside the block."""
    counted = Counted()

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            counted.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], AbstractContextManager[Counted]]:
    """`with count_queries() as statements:` collects what the application asks of its database."""
    database = app.extensions["database"]
    return lambda: counting(database.read_engine, database.write_engine)
