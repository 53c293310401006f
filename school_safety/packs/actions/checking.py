"""The checks of lesson folders, on a draft that is written in the web."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from school_safety.assessment.queries import list_published_of_lesson
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import body_of, find_contact_cards
from school_safety.kit import files
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound
from school_safety.packs.readers import checked_contacts, read_draft
from school_safety.packs.rules import Finding, Severity, check_pack, distinct


def draft_findings(session: Session, revision: LessonRevision, *, root: Path, today: date) -> tuple[Finding, ...]:
    """All that `flask lessons check` would say of this revision with the items in use; `root` is the store of files."""
    media = dict(_pictures(revision, root))
    items = list_pack_items(session, revision.lesson.original_code)
    pack, findings = read_draft(body_of(revision), items=items, media=media)
    if pack is None:
        return distinct(findings)
    return distinct((*findings, *check_pack(pack, checked_contacts(find_contact_cards(session)), today)))


def _pictures(revision: LessonRevision, root: Path) -> Iterator[tuple[str, bytes]]:
    for medium in revision.media:
        with suppress(NotFound):
            yield medium.file, files.read(root, medium.sha256)


def list_pack_items(session: Session, code: str) -> list[dict[str, Any]]:
    """The items of a lesson that are in use, as they would stand in its `items.yaml`."""
    return [
        {
            "id": item.code,
            "type": revision.type,
            "use": revision.use.value,
            "objective": revision.objective,
            "points": revision.points,
            **revision.content,
        }
        for item, revision in list_published_of_lesson(session, code)
    ]


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Whether something keeps a draft from being proposed or published."""
    return any(finding.severity is Severity.ERROR for finding in findings)
