"""One pupil's data for export and erasure."""

from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from school_safety.classroom.models import AssignmentOverride, Attempt, PupilAccommodation, Response
from school_safety.classroom.queries.attempts import attempt_statement, list_responses
from school_safety.classroom.queries.facts import AttemptFacts
from school_safety.classroom.queries.progress import map_totals
from school_safety.classroom.rules import Total
from school_safety.kit import clock

FORGET_REASONS = (
    update(Attempt)
    .where(Attempt.person_id == bindparam("of_person"), Attempt.void_reason.is_not(None))
    .values(void_reason="")
)
FORGET_WORDS = (
    update(Response)
    .where(
        Response.attempt_id == bindparam("of_attempt"),
        Response.slot == bindparam("of_slot"),
        Response.late == bindparam("of_late"),
    )
    .values(value=bindparam("left"))
)


def list_responses_of(session: Session, person_id: int) -> list[Response]:
    """Every stored answer of a pupil."""
    statement = select(Response).join(Attempt, Attempt.id == Response.attempt_id)
    return list(session.scalars(statement.where(Attempt.person_id == person_id)))


def export_person(session: Session, person_id: int) -> dict[str, Any]:
    """Everything the classroom keeps of a pupil, as plain JSON: attempts, answers, results, what was given on top.

    Marks are left out while the pupil may not see them yet.
    """
    now = clock.now()
    statement = attempt_statement().where(Attempt.person_id == person_id).order_by(Attempt.id)
    attempts = [AttemptFacts(*row) for row in session.execute(statement)]
    ids = [attempt.id for attempt in attempts]
    totals = map_totals(session, ids)
    answers: dict[int, list[dict[str, Any]]] = {attempt_id: [] for attempt_id in ids}
    for response in list_responses(session, ids):
        answers[response.attempt_id].append(
            {
                "slot": response.slot,
                "value": response.value,
                "saved_at": response.saved_at.isoformat(),
                "late": response.late,
                "accepted": response.accepted_at is not None,
                "declined": response.declined_at is not None,
            }
        )
    overrides = session.scalars(select(AssignmentOverride).where(AssignmentOverride.person_id == person_id))
    extras = session.scalars(select(PupilAccommodation).where(PupilAccommodation.person_id == person_id))
    return {
        "attempts": [
            _attempt(attempt, totals.get(attempt.id) if attempt.visible(now).score else None, answers[attempt.id])
            for attempt in attempts
        ],
        "reopenings": [
            {"closes_at": one.closes_at.isoformat(), "extra_attempts": one.extra_attempts} for one in overrides
        ],
        "accommodations": [_extra(one) for one in extras],
    }


def _extra(one: PupilAccommodation) -> dict[str, Any]:
    return {
        "percent": one.extra_percent,
        "minutes": one.extra_minutes,
        "attempts": one.extra_attempts,
        "from": one.valid_from.isoformat(),
        "to": one.valid_to.isoformat() if one.valid_to else None,
        "withdrawn": one.withdrawn_at is not None,
    }


def _attempt(attempt: AttemptFacts, total: Total | None, answers: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": dict(attempt.title),
        "number": attempt.number,
        "started_at": attempt.started_at.isoformat(),
        "submitted_at": attempt.submitted_at.isoformat() if attempt.submitted_at else None,
        "receipt": attempt.receipt,
        "void_reason": attempt.void_reason,
        "earned": str(total.earned) if total else None,
        "maximum": str(total.maximum) if total else None,
        "answers": answers,
    }
