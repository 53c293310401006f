"""`flask audit …`: seal and verify the log."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from school_safety.access import actions
from school_safety.access.guard import Access
from school_safety.kit import db

group = AppGroup("audit", help="The tamper-evident log.")


@group.command("seal")
def seal() -> None:
    """Chain every event that has no seal yet."""
    with db.database().writing() as session:
        root = actions.seal_events(session)
    if root is not None:
        actions.keep_anchor(current_app.extensions["settings"].data_dir, root)
    click.echo(f"sealed up to {root[0]} {root[1]}" if root else "nothing to seal")


@group.command("verify")
def verify() -> None:
    """Say `ok`, or the first row that does not hold; exit 1 then."""
    with db.database().reading() as session:
        broken = actions.verify_chain(session, current_app.extensions["settings"].data_dir)
    if broken is None:
        click.echo("ok")
    else:
        click.echo(f"broken at seal {broken}")
        sys.exit(1)


@group.command("routes")
def routes() -> None:
    """Every address, its endpoint and who may enter."""
    lines = []
    for rule in current_app.url_map.iter_rules():
        access = getattr(current_app.view_functions[rule.endpoint], "access", None)
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        said = access.describe() if isinstance(access, Access) else "NOT DECLARED"
        lines.append(f"{methods} {rule.rule} {rule.endpoint}: {said}")
    click.echo("\n".join(sorted(lines)))
