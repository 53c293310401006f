"""Background work of privacy: what is past its retention date is forgotten every night."""

from datetime import timedelta
from typing import Any

from school_safety.kit import clock, jobs
from school_safety.kit.db import Session
from school_safety.privacy import actions

NEXT_PART = timedelta(minutes=1)


@jobs.handler("privacy.apply_retention", every=timedelta(days=1))
def apply_retention(session: Session, payload: dict[str, Any]) -> None:
    """Forget what is past its term, in parts of a bounded size; a second run finds nothing."""
    now = clock.now()
    if actions.apply_retention(session, now=now):
        jobs.enqueue(session, "privacy.apply_retention", {}, due_at=now + NEXT_PART)
