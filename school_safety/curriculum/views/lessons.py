"""The library: search, a lesson as the teacher and as the pupil reads it, pictures."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, signed_in, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.curriculum import queries
from school_safety.curriculum.forms import LessonSearchForm
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.report import ACTIVITY_WORDS, make_plan
from school_safety.curriculum.views.blueprint import bp
from school_safety.kit import db, files
from school_safety.kit.i18n import language
from school_safety.kit.paging import Page, offset, page_number

PER_PAGE = 20
FOREVER = 365 * 24 * 3600
"""Seconds that a browser keeps what lies under the hash of its bytes."""


@bp.get("/lessons")
@requires(Permission.READ_LIBRARY)
def lesson_index(reach: Reach) -> ResponseReturnValue:
    """Every lesson in force, searched without regard to diacritics."""
    school_id = viewer().school_id
    form = LessonSearchForm(request.args)
    search, number = form.search(), page_number(request.args.get("page"))
    rows, total = queries.search_lessons(
        db.session(), search, limit=PER_PAGE, offset=offset(number, PER_PAGE), school_id=school_id
    )
    return render_template(
        "curriculum/lesson_index.html",
        form=form,
        page=Page(rows, number, total, PER_PAGE),
        own=queries.list_adapted(db.session(), school_id),
        behind=queries.list_behind(db.session(), school_id),
    )


@bp.get("/lessons/<code>")
@requires(Permission.READ_LIBRARY)
def lesson_show(reach: Reach, code: str) -> ResponseReturnValue:
    """The lesson as its teacher needs it: objectives, the flow of the period, notes, wrong ideas, sources."""
    revision = _revision(code)
    plan = make_plan(revision, language=language(), cards=queries.find_contact_cards(db.session()))
    return render_template("curriculum/lesson_show.html", revision=revision, plan=plan, names=ACTIVITY_WORDS)


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
    return queries.get_lesson(db.session(), code.upper(), number, school_id=viewer().school_id)
