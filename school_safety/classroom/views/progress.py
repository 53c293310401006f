"""A class at work: live progress, results per item, exports; one pupil's attempt, voiding it, taking late answers."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.classroom import actions, queries, report, sheets
from school_safety.classroom.forms import POLICY_WORDS, VoidAttemptForm
from school_safety.classroom.queries import AttemptFacts, GroupFacts
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _, local, ngettext
from school_safety.kit.web import download, render_form


@bp.get("/assignments/<public_id>")
@requires(Permission.SEE_RESULTS, on=queries.load_group)
def assignment_show(given: GroupFacts) -> ResponseReturnValue:
    """How the class stands now, and each pupil's result."""
    progress = report.class_progress(db.session(), given, now=clock.now())
    policy = POLICY_WORDS[given.group.assignment.attempt_policy]
    return render_template("classroom/assignment_show.html", progress=progress, policy=policy)


@bp.get("/assignments/<public_id>/items")
@requires(Permission.SEE_RESULTS, on=queries.load_group)
def assignment_items(given: GroupFacts) -> ResponseReturnValue:
    """How the class fared with each item."""
    progress = report.class_progress(db.session(), given, now=clock.now())
    corrected = queries.list_corrected(db.session(), [slot.item_revision_id for slot in given.paper.scored_slots])
    begun = any(line.attempts for line in progress.pupils) or queries.has_attempts(
        db.session(), given.group.assignment_id
    )
    return render_template("classroom/assignment_items.html", progress=progress, corrected=corrected, begun=begun)


@bp.get("/assignments/<public_id>/results.csv")
@requires(Permission.SEE_RESULTS, on=queries.load_group)
def assignment_csv(given: GroupFacts) -> ResponseReturnValue:
    """The results as CSV."""
    progress = report.class_progress(db.session(), given, now=clock.now())
    return _file(given, sheets.results_csv(progress), "csv")


@bp.get("/assignments/<public_id>/results.xlsx")
@requires(Permission.SEE_RESULTS, on=queries.load_group)
def assignment_xlsx(given: GroupFacts) -> ResponseReturnValue:
    """The results as XLSX."""
    progress = report.class_progress(db.session(), given, now=clock.now())
    return _file(given, sheets.results_xlsx(progress), "xlsx")


def _file(given: GroupFacts, data: bytes, kind: str) -> Response:
    name = f"{given.group.class_group.name} - {local(given.group.assignment.title)}.{kind}"
    return download(data, name, sheets.MEDIA_TYPES[kind])


@bp.get("/attempts/<public_id>")
@requires(Permission.SEE_RESULTS, on=queries.load_attempt_of_class)
def attempt_show(attempt: AttemptFacts) -> ResponseReturnValue:
    """One pupil's attempt: answers, marks, what came late."""
    result = report.attempt_for_teacher(db.session(), attempt, now=clock.now())
    person = queries.get_person(db.session(), attempt.person_id)
    whole = report.attempts_of_pupil(db.session(), attempt, now=clock.now(), for_teacher=True)
    policy = POLICY_WORDS[attempt.policy]
    anew = queries.list_regradings(db.session(), attempt.id)
    return render_template(
        "classroom/attempt_show.html", result=result, person=person, whole=whole, policy=policy, anew=anew
    )


@bp.route("/attempts/<public_id>/void", methods=["GET", "POST"])
@requires(Permission.ASSIGN, on=queries.load_attempt_of_class)
def attempt_void(attempt: AttemptFacts) -> ResponseReturnValue:
    """Take an attempt out of the results, for a reason."""
    form = VoidAttemptForm()
    if form.submitted():
        try:
            actions.void_attempt(
                db.session(), actor=viewer(), attempt=attempt, reason=form.reason.data or "", now=clock.now()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã huỷ lượt %(number)s. Em có thể làm lại nếu bài còn mở.", number=attempt.number))
            return redirect(url_for(".assignment_show", public_id=attempt.group_public_id), 303)
    person = queries.get_person(db.session(), attempt.person_id)
    return render_form("classroom/attempt_void.html", form, attempt=attempt, person=person)


@bp.post("/attempts/<public_id>/accept-late")
@requires(Permission.ASSIGN, on=queries.load_attempt_of_class)
def attempt_accept(attempt: AttemptFacts) -> ResponseReturnValue:
    """Let the answers that came late count."""
    try:
        count = actions.decide_late(db.session(), actor=viewer(), attempt=attempt, accept=True, now=clock.now())
    except Refused:
        flash(_("Không còn câu trả lời muộn nào để nhận."), "warn")
    else:
        flash(
            ngettext(
                "Đã nhận %(num)s câu trả lời muộn và tính lại điểm.",
                "Đã nhận %(num)s câu trả lời muộn và tính lại điểm.",
                count,
            )
        )
    return redirect(url_for(".attempt_show", public_id=attempt.public_id), 303)
