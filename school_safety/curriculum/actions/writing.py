"""Writing lessons in the web: a draft, a second pair of eyes, and the day on which it comes into force."""

from datetime import datetime
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.curriculum import queries
from school_safety.curriculum.actions.lessons import LessonContent, Picture, fill_revision
from school_safety.curriculum.models import Lesson, LessonRevision, RevisionState
from school_safety.curriculum.rules import Strand, adaptation_code, next_version, version_key
from school_safety.kit import db
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound, Refused


def content_of_revision(revision: LessonRevision) -> LessonContent:
    """What a revision says, as the start of another one."""
    return LessonContent(
        lesson=revision.content,
        reading=revision.reading,
        teacher=revision.teacher,
        outreach=revision.outreach.content if revision.outreach is not None else {},
        pictures=tuple(Picture(one.file, one.sha256, one.media_type, one.alt) for one in revision.media),
    )


def start_lesson(session: Session, *, actor: Viewer, content: LessonContent) -> LessonRevision:
    """Begin a lesson of the province with its first draft. Raises Refused("code_taken")."""
    lesson = Lesson(code=content.lesson["code"], strand=Strand(content.lesson["strand"]))
    if queries.find_lesson(session, lesson.code) is not None:
        raise Refused("code_taken", "code")
    with db.refusing(session, "code_taken", "code"):
        session.add(lesson)
        session.flush()
    return _begin(session, actor, lesson, content)


def start_revision(session: Session, *, actor: Viewer, lesson: Lesson) -> LessonRevision:
    """Begin the next revision of a lesson as a copy of the one in force, else of the newest; its version is raised.

    Raises Refused("open_already") where somebody writes one, NotFound where there is nothing to copy.
    """
    queries.lock_lesson(session, lesson.id)
    if queries.find_open_revision(session, lesson.id) is not None:
        raise Refused("open_already")
    newest = queries.find_newest_frozen(session, lesson.id)
    if newest is None:
        raise NotFound
    return _begin(session, actor, lesson, _raised(content_of_revision(newest)), original_id=newest.original_id)


def start_adaptation(session: Session, *, actor: Viewer, original: LessonRevision, school_id: int) -> LessonRevision:
    """Begin a school's own version of a lesson of the province as a copy of the original's revision.

    Items and quiz stay the original's, and so does the code inside the content: only the lesson's own code is another.
    Raises Refused("adapted_already"), or Refused("not_an_original") for what is a school's lesson itself.
    """
    before = original.lesson
    if before.school_id is not None:
        raise Refused("not_an_original")
    code = adaptation_code(before.code, school_id)
    if queries.find_lesson(session, code) is not None:
        raise Refused("adapted_already")
    lesson = Lesson(code=code, strand=before.strand, school_id=school_id, adapted_from_id=before.id)
    with db.refusing(session, "adapted_already"):
        session.add(lesson)
        session.flush()
    return _begin(session, actor, lesson, content_of_revision(original), original_id=original.id)


def save_draft(
    session: Session,
    *,
    actor: Viewer,
    lesson: Lesson,
    content: LessonContent,
    seen: str,
    original_id: int | None = None,
) -> LessonRevision:
    """Write the draft as it now stands; what a second person agreed to before is open again.

    `seen` is the hash of the draft that the author began from. Raises Refused("changed_meanwhile") if another one
    stands there now. `original_id`: the revision of the original that an adaptation has now been compared with.
    """
    revision = _open(session, lesson, seen)
    latest = queries.find_latest(session, lesson.id)
    if latest is not None and latest.number > revision.number:
        revision.number = latest.number + 1  # a lesson pack has come into force meanwhile: this draft follows it
    fill_revision(revision, content)
    _belongs(revision, content)
    revision.state, revision.written_by, revision.reviewed_by = RevisionState.DRAFT, actor.person_id, None
    revision.proposed_at = None
    revision.original_id = original_id or revision.original_id
    with db.refusing(session, "changed_meanwhile"):
        session.flush()
    _audit(session, actor, "lesson.written", lesson, revision)
    return revision


def propose_draft(session: Session, *, actor: Viewer, lesson: Lesson, seen: str, now: datetime) -> None:
    """Ask a second person to look. Raises Refused("proposed_already"), or "changed_meanwhile"."""
    revision = _open(session, lesson, seen)
    if revision.proposed_at is not None:
        raise Refused("proposed_already")
    revision.proposed_at, revision.returned_note = now, None
    _audit(session, actor, "lesson.proposed", lesson, revision)


def return_draft(session: Session, *, actor: Viewer, lesson: Lesson, seen: str, note: str) -> None:
    """Send a proposed draft back with a note. Raises Refused("not_proposed"), "own_work" or "changed_meanwhile"."""
    revision = _proposed(session, actor, lesson, seen)
    revision.state, revision.reviewed_by = RevisionState.DRAFT, None
    revision.proposed_at, revision.returned_note = None, note
    _audit(session, actor, "lesson.returned", lesson, revision)


def confirm_draft(session: Session, *, actor: Viewer, lesson: Lesson, seen: str) -> None:
    """Agree to a draft that somebody else wrote. Raises Refused as `return_draft` does."""
    revision = _proposed(session, actor, lesson, seen)
    revision.state, revision.reviewed_by = RevisionState.REVIEWED, actor.person_id
    _audit(session, actor, "lesson.reviewed", lesson, revision)


def publish_draft(
    session: Session, *, actor: Viewer, lesson: Lesson, seen: str, now: datetime, alone: bool = False
) -> LessonRevision:
    """Put a draft in force, for ever as it is; the revision before is retired, and classes keep what they were given.

    `alone`: without a second person. Raises Refused("not_reviewed"), Refused("overtaken") where another revision has
    come into force since the draft was last saved, Refused("version_not_raised"), or "changed_meanwhile".
    """
    revision = _open(session, lesson, seen)
    if revision.state is not RevisionState.REVIEWED and not alone:
        raise Refused("not_reviewed")
    before = queries.find_newest_frozen(session, lesson.id)
    if before is not None:
        if before.number > revision.number:
            raise Refused("overtaken")
        if version_key(revision.version) <= version_key(before.version):
            raise Refused("version_not_raised", "version", version=before.version)
        before.state = RevisionState.RETIRED
        session.flush()  # before the new one: only one revision of a lesson is published at a time
    revision.state, revision.published_at = RevisionState.PUBLISHED, now
    revision.proposed_at = revision.returned_note = None
    session.flush()
    _audit(session, actor, "lesson.published", lesson, revision, hash=revision.content_hash)
    return revision


def discard_draft(session: Session, *, actor: Viewer, lesson: Lesson, seen: str) -> bool:
    """Throw the draft away, and the lesson with it if there is nothing else of it: then True."""
    revision = _open(session, lesson, seen)
    _audit(session, actor, "lesson.discarded", lesson, revision)
    session.delete(revision)
    session.flush()
    if queries.find_latest(session, lesson.id) is not None:
        return False
    session.delete(lesson)
    session.flush()
    return True


def retire_lesson(session: Session, *, actor: Viewer, lesson: Lesson) -> None:
    """Take a lesson out of the library; classes keep what they were given. Raises Refused("not_in_force")."""
    queries.lock_lesson(session, lesson.id)
    revision = queries.find_newest_frozen(session, lesson.id)
    if revision is None or revision.state is not RevisionState.PUBLISHED:
        raise Refused("not_in_force")
    revision.state, revision.retired_by = RevisionState.RETIRED, actor.person_id
    session.flush()
    _audit(session, actor, "lesson.retired", lesson, revision)


def _begin(
    session: Session, actor: Viewer, lesson: Lesson, content: LessonContent, *, original_id: int | None = None
) -> LessonRevision:
    latest = queries.find_latest(session, lesson.id)
    revision = LessonRevision(
        lesson=lesson,
        number=latest.number + 1 if latest is not None else 1,
        state=RevisionState.DRAFT,
        written_by=actor.person_id,
        original_id=original_id,
    )
    fill_revision(revision, content)
    with db.refusing(session, "open_already"):
        session.add(revision)
        session.flush()
    _audit(session, actor, "lesson.begun", lesson, revision)
    return revision


def _raised(content: LessonContent) -> LessonContent:
    lesson: dict[str, Any] = {**content.lesson, "version": next_version(content.lesson["version"])}
    return LessonContent(lesson, content.reading, content.teacher, content.outreach, content.pictures)


def _belongs(revision: LessonRevision, content: LessonContent) -> None:
    """A draft stays a draft of its own lesson: the code and the strand in it are not for changing."""
    code, strand = content.lesson["code"], content.lesson["strand"]
    if code != revision.lesson.original_code or strand != revision.lesson.strand:
        raise ValueError(f"{code} is not the code of this lesson")


def _proposed(session: Session, actor: Viewer, lesson: Lesson, seen: str) -> LessonRevision:
    revision = _open(session, lesson, seen)
    if revision.proposed_at is None:
        raise Refused("not_proposed")
    if revision.written_by == actor.person_id:
        raise Refused("own_work")
    return revision


def _open(session: Session, lesson: Lesson, seen: str) -> LessonRevision:
    queries.lock_lesson(session, lesson.id)
    revision = queries.find_open_revision(session, lesson.id)
    if revision is None:
        raise NotFound
    if revision.content_hash != seen:
        raise Refused("changed_meanwhile")
    return revision


def _audit(session: Session, actor: Viewer, verb: str, lesson: Lesson, revision: LessonRevision, **more: str) -> None:
    data = {"code": lesson.code, "number": revision.number, **more}
    record_audit(session, actor=actor, verb=verb, object_type="lesson_revision", object_id=revision.id, data=data)
