"""Marking an answer in a pupil's own words: the mark, the result with it, and who gave it, in one unit."""

from collections.abc import Mapping
from datetime import datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.assessment.rules import BadAnswer, accept_marks
from school_safety.assessment.types import TYPES
from school_safety.classroom import queries
from school_safety.classroom.actions.scoring import write_scores, write_submission
from school_safety.classroom.queries import AttemptFacts, AttemptSlot
from school_safety.classroom.rules import AttemptState, MarkProblem, SubmittedBy, body_hash
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused


def mark_answer(
    session: Session, *, actor: Viewer, target: AttemptSlot, criteria: Mapping[str, object], seen: str, now: datetime
) -> None:
    """Give points for every criterion of the rubric; the newest mark counts, earlier ones stay as history.

    `seen` is the hash of the answer that the marker read: the pupil's answer may have changed by a late one.
    """
    session.execute(queries.LOCK_ATTEMPT, {"attempt_id": target.attempt.id})
    fresh = queries.get_attempt(session, target.attempt.id)
    if fresh.state(now) is not AttemptState.SUBMITTED:
        raise Refused(MarkProblem.NOT_SUBMITTED)
    marks = _marks(session, fresh, target.number, criteria, seen)
    mark = {"attempt_id": fresh.id, "slot": target.number, "body_hash": seen, "criteria": marks}
    session.execute(queries.ADD_MARK, {**mark, "marked_by": actor.person_id, "marked_at": now})
    if fresh.receipt is None:
        write_submission(session, fresh, by=SubmittedBy.SYSTEM, at=fresh.deadline_at, now=now)
    else:
        write_scores(session, fresh, now=now)
    record_audit(
        session,
        actor=actor,
        verb="answer.marked",
        object_type="attempt",
        object_id=fresh.public_id,
        place=queries.get_school_path(session, fresh.school_id),
        data={"slot": target.number, "points": sum(marks.values())},
    )


def mark_again(
    session: Session, *, actor: Viewer, target: AttemptSlot, criteria: Mapping[str, object], seen: str, now: datetime
) -> None:
    """Mark an answer as the second person, without having seen the first marks; nobody's result changes by it.

    Raises Refused as `mark_answer` does, and with OWN_MARK for the person whose marks count now.
    """
    fresh = queries.get_attempt(session, target.attempt.id)
    if fresh.state(now) is not AttemptState.SUBMITTED:
        raise Refused(MarkProblem.NOT_SUBMITTED)
    marks = _marks(session, fresh, target.number, criteria, seen)
    given = queries.map_two_marks(session, [fresh.id]).get((fresh.id, target.number, seen), [])
    if any(not mark.blind and mark.marked_by == actor.person_id for mark in given):
        raise Refused(MarkProblem.OWN_MARK)
    mark = {"attempt_id": fresh.id, "slot": target.number, "body_hash": seen, "criteria": marks, "blind": True}
    session.execute(queries.ADD_MARK, {**mark, "marked_by": actor.person_id, "marked_at": now})
    record_audit(
        session,
        actor=actor,
        verb="answer.marked_again",
        object_type="attempt",
        object_id=fresh.public_id,
        place=queries.get_school_path(session, fresh.school_id),
        data={"slot": target.number, "points": sum(marks.values())},
    )


def _marks(
    session: Session, attempt: AttemptFacts, number: int, criteria: Mapping[str, object], seen: str
) -> dict[str, int]:
    answers = queries.map_answers(session, [attempt.id])[attempt.id]
    slot, response = AttemptSlot(attempt, number).place, answers.get(number)
    kind = TYPES[slot.type]
    rubric = kind.rubric(queries.get_contents(session, [slot.item_revision_id])[slot.item_revision_id])
    if response is None or not rubric or not kind.written(response):
        raise Refused(MarkProblem.NOTHING_TO_MARK)
    if body_hash(response) != seen:
        raise Refused(MarkProblem.ANSWER_CHANGED)
    try:
        return accept_marks(rubric, criteria)
    except BadAnswer as error:
        raise Refused(MarkProblem.LEVEL_MISSING, f"mark_{error}") from error
