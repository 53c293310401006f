"""`flask db …` (migrations) and `flask jobs work` (the background worker)."""

import signal
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask.cli import AppGroup

from school_safety.kit import db, jobs
from school_safety.kit.db import Database

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"

migrations = AppGroup("db", help="Migrations of the database.")
worker = AppGroup("jobs", help="Background work.")


def alembic_config(url: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database to a revision."""
    command.upgrade(alembic_config(url), revision)


def is_current(database: Database) -> bool:
    """True when the database is at the newest revision."""
    with database.read_engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_heads()
    return set(at) == set(ScriptDirectory.from_config(alembic_config("")).get_heads())


def _url() -> str:
    return db.database().write_engine.url.render_as_string(hide_password=False)


@migrations.command("upgrade")
@click.argument("revision", default="head")
def upgrade_command(revision: str) -> None:
    """Bring the database to REVISION (default: the newest)."""
    upgrade(_url(), revision)


@migrations.command("downgrade")
@click.argument("revision")
def downgrade_command(revision: str) -> None:
    """Take the database back to REVISION."""
    command.downgrade(alembic_config(_url()), revision)


@migrations.command("revision")
@click.argument("message")
def revision_command(message: str) -> None:
    """Write a new migration from the difference between tables and models."""
    command.revision(alembic_config(_url()), message, autogenerate=True)


@migrations.command("check")
def check_command() -> None:
    """Fail when models and migrations differ."""
    command.check(alembic_config(_url()))


@worker.command("work")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def work_command(once: bool) -> None:
    """Do what is due until told to stop (SIGTERM, SIGINT)."""
    database = db.database()
    if once:
        jobs.plan_periodic(database)
        while jobs.work_once(database):
            pass
        return
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda signum, frame: stopping.append(signum))
    jobs.work(database, until=lambda: bool(stopping))
