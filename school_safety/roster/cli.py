"""`flask roster …`: the first administrator, class lists and staff lists from files."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.sheets import CellProblem, SheetError
from school_safety.registry import queries as registry
from school_safety.roster import actions
from school_safety.roster.forms.accounts import STAFF_WORDS
from school_safety.roster.forms.imports import FILE_WORDS, PROBLEM_WORDS
from school_safety.roster.readers import read_class_list, read_staff_list
from school_safety.roster.rules.accounts import spaced_link_code
from school_safety.roster.rules.import_plan import Change, ClassListPlan

roster = AppGroup("roster", help="People, class lists and sign-in.")


@roster.command("add-admin")
@click.argument("email")
@click.option("--name", default="Quản trị hệ thống", show_default=True, help="Full name as pages show it.")
def add_admin_command(email: str, name: str) -> None:
    """Make EMAIL an administrator of the province and print a one-time link (14 days, one use)."""
    try:
        with db.database().writing() as session:
            code = actions.add_admin(session, full_name=name, email=email, today=clock.today(), now=clock.now())
    except Refused as refused:
        raise click.ClickException(str(STAFF_WORDS.get(refused.code, refused.code))) from refused
    outside = current_app.extensions["settings"].external_url
    click.echo(f"{outside}/invitation#{code}")
    click.echo(spaced_link_code(code), err=True)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@roster.command("import")
@click.argument("file", type=_FILE)
@click.option("--school", "school_code", required=True, help="Code of the school.")
@click.option("--year", "year_code", required=True, help="School year, such as 2026-2027.")
@click.option("--end-missing", is_flag=True, help="End the pupils of the listed classes who are not in the file.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def import_class_lists(file: Path, school_code: str, year_code: str, end_missing: bool, dry_run: bool) -> None:
    """Bring in class lists from FILE (XLSX or CSV) as a school's system exports them; a second run changes nothing."""
    today = clock.today()
    try:
        listing = read_class_list(file.read_bytes(), file.name, today=today)
        with db.database().reading() as session:
            school, year = registry.get_school(session, school_code), registry.get_year(session, year_code)
            plan = actions.plan_import(session, listing=listing, school=school, year=year)
    except SheetError as error:
        raise click.ClickException(str(FILE_WORDS[error.code]) % error.params) from error
    except NotFound as missing:
        raise click.ClickException(f"no school {school_code} or no school year {year_code}") from missing
    refused = [CellProblem(row.code, row.sheet, row.row, "", dict(row.params)) for row in plan.refusals]
    _print_class_lists(plan, [*listing.problems, *refused])
    if not listing.rows:
        raise click.ClickException("nothing to import")
    if dry_run:
        click.echo("dry run: nothing was written")
        return
    with db.database().writing() as session:
        plan = actions.plan_import(session, listing=listing, school=school, year=year)
        actions.import_class_list(
            session, actor=None, plan=plan, school=school, year=year, end_missing=end_missing, today=today
        )


def _print_class_lists(plan: ClassListPlan, problems: list[CellProblem]) -> None:
    for step in plan.steps:
        if step.change is Change.SAME:
            continue
        who = step.listed or step.present
        where = f"{step.listed.sheet}:{step.listed.row}" if step.listed else "-"
        fields = f" ({', '.join(step.fields)})" if step.fields else ""
        click.echo(f"{step.change}\t{where}\t{who.class_name if who else ''} {who.full_name if who else ''}{fields}")
    _print_problems(problems)
    counts = [f"{change} {len(plan.of(change))}" for change in Change]
    click.echo("  ".join([*counts, f"rejected {len({(each.sheet, each.row) for each in problems})}"]))


def _print_problems(problems: list[CellProblem]) -> None:
    for problem in problems:
        where = f"{problem.sheet}:{problem.row}" if problem.row else problem.sheet or "-"
        words = PROBLEM_WORDS.get(str(problem.code))
        text = str(words) % problem.params if words is not None else ""
        click.echo(f"rejected\t{where}\t{problem.column} [{problem.code}] {text}".rstrip(), err=True)


@roster.command("import-staff")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def import_staff_list(file: Path, dry_run: bool) -> None:
    """Bring in staff with their roles and classes from FILE (XLSX or CSV); a second run changes nothing."""
    today = clock.today()
    try:
        listing = read_staff_list(file.read_bytes(), file.name)
    except SheetError as error:
        raise click.ClickException(str(FILE_WORDS[error.code]) % error.params) from error
    with db.database().reading() as session:
        year = registry.find_current_year(session, today)
        plan = actions.plan_staff(session, actor=None, listing=listing, year=year, today=today)
    for step in plan.steps:
        if step.change != "same":
            row = step.row
            click.echo(f"{step.change}\t{row.sheet}:{row.row}\t{row.full_name} {row.email} {row.role} {step.seat.name}")
    _print_problems([*listing.problems, *plan.refusals, *plan.remarks])
    click.echo("  ".join(f"{change} {count}" for change, count in plan.counts().items()))
    if not listing.rows:
        raise click.ClickException("nothing to import")
    if dry_run:
        click.echo("dry run: nothing was written")
        return
    with db.database().writing() as session:
        plan = actions.plan_staff(session, actor=None, listing=listing, year=year, today=today)
        actions.import_staff(session, actor=None, plan=plan, today=today)
