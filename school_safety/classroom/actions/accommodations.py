"""More time and further attempts, for a whole class in one assignment or for one pupil in all of them."""

from collections.abc import Iterable
from datetime import date, datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.classroom import queries
from school_safety.classroom.actions.giving import close_later
from school_safety.classroom.models import PupilAccommodation
from school_safety.classroom.queries import AttemptFacts, GroupFacts, PupilOfClass
from school_safety.classroom.rules import (
    Accommodation,
    AccommodationProblem,
    AttemptState,
    accommodation_problem,
)
from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused

_FIELDS = {
    AccommodationProblem.PERCENT_AND_MINUTES: "percent",
    AccommodationProblem.PERCENT_OUT_OF_RANGE: "percent",
    AccommodationProblem.EXTRA_MINUTES_OUT_OF_RANGE: "minutes",
    AccommodationProblem.EXTRA_ATTEMPTS_OUT_OF_RANGE: "attempts",
}


def accommodate_class(
    session: Session, *, actor: Viewer, given: GroupFacts, extra: Accommodation, now: datetime
) -> None:
    """Give every pupil of a class more time or attempts in one assignment; running attempts get the time at once.

    Nothing at all takes it back for attempts still to come. Raises Refused with an AccommodationProblem.
    """
    _refuse_wrong(extra)
    group = given.group
    values = {"percent": extra.percent, "minutes": extra.minutes, "attempts": extra.attempts}
    session.execute(queries.SET_GROUP_EXTRA, {"group_id": group.id, **values})
    group.extra_percent, group.extra_minutes, group.extra_attempts = extra.percent, extra.minutes, extra.attempts
    running = queries.list_unsubmitted_of(
        session, class_group_id=group.class_group_id, assignment_id=group.assignment_id
    )
    _move_later(session, running, now=now)
    record_audit(
        session,
        actor=actor,
        verb="assignment.accommodated",
        object_type="assignment",
        object_id=group.assignment.public_id,
        place=given.path,
        data={"class_group": group.class_group_id, **values},
    )


def accommodate_pupil(
    session: Session,
    *,
    actor: Viewer,
    target: PupilOfClass,
    extra: Accommodation,
    valid_from: date,
    valid_to: date | None,
    now: datetime,
) -> None:
    """Give one pupil of a class more time or attempts in every assignment on these days, in place of what was given.

    Running attempts get the time at once. Raises Refused with an AccommodationProblem.
    """
    if extra == Accommodation():
        raise Refused(AccommodationProblem.NOTHING_GIVEN)
    _refuse_wrong(extra)
    if valid_to is not None and valid_to < valid_from:
        raise Refused(AccommodationProblem.ENDS_BEFORE_START, "valid_to")
    _withdraw(session, target, now=now)
    session.add(
        PupilAccommodation(
            class_group_id=target.class_group.id,
            person_id=target.person.id,
            extra_percent=extra.percent,
            extra_minutes=extra.minutes,
            extra_attempts=extra.attempts,
            valid_from=valid_from,
            valid_to=valid_to,
            created_by=actor.person_id,
            created_at=now,
        )
    )
    session.flush()
    running = queries.list_unsubmitted_of(session, class_group_id=target.class_group.id, person_ids=[target.person.id])
    _move_later(session, running, now=now)
    _record(session, actor, "accommodation.given", target)


def withdraw_accommodation(session: Session, *, actor: Viewer, target: PupilOfClass, now: datetime) -> None:
    """End a pupil's accommodation; running attempts keep the time they have. Raises Refused when there is none."""
    if not _withdraw(session, target, now=now):
        raise Refused("no_accommodation")
    _record(session, actor, "accommodation.withdrawn", target)


def _refuse_wrong(extra: Accommodation) -> None:
    problem = accommodation_problem(extra)
    if problem is not None:
        raise Refused(problem, _FIELDS.get(problem))


def _withdraw(session: Session, target: PupilOfClass, *, now: datetime) -> bool:
    ids = {"of_class": target.class_group.id, "of_person": target.person.id, "at": now}
    return bool(session.execute(queries.WITHDRAW_ACCOMMODATION, ids).all())


def _move_later(session: Session, attempts: Iterable[AttemptFacts], *, now: datetime) -> None:
    """Give the attempts that are running the deadline of their pupils' present terms, if that is later."""
    given: dict[str, GroupFacts] = {}
    for attempt in attempts:
        if attempt.state(now) is not AttemptState.IN_PROGRESS:
            continue
        key = attempt.group_public_id
        if key not in given:
            given[key] = queries.load_group(session, key)[0]
        terms = queries.get_own_terms(session, given[key], person_id=attempt.person_id, on=clock.local(now).date())
        deadline = terms.deadline(attempt.started_at)
        if deadline > attempt.deadline_at:
            session.execute(queries.MOVE_DEADLINE, {"attempt_id": attempt.id, "deadline": deadline})
            close_later(session, attempt.assignment_id, deadline)


def _record(session: Session, actor: Viewer, verb: str, target: PupilOfClass) -> None:
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type="class_group",
        object_id=str(target.class_group.id),
        place=target.path,
        data={"person": target.person.id},
    )
