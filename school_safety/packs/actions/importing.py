"""Import of lesson folders: the lesson, its items and its practice quiz, each as a frozen revision, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from school_safety.access.policy import Viewer
from school_safety.assessment.actions import freeze_item, freeze_quiz, retire_items
from school_safety.assessment.models import ItemRevision
from school_safety.assessment.rules import Use
from school_safety.curriculum.actions import LessonContent, Picture, publish_lesson
from school_safety.curriculum.models import LessonRevision, RevisionState
from school_safety.curriculum.queries import find_lesson, find_newest_frozen
from school_safety.curriculum.rules import Strand, version_key
from school_safety.kit import files
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.packs.readers import Library, Reading
from school_safety.packs.rules import LANGUAGES, MEDIA_TYPES, READING, TEACHER, Pack, content_of


@dataclass(frozen=True, slots=True)
class Imported:
    """What the import of one pack changed: lesson, items, quiz (each a new revision), items retired.

    `kept`: the version of the lesson that editors wrote, or retired, in the web and that the pack did not replace.
    """

    code: str
    number: int
    lesson_changed: bool
    items_changed: int
    items_retired: int
    quiz_changed: bool
    kept: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything is different from before."""
        return self.lesson_changed or self.quiz_changed or self.items_changed + self.items_retired > 0


def import_library(
    session: Session, *, actor: Viewer | None, library: Library, root: Path, now: datetime
) -> tuple[Imported, ...]:
    """Put every pack of the library in force; `root` is the store of files.

    Raises Refused("pack_has_errors") before anything is written when the checker refuses any of them.
    """
    if library.has_errors:
        raise Refused("pack_has_errors")
    for reading in library.readings:
        _store_pictures(reading, root)
    packs = [reading.pack for reading in library.readings if reading.pack is not None]
    return tuple(_import_pack(session, actor, pack, now) for pack in packs)


def _store_pictures(reading: Reading, root: Path) -> None:
    for file, data in reading.media.items():
        medium = reading.pack.media[file] if reading.pack is not None else None
        if medium is not None:
            files.store(root, files.Prepared(data, medium.sha256, _media_type(file)))


def _media_type(file: str) -> str:
    return MEDIA_TYPES[file.rpartition(".")[2]]


def _import_pack(session: Session, actor: Viewer | None, pack: Pack, now: datetime) -> Imported:
    content = lesson_content(pack)
    kept = _kept(session, content)
    revision, lesson_changed = (kept, False) if kept else publish_lesson(session, actor=actor, content=content, now=now)
    frozen = [_freeze(session, actor, pack, item) for item in pack.items]
    retired = retire_items(session, actor=actor, lesson_code=pack.code, keep={item["id"] for item in pack.items})
    quiz_changed = freeze_quiz(session, actor=actor, lesson_code=pack.code)
    changed = sum(is_new for _, is_new in frozen)
    kept_version = kept.version if kept else ""
    return Imported(pack.code, revision.number, lesson_changed, changed, retired, quiz_changed, kept_version)


def _kept(session: Session, content: LessonContent) -> LessonRevision | None:
    """What people wrote or retired in the web stays until a pack says something else under a higher version."""
    lesson = find_lesson(session, content.lesson["code"])
    newest = find_newest_frozen(session, lesson.id) if lesson is not None else None
    if newest is None or (newest.written_by is None and newest.retired_by is None):
        return None
    if newest.state is RevisionState.PUBLISHED and newest.content_hash == content.hash:
        return None
    return newest if version_key(content.lesson["version"]) <= version_key(newest.version) else None


def _freeze(session: Session, actor: Viewer | None, pack: Pack, item: Mapping[str, Any]) -> tuple[ItemRevision, bool]:
    return freeze_item(
        session,
        actor=actor,
        code=item["id"],
        lesson_code=pack.code,
        strand=Strand(pack.lesson["strand"]),
        type=item["type"],
        use=Use(item["use"]),
        objective=item["objective"],
        points=item["points"],
        content=content_of(item),
        review_due=date.fromisoformat(str(pack.lesson["review_due"])),
    )


def lesson_content(pack: Pack) -> LessonContent:
    """What a revision of the lesson freezes of a pack; items are revisions of their own."""
    media = {medium["file"]: medium["alt"] for medium in pack.lesson["media"]}
    return LessonContent(
        lesson=dict(pack.lesson),
        reading={language: pack.prose[f"{READING}.{language}.md"] for language in LANGUAGES},
        teacher={language: pack.prose[f"{TEACHER}.{language}.md"] for language in LANGUAGES},
        outreach=dict(pack.outreach),
        pictures=tuple(
            Picture(file, pack.media[file].sha256, _media_type(file), media[file]) for file in sorted(media)
        ),
    )
