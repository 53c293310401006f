"""What templates of every domain may say of a lesson."""

from typing import Any

from flask import url_for
from markupsafe import Markup

from school_safety.curriculum.forms import ELEMENT_WORDS, PHASE_WORDS, SENSITIVITY_WORDS, STRAND_WORDS
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import find_contact_cards
from school_safety.curriculum.rules import (
    ContactCard,
    cards_of,
    elements_of,
    grades_of,
    media_for,
    numbered_steps,
    reading_minutes,
    renumbered,
)
from school_safety.curriculum.views.blueprint import bp
from school_safety.kit import db, markdown
from school_safety.kit.i18n import language

HELPLINE = "child_helpline_111"


@bp.app_template_filter("lesson_text")
def lesson_text(revision: LessonRevision, part: str = "reading", top: int = 2) -> Markup:
    """The pupil's text (`reading`) or the teacher's notes (`teacher`) in the reader's language, as safe HTML."""
    texts = revision.reading if part == "reading" else revision.teacher
    text = renumbered(texts.get(language()) or texts["vi"], _cards_of(revision))
    urls = {medium.file: url_for("curriculum.media_show", sha256=medium.sha256) for medium in revision.media}
    return markdown.render(text, top=top, media_url=urls.get)


@bp.app_template_filter("lesson_content")
def lesson_content(revision: LessonRevision) -> dict[str, Any]:
    """What the lesson's fields say, with the numbers and links of today."""
    return renumbered(revision.content, _cards_of(revision))


@bp.app_template_filter("lesson_minutes")
def lesson_minutes(revision: LessonRevision) -> int:
    """Minutes to read the pupil's text in Vietnamese."""
    return reading_minutes(revision.reading["vi"])


@bp.app_template_filter("lesson_contacts")
def lesson_contacts(revision: LessonRevision, pupils: bool = True) -> list[ContactCard]:
    """Whom the lesson names to turn to, as they are known now; for pupils only those meant for them and confirmed."""
    return _cards_of(revision, for_pupils=pupils)


def _cards_of(revision: LessonRevision, *, for_pupils: bool = False) -> list[ContactCard]:
    return cards_of(revision.content["contacts"], _cards(), for_pupils=for_pupils)


def _cards() -> dict[str, ContactCard]:
    """Every contact, read from the database once a request."""
    session = db.reader()
    cards: dict[str, ContactCard] | None = session.info.get("contact_cards")
    if cards is None:
        cards = session.info["contact_cards"] = find_contact_cards(session)
    return cards


@bp.app_template_global("helpline")
def helpline() -> ContactCard | None:
    """Where a child finds help at any hour, as every page names it; None where it has no number or is in doubt."""
    found = cards_of([HELPLINE], _cards(), for_pupils=True)
    return found[0] if found and found[0].number else None


@bp.app_template_filter("lesson_sheets")
def lesson_sheets(revision: LessonRevision) -> list[dict[str, str]]:
    """The pictures to print or show in the reader's language: file, words, address."""
    hashes = {medium.file: medium.sha256 for medium in revision.media}
    return [
        {
            "file": medium["file"],
            "alt": medium["alt"][language()],
            "url": url_for("curriculum.media_show", sha256=hashes[medium["file"]]),
        }
        for medium in media_for(revision.content["media"], language())
    ]


bp.add_app_template_filter(grades_of, "grades_of")
bp.add_app_template_filter(elements_of, "elements_of")
bp.add_app_template_filter(numbered_steps, "numbered_steps")
bp.add_app_template_filter(STRAND_WORDS.__getitem__, "strand_words")
bp.add_app_template_filter(ELEMENT_WORDS.__getitem__, "element_words")
bp.add_app_template_filter(PHASE_WORDS.__getitem__, "phase_words")
bp.add_app_template_filter(SENSITIVITY_WORDS.__getitem__, "sensitivity_words")
