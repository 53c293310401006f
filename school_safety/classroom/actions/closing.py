"""What ends without the pupil: forgotten attempts, void attempts, answers that came late, a person forgotten."""

from collections.abc import Collection
from datetime import datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.classroom import queries
from school_safety.classroom.actions.scoring import write_scores, write_submission
from school_safety.classroom.queries import AttemptFacts
from school_safety.classroom.rules import GRACE, AttemptState, SubmittedBy, without_words
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused

LONGEST_REASON = 300


def close_forgotten(session: Session, *, assignment_id: int, now: datetime) -> int:
    """Submit, as of their deadlines, the attempts with answers whose time is over; returns how many.

    Reads have treated them so since their deadline and grace; a second run finds nothing to do.
    """
    closed = 0
    for attempt in queries.list_unsubmitted(session, assignment_id, before=now - GRACE):
        session.execute(queries.LOCK_ATTEMPT, {"attempt_id": attempt.id})
        fresh = queries.get_attempt(session, attempt.id)
        if fresh.receipt is None and fresh.state(now) is AttemptState.SUBMITTED:
            write_submission(session, fresh, by=SubmittedBy.SYSTEM, at=fresh.deadline_at, now=now)
            closed += 1
    if closed:
        record_audit(
            session,
            actor=None,
            verb="assignment.closed",
            object_type="assignment",
            object_id=assignment_id,
            data={"submitted": closed},
        )
    return closed


def void_attempt(session: Session, *, actor: Viewer, attempt: AttemptFacts, reason: str, now: datetime) -> None:
    """Take an attempt out of all results for a stated reason; its number stays used, its place becomes free again."""
    if attempt.voided_at is not None:
        raise Refused("already_void")
    if not reason:
        raise Refused("reason_missing", "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused("reason_too_long", "reason", limit=LONGEST_REASON)
    session.execute(queries.LOCK_ATTEMPT, {"attempt_id": attempt.id})
    session.execute(
        queries.VOID_ATTEMPT, {"attempt_id": attempt.id, "at": now, "by": actor.person_id, "reason": reason}
    )
    _record(session, actor, "attempt.voided", attempt)


def decide_late(
    session: Session,
    *,
    actor: Viewer,
    attempt: AttemptFacts,
    accept: bool,
    slots: Collection[int] | None = None,
    now: datetime,
) -> int:
    """Let late answers of an attempt count, or leave them out; score it again; returns how many there were.

    `slots` None: those that nobody has decided yet. A decision may be changed by naming the slot.
    """
    session.execute(queries.LOCK_ATTEMPT, {"attempt_id": attempt.id})
    fresh = queries.get_attempt(session, attempt.id)
    if fresh.voided_at is not None:
        raise Refused("already_void")
    marks = queries.map_slot_marks(session, [attempt.id]).get(attempt.id, [])
    wanted = [mark.slot for mark in marks if mark.late and (mark.waiting if slots is None else mark.slot in slots)]
    moments = {"accepted": now if accept else None, "declined": None if accept else now}
    decided = session.execute(queries.DECIDE_LATE, {"of_attempt": attempt.id, "slots": wanted, **moments}).all()
    if not decided:
        raise Refused("nothing_late")
    if fresh.receipt is not None:
        write_scores(session, fresh, now=now)
    elif accept and fresh.state(now) is not AttemptState.IN_PROGRESS:
        write_submission(session, fresh, by=SubmittedBy.SYSTEM, at=fresh.deadline_at, now=now)
    verb = "attempt.late_accepted" if accept else "attempt.late_declined"
    _record(session, actor, verb, attempt, answers=len(decided))
    return len(decided)


def erase_person(session: Session, person_id: int) -> None:
    """Forget the words the classroom keeps of and about a pupil, and what the pupil was given on top.

    Choices stay under a number that leads to nobody; what the pupil wrote may say who it was, and goes.
    """
    session.execute(queries.FORGET_REASONS, {"of_person": person_id})
    session.execute(queries.FORGET_ACCOMMODATIONS, {"of_person": person_id})
    for one in queries.list_responses_of(session, person_id):
        left = without_words(one.value) if one.value is not None else None
        if left != one.value:
            row = {"of_attempt": one.attempt_id, "of_slot": one.slot, "of_late": one.late, "left": left}
            session.execute(queries.FORGET_WORDS, row)


def _record(session: Session, actor: Viewer, verb: str, attempt: AttemptFacts, **data: int) -> None:
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type="attempt",
        object_id=attempt.public_id,
        place=queries.get_school_path(session, attempt.school_id),
        data=data,
    )
