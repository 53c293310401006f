"""The school year as days on which something can take place: terms, days off, weeks for lessons, days marked yearly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from school_safety.planning.rules.drafting import YearDates

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MONDAY, SUNDAY = 0, 6
LESSON_DAYS = 5
EXAMS = 2 * WEEK
"""How far from both ends of a term lessons keep: beginnings, tests and reports."""


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """A school year as one school keeps it.

    Attributes:
        terms: in order, both ends included.
        closed: days without school: public holidays, the break at Tết, what the school adds.
        begins: the first day that may still be planned.
    """

    year: YearDates
    terms: tuple[YearDates, ...]
    closed: frozenset[date]
    begins: date

    def is_open(self, day: date) -> bool:
        """Whether something may be planned on a day: in the year, not past, no Sunday, no day off."""
        first = max(self.begins, self.year.starts_on)
        return first <= day <= self.year.ends_on and day.weekday() != SUNDAY and day not in self.closed


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A day marked every year: a day of a month, or the `nth` weekday of it (Monday is 0); `days` long."""

    month: int
    day: int = 0
    nth: int = 0
    weekday: int = 0
    days: int = 1

    def in_calendar_year(self, year: int) -> date:
        """The day it begins on in a calendar year."""
        if not self.nth:
            return date(year, self.month, self.day)
        first = date(year, self.month, 1)
        return first + (self.weekday - first.weekday()) % 7 * DAY + (self.nth - 1) * WEEK


def occurrence(marked: YearlyDay, year: YearDates) -> date | None:
    """The day in a school year on which a yearly day begins; None where it falls into the summer."""
    found = (marked.in_calendar_year(number) for number in range(year.starts_on.year, year.ends_on.year + 1))
    return next((day for day in found if year.starts_on <= day <= year.ends_on), None)


def days_between(first: date, last: date) -> frozenset[date]:
    """Every day of a span, both ends included; none when the ends are in the wrong order."""
    return frozenset(first + number * DAY for number in range((last - first).days + 1))


def yearly_days(marked: Iterable[YearlyDay], year: YearDates) -> frozenset[date]:
    """The days of a school year on which these fall."""
    return frozenset(day for each in marked if (day := occurrence(each, year)) is not None)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - day.weekday() * DAY


def teaching_weeks(calendar: SchoolCalendar, *, edge: timedelta = EXAMS) -> tuple[date, ...]:
    """The Mondays of the weeks in which lessons fit.

    Such a week lies in one term, `edge` away from both its ends, and has school on all five days.
    """
    found = []
    for term in calendar.terms:
        monday = monday_of(term.starts_on + edge + WEEK - DAY)
        while friday_of(monday) <= term.ends_on - edge:
            if all(calendar.is_open(monday + number * DAY) for number in range(LESSON_DAYS)):
                found.append(monday)
            monday += WEEK
    return tuple(found)


def friday_of(monday: date) -> date:
    """The last day of lessons of a week."""
    return monday + (LESSON_DAYS - 1) * DAY


def nearest_open(calendar: SchoolCalendar, day: date, *, weekday: int | None = None, within: int = 21) -> date | None:
    """The open day closest to a day (the earlier of two), on a given weekday if one is named; None beyond `within`."""
    for away in range(within + 1):
        for found in (day - away * DAY, day + away * DAY):
            if calendar.is_open(found) and weekday in (None, found.weekday()):
                return found
    return None


def open_span(calendar: SchoolCalendar, first: date, last: date) -> tuple[date, date] | None:
    """The first and the last open day of a span; None where none is open."""
    days = sorted(day for day in days_between(first, last) if calendar.is_open(day))
    return (days[0], days[-1]) if days else None


def moved_to(day: date, old: tuple[YearDates, ...], calendar: SchoolCalendar) -> date:
    """A day of a year with the terms `old` in another year: the same weekday of the same week of the same term.

    Where that is no school day, the closest one. Raises IndexError where either year has no terms.
    """
    number = max((place for place, term in enumerate(old) if term.starts_on <= day), default=0)
    since = day - _first_week(old[number])
    same = _first_week(calendar.terms[min(number, len(calendar.terms) - 1)]) + since
    kept = max(calendar.year.starts_on, min(same, calendar.year.ends_on))
    return nearest_open(calendar, kept) or kept


def _first_week(term: YearDates) -> date:
    """The Monday of a term's first week; a term that begins on Thursday or later begins with the week after."""
    return monday_of(term.starts_on + 4 * DAY)
