"""One-time links: made for those whom the actor may manage, checked, used once."""

from collections.abc import Sequence
from datetime import datetime

from school_safety.access.policy import Viewer
from school_safety.kit import secrets
from school_safety.kit.db import Session
from school_safety.kit.errors import NotAllowed, Refused
from school_safety.roster import queries
from school_safety.roster.actions.own_account import audit_person, put_password
from school_safety.roster.actions.sign_in import end_sessions
from school_safety.roster.models import Account, Invitation
from school_safety.roster.queries.people import StaffMember
from school_safety.roster.rules.accounts import INVITATION_LIFE, InvitationKind, LinkProblem, link_problem
from school_safety.roster.rules.memberships import can_manage


def check_manages(actor: Viewer, staff: StaffMember) -> None:
    """Raise NotAllowed unless every role of the account is the actor's to grant."""
    if not manages(actor, staff):
        raise NotAllowed


def manages(actor: Viewer, staff: StaffMember) -> bool:
    """Whether every role of the account is the actor's to grant."""
    return can_manage(actor.standings, [(held.role, held.seat.path) for held in staff.posts])


def invite(
    session: Session, *, actor: Viewer | None, staff: StaffMember, now: datetime, code: str | None = None
) -> str:
    """Make a new one-time code for a member of staff, to be shown once; older ones die.

    It is an invitation while there is no password, else a reset; the old password works until the link is used.
    Raises NotAllowed, and Refused for a closed account.
    """
    if actor is not None:
        check_manages(actor, staff)
    account = queries.get_account(session, staff.account_id)
    if account.disabled_at is not None:
        raise Refused("account_disabled")
    return invite_account(session, actor=actor, account=account, now=now, code=code)


def invite_account(
    session: Session, *, actor: Viewer | None, account: Account, now: datetime, code: str | None = None
) -> str:
    """The one-time code of an account, without asking who asks: for the command line and for `invite`."""
    revoke_invitations(session, account.id, now)
    code = code or secrets.typed_code()
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
    audit_person(session, actor, "invitation.made", account.person_id, kind=kind)
    return code


def make_codes(*, actor: Viewer, staff: Sequence[StaffMember]) -> list[tuple[StaffMember, str]]:
    """New one-time codes for those of the staff whom the actor may manage; nothing is stored yet."""
    return [(one, secrets.typed_code()) for one in staff if manages(actor, one)]


def invite_all(session: Session, *, actor: Viewer, codes: Sequence[tuple[StaffMember, str]], now: datetime) -> None:
    """Make these codes the living invitations of their people; raises NotAllowed."""
    for staff, code in codes:
        invite(session, actor=actor, staff=staff, now=now, code=code)


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
    put_password(account, password_hash, now)
    end_sessions(session, now=now, account_id=account.id)
    audit_person(session, None, "invitation.accepted", account.person_id, kind=invitation.kind)
    return account


def revoke_invitations(session: Session, account_id: int, now: datetime) -> None:
    """Let every unused link of an account die."""
    for invitation in queries.list_open_invitations(session, account_id):
        invitation.revoked_at = now


def _password_state(account: Account) -> str:
    return secrets.keyed_hash(account.password_hash or "", purpose="password-state")
