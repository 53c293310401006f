"""A school's own lesson and its original: taking a newer original over, or keeping what the school has."""

from collections.abc import Mapping

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.curriculum.actions.lessons import LessonContent, Picture
from school_safety.curriculum.actions.writing import save_draft, start_revision
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import Adaptation, versions_of
from school_safety.curriculum.rules import LessonBody, Side, take_over
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused


def take_original_over(
    session: Session, *, actor: Viewer, adaptation: Adaptation, seen: int, choices: Mapping[str, Side]
) -> LessonRevision:
    """Make a draft of the school's changes on the original of today, or bring the open draft up to it.

    `seen` is the number of the original that the person looked at. Raises Refused("changed_meanwhile") if another one
    is in force now.
    """
    original = _seen_original(adaptation, seen)
    merged = take_over(versions_of(adaptation), choices)
    draft = adaptation.draft or start_revision(session, actor=actor, lesson=adaptation.lesson)
    content = _content(merged, version=draft.version, original=original)
    revision = save_draft(
        session,
        actor=actor,
        lesson=adaptation.lesson,
        content=content,
        seen=draft.content_hash,
        original_id=original.id,
    )
    _audit(session, actor, "lesson.original_taken", adaptation, original)
    return revision


def keep_own_lesson(session: Session, *, actor: Viewer, adaptation: Adaptation, seen: int) -> None:
    """Say that the school keeps its own words beside this revision of the original, which is not offered again.

    Raises Refused as `take_original_over` does.
    """
    original = _seen_original(adaptation, seen)
    for revision in (adaptation.newest, adaptation.draft):
        if revision is not None:
            revision.original_id = original.id
    _audit(session, actor, "lesson.original_kept", adaptation, original)


def _seen_original(adaptation: Adaptation, seen: int) -> LessonRevision:
    original = adaptation.original
    if original is None or original.number != seen or not adaptation.has_newer_original:
        raise Refused("changed_meanwhile")
    return original


def _content(body: LessonBody, *, version: str, original: LessonRevision) -> LessonContent:
    return LessonContent(
        lesson={**body.lesson, "version": version},
        reading=dict(body.reading),
        teacher=dict(body.teacher),
        outreach=dict(body.outreach),
        pictures=tuple(Picture(one.file, one.sha256, one.media_type, one.alt) for one in original.media),
    )


def _audit(session: Session, actor: Viewer, verb: str, adaptation: Adaptation, original: LessonRevision) -> None:
    data = {"code": adaptation.lesson.code, "original": original.number}
    record_audit(session, actor=actor, verb=verb, object_type="lesson", object_id=adaptation.lesson.id, data=data)
