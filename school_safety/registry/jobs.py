"""Background work of the registry: dated changes whose day has come, drafts of imports that nobody confirmed."""

from datetime import timedelta
from typing import Any

from school_safety.kit import clock, jobs
from school_safety.kit.db import Session
from school_safety.registry import actions


@jobs.handler("registry.refresh_paths", every=timedelta(hours=1))
def refresh_paths(session: Session, payload: dict[str, Any]) -> None:
    """Rewrite today's rows of the schools whose dated placement begins or ends; a second run finds none."""
    actions.refresh_due_paths(session, clock.today())


@jobs.handler("registry.empty_drafts", every=timedelta(hours=1))
def empty_drafts(session: Session, payload: dict[str, Any]) -> None:
    """Delete old drafts of imports with the names in them."""
    actions.empty_old_drafts(session, clock.now())
