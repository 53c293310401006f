"""What a year's programme is drafted from: places for lessons, useful days, training, what goes out to families."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from school_safety.curriculum.rules import LOWER_SECONDARY, UPPER_SECONDARY, Strand, grade_mask
from school_safety.planning.rules.calendar import (
    DAY,
    WEEK,
    SchoolCalendar,
    YearlyDay,
    days_between,
    monday_of,
    yearly_days,
)
from school_safety.planning.rules.catalogue import Recurrence, Schedule
from school_safety.planning.rules.drafting import YearDates

Words = Mapping[str, str]
"""The same text as {vi, en}; what is drafted is the Vietnamese."""


class LineKind(StrEnum):
    """What a proposed line is: a lesson, its booster, a useful day, training, something going out, or a gap filled."""

    LESSON = "lesson"
    BOOSTER = "booster"
    DAY = "day"
    TRAINING = "training"
    OUTREACH = "outreach"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Leading:
    """Who does it and how; `{youth}` stands for the school's youth organisation."""

    channel: str
    lead_unit: str
    coordinating_units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the timetable for lessons.

    Attributes:
        everybody: mask of the grades in which every pupil has it; `some`: in which it is elective.
        subjects: how a lesson's curriculum references begin when they mean it.
    """

    code: str
    name: Words
    leading: Leading
    everybody: int
    some: int
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsefulDay:
    """A day of the year that suits a strand; `chosen`: ticked to begin with; `source`: who set it."""

    code: str
    when: YearlyDay
    name: Words
    title: Words
    leading: Leading
    elements: int
    chosen: bool
    source: str


@dataclass(frozen=True, slots=True)
class Regular:
    """Training or outreach that a school does every year; term, week and weekday (Monday is 0) say when it first falls.

    `kits`: it uses the outreach kits of the year's lessons.
    """

    code: str
    kind: LineKind
    title: Words
    leading: Leading
    schedule: Schedule
    recurrence: Recurrence | None
    term: int
    week: int
    weekday: int
    pupils: bool
    parents: bool
    staff: bool
    elements: int
    kits: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off: the same every year, by the moon per calendar year (first day of Tết, Hùng Kings), the usual break."""

    fixed: tuple[YearlyDay, ...]
    tet: Mapping[int, date]
    hung_kings: Mapping[int, date]
    break_before: int
    break_after: int


@dataclass(frozen=True, slots=True)
class ProgrammeTemplate:
    """The whole template; titles of lessons, boosters and talks are patterns."""

    title: str
    purpose: str
    youth: Mapping[str, str]
    strands: Mapping[Strand, Words]
    holidays: Holidays
    lesson_title: Words
    booster_title: Words
    booster: Leading
    talk_title: Words
    talk: Leading
    slots: tuple[Slot, ...]
    days: tuple[UsefulDay, ...]
    regulars: tuple[Regular, ...]

    def slot(self, code: str) -> Slot | None:
        """The slot of a code, or None."""
        return next((slot for slot in self.slots if slot.code == code), None)


@dataclass(frozen=True, slots=True)
class TeachableLesson:
    """A published lesson as the template needs it; `subjects`: its curriculum references, as “Tin học 6 D”."""

    code: str
    strand: Strand
    grades: int
    elements: int
    minutes: int
    title: Words
    subjects: tuple[str, ...]


FALLBACK_SLOT = "class_meeting"


def slots_for(template: ProgrammeTemplate, grades: int) -> list[Slot]:
    """The slots that all of these grades can have, those for every pupil before elective ones."""
    fitting = [slot for slot in template.slots if grades and not grades & ~(slot.everybody | slot.some)]
    return sorted(fitting, key=lambda slot: bool(grades & slot.some))


def slot_of_lesson(template: ProgrammeTemplate, lesson: TeachableLesson, grade: int, wanted: str) -> Slot:
    """Where a lesson is taught in a grade.

    The slot that the school wants if the grade has it; else the first subject that the lesson names and every pupil of
    the grade has (Tin học is elective from grade 10 on); else the class meeting.
    """
    bit = 1 << grade
    chosen = template.slot(wanted)
    if chosen is not None and (chosen.everybody | chosen.some) & bit:
        return chosen
    for subject in lesson.subjects:
        for slot in template.slots:
            if slot.everybody & bit and subject.startswith(slot.subjects):
                return slot
    found = template.slot(FALLBACK_SLOT)
    if found is None:
        raise LookupError(f"the template has no slot {FALLBACK_SLOT}")
    return found


def youth_of(template: ProgrammeTemplate, levels: int) -> str:
    """The youth organisation of a school that teaches these grades."""
    lower, upper = levels & grade_mask(LOWER_SECONDARY), levels & grade_mask(UPPER_SECONDARY)
    return template.youth["both" if lower and upper else "upper" if upper else "lower"]


def usual_break(holidays: Holidays, year: YearDates) -> tuple[date, date] | None:
    """The break around the first day of the lunar year in a school year; None where its date is not known."""
    first = next((day for day in holidays.tet.values() if year.starts_on <= day <= year.ends_on), None)
    if first is None:
        return None
    return first - holidays.break_before * DAY, first + holidays.break_after * DAY


def school_calendar(
    holidays: Holidays,
    year: YearDates,
    terms: tuple[YearDates, ...],
    *,
    tet: tuple[date, date],
    spare: Iterable[date] = (),
    begins: date,
) -> SchoolCalendar:
    """A school's year: public holidays, its break at Tết, and the whole weeks of the days that it keeps free."""
    kings = (day for day in holidays.hung_kings.values() if year.starts_on <= day <= year.ends_on)
    free = (day for one in spare for day in days_between(monday_of(one), monday_of(one) + WEEK - DAY))
    closed = yearly_days(holidays.fixed, year) | days_between(*tet) | frozenset(kings) | frozenset(free)
    return SchoolCalendar(year, terms, closed, begins)


def usual_calendar(
    holidays: Holidays, year: YearDates, terms: tuple[YearDates, ...], *, begins: date | None = None
) -> SchoolCalendar:
    """A school's year before it has said anything: public holidays and the usual break, if its date is known."""
    tet = usual_break(holidays, year) or (year.ends_on, year.starts_on)
    return school_calendar(holidays, year, terms, tet=tet, begins=begins or year.starts_on)
