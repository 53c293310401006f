"""Proposes a school's year from the template: lessons spread over its weeks, useful days, training, what goes out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from school_safety.curriculum.rules import STRAND_ELEMENTS, Strand, element_mask
from school_safety.planning.rules.calendar import (
    DAY,
    MONDAY,
    WEEK,
    SchoolCalendar,
    friday_of,
    monday_of,
    nearest_open,
    occurrence,
    open_span,
)
from school_safety.planning.rules.catalogue import Schedule
from school_safety.planning.rules.drafting import Problem, draft_problems, strand_content
from school_safety.planning.rules.proposing.lessons import Wishes, booster_lines, lesson_line, place_lessons
from school_safety.planning.rules.proposing.lines import Proposed, fill, make_line, with_youth
from school_safety.planning.rules.templates import (
    LineKind,
    ProgrammeTemplate,
    Regular,
    TeachableLesson,
    UsefulDay,
    youth_of,
)

ALL_YEAR = 366


TEACHING_CHANNELS = frozenset({"subject_lesson", "class_meeting", "experience", "class_talk"})


@dataclass(frozen=True, slots=True)
class Planned:
    """An activity that stands in a draft; `key`: the line that it was made from, None for one that people wrote."""

    key: str | None
    title: str
    channel: str | None
    grades: int
    lessons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A year: its lines by date, and the lessons (grade, code) that found no week."""

    lines: tuple[Proposed, ...]
    unplaced: tuple[tuple[int, str], ...]


def propose_year(
    template: ProgrammeTemplate,
    calendar: SchoolCalendar,
    *,
    levels: int,
    lessons: Sequence[TeachableLesson],
    wishes: Wishes,
) -> Proposal:
    """A year for a school that teaches the grades of the mask `levels`.

    Where a day is left to plan, the lines together pass checks (ii) to (iv) for both strands: a talk for the grades
    and contents that nothing else reaches is added. No line begins or ends on a day off or outside the year.
    """
    placed, unplaced = place_lessons(calendar, levels, lessons, wishes)
    codes = tuple(dict.fromkeys(each.lesson.code for each in placed))
    lines = [lesson_line(template, each, wishes) for each in placed]
    if wishes.boosters:
        lines += booster_lines(template, calendar, placed, wishes)
    lines += [line for day in template.days if day.code in wishes.days and (line := day_line(calendar, day, levels))]
    lines += [
        line
        for each in template.regulars
        if each.code in wishes.regulars and (line := regular_line(calendar, each, levels, codes))
    ]
    lines += _talk_lines(template, calendar, lines, levels)
    youth = youth_of(template, levels)
    ordered = sorted(lines, key=lambda line: (line.starts_on, line.key))
    return Proposal(tuple(with_youth(line, youth) for line in ordered), tuple(unplaced))


def proposal_problems(lines: Sequence[Proposed], calendar: SchoolCalendar, levels: int) -> list[Problem]:
    """What the drafting checks say of the lines together."""
    drafts = [line.as_draft(number) for number, line in enumerate(lines, 1)]
    return draft_problems(drafts, year=calendar.year, levels=levels)


def keys_planned(lines: Iterable[Proposed], planned: Iterable[Planned]) -> frozenset[str]:
    """The lines that a draft holds already.

    Made from the same line before; or a lesson that another activity teaches to its grade; or the same title.
    """
    planned = list(planned)
    return frozenset(line.key for line in lines if any(_is_planned(line, each) for each in planned))


def _is_planned(line: Proposed, each: Planned) -> bool:
    if each.key is not None:
        return each.key == line.key
    if line.kind is LineKind.LESSON:
        taught = each.channel in TEACHING_CHANNELS and line.lessons[0] in each.lessons
        return taught and not line.grades & ~each.grades
    return each.title.casefold() == line.title["vi"].casefold()


def day_line(calendar: SchoolCalendar, day: UsefulDay, levels: int) -> Proposed | None:
    """A useful day in this year: a day off moves to the closest open one, talks before the flag to a Monday."""
    on = occurrence(day.when, calendar.year)
    if on is None:
        return None
    last = on + (day.when.days - 1) * DAY
    if last < calendar.begins:
        return None
    if day.when.days > 1:
        span = open_span(calendar, on, last)
    else:
        weekday = MONDAY if day.leading.channel == "flag_ceremony" else None
        moved = nearest_open(calendar, on, weekday=weekday)
        span = (moved, moved) if moved else None
    if span is None:
        return None
    return make_line(
        f"day-{day.code}", LineKind.DAY, day.title, day.leading, span=span, grades=levels, elements=day.elements
    )


def regular_line(
    calendar: SchoolCalendar, each: Regular, levels: int, lessons: tuple[str, ...] = ()
) -> Proposed | None:
    """Training or outreach in this year; None where its term is over or no day is left.

    What should have been before the first day to plan comes as many weeks after that day as it stood in its term.
    """
    term = calendar.terms[each.term - 1] if each.term <= len(calendar.terms) else None
    if term is None or term.ends_on < calendar.begins:
        return None
    weeks_in = (each.week - 1) * WEEK
    wanted = monday_of(term.starts_on) + weeks_in + each.weekday * DAY
    if wanted < calendar.begins:
        wanted = calendar.begins + weeks_in
    first = nearest_open(calendar, wanted, weekday=each.weekday) or nearest_open(calendar, wanted)
    if first is None:
        return None
    last = {Schedule.ONE_OFF: first, Schedule.WINDOW: friday_of(monday_of(first))}.get(
        each.schedule, calendar.year.ends_on
    )
    span = open_span(calendar, first, max(first, last))
    if span is None:
        return None
    return make_line(
        f"regular-{each.code}",
        each.kind,
        each.title,
        each.leading,
        span=span,
        grades=levels if each.pupils else 0,
        elements=each.elements,
        lessons=lessons if each.kits else (),
        schedule=each.schedule,
        recurrence=each.recurrence,
        parents=each.parents,
        staff=each.staff,
    )


def _talk_lines(
    template: ProgrammeTemplate, calendar: SchoolCalendar, lines: Sequence[Proposed], levels: int
) -> list[Proposed]:
    """For each strand a talk that reaches what the other lines leave out; none where nothing is left out."""
    drafts = [line.as_draft(number) for number, line in enumerate(lines, 1)]
    found = []
    for number, strand in enumerate(Strand, 1):
        content = strand_content(drafts, strand, year=calendar.year)
        wanted = element_mask(STRAND_ELEMENTS[strand])
        missing = levels if wanted & ~content.elements else levels & ~content.grades
        on = _talk_day(calendar, number)
        if missing and on is not None:
            title, span = fill(template.talk_title, strand=template.strands[strand]), (on, on)
            found.append(
                make_line(
                    f"talk-{strand}", LineKind.TALK, title, template.talk, span=span, grades=missing, elements=wanted
                )
            )
    return found


def _talk_day(calendar: SchoolCalendar, number: int) -> date | None:
    wanted = max(calendar.begins, calendar.year.starts_on) + number * 2 * WEEK
    return nearest_open(calendar, wanted, weekday=MONDAY) or nearest_open(calendar, wanted, within=ALL_YEAR)
