"""`flask demo …`: fill an empty database with the demo province, and show how to enter it."""

import json
import sys
from datetime import date, datetime

import click
from flask import current_app
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from school_safety.demo import actions
from school_safety.demo.actions import PUPILS, SCHOOLS, Options, doors
from school_safety.kit import clock, db, files
from school_safety.kit.errors import Refused

group = AppGroup("demo", help="The demo province.")

STAGES = {
    "places": "Đơn vị và trường",
    "people": "Thầy cô và cán bộ",
    "pupils": "Lớp và học sinh",
    "programmes": "Chương trình và minh chứng",
    "learning": "Bài giao và kết quả",
}
WORDS = {
    "not_empty": "The database holds something else already: the demo is only for an empty one.",
    "no_lessons": "The lessons are not loaded yet: run `flask lessons import` first.",
}


def _school_year(today: date) -> str:
    starts = today.year if today.month >= 8 else today.year - 1
    return f"{starts}-{starts + 1}"


@group.command("seed")
@click.option("--schools", default=SCHOOLS, show_default=True, type=click.IntRange(30, 15_000))
@click.option("--pupils", default=PUPILS, show_default=True, type=click.IntRange(400, 1_000_000))
@click.option("--seed", default=2026, show_default=True, help="Decides every invented name and answer.")
@click.option("--year", default=None, help="School year, such as 2026-2027; default: the one of --today.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day it is in the demo.")
@click.option("--if-empty", is_flag=True, help="Do nothing, without a word, where there is a province already.")
def seed(schools: int, pupils: int, seed: int, year: str | None, today: datetime | None, if_empty: bool) -> None:
    """Fill an empty database with the demo province; deterministic in its options but for the secrets."""
    database = db.database()
    with database.reading() as session:
        if if_empty and not actions.is_empty(session):
            return
    day = today.date() if today else clock.today()
    settings = current_app.extensions["settings"]
    options = Options(
        schools=schools,
        pupils=pupils,
        seed=seed,
        year_starts=int((year or _school_year(day)).split("-")[0]),
        today=day,
        files_root=files.folder(),
        external_url=settings.external_url,
    )
    try:
        with _bar(options) as step, database.writing() as session:
            ways_in = actions.seed_province(session, options, step.advance)
    except Refused as refused:
        click.echo(WORDS.get(refused.code, refused.code), err=True)
        sys.exit(1)
    doors.keep(settings.data_dir, ways_in)


@group.command("sign-ins")
def sign_ins() -> None:
    """Print one way in per role."""
    path = doors.path_of(current_app.extensions["settings"].data_dir)
    if not path.exists():
        click.echo("This database was not made by the demo: use your own accounts.")
        return
    table = Table(title="Đăng nhập thử / Demo sign-ins")
    for column in ("vai trò / role", "tên / name", "địa chỉ / address", "mật khẩu / password"):
        table.add_column(column, overflow="fold")
    for door in json.loads(path.read_text(encoding="utf-8")):
        table.add_row(door["role"], door["name"], door["address"], door["secret"])
    Console(width=None if sys.stdout.isatty() else 150).print(table)
    click.echo(f"{current_app.extensions['settings'].external_url}/")


class _bar:  # noqa: N801  # used like a function: `with _bar(options) as step`
    """One progress bar per stage; quiet where nobody watches but for one line a stage."""

    def __init__(self, options: Options) -> None:
        totals = {"pupils": options.pupils, "programmes": 25 + options.schools - SCHOOLS}
        columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.progress = Progress(*columns)
        self.tasks = {name: self.progress.add_task(words, total=totals.get(name, 1)) for name, words in STAGES.items()}

    def __enter__(self) -> "_bar":
        self.progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.progress.stop()

    def advance(self, stage: str, steps: int) -> None:
        """Say that so many steps of a stage are done."""
        self.progress.update(self.tasks[stage], advance=steps)
