"""Scoring handed-in attempts anew by a corrected question, and putting another question on a paper nobody has begun."""

from collections.abc import Collection
from datetime import datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.assessment.queries import BankItem
from school_safety.classroom import queries
from school_safety.classroom.actions.scoring import write_scores, write_submission
from school_safety.classroom.queries import AttemptFacts, GroupFacts
from school_safety.classroom.rules import (
    AttemptState,
    Edit,
    RegradeProblem,
    SubmittedBy,
    edit_between,
    fits,
    printed,
    with_question,
)
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused


def regrade(
    session: Session,
    *,
    actor: Viewer,
    given: GroupFacts,
    slot: int,
    revision_id: int,
    chosen: Collection[str],
    now: datetime,
) -> int:
    """Score the chosen attempts (by public id) of a class by the corrected question; returns how many.

    Each keeps its answers, gets score and feedback of that revision, and a row that says what it earned before.
    `revision_id` is the correction whose dry run was seen. Raises Refused with a RegradeProblem.
    """
    place = given.paper.slot(slot)
    before, after = queries.find_correction(session, place.item_revision_id) if place is not None else (None, None)
    if before is None or after is None:
        raise Refused(RegradeProblem.NO_CORRECTION)
    if after.id != revision_id:
        raise Refused(RegradeProblem.CORRECTION_CHANGED)
    if edit_between((before.type, before.content), (after.type, after.content)) is Edit.PARTS:
        raise Refused(RegradeProblem.OTHER_PARTS)
    group = given.group
    attempts = queries.list_attempts_of_group(
        session, class_group_id=group.class_group_id, assignment_id=group.assignment_id
    )
    wanted = [one for one in attempts if one.public_id in chosen and one.state(now) is AttemptState.SUBMITTED]
    if not wanted:
        raise Refused(RegradeProblem.NOBODY_CHOSEN)
    for attempt in wanted:
        _regrade(session, actor, attempt, slot, after, now)
    data = {"slot": slot, "item": after.code, "revision": after.number, "attempts": [one.public_id for one in wanted]}
    _record(session, actor, "assignment.regraded", given, data)
    return len(wanted)


def _regrade(session: Session, actor: Viewer, attempt: AttemptFacts, slot: int, after: BankItem, now: datetime) -> None:
    session.execute(queries.LOCK_ATTEMPT, {"attempt_id": attempt.id})
    fresh = queries.get_attempt(session, attempt.id)
    own = fresh.paper.slot(slot)
    answers = queries.map_answers(session, [fresh.id])[fresh.id]
    if own is None or not fits(after.type, after.content, answers.get(slot)):
        raise Refused(RegradeProblem.ANSWERS_DO_NOT_FIT)
    if fresh.receipt is None:
        write_submission(session, fresh, by=SubmittedBy.SYSTEM, at=fresh.deadline_at, now=now)
    before = queries.map_totals(session, [fresh.id])[fresh.id].earned
    regraded = {**(fresh.regraded or {}), str(slot): after.id}
    session.execute(queries.SET_REGRADED, {"of_attempt": fresh.id, "now_by": regraded})
    write_scores(session, queries.get_attempt(session, fresh.id), now=now)
    earned = queries.map_totals(session, [fresh.id])[fresh.id].earned
    row = {
        "attempt_id": fresh.id,
        "slot": slot,
        "from_revision_id": own.item_revision_id,
        "to_revision_id": after.id,
        "earned_before": before.numerator,
        "earned_before_of": before.denominator,
        "earned_after": earned.numerator,
        "earned_after_of": earned.denominator,
        "regraded_by": actor.person_id,
        "regraded_at": now,
    }
    session.execute(queries.ADD_REGRADING, row)


def swap_question(session: Session, *, actor: Viewer, given: GroupFacts, slot: int, revision_id: int) -> None:
    """Put an equivalent question in one place of a paper, for every class that has it, before anybody has begun.

    Raises Refused: begun_already, given_by_another (it went to several classes), no_equivalent.
    """
    assignment = given.group.assignment
    session.execute(queries.LOCK_ASSIGNMENT, {"assignment_id": assignment.id})
    if queries.has_attempts(session, assignment.id):
        raise Refused("begun_already")
    if len(queries.list_groups(session, assignment.id)) > 1 and assignment.created_by != actor.person_id:
        raise Refused("given_by_another")
    place, on_paper = given.paper.slot(slot), [one.item_revision_id for one in given.paper.slots]
    offered = queries.list_equivalents(session, place.item_revision_id, on_paper=on_paper) if place else []
    item = next((one for one in offered if one.id == revision_id), None)
    if item is None:
        raise Refused("no_equivalent", "item")
    on_sheet = printed(item.type, item.content, 0) is not None
    paper = with_question(assignment.paper, slot, item.id, printable=on_sheet)
    session.execute(queries.SET_PAPER, {"of_assignment": assignment.id, "new_paper": paper})
    _record(session, actor, "assignment.question_swapped", given, {"slot": slot, "item": item.code})


def _record(session: Session, actor: Viewer, verb: str, given: GroupFacts, data: dict[str, object]) -> None:
    assignment = given.group.assignment
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type="assignment",
        object_id=assignment.public_id,
        place=given.path,
        data=data,
    )
