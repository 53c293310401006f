"""The school year as days: weeks for lessons, days off, days marked every year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.planning.readers import PATH, TemplateError, load_template, read_template
from school_safety.planning.rules import SchoolCalendar, YearDates, YearlyDay, occurrence, teaching_weeks
from school_safety.planning.rules.calendar import moved_to, nearest_open, open_span

YEAR = YearDates(date(2026, 9, 5), date(2027, 5, 31))
TERMS = (YearDates(date(2026, 9, 5), date(2027, 1, 17)), YearDates(date(2027, 1, 18), date(2027, 5, 31)))
NO_EDGE = timedelta(0)


def calendar(*closed: date, begins: date = YEAR.starts_on) -> SchoolCalendar:
    return SchoolCalendar(YEAR, TERMS, frozenset(closed), begins)


@pytest.mark.parametrize(
    ("year", "expected"), [(2026, date(2026, 2, 10)), (2027, date(2027, 2, 9)), (2028, date(2028, 2, 8))]
)
def test_safer_internet_day_is_the_second_tuesday_of_february(year: int, expected: date) -> None:
    assert YearlyDay(month=2, nth=2, weekday=1).in_calendar_year(year) == expected


@given(st.integers(1990, 2100), st.integers(1, 12), st.integers(1, 4), st.integers(0, 6))
def test_the_nth_weekday_of_a_month_is_that_weekday_in_the_nth_seven_days(y: int, m: int, nth: int, day: int) -> None:
    found = YearlyDay(month=m, nth=nth, weekday=day).in_calendar_year(y)
    assert (found.month, found.weekday(), (found.day - 1) // 7 + 1) == (m, day, nth)


def test_a_day_of_the_summer_is_not_in_the_school_year() -> None:
    assert occurrence(YearlyDay(8, 6), YEAR) is None
    assert occurrence(YearlyDay(11, 9), YEAR) == date(2026, 11, 9)
    assert occurrence(YearlyDay(4, 2), YEAR) == date(2027, 4, 2)


def test_lessons_keep_two_weeks_from_both_ends_of_each_term() -> None:
    weeks = teaching_weeks(calendar())
    assert weeks[0] == date(2026, 9, 21) and date(2026, 9, 14) in teaching_weeks(calendar(), edge=NO_EDGE)
    assert date(2026, 12, 28) in weeks and date(2027, 1, 4) not in weeks
    assert date(2027, 2, 1) in weeks and date(2027, 1, 25) not in weeks
    assert weeks[-1] == date(2027, 5, 10)


def test_a_week_with_a_day_off_has_no_lessons() -> None:
    assert date(2026, 12, 28) not in teaching_weeks(calendar(date(2027, 1, 1)))


def test_a_week_that_has_begun_has_no_lessons() -> None:
    weeks = teaching_weeks(calendar(begins=date(2026, 11, 24)))
    assert weeks[0] == date(2026, 11, 30)


def test_a_day_off_moves_to_the_closest_open_day_never_to_a_sunday() -> None:
    assert nearest_open(calendar(), date(2026, 11, 8)) == date(2026, 11, 7)
    assert nearest_open(calendar(date(2026, 11, 9)), date(2026, 11, 9), weekday=0) == date(2026, 11, 2)
    assert nearest_open(calendar(begins=date(2026, 11, 7)), date(2026, 11, 6)) == date(2026, 11, 7)
    assert nearest_open(calendar(), date(2027, 8, 1)) is None


def test_a_span_begins_and_ends_on_open_days() -> None:
    week = (date(2026, 10, 24), date(2026, 11, 1))
    assert open_span(calendar(date(2026, 10, 24)), *week) == (date(2026, 10, 26), date(2026, 10, 31))
    assert open_span(calendar(), date(2027, 7, 1), date(2027, 7, 9)) is None


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (date(2025, 10, 6), date(2026, 10, 5)),
        (date(2026, 1, 19), date(2027, 1, 18)),
        (date(2025, 9, 5), date(2026, 9, 5)),
        (date(2026, 5, 31), date(2027, 5, 29)),
    ],
    ids=["Monday of the fifth week", "first Monday of the second term", "the first day", "a Sunday at the end"],
)
def test_a_day_of_last_year_becomes_the_same_weekday_of_the_same_week_of_its_term(then: date, now: date) -> None:
    old = (YearDates(date(2025, 9, 5), date(2026, 1, 17)), YearDates(date(2026, 1, 18), date(2026, 5, 31)))
    assert moved_to(then, old, calendar()) == now


def test_the_first_days_of_the_lunar_year_are_those_of_vietnam() -> None:
    tet = load_template().holidays.tet
    assert tet[2026] == date(2026, 2, 17) and tet[2027] == date(2027, 2, 6)
    assert tet[2030] == date(2030, 2, 2), "a day before China"
    kings = load_template().holidays.hung_kings
    assert {(kings[year] - tet[year]).days for year in tet} <= {67, 68, 69, 97, 98, 99}, (
        "69 days after, or a leap month"
    )


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        ("title = 3 =", "Expected newline"),
        (PATH.read_text(encoding="utf-8").replace('channel = "led"', 'channel = "lamp"'), "channel lamp"),
        (PATH.read_text(encoding="utf-8").replace("tet = 2026-02-17", 'tet = "17/2"'), "17/2 is no date"),
        (PATH.read_text(encoding="utf-8").replace("[talk]", "[talks]"), "talk"),
    ],
    ids=["no toml", "unknown channel", "no date", "part missing"],
)
def test_a_broken_template_file_says_where(broken: str, place: str) -> None:
    with pytest.raises(TemplateError, match=place):
        read_template(broken)
