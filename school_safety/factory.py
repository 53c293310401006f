"""create_app: the one place that knows every domain and puts them together."""

from pathlib import Path

from flask import Flask

from config.settings import Settings
from school_safety.access import cli as access_cli
from school_safety.access import guard
from school_safety.access import jobs as access_jobs
from school_safety.access import views as access_views
from school_safety.assessment import types
from school_safety.assessment import views as assessment_views
from school_safety.classroom import jobs as classroom_jobs
from school_safety.classroom import views as classroom_views
from school_safety.coverage import cli as coverage_cli
from school_safety.coverage import views as coverage_views
from school_safety.curriculum import views as curriculum_views
from school_safety.demo import cli as demo_cli
from school_safety.demo import views as demo_views
from school_safety.home import views as home_views
from school_safety.kit import (
    assets,
    breaks,
    charts,
    commands,
    error_pages,
    i18n,
    icons,
    logs,
    markdown,
    metrics,
    secrets,
    web,
)
from school_safety.kit.db import Database
from school_safety.packs import cli as packs_cli
from school_safety.packs import views as packs_views
from school_safety.planning import jobs as planning_jobs
from school_safety.planning import views as planning_views
from school_safety.privacy import jobs as privacy_jobs
from school_safety.privacy import views as privacy_views
from school_safety.registry import cli as registry_cli
from school_safety.registry import jobs as registry_jobs
from school_safety.registry import views as registry_views
from school_safety.roster import cli as roster_cli
from school_safety.roster import jobs as roster_jobs
from school_safety.roster import views as roster_views

TYPES = Path(types.__file__).parent
VIEWS = (
    access_views,
    registry_views,
    roster_views,
    curriculum_views,
    assessment_views,
    packs_views,
    classroom_views,
    planning_views,
    coverage_views,
    privacy_views,
    demo_views,
    home_views,
)
COMMANDS = (
    commands.migrations,
    commands.worker,
    access_cli.group,
    registry_cli.registry,
    roster_cli.roster,
    packs_cli.group,
    coverage_cli.group,
    demo_cli.group,
)
JOBS = (access_jobs, registry_jobs, roster_jobs, classroom_jobs, planning_jobs, privacy_jobs)
"""Imported for the handlers that they register."""


def create_app(settings: Settings) -> Flask:
    """A whole application for these settings."""
    app = web.Shell("school_safety")
    app.extensions["settings"] = settings
    app.extensions["database"] = Database(settings.database_url)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    secrets.configure(secret_key=settings.secret_key, pepper=settings.pepper)
    logs.configure(settings.log_level)
    for part in (metrics, logs, i18n, error_pages, assets, icons, charts, markdown, breaks, demo_views):
        part.register(app)
    web.register(app, settings)
    guard.register(app, roster_views.load_viewer)
    guard.public(app.view_functions["static"])
    web.mount_templates(app, "types", TYPES)
    for views in VIEWS:
        app.register_blueprint(views.bp)
    for group in COMMANDS:
        app.cli.add_command(group)
    return app
