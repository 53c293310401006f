"""The sealer: every minute it chains what was logged; the root goes to a file outside the database."""

from datetime import timedelta
from typing import Any

from flask import current_app

from school_safety.access.actions import keep_anchor, last_anchor, seal_events
from school_safety.access.queries import get_last_seal
from school_safety.kit import jobs
from school_safety.kit.db import Session


@jobs.handler("access.seal", every=timedelta(minutes=1))
def seal(session: Session, payload: dict[str, Any]) -> None:
    """Keep the committed root outside, then seal what is new: a root is anchored only once it can no longer vanish."""
    data_dir = current_app.extensions["settings"].data_dir
    committed = get_last_seal(session)
    if committed is not None and last_anchor(data_dir) != (committed.number, committed.hash):
        keep_anchor(data_dir, (committed.number, committed.hash))
    seal_events(session)
