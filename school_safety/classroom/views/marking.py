"""Marking answers in pupils' own words: the queue of a class, and one answer a page."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.classroom import actions, queries, report
from school_safety.classroom.forms import mark_form
from school_safety.classroom.queries import AttemptSlot, GroupFacts
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form


@bp.get("/assignments/<public_id>/marking")
@requires(Permission.MARK, on=queries.load_group)
def marking_index(given: GroupFacts) -> ResponseReturnValue:
    """What waits to be marked, and what has been."""
    progress = report.class_progress(db.session(), given, now=clock.now())
    queue = report.marking_queue(db.session(), progress)
    return render_template("classroom/marking_index.html", queue=queue, progress=progress)


@bp.route("/attempts/<public_id>/marks/<int:slot>", methods=["GET", "POST"])
@requires(Permission.MARK, on=queries.load_answer_of_class)
def mark_edit(target: AttemptSlot) -> ResponseReturnValue:
    """Read one answer, give points by the rubric, go on to the next that waits."""
    page = report.mark_page(db.session(), target, now=clock.now())
    form = mark_form(page.line.rubric, page.line.marks, seen=page.seen)
    if form.submitted():
        try:
            actions.mark_answer(
                db.session(),
                actor=viewer(),
                target=target,
                criteria=form.criteria,
                seen=form.seen.data or "",
                now=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return _on(page)
    return render_form("classroom/mark_edit.html", form, page=page)


def _on(page: report.MarkPage) -> ResponseReturnValue:
    """To the next answer that waits, or back to the queue when none does."""
    following = page.queue.after(page.place)
    if following is None:
        flash(_("Đã lưu điểm. Lớp không còn bài nào chờ chấm."))
        return redirect(url_for(".marking_index", public_id=page.queue.progress.given.group.public_id), 303)
    flash(_("Đã lưu điểm và tính lại kết quả của em."))
    return redirect(url_for(".mark_edit", public_id=following.attempt.public_id, slot=following.slot.slot), 303)
