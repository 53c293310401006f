"""Imports in the web: upload, look at what would change, confirm."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Place, Reach
from school_safety.kit import clock, db, files
from school_safety.kit.errors import Conflict, NotFound, Refused
from school_safety.kit.i18n import _, ngettext
from school_safety.kit.sheets import XLSX, CellProblem, SheetError, write_csv, write_xlsx
from school_safety.kit.web import download, render_form, takes_files
from school_safety.registry import actions as registry_actions
from school_safety.registry import queries as registry
from school_safety.registry.models import AcademicYear, ImportDraft, SchoolPath
from school_safety.registry.rules import ImportKind
from school_safety.roster import actions, queries
from school_safety.roster.actions import class_list_content, class_list_from, staff_content, staff_from
from school_safety.roster.forms.accounts import ROLE_NAMES
from school_safety.roster.forms.imports import (
    CHANGE_WORDS,
    DROPPED_WORDS,
    FIELD_WORDS,
    PROBLEM_WORDS,
    STAFF_CHANGE_WORDS,
    ConfirmImportForm,
    UploadClassListForm,
    UploadStaffForm,
)
from school_safety.roster.queries.classes import LoadedClassGroup
from school_safety.roster.readers import ClassList, original_of, read_class_list, read_staff_list
from school_safety.roster.rules.import_plan import Change, ClassListPlan
from school_safety.roster.sheets import problem_rows
from school_safety.roster.views.blueprint import bp
from school_safety.roster.views.classes import chosen_year


def problem_words(problem: CellProblem) -> str:
    """One problem of a file as a sentence."""
    words = PROBLEM_WORDS.get(str(problem.code))
    return str(words) % problem.params if words is not None else str(problem.code)


# ---- Class lists ----


@bp.route("/schools/<code>/import", methods=["GET", "POST"])
@requires(Permission.IMPORT_ROSTER, on=registry.load_school, slow=True)
@takes_files
def import_new(school: SchoolPath) -> ResponseReturnValue:
    """Upload the class lists of a whole school."""
    return _upload_class_list(school, None)


@bp.route("/class-groups/<int:class_group_id>/import", methods=["GET", "POST"])
@requires(Permission.IMPORT_ROSTER, on=queries.load_class_group, slow=True)
@takes_files
def import_class_new(loaded: LoadedClassGroup) -> ResponseReturnValue:
    """Upload the list of one class group."""
    return _upload_class_list(loaded.school, loaded)


def _upload_class_list(school: SchoolPath, loaded: LoadedClassGroup | None) -> ResponseReturnValue:
    form = UploadClassListForm()
    years = [loaded.year] if loaded is not None else registry.list_years(db.reader())
    form.year.choices = [(year.code, year.code) for year in years]
    if request.method == "GET":
        year = chosen_year(years)
        form.year.data = year.code if year is not None else None
    if form.submitted():
        year = next(year for year in years if year.code == form.year.data)
        draft = _read_upload(form, school, year, loaded)
        if draft is not None:
            return redirect(url_for("roster.import_show", public_id=draft.public_id), 303)
    return render_form("roster/import_new.html", form, school=school, loaded=loaded, years=years)


def _read_upload(
    form: UploadClassListForm, school: SchoolPath, year: AcademicYear, loaded: LoadedClassGroup | None
) -> ImportDraft | None:
    """Read the file before any lock is taken; whatever makes it useless as a whole stands beside the field."""
    file, name = form.file.data, loaded.group.name if loaded is not None else ""
    try:
        listing = read_class_list(
            files.read_table_file(file), file.filename or "", today=clock.today(), class_name=name
        )
    except SheetError as error:
        form.refuse(Refused(error.code, "file", **error.params))
        return None
    if not listing.rows and (not listing.problems or any(problem.row == 0 for problem in listing.problems)):
        for problem in listing.problems or (CellProblem("nothing_to_import"),):
            form.refuse(Refused(problem.code, "file", **problem.params))
        return None
    return registry_actions.keep_draft(
        db.session(),
        actor=viewer(),
        kind=ImportKind.CLASS_LIST,
        content=class_list_content(listing),
        school=school,
        year=year,
        class_group_id=loaded.group.id if loaded is not None else None,
        now=clock.now(),
    )


@bp.route("/imports/<public_id>", methods=["GET", "POST"])
@requires(Permission.IMPORT_ROSTER)
def import_show(reach: Reach, public_id: str) -> ResponseReturnValue:
    """What a class list would change, row by row; confirming writes all of it or nothing."""
    draft = _own_draft(public_id, ImportKind.CLASS_LIST)
    school, _year, group = queries.get_draft_scope(db.reader(), draft)
    if not reach.includes(Place(path=school.path, class_group_id=group.id if group is not None else None)):
        raise NotFound
    form = ConfirmImportForm()
    if form.submitted():
        try:
            done = actions.confirm_class_list(
                db.session(),
                actor=viewer(),
                draft=registry.get_draft(
                    db.session(), public_id, kind=ImportKind.CLASS_LIST, made_by=viewer().person_id
                ),
                seen=form.seen.data or "",
                end_missing=form.end_missing.data,
                today=clock.today(),
                now=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused)
        except Conflict as conflict:
            form.refuse(Refused(conflict.code))
        else:
            changed = done.added + done.transferred + done.moved + done.changed + done.left
            flash(
                ngettext(
                    "Đã nhập danh sách: %(num)s học sinh thay đổi.",
                    "Đã nhập danh sách: %(num)s học sinh thay đổi.",
                    changed,
                )
            )
            return redirect(url_for("roster.import_show", public_id=public_id), 303)
    return _show_class_list(draft, form)


def _own_draft(public_id: str, kind: ImportKind) -> ImportDraft:
    draft = registry.get_draft(db.reader(), public_id, kind=kind, made_by=viewer().person_id)
    if draft.done_at is None and draft.expires_at <= clock.now():
        raise NotFound
    return draft


@bp.get("/imports/<public_id>/problems.<any(csv, xlsx):shape>")
@requires(Permission.IMPORT_ROSTER)
def import_problems(reach: Reach, public_id: str, shape: str) -> ResponseReturnValue:
    """The rows of a class list that need a look, with what was typed there, to be corrected in the file."""
    draft = _own_draft(public_id, ImportKind.CLASS_LIST)
    school, year, group = queries.get_draft_scope(db.reader(), draft)
    if draft.done_at is not None or not reach.includes(
        Place(path=school.path, class_group_id=group.id if group is not None else None)
    ):
        raise NotFound
    listing = class_list_from(draft.content)
    plan = actions.plan_import(db.reader(), listing=listing, school=school, year=year, only=group)
    refused = {(row.sheet, row.row) for row in plan.refusals}
    originals = [*listing.originals, *(original_of(row) for row in listing.rows if (row.sheet, row.row) in refused)]
    header, rows = problem_rows(_problems(listing, plan), originals)
    if shape == "xlsx":
        return download(write_xlsx(header, rows), f"dong-can-xem-{school.code}.xlsx", XLSX)
    return download(write_csv(header, rows), f"dong-can-xem-{school.code}.csv", "text/csv; charset=utf-8")


def _problems(listing: ClassList, plan: ClassListPlan) -> list[dict[str, Any]]:
    refusals = [CellProblem(row.code, row.sheet, row.row, "", dict(row.params)) for row in plan.refusals]
    return _located([*listing.problems, *refusals])


def _show_class_list(draft: ImportDraft, form: ConfirmImportForm) -> ResponseReturnValue:
    school, year, group = queries.get_draft_scope(db.reader(), draft)
    if draft.done_at is not None:
        return render_template(
            "roster/import_done.html", school=school, year=year, group=group, result=draft.content["result"]
        )
    listing = class_list_from(draft.content)
    plan = actions.plan_import(db.reader(), listing=listing, school=school, year=year, only=group)
    form.seen.data = plan.fingerprint
    return render_form(
        "roster/import_show.html",
        form,
        draft=draft,
        school=school,
        year=year,
        group=group,
        listing=listing,
        plan=plan,
        problems=_problems(listing, plan),
        shown=[step for step in plan.steps if step.change not in (Change.SAME, Change.LEFT)],
        missing=plan.of(Change.LEFT),
        counts={change: len(plan.of(change)) for change in Change},
        change_words=CHANGE_WORDS,
        field_words=FIELD_WORDS,
        dropped=[str(DROPPED_WORDS[kind]) for kind in listing.dropped],
    )


def _located(problems: list[CellProblem]) -> list[dict[str, Any]]:
    ordered = sorted(problems, key=lambda problem: (problem.sheet, problem.row))
    return [
        {"sheet": problem.sheet, "row": problem.row, "column": problem.column, "words": problem_words(problem)}
        for problem in ordered
    ]


# ---- Staff ----


@bp.route("/staff/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
@takes_files
def staff_import(reach: Reach) -> ResponseReturnValue:
    """Upload a staff list: of one's own school, or of several places by code."""
    form = UploadStaffForm()
    if form.submitted():
        file = form.file.data
        try:
            listing = read_staff_list(files.read_table_file(file), file.filename or "")
        except SheetError as error:
            form.refuse(Refused(error.code, "file", **error.params))
        else:
            if listing.rows or any(problem.row for problem in listing.problems):
                draft = registry_actions.keep_draft(
                    db.session(),
                    actor=viewer(),
                    kind=ImportKind.STAFF,
                    content=staff_content(listing),
                    now=clock.now(),
                )
                return redirect(url_for("roster.staff_import_show", public_id=draft.public_id), 303)
            for problem in listing.problems or (CellProblem("nothing_to_import"),):
                form.refuse(Refused(problem.code, "file", **problem.params))
    return render_form("roster/staff_import.html", form, has_own_school=viewer().school_code is not None)


@bp.route("/staff/imports/<public_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def staff_import_show(reach: Reach, public_id: str) -> ResponseReturnValue:
    """What a staff list would change; confirming writes all of it or nothing."""
    draft = _own_draft(public_id, ImportKind.STAFF)
    form = ConfirmImportForm()
    year = registry.find_current_year(db.reader(), clock.today())
    if form.submitted():
        try:
            actions.confirm_staff(
                db.session(),
                actor=viewer(),
                draft=registry.get_draft(db.session(), public_id, kind=ImportKind.STAFF, made_by=viewer().person_id),
                seen=form.seen.data or "",
                year=year,
                today=clock.today(),
                now=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused)
        except Conflict as conflict:
            form.refuse(Refused(conflict.code))
        else:
            flash(_("Đã nhập danh sách thầy cô. Bước tiếp: in phiếu mời vào lần đầu."))
            return redirect(url_for("roster.staff_import_show", public_id=public_id), 303)
    return _show_staff(draft, form, year)


def _show_staff(draft: ImportDraft, form: ConfirmImportForm, year: AcademicYear | None) -> ResponseReturnValue:
    if draft.done_at is not None:
        return render_template(
            "roster/staff_import_done.html", result=draft.content["result"], words=STAFF_CHANGE_WORDS
        )
    listing = staff_from(draft.content)
    plan = actions.plan_staff(db.reader(), actor=viewer(), listing=listing, year=year, today=clock.today())
    form.seen.data = plan.fingerprint
    return render_form(
        "roster/staff_import_show.html",
        form,
        draft=draft,
        plan=plan,
        counts=plan.counts(),
        problems=_located([*listing.problems, *plan.refusals]),
        remarks=_located(list(plan.remarks)),
        change_words=STAFF_CHANGE_WORDS,
        role_names=ROLE_NAMES,
    )
