"""A pupil at work: one item at a time, handing in.

Everything works as plain form posts; scripts keep and send the answers through `uploads`.
"""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.assessment.report import prefix_of
from school_safety.assessment.rules import BadAnswer, Content, Response
from school_safety.assessment.types import TYPES
from school_safety.classroom import actions, queries, report
from school_safety.classroom.queries import AttemptFacts, AttemptSlot
from school_safety.classroom.rules import AttemptState, remaining_seconds
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _


@bp.get("/learn/attempts/<public_id>")
@requires(Permission.TAKE, on=queries.load_attempt)
def attempt_resume(attempt: AttemptFacts) -> ResponseReturnValue:
    """Go to the first item without an answer, on whatever device."""
    if attempt.state(clock.now()) is not AttemptState.IN_PROGRESS:
        return redirect(url_for(".result_show", public_id=attempt.public_id), 303)
    who = viewer()
    db.after_rollback(lambda session: actions.hold_session(session, actor=who, attempt=attempt))
    step = report.next_step(db.session(), attempt)
    return redirect(url_for(".attempt_item", public_id=attempt.public_id, slot=step.slot), 303)


@bp.get("/learn/attempts/<public_id>/items/<int:slot>")
@requires(Permission.TAKE, on=queries.load_attempt_slot)
def attempt_item(target: AttemptSlot) -> ResponseReturnValue:
    """One item with the answer that stands on the server."""
    if target.attempt.state(clock.now()) is not AttemptState.IN_PROGRESS:
        return redirect(url_for(".result_show", public_id=target.attempt.public_id), 303)
    page = report.item_page(db.session(), target, now=clock.now())
    return render_template("classroom/attempt_item.html", page=page, attempt=page.attempt, kept=False)


@bp.post("/learn/attempts/<public_id>/items/<int:slot>")
@requires(Permission.TAKE, on=queries.load_slot_to_save)
def attempt_answer(target: AttemptSlot) -> ResponseReturnValue:
    """Save the page's answer as a plain form post, then go where the pressed button says."""
    content, submitted_at, checked_at = _slot_facts(target)
    ack = actions.save_form_answer(
        db.session(),
        target=target,
        value=_parsed(target, content, request.form),
        submitted_at=submitted_at,
        checked_at=checked_at,
        now=clock.now(),
    )
    if ack is not None and ack.late:
        flash(_("Đã gửi sau giờ. Thầy cô sẽ quyết định câu này có được tính không."), "warn")
        return redirect(url_for(".result_show", public_id=target.attempt.public_id), 303)
    return redirect(_where_to(target, request.form.get("go", "")), 303)


def _where_to(target: AttemptSlot, go: str) -> str:
    """The page a button leads to: `next`, `back`, `submit`, the number of a slot; anything else stays here."""
    public_id, order, at = target.attempt.public_id, target.order, target.position
    if go == "submit" or (go == "next" and at == len(order)):
        return url_for(".attempt_submit", public_id=public_id)
    slot = target.number
    if go == "next":
        slot = order[at]
    elif go == "back":
        slot = order[max(at - 2, 0)]
    elif go.isascii() and go.isdigit() and int(go) in order:
        slot = int(go)
    return url_for(".attempt_item", public_id=public_id, slot=slot)


@bp.post("/learn/attempts/<public_id>/items/<int:slot>/check")
@requires(Permission.TAKE, on=queries.load_slot_to_save)
def answer_check(target: AttemptSlot) -> ResponseReturnValue:
    """Save the page's answer, fix it, and show what was right (practice that gives feedback after each item)."""
    content, submitted_at, checked_at = _slot_facts(target)
    actions.save_form_answer(
        db.session(),
        target=target,
        value=_parsed(target, content, request.form),
        submitted_at=submitted_at,
        checked_at=checked_at,
        now=clock.now(),
    )
    try:
        actions.check_answer(db.session(), target=target, now=clock.now())
    except Refused:
        flash(_("Hãy trả lời câu này trước, rồi xem lời giải."), "warn")
    return redirect(url_for(".attempt_item", public_id=target.attempt.public_id, slot=target.number), 303)


@bp.get("/learn/attempts/<public_id>/submit")
@requires(Permission.TAKE, on=queries.load_attempt)
def attempt_submit(attempt: AttemptFacts) -> ResponseReturnValue:
    """Ask before handing in, naming the items without an answer."""
    if attempt.submitted_at is not None or attempt.voided_at is not None:
        return redirect(url_for(".result_show", public_id=attempt.public_id), 303)
    steps = report.steps_of(db.session(), attempt)
    remaining = remaining_seconds(attempt.deadline_at, clock.now())
    return render_template(
        "classroom/attempt_submit.html", attempt=attempt, steps=steps, remaining=remaining, kept=False
    )


@bp.post("/learn/attempts/<public_id>/submit")
@requires(Permission.TAKE, on=queries.load_attempt)
def attempt_hand_in(attempt: AttemptFacts) -> ResponseReturnValue:
    """Hand in; sending it again leads to the same receipt."""
    actions.submit_attempt(db.session(), attempt=attempt, now=clock.now())
    return redirect(url_for(".receipt_show", public_id=attempt.public_id), 303)


def _slot_facts(target: AttemptSlot) -> tuple[Content, Any, Any]:
    slot = target.place
    return queries.get_slot_facts(
        db.session(), attempt_id=target.attempt.id, slot=target.number, item_revision_id=slot.item_revision_id
    )


def _parsed(target: AttemptSlot, content: Content, form: MultiDict[str, str]) -> Response | None:
    kind = TYPES[target.place.type]
    try:
        posted = kind.parse(content, form, prefix_of(target.number))
    except BadAnswer as error:
        raise Refused("bad_answer") from error
    if not kind.continues:
        return posted
    return kind.continued(report.stored_answer(db.session(), target.attempt, target.number), posted)
