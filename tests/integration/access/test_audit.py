"""The audit log on a real database: sealing, verifying, damage that is found."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from school_safety.access import actions
from school_safety.kit.db import Database


def fill(session: Session, rows: int = 4) -> None:
    for number in range(rows):
        actions.record_audit(session, actor=None, verb="test.made", object_type="thing", object_id=number)


def test_sealing_twice_adds_nothing_and_the_chain_holds(session: Session, tmp_path: Path) -> None:
    fill(session)
    root = actions.seal_events(session)
    assert root is not None
    assert actions.seal_events(session) is None
    actions.keep_anchor(tmp_path, root)
    assert actions.verify_chain(session, tmp_path) is None


def test_new_events_go_on_from_the_last_seal(session: Session, tmp_path: Path) -> None:
    fill(session, 2)
    first = actions.seal_events(session)
    fill(session, 3)
    second = actions.seal_events(session)
    assert first is not None
    assert second is not None
    assert second[0] == first[0] + 3
    assert actions.verify_chain(session, tmp_path) is None


def test_a_changed_row_and_a_lost_tail_are_found(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        fill(session)
        root = actions.seal_events(session)
    assert root is not None
    actions.keep_anchor(tmp_path, root)
    dialect = database.write_engine.dialect.name
    with database.write_engine.begin() as connection:
        if dialect == "postgresql":
            connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER append_only"))
            connection.execute(text("ALTER TABLE audit_seal DISABLE TRIGGER append_only"))
        else:
            for table in ("audit_event", "audit_seal"):
                for verb in ("update", "delete"):
                    connection.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
        connection.execute(text("DELETE FROM audit_seal WHERE number = 4"))
    with database.reading() as session:
        assert actions.verify_chain(session, tmp_path) == 4
    with database.write_engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET object_id = '99' WHERE object_id = '1'"))
    with database.reading() as session:
        assert actions.verify_chain(session, tmp_path) == 2


def test_the_commands_say_ok_or_the_first_broken_row(app: Flask) -> None:
    with app.extensions["database"].writing() as session:
        fill(session, 3)
    runner = app.test_cli_runner()
    assert "sealed up to 3" in runner.invoke(args=["audit", "seal"]).output
    assert runner.invoke(args=["audit", "verify"]).output == "ok\n"
    anchors = app.extensions["settings"].data_dir / actions.ANCHORS
    anchors.write_text(f"9 {'f' * 64}\n")
    broken = runner.invoke(args=["audit", "verify"])
    assert (broken.exit_code, broken.output) == (1, "broken at seal 9\n")


@pytest.mark.parametrize("lines", ["", "garbage\n", "3 tooshort\n"])
def test_an_unreadable_anchor_line_is_passed_over(tmp_path: Path, lines: str) -> None:
    (tmp_path / actions.ANCHORS).write_text(f"2 {'a' * 64}\n{lines}")
    assert actions.last_anchor(tmp_path) == (2, "a" * 64)
