"""One-time links for staff: one on the screen, or a school's sheet of slips to cut and hand out."""

from datetime import date, datetime, timedelta

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound
from school_safety.kit.web import download
from school_safety.roster import actions, queries
from school_safety.roster.forms.accounts import ROLE_NAMES
from school_safety.roster.pdf import Slip, draw_invitations
from school_safety.roster.queries.people import AccountState, StaffFilter, StaffMember
from school_safety.roster.rules.accounts import INVITATION_LIFE, spaced_link_code
from school_safety.roster.views.blueprint import bp

MOST_SLIPS = 400


def _address(code: str = "") -> str:
    """Where a code is entered; with a code, the whole link. The host is the configured one, never the request's."""
    outside = current_app.extensions["settings"].external_url
    return f"{outside}{url_for('roster.invitation_show')}" + (f"#{code}" if code else "")


@bp.post("/staff/<public_id>/link")
@requires(Permission.MANAGE_STAFF)
def staff_link(reach: Reach, public_id: str) -> ResponseReturnValue:
    """Make a new one-time link and show it, this once; older links of the person die."""
    staff, now = queries.get_staff(db.session(), public_id, reach=reach, on=clock.today()), clock.now()
    code = actions.invite(db.session(), actor=viewer(), staff=staff, now=now)
    return render_template(
        "roster/staff_link.html",
        staff=staff,
        code=spaced_link_code(code),
        link=_address(code),
        address=_address(),
        expires_at=now + INVITATION_LIFE,
    )


@bp.post("/staff/slips")
@requires(Permission.MANAGE_STAFF)
def invitation_sheet(reach: Reach) -> ResponseReturnValue:
    """New links for everybody of one school who never came in, as a PDF of slips to cut."""
    seat = queries.find_seat(db.reader(), school_code=request.form.get("school", "")[:32] or None)
    if seat is None:
        raise NotFound
    now = clock.now()
    waiting, _total = queries.list_staff(
        db.reader(),
        reach=reach,
        on=clock.today(),
        wanted=StaffFilter(school_code=seat.school_code, state=AccountState.WAITING),
        limit=MOST_SLIPS,
    )
    codes = actions.make_codes(actor=viewer(), staff=waiting)
    if not codes:
        raise NotFound
    slips = [_slip(staff, code, seat.school_code) for staff, code in codes]
    data = draw_invitations(slips, place=seat.name, address=_address(), until=_last_whole_day(now))
    actions.invite_all(db.session(), actor=viewer(), codes=codes, now=now)
    return download(data, f"phieu-moi-{seat.school_code}.pdf", "application/pdf")


def _last_whole_day(now: datetime) -> date:
    """The last day on all of which a link made now still works."""
    return clock.local(now + INVITATION_LIFE).date() - timedelta(days=1)


def _slip(staff: StaffMember, code: str, school_code: str | None) -> Slip:
    role = next(post for post in staff.posts if post.seat.school_code == school_code)
    return Slip(
        staff.name, role.post or str(ROLE_NAMES[role.role]), staff.email, spaced_link_code(code), _address(code)
    )
