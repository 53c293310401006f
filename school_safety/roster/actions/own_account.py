"""One's own account: name, language, password."""

from datetime import datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit.db import Session
from school_safety.kit.errors import NotAllowed, NotFound, Refused
from school_safety.kit.text import name_key, search_key, squeeze
from school_safety.roster import queries
from school_safety.roster.actions.sign_in import end_sessions
from school_safety.roster.models import Account
from school_safety.roster.queries.people import Seat

NAME_MISSING = "name_missing"


def change_password(session: Session, *, actor: Viewer, password_hash: str, now: datetime) -> int:
    """Set the actor's new password and end all their other sessions; returns how many ended."""
    account = own_account(session, actor)
    put_password(account, password_hash, now)
    for invitation in queries.list_open_invitations(session, account.id):
        invitation.revoked_at = now
    audit_person(session, actor, "password.changed", actor.person_id)
    return end_sessions(session, now=now, account_id=account.id, but=actor.session_id)


def set_password(session: Session, *, account: Account, password_hash: str, must_change: bool, now: datetime) -> None:
    """Give an account a password that its owner did not choose (demo data); `must_change` makes them choose."""
    put_password(account, password_hash, now)
    account.must_change = must_change


def choose_language(session: Session, *, actor: Viewer, language: str) -> None:
    """Keep the language in which the actor wants to read the pages."""
    own_account(session, actor).language = language


def choose_school(session: Session, *, actor: Viewer, code: str) -> None:
    """On this device, look at another of the actor's own schools; raises NotFound for any other."""
    if code not in dict(actor.schools):
        raise NotFound
    session.execute(queries.CHOOSE_SCHOOL, {"session_id": actor.session_id, "school_code": code})


def own_account(session: Session, actor: Viewer) -> Account:
    """The actor's account; raises NotAllowed for a pupil, who has none."""
    if actor.account_id is None:
        raise NotAllowed
    return queries.get_account(session, actor.account_id)


def rename_person(session: Session, *, actor: Viewer, person_id: int, full_name: str) -> None:
    """Correct the actor's own name as pages show it; raises Refused for an empty one."""
    name = squeeze(full_name)
    if not name:
        raise Refused(NAME_MISSING, "full_name")
    person = queries.get_person(session, person_id)
    person.full_name, person.name_key, person.name_search = name, name_key(name), search_key(name)
    record_audit(session, actor=actor, verb="person.renamed", object_type="person", object_id=person_id)


def put_password(account: Account, password_hash: str, now: datetime) -> None:
    """Store a password that its owner chose."""
    account.password_hash, account.password_set_at, account.must_change = password_hash, now, False


def audit_person(
    session: Session, actor: Viewer | None, verb: str, person_id: int, seat: Seat | None = None, **data: object
) -> None:
    """One audit row about a person: ids and codes only."""
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type="person",
        object_id=person_id,
        place=seat.path if seat is not None else None,
        data=dict(data),
    )
