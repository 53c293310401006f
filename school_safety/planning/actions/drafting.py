"""Declaring, and writing the draft of a programme: its words and its activities."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.curriculum.rules import Strand
from school_safety.kit.db import Session, refusing
from school_safety.kit.errors import Refused
from school_safety.planning import queries
from school_safety.planning.actions.standings import refresh_standing
from school_safety.planning.models import Activity, Answer, Declaration, Programme
from school_safety.planning.queries import Draft, SchoolYear
from school_safety.planning.readers import load_template
from school_safety.planning.rules import (
    DraftingProblem,
    ProblemCode,
    Recurrence,
    Schedule,
    activity_problems,
    moved_to,
    usual_calendar,
)


def declare(
    session: Session, *, actor: Viewer | None, here: SchoolYear, strand: Strand, answer: Answer, now: datetime
) -> bool:
    """Record a school's answer for a year and strand; False when it says so already. Raises Refused."""
    last = queries.find_declaration(session, here.school.school_id, here.year.id, strand)
    current = last.answer if last is not None else None
    if answer is Answer.WITHDRAWN and current is not Answer.YES:
        raise Refused(DraftingProblem.NOTHING_TO_WITHDRAW)
    if answer is current:
        return False
    session.add(
        Declaration(
            school_id=here.school.school_id,
            year_id=here.year.id,
            strand=strand,
            answer=answer,
            recorded_by=actor.person_id if actor else None,
            post=(actor.post if actor else None) or "",
            recorded_at=now,
        )
    )
    path = here.school.path
    refresh_standing(session, school_id=here.school.school_id, year=here.year)
    data = {"strand": strand, "answer": answer, "year": here.year.code}
    record_audit(
        session,
        actor=actor,
        verb="declaration.recorded",
        object_type="school",
        object_id=here.school.school_id,
        place=path,
        data=data,
    )
    return True


@dataclass(frozen=True, slots=True)
class ProgrammeValues:
    """The words of the document around its activities."""

    title: str
    purpose: str
    basis: list[str]


@dataclass(frozen=True, slots=True)
class ActivityValues:
    """What is planned; anything may still be missing."""

    title: str = ""
    lead_unit: str = ""
    coordinating_units: tuple[str, ...] = ()
    schedule: Schedule = Schedule.ONE_OFF
    starts_on: date | None = None
    ends_on: date | None = None
    recurrence: Recurrence | None = None
    channel: str | None = None
    grades: int = 0
    parents: bool = False
    staff: bool = False
    elements: int = 0
    lessons: tuple[str, ...] = ()
    note: str = ""


def start_programme(
    session: Session, *, actor: Viewer | None, here: SchoolYear, values: ProgrammeValues, now: datetime
) -> Programme:
    """Begin the document of the year; raises Refused where there is one."""
    programme = Programme(
        school_id=here.school.school_id, year_id=here.year.id, **asdict(values), created_at=now, updated_at=now
    )
    with refusing(session, DraftingProblem.ALREADY_BEGUN):
        session.add(programme)
        session.flush()
    _audit(session, actor, "programme.started", here.school.path, programme)
    return programme


def copy_programme(session: Session, *, actor: Viewer | None, here: SchoolYear, now: datetime) -> Programme:
    """Begin the document of the year as a copy of the last one, its days moved into this year's calendar.

    Until somebody changes one of them it counts as last year's. Raises Refused where there is a document already, or
    nothing to copy.
    """
    source = queries.find_previous(session, here.school.school_id, here.year)
    if source is None:
        raise Refused(DraftingProblem.NOTHING_TO_COPY)
    values = ProgrammeValues(title="", purpose=source.purpose, basis=list(source.basis))
    programme = start_programme(session, actor=actor, here=here, values=values, now=now)
    programme.copied_from_id = source.id
    old, new = queries.terms_of(queries.year_of(session, source)), queries.terms_of(here.year)
    calendar = usual_calendar(load_template().holidays, here.dates, new) if old and new else None
    for activity in queries.list_activities(session, source.id):
        session.add(_copy_of(activity, programme, lambda day: moved_to(day, old, calendar) if calendar else day))
    session.flush()
    return programme


_COPIED = (
    *("position", "title", "lead_unit", "coordinating_units", "schedule", "recurrence"),
    *("channel", "grades", "parents", "staff", "elements", "lessons", "note"),
)


def _copy_of(activity: Activity, programme: Programme, move: Callable[[date], date]) -> Activity:
    starts_on, ends_on = (move(day) if day is not None else None for day in (activity.starts_on, activity.ends_on))
    return Activity(
        programme_id=programme.id,
        copied_from_id=activity.id,
        starts_on=starts_on,
        ends_on=ends_on,
        copied_starts_on=starts_on,
        copied_ends_on=ends_on,
        **{name: getattr(activity, name) for name in _COPIED},
    )


def edit_programme(
    session: Session, *, actor: Viewer | None, draft: Draft, values: ProgrammeValues, now: datetime
) -> None:
    """Change the words of the document."""
    for name, value in asdict(values).items():
        setattr(draft.programme, name, value)
    _changed(session, actor, "programme.edited", draft, now)


def add_activity(
    session: Session, *, actor: Viewer | None, draft: Draft, values: ActivityValues, now: datetime
) -> Activity:
    """Add an activity at the end; raises Refused for a date that cannot be meant."""
    _check_activity(draft, values)
    activity = Activity(
        programme_id=draft.programme.id,
        position=queries.last_position(session, draft.programme.id) + 1,
        **_columns(values),
    )
    session.add(activity)
    session.flush()
    _changed(session, actor, "activity.added", draft, now, activity)
    return activity


def edit_activity(
    session: Session, *, actor: Viewer | None, draft: Draft, activity: Activity, values: ActivityValues, now: datetime
) -> None:
    """Change an activity of the draft; raises Refused for a date that cannot be meant."""
    _check_activity(draft, values)
    for name, value in _columns(values).items():
        setattr(activity, name, value)
    _changed(session, actor, "activity.edited", draft, now, activity)


def _columns(values: ActivityValues) -> dict[str, object]:
    columns = asdict(values)
    lists = {"coordinating_units": list(values.coordinating_units), "lessons": list(values.lessons)}
    if values.schedule is not Schedule.RECURRING:
        columns["recurrence"] = None
    if values.schedule is Schedule.ONE_OFF:
        columns["ends_on"] = None
    return {**columns, **lists}


_WRONG = {ProblemCode.ENDS_BEFORE_START, ProblemCode.OUTSIDE_YEAR}


def _check_activity(draft: Draft, values: ActivityValues) -> None:
    """A draft may be incomplete, but a date outside the year or an end before the start is a mistake at once."""
    if not values.title:
        raise Refused(ProblemCode.NO_TITLE, "title")
    as_draft = queries.draft_of(Activity(id=0, **_columns(values)))
    for problem in activity_problems(as_draft, year=draft.dates):
        if problem.code in _WRONG:
            first, last = draft.year.starts_on, draft.year.ends_on
            raise Refused(problem.code, problem.field, starts=values.starts_on, first=first, last=last)


def remove_activity(session: Session, *, actor: Viewer | None, draft: Draft, activity: Activity, now: datetime) -> None:
    """Take an activity out of the draft; it can come back."""
    activity.removed_at = now
    _changed(session, actor, "activity.removed", draft, now, activity)


def restore_activity(
    session: Session, *, actor: Viewer | None, draft: Draft, activity: Activity, now: datetime
) -> None:
    """Bring a removed activity back to where it stood."""
    activity.removed_at = None
    _changed(session, actor, "activity.restored", draft, now, activity)


def move_activity(
    session: Session, *, actor: Viewer | None, draft: Draft, activity: Activity, up: bool, now: datetime
) -> None:
    """Swap an activity with the one above or below; at the edge nothing moves."""
    activities = queries.list_activities(session, draft.programme.id)
    here = next((place for place, each in enumerate(activities) if each.id == activity.id), None)
    if here is None:
        return
    there = here - 1 if up else here + 1
    if not 0 <= there < len(activities):
        return
    activities[here], activities[there] = activities[there], activities[here]
    for position, each in enumerate(activities, 1):
        each.position = position
    _changed(session, actor, "activity.moved", draft, now, activity)


def tell_principal(session: Session, *, actor: Viewer, draft: Draft, now: datetime) -> None:
    """Put the draft on the principal's home page as a task; publishing clears it."""
    if not queries.list_activities(session, draft.programme.id):
        raise Refused(ProblemCode.NO_ACTIVITY)
    draft.programme.told_principal_at = now
    draft.programme.told_by = actor.person_id
    _audit(session, actor, "programme.principal_told", draft.school.path, draft.programme)


def _changed(
    session: Session, actor: Viewer | None, verb: str, draft: Draft, now: datetime, activity: Activity | None = None
) -> None:
    draft.programme.edition += 1
    draft.programme.updated_at = now
    _audit(session, actor, verb, draft.school.path, draft.programme, activity)


def _audit(
    session: Session, actor: Viewer | None, verb: str, path: str, programme: Programme, activity: Activity | None = None
) -> None:
    data = {"activity": activity.id} if activity is not None else {}
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type="programme",
        object_id=programme.id,
        place=path,
        data={**data, "edition": programme.edition},
    )
