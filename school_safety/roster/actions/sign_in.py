"""Coming in and going out: proofs of password, PIN and card, tries counted, sessions opened, kept and ended."""

from dataclasses import dataclass
from datetime import datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit import clock, secrets
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused, TooMany
from school_safety.roster import queries
from school_safety.roster.models import Person, SignInSession
from school_safety.roster.queries.doors import CardAtDoor
from school_safety.roster.rules.accounts import (
    LIMITS,
    DoorKind,
    Tries,
    after_failure,
    seconds_to_wait,
    tries_left,
)
from school_safety.roster.rules.cards import CardProblem, card_problem, door_of

WRONG_PAIR = "wrong_pair"
ACCOUNT_DISABLED = "account_disabled"


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody showed at a door: right or not, for whom, and how many tries remain if it was not."""

    door: str
    kind: DoorKind
    refusal: str | None
    tries_left: int
    person_id: int | None = None
    account_id: int | None = None
    enrolment_id: int | None = None
    new_hash: str | None = None


def door_key(kind: DoorKind, subject: str) -> str:
    """The key under which wrong tries at one door are counted; it does not tell whose door it is."""
    return secrets.keyed_hash(subject, purpose=f"door:{kind}")


def prove_password(reader: Session, *, email: str, password: str, now: datetime) -> Proof:
    """Check an address (in its normal form) and a password; slow, reads only.

    Raises TooMany while the door is closed. Costs one slow hash whether or not there is such an account.
    """
    door = door_key(DoorKind.STAFF, email)
    left = _tries_after_failure(reader, door, now)
    account = queries.find_account_by_email(reader, email)
    stored = account.password_hash if account is not None else None
    if not secrets.verify_password(stored, password) or account is None or stored is None:
        return Proof(door, DoorKind.STAFF, WRONG_PAIR, left)
    if account.disabled_at is not None:
        return Proof(door, DoorKind.STAFF, ACCOUNT_DISABLED, left)
    new_hash = secrets.hash_password(password) if secrets.needs_rehash(stored) else None
    return Proof(door, DoorKind.STAFF, None, left, account.person_id, account.id, new_hash=new_hash)


def prove_pin(reader: Session, *, class_code: str, list_number: int, pin: str, now: datetime) -> Proof:
    """Check class code, list number and PIN; slow, reads only.

    Raises TooMany while the door is closed. Costs one slow hash whether or not such a pupil exists.
    """
    door = door_key(DoorKind.PUPIL, door_of(class_code, list_number))
    left = _tries_after_failure(reader, door, now)
    card = queries.find_card_by_number(reader, class_code, list_number)
    if not secrets.verify_pin(card.pin_hash if card is not None else None, pin) or card is None:
        return Proof(door, DoorKind.PUPIL, WRONG_PAIR, left)
    return _proof_of_card(card, door, left, now)


def prove_card(reader: Session, *, token: str, now: datetime) -> Proof:
    """Check the token behind a card's QR; fast: 128 random bits need no slow hash and no throttle."""
    card = queries.find_card_by_token(reader, token)
    if card is None:
        return Proof("", DoorKind.PUPIL, CardProblem.UNKNOWN, 0)
    return _proof_of_card(card, "", 0, now)


def _proof_of_card(card: CardAtDoor, door: str, left: int, now: datetime) -> Proof:
    problem = card_problem(
        revoked_at=card.revoked_at,
        ends_on=card.ends_on,
        year_ends_on=card.year_ends_on,
        today=clock.local(now).date(),
    )
    return Proof(door, DoorKind.PUPIL, problem, left, card.person_id, enrolment_id=card.enrolment_id)


def _tries_after_failure(session: Session, door: str, now: datetime) -> int:
    return tries_left(after_failure(_tries_at_open_door(session, door, now), now))


def _tries_at_open_door(session: Session, door: str, now: datetime) -> Tries:
    tries = queries.get_tries(session, door)
    wait = seconds_to_wait(tries, now)
    if wait:
        raise TooMany(wait)
    return tries


# ---- Tries ----


def count_failure(session: Session, *, door: str, now: datetime) -> None:
    """Count one more wrong try at a door; belongs into `kit.db.after_rollback`, so that it survives the refusal."""
    session.execute(queries.ADD_DOOR, {"key": door, "failures": 0, "last_failed_at": now})
    tries = queries.get_tries(session, door, lock=True)
    if seconds_to_wait(tries, now):
        return
    counted = after_failure(tries, now)
    session.execute(
        queries.KEEP_TRIES,
        {
            "key": door,
            "failures": counted.failures,
            "last_failed_at": counted.last_failed_at,
            "blocked_until": counted.blocked_until,
        },
    )
    if counted.blocked_until is not None:
        record_audit(session, actor=None, verb="sign_in.closed", object_type="door", object_id=door[:16])


def forget_failures(session: Session, *, door: str) -> None:
    """Open a door again and forget what was counted there."""
    session.execute(queries.FORGET_TRIES, {"door": door})


# ---- Sessions ----


def enter(session: Session, *, proof: Proof, now: datetime) -> str:
    """Open a session for what was proved and return its token.

    Raises Refused when the proof does not hold, TooMany when the door closed while the slow hash ran.
    """
    if proof.refusal is not None or proof.person_id is None:
        raise Refused(proof.refusal or WRONG_PAIR, tries=proof.tries_left)
    if proof.door:
        _tries_at_open_door(session, proof.door, now)
        forget_failures(session, door=proof.door)
    if proof.new_hash is not None and proof.account_id is not None:
        queries.get_account(session, proof.account_id).password_hash = proof.new_hash
    return _open(session, proof.kind, proof.person_id, proof.account_id, proof.enrolment_id, now)


def open_session(session: Session, *, person: Person, now: datetime) -> str:
    """Open a session for a person by the door that is theirs: the account, else the open enrolment."""
    account = queries.find_account_of(session, person.id)
    if account is not None:
        return _open(session, DoorKind.STAFF, person.id, account.id, None, now)
    enrolment_id = queries.find_open_enrolment_id(session, person.id)
    if enrolment_id is None:
        raise Refused(WRONG_PAIR)
    return _open(session, DoorKind.PUPIL, person.id, None, enrolment_id, now)


def _open(
    session: Session,
    kind: DoorKind,
    person_id: int,
    account_id: int | None,
    enrolment_id: int | None,
    now: datetime,
) -> str:
    token = secrets.token()
    row = SignInSession(
        token_hash=secrets.digest(token),
        kind=kind,
        person_id=person_id,
        account_id=account_id,
        enrolment_id=enrolment_id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + LIMITS[kind].absolute,
    )
    session.add(row)
    session.flush()
    if kind is DoorKind.STAFF:
        data = {"session": row.id, "person": person_id}
        record_audit(session, actor=None, verb="session.opened", object_type="session", object_id=row.id, data=data)
    return token


def leave(session: Session, *, token: str, now: datetime) -> None:
    """End the session of a token; nothing happens when it has ended already."""
    found = queries.find_session_by_token(session, token)
    if found is not None and found.ended_at is None:
        found.ended_at = now


def end_sessions(
    session: Session,
    *,
    now: datetime,
    account_id: int | None = None,
    person_id: int | None = None,
    enrolment_id: int | None = None,
    but: int | None = None,
) -> int:
    """End every open session of an account, a person or an enrolment, except `but`; returns how many."""
    given = queries.list_open_sessions(
        session, now=now, account_id=account_id, person_id=person_id, enrolment_id=enrolment_id
    )
    ended = [row for row in given if row.id != but]
    for row in ended:
        row.ended_at = now
    return len(ended)


def end_own_session(session: Session, *, actor: Viewer, session_id: int, now: datetime) -> bool:
    """End one session of the actor's own account; False when there is no such open session of theirs."""
    own = queries.list_open_sessions(session, now=now, person_id=actor.person_id)
    found = next((row for row in own if row.id == session_id), None)
    if found is None:
        return False
    found.ended_at = now
    data = {"session": session_id}
    record_audit(session, actor=actor, verb="session.ended", object_type="session", object_id=session_id, data=data)
    return True


def hold_session(session: Session, *, session_id: int, until: datetime) -> None:
    """Keep a pupil's session from idling out until the end of an open attempt; its four hours stay the limit."""
    session.execute(queries.HOLD_SESSION, {"session_id": session_id, "until": until})


def touch_session(session: Session, *, session_id: int, now: datetime) -> None:
    """Write that a session is in use."""
    session.execute(queries.TOUCH_SESSION, {"session_id": session_id, "seen_at": now})


def forget_old(session: Session, *, now: datetime) -> None:
    """Delete sessions and tries that no longer decide anything."""
    session.execute(queries.FORGET_OLD_SESSIONS, {"before": now - LIMITS[DoorKind.STAFF].absolute})
    session.execute(queries.FORGET_OLD_TRIES, {"before": now - LIMITS[DoorKind.STAFF].idle})
