"""Models equal migrations; every migration goes up, down and up to the same tables; facts cannot be changed."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from school_safety.kit import commands
from school_safety.kit.db import Base
from tests.conftest import create_database, sibling

APPEND_ONLY = sorted(table.name for table in Base.metadata.tables.values() if table.info.get("append_only"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'migrations.db'}"
    maintenance = request.getfixturevalue("postgres_cluster")
    create_database(maintenance, "migrations")
    return sibling(maintenance, "migrations")


def tables(url: str) -> dict[str, list[str]]:
    engine = create_engine(url)
    seen = inspect(engine)
    found = {name: sorted(column["name"] for column in seen.get_columns(name)) for name in seen.get_table_names()}
    engine.dispose()
    return found


def test_migrations_go_up_down_and_up_and_equal_the_models(empty_url: str) -> None:
    commands.upgrade(empty_url)
    first = tables(empty_url)
    command.check(commands.alembic_config(empty_url))
    command.downgrade(commands.alembic_config(empty_url), "base")
    assert set(tables(empty_url)) == {"alembic_version"}
    commands.upgrade(empty_url)
    assert tables(empty_url) == first


def test_fact_tables_refuse_update_and_delete(session: Session) -> None:
    session.execute(text("INSERT INTO audit_event (at, verb, data) VALUES (CURRENT_TIMESTAMP, 'test.made', '{}')"))
    for change in ("UPDATE audit_event SET verb = 'other'", "DELETE FROM audit_event"):
        with pytest.raises((IntegrityError, DatabaseError), match="new rows only"), session.begin_nested():
            session.execute(text(change))


def test_every_fact_table_has_its_trigger(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        found = session.scalars(text("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'"))
        assert sorted(found) == APPEND_ONLY
    else:
        found = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        assert {f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")} <= set(found)
