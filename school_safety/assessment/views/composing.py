"""Composing an assessment from items of the bank."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.assessment import actions, queries
from school_safety.assessment.forms import COMPOSING_WORDS, AssessmentForm, NewAssessmentForm
from school_safety.assessment.models import Assessment
from school_safety.assessment.queries import PlacedItem
from school_safety.assessment.rules import (
    MOST_ITEMS,
    MOST_POINTS,
    MOST_POOLS,
    Pools,
    Purpose,
    Slot,
    Slots,
    added,
    pools_in_use,
    rearranged,
    swapped,
)
from school_safety.assessment.views.bank import bank_filters, bank_page, filter_context
from school_safety.assessment.views.blueprint import bp
from school_safety.kit import db
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import _, local
from school_safety.kit.web import render_form


@bp.route("/assessments/new", methods=["GET", "POST"])
@requires(Permission.COMPOSE_ASSESSMENT)
def assessment_new(reach: Reach) -> ResponseReturnValue:
    """Begin an assessment."""
    form = NewAssessmentForm(lesson_code=request.args.get("lesson", ""))
    form.offer(queries.list_lessons(db.reader()))
    if form.submitted():
        try:
            assessment = actions.create_assessment(
                db.session(),
                actor=viewer(),
                title=form.title,
                purpose=Purpose(form.purpose.data),
                lesson_code=form.lesson_code.data or None,
            )
        except Refused as refused:
            form.refuse(refused)
            return render_form("assessment/assessment_new.html", form)
        return redirect(url_for(".assessment_pick", code=assessment.code, lesson=assessment.lesson_code), 303)
    return render_form("assessment/assessment_new.html", form)


@bp.post("/assessments/<code>/copy")
@requires(Permission.COMPOSE_ASSESSMENT)
def assessment_copy(reach: Reach, code: str) -> ResponseReturnValue:
    """Begin an assessment of one's own from one that exists."""
    session = db.session()
    model = queries.get_visible_assessment(session, code, school_id=viewer().school_id)
    revision = queries.find_published(session, model.id)
    try:
        assessment = actions.create_assessment(
            session,
            actor=viewer(),
            title=model.title,
            purpose=model.purpose,
            lesson_code=model.lesson_code,
            slots=queries.list_slots(session, revision.id) if revision is not None else (),
            pools=queries.pools_of(revision) if revision is not None else None,
        )
    except Refused as refused:
        flash(COMPOSING_WORDS[refused.code], "bad")
        return redirect(url_for(".assessment_show", code=code), 303)
    flash(_("Đã tạo bản riêng. Thầy cô sửa bản này, đề gốc giữ nguyên."))
    return redirect(url_for(".assessment_edit", code=assessment.code), 303)


@bp.route("/assessments/<code>/edit", methods=["GET", "POST"])
@requires(Permission.COMPOSE_ASSESSMENT, on=queries.load_composed)
def assessment_edit(assessment: Assessment) -> ResponseReturnValue:
    """Order, points, removing, saving and publishing: every button sends the whole page."""
    _refuse_foreign(assessment)
    session = db.session()
    title, slots, pools = _draft_of(assessment)
    english = title["en"] if title["en"] != title["vi"] else ""
    form = AssessmentForm(title_vi=title["vi"], title_en=english, purpose=str(assessment.purpose))
    act = request.form.get("act", "")
    if request.method == "POST":
        slots, pools = _posted_slots(request.form), _posted_pools(request.form)
    else:
        form.seen.data = actions.draft_fingerprint(session, assessment)
    if form.submitted():
        try:
            _save(assessment, form, _acted(slots, act), pools)
            if act == "publish":
                actions.publish_assessment(session, actor=viewer(), assessment=assessment)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _after(assessment, act)
    rows = _rows(slots)
    return render_form(
        "assessment/assessment_edit.html",
        form,
        assessment=assessment,
        rows=rows,
        pools=pools_in_use(slots, pools),
        points=queries.points_of(rows, pools_in_use(slots, pools)),
        pool_numbers=range(1, MOST_POOLS + 1),
        typed={
            slot.item_revision_id: request.form.get(f"points-{slot.item_revision_id}", slot.points) for slot in slots
        },
        is_published=queries.find_published(session, assessment.id) is not None,
        most_points=MOST_POINTS,
    )


@bp.route("/assessments/<code>/items", methods=["GET", "POST"])
@requires(Permission.COMPOSE_ASSESSMENT, on=queries.load_composed)
def assessment_pick(assessment: Assessment) -> ResponseReturnValue:
    """Add items of the bank, or put one in the place of another (`?swap=3`)."""
    _refuse_foreign(assessment)
    _title, slots, _pools = _draft_of(assessment)
    position = request.args.get("swap", default=0, type=int)
    if request.method == "POST":
        chosen = queries.list_by_codes(db.session(), request.form.getlist("item"))
        picked = [Slot(item.id, item.points) for item in chosen]
        if picked:
            return _picked(assessment, slots, picked, position)
        flash(_("Chưa chọn câu nào. Hãy đánh dấu ít nhất một câu."), "warn")
    filters = bank_filters()
    return render_template(
        "assessment/assessment_pick.html",
        assessment=assessment,
        page=bank_page(filters),
        filters=filters,
        there={slot.item_revision_id for slot in slots},
        swapping=next((row for row in _rows(slots) if row.position == position), None),
        **filter_context(),
    )


@bp.post("/assessments/<code>/withdraw")
@requires(Permission.COMPOSE_ASSESSMENT, on=queries.load_composed)
def assessment_withdraw(assessment: Assessment) -> ResponseReturnValue:
    """Take an assessment out of the lists."""
    _refuse_foreign(assessment)
    actions.withdraw_assessment(db.session(), actor=viewer(), assessment=assessment)
    flash(_("Đã cất bài “%(title)s”. Bài đã giao cho lớp vẫn tiếp tục.", title=local(assessment.title)))
    return redirect(url_for(".assessment_index"), 303)


def _refuse_foreign(assessment: Assessment) -> None:
    """A school's own assessment is that school's alone: the province's editors compose for the province."""
    if assessment.school_id != viewer().school_id:
        raise NotFound


def _draft_of(assessment: Assessment) -> tuple[dict[str, str], Slots, Pools]:
    session = db.session()
    revision = queries.find_draft(session, assessment.id) or queries.find_published(session, assessment.id)
    if revision is None:
        return assessment.title, (), {}
    return revision.title, queries.list_slots(session, revision.id), queries.pools_of(revision)


def _posted_slots(form: MultiDict[str, str]) -> Slots:
    """The places as the page sent them; points that are no number count as 0, which the rule refuses."""
    return tuple(
        Slot(
            item_id,
            form.get(f"points-{item_id}", default=0, type=int),
            min(max(form.get(f"pool-{item_id}", default=0, type=int), 0), MOST_POOLS),
        )
        for item_id in form.getlist("slot", type=int)
    )


def _posted_pools(form: MultiDict[str, str]) -> Pools:
    """How many items each pool gives, as the page sent it; a number too small or large is kept to be refused."""
    given = {pool: form.get(f"draw-{pool}", type=int) for pool in range(1, MOST_POOLS + 1)}
    return {pool: min(max(count, 0), MOST_ITEMS) for pool, count in given.items() if count is not None}


def _acted(slots: Slots, act: str) -> Slots:
    verb, _colon, place = act.partition(":")
    if verb != "renew":
        return rearranged(slots, act)
    renewed = next((row for row in _rows(slots) if str(row.position) == place), None)
    if renewed is None or renewed.current_id is None:
        return slots
    return swapped(slots, renewed.position, renewed.current_id)


def _save(assessment: Assessment, form: AssessmentForm, slots: Slots, pools: Pools) -> None:
    actions.save_draft(
        db.session(),
        actor=viewer(),
        assessment=assessment,
        title=form.title,
        purpose=Purpose(form.purpose.data),
        slots=slots,
        pools=pools,
        seen=form.seen.data or "",
    )


def _after(assessment: Assessment, act: str) -> ResponseReturnValue:
    if act == "publish":
        flash(_("Đã công bố. Bài sẵn sàng để giao cho lớp; sửa sau này sẽ thành bản mới."))
        return redirect(url_for(".assessment_show", code=assessment.code), 303)
    if act == "pick":
        return redirect(url_for(".assessment_pick", code=assessment.code, lesson=assessment.lesson_code), 303)
    if act == "save":
        flash(_("Đã lưu bản nháp."))
    return redirect(url_for(".assessment_edit", code=assessment.code, _anchor="items"), 303)


def _picked(assessment: Assessment, slots: Slots, picked: list[Slot], position: int) -> ResponseReturnValue:
    session = db.session()
    changed = swapped(slots, position, picked[0].item_revision_id) if position else added(slots, picked)
    title, _slots, pools = _draft_of(assessment)
    try:
        actions.save_draft(
            session,
            actor=viewer(),
            assessment=assessment,
            title=title,
            purpose=assessment.purpose,
            slots=changed,
            pools=pools,
            seen=actions.draft_fingerprint(session, assessment),
        )
    except Refused as refused:
        flash(COMPOSING_WORDS[refused.code], "bad")
        return redirect(request.url, 303)
    return redirect(url_for(".assessment_edit", code=assessment.code, _anchor="items"), 303)


def _rows(slots: Slots) -> list[PlacedItem]:
    """The places with their items; unknown ids are left out."""
    known = queries.list_by_ids(db.session(), [slot.item_revision_id for slot in slots])
    return [
        PlacedItem(position, slot.points, *known[slot.item_revision_id], slot.pool)
        for position, slot in enumerate(slots, start=1)
        if slot.item_revision_id in known
    ]
