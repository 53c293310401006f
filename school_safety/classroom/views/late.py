"""Answers that came after the deadline: the teacher takes or leaves each."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.classroom import actions, queries, report
from school_safety.classroom.queries import AttemptFacts, GroupFacts
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _


@bp.get("/assignments/<public_id>/late")
@requires(Permission.SEE_RESULTS, on=queries.load_group)
def late_index(given: GroupFacts) -> ResponseReturnValue:
    """Every late answer of the class beside the one in time."""
    progress = report.class_progress(db.session(), given, now=clock.now())
    lines = report.late_lines(db.session(), given)
    return render_template("classroom/late_index.html", progress=progress, lines=lines)


@bp.post("/attempts/<public_id>/late/<int:slot>")
@requires(Permission.ASSIGN, on=queries.load_attempt_slot_of_class)
def late_decide(target: queries.AttemptSlot) -> ResponseReturnValue:
    """Take one late answer (`accept=1`), or leave it out; either may be changed later."""
    attempt: AttemptFacts = target.attempt
    accept = request.form.get("accept") == "1"
    try:
        actions.decide_late(
            db.session(), actor=viewer(), attempt=attempt, accept=accept, slots=[target.number], now=clock.now()
        )
    except Refused:
        flash(_("Không còn câu trả lời muộn nào ở đây."), "warn")
    else:
        flash(
            _("Đã nhận câu %(number)s và tính lại điểm.", number=target.number)
            if accept
            else _("Câu %(number)s đến muộn không được tính.", number=target.number)
        )
    return redirect(url_for(".late_index", public_id=attempt.group_public_id), 303)
