"""Imports between the look and the confirmation: what was read waits as a draft of its reader, and not for long."""

from datetime import datetime, timedelta
from typing import Any

from school_safety.access.policy import Viewer
from school_safety.kit.db import Session
from school_safety.kit.errors import Conflict, Refused
from school_safety.registry import queries
from school_safety.registry.models import AcademicYear, ImportDraft, SchoolPath
from school_safety.registry.rules import ImportKind

DRAFT_LIFE = timedelta(hours=24)
DRAFT_GONE = "draft_gone"


def keep_draft(
    session: Session,
    *,
    actor: Viewer,
    kind: ImportKind,
    content: dict[str, Any],
    school: SchoolPath | None = None,
    year: AcademicYear | None = None,
    class_group_id: int | None = None,
    now: datetime,
) -> ImportDraft:
    """Keep what was read from a file until its reader confirms it; older unconfirmed drafts of theirs are emptied."""
    for old in queries.list_open_drafts(session, actor.person_id):
        old.content, old.expires_at = {}, now
    draft = ImportDraft(
        kind=kind,
        made_by=actor.person_id,
        school_id=school.school_id if school else None,
        year_id=year.id if year else None,
        class_group_id=class_group_id,
        content=content,
        created_at=now,
        expires_at=now + DRAFT_LIFE,
    )
    session.add(draft)
    session.flush()
    return draft


def finish_draft(session: Session, draft: ImportDraft, *, now: datetime, result: dict[str, Any]) -> None:
    """Empty a confirmed draft: only the counts stay."""
    draft.content, draft.done_at = {"result": result}, now


def check_draft(draft: ImportDraft, *, now: datetime, seen: str, planned: str) -> None:
    """Refuse a draft that is done or too old; Conflict when the roster changed since the look."""
    if draft.done_at is not None or draft.expires_at <= now:
        raise Refused(DRAFT_GONE)
    if seen != planned:
        raise Conflict("draft_changed")


def empty_old_drafts(session: Session, now: datetime) -> None:
    """Delete the drafts that nobody confirmed in time, with the names in them (the worker, every hour)."""
    session.execute(queries.DELETE_OLD_DRAFTS, {"now": now})
