"""Units of both trees and school years."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form
from school_safety.registry import actions, queries
from school_safety.registry.forms import UNIT_KIND_NAMES, AddUnitForm, CloseUnitForm, RenameUnitForm, SaveYearForm
from school_safety.registry.models import AcademicYear, Unit
from school_safety.registry.rules import Tree, UnitKind
from school_safety.registry.views.blueprint import bp


@bp.get("/units")
@requires(Permission.SEE_REGISTRY)
def unit_index(reach: Reach) -> ResponseReturnValue:
    """Communes with their committees, the department, and the school years."""
    session, today = db.session(), clock.today()
    return render_template(
        "registry/unit_index.html",
        roots=[unit for unit in queries.list_units(session, on=today) if unit.kind is UnitKind.PROVINCE],
        departments=[unit for unit in queries.list_units(session, on=today) if unit.kind is UnitKind.DEPARTMENT],
        communes=queries.communes_with_authorities(session, today),
        schools=queries.count_schools_by_commune(session, reach),
        years=queries.list_years(session),
        kind_names=UNIT_KIND_NAMES,
    )


@bp.route("/units/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY)
def unit_new(reach: Reach) -> ResponseReturnValue:
    """Add a commune with its committee, the department, or the province."""
    form = AddUnitForm(data={"kind": request.args.get("kind"), "valid_from": clock.today()})
    if form.submitted():
        try:
            actions.add_units(
                db.session(),
                actor=viewer(),
                kind=UnitKind(form.kind.data),
                code=form.code.data or "",
                name=form.name.data or "",
                valid_from=form.valid_from.data,
                document=form.document.data or "",
            )
        except Refused as refused:
            form.refuse(refused if refused.field != "parent" else Refused(refused.code, "kind"))
        else:
            flash(_("Đã thêm %(name)s.", name=form.name.data))
            return redirect(url_for("registry.unit_index"), 303)
    return render_form("registry/unit_new.html", form)


@bp.get("/units/<code>")
@requires(Permission.SEE_REGISTRY)
def unit_show(reach: Reach, code: str) -> ResponseReturnValue:
    """One unit: since when, under which names; the names of public bodies are for everybody who sees the registry."""
    unit = queries.get_unit(db.session(), code)
    names = queries.list_unit_names(db.session(), unit.id)
    return render_template("registry/unit_show.html", unit=unit, names=names, kind_names=UNIT_KIND_NAMES, trees=Tree)


@bp.route("/units/<code>/rename", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY, on=queries.load_unit)
def unit_rename(unit: Unit) -> ResponseReturnValue:
    """Another name from a day on; the former one stays on record."""
    form = RenameUnitForm(data={"name": unit.name, "valid_from": clock.today()})
    if form.submitted():
        try:
            actions.rename_unit(
                db.session(),
                actor=viewer(),
                unit=unit,
                name=form.name.data or "",
                valid_from=form.valid_from.data,
                document=form.document.data or "",
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã đổi tên. Tên cũ vẫn còn trong hồ sơ."))
            return redirect(url_for("registry.unit_show", code=unit.code), 303)
    return render_form("registry/unit_rename.html", form, unit=unit)


@bp.route("/units/<code>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY, on=queries.load_unit)
def unit_close(unit: Unit) -> ResponseReturnValue:
    """End a unit on which nothing hangs any more."""
    form = CloseUnitForm(data={"valid_to": clock.today()})
    if form.submitted():
        try:
            actions.close_unit(db.session(), actor=viewer(), unit=unit, valid_to=form.valid_to.data)
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã đóng đơn vị."))
            return redirect(url_for("registry.unit_show", code=unit.code), 303)
    return render_form("registry/unit_close.html", form, unit=unit)


# ---- School years ----


@bp.route("/years/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY)
def year_new(reach: Reach) -> ResponseReturnValue:
    """Enter a school year with its dates."""
    return _save_year(SaveYearForm(), None)


@bp.route("/years/<code>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY)
def year_edit(reach: Reach, code: str) -> ResponseReturnValue:
    """Correct the dates of a school year."""
    year = queries.get_year(db.session(), code)
    return _save_year(SaveYearForm(obj=year), year)


def _save_year(form: SaveYearForm, year: AcademicYear | None) -> ResponseReturnValue:
    if form.submitted():
        try:
            actions.save_year(
                db.session(),
                actor=viewer(),
                year=year,
                code=form.code.data or "",
                starts_on=form.starts_on.data,
                second_term_starts_on=form.second_term_starts_on.data,
                ends_on=form.ends_on.data,
                decision=form.decision.data or "",
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã lưu năm học %(code)s.", code=form.code.data))
            return redirect(url_for("registry.unit_index"), 303)
    return render_form("registry/year_new.html", form, year=year)
