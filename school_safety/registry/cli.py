"""`flask registry …`: units and schools from a file."""

from pathlib import Path

import click
from flask.cli import AppGroup

from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.sheets import CellProblem, SheetError
from school_safety.registry import actions
from school_safety.registry.actions import RegistryPlan
from school_safety.registry.readers import RegistryFile, read_registry

registry = AppGroup("registry", help="Units and schools.")


@registry.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def import_file(file: Path, dry_run: bool) -> None:
    """Bring in units and schools from FILE (XLSX or CSV); a second run changes nothing."""
    today = clock.today()
    try:
        read = read_registry(file.read_bytes(), file.name)
    except SheetError as error:
        raise click.ClickException(f"{file.name}: {error.code}") from error
    with db.database().reading() as session:
        plan = actions.plan_registry(session, file=read, today=today)
    _print(read, plan)
    if not read.units and not read.schools:
        raise click.ClickException("nothing to import")
    if dry_run:
        click.echo("dry run: nothing was written")
        return
    try:
        with db.database().writing() as session:
            plan = actions.plan_registry(session, file=read, today=today)
            actions.import_registry(session, actor=None, plan=plan, today=today)
    except Refused as refused:
        where = f"row {refused.params['row']}: " if "row" in refused.params else ""
        raise click.ClickException(
            f"{where}{refused.params.get('problem', refused.code)}; nothing was written"
        ) from refused


def _print(read: RegistryFile, plan: RegistryPlan) -> None:
    for step in (*plan.units, *plan.schools):
        if step.change != "same":
            fields = f" ({', '.join(step.fields)})" if step.fields else ""
            click.echo(f"{step.change}\t{step.row.sheet}:{step.row.row}\t{step.row.code} {step.row.name}{fields}")
    for problem in (*read.problems, *plan.refusals):
        click.echo(f"rejected\t{located(problem)}", err=True)
    click.echo("  ".join(f"{name.replace('_', ' ')} {count}" for name, count in plan.counts().items()))


def located(problem: CellProblem) -> str:
    """`Sheet:row column: code`."""
    where = f"{problem.sheet}:{problem.row}" if problem.row else problem.sheet or "file"
    return f"{where} {problem.column}: {problem.code}".replace(" :", ":")
