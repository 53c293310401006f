"""The department's plans and their targets."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form
from school_safety.planning import actions, queries
from school_safety.planning.forms.fields import choice
from school_safety.planning.forms.plans import PlanForm, TargetForm
from school_safety.planning.models import Plan, Target
from school_safety.planning.report import words
from school_safety.planning.rules import Comparator, PlanKind, TargetIndicator, TargetScope
from school_safety.planning.views.blueprint import bp


@bp.get("/plans")
@requires(Permission.SEE_PLANS)
def plan_index(reach: Reach) -> ResponseReturnValue:
    """Every plan with its period, and the targets in force today."""
    session = db.session()
    return render_template(
        "planning/plan_index.html",
        plans=queries.list_plans(session),
        targets=queries.list_targets_in_force(session, clock.today()),
        words=words,
    )


@bp.route("/plans/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def plan_new(reach: Reach) -> ResponseReturnValue:
    """Enter a plan."""
    form = PlanForm(kind=PlanKind.MULTI_YEAR)
    _fill_parents(form)
    if form.submitted():
        try:
            plan = actions.save_plan(db.session(), actor=viewer(), values=_plan_values(form))
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã lưu kế hoạch. Bước tiếp: thêm chỉ tiêu."))
            return redirect(url_for("planning.plan_show", plan_id=plan.id), 303)
    return render_form("planning/plan_new.html", form)


@bp.get("/plans/<int:plan_id>")
@requires(Permission.SEE_PLANS)
def plan_show(reach: Reach, plan_id: int) -> ResponseReturnValue:
    """One plan with its basis and its targets."""
    plan = queries.get_plan(db.session(), plan_id)
    return _show(plan, _target_form(plan))


@bp.route("/plans/<int:plan_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def plan_edit(reach: Reach, plan_id: int) -> ResponseReturnValue:
    """Change what a plan says of itself."""
    plan = queries.get_plan(db.session(), plan_id)
    form = PlanForm(data=_plan_data(plan))
    _fill_parents(form, plan)
    if form.submitted():
        try:
            actions.save_plan(db.session(), actor=viewer(), values=_plan_values(form), plan=plan)
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã lưu kế hoạch."))
            return redirect(url_for("planning.plan_show", plan_id=plan_id), 303)
    return render_form("planning/plan_edit.html", form, plan_id=plan_id)


@bp.post("/plans/<int:plan_id>/targets")
@requires(Permission.MANAGE_PLANS)
def target_new(reach: Reach, plan_id: int) -> ResponseReturnValue:
    """Add a dated target to a plan."""
    plan = queries.get_plan(db.session(), plan_id)
    form = _target_form(plan)
    if form.submitted():
        try:
            actions.set_target(db.session(), actor=viewer(), plan=plan, values=_target_values(form))
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã thêm chỉ tiêu. Trang độ bao phủ dùng chỉ tiêu này từ ngày có hiệu lực."))
            return redirect(url_for("planning.plan_show", plan_id=plan_id), 303)
    return _show(plan, form)


@bp.route("/plans/<int:plan_id>/targets/<int:target_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def target_edit(reach: Reach, plan_id: int, target_id: int) -> ResponseReturnValue:
    """Put a corrected target in the place of one; the old row stays."""
    plan = queries.get_plan(db.session(), plan_id)
    target = queries.get_target(db.session(), plan_id, target_id)
    form = TargetForm(obj=target)
    if form.submitted():
        try:
            actions.set_target(db.session(), actor=viewer(), plan=plan, values=_target_values(form), instead_of=target)
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã sửa chỉ tiêu. Bản cũ vẫn được lưu."))
            return redirect(url_for("planning.plan_show", plan_id=plan_id), 303)
    return render_form("planning/target_edit.html", form, plan=plan, target=target)


@bp.post("/plans/<int:plan_id>/targets/<int:target_id>/withdraw")
@requires(Permission.MANAGE_PLANS)
def target_withdraw(reach: Reach, plan_id: int, target_id: int) -> ResponseReturnValue:
    """Take a target back."""
    target = queries.get_target(db.session(), plan_id, target_id)
    actions.withdraw_target(db.session(), actor=viewer(), target=target)
    flash(_("Đã rút chỉ tiêu. Dòng cũ vẫn được lưu trong nhật ký."))
    return redirect(url_for("planning.plan_show", plan_id=plan_id), 303)


def _show(plan: Plan, form: TargetForm) -> ResponseReturnValue:
    session = db.session()
    targets: list[Target] = queries.list_targets(session, plan.id)
    return render_form(
        "planning/plan_show.html",
        form,
        plan=plan,
        parent=queries.get_plan(session, plan.parent_id) if plan.parent_id else None,
        targets=targets,
        words=words,
    )


def _fill_parents(form: PlanForm, plan: Plan | None = None) -> None:
    parents = [each for each in queries.list_parents(db.session()) if plan is None or each.id != plan.id]
    form.parent_id.choices = [
        choice("", _("Không thuộc kế hoạch nào")),
        *(choice(str(each.id), f"{each.number}: {each.title}") for each in parents),
    ]


def _plan_data(plan: Plan) -> dict[str, object]:
    names = ("kind", "issuer", "number", "title", "signed_on", "starts_on", "ends_on", "vision_year")
    parent = str(plan.parent_id or "")
    return {**{name: getattr(plan, name) for name in names}, "parent_id": parent, "basis": "\n".join(plan.basis)}


def _plan_values(form: PlanForm) -> actions.PlanValues:
    return actions.PlanValues(
        kind=PlanKind(form.kind.data),
        parent_id=int(form.parent_id.data) if form.parent_id.data else None,
        issuer=form.issuer.data or "",
        number=form.number.data or "",
        title=form.title.data or "",
        signed_on=form.signed_on.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        vision_year=form.vision_year.data,
        basis=form.basis.lines,
    )


def _target_form(plan: Plan) -> TargetForm:
    return TargetForm(
        scope=TargetScope.PROVINCE, comparator=Comparator.GT, valid_from=plan.starts_on, valid_to=plan.ends_on
    )


def _target_values(form: TargetForm) -> actions.TargetValues:
    return actions.TargetValues(
        indicator=TargetIndicator(form.indicator.data),
        scope=TargetScope(form.scope.data),
        comparator=Comparator(form.comparator.data),
        percent=form.percent.data,
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
        basis=form.basis.data or "",
    )
