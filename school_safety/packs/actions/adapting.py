"""A school's own version of a lesson comes into force: one person is enough, the checks that guard children hold."""

from datetime import date, datetime
from pathlib import Path

from school_safety.access.policy import Viewer
from school_safety.curriculum.actions import publish_draft
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import Adaptation, body_of
from school_safety.curriculum.rules import compare_lessons
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound, Refused
from school_safety.packs.actions.checking import draft_findings
from school_safety.packs.rules import Finding, keeps_school_back, own_findings


def adaptation_findings(session: Session, adaptation: Adaptation, *, root: Path, today: date) -> tuple[Finding, ...]:
    """What the checker says of the school's draft, as far as the school wrote it."""
    if adaptation.draft is None:
        return ()
    found = draft_findings(session, adaptation.draft, root=root, today=today)
    return own_findings(found, body_of(adaptation.draft))


def publish_adaptation(
    session: Session, *, actor: Viewer, adaptation: Adaptation, seen: str, root: Path, now: datetime, today: date
) -> LessonRevision:
    """Put the school's draft in force inside the school, by one person.

    Raises Refused("has_errors"), Refused("nothing_changed") where it says what the original says, or as
    `publish_draft` does.
    """
    if adaptation.draft is None:
        raise NotFound
    if any(map(keeps_school_back, adaptation_findings(session, adaptation, root=root, today=today))):
        raise Refused("has_errors")
    if not compare_lessons(body_of(adaptation.followed), body_of(adaptation.draft)):
        raise Refused("nothing_changed")
    return publish_draft(session, actor=actor, lesson=adaptation.lesson, seen=seen, now=now, alone=True)
