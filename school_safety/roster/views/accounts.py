"""Staff: who they are, what they may do where, and whether they can come in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach, Role
from school_safety.kit import clock, db, paging
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form
from school_safety.roster import actions, queries
from school_safety.roster.forms.accounts import ROLE_NAMES, GiveRoleForm, NewStaffForm
from school_safety.roster.queries.people import AccountState, Seat, StaffFilter, StaffMember
from school_safety.roster.rules.memberships import STAFF_ROLES, can_grant, can_manage, roles_to_grant
from school_safety.roster.views.blueprint import bp


@bp.get("/staff")
@requires(Permission.SEE_STAFF)
def staff_index(reach: Reach) -> ResponseReturnValue:
    """Staff in reach, by name; searched by name or address, filtered by role, school and state."""
    number = paging.page_number(request.args.get("page"))
    wanted = StaffFilter(
        words=request.args.get("q", "").strip()[:100],
        role=next((role for role in STAFF_ROLES if role.value == request.args.get("role")), None),
        school_code=request.args.get("school", "")[:32] or None,
        state=next((state for state in AccountState if state.value == request.args.get("state")), None),
    )
    rows, total = queries.list_staff(
        db.session(),
        reach=reach,
        on=clock.today(),
        wanted=wanted,
        limit=paging.PER_PAGE,
        offset=paging.offset(number),
    )
    only = wanted.school_code or viewer().school_code
    waiting = StaffFilter(school_code=only, state=AccountState.WAITING)
    schools = [seat for _key, seat in queries.list_seats(db.session(), reach) if seat.school_code]
    return render_template(
        "roster/staff_index.html",
        page=paging.Page(rows, number, total),
        wanted=wanted,
        schools=schools,
        waiting=queries.list_staff(db.session(), reach=reach, on=clock.today(), wanted=waiting, limit=0)[1],
        role_names=ROLE_NAMES,
        roles=STAFF_ROLES,
    )


@bp.route("/staff/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def staff_new(reach: Reach) -> ResponseReturnValue:
    """Add a member of staff with a first role, and show the one-time link."""
    form, seats = NewStaffForm(), _seats(reach)
    _offer(form, seats)
    if form.submitted():
        try:
            account = actions.add_staff(
                db.session(),
                actor=viewer(),
                full_name=form.full_name.data or "",
                email=form.email.data or "",
                role=Role(form.role.data),
                seat=seats[form.seat.data],
                post=form.post.data or "",
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã thêm người. Bước tiếp: đưa liên kết vào lần đầu."))
            return redirect(url_for("roster.staff_show", public_id=account.person.public_id), 303)
    return render_form("roster/staff_new.html", form)


def _seats(reach: Reach) -> dict[str, Seat]:
    return dict(queries.list_seats(db.reader(), reach))


def _offer(form: GiveRoleForm, seats: dict[str, Seat]) -> None:
    form.offer(roles_to_grant(viewer().standings), ((key, seat.name) for key, seat in seats.items()))


def _staff(public_id: str, reach: Reach) -> StaffMember:
    return queries.get_staff(db.session(), public_id, reach=reach, on=clock.today())


@bp.get("/staff/<public_id>")
@requires(Permission.SEE_STAFF)
def staff_show(reach: Reach, public_id: str) -> ResponseReturnValue:
    """One member of staff: roles, whether they can come in, and what the viewer may do about it."""
    return _show(_staff(public_id, reach))


def _show(staff: StaffMember, form: GiveRoleForm | None = None) -> ResponseReturnValue:
    standings = viewer().standings
    manages = can_manage(standings, [(post.role, post.seat.path) for post in staff.posts])
    gives = viewer().may(Permission.MANAGE_STAFF)
    if form is None:
        form = GiveRoleForm(formdata=None)
        if gives:
            _offer(form, _seats(viewer().reach(Permission.MANAGE_STAFF)))
    endable = {post.membership_id for post in staff.posts if can_grant(standings, post.role, post.seat.path)}
    return render_form(
        "roster/staff_show.html",
        form,
        staff=staff,
        role_names=ROLE_NAMES,
        manages=manages,
        gives=gives,
        endable=endable if staff.person_id != viewer().person_id else set(),
        is_self=staff.person_id == viewer().person_id,
    )


@bp.post("/staff/<public_id>/roles")
@requires(Permission.MANAGE_STAFF)
def staff_role_new(reach: Reach, public_id: str) -> ResponseReturnValue:
    """Give one more role."""
    staff, form = _staff(public_id, reach), GiveRoleForm()
    seats = _seats(reach)
    _offer(form, seats)
    if form.submitted():
        try:
            actions.give_role(
                db.session(),
                actor=viewer(),
                staff=staff,
                role=Role(form.role.data),
                seat=seats[form.seat.data],
                post=form.post.data or "",
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã giao vai trò."))
            return redirect(url_for("roster.staff_show", public_id=public_id), 303)
    return _show(staff, form)


@bp.post("/staff/<public_id>/roles/<int:membership_id>/end")
@requires(Permission.MANAGE_STAFF)
def staff_role_end(reach: Reach, public_id: str, membership_id: int) -> ResponseReturnValue:
    """End one role, from today."""
    staff = _staff(public_id, reach)
    post = next((post for post in staff.posts if post.membership_id == membership_id), None)
    if post is None:
        raise NotFound
    try:
        actions.end_role(db.session(), actor=viewer(), staff=staff, post=post, today=clock.today())
    except Refused as refused:
        return _refused(staff, refused)
    flash(_("Đã thôi vai trò."))
    return redirect(url_for("roster.staff_index"), 303)


@bp.post("/staff/<public_id>/disable")
@requires(Permission.MANAGE_STAFF)
def staff_disable(reach: Reach, public_id: str) -> ResponseReturnValue:
    """Close an account: every session of it ends at once."""
    staff = _staff(public_id, reach)
    try:
        actions.disable_account(db.session(), actor=viewer(), staff=staff, now=clock.now())
    except Refused as refused:
        return _refused(staff, refused)
    _say(
        _("Đã khoá tài khoản của %(name)s.", name=staff.name), undo=url_for("roster.staff_enable", public_id=public_id)
    )
    return redirect(url_for("roster.staff_show", public_id=public_id), 303)


@bp.post("/staff/<public_id>/enable")
@requires(Permission.MANAGE_STAFF)
def staff_enable(reach: Reach, public_id: str) -> ResponseReturnValue:
    """Open a closed account again."""
    staff = _staff(public_id, reach)
    actions.enable_account(db.session(), actor=viewer(), staff=staff)
    undo = url_for("roster.staff_disable", public_id=public_id)
    _say(_("Đã mở lại tài khoản của %(name)s.", name=staff.name), undo=undo)
    return redirect(url_for("roster.staff_show", public_id=public_id), 303)


def _say(words: str, *, undo: str) -> None:
    """A message with a way back."""
    flash({"words": words, "undo": undo})  # type: ignore[arg-type]  # the flash component takes a mapping as well


def _refused(staff: StaffMember, refused: Refused) -> ResponseReturnValue:
    """The page of the member again, with the words of the refusal on top."""
    form = GiveRoleForm(formdata=None)
    form.refuse(refused)
    return _show(staff, form)
