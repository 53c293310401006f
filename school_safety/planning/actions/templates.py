"""Making a draft from the template's lines, and taking back what nobody has touched since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit.db import Session, refusing
from school_safety.kit.errors import Refused
from school_safety.planning import queries
from school_safety.planning.actions.drafting import ProgrammeValues, start_programme
from school_safety.planning.models import Activity, Programme
from school_safety.planning.queries import Draft, SchoolYear
from school_safety.planning.rules import (
    DraftingProblem,
    ProblemCode,
    Proposed,
    YearDates,
    activity_problems,
    content_hash,
    keys_planned,
)

WRONG = {ProblemCode.ENDS_BEFORE_START, ProblemCode.OUTSIDE_YEAR, ProblemCode.NO_START, ProblemCode.NO_END}


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of using the template: the draft, and the activities that are new in it."""

    draft: Draft
    activities: tuple[Activity, ...]


def draft_from_template(
    session: Session,
    *,
    actor: Viewer | None,
    here: SchoolYear,
    values: ProgrammeValues,
    lines: Sequence[Proposed],
    now: datetime,
) -> Drafted:
    """Add the lines to the draft of the year, beginning it where there is none; what it holds is left as it is.

    `values` fill the words of the document that are still empty. Raises Refused: NOTHING_CHOSEN without lines, a date
    that cannot be meant at the field `starts_on-<key>` or `ends_on-<key>`, CHANGED_MEANWHILE when somebody did the same
    at this moment.
    """
    if not lines:
        raise Refused(DraftingProblem.NOTHING_CHOSEN)
    for number, line in enumerate(lines):
        _check_dates(line, number, here.dates)
    programme = here.programme or start_programme(session, actor=actor, here=here, values=values, now=now)
    _fill_empty(programme, values)
    living = queries.list_activities(session, programme.id)
    there = keys_planned(lines, [queries.planned_of(activity) for activity in living])
    gone = {
        each.template_key: each
        for each in queries.list_made_by_template(session, programme.id)
        if each.removed_at is not None
    }
    position = queries.last_position(session, programme.id)
    with refusing(session, DraftingProblem.CHANGED_MEANWHILE):
        made = [_make(session, programme, line, gone.get(line.key)) for line in lines if line.key not in there]
        for number, activity in enumerate(made, 1):
            activity.position = position + number
        session.flush()
    draft = Draft(here.school, here.year, programme)
    if made:
        _changed(session, actor, "programme.drafted_from_template", draft, made, now)
    return Drafted(draft, tuple(made))


def undo_template(session: Session, *, actor: Viewer | None, draft: Draft, now: datetime) -> int:
    """Take out what the template made and nobody has edited or published since; how many activities that were.

    Raises Refused where there is none.
    """
    untouched = list_untouched(session, draft)
    if not untouched:
        raise Refused(DraftingProblem.NOTHING_TO_UNDO)
    for activity in untouched:
        activity.removed_at = now
        activity.template_key = activity.template_hash = None
    _changed(session, actor, "programme.template_undone", draft, untouched, now)
    return len(untouched)


def list_untouched(session: Session, draft: Draft) -> list[Activity]:
    """The activities of the draft that still say what the template said and that no revision has published."""
    published = queries.list_published_ids(session, draft.programme.id)
    return [
        activity
        for activity in queries.list_made_by_template(session, draft.programme.id)
        if activity.removed_at is None and activity.id not in published and activity.template_hash == _hash(activity)
    ]


def _check_dates(line: Proposed, number: int, year: YearDates) -> None:
    for problem in activity_problems(line.as_draft(number), year=year):
        if problem.code in WRONG:
            first, last = year.starts_on, year.ends_on
            raise Refused(problem.code, f"{problem.field}-{line.key}", starts=line.starts_on, first=first, last=last)


def _fill_empty(programme: Programme, values: ProgrammeValues) -> None:
    programme.title = programme.title or values.title
    programme.purpose = programme.purpose or values.purpose
    programme.basis = programme.basis or values.basis


def _make(session: Session, programme: Programme, line: Proposed, gone: Activity | None) -> Activity:
    """The activity of a line; one of the same line that was removed comes back and says what the line says now."""
    activity = gone or Activity(programme_id=programme.id, template_key=line.key, note="")
    activity.removed_at = None
    activity.title = line.title["vi"]
    activity.lead_unit, activity.coordinating_units = line.lead_unit, list(line.coordinating_units)
    activity.schedule, activity.recurrence = line.schedule, line.recurrence
    activity.starts_on, activity.ends_on = line.starts_on, line.ends_on
    activity.channel, activity.elements = line.channel, line.elements
    activity.grades, activity.parents, activity.staff = line.grades, line.parents, line.staff
    activity.lessons = list(line.lessons)
    activity.template_hash = _hash(activity)
    session.add(activity)
    return activity


def _hash(activity: Activity) -> str:
    """What an activity says to its readers, as one value."""
    names = ("title", "lead_unit", "coordinating_units", "schedule", "recurrence", "channel", "grades", "parents")
    said = {name: getattr(activity, name) for name in (*names, "staff", "elements", "lessons", "note")}
    return content_hash({**said, "dates": [str(activity.starts_on), str(activity.ends_on)]})


def _changed(
    session: Session, actor: Viewer | None, verb: str, draft: Draft, activities: Sequence[Activity], now: datetime
) -> None:
    programme = draft.programme
    programme.edition += 1
    programme.updated_at = now
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type="programme",
        object_id=programme.id,
        place=draft.school.path,
        data={"activities": [activity.id for activity in activities], "edition": programme.edition},
    )
