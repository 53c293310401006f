"""Assessments: the list, one as the pupil meets it, on paper."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.assessment import queries
from school_safety.assessment.forms import PURPOSE_WORDS
from school_safety.assessment.models import Assessment
from school_safety.assessment.report import earned, read_answers, show_assessment
from school_safety.assessment.rules import BadAnswer
from school_safety.assessment.views.bank import PREVIEW_SEED
from school_safety.assessment.views.blueprint import bp
from school_safety.kit import db
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.paging import Page, offset, page_number

PER_PAGE = 25


@bp.get("/assessments")
@requires(Permission.READ_LIBRARY)
def assessment_index(reach: Reach) -> ResponseReturnValue:
    """The school's own assessments and those of the lessons."""
    lesson, number = request.args.get("lesson", ""), page_number(request.args.get("page"))
    rows, total = queries.list_assessments(
        db.reader(),
        school_id=viewer().school_id,
        lesson_code=lesson or None,
        limit=PER_PAGE,
        offset=offset(number, PER_PAGE),
    )
    return render_template(
        "assessment/assessment_index.html",
        page=Page(rows, number, total, PER_PAGE),
        lesson=lesson,
        lessons=queries.list_lessons(db.reader()),
        purpose_words=PURPOSE_WORDS,
    )


@bp.route("/assessments/<code>", methods=["GET", "POST"])
@requires(Permission.READ_LIBRARY)
def assessment_show(reach: Reach, code: str) -> ResponseReturnValue:
    """The assessment as the pupil meets it; trying it scores the answers and keeps nothing."""
    assessment, frozen, draft = _found(code)
    try:
        answers = read_answers(frozen, request.form) if request.method == "POST" else {}
    except BadAnswer as error:
        raise Refused("bad_answer") from error
    items = show_assessment(frozen, seed=PREVIEW_SEED, answers=answers)
    return render_template(
        "assessment/assessment_show.html",
        assessment=assessment,
        frozen=frozen,
        draft=draft,
        items=items,
        view="review" if "check" in request.form else "pupil",
        earned=earned(items),
        may_edit=may_edit(assessment),
        purpose_words=PURPOSE_WORDS,
    )


@bp.get("/assessments/<code>/print")
@requires(Permission.READ_LIBRARY)
def assessment_print(reach: Reach, code: str) -> ResponseReturnValue:
    """The assessment on paper, with the key on a sheet of its own."""
    assessment, frozen, _draft = _found(code)
    items = show_assessment(frozen, seed=PREVIEW_SEED)
    return render_template(
        "assessment/assessment_print.html",
        assessment=assessment,
        frozen=frozen,
        items=items,
    )


def may_edit(assessment: Assessment) -> bool:
    """Whether to offer the viewer the editing of an assessment; the guard decides again at the door."""
    who = viewer()
    if assessment.created_by is None or not who.may(Permission.COMPOSE_ASSESSMENT):
        return False
    if assessment.school_id != who.school_id:
        return False
    _same, place = queries.load_composed(db.reader(), code=assessment.code)
    return who.reach(Permission.COMPOSE_ASSESSMENT).includes(place)


def _found(code: str) -> tuple[Assessment, queries.FrozenAssessment, bool]:
    """The assessment, the revision to show, and whether that is a draft (`?draft=1`, or nothing is published yet)."""
    session, own_school = db.reader(), viewer().school_id
    assessment = queries.get_visible_assessment(session, code, school_id=own_school)
    asks_draft = "draft" in request.args and assessment.school_id == own_school
    draft, published = queries.find_draft(session, assessment.id), queries.find_published(session, assessment.id)
    shown = draft if draft is not None and (published is None or asks_draft) else published
    if shown is None:
        raise NotFound
    return assessment, queries.get_assessment_revision(session, shown.id), shown is draft
