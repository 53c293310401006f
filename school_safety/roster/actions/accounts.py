"""Accounts of staff: made, invited, disabled; roles given and taken; passwords set by their owners."""

from collections.abc import Sequence
from datetime import date, datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Role, Viewer
from school_safety.kit import secrets
from school_safety.kit.db import Session, refusing
from school_safety.kit.errors import NotAllowed, Refused
from school_safety.kit.text import name_key, search_key, squeeze
from school_safety.roster import queries
from school_safety.roster.actions.sign_in import end_sessions
from school_safety.roster.models import Account, Invitation, Membership, Person
from school_safety.roster.queries.people import Post, Seat, StaffMember
from school_safety.roster.rules.accounts import (
    INVITATION_LIFE,
    InvitationKind,
    LinkProblem,
    email_problem,
    link_problem,
    normal_email,
)
from school_safety.roster.rules.memberships import MembershipProblem, can_manage, membership_problem

EMAIL_TAKEN = "email_taken"
NAME_MISSING = "name_missing"
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
    _audit_staff(session, actor, "staff.added", person.id, seat, role=role)
    return account


def give_role(
    session: Session, *, actor: Viewer | None, staff: StaffMember, role: Role, seat: Seat, post: str = "", today: date
) -> None:
    """Give a member of staff one more role from today; raises Refused."""
    _check_role(actor, role, seat)
    if any(held.role is role and held.seat.path == seat.path for held in staff.posts):
        raise Refused(MembershipProblem.HELD_ALREADY, "role")
    _add_membership(session, staff.person_id, role, seat, post, today)
    _audit_staff(session, actor, "role.given", staff.person_id, seat, role=role)


def end_role(session: Session, *, actor: Viewer, staff: StaffMember, post: Post, today: date) -> None:
    """End a role: it no longer holds today. Raises Refused for one's own, and for what the actor could not give."""
    if staff.person_id == actor.person_id:
        raise Refused(MembershipProblem.OWN)
    _check_role(actor, post.role, post.seat)
    membership = queries.find_membership(session, post.membership_id)
    if membership is not None:
        membership.valid_to = max(today, membership.valid_from)
    _audit_staff(session, actor, "role.ended", staff.person_id, post.seat, role=post.role)


def rename_person(session: Session, *, actor: Viewer, person_id: int, full_name: str) -> None:
    """Correct the actor's own name as pages show it; raises Refused for an empty one."""
    name = squeeze(full_name)
    if not name:
        raise Refused(NAME_MISSING, "full_name")
    person = queries.get_person(session, person_id)
    person.full_name, person.name_key, person.name_search = name, name_key(name), search_key(name)
    record_audit(session, actor=actor, verb="person.renamed", object_type="person", object_id=person_id)


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


def _audit_staff(
    session: Session, actor: Viewer | None, verb: str, person_id: int, seat: Seat | None = None, **data: object
) -> None:
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type="person",
        object_id=person_id,
        place=seat.path if seat is not None else None,
        data=dict(data),
    )


# ---- Disabling ----


def disable_account(session: Session, *, actor: Viewer, staff: StaffMember, now: datetime) -> None:
    """Close an account: its sessions end at once, its open links die. Raises Refused for one's own, NotAllowed."""
    _check_manages(actor, staff)
    if staff.person_id == actor.person_id:
        raise Refused(MembershipProblem.OWN)
    queries.get_account(session, staff.account_id).disabled_at = now
    end_sessions(session, now=now, account_id=staff.account_id)
    _revoke_invitations(session, staff.account_id, now)
    _audit_staff(session, actor, "account.disabled", staff.person_id)


def enable_account(session: Session, *, actor: Viewer, staff: StaffMember) -> None:
    """Open a closed account again; its ended sessions stay ended. Raises NotAllowed."""
    _check_manages(actor, staff)
    queries.get_account(session, staff.account_id).disabled_at = None
    _audit_staff(session, actor, "account.enabled", staff.person_id)


def _check_manages(actor: Viewer, staff: StaffMember) -> None:
    if not can_manage(actor.standings, [(held.role, held.seat.path) for held in staff.posts]):
        raise NotAllowed


# ---- One-time links ----


def invite(session: Session, *, actor: Viewer | None, staff: StaffMember, now: datetime) -> str:
    """Make a new one-time code for a member of staff, to be shown once; older ones die. Raises NotAllowed.

    It is an invitation while there is no password, else a reset; the old password works until the link is used.
    """
    if actor is not None:
        _check_manages(actor, staff)
    account = queries.get_account(session, staff.account_id)
    if account.disabled_at is not None:
        raise Refused("account_disabled")
    return invite_account(session, actor=actor, account=account, now=now)


def invite_account(session: Session, *, actor: Viewer | None, account: Account, now: datetime) -> str:
    """The one-time code of an account, without asking who asks: for the command line and for `invite`."""
    _revoke_invitations(session, account.id, now)
    code = secrets.typed_code()
    kind = InvitationKind.INVITATION if account.password_hash is None else InvitationKind.RESET
    session.add(
        Invitation(
            account_id=account.id,
            kind=kind,
            token_hash=secrets.digest(code),
            password_state=_password_state(account),
            created_at=now,
            created_by=actor.person_id if actor is not None else None,
            expires_at=now + INVITATION_LIFE,
        )
    )
    session.flush()
    _audit_staff(session, actor, "invitation.made", account.person_id, kind=kind)
    return code


def invite_all(
    session: Session, *, actor: Viewer, staff: Sequence[StaffMember], now: datetime
) -> list[tuple[StaffMember, str]]:
    """New one-time codes for several members of staff; those the actor may not manage are left out."""
    managed = [one for one in staff if can_manage(actor.standings, [(post.role, post.seat.path) for post in one.posts])]
    return [(one, invite(session, actor=actor, staff=one, now=now)) for one in managed]


def check_invitation(session: Session, *, code: str, now: datetime, lock: bool = False) -> Invitation:
    """The invitation of a code if it still opens; raises Refused saying why it does not."""
    invitation = queries.find_invitation(session, code, lock=lock)
    if invitation is None:
        raise Refused(LinkProblem.UNKNOWN, "code")
    account = invitation.account
    problem = link_problem(
        used_at=invitation.used_at,
        revoked_at=invitation.revoked_at,
        expires_at=invitation.expires_at,
        is_bound=invitation.password_state == _password_state(account) and account.disabled_at is None,
        now=now,
    )
    if problem is not None:
        raise Refused(problem, "code")
    return invitation


def accept_invitation(session: Session, *, code: str, password_hash: str, now: datetime) -> Account:
    """Set the password that the owner of a one-time link chose, and end every older session; raises Refused."""
    invitation = check_invitation(session, code=code, now=now, lock=True)
    invitation.used_at = now
    account = invitation.account
    _set_password(account, password_hash, now)
    end_sessions(session, now=now, account_id=account.id)
    _audit_staff(session, None, "invitation.accepted", account.person_id, kind=invitation.kind)
    return account


def _revoke_invitations(session: Session, account_id: int, now: datetime) -> None:
    for invitation in queries.list_open_invitations(session, account_id):
        invitation.revoked_at = now


def _password_state(account: Account) -> str:
    return secrets.keyed_hash(account.password_hash or "", purpose="password-state")


def _set_password(account: Account, password_hash: str, now: datetime) -> None:
    account.password_hash, account.password_set_at, account.must_change = password_hash, now, False


# ---- One's own account ----


def change_password(session: Session, *, actor: Viewer, password_hash: str, now: datetime) -> int:
    """Set the actor's new password and end all their other sessions; returns how many ended."""
    account = own_account(session, actor)
    _set_password(account, password_hash, now)
    _revoke_invitations(session, account.id, now)
    _audit_staff(session, actor, "password.changed", actor.person_id)
    return end_sessions(session, now=now, account_id=account.id, but=actor.session_id)


def set_password(session: Session, *, account: Account, password_hash: str, must_change: bool, now: datetime) -> None:
    """Give an account a password that its owner did not choose (demo data); `must_change` makes them choose."""
    _set_password(account, password_hash, now)
    account.must_change = must_change


def choose_language(session: Session, *, actor: Viewer, language: str) -> None:
    """Keep the language in which the actor wants to read the pages."""
    own_account(session, actor).language = language


def own_account(session: Session, actor: Viewer) -> Account:
    """The actor's account; raises NotAllowed for a pupil, who has none."""
    if actor.account_id is None:
        raise NotAllowed
    return queries.get_account(session, actor.account_id)


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
