"""Class groups: the list, one class group, its pupils and who teaches it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Place, Reach
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form
from school_safety.registry import queries as registry
from school_safety.registry.models import AcademicYear, SchoolPath
from school_safety.registry.rules import grades_of
from school_safety.roster import actions, queries
from school_safety.roster.forms.classes import (
    LEFT_REASONS,
    TEACHING_KINDS,
    AddTeachingForm,
    CorrectPupilForm,
    EndEnrolmentForm,
    EnrolPupilForm,
    MovePupilForm,
    SaveClassGroupForm,
)
from school_safety.roster.queries.classes import LoadedClassGroup, LoadedEnrolment
from school_safety.roster.rules.classes import LeftReason, TeachingKind
from school_safety.roster.views.blueprint import bp


def chosen_year(years: list[AcademicYear]) -> AcademicYear | None:
    """The school year of `?year=`, else the current one; None when none is entered."""
    wanted = request.args.get("year", "")
    return next((year for year in years if year.code == wanted), None) or registry.find_current_year(
        db.reader(), clock.today()
    )


@bp.get("/schools/<code>/class-groups")
@requires(Permission.SEE_ROSTER)
def class_group_index(reach: Reach, code: str) -> ResponseReturnValue:
    """The class groups of a school and year that the viewer reaches."""
    school = registry.get_school(db.session(), code)
    years = registry.list_years(db.session())
    year = chosen_year(years)
    groups = []
    if year is not None:
        groups = queries.list_class_groups(db.session(), school_id=school.school_id, year_id=year.id, reach=reach)
    if not groups and not reach.includes(Place(path=school.path)) and viewer().school_code != code:
        raise NotFound
    return render_template(
        "roster/class_group_index.html",
        school=school,
        years=years,
        year=year,
        groups=groups,
        whole=reach.includes(Place(path=school.path)),
        manages=viewer().reach(Permission.MANAGE_ROSTER).includes(Place(path=school.path)),
    )


@bp.route("/schools/<code>/class-groups/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTER, on=registry.load_school)
def class_group_new(school: SchoolPath) -> ResponseReturnValue:
    """Add one class group by hand."""
    year = chosen_year(registry.list_years(db.reader()))
    if year is None:
        raise NotFound
    form = SaveClassGroupForm()
    form.grade.choices = [(grade, str(grade)) for grade in grades_of(school.grades)]
    if form.submitted():
        try:
            group = actions.add_class_group(
                db.session(), actor=viewer(), school=school, year=year, name=form.name.data or "", grade=form.grade.data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã thêm lớp %(name)s. Bước tiếp: nhập danh sách học sinh.", name=group.name))
            return redirect(url_for("roster.class_group_show", class_group_id=group.id), 303)
    return render_form("roster/class_group_new.html", form, school=school, year=year)


@bp.get("/class-groups/<int:class_group_id>")
@requires(Permission.SEE_ROSTER, on=queries.load_class_group)
def class_group_show(loaded: LoadedClassGroup) -> ResponseReturnValue:
    """The pupils of a class group by given name, and who teaches it."""
    place = Place(path=loaded.school.path, class_group_id=loaded.group.id)
    pupils = queries.list_pupils(db.session(), loaded.group.id, with_left=True)
    return render_template(
        "roster/class_group_show.html",
        loaded=loaded,
        pupils=[pupil for pupil in pupils if pupil.ends_on is None],
        left=[pupil for pupil in pupils if pupil.ends_on is not None],
        teachers=queries.list_teachers(db.session(), loaded.group.id),
        kinds=TEACHING_KINDS,
        reasons=LEFT_REASONS,
        manages=viewer().reach(Permission.MANAGE_ROSTER).includes(place),
        imports=viewer().reach(Permission.IMPORT_ROSTER).includes(place),
    )


@bp.route("/class-groups/<int:class_group_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTER, on=queries.load_class_group)
def class_group_edit(loaded: LoadedClassGroup) -> ResponseReturnValue:
    """Correct a class group's name or grade."""
    form = SaveClassGroupForm(obj=loaded.group)
    form.grade.choices = [(grade, str(grade)) for grade in grades_of(loaded.school.grades)]
    if form.submitted():
        try:
            actions.change_class_group(
                db.session(), actor=viewer(), loaded=loaded, name=form.name.data or "", grade=form.grade.data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã lưu lớp %(name)s.", name=loaded.group.name))
            return redirect(url_for("roster.class_group_show", class_group_id=loaded.group.id), 303)
    return render_form("roster/class_group_edit.html", form, loaded=loaded)


# ---- Teaching ----


@bp.route("/class-groups/<int:class_group_id>/teachers", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTER, on=queries.load_class_group)
def class_group_teachers(loaded: LoadedClassGroup) -> ResponseReturnValue:
    """Who teaches a class group: add and end."""
    form = AddTeachingForm()
    staff = queries.list_school_staff(db.reader(), loaded.school.school_id, clock.today())
    form.person_id.choices = staff
    if form.submitted():
        try:
            actions.add_teaching(
                db.session(),
                actor=viewer(),
                loaded=loaded,
                person_id=form.person_id.data,
                kind=TeachingKind(form.kind.data),
                subject=form.subject.data or "",
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã phân công %(name)s.", name=dict(staff)[form.person_id.data]))
            return redirect(url_for("roster.class_group_teachers", class_group_id=loaded.group.id), 303)
    teachers = queries.list_teachers(db.session(), loaded.group.id)
    return render_form(
        "roster/class_group_teachers.html", form, loaded=loaded, teachers=teachers, staff=staff, kinds=TEACHING_KINDS
    )


@bp.post("/class-groups/<int:class_group_id>/teachers/end")
@requires(Permission.MANAGE_ROSTER, on=queries.load_class_group)
def class_group_teacher_end(loaded: LoadedClassGroup) -> ResponseReturnValue:
    """Somebody no longer teaches the class group."""
    teaching_id = request.form.get("teaching", type=int)
    if teaching_id is None:
        abort(400)
    actions.end_teaching(db.session(), actor=viewer(), loaded=loaded, teaching_id=teaching_id, today=clock.today())
    flash(_("Đã bỏ phân công."))
    return redirect(url_for("roster.class_group_teachers", class_group_id=loaded.group.id), 303)


# ---- Pupils ----


@bp.route("/class-groups/<int:class_group_id>/pupils/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTER, on=queries.load_class_group)
def enrolment_new(loaded: LoadedClassGroup) -> ResponseReturnValue:
    """Add one pupil by hand."""
    year = loaded.year
    form = EnrolPupilForm(data={"starts_on": min(max(clock.today(), year.starts_on), year.ends_on)})
    if form.submitted():
        try:
            actions.enrol_pupil(
                db.session(),
                actor=viewer(),
                loaded=loaded,
                full_name=form.full_name.data or "",
                birth_date=form.birth_date.data,
                list_number=form.list_number.data,
                starts_on=form.starts_on.data,
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã thêm %(name)s vào lớp.", name=form.full_name.data))
            return redirect(url_for("roster.class_group_show", class_group_id=loaded.group.id), 303)
    return render_form("roster/enrolment_new.html", form, loaded=loaded)


@bp.route("/enrolments/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTER, on=queries.load_enrolment)
def enrolment_edit(loaded: LoadedEnrolment) -> ResponseReturnValue:
    """Correct a slip in a pupil's name, birth date or list number."""
    stored = {
        "full_name": loaded.person.full_name,
        "birth_date": loaded.person.birth_date,
        "list_number": loaded.enrolment.list_number,
    }
    form = CorrectPupilForm(data=stored)
    if form.submitted():
        try:
            actions.correct_pupil(
                db.session(),
                actor=viewer(),
                loaded=loaded,
                full_name=form.full_name.data or "",
                birth_date=form.birth_date.data,
                list_number=form.list_number.data or 0,
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã sửa."))
            return redirect(url_for("roster.class_group_show", class_group_id=loaded.group.id), 303)
    return render_form("roster/enrolment_edit.html", form, loaded=loaded)


@bp.route("/enrolments/<public_id>/move", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTER, on=queries.load_enrolment)
def enrolment_move(loaded: LoadedEnrolment) -> ResponseReturnValue:
    """Move a pupil to another class group of the school."""
    groups = queries.list_plain_class_groups(db.session(), school_id=loaded.group.school_id, year_id=loaded.year.id)
    form = MovePupilForm(data={"on": min(max(clock.today(), loaded.year.starts_on), loaded.year.ends_on)})
    form.target.choices = [(group.id, group.name) for group in groups if group.id != loaded.group.id]
    if form.submitted():
        target, _place = queries.load_class_group(db.session(), form.target.data)
        try:
            actions.move_pupil(db.session(), actor=viewer(), loaded=loaded, target=target, on=form.on.data)
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(
                _(
                    "Đã chuyển %(name)s sang lớp %(group)s. Thẻ cũ hết dùng được, hãy cấp thẻ mới.",
                    name=loaded.person.full_name,
                    group=target.group.name,
                )
            )
            return redirect(url_for("roster.class_group_show", class_group_id=target.group.id), 303)
    return render_form("roster/enrolment_move.html", form, loaded=loaded)


@bp.route("/enrolments/<public_id>/end", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTER, on=queries.load_enrolment)
def enrolment_end(loaded: LoadedEnrolment) -> ResponseReturnValue:
    """A pupil leaves the class group; what was learnt stays."""
    form = EndEnrolmentForm(data={"on": min(max(clock.today(), loaded.year.starts_on), loaded.year.ends_on)})
    if form.submitted():
        try:
            actions.end_enrolment(
                db.session(), actor=viewer(), loaded=loaded, on=form.on.data, reason=LeftReason(form.reason.data)
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("%(name)s đã rời lớp. Bài đã làm vẫn còn.", name=loaded.person.full_name))
            return redirect(url_for("roster.class_group_show", class_group_id=loaded.group.id), 303)
    return render_form("roster/enrolment_end.html", form, loaded=loaded)
