"""Marks that people gave for answers in a pupil's own words."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import and_, func, insert, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Place
from school_safety.assessment.rules import State
from school_safety.classroom.models import AssignmentGroup, Attempt, Mark, ResponseScore
from school_safety.classroom.queries.attempts import load_attempt_of_class
from school_safety.classroom.queries.facts import AttemptSlot
from school_safety.classroom.rules import GivenMark, MarkOfAnswer
from school_safety.kit.errors import NotFound
from school_safety.roster.models import Person

ADD_MARK = insert(Mark)


def load_answer_of_class(session: Session, public_id: str, slot: int) -> tuple[AttemptSlot, Place]:
    """The answer to one slot of a pupil's attempt, for those who teach the class; raises NotFound."""
    attempt, place = load_attempt_of_class(session, public_id)
    if attempt.paper.slot(slot) is None:
        raise NotFound
    return AttemptSlot(attempt, slot), place


def map_marks(session: Session, attempt_ids: Iterable[int]) -> dict[int, list[GivenMark]]:
    """All marks of these attempts that may count, by attempt, from the oldest to the newest."""
    statement = select(Mark.attempt_id, Mark.slot, Mark.body_hash, Mark.criteria)
    found: dict[int, list[GivenMark]] = defaultdict(list)
    for row in session.execute(statement.where(Mark.attempt_id.in_(list(attempt_ids)), ~Mark.blind).order_by(Mark.id)):
        found[row.attempt_id].append(GivenMark(row.slot, row.body_hash, row.criteria))
    return dict(found)


def list_mark_history(session: Session, *, attempt_id: int, slot: int) -> list[tuple[Mark, str]]:
    """Every mark of one answer with its marker's name, the newest first."""
    statement = select(Mark, Person.full_name).join(Person, Person.id == Mark.marked_by)
    rows = session.execute(statement.where(Mark.attempt_id == attempt_id, Mark.slot == slot).order_by(Mark.id.desc()))
    return [(mark, name) for mark, name in rows]


def list_to_mark(session: Session, class_group_ids: Collection[int]) -> list[tuple[str, int]]:
    """The assignments of these classes with answers that wait for a mark, the longest given first, and how many."""
    if not class_group_ids:
        return []
    same = and_(
        Attempt.assignment_id == AssignmentGroup.assignment_id, Attempt.class_group_id == AssignmentGroup.class_group_id
    )
    statement = (
        select(AssignmentGroup.public_id, func.count())
        .join(Attempt, same)
        .join(ResponseScore, ResponseScore.attempt_id == Attempt.id)
        .where(AssignmentGroup.class_group_id.in_(sorted(class_group_ids)), Attempt.voided_at.is_(None))
        .where(ResponseScore.state == State.UNMARKED)
        .group_by(AssignmentGroup.id, AssignmentGroup.public_id)
        .order_by(AssignmentGroup.id)
    )
    return [(public_id, waiting) for public_id, waiting in session.execute(statement)]


def map_two_marks(session: Session, attempt_ids: Iterable[int]) -> dict[tuple[int, int, str], list[MarkOfAnswer]]:
    """Every mark of these attempts, blind ones too, by attempt, slot and the hash of the answer that was read."""
    found: dict[tuple[int, int, str], list[MarkOfAnswer]] = defaultdict(list)
    for mark in session.scalars(select(Mark).where(Mark.attempt_id.in_(list(attempt_ids)))):
        given = MarkOfAnswer(mark.id, mark.criteria, mark.marked_by, mark.blind)
        found[mark.attempt_id, mark.slot, mark.body_hash].append(given)
    return found
