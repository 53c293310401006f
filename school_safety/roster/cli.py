"""`flask roster …`: the first administrator."""

import click
from flask import current_app
from flask.cli import AppGroup

from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.roster import actions
from school_safety.roster.forms.accounts import STAFF_WORDS
from school_safety.roster.rules.accounts import spaced_link_code

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
