"""What a pupil does: start, save, fix an answer, submit. The acknowledgement and the receipt are the record of it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from school_safety.access.policy import Viewer
from school_safety.assessment.types import TYPES
from school_safety.classroom import queries
from school_safety.classroom.actions.scoring import write_submission
from school_safety.classroom.queries import AttemptFacts, AttemptSlot, GroupFacts
from school_safety.classroom.rules import (
    AttemptState,
    Channel,
    FeedbackRelease,
    Save,
    SaveOutcome,
    StartProblem,
    ack_id,
    body_hash,
    gone_on,
    is_on_time,
    judge_save,
    may_check,
    minute_of,
    submission_due,
)
from school_safety.kit import clock
from school_safety.kit import secrets as kit_secrets
from school_safety.kit.db import Session
from school_safety.kit.errors import Conflict, Refused
from school_safety.roster import actions as roster


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The server's word on one save. `kept`: this answer is stored; false when a newer one was there already."""

    ack: str
    seq: int
    kept: bool
    late: bool


def start_attempt(session: Session, *, actor: Viewer, given: GroupFacts, now: datetime) -> AttemptFacts:
    """Start an attempt, or hand back the one that is running: one row for however many taps and devices.

    Raises Refused with a StartProblem.
    """
    assignment = given.group.assignment
    if not given.paper.slots:
        raise Refused(StartProblem.NOTHING_TO_DO)
    terms = queries.get_own_terms(session, given, person_id=actor.person_id, on=clock.local(now).date())
    while True:
        attempts = queries.list_attempts_of(session, actor.person_id, assignment.id)
        for attempt in attempts:
            if attempt.state(now) is AttemptState.IN_PROGRESS:
                hold_session(session, actor=actor, attempt=attempt)
                return attempt
        living = [attempt for attempt in attempts if attempt.voided_at is None]
        problem = terms.problem(used=len(living), ended=[attempt.ended_at for attempt in living], now=now)
        if problem is not None:
            raise Refused(problem)
        fresh = {
            "public_id": kit_secrets.public_id(),
            "assignment_id": assignment.id,
            "class_group_id": given.group.class_group_id,
            "person_id": actor.person_id,
            "number": max((attempt.number for attempt in attempts), default=0) + 1,
            "seed": secrets.randbelow(2**31),
            "started_at": now,
            "deadline_at": terms.deadline(now),
        }
        added = session.execute(queries.ADD_ATTEMPT, fresh).first()
        if added is not None:
            attempt = queries.get_attempt(session, added.id)
            hold_session(session, actor=actor, attempt=attempt)
            return attempt
        # started on another device in this moment: look again


def hold_session(session: Session, *, actor: Viewer, attempt: AttemptFacts) -> None:
    """Keep the pupil signed in while the attempt is open."""
    roster.hold_session(session, session_id=actor.session_id, until=attempt.deadline_at)


def save_answer(
    session: Session,
    *,
    target: AttemptSlot,
    value: dict[str, Any] | None,
    seq: int,
    client_uuid: str,
    channel: Channel,
    submitted_at: datetime | None,
    checked_at: datetime | None,
    now: datetime,
) -> Acknowledgement:
    """Store an answer that its item type has accepted, unless a newer one is there; a replay gets the first word again.

    `submitted_at` and `checked_at` were read under the attempt's lock. Raises Conflict when the UUID was used for
    another answer, when the answer was fixed to see what is right, and when the attempt is void.
    """
    attempt = target.attempt
    if attempt.voided_at is not None:
        raise Conflict("attempt_void")
    save = Save(seq, client_uuid, body_hash(value))
    kept_value = _gone_on(session, target, value)
    late = submitted_at is not None or not is_on_time(now, attempt.deadline_at)
    row = {
        "attempt_id": attempt.id,
        "slot": target.number,
        "late": late,
        "seq": seq,
        "client_uuid": client_uuid,
        "body_hash": save.body_hash,
        "value": kept_value,
        "answered": kept_value is not None,
        "saved_at": minute_of(now),
        "channel": channel,
    }
    kept, stored_late = _store(session, save, row, fixed=checked_at is not None)
    return Acknowledgement(ack_id(attempt.public_id, target.number, save), seq, kept, stored_late)


def _gone_on(session: Session, target: AttemptSlot, value: dict[str, Any] | None) -> dict[str, Any] | None:
    """What to store of the answer: for most types the answer itself."""
    kind = target.place.type
    if not TYPES[kind].continues:
        return value
    standing = queries.list_standing(session, target.attempt.id, [target.number])
    return gone_on(kind, standing[target.number], value)


def save_form_answer(
    session: Session,
    *,
    target: AttemptSlot,
    value: dict[str, Any] | None,
    submitted_at: datetime | None,
    checked_at: datetime | None,
    now: datetime,
) -> Acknowledgement | None:
    """Store what a page without script posted: it is the newest by nature, so it is numbered here.

    None when the page says nothing new, or the answer was fixed before.
    """
    stored = queries.list_stored(session, attempt_id=target.attempt.id, slot=target.number)
    newest = max(stored, key=lambda one: one.seq, default=None)
    unchanged = newest is not None and newest.body_hash == body_hash(value)
    if unchanged or checked_at is not None or (newest is None and value is None):
        return None
    return save_answer(
        session,
        target=target,
        value=value,
        seq=newest.seq + 1 if newest is not None else 1,
        client_uuid=str(uuid4()),
        channel=Channel.WEB,
        submitted_at=submitted_at,
        checked_at=checked_at,
        now=now,
    )


def _store(session: Session, save: Save, row: dict[str, Any], *, fixed: bool) -> tuple[bool, bool]:
    """Write the row if it wins; returns whether the save is kept, and whether it is kept as late.

    In time the write itself decides, so that the usual save is one statement.
    """
    late = row["late"]
    if not late and not fixed and session.connection().execute(queries.SAVE, row).first() is not None:
        return True, False
    stored = queries.list_stored(session, attempt_id=row["attempt_id"], slot=row["slot"])
    outcome = judge_save(save, stored, late=late)
    if outcome is SaveOutcome.CONFLICT:
        raise Conflict("uuid_used")
    if outcome is SaveOutcome.STORE and fixed:
        raise Conflict("answer_fixed")
    if outcome is SaveOutcome.STORE:
        written = session.execute(queries.SAVE_LATE if late else queries.SAVE, row).first()
        return written is not None, late and written is not None
    if outcome is SaveOutcome.REPLAY:
        return True, any(one.late and one.client_uuid == save.client_uuid for one in stored)
    return False, False


def check_answer(session: Session, *, target: AttemptSlot, now: datetime) -> None:
    """Fix the answer to one item of a practice, so that its feedback may be shown. Raises Refused."""
    attempt = target.attempt
    answers = {r.slot for r in queries.list_responses(session, [attempt.id]) if r.answered and not r.late}
    if not may_check(attempt.release, attempt.state(now), answered=target.number in answers):
        raise Refused("nothing_to_check" if attempt.release is FeedbackRelease.AFTER_EACH else "no_feedback_yet")
    fixed = {"attempt_id": attempt.id, "slot": target.number, "checked_at": minute_of(now)}
    session.execute(queries.ADD_CHECK, fixed)


def submit_attempt(session: Session, *, attempt: AttemptFacts, now: datetime) -> str:
    """End the attempt; returns its one receipt, the same however often it is asked for. Raises Conflict when void."""
    session.execute(queries.LOCK_ATTEMPT, {"attempt_id": attempt.id})
    fresh = queries.get_attempt(session, attempt.id)
    if fresh.receipt is not None:
        return fresh.receipt
    if fresh.voided_at is not None:
        raise Conflict("attempt_void")
    by, at = submission_due(answered=fresh.answered, deadline_at=fresh.deadline_at, now=now)
    return write_submission(session, fresh, by=by, at=at, now=now)
