"""Background work of the classroom: attempts forgotten at the close of their window."""

from typing import Any

from school_safety.classroom import actions
from school_safety.kit import clock, jobs
from school_safety.kit.db import Session


@jobs.handler(actions.CLOSE_JOB)
def close_forgotten(session: Session, payload: dict[str, Any]) -> None:
    """Submit what was forgotten in one assignment, and come back for those with extra time."""
    now = clock.now()
    actions.close_forgotten(session, assignment_id=payload["assignment_id"], now=now)
    actions.close_again(session, payload["assignment_id"], now=now)
