"""Accounts of staff: made, invited, disabled; roles given and taken; passwords set by their owners."""

from datetime import date, datetime

from school_safety.access.policy import Role, Viewer
from school_safety.kit.db import Session, refusing
from school_safety.kit.errors import Refused
from school_safety.kit.text import squeeze
from school_safety.roster import queries
from school_safety.roster.actions.invitations import check_manages, invite_account, revoke_invitations
from school_safety.roster.actions.own_account import NAME_MISSING, audit_person
from school_safety.roster.actions.sign_in import end_sessions
from school_safety.roster.models import Account, Membership, Person
from school_safety.roster.queries.people import Post, Seat, StaffMember
from school_safety.roster.rules.accounts import email_problem, normal_email
from school_safety.roster.rules.memberships import MembershipProblem, membership_problem

EMAIL_TAKEN = "email_taken"
NO_PROVINCE = "no_province"


# ---- People and roles ----


def add_staff(
    session: Session,
    *,
    actor: Viewer | None,
    full_name: str,
    email: str,
    role: Role,
    seat: Seat,
    post: str = "",
    today: date,
) -> Account:
    """Add a member of staff with an account (without a password yet) and a first role.

    `actor` None is the command line. Raises Refused with the field it concerns.
    """
    name, address = squeeze(full_name), normal_email(email)
    if not name:
        raise Refused(NAME_MISSING, "full_name")
    problem = email_problem(address)
    if problem is not None:
        raise Refused(problem, "email")
    _check_role(actor, role, seat)
    person = Person(full_name=name, birth_date=None)
    session.add(person)
    session.flush()
    account = Account(person_id=person.id, email=address)
    with refusing(session, EMAIL_TAKEN, "email"):
        session.add(account)
        session.flush()
    _add_membership(session, person.id, role, seat, post, today)
    audit_person(session, actor, "staff.added", person.id, seat, role=role)
    return account


def give_role(
    session: Session, *, actor: Viewer | None, staff: StaffMember, role: Role, seat: Seat, post: str = "", today: date
) -> None:
    """Give a member of staff one more role from today; raises Refused."""
    if any(held.role is role and held.seat.path == seat.path for held in staff.posts):
        raise Refused(MembershipProblem.HELD_ALREADY, "role")
    give_role_to(session, actor=actor, person_id=staff.person_id, role=role, seat=seat, post=post, today=today)


def give_role_to(
    session: Session, *, actor: Viewer | None, person_id: int, role: Role, seat: Seat, post: str = "", today: date
) -> None:
    """Give a person a role that they are known not to hold there yet; raises Refused."""
    _check_role(actor, role, seat)
    _add_membership(session, person_id, role, seat, post, today)
    audit_person(session, actor, "role.given", person_id, seat, role=role)


def end_role(session: Session, *, actor: Viewer, staff: StaffMember, post: Post, today: date) -> None:
    """End a role: it no longer holds today. Raises Refused for one's own, and for what the actor could not give."""
    if staff.person_id == actor.person_id:
        raise Refused(MembershipProblem.OWN)
    _check_role(actor, post.role, post.seat)
    membership = queries.find_membership(session, post.membership_id)
    if membership is not None:
        membership.valid_to = max(today, membership.valid_from)
    audit_person(session, actor, "role.ended", staff.person_id, post.seat, role=post.role)


def _check_role(actor: Viewer | None, role: Role, seat: Seat) -> None:
    problem = membership_problem(
        actor.standings if actor is not None else None,
        role,
        seat.path,
        is_school=seat.school_id is not None,
        unit_kind=seat.unit_kind,
    )
    if problem is not None:
        raise Refused(problem, "role")


def _add_membership(session: Session, person_id: int, role: Role, seat: Seat, post: str, today: date) -> None:
    session.add(
        Membership(
            person_id=person_id,
            role=role,
            unit_id=seat.unit_id,
            school_id=seat.school_id,
            post=squeeze(post),
            valid_from=today,
        )
    )
    session.flush()


# ---- Disabling ----


def disable_account(session: Session, *, actor: Viewer, staff: StaffMember, now: datetime) -> None:
    """Close an account: its sessions end at once, its open links die. Raises Refused for one's own, NotAllowed."""
    check_manages(actor, staff)
    if staff.person_id == actor.person_id:
        raise Refused(MembershipProblem.OWN)
    queries.get_account(session, staff.account_id).disabled_at = now
    end_sessions(session, now=now, account_id=staff.account_id)
    revoke_invitations(session, staff.account_id, now)
    audit_person(session, actor, "account.disabled", staff.person_id)


def enable_account(session: Session, *, actor: Viewer, staff: StaffMember) -> None:
    """Open a closed account again; its ended sessions stay ended. Raises NotAllowed."""
    check_manages(actor, staff)
    queries.get_account(session, staff.account_id).disabled_at = None
    audit_person(session, actor, "account.enabled", staff.person_id)


# ---- The first administrator ----


def add_admin(session: Session, *, full_name: str, email: str, today: date, now: datetime) -> str:
    """Make (or find) an administrator of the province and return a one-time code; for the command line.

    An address that exists gets the role and a new link, so that a locked-out province can always come in again.
    Raises Refused when there is no province yet or the address is none.
    """
    root = queries.find_root(session)
    if root is None:
        raise Refused(NO_PROVINCE)
    account = queries.find_account_by_email(session, normal_email(email))
    if account is None:
        account = add_staff(
            session, actor=None, full_name=full_name, email=email, role=Role.ADMIN, seat=root, today=today
        )
    else:
        held = queries.list_posts(session, [account.person_id], today).get(account.person_id, [])
        if not any(post.role is Role.ADMIN for post in held):
            _add_membership(session, account.person_id, Role.ADMIN, root, "", today)
        account.disabled_at = None
    return invite_account(session, actor=None, account=account, now=now)
