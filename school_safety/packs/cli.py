"""`flask lessons …`: check lesson folders, and put them in force."""

import sys
from datetime import date, datetime
from pathlib import Path
from string import Template

import click
from flask.cli import AppGroup

from config.settings import ROOT
from school_safety.curriculum.actions import import_contacts
from school_safety.curriculum.readers import read_contacts as read_cards
from school_safety.kit import clock, db, files
from school_safety.packs.actions import import_library
from school_safety.packs.forms import words_of
from school_safety.packs.readers import Library, read_contacts, read_library
from school_safety.packs.rules import Severity, begin_lesson

LESSONS = ROOT / "lessons"
CONTACTS = ROOT / "config" / "contacts.toml"
SKELETON = ROOT / "config" / "lesson-skeleton"

group = AppGroup("lessons", help="Lesson folders: check them, put them in force.")


@group.command("new")
@click.argument("code")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), default=LESSONS, help="The folder of lessons.")
def new(code: str, to: Path) -> None:
    """Make a folder for a lesson, such as ML-07-01, with everything to be written marked; the checker lists it."""
    try:
        lesson = begin_lesson(code.upper())
    except ValueError:
        raise click.BadParameter(f"{code}: a code is OS or ML, a grade of 06 to 12 and a number: ML-07-01") from None
    folder = to / lesson.folder
    if folder.exists():
        raise click.ClickException(f"{_short(folder)} is there already")
    for source in sorted(path for path in SKELETON.rglob("*") if path.is_file()):
        target = folder / source.relative_to(SKELETON)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(source.read_text("utf-8")).substitute(lesson.words(clock.today())), "utf-8")
    click.echo(f"{_short(folder)}: now write, then flask lessons check {_short(folder)}")


@group.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--strict", is_flag=True, help="Refuse what is only a warning otherwise.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day from which ages are counted.")
def check(paths: tuple[Path, ...], strict: bool, today: datetime | None) -> None:
    """Say what is wrong with each folder, as `file:line: code message`; exit 1 on any error."""
    library = _read(paths or (LESSONS,), today.date() if today else clock.today())
    refused = library.has_errors or (strict and bool(library.located))
    _say(library)
    if refused:
        sys.exit(1)
    click.echo(f"{len(library.readings)} ok")


@group.command("import")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
def import_(paths: tuple[Path, ...]) -> None:
    """Put lessons/ and config/contacts.toml in force; what is unchanged stays; one error and nothing is imported."""
    library = _read(paths or (LESSONS,), clock.today())
    _say(library)
    if library.has_errors:
        click.echo("nothing imported", err=True)
        sys.exit(1)
    with db.database().writing() as session:
        contacts = import_contacts(session, cards=read_cards(CONTACTS), now=clock.now())
        done = import_library(session, actor=None, library=library, root=files.folder(), now=clock.now())
    click.echo(f"contacts: {len(contacts.added)} new, {len(contacts.updated)} brought up to date")
    for code in contacts.offered:
        click.echo(f"contact {code}: what the department wrote stays; the file, checked later, is offered beside it")
    for pack in done:
        what = f"items {pack.items_changed} new, {pack.items_retired} retired" if pack.changed else "unchanged"
        click.echo(f"{pack.code} revision {pack.number}: {what}")
        if pack.kept:
            click.echo(
                f"{pack.code}: version {pack.kept} was written or retired in the web and stays; "
                "raise the version of the folder above it to put its text in force"
            )


def _read(paths: tuple[Path, ...], today: date) -> Library:
    library = read_library(paths, read_contacts(CONTACTS), today)
    if not library.readings:
        click.echo("no lesson folder here", err=True)
        sys.exit(1)
    return library


def _say(library: Library) -> None:
    """One line a finding; warnings say so."""
    for one in library.located:
        mark = "warning " if one.finding.severity is Severity.WARNING else ""
        click.echo(f"{_short(one.file)}:{one.line}: {mark}{one.finding.code} {words_of(one.finding)}")


def _short(file: Path) -> Path:
    """The path as an editor finds it from where the command was given."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
