"""Pages of coverage: figures of the province and its communes, the list of schools, one school, the public page."""

from datetime import date
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import public, requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.coverage import sheets
from school_safety.coverage.forms import FigureFilterForm, SchoolFilterForm
from school_safety.coverage.report import (
    CoverageReport,
    SchoolFilter,
    SchoolRow,
    build_report,
    build_school,
    charts_of,
    select_schools,
    words,
)
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound
from school_safety.kit.paging import PER_PAGE, Page, offset, page_number
from school_safety.kit.sheets import XLSX, write_csv, write_xlsx
from school_safety.kit.web import download
from school_safety.registry.models import AcademicYear, SchoolPath
from school_safety.registry.queries import find_current_year, get_year, list_years, load_school

bp = Blueprint("coverage", __name__)


@bp.context_processor
def coverage_words() -> dict[str, Any]:
    """The words of our codes, for every template of this domain."""
    return {"words": words}


@bp.get("/coverage")
@requires(Permission.SEE_COVERAGE)
def coverage_show(reach: Reach) -> ResponseReturnValue:
    """Both indicators: of the province, or of the commune that holds all schools the viewer may see.

    Who belongs to one school comes to that school's own page.
    """
    school = viewer().school_code
    if school is not None:
        kept: dict[str, Any] = {key: request.args[key] for key in ("year", "as_of", "lang") if key in request.args}
        return redirect(url_for("coverage.school_show", code=school, **kept), 303)
    return _figures_page("coverage/coverage_show.html", reach, None)


@bp.get("/coverage/areas/<area>")
@requires(Permission.SEE_COVERAGE)
def area_show(reach: Reach, area: str) -> ResponseReturnValue:
    """Both indicators of one commune, or of the province by its code."""
    return _figures_page("coverage/area_show.html", reach, area)


def _figures_page(template: str, reach: Reach, area: str | None) -> ResponseReturnValue:
    form = FigureFilterForm(formdata=request.args)
    found = _report(form, reach, area)
    if found is None:
        return render_template("coverage/empty.html")
    missing = {
        entry.strand: select_schools(found.schools, SchoolFilter(strand=entry.strand)) for entry in found.entries
    }
    return render_template(
        template, form=form, report=found, charts=charts_of(found), missing=missing, args=_kept(found)
    )


@bp.get("/coverage/figures.<any(csv, xlsx, json):shape>")
@requires(Permission.SEE_COVERAGE)
def figures_download(reach: Reach, shape: str) -> ResponseReturnValue:
    """The figures of the page as a file, from the same object."""
    found = _report(FigureFilterForm(formdata=request.args), reach, request.args.get("area") or None)
    if found is None:
        raise NotFound
    if shape == "json":
        return jsonify(found.as_json())
    return _table_file(sheets.figure_rows(found), shape, f"coverage-{found.area.code}-{found.as_of}")


@bp.get("/coverage/schools")
@requires(Permission.SEE_COVERAGE)
def school_index(reach: Reach) -> ResponseReturnValue:
    """The schools of one's reach by grade; those that are missing come first."""
    figures = FigureFilterForm(formdata=request.args)
    found = _report(figures, reach, None)
    if found is None:
        return render_template("coverage/empty.html")
    form, schools = _selected(found)
    number = page_number(request.args.get("page"))
    start = offset(number)
    page = Page(schools[start : start + PER_PAGE], number, len(schools))
    args = {**_kept(found), **{key: value for key, value in form.data.items() if value}}
    return render_template(
        "coverage/school_index.html", form=form, report=found, page=page, wanted=form.wanted(), args=args
    )


@bp.get("/coverage/schools.<any(csv, xlsx):shape>")
@requires(Permission.SEE_COVERAGE)
def schools_download(reach: Reach, shape: str) -> ResponseReturnValue:
    """The list of schools as filtered on the page, whole."""
    found = _report(FigureFilterForm(formdata=request.args), reach, None)
    if found is None:
        raise NotFound
    _form, schools = _selected(found)
    return _table_file(sheets.school_table(schools), shape, f"coverage-schools-{found.as_of}")


@bp.get("/coverage/schools/<code>")
@requires(Permission.SEE_COVERAGE, on=load_school)
def school_show(school: SchoolPath) -> ResponseReturnValue:
    """Why one school stands where it stands: declaration, programme, activities, evidence."""
    form = FigureFilterForm(formdata=request.args)
    year, day = _when(form)
    if year is None:
        return render_template("coverage/empty.html")
    found = build_school(db.session(), school=school, year=year, as_of=day)
    return render_template("coverage/school_show.html", form=form, report=found, school=school)


@bp.get("/coverage/public")
@public
def coverage_public() -> ResponseReturnValue:
    """The province's coverage for everybody: counts of areas, no school by name."""
    year = find_current_year(db.session(), clock.today())
    found = None if year is None else _build(year, clock.today(), None, None)
    if found is None:
        return render_template("coverage/empty_public.html")
    return render_template("coverage/coverage_public.html", report=found, charts=charts_of(found))


def _when(form: FigureFilterForm) -> tuple[AcademicYear | None, date]:
    """The school year and day asked for in the address; raises NotFound for a year that is not there."""
    session = db.session()
    form.offer_years(year.code for year in list_years(session))
    code, today = form.year.data, clock.today()
    year = get_year(session, code) if code else find_current_year(session, today)
    if year is not None:
        form.year.data = year.code
    return year, form.day(today)


def _report(form: FigureFilterForm, reach: Reach, area: str | None) -> CoverageReport | None:
    year, day = _when(form)
    return None if year is None else _build(year, day, area, reach)


def _build(year: AcademicYear, day: date, area: str | None, reach: Reach | None) -> CoverageReport | None:
    """The report, or None before the province is entered.

    An area that is named and not there, or all of whose schools lie out of reach, is a 404.
    """
    try:
        found = build_report(db.session(), year=year, as_of=day, area=area, reach=reach)
    except NotFound:
        if area is None:
            return None
        raise
    if area is not None and found.known and not found.schools:
        raise NotFound
    return found


def _kept(report: CoverageReport) -> dict[str, str]:
    """What the links of a page carry on: year and day, when they are not the present ones."""
    kept = {"year": report.year} if "year" in request.args else {}
    return kept if report.live else {**kept, "as_of": report.as_of.isoformat()}


def _selected(report: CoverageReport) -> tuple[SchoolFilterForm, list[SchoolRow]]:
    form = SchoolFilterForm(formdata=request.args)
    communes = {row.commune_code: row.commune for row in report.schools}
    form.offer_areas([(row.area.code, row.area.name) for row in report.areas] or sorted(communes.items()))
    return form, select_schools(report.schools, form.wanted())


def _table_file(table: sheets.Rows, shape: str, name: str) -> ResponseReturnValue:
    header, rows = table
    if shape == "xlsx":
        return download(write_xlsx(header, rows), f"{name}.xlsx", XLSX)
    return download(write_csv(header, rows), f"{name}.csv", "text/csv; charset=utf-8")
