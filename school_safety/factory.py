"""create_app: the one place that knows every domain and puts them together."""

import importlib
import importlib.util
from pathlib import Path

from config.settings import Settings
from flask import Flask
from flask.cli import AppGroup

from school_safety.access import guard
from school_safety.kit import assets, charts, commands, error_pages, i18n, icons, logs, markdown, secrets, web
from school_safety.kit.db import Database

PACKAGE = Path(__file__).resolve().parent
DOMAINS = (
    "access", "registry", "roster", "curriculum", "assessment", "packs", "classroom", "planning", "coverage",
    "privacy", "demo", "home",
)


def _modules(name: str) -> list:
    found = []
    for domain in DOMAINS:
        path = f"school_safety.{domain}"
        if importlib.util.find_spec(path) and importlib.util.find_spec(f"{path}.{name}"):
            try:
                found.append(importlib.import_module(f"{path}.{name}"))
            except ImportError as error:  # while the domains are being built
                print("NOT LOADED", path, name, error)
    return found


_modules("models")


def create_app(settings: Settings) -> Flask:
    """A whole application for these settings."""
    app = web.Shell("school_safety")
    app.extensions["settings"] = settings
    app.extensions["database"] = Database(settings.database_url)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    secrets.configure(secret_key=settings.secret_key, pepper=settings.pepper)
    logs.configure(settings.log_level)
    logs.register(app)
    web.register(app, settings)
    i18n.register(app)
    error_pages.register(app)
    assets.register(app)
    icons.register(app)
    charts.register(app)
    markdown.register(app)
    charts.register(app)
    roster = importlib.import_module("school_safety.roster.views")
    guard.register(app, roster.load_viewer)
    guard.public(app.view_functions["static"])
    web.mount_templates(app, "types", PACKAGE / "assessment" / "types")
    for views in _modules("views") + _modules("api"):
        if hasattr(views, "bp"):
            app.register_blueprint(views.bp)
    for group in (commands.migrations, commands.worker):
        app.cli.add_command(group)
    for cli in _modules("cli"):
        for value in vars(cli).values():
            if isinstance(value, AppGroup):
                app.cli.add_command(value)
    _modules("jobs")
    return app
