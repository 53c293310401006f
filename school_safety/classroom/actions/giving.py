"""What a teacher gives: publishing an assignment with its frozen paper, a longer window, a reopening for one pupil."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.assessment.models import AssessmentRevision
from school_safety.assessment.rules import Purpose, survey_problem
from school_safety.assessment.types import TYPES
from school_safety.classroom import queries
from school_safety.classroom.actions.closing import close_forgotten
from school_safety.classroom.models import Assignment, AssignmentGroup, AssignmentOverride
from school_safety.classroom.queries import AttemptFacts, ClassChoice, GroupFacts, PupilOfGroup
from school_safety.classroom.rules import (
    GRACE,
    MAX_ATTEMPTS,
    MAX_DELAY_MINUTES,
    MAX_MINUTES,
    AttemptPolicy,
    AttemptState,
    FeedbackRelease,
    StartProblem,
    Window,
    WindowProblem,
    extension_problem,
    freeze_paper,
    printed,
    window_problem,
)
from school_safety.curriculum.models import LessonRevision
from school_safety.kit import clock, jobs
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.kit.text import search_key

CLOSE_JOB = "classroom.close"


@dataclass(frozen=True, slots=True)
class Terms:
    """How an assignment is to be worked on."""

    opens_at: datetime
    closes_at: datetime
    minutes: int | None
    attempts_allowed: int
    attempt_policy: AttemptPolicy
    feedback_release: FeedbackRelease
    shuffle: bool
    delay_minutes: int = 0


def publish_assignment(
    session: Session,
    *,
    actor: Viewer,
    classes: Sequence[ClassChoice],
    lesson: LessonRevision | None,
    assessment: AssessmentRevision | None,
    terms: Terms,
    now: datetime,
) -> Assignment:
    """Give a lesson and/or an assessment to class groups of one school; the paper is frozen in this moment.

    Raises Refused beside the field that is wrong.
    """
    _refuse_wrong_terms(classes, terms, now=now)
    title, code, purpose = _what(lesson, assessment)
    assignment = Assignment(
        title=title,
        search_text=search_key(" ".join([*title.values(), code]))[:600],
        school_id=classes[0].school_id,
        lesson_revision_id=lesson.id if lesson else None,
        assessment_revision_id=assessment.id if assessment else None,
        purpose=purpose,
        opens_at=terms.opens_at,
        closes_at=terms.closes_at,
        minutes=terms.minutes if assessment else None,
        attempts_allowed=terms.attempts_allowed,
        attempt_delay=terms.delay_minutes,
        attempt_policy=terms.attempt_policy,
        feedback_release=terms.feedback_release,
        paper=_freeze(session, assessment, shuffle=terms.shuffle),
        created_by=actor.person_id,
        published_at=now,
        groups=[AssignmentGroup(class_group_id=chosen.id) for chosen in classes],
    )
    session.add(assignment)
    session.flush()
    close_later(session, assignment.id, terms.closes_at)
    _record(session, actor, "assignment.published", assignment, classes=[chosen.id for chosen in classes])
    return assignment


def _refuse_wrong_terms(classes: Sequence[ClassChoice], terms: Terms, *, now: datetime) -> None:
    if not classes:
        raise Refused("no_classes", "classes")
    if len({chosen.school_id for chosen in classes}) > 1:
        raise Refused("classes_of_two_schools", "classes")
    problem = window_problem(terms.opens_at, terms.closes_at, now=now)
    if problem is not None:
        raise Refused(problem, "opens_at" if problem is WindowProblem.OPENS_TOO_EARLY else "closes_at")
    if terms.minutes is not None and not 1 <= terms.minutes <= MAX_MINUTES:
        raise Refused("minutes_out_of_range", "minutes", limit=MAX_MINUTES)
    if not 1 <= terms.attempts_allowed <= MAX_ATTEMPTS:
        raise Refused("attempts_out_of_range", "attempts_allowed", limit=MAX_ATTEMPTS)
    if not 0 <= terms.delay_minutes <= MAX_DELAY_MINUTES:
        raise Refused("delay_out_of_range", "delay", limit=MAX_DELAY_MINUTES // (24 * 60))


def _what(lesson: LessonRevision | None, assessment: AssessmentRevision | None) -> tuple[dict[str, str], str, Purpose]:
    """Title, searchable code and purpose of what is given; raises Refused when it is nothing."""
    if lesson is not None:
        purpose = assessment.assessment.purpose if assessment is not None else Purpose.PRACTICE
        return dict(lesson.content["title"]), lesson.lesson.code, purpose
    if assessment is None:
        raise Refused("nothing_to_give", "assessment")
    return dict(assessment.title), assessment.assessment.code, assessment.assessment.purpose


def _freeze(session: Session, assessment: AssessmentRevision | None, *, shuffle: bool) -> dict[str, Any]:
    items = queries.list_paper_items(session, assessment.id) if assessment is not None else []
    if assessment is not None and not items:
        raise Refused("assessment_is_empty", "assessment")
    pools = {int(pool): count for pool, count in assessment.pools.items()} if assessment is not None else {}
    unscored = [item.pool for item in items if not TYPES[item.revision.type].scored]
    problem = survey_problem(unscored, assessment.assessment.purpose) if assessment is not None else None
    if problem is not None:
        raise Refused(problem, "assessment")
    return freeze_paper(
        [(item.revision.id, item.revision.type, Fraction(item.points)) for item in items],
        shuffle=shuffle,
        pooled=[item.pool for item in items],
        pools=pools,
        printable=[printed(item.revision.type, item.revision.content, 0) is not None for item in items],
    )


def extend_window(session: Session, *, actor: Viewer, given: GroupFacts, closes_at: datetime, now: datetime) -> None:
    """Move the close of one class later; running attempts get the time, finished ones stay finished."""
    problem = extension_problem(given.window, closes_at, now=now)
    if problem is not None:
        raise Refused(problem, "closes_at")
    assignment = given.group.assignment
    close_forgotten(session, assignment_id=assignment.id, now=now)
    session.execute(queries.EXTEND_GROUP, {"group_id": given.group.id, "new_close": closes_at})
    given.group.closes_at = closes_at
    running = queries.list_unsubmitted_of(
        session, class_group_id=given.group.class_group_id, assignment_id=assignment.id
    )
    for attempt in running:
        if attempt.state(now) is AttemptState.IN_PROGRESS:
            _move_deadline(session, given, attempt, now=now)
    close_later(session, assignment.id, closes_at)
    _record(session, actor, "assignment.extended", assignment, class_group=given.group.class_group_id)


def reopen_for_pupil(
    session: Session, *, actor: Viewer, target: PupilOfGroup, closes_at: datetime, one_more: bool, now: datetime
) -> None:
    """Let one pupil work until a later close, with `one_more` attempt if all are used. Raises Refused."""
    if closes_at <= now:
        raise Refused(WindowProblem.CLOSES_IN_THE_PAST, "closes_at")
    if closes_at - now > timedelta(days=366):
        raise Refused(WindowProblem.WINDOW_TOO_LONG, "closes_at")
    assignment, person_id = target.given.group.assignment, target.person.id
    close_forgotten(session, assignment_id=assignment.id, now=now)
    before = queries.get_override(session, assignment_id=assignment.id, person_id=person_id)
    extra = before.extra_attempts if before is not None else 0
    attempts = [one for one in queries.list_attempts_of(session, person_id, assignment.id) if one.voided_at is None]
    running = any(one.state(now) is AttemptState.IN_PROGRESS for one in attempts)
    if one_more:
        extra = max(extra, len(attempts) + 1 - assignment.attempts_allowed)
    elif not running and len(attempts) >= assignment.attempts_allowed + extra:
        raise Refused(StartProblem.NO_ATTEMPTS_LEFT, "one_more")
    _withdraw(session, target, now=now)
    session.add(
        AssignmentOverride(
            assignment_id=assignment.id,
            person_id=person_id,
            closes_at=closes_at,
            extra_attempts=extra,
            created_by=actor.person_id,
            created_at=now,
        )
    )
    session.flush()
    _move_deadlines_of(session, target, may_shorten=False, now=now)
    close_later(session, assignment.id, closes_at)
    _record(session, actor, "assignment.reopened", assignment, person=person_id)


def withdraw_reopening(session: Session, *, actor: Viewer, target: PupilOfGroup, now: datetime) -> None:
    """Undo a reopening; a running attempt ends with the window of the class. Raises Refused when there is none."""
    assignment = target.given.group.assignment
    if queries.get_override(session, assignment_id=assignment.id, person_id=target.person.id) is None:
        raise Refused("no_reopening")
    _withdraw(session, target, now=now)
    _move_deadlines_of(session, target, may_shorten=True, now=now)
    close_later(session, assignment.id, now)
    _record(session, actor, "assignment.reopening_withdrawn", assignment, person=target.person.id)


def _withdraw(session: Session, target: PupilOfGroup, *, now: datetime) -> None:
    ids = {"of_assignment": target.given.group.assignment_id, "of_person": target.person.id, "at": now}
    session.execute(queries.WITHDRAW_OVERRIDES, ids)


def _move_deadlines_of(session: Session, target: PupilOfGroup, *, may_shorten: bool, now: datetime) -> None:
    assignment_id, person_id = target.given.group.assignment_id, target.person.id
    for attempt in queries.list_attempts_of(session, person_id, assignment_id):
        if attempt.state(now) is AttemptState.IN_PROGRESS:
            _move_deadline(session, target.given, attempt, may_shorten=may_shorten, now=now)


def _move_deadline(
    session: Session, given: GroupFacts, attempt: AttemptFacts, *, may_shorten: bool = False, now: datetime
) -> None:
    """Give a running attempt the end that its pupil's present terms say; never one in the past."""
    terms = queries.get_own_terms(session, given, person_id=attempt.person_id, on=clock.local(now).date())
    window = Window(terms.window.opens_at, max(terms.window.closes_at, now))
    deadline = replace(terms, window=window).deadline(attempt.started_at)
    if may_shorten or deadline > attempt.deadline_at:
        session.execute(queries.MOVE_DEADLINE, {"attempt_id": attempt.id, "deadline": deadline})


def close_again(session: Session, assignment_id: int, *, now: datetime) -> None:
    """Have the worker come back for the attempts that run longer than their class's window, by extra time."""
    last = queries.last_running_deadline(session, assignment_id, after=now - GRACE)
    if last is not None:
        close_later(session, assignment_id, last)


def close_later(session: Session, assignment_id: int, closes_at: datetime) -> None:
    """Have the worker submit what is forgotten once this close and its grace are over."""
    due_at = closes_at + GRACE + timedelta(seconds=1)
    key = f"{CLOSE_JOB}:{assignment_id}:{int(closes_at.timestamp())}"
    jobs.enqueue(session, CLOSE_JOB, {"assignment_id": assignment_id}, due_at=due_at, key=key)


def _record(session: Session, actor: Viewer, verb: str, assignment: Assignment, **data: Any) -> None:
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type="assignment",
        object_id=assignment.public_id,
        place=queries.get_school_path(session, assignment.school_id),
        data=data,
    )
