"""The library: search, a lesson as the teacher and as the pupil reads it, pictures."""

from functools import cache

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from config.settings import ROOT
from school_safety.access.guard import requires, signed_in
from school_safety.access.policy import Permission, Reach
from school_safety.curriculum import queries
from school_safety.curriculum.forms import (
    ELEMENT_WORDS,
    PHASE_WORDS,
    SENSITIVITY_WORDS,
    STRAND_WORDS,
    LessonSearchForm,
)
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.readers import ContactCard, read_contacts
from school_safety.curriculum.rules import elements_of, grades_of, media_for, numbered_steps, reading_minutes
from school_safety.kit import db, files, markdown
from school_safety.kit.i18n import language
from school_safety.kit.paging import Page, offset, page_number

bp = Blueprint("curriculum", __name__)

PER_PAGE = 20
FOREVER = 365 * 24 * 3600
"""Seconds that a browser keeps what lies under the hash of its bytes."""


@bp.get("/lessons")
@requires(Permission.READ_LIBRARY)
def lesson_index(reach: Reach) -> ResponseReturnValue:
    """Every lesson in force, searched without regard to diacritics."""
    form = LessonSearchForm(request.args)
    search, number = form.search(), page_number(request.args.get("page"))
    rows, total = queries.search_lessons(db.session(), search, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    return render_template("curriculum/lesson_index.html", form=form, page=Page(rows, number, total, PER_PAGE))


@bp.get("/lessons/<code>")
@requires(Permission.READ_LIBRARY)
def lesson_show(reach: Reach, code: str) -> ResponseReturnValue:
    """The lesson as its teacher needs it: objectives, the flow of the period, notes, wrong ideas, sources."""
    return render_template("curriculum/lesson_show.html", revision=_revision(code))


@bp.get("/lessons/<code>/reading")
@requires(Permission.READ_LIBRARY)
def lesson_preview(reach: Reach, code: str) -> ResponseReturnValue:
    """The text as the pupil reads it."""
    return render_template("curriculum/lesson_preview.html", revision=_revision(code))


@bp.get("/media/<sha256>")
@signed_in
def media_show(sha256: str) -> ResponseReturnValue:
    """A picture of a lesson; the address is the hash of its bytes, so it may be kept for ever."""
    medium = queries.get_media(db.session(), sha256)
    answer = make_response(files.read(files.folder(), medium.sha256))
    answer.headers["Content-Type"] = medium.media_type
    answer.headers["Content-Security-Policy"] = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
    answer.headers["Cache-Control"] = f"private, max-age={FOREVER}, immutable"
    return answer


def _revision(code: str) -> LessonRevision:
    """The lesson in force, or with `?revision=2` the one that a class was given."""
    number = request.args.get("revision", type=int)
    return queries.get_lesson(db.session(), code.upper(), number)


# ---- What templates of every domain may say of a lesson ----


@bp.app_template_filter("lesson_text")
def lesson_text(revision: LessonRevision, part: str = "reading", top: int = 2) -> Markup:
    """The pupil's text (`reading`) or the teacher's notes (`teacher`) in the reader's language, as safe HTML."""
    texts = revision.reading if part == "reading" else revision.teacher
    urls = {medium.file: url_for("curriculum.media_show", sha256=medium.sha256) for medium in revision.media}
    return markdown.render(texts.get(language()) or texts["vi"], top=top, media_url=urls.get)


@bp.app_template_filter("lesson_minutes")
def lesson_minutes(revision: LessonRevision) -> int:
    """Minutes to read the pupil's text in Vietnamese."""
    return reading_minutes(revision.reading["vi"])


@bp.app_template_filter("lesson_contacts")
def lesson_contacts(revision: LessonRevision, pupils: bool = True) -> list[ContactCard]:
    """Whom the lesson names to turn to, as they are known today; for pupils only those meant for them."""
    cards = (_contacts().get(name) for name in revision.content["contacts"])
    return [card for card in cards if card is not None and (card.for_pupils or not pupils)]


@cache
def _contacts() -> dict[str, ContactCard]:
    return read_contacts(ROOT / "config" / "contacts.toml")


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
