"""`flask coverage …`: the areas and the figures, from the same object as the page."""

import json
from datetime import date, datetime

import click
from flask.cli import AppGroup

from school_safety.coverage import queries, sheets
from school_safety.coverage.report import LADDER, CoverageReport, build_report
from school_safety.coverage.report.words import STRANDS, target_words, verdict_words
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound
from school_safety.kit.i18n import LANGUAGES, format_date, speaking
from school_safety.kit.sheets import write_csv
from school_safety.registry.queries import get_current_year, get_year

group = AppGroup("coverage", help="Which schools have their annual programmes, against the targets.")


@group.command("areas")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table")
def areas(shape: str) -> None:
    """The areas that figures can be asked for, the province first."""
    with db.database().reading() as session:
        found = queries.list_areas(session, clock.today())
    rows = [{"code": area.code, "name": area.name, "kind": str(area.kind), "parent": area.parent} for area in found]
    if shape == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['code']:<16} {row['name']}")


@group.command("show")
@click.option("--area", help="Code of the province or commune; the province when left out.")
@click.option("--year", help="School year such as 2026-2027; the current one when left out.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Count by the facts of that day.")
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default="vi")
@click.option("--format", "shape", type=click.Choice(["table", "json", "csv"]), default="table")
def show(area: str | None, year: str | None, as_of: datetime | None, lang: str, shape: str) -> None:
    """Both programme indicators of an area, with the four grades of evidence and the verdict."""
    today = clock.today()
    day = as_of.date() if as_of else today
    if day > today:
        raise click.BadParameter(f"{day} is still to come", param_hint="--as-of")
    with speaking(lang):
        report = _report(area, year, day, today)
        if shape == "json":
            click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        elif shape == "csv":
            click.echo(write_csv(*sheets.figure_rows(report)).decode("utf-8-sig"), nl=False)
        else:
            click.echo("\n".join(_table(report)))


def _report(area: str | None, year: str | None, day: date, today: date) -> CoverageReport:
    with db.database().reading() as session:
        try:
            of_year = get_year(session, year) if year else get_current_year(session, today)
        except NotFound as error:
            raise click.BadParameter(f"no school year {year or ''}", param_hint="--year") from error
        try:
            return build_report(session, year=of_year, as_of=day, area=area)
        except NotFound as error:
            raise click.BadParameter(f"no area {area or ''} on {day}", param_hint="--area") from error


def _table(report: CoverageReport) -> list[str]:
    lines = [f"{report.area.name}, {report.year}, {format_date(report.as_of)}, {report.definition.name}"]
    for entry in report.entries:
        target = "-" if entry.threshold is None else target_words(entry.threshold)
        lines += [
            "",
            f"{STRANDS[entry.strand]} ({entry.scope}): {entry.display}, {entry.numerator}/{entry.tally.denominator}, "
            f"{target}: {verdict_words(entry.judged.verdict, settled=entry.judged.settled)}",
            "  "
            + "  ".join(f"{grade.code} {entry.tally.at_least(grade)}" for grade in LADDER)
            + f"  unknown {entry.tally.unknown}  excluded {entry.tally.excluded}  needed {entry.judged.needed}",
        ]
    return lines
