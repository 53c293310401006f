"""Lessons written in the web: parts of a draft saved, and nothing proposed or published that the checker refuses."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from school_safety.access.policy import Viewer
from school_safety.assessment.actions import freeze_quiz
from school_safety.curriculum.actions import LessonContent, Picture, content_of_revision, propose_draft, publish_draft
from school_safety.curriculum.models import Lesson, LessonRevision
from school_safety.curriculum.queries import find_open_revision
from school_safety.curriculum.rules import LessonBody
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound, Refused
from school_safety.packs.actions.checking import draft_findings, has_errors


def content_with(revision: LessonRevision, body: LessonBody, added: Sequence[Picture] = ()) -> LessonContent:
    """What a draft says with this body: its pictures are those that the body still lists, and those added."""
    alts = {medium["file"]: dict(medium["alt"]) for medium in body.lesson["media"]}
    pictures = {one.file: one for one in (*content_of_revision(revision).pictures, *added)}
    listed = [
        Picture(file, pictures[file].sha256, pictures[file].media_type, alts[file])
        for file in sorted(alts)
        if file in pictures
    ]
    kept = {picture.file for picture in listed}
    media = [medium for medium in body.lesson["media"] if medium["file"] in kept]
    return LessonContent(
        lesson={**body.lesson, "media": media},
        reading=dict(body.reading),
        teacher=dict(body.teacher),
        outreach=dict(body.outreach),
        pictures=tuple(listed),
    )


def propose_sound(
    session: Session, *, actor: Viewer, lesson: Lesson, seen: str, root: Path, today: date, now: datetime
) -> None:
    """Ask a second person to look at a draft without errors. Raises Refused("has_errors"), or as `propose_draft`."""
    _refuse_errors(session, lesson, root, today)
    propose_draft(session, actor=actor, lesson=lesson, seen=seen, now=now)


def publish_sound(
    session: Session,
    *,
    actor: Viewer,
    lesson: Lesson,
    seen: str,
    root: Path,
    now: datetime,
    today: date,
    alone: bool = False,
) -> LessonRevision:
    """Put a draft without errors in force; the lesson's quiz takes its title. Raises as `publish_draft` does."""
    _refuse_errors(session, lesson, root, today)
    revision = publish_draft(session, actor=actor, lesson=lesson, seen=seen, now=now, alone=alone)
    if lesson.school_id is None:
        freeze_quiz(session, actor=actor, lesson_code=lesson.code)
    return revision


def _refuse_errors(session: Session, lesson: Lesson, root: Path, today: date) -> None:
    revision = find_open_revision(session, lesson.id)
    if revision is None:
        raise NotFound
    if has_errors(draft_findings(session, revision, root=root, today=today)):
        raise Refused("has_errors")
