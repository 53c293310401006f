"""Writing what ends an attempt: the submission with its receipt, and what the answers are worth."""

import secrets
from datetime import datetime

from school_safety.classroom import queries
from school_safety.classroom.queries import AttemptFacts
from school_safety.classroom.rules import (
    RECEIPTS,
    SubmittedBy,
    add_up,
    effective_marks,
    receipt_code,
    score_paper,
)
from school_safety.kit.db import Session


def write_submission(session: Session, attempt: AttemptFacts, *, by: SubmittedBy, at: datetime, now: datetime) -> str:
    """End the attempt and score it; returns the receipt. A submission that is already there keeps its receipt."""
    while True:
        fresh = {
            "attempt_id": attempt.id,
            "receipt": receipt_code(secrets.randbelow(RECEIPTS)),
            "submitted_at": at,
            "submitted_by": by,
        }
        added = session.execute(queries.ADD_SUBMISSION, fresh).first()
        if added is not None:
            write_scores(session, attempt, now=now)
            return str(added.receipt)
        there = queries.find_receipt(session, attempt.id)
        if there is not None:
            return there
        # neither ours nor another of this attempt: the receipt's number was taken, draw again


def write_scores(session: Session, attempt: AttemptFacts, *, now: datetime) -> None:
    """Score the answers that count and store slots and total, in place of what stood there."""
    paper = attempt.paper
    answers = queries.map_answers(session, [attempt.id])[attempt.id]
    contents = queries.get_contents(session, [slot.item_revision_id for slot in paper.slots])
    marks = effective_marks(queries.map_marks(session, [attempt.id]).get(attempt.id, ()), answers)
    scores = score_paper(paper, contents, answers, marks)
    rows = [
        {
            "attempt_id": attempt.id,
            "slot": slot,
            "fraction": score.fraction.numerator,
            "fraction_of": score.fraction.denominator,
            "state": score.state,
        }
        for slot, score in scores.items()
    ]
    if rows:
        session.connection().execute(queries.SAVE_SCORES, rows)
    total = add_up(paper, {slot: score.fraction for slot, score in scores.items()})
    session.connection().execute(
        queries.SAVE_RESULT,
        {
            "attempt_id": attempt.id,
            "earned": total.earned.numerator,
            "earned_of": total.earned.denominator,
            "maximum": total.maximum.numerator,
            "maximum_of": total.maximum.denominator,
            "scored_at": now,
        },
    )
