"""Lists: what teachers have given, and what a pupil has been given and has done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Reach
from school_safety.access.queries import within
from school_safety.classroom.models import (
    Assignment,
    AssignmentGroup,
    AssignmentOverride,
    Attempt,
    Response,
    Submission,
)
from school_safety.classroom.queries.attempts import attempt_statement
from school_safety.classroom.queries.facts import AttemptFacts
from school_safety.classroom.rules import GRACE, WindowState
from school_safety.curriculum.models import Lesson, LessonRevision
from school_safety.kit.text import search_key
from school_safety.registry.models import SchoolPath
from school_safety.roster.models import ClassGroup, Enrolment

_CLOSES_AT = case(
    (AssignmentGroup.closes_at > Assignment.closes_at, AssignmentGroup.closes_at), else_=Assignment.closes_at
)
SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class GivenRow:
    """An assignment in one class as the teacher's list shows it; counts are of pupils."""

    public_id: str
    title: dict[str, str]
    class_name: str
    class_group_id: int
    school_name: str
    opens_at: datetime
    closes_at: datetime
    has_paper: bool
    pupils: int
    started: int
    submitted: int


def count_given(session: Session, reach: Reach, *, search: str, now: datetime) -> dict[WindowState, int]:
    """How many assignments in reach match the search, by the state of their window."""
    counts = select(*(func.coalesce(func.sum(case((_in_state(state, now), 1), else_=0)), 0) for state in WindowState))
    row = session.execute(_narrow(counts.select_from(AssignmentGroup), reach, search)).one()
    return dict(zip(WindowState, row, strict=True))


def list_given(
    session: Session, reach: Reach, *, state: WindowState, search: str, now: datetime, limit: int, offset: int
) -> list[GivenRow]:
    """The assignments in reach in this state: open ones by the next close, others by the latest opening or close."""
    order = {
        WindowState.OPEN: (_CLOSES_AT.asc(), AssignmentGroup.id),
        WindowState.SCHEDULED: (Assignment.opens_at.asc(), AssignmentGroup.id),
        WindowState.CLOSED: (_CLOSES_AT.desc(), AssignmentGroup.id.desc()),
    }[state]
    statement = select(
        *(AssignmentGroup.public_id, Assignment.title, ClassGroup.name, ClassGroup.id, SchoolPath.name),
        *(Assignment.opens_at, _CLOSES_AT, Assignment.assessment_revision_id.is_not(None)),
        *(_pupils(), _people(now, finished=False), _people(now, finished=True)),
    ).select_from(AssignmentGroup)
    narrowed = _narrow(statement, reach, search).where(_in_state(state, now))
    return [GivenRow(*row) for row in session.execute(narrowed.order_by(*order).limit(limit).offset(offset))]


def _narrow(statement: Select[Any], reach: Reach, search: str) -> Select[Any]:
    joined = (
        statement.join(Assignment, Assignment.id == AssignmentGroup.assignment_id)
        .join(ClassGroup, ClassGroup.id == AssignmentGroup.class_group_id)
        .join(SchoolPath, SchoolPath.school_id == Assignment.school_id)
        .where(within(reach, path=SchoolPath.path, class_group=AssignmentGroup.class_group_id))
    )
    for word in search_key(search).split():
        joined = joined.where(
            or_(
                Assignment.search_text.contains(word, autoescape=True),
                func.lower(ClassGroup.name).contains(word, autoescape=True),
            )
        )
    return joined


def _in_state(state: WindowState, now: datetime) -> ColumnElement[bool]:
    if state is WindowState.SCHEDULED:
        return Assignment.opens_at > now
    if state is WindowState.OPEN:
        return and_(Assignment.opens_at <= now, now < _CLOSES_AT)
    return now >= _CLOSES_AT


def _pupils() -> Any:
    enrolled = select(func.count()).where(
        Enrolment.class_group_id == AssignmentGroup.class_group_id, Enrolment.ends_on.is_(None)
    )
    return enrolled.scalar_subquery()


def _people(now: datetime, *, finished: bool) -> Any:
    """Pupils with an attempt that is not void; `finished`: the twin in SQL of `rules.attempt_state` is SUBMITTED."""
    counted = (
        select(func.count(Attempt.person_id.distinct()))
        .select_from(Attempt)
        .where(
            Attempt.assignment_id == AssignmentGroup.assignment_id,
            Attempt.class_group_id == AssignmentGroup.class_group_id,
            Attempt.voided_at.is_(None),
        )
    )
    if finished:
        answered = select(Response.slot).where(Response.attempt_id == Attempt.id, ~Response.late, Response.answered)
        handed_in = select(Submission.attempt_id).where(Submission.attempt_id == Attempt.id)
        over = and_(Attempt.deadline_at < now - GRACE, answered.exists())
        counted = counted.where(or_(handed_in.exists(), over))
    return counted.correlate(AssignmentGroup).scalar_subquery()


# ---- A pupil's lists ----


@dataclass(frozen=True, slots=True)
class PupilRow:
    """What a class was given, as one of its pupils sees it; `override_*` the own reopening, `extra_*` the class's."""

    public_id: str
    assignment_id: int
    title: dict[str, str]
    opens_at: datetime
    closes_at: datetime
    group_closes_at: datetime | None
    minutes: int | None
    attempts_allowed: int
    frozen_paper: dict[str, Any]
    lesson_minutes: int | None
    strand: str | None
    override_closes_at: datetime | None
    override_attempts: int | None
    class_group_id: int
    attempt_delay: int
    extra_percent: int
    extra_minutes: int
    extra_attempts: int


_GIVEN_TO_PUPIL = (
    select(
        *(AssignmentGroup.public_id, Assignment.id, Assignment.title, Assignment.opens_at, Assignment.closes_at),
        *(AssignmentGroup.closes_at, Assignment.minutes, Assignment.attempts_allowed, Assignment.paper),
        *(LessonRevision.minutes, Lesson.strand),
        *(AssignmentOverride.closes_at, AssignmentOverride.extra_attempts),
        *(AssignmentGroup.class_group_id, Assignment.attempt_delay),
        *(AssignmentGroup.extra_percent, AssignmentGroup.extra_minutes, AssignmentGroup.extra_attempts),
    )
    .select_from(AssignmentGroup)
    .join(Assignment, Assignment.id == AssignmentGroup.assignment_id)
    .outerjoin(LessonRevision, LessonRevision.id == Assignment.lesson_revision_id)
    .outerjoin(Lesson, Lesson.id == LessonRevision.lesson_id)
    .outerjoin(
        AssignmentOverride,
        and_(
            AssignmentOverride.assignment_id == Assignment.id,
            AssignmentOverride.person_id == bindparam("person_id"),
            AssignmentOverride.withdrawn_at.is_(None),
        ),
    )
    .where(AssignmentGroup.class_group_id.in_(bindparam("class_groups", expanding=True)))
    .where(Assignment.opens_at < bindparam("before"))
    .order_by(_CLOSES_AT, AssignmentGroup.id)
)
_ONE_GIVEN_TO_PUPIL = _GIVEN_TO_PUPIL.where(AssignmentGroup.public_id == bindparam("public_id"))
"""Both prebuilt: a whole school opens these pages in the same minute."""


def list_given_to_pupil(
    session: Session, reach: Reach, *, person_id: int, now: datetime, public_id: str | None = None
) -> list[PupilRow]:
    """What the class groups in reach were given, opened or opening within 60 days, the next close first.

    `public_id` narrows it to one.
    """
    asked = {"person_id": person_id, "class_groups": sorted(reach.class_group_ids), "before": now + SOON}
    if public_id is None:
        return [PupilRow(*row) for row in session.connection().execute(_GIVEN_TO_PUPIL, asked)]
    rows = session.connection().execute(_ONE_GIVEN_TO_PUPIL, {**asked, "public_id": public_id})
    return [PupilRow(*row) for row in rows]


_OWN_ATTEMPTS = (
    attempt_statement()
    .where(Attempt.person_id == bindparam("person_id"))
    .order_by(Attempt.started_at.desc(), Attempt.id.desc())
)


def list_own_attempts(session: Session, reach: Reach) -> list[AttemptFacts]:
    """All attempts of the person in reach, newest first; none where the reach names no person."""
    rows = session.connection().execute(_OWN_ATTEMPTS, {"person_id": reach.person_id})
    return [AttemptFacts(*row) for row in rows]
