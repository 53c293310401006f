"""Background work of planning: files that nobody names are swept."""

from datetime import timedelta
from typing import Any

from school_safety.curriculum import queries as curriculum
from school_safety.kit import files, jobs
from school_safety.kit.db import Session
from school_safety.planning import queries


@jobs.handler("planning.sweep_files", every=timedelta(days=1))
def sweep_files(session: Session, payload: dict[str, Any]) -> int:
    """Delete stored files that neither evidence nor a lesson names, a day after they were written; how many."""
    return files.sweep(
        files.folder(),
        lambda sha256: queries.names_file(session, sha256) or curriculum.names_file(session, sha256),
    )
