"""Background work of the roster: what decides nothing any more is forgotten."""

from datetime import timedelta
from typing import Any

from school_safety.kit import clock, jobs
from school_safety.kit.db import Session
from school_safety.roster import actions


@jobs.handler("roster.forget_old", every=timedelta(hours=6))
def forget_old(session: Session, payload: dict[str, Any]) -> None:
    """Delete sessions and wrong tries past their term; a second run finds none."""
    actions.forget_old(session, now=clock.now())
