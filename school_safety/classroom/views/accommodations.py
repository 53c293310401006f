"""More time and further attempts: for a class in one assignment, and as a pupil's dated note in the class."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.classroom import actions, queries
from school_safety.classroom.forms import ClassExtraForm, PupilExtraForm
from school_safety.classroom.queries import GroupFacts, PupilOfClass
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form
from school_safety.roster import queries as roster
from school_safety.roster.queries import LoadedClassGroup


@bp.route("/assignments/<public_id>/extra", methods=["GET", "POST"])
@requires(Permission.ASSIGN, on=queries.load_group)
def assignment_extra(given: GroupFacts) -> ResponseReturnValue:
    """Give the whole class more time or attempts in this assignment."""
    held = queries.value_of(given.group)
    form = ClassExtraForm(
        data=None if request.method == "POST" else {name: getattr(held, name) or None for name in held.__slots__}
    )
    if form.submitted():
        try:
            actions.accommodate_class(db.session(), actor=viewer(), given=given, extra=form.extra, now=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã lưu. Em đang làm được thêm giờ ngay."))
            return redirect(url_for(".assignment_show", public_id=given.group.public_id), 303)
    return render_form("classroom/assignment_extra.html", form, given=given)


@bp.get("/class-groups/<int:class_group_id>/extra")
@requires(Permission.ASSIGN, on=roster.load_class_group)
def extra_index(loaded: LoadedClassGroup) -> ResponseReturnValue:
    """Which pupils of the class have more time or attempts in every assignment."""
    session = db.session()
    return render_template(
        "classroom/extra_index.html",
        loaded=loaded,
        pupils=roster.list_pupils(session, loaded.group.id),
        extras=queries.list_accommodations(session, loaded.group.id),
        today=clock.today(),
    )


@bp.route("/class-groups/<int:class_group_id>/extra/<enrolment>", methods=["GET", "POST"])
@requires(Permission.ASSIGN, on=queries.load_pupil_of_class)
def extra_edit(target: PupilOfClass) -> ResponseReturnValue:
    """Give one pupil more time or attempts in every assignment of the class, on dated days."""
    held = queries.list_accommodations(db.session(), target.class_group.id).get(target.person.id)
    shown: dict[str, Any] = {"valid_from": clock.today()}
    if held is not None:
        value = queries.value_of(held)
        shown |= {name: getattr(value, name) or None for name in value.__slots__}
        shown |= {"valid_from": held.valid_from, "valid_to": held.valid_to}
    form = PupilExtraForm(data=None if request.method == "POST" else shown)
    if form.submitted():
        try:
            actions.accommodate_pupil(
                db.session(),
                actor=viewer(),
                target=target,
                extra=form.extra,
                valid_from=form.valid_from.data,
                valid_to=form.valid_to.data,
                now=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã lưu cho %(name)s. Bài em đang làm được thêm giờ ngay.", name=target.person.full_name))
            return redirect(url_for(".extra_index", class_group_id=target.class_group.id), 303)
    return render_form("classroom/extra_edit.html", form, target=target, held=held)


@bp.post("/class-groups/<int:class_group_id>/extra/<enrolment>/withdraw")
@requires(Permission.ASSIGN, on=queries.load_pupil_of_class)
def extra_withdraw(target: PupilOfClass) -> ResponseReturnValue:
    """End what a pupil is given on top; a running attempt keeps its time."""
    try:
        actions.withdraw_accommodation(db.session(), actor=viewer(), target=target, now=clock.now())
    except Refused:
        flash(_("Em này hiện không được thêm gì."), "warn")
    else:
        flash(_("Đã thôi áp dụng cho %(name)s.", name=target.person.full_name))
    return redirect(url_for(".extra_index", class_group_id=target.class_group.id), 303)
