"""The checks of a programme while it is drafted (coverage.md §4.3), each located at the activity and the field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from school_safety.curriculum.rules import STRAND_ELEMENTS, Element, Strand, element_mask, strands_of
from school_safety.planning.rules.catalogue import CHANNELS, Recurrence, Schedule

BOTH = frozenset(Strand)


class Check(StrEnum):
    """The four checks that a supervisor's return may name: published, complete, elements, grades."""

    PUBLISHED = "i"
    COMPLETE = "ii"
    ELEMENTS = "iii"
    GRADES = "iv"


class ProblemCode(StrEnum):
    """What is wrong in a draft."""

    NO_ACTIVITY = "no_activity"
    NO_TITLE = "no_title"
    NO_LEAD_UNIT = "no_lead_unit"
    NO_COORDINATING_UNIT = "no_coordinating_unit"
    NO_START = "no_start"
    NO_END = "no_end"
    NO_RECURRENCE = "no_recurrence"
    ENDS_BEFORE_START = "ends_before_start"
    OUTSIDE_YEAR = "outside_year"
    NO_CHANNEL = "no_channel"
    NO_AUDIENCE = "no_audience"
    NO_ELEMENT = "no_element"
    COPIED_UNCHANGED = "copied_unchanged"
    MISSING_ELEMENTS = "missing_elements"
    MISSING_GRADES = "missing_grades"


class DraftingProblem(StrEnum):
    """Why something cannot be done with a programme as a whole."""

    NOTHING_TO_WITHDRAW = "nothing_to_withdraw"
    ALREADY_BEGUN = "already_begun"
    NOTHING_TO_COPY = "nothing_to_copy"
    CHANGED_MEANWHILE = "draft_changed_meanwhile"
    CHECKS_FAIL = "checks_fail"
    NOTHING_NEW = "nothing_new"
    SIGNED_IN_FUTURE = "signed_in_future"
    NOT_THE_LAST_REVISION = "not_the_last_revision"
    NOT_RETURNED = "not_returned"
    RETURN_WITHOUT_CHECK = "return_without_check"
    COMMENT_MISSING = "comment_missing"
    NOTHING_CHOSEN = "nothing_chosen"
    NO_DAY_LEFT = "no_day_left"
    NOTHING_TO_UNDO = "nothing_to_undo"


@dataclass(frozen=True, slots=True)
class YearDates:
    """First and last day of the academic year."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """One planned activity; anything may still be missing.

    Attributes:
        key: what the problem is located by (the activity's id).
        grades: mask of the grades it is for; `elements`: mask of its content elements.
        copied_dates: first and last day that the activity had in the programme it was copied from.
    """

    key: int
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
    copied_dates: tuple[date | None, date | None] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One failing check: which check, what, where, and the strands that it keeps from counting (none: a hint)."""

    check: Check
    code: ProblemCode
    strands: frozenset[Strand]
    activity: int | None = None
    field: str | None = None
    elements: int = 0
    grades: int = 0


@dataclass(frozen=True, slots=True)
class StrandContent:
    """What a programme holds for one strand: the masks and the flag that a published revision keeps."""

    strand: Strand
    elements: int
    grades: int
    complete: bool


def draft_problems(activities: Sequence[ActivityDraft], *, year: YearDates, levels: int) -> list[Problem]:
    """Everything that fails in checks (ii) to (iv) of a draft, in page order; `levels`: the school's grades."""
    problems = [] if activities else [Problem(Check.COMPLETE, ProblemCode.NO_ACTIVITY, BOTH)]
    for activity in activities:
        problems += activity_problems(activity, year=year)
    problems += _unchanged_problems(activities)
    for strand in Strand:
        problems += _content_problems(activities, strand, levels)
    return problems


def strand_problems(problems: Iterable[Problem], strand: Strand) -> list[Problem]:
    """The problems that keep this strand from counting."""
    return [problem for problem in problems if strand in problem.strands]


def served_strands(problems: Sequence[Problem]) -> frozenset[Strand]:
    """The strands whose checks (ii) to (iv) all hold: publishing serves these."""
    return frozenset(strand for strand in Strand if not strand_problems(problems, strand))


def activity_problems(activity: ActivityDraft, *, year: YearDates) -> list[Problem]:
    """What is missing or wrong in one activity; one without elements must be complete for the sake of both strands."""
    strands = strands_of(activity.elements) or BOTH
    found = [
        Problem(Check.COMPLETE, code, strands, activity.key, field)
        for code, field in (*_missing_words(activity), *_date_problems(activity, year), *_missing_audience(activity))
    ]
    if not activity.elements:
        found.append(Problem(Check.ELEMENTS, ProblemCode.NO_ELEMENT, frozenset(), activity.key, "elements"))
    return found


_Located = tuple[ProblemCode, str]


def _missing_words(activity: ActivityDraft) -> list[_Located]:
    wanted: tuple[tuple[object, ProblemCode, str], ...] = (
        (activity.title, ProblemCode.NO_TITLE, "title"),
        (activity.lead_unit, ProblemCode.NO_LEAD_UNIT, "lead_unit"),
        (activity.coordinating_units, ProblemCode.NO_COORDINATING_UNIT, "coordinating_units"),
    )
    return [(code, field) for value, code, field in wanted if not value]


def _missing_audience(activity: ActivityDraft) -> list[_Located]:
    found = []
    if activity.channel not in CHANNELS:
        found.append((ProblemCode.NO_CHANNEL, "channel"))
    if not (activity.grades or activity.parents or activity.staff):
        found.append((ProblemCode.NO_AUDIENCE, "grades"))
    return found


def _date_problems(activity: ActivityDraft, year: YearDates) -> list[_Located]:
    found = []
    if activity.schedule is Schedule.RECURRING and activity.recurrence is None:
        found.append((ProblemCode.NO_RECURRENCE, "recurrence"))
    starts, ends = activity.starts_on, activity.ends_on
    if activity.schedule is Schedule.ONE_OFF:
        ends = starts
    if starts is None:
        found.append((ProblemCode.NO_START, "starts_on"))
    elif not year.starts_on <= starts <= year.ends_on:
        found.append((ProblemCode.OUTSIDE_YEAR, "starts_on"))
    if activity.schedule is Schedule.ONE_OFF:
        return found
    if ends is None:
        found.append((ProblemCode.NO_END, "ends_on"))
    elif starts is not None and ends < starts:
        found.append((ProblemCode.ENDS_BEFORE_START, "ends_on"))
    elif not year.starts_on <= ends <= year.ends_on:
        found.append((ProblemCode.OUTSIDE_YEAR, "ends_on"))
    return found


def copied_unchanged(activities: Sequence[ActivityDraft]) -> bool:
    """Whether this is last year's programme with no changed date: every activity a copy on the same days and months.

    A copy moved to the same day and month of the new year is not a changed date; a new activity is.
    """
    return bool(activities) and all(_same_days(activity) for activity in activities)


def _same_days(activity: ActivityDraft) -> bool:
    if activity.copied_dates is None:
        return False
    now = (activity.starts_on, activity.ends_on)
    return [_day_month(day) for day in now] == [_day_month(day) for day in activity.copied_dates]


def _day_month(day: date | None) -> tuple[int, int] | None:
    return None if day is None else (day.month, day.day)


def _unchanged_problems(activities: Sequence[ActivityDraft]) -> list[Problem]:
    if not copied_unchanged(activities):
        return []
    return [
        Problem(Check.COMPLETE, ProblemCode.COPIED_UNCHANGED, BOTH, activity.key, "starts_on")
        for activity in activities
    ]


def _content_problems(activities: Sequence[ActivityDraft], strand: Strand, levels: int) -> list[Problem]:
    elements, grades = _reach(activities, strand)
    lacking = element_mask(STRAND_ELEMENTS[strand]) & ~elements
    unreached = levels & ~grades
    found = []
    if lacking:
        found.append(Problem(Check.ELEMENTS, ProblemCode.MISSING_ELEMENTS, frozenset({strand}), elements=lacking))
    if unreached:
        found.append(Problem(Check.GRADES, ProblemCode.MISSING_GRADES, frozenset({strand}), grades=unreached))
    return found


def _reach(activities: Iterable[ActivityDraft], strand: Strand) -> tuple[int, int]:
    """The elements of the strand that its activities carry together, and the grades that they are for."""
    elements = grades = 0
    for activity in activities:
        if strand in strands_of(activity.elements):
            elements |= activity.elements
            grades |= activity.grades
    return elements & element_mask(STRAND_ELEMENTS[strand]), grades


def strand_content(activities: Sequence[ActivityDraft], strand: Strand, *, year: YearDates) -> StrandContent:
    """The masks and the flag of check (ii) that a published revision keeps for one strand."""
    elements, grades = _reach(activities, strand)
    problems = draft_problems(activities, year=year, levels=0)
    complete = not any(problem.check is Check.COMPLETE for problem in strand_problems(problems, strand))
    return StrandContent(strand, elements, grades, complete)


def element_matrix(activities: Iterable[ActivityDraft]) -> dict[Element, int]:
    """For each content element the mask of grades that an activity carrying it is for: the page's grid."""
    matrix = dict.fromkeys(Element, 0)
    for activity in activities:
        for element in Element:
            if activity.elements & element.bit:
                matrix[element] |= activity.grades
    return matrix
