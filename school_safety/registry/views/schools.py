"""Schools: the list, one school with its timeline, and the deeds that change it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Place, Reach
from school_safety.kit import clock, db, paging, sheets
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import download, render_form
from school_safety.registry import actions, queries
from school_safety.registry.actions import PlacementValues
from school_safety.registry.forms import (
    KIND_NAMES,
    STATUS_NAMES,
    AddSchoolForm,
    PlacementForm,
)
from school_safety.registry.models import Placement, SchoolPath
from school_safety.registry.queries import SchoolFilter
from school_safety.registry.rules import (
    SECONDARY_GRADES,
    SchoolKind,
    SchoolStatus,
    Tree,
    UnitKind,
    grade_mask,
    grades_of,
)
from school_safety.registry.views.blueprint import bp
from school_safety.registry.views.deeds import do_deed

FILTERS = ("q", "commune", "kind", "status", "grade", "sort")
"""What the list is narrowed and sorted by, as it stands in the address."""


def _filter() -> SchoolFilter:
    """The filter in the query string; what is not understood does not narrow."""
    args = request.args
    grade = args.get("grade", "")
    return SchoolFilter(
        words=args.get("q", "").strip()[:100],
        commune=args.get("commune", "")[:32],
        kind=next((kind for kind in SchoolKind if kind == args.get("kind")), None),
        status=next((status for status in SchoolStatus if status == args.get("status")), None),
        grade=int(grade) if grade in map(str, SECONDARY_GRADES) else None,
        sort=args.get("sort", "name"),
    )


@bp.get("/schools")
@requires(Permission.SEE_REGISTRY)
def school_index(reach: Reach) -> ResponseReturnValue:
    """Schools in reach: searched, filtered, sorted, page by page."""
    number, wanted = paging.page_number(request.args.get("page")), _filter()
    rows, total = queries.list_schools(db.session(), reach, wanted, limit=paging.PER_PAGE, offset=paging.offset(number))
    return render_template(
        "registry/school_index.html",
        page=paging.Page(rows, number, total),
        wanted=wanted,
        args={key: value for key in FILTERS if (value := request.args.get(key))},
        communes=[commune for commune, _committee in queries.communes_with_authorities(db.session(), clock.today())],
        kind_names=KIND_NAMES,
        status_names=STATUS_NAMES,
        grades=SECONDARY_GRADES,
        grades_of=grades_of,
    )


@bp.get("/schools/export.<ending>")
@requires(Permission.SEE_REGISTRY)
def school_export(reach: Reach, ending: str) -> ResponseReturnValue:
    """The same list, whole, as CSV or XLSX."""
    rows, _total = queries.list_schools(db.session(), reach, _filter())
    header = [
        _("Mã trường"),
        _("Tên trường"),
        _("Loại hình"),
        _("Khối"),
        _("Xã, phường"),
        _("Cơ quan quản lý"),
        _("Trạng thái"),
    ]
    lines = [
        [
            school.code,
            school.name,
            str(KIND_NAMES[school.kind]),
            ", ".join(map(str, grades_of(school.grades))),
            commune.name,
            authority.name,
            str(STATUS_NAMES[school.status]),
        ]
        for school, commune, authority in rows
    ]
    if ending == "xlsx":
        data, media = (
            sheets.write_xlsx(header, lines, sheet=_("Trường")),
            sheets.XLSX,
        )
    else:
        data, media = sheets.write_csv(header, lines), "text/csv; charset=utf-8"
    return download(data, f"truong-{clock.today():%Y-%m-%d}.{'xlsx' if ending == 'xlsx' else 'csv'}", media)


@bp.get("/schools/<code>")
@requires(Permission.SEE_REGISTRY, on=queries.load_school)
def school_show(school: SchoolPath) -> ResponseReturnValue:
    """One school today, its timeline and its lineage."""
    session = db.session()
    units = {unit.id: unit for unit in queries.list_units(session)}
    links = queries.list_lineage(session, school.school_id)
    ids = {link.source_school_id for link in links} | {link.target_school_id for link in links}
    return render_template(
        "registry/school_show.html",
        school=school,
        placement=session.get_one(Placement, school.placement_id),
        timeline=queries.placements_of(session, [school.school_id])[school.school_id],
        units=units,
        links=links,
        names={row.school_id: row for row in queries.list_schools_by_ids(session, ids)},
        kind_names=KIND_NAMES,
        status_names=STATUS_NAMES,
        grades_of=grades_of,
        manages=viewer().reach(Permission.MANAGE_REGISTRY).includes(Place(path=school.path)),
    )


# ---- Deeds ----


def _with_places(form: PlacementForm) -> PlacementForm:
    units = queries.list_units(db.reader(), on=clock.today())
    form.area_unit_id.choices = [
        (unit.id, unit.name) for unit in units if unit.tree is Tree.AREA and unit.kind is UnitKind.COMMUNE
    ]
    form.authority_unit_id.choices = [
        (unit.id, unit.name) for unit in units if unit.tree is Tree.AUTHORITY and unit.kind is not UnitKind.PROVINCE
    ]
    return form


def _values(form: PlacementForm) -> PlacementValues:
    return PlacementValues(
        name=form.name.data or "",
        kind=SchoolKind(form.kind.data),
        grades=grade_mask(form.grades.data or []),
        area_unit_id=form.area_unit_id.data,
        authority_unit_id=form.authority_unit_id.data,
        valid_from=form.valid_from.data,
        status=SchoolStatus(form.status.data),
        ministry_code=form.ministry_code.data or None,
        document=form.document.data or "",
    )


@bp.route("/schools/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY)
def school_new(reach: Reach) -> ResponseReturnValue:
    """Add one school; many come from a file."""
    form = AddSchoolForm(data={"valid_from": clock.today(), "kind": SchoolKind.THCS, "grades": [6, 7, 8, 9]})
    _with_places(form)
    if form.submitted():
        try:
            actions.add_school(
                db.session(), actor=viewer(), code=form.code.data or "", values=_values(form), today=clock.today()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã thêm trường %(name)s.", name=form.name.data))
            return redirect(url_for("registry.school_show", code=form.code.data), 303)
    return render_form("registry/school_new.html", form)


@bp.route("/schools/<code>/placement", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY, on=queries.load_school)
def school_edit(school: SchoolPath) -> ResponseReturnValue:
    """Record what holds of a school from a day on."""
    held = db.session().get_one(Placement, school.placement_id)
    stored: dict[str, Any] = {
        name: getattr(held, name)
        for name in ("name", "kind", "status", "area_unit_id", "authority_unit_id", "ministry_code")
    }
    form = PlacementForm(data={**stored, "grades": list(grades_of(held.grades)), "valid_from": clock.today()})
    _with_places(form)
    return do_deed(
        form,
        school,
        lambda target: actions.change_placement(
            db.session(), actor=viewer(), school=target, values=_values(form), today=clock.today()
        ),
        lambda: render_form("registry/school_edit.html", form, school=school),
    )
