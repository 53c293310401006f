"""What pupils and classes are given on top, and the terms that one pupil has in one assignment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from school_safety.access.policy import Place
from school_safety.classroom.models import AssignmentGroup, Attempt, PupilAccommodation, Submission
from school_safety.classroom.queries.attempts import attempt_statement
from school_safety.classroom.queries.facts import AttemptFacts, GroupFacts
from school_safety.classroom.queries.giving import get_override, reopening_of
from school_safety.classroom.rules import Accommodation, OwnTerms, is_in_force, own_terms
from school_safety.kit.errors import NotFound
from school_safety.registry.models import SchoolPath
from school_safety.roster.models import ClassGroup, Enrolment, Person


@dataclass(frozen=True, slots=True)
class PupilOfClass:
    """A pupil of a class group, with the school's place in the authority tree."""

    class_group: ClassGroup
    person: Person
    enrolment: str
    path: str


def value_of(row: PupilAccommodation | AssignmentGroup) -> Accommodation:
    """What a row gives, as the rules see it."""
    return Accommodation(row.extra_percent, row.extra_minutes, row.extra_attempts)


def load_pupil_of_class(session: Session, class_group_id: int, enrolment: str) -> tuple[PupilOfClass, Place]:
    """A pupil who is in the class group now, for those who teach it or lead the school; raises NotFound."""
    statement = (
        select(ClassGroup, Person, Enrolment.public_id, SchoolPath.path)
        .select_from(ClassGroup)
        .join(Enrolment, Enrolment.class_group_id == ClassGroup.id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(SchoolPath, SchoolPath.school_id == ClassGroup.school_id)
        .where(ClassGroup.id == class_group_id, Enrolment.public_id == enrolment, Enrolment.ends_on.is_(None))
    )
    row = session.execute(statement).first()
    if row is None:
        raise NotFound
    found = PupilOfClass(*row)
    return found, Place(path=found.path, class_group_id=class_group_id)


def list_accommodations(session: Session, class_group_id: int) -> dict[int, PupilAccommodation]:
    """The accommodations of a class that nobody has ended, by person; the days they hold are on them."""
    statement = select(PupilAccommodation).where(
        PupilAccommodation.class_group_id == class_group_id, PupilAccommodation.withdrawn_at.is_(None)
    )
    return {row.person_id: row for row in session.scalars(statement)}


_OWN_ACCOMMODATIONS = select(PupilAccommodation).where(
    PupilAccommodation.person_id == bindparam("of_person"), PupilAccommodation.withdrawn_at.is_(None)
)


def map_own_accommodations(session: Session, person_id: int, *, on: date) -> dict[int, Accommodation]:
    """What one pupil is given on top on a day, by class group."""
    return {
        row.class_group_id: value_of(row)
        for row in session.scalars(_OWN_ACCOMMODATIONS, {"of_person": person_id})
        if is_in_force(row.valid_from, row.valid_to, on=on)
    }


def get_own_terms(session: Session, given: GroupFacts, *, person_id: int, on: date) -> OwnTerms:
    """How one pupil of the class may work on the assignment on that day."""
    assignment, group = given.group.assignment, given.group
    reopening = reopening_of(get_override(session, assignment_id=assignment.id, person_id=person_id))
    own = map_own_accommodations(session, person_id, on=on).get(group.class_group_id)
    return own_terms(
        given.window_of(reopening),
        minutes=assignment.minutes,
        attempts=given.attempts_of(reopening),
        delay_minutes=assignment.attempt_delay,
        given=[value_of(group), *([own] if own is not None else [])],
    )


def list_unsubmitted_of(
    session: Session, *, class_group_id: int, person_ids: Iterable[int] | None = None, assignment_id: int | None = None
) -> list[AttemptFacts]:
    """The attempts of a class that are neither void nor submitted: of these pupils, at this assignment."""
    statement = attempt_statement().where(
        Attempt.class_group_id == class_group_id, Attempt.voided_at.is_(None), Submission.attempt_id.is_(None)
    )
    if person_ids is not None:
        statement = statement.where(Attempt.person_id.in_(list(person_ids)))
    if assignment_id is not None:
        statement = statement.where(Attempt.assignment_id == assignment_id)
    return [AttemptFacts(*row) for row in session.execute(statement.order_by(Attempt.id))]


def last_running_deadline(session: Session, assignment_id: int, *, after: datetime) -> datetime | None:
    """The last deadline, after a moment, of the attempts at an assignment that are neither void nor submitted."""
    statement = (
        select(func.max(Attempt.deadline_at))
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .where(Attempt.assignment_id == assignment_id, Attempt.deadline_at >= after)
        .where(Attempt.voided_at.is_(None), Submission.attempt_id.is_(None))
    )
    return session.scalar(statement)


WITHDRAW_ACCOMMODATION = (
    update(PupilAccommodation)
    .where(
        PupilAccommodation.class_group_id == bindparam("of_class"),
        PupilAccommodation.person_id == bindparam("of_person"),
        PupilAccommodation.withdrawn_at.is_(None),
    )
    .values(withdrawn_at=bindparam("at"))
    .returning(PupilAccommodation.id)
)
FORGET_ACCOMMODATIONS = delete(PupilAccommodation).where(PupilAccommodation.person_id == bindparam("of_person"))
SET_GROUP_EXTRA = (
    update(AssignmentGroup)
    .where(AssignmentGroup.id == bindparam("group_id"))
    .values(
        extra_percent=bindparam("percent"), extra_minutes=bindparam("minutes"), extra_attempts=bindparam("attempts")
    )
)
