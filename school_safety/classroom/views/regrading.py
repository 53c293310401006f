"""A wrong question in what a class was given: another one before anybody has begun, scoring anew afterwards."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.assessment.queries import list_by_ids
from school_safety.classroom import actions, queries
from school_safety.classroom.forms.regrading import EDIT_WORDS, RegradeForm, SwapForm
from school_safety.classroom.queries import GroupSlot
from school_safety.classroom.report.regrading import regrade_of
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _, local, ngettext
from school_safety.kit.web import render_form


@bp.route("/assignments/<public_id>/items/<int:slot>/regrade", methods=["GET", "POST"])
@requires(Permission.ASSIGN, on=queries.load_group_slot)
def item_regrade(target: GroupSlot) -> ResponseReturnValue:
    """What a corrected question would change, attempt by attempt; confirmed, the chosen ones are scored by it."""
    given, now = target.given, clock.now()
    dry_run = regrade_of(db.session(), given, target.place.slot, now=now)
    form = RegradeForm()
    fitting = [line for line in dry_run.lines if line.after is not None]
    form.attempts.choices = [SelectChoice(line.attempt.public_id, line.pupil.name) for line in fitting]
    if request.method == "GET":
        form.attempts.data = [line.attempt.public_id for line in fitting]
    if form.submitted():
        try:
            count = actions.regrade(
                db.session(),
                actor=viewer(),
                given=given,
                slot=target.place.slot,
                revision_id=form.seen_revision,
                chosen=form.attempts.data or [],
                now=now,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(ngettext("Đã chấm lại %(num)s bài.", "Đã chấm lại %(num)s bài.", count))
            return redirect(url_for(".assignment_items", public_id=given.group.public_id), 303)
    form.seen.data = str(dry_run.after.id) if dry_run.after is not None else ""
    return render_form("classroom/item_regrade.html", form, dry_run=dry_run, edit_words=EDIT_WORDS)


@bp.route("/assignments/<public_id>/items/<int:slot>/swap", methods=["GET", "POST"])
@requires(Permission.ASSIGN, on=queries.load_group_slot)
def item_swap(target: GroupSlot) -> ResponseReturnValue:
    """Choose an equivalent question for one place of a paper that nobody has begun."""
    given, session = target.given, db.session()
    on_paper = [slot.item_revision_id for slot in given.paper.slots]
    offered = queries.list_equivalents(session, target.place.item_revision_id, on_paper=on_paper)
    form = SwapForm()
    form.item.choices = [SelectChoice(one.id, f"{one.code}: {local(one.stem)}") for one in offered]
    if form.submitted():
        try:
            actions.swap_question(
                session, actor=viewer(), given=given, slot=target.place.slot, revision_id=form.item.data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã đổi câu %(number)s. Các em sẽ thấy câu mới.", number=target.place.slot))
            return redirect(url_for(".assignment_items", public_id=given.group.public_id), 303)
    item = list_by_ids(session, [target.place.item_revision_id])[target.place.item_revision_id][0]
    begun = queries.has_attempts(session, given.group.assignment_id)
    return render_form("classroom/item_swap.html", form, target=target, given=given, item=item, begun=begun)
