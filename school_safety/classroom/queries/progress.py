"""The facts behind a class's progress and results: few statements, whatever the size of the class."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from school_safety.assessment.rules import State
from school_safety.classroom.models import Attempt, Response, ResponseScore, Result
from school_safety.classroom.queries.attempts import attempt_statement
from school_safety.classroom.queries.facts import AttemptFacts
from school_safety.classroom.rules import Total
from school_safety.roster.models import Enrolment, Person


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil of the class; `list_number` is None for one who has left it and worked here before."""

    person_id: int
    public_id: str
    name: str
    name_key: str
    list_number: int | None


@dataclass(frozen=True, slots=True)
class SlotMark:
    """Where the answer to one slot of an attempt stands, without what it says."""

    slot: int
    late: bool
    answered: bool
    saved_at: datetime
    accepted: bool
    declined: bool

    @property
    def waiting(self) -> bool:
        """True for a late answer that nobody has decided about."""
        return self.late and not self.accepted and not self.declined


@dataclass(frozen=True, slots=True)
class SlotScore:
    """What one slot of a submitted attempt earned."""

    fraction: Fraction
    state: State


def list_pupils(session: Session, *, class_group_id: int, assignment_id: int) -> list[Pupil]:
    """The pupils of the class now, and those who worked on the assignment there, by given name."""
    worked = select(Attempt.person_id).where(
        Attempt.assignment_id == assignment_id, Attempt.class_group_id == class_group_id
    )
    here = and_(
        Enrolment.person_id == Person.id, Enrolment.class_group_id == class_group_id, Enrolment.ends_on.is_(None)
    )
    statement = (
        select(Person.id, Person.public_id, Person.full_name, Person.name_key, Enrolment.list_number)
        .outerjoin(Enrolment, here)
        .where(or_(Enrolment.id.is_not(None), Person.id.in_(worked)))
        .order_by(Person.name_key, Person.id)
    )
    return [Pupil(*row) for row in session.execute(statement)]


def list_attempts_of_group(session: Session, *, class_group_id: int, assignment_id: int) -> list[AttemptFacts]:
    """All attempts of the class at the assignment, by person and number."""
    statement = attempt_statement().where(
        Attempt.assignment_id == assignment_id, Attempt.class_group_id == class_group_id
    )
    return [AttemptFacts(*row) for row in session.execute(statement.order_by(Attempt.person_id, Attempt.number))]


_SLOT_MARKS = select(
    *(Response.attempt_id, Response.slot, Response.late, Response.answered, Response.saved_at),
    *(Response.accepted_at.is_not(None), Response.declined_at.is_not(None)),
).where(Response.attempt_id.in_(bindparam("attempts", expanding=True)))


def map_slot_marks(session: Session, attempt_ids: Iterable[int]) -> Mapping[int, list[SlotMark]]:
    """Where every answer of these attempts stands, by attempt."""
    marks: dict[int, list[SlotMark]] = defaultdict(list)
    for row in session.connection().execute(_SLOT_MARKS, {"attempts": list(attempt_ids)}):
        marks[row[0]].append(SlotMark(*row[1:]))
    return marks


_TOTALS = select(Result.attempt_id, Result.earned, Result.earned_of, Result.maximum, Result.maximum_of).where(
    Result.attempt_id.in_(bindparam("attempts", expanding=True))
)


def map_totals(session: Session, attempt_ids: Iterable[int]) -> dict[int, Total]:
    """The stored totals of these attempts."""
    rows = session.connection().execute(_TOTALS, {"attempts": list(attempt_ids)})
    return {row[0]: Total(Fraction(row.earned, row.earned_of), Fraction(row.maximum, row.maximum_of)) for row in rows}


_SCORES = select(
    ResponseScore.attempt_id,
    ResponseScore.slot,
    ResponseScore.fraction,
    ResponseScore.fraction_of,
    ResponseScore.state,
).where(ResponseScore.attempt_id.in_(bindparam("attempts", expanding=True)))


def map_scores(session: Session, attempt_ids: Iterable[int]) -> dict[int, dict[int, SlotScore]]:
    """The stored scores of these attempts: by attempt, by slot."""
    scores: dict[int, dict[int, SlotScore]] = defaultdict(dict)
    rows = session.connection().execute(_SCORES, {"attempts": list(attempt_ids)})
    for attempt_id, slot, fraction, fraction_of, state in rows:
        scores[attempt_id][slot] = SlotScore(Fraction(fraction, fraction_of), state)
    return dict(scores)
