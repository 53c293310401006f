"""A second person marks a tenth of the written answers without seeing the first marks; how far they agree."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.classroom import actions, queries, report
from school_safety.classroom.forms import mark_form
from school_safety.classroom.queries import AttemptSlot, GroupFacts
from school_safety.classroom.report.second import second_marking, second_page
from school_safety.classroom.rules import FEWEST_JUDGEMENTS
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form


@bp.get("/assignments/<public_id>/second-marking")
@requires(Permission.MARK, on=queries.load_group)
def second_index(given: GroupFacts) -> ResponseReturnValue:
    """The sample, the agreement, and where the two differ."""
    session = db.session()
    progress = report.class_progress(session, given, now=clock.now())
    queue = report.marking_queue(session, progress)
    marking = second_marking(session, queue, viewer_id=viewer().person_id)
    return render_template("classroom/second_index.html", marking=marking, progress=progress, fewest=FEWEST_JUDGEMENTS)


@bp.route("/attempts/<public_id>/second-marks/<int:slot>", methods=["GET", "POST"])
@requires(Permission.MARK, on=queries.load_answer_of_class)
def second_edit(target: AttemptSlot) -> ResponseReturnValue:
    """Read one answer and mark it, as if nobody had."""
    session, who = db.session(), viewer()
    page = second_page(session, target, viewer_id=who.person_id, now=clock.now())
    form = mark_form(page.line.rubric, None, seen=page.seen)
    if form.submitted():
        try:
            actions.mark_again(
                session,
                actor=who,
                target=target,
                criteria=form.criteria,
                seen=form.seen.data or "",
                now=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã lưu điểm chấm chéo. Kết quả của em chưa đổi."))
            group_id = page.queue.progress.given.group.public_id
            return redirect(url_for(".second_index", public_id=group_id), 303)
    return render_form("classroom/second_edit.html", form, page=page)
