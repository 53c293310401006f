"""Lessons in the database, published through the action itself."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from school_safety.curriculum.actions import LessonContent, Picture, import_contacts, publish_lesson
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import find_contact_cards, get_lesson
from school_safety.curriculum.readers import read_contacts
from school_safety.packs.actions import import_library
from school_safety.packs.cli import CONTACTS
from school_safety.packs.readers import checked_contacts, read_library
from tests.factories.packs import a_pack, both, pack_files

PUBLISHED = datetime(2026, 9, 1, 2, tzinfo=UTC)


def a_lesson(
    session: Session,
    *,
    code: str = "OS-06-01",
    title: str = "Thông tin và mật khẩu",
    grades: list[int] | None = None,
    minutes: int = 45,
    objective: str = "",
    reading: str = "",
    pictures: tuple[Picture, ...] = (),
    outreach: dict[str, Any] | None = None,
    now: datetime = PUBLISHED,
    **changes: Any,
) -> LessonRevision:
    """A published revision of a lesson; asked again with other content, the next one."""
    files = pack_files(code, title=title)
    lesson = files["lesson.yaml"] | {"minutes": minutes, **({"grades": grades} if grades else {}), **changes}
    if objective:
        lesson["objectives"][0]["text"] = both(objective)
    content = LessonContent(
        lesson=lesson,
        reading=both(reading) if reading else {lang: files[f"reading.{lang}.md"] for lang in ("vi", "en")},
        teacher={lang: files[f"teacher.{lang}.md"] for lang in ("vi", "en")},
        outreach=files["outreach.yaml"] | (outreach or {}),
        pictures=pictures or (Picture("media/so-do.svg", "0" * 64, "image/svg+xml", both("Sơ đồ bốn ô")),),
    )
    revision, _ = publish_lesson(session, actor=None, content=content, now=now)
    return revision


def a_whole_lesson(session: Session, folder: Path, *, root: Path, code: str = "OS-06-01") -> LessonRevision:
    """A lesson as it comes from a good folder, with items, quiz, pictures under `root` and contacts: no finding."""
    import_contacts(session, cards=read_contacts(CONTACTS), now=PUBLISHED)
    a_pack(folder, code=code)
    library = read_library([folder], checked_contacts(find_contact_cards(session)), PUBLISHED.date())
    import_library(session, actor=None, library=library, root=root, now=PUBLISHED)
    return get_lesson(session, code)


LESSONS = Path(__file__).resolve().parents[2] / "lessons"
"""The lessons that come with the product."""
