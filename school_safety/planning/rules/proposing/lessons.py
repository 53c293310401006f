"""Lessons of a year: which ones a grade has, in which weeks, and the boosters that follow them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from school_safety.curriculum.rules import Strand, grades_of, periods, teaching_order
from school_safety.planning.rules.calendar import DAY, EXAMS, WEEK, SchoolCalendar, friday_of, teaching_weeks
from school_safety.planning.rules.proposing.lines import Proposed, fill, make_line
from school_safety.planning.rules.templates import LineKind, ProgrammeTemplate, TeachableLesson, slot_of_lesson

BOOSTER_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a school chose.

    Attributes:
        doses: lessons by grade and strand.
        slots: by grade the code of the slot it wants; empty or missing follows each lesson's own reference.
        days, regulars: codes of the useful days and of training and outreach.
        clear_of_exams: keep lessons out of the first and last two weeks of a term.
    """

    doses: Mapping[tuple[int, Strand], int]
    slots: Mapping[int, str]
    days: frozenset[str]
    regulars: frozenset[str]
    boosters: bool = True
    clear_of_exams: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A lesson in a grade's year: the `round` counts the lessons of its strand from 1."""

    lesson: TeachableLesson
    grade: int
    round: int
    monday: date
    last_monday: date


def choose_lessons(lessons: Sequence[TeachableLesson], wishes: Wishes, grade: int) -> list[tuple[TeachableLesson, int]]:
    """A grade's lessons of the year in the order of teaching, each with its round: how many of its strand so far."""
    chosen: dict[str, tuple[TeachableLesson, int]] = {}
    for strand in Strand:
        own = [each for each in lessons if each.strand is strand and each.grades & 1 << grade]
        for number, lesson in enumerate(own[: wishes.doses.get((grade, strand), 0)], 1):
            chosen[lesson.code] = (lesson, number)
    return [chosen[code] for code in teaching_order(chosen)]


def spread(count: int, places: int) -> list[int]:
    """Which of the places in a row `count` things take so that they lie evenly: the middle of each equal part."""
    taken = min(count, places)
    return [(2 * number + 1) * places // (2 * taken) for number in range(taken)]


def _weeks(calendar: SchoolCalendar, wishes: Wishes) -> tuple[date, ...]:
    return teaching_weeks(calendar, edge=EXAMS if wishes.clear_of_exams else 0 * DAY)


def place_lessons(
    calendar: SchoolCalendar, levels: int, lessons: Sequence[TeachableLesson], wishes: Wishes
) -> tuple[list[Placed], list[tuple[int, str]]]:
    """Every grade's lessons in weeks of their own, and those (grade, code) for which no week is left.

    With boosters the lessons keep to the weeks that are followed by one four weeks later, if there are any.
    """
    weeks = _weeks(calendar, wishes)
    early = [monday for monday in weeks if _booster_week(weeks, monday) is not None] if wishes.boosters else []
    usable = early or list(weeks)
    placed: list[Placed] = []
    unplaced: list[tuple[int, str]] = []
    for grade in grades_of(levels):
        queue = choose_lessons(lessons, wishes, grade)
        places = spread(len(queue), len(usable))
        for (lesson, number), place in zip(queue, places, strict=False):
            last = _last_week(weeks, usable[place], lesson)
            placed.append(Placed(lesson, grade, number, usable[place], last))
        unplaced += [(grade, lesson.code) for lesson, _ in queue[len(places) :]]
    return placed, unplaced


def _last_week(weeks: Sequence[date], monday: date, lesson: TeachableLesson) -> date:
    """A lesson takes one period a week; one longer than a period goes on in the next weeks of lessons."""
    further = periods(lesson.minutes) - 1
    return weeks[min(weeks.index(monday) + further, len(weeks) - 1)]


def _booster_week(weeks: Sequence[date], monday: date) -> date | None:
    """The first week of lessons at least four weeks after a lesson."""
    return next((week for week in weeks if week >= monday + BOOSTER_WEEKS * WEEK), None)


def lesson_line(template: ProgrammeTemplate, placed: Placed, wishes: Wishes) -> Proposed:
    """The lesson as an activity of its grade, where the timetable has room for it."""
    lesson, grade = placed.lesson, placed.grade
    slot = slot_of_lesson(template, lesson, grade, wishes.slots.get(grade, ""))
    return make_line(
        f"lesson-{lesson.code}-{grade}",
        LineKind.LESSON,
        fill(template.lesson_title, grade=str(grade), lesson=lesson.title),
        slot.leading,
        span=(placed.monday, friday_of(placed.last_monday)),
        grades=1 << grade,
        elements=lesson.elements,
        lessons=(lesson.code,),
    )


def booster_lines(
    template: ProgrammeTemplate, calendar: SchoolCalendar, placed: Sequence[Placed], wishes: Wishes
) -> list[Proposed]:
    """One line a strand and round: the grades' lessons of that round, from the first to the last booster week."""
    weeks = _weeks(calendar, wishes)
    found = []
    for strand in Strand:
        for number in sorted({each.round for each in placed}):
            due = [
                (each, week)
                for each in placed
                if each.lesson.strand is strand
                and each.round == number
                and (week := _booster_week(weeks, each.last_monday)) is not None
            ]
            if due:
                found.append(_booster_line(template, strand, number, due))
    return found


def _booster_line(
    template: ProgrammeTemplate, strand: Strand, number: int, due: Sequence[tuple[Placed, date]]
) -> Proposed:
    grades = elements = 0
    for each, _ in due:
        grades |= 1 << each.grade
        elements |= each.lesson.elements
    weeks = [week for _, week in due]
    return make_line(
        f"booster-{strand}-{number}",
        LineKind.BOOSTER,
        fill(template.booster_title, strand=template.strands[strand], round=str(number)),
        template.booster,
        span=(min(weeks), friday_of(max(weeks))),
        grades=grades,
        elements=elements,
        lessons=tuple(dict.fromkeys(each.lesson.code for each, _ in due)),
    )
