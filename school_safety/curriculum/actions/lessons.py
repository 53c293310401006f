"""Writing lessons: a published revision is frozen; the one before it is retired and stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.curriculum import queries
from school_safety.curriculum.models import Lesson, LessonMedia, LessonRevision, OutreachKit, RevisionState
from school_safety.curriculum.rules import Strand, content_hash, element_mask, grade_mask
from school_safety.kit.db import Session
from school_safety.kit.text import sort_key

SEARCHED = ("code", "title", "summary", "objectives", "vocabulary")
"""The fields of a lesson that the library's search box looks into."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a lesson whose bytes are already stored under `sha256`."""

    file: str
    sha256: str
    media_type: str
    alt: dict[str, str]


@dataclass(frozen=True, slots=True)
class LessonContent:
    """Everything that a revision freezes: lesson.yaml, both texts in both languages, outreach kit, pictures."""

    lesson: dict[str, Any]
    reading: dict[str, str]
    teacher: dict[str, str]
    outreach: dict[str, Any]
    pictures: tuple[Picture, ...] = field(default=())

    @property
    def hash(self) -> str:
        """The same for the same content, down to the bytes of each picture."""
        pictures = [[picture.file, picture.sha256] for picture in self.pictures]
        return content_hash([self.lesson, self.reading, self.teacher, self.outreach, pictures])


def publish_lesson(
    session: Session, *, actor: Viewer | None, content: LessonContent, now: datetime
) -> tuple[LessonRevision, bool]:
    """Put a lesson in force as a new frozen revision; returns the revision and whether one was made.

    Content equal to the revision in force makes none.
    """
    lesson = _lesson(session, content)
    latest, before = queries.find_latest(session, lesson.id), queries.find_newest_frozen(session, lesson.id)
    if before is not None and before.state is RevisionState.PUBLISHED:
        if before.content_hash == content.hash:
            return before, False
        before.state = RevisionState.RETIRED
        session.flush()
    revision = LessonRevision(
        lesson=lesson,
        number=latest.number + 1 if latest else 1,
        state=RevisionState.PUBLISHED,
        published_at=now,
    )
    fill_revision(revision, content)
    session.add(revision)
    session.flush()
    record_audit(
        session,
        actor=actor,
        verb="lesson.published",
        object_type="lesson_revision",
        object_id=revision.id,
        data={"code": lesson.code, "number": revision.number, "hash": revision.content_hash},
    )
    return revision, True


def _lesson(session: Session, content: LessonContent) -> Lesson:
    code = content.lesson["code"]
    lesson = queries.find_lesson(session, code)
    if lesson is None:
        lesson = Lesson(code=code, strand=Strand(content.lesson["strand"]))
        session.add(lesson)
        session.flush()
    return lesson


def fill_revision(revision: LessonRevision, content: LessonContent) -> None:
    """Let a revision say this, in every column that holds a part of it."""
    facts = content.lesson
    revision.version, revision.content_hash = facts["version"][:20], content.hash
    revision.content, revision.reading, revision.teacher = facts, content.reading, content.teacher
    revision.grades, revision.elements = grade_mask(facts["grades"]), element_mask(facts["elements"])
    revision.minutes = facts["minutes"] if _is_positive(facts["minutes"]) else 1
    revision.title_key = sort_key(facts["title"]["vi"])[:600]
    revision.search_text = _searchable(
        [facts["code"], facts["title"], facts["summary"], facts["objectives"], facts["vocabulary"]]
    )
    revision.objective_text = _searchable([objective["text"] for objective in facts["objectives"]])
    if revision.outreach is None:
        revision.outreach = OutreachKit(content=content.outreach)
    else:
        revision.outreach.content = content.outreach
    _fill_pictures(revision, content.pictures)


def _is_positive(minutes: Any) -> bool:
    """A draft may still say nothing, or no number."""
    return isinstance(minutes, int) and minutes > 0


def _fill_pictures(revision: LessonRevision, pictures: Sequence[Picture]) -> None:
    kept = {medium.file: medium for medium in revision.media}
    revision.media = [kept.get(picture.file) or LessonMedia(file=picture.file) for picture in pictures]
    for medium, picture in zip(revision.media, pictures, strict=True):
        medium.sha256, medium.media_type, medium.alt = picture.sha256, picture.media_type, picture.alt


def _searchable(value: Any) -> str:
    """All words of a value, each after a space, so that a search finds the beginnings of words."""
    return "".join(f" {word}" for text in _strings(value) for word in queries.search_words(text))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]
