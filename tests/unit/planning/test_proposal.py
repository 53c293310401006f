"""A proposed year: lessons spread evenly, boosters four weeks after, every check passing whatever a school chooses."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.curriculum.rules import LOWER_SECONDARY, SECONDARY_GRADES, UPPER_SECONDARY, Strand, grade_mask
from school_safety.planning.readers import load_template
from school_safety.planning.rules import (
    LineKind,
    Proposal,
    Proposed,
    Schedule,
    SchoolCalendar,
    TeachableLesson,
    Wishes,
    YearDates,
    days_between,
    proposal_problems,
    propose_year,
    slot_of_lesson,
    slots_for,
    teaching_weeks,
    yearly_days,
)
from school_safety.planning.rules.proposing import spread

TEMPLATE = load_template()
OS, ML = Strand.ONLINE_SAFETY, Strand.MEDIA_LITERACY
EVERY = grade_mask(SECONDARY_GRADES)
THCS, THPT = grade_mask(LOWER_SECONDARY), grade_mask(UPPER_SECONDARY)


def a_calendar(first: int = 2026, begins: date | None = None) -> SchoolCalendar:
    year = YearDates(date(first, 9, 5), date(first + 1, 5, 31))
    second = date(first + 1, 1, 18)
    tet = TEMPLATE.holidays.tet[first + 1]
    closed = (
        yearly_days(TEMPLATE.holidays.fixed, year)
        | {TEMPLATE.holidays.hung_kings[first + 1]}
        | days_between(tet - timedelta(days=7), tet + timedelta(days=7))
    )
    terms = (YearDates(year.starts_on, second - timedelta(days=1)), YearDates(second, year.ends_on))
    return SchoolCalendar(year, terms, closed, begins or year.starts_on)


def a_lesson(code: str, grade: int, **changes: Any) -> TeachableLesson:
    strand = OS if code.startswith("OS") else ML
    told = {
        "code": code,
        "strand": strand,
        "grades": 1 << grade,
        "elements": 3 if strand is OS else 12,
        "minutes": 45,
        "title": {"vi": f"Bài {code}", "en": f"Lesson {code}"},
        "subjects": (f"Tin học {grade} D",),
        **changes,
    }
    return TeachableLesson(**told)


LIBRARY = tuple(
    a_lesson(f"{strand}-{grade:02d}-{number:02d}", grade)
    for grade in SECONDARY_GRADES
    for strand in ("OS", "ML")
    for number in (1, 2, 3)
)


def wishes(dose: int = 1, **changes: Any) -> Wishes:
    told: dict[str, Any] = {
        "doses": {(grade, strand): dose for grade in SECONDARY_GRADES for strand in Strand},
        "slots": {},
        "days": frozenset(day.code for day in TEMPLATE.days if day.chosen),
        "regulars": frozenset(each.code for each in TEMPLATE.regulars if each.chosen),
        **changes,
    }
    return Wishes(**told)


def propose(calendar: SchoolCalendar | None = None, levels: int = THCS, **options: Any) -> Proposal:
    told = {"lessons": LIBRARY, "wishes": wishes(), **options}
    return propose_year(TEMPLATE, calendar or a_calendar(), levels=levels, **told)


def by_key(proposal: Proposal) -> Mapping[str, Proposed]:
    return {line.key: line for line in proposal.lines}


@pytest.mark.parametrize(
    ("count", "places", "expected"),
    [(2, 16, [4, 12]), (6, 24, [2, 6, 10, 14, 18, 22]), (1, 1, [0]), (3, 2, [0, 1]), (0, 9, []), (2, 0, [])],
)
def test_things_lie_in_the_middle_of_equal_parts(count: int, places: int, expected: list[int]) -> None:
    assert spread(count, places) == expected


def test_a_grade_has_its_lessons_evenly_and_the_strands_in_turn() -> None:
    proposal = propose(wishes=wishes(3))
    lines = [line for line in proposal.lines if line.kind is LineKind.LESSON and line.grades == 1 << 6]
    assert [line.lessons[0] for line in lines] == [
        *("OS-06-01", "ML-06-01", "OS-06-02", "ML-06-02", "OS-06-03", "ML-06-03")
    ]
    weeks = teaching_weeks(a_calendar())
    places = [weeks.index(line.starts_on) for line in lines]
    assert {after - before for before, after in pairwise(places)} == {3, 4}, "weeks of lessons, Tết not counted"
    first = lines[0]
    assert (first.starts_on.weekday(), first.ends_on) == (0, first.starts_on + timedelta(days=4))
    assert first.title == {"vi": "Bài học khối 6: Bài OS-06-01", "en": "Grade 6 lesson: Lesson OS-06-01"}


def test_a_booster_follows_every_round_four_weeks_later() -> None:
    lines = by_key(propose())
    lesson, booster = lines["lesson-OS-06-01-6"], lines["booster-online_safety-1"]
    assert booster.starts_on == lesson.starts_on + timedelta(weeks=4)
    assert booster.lessons == ("OS-06-01", "OS-07-01", "OS-08-01", "OS-09-01")
    assert (booster.grades, booster.elements, booster.channel) == (THCS, 3, "online_quiz")


def test_a_booster_that_would_fall_into_tet_comes_in_the_first_week_after() -> None:
    lines = by_key(propose(a_calendar(begins=date(2026, 11, 22))))
    assert lines["lesson-OS-06-01-6"].starts_on == date(2026, 12, 14)
    assert lines["booster-online_safety-1"].starts_on == date(2027, 2, 15)


def test_without_boosters_the_lessons_use_the_whole_year() -> None:
    lines = propose(wishes=wishes(boosters=False)).lines
    assert not any(line.kind is LineKind.BOOSTER for line in lines)
    assert max(line.starts_on for line in lines if line.kind is LineKind.LESSON) > date(2027, 3, 1)


def test_a_lesson_of_ninety_minutes_goes_on_in_the_next_week() -> None:
    long = a_lesson("OS-06-01", 6, minutes=90)
    line = by_key(propose(levels=1 << 6, lessons=[long]))["lesson-OS-06-01-6"]
    assert line.ends_on is not None and line.ends_on - line.starts_on == timedelta(days=11)


def test_lessons_for_which_no_week_is_left_are_told() -> None:
    proposal = propose(a_calendar(begins=date(2027, 4, 26)), levels=1 << 6, wishes=wishes(3))
    assert [code for _, code in proposal.unplaced] == ["OS-06-02", "ML-06-02", "OS-06-03", "ML-06-03"]


def test_informatics_is_proposed_only_where_every_pupil_has_it() -> None:
    slots = {
        grade: slot_of_lesson(TEMPLATE, a_lesson(f"OS-{grade:02d}-01", grade), grade, "").code for grade in (6, 9, 10)
    }
    assert slots == {6: "informatics", 9: "informatics", 10: "class_meeting"}
    literature = a_lesson("ML-10-02", 10, subjects=("Ngữ văn 10", "Tin học 10 D"))
    assert slot_of_lesson(TEMPLATE, literature, 10, "").code == "literature"
    assert slot_of_lesson(TEMPLATE, literature, 10, "experience").code == "experience"
    assert slot_of_lesson(TEMPLATE, literature, 10, "informatics").code == "literature", "not offered in grade 10"


def test_elective_subjects_are_offered_last_and_informatics_not_at_all_in_grades_10_to_12() -> None:
    upper = [slot.code for slot in slots_for(TEMPLATE, THPT)]
    assert "informatics" not in upper and upper[-1] == "economics_law"
    assert next(slot.code for slot in slots_for(TEMPLATE, THCS)) == "informatics"
    assert slots_for(TEMPLATE, 0) == []


def test_a_useful_day_on_a_holiday_is_marked_on_the_next_school_monday() -> None:
    lines = by_key(propose())
    assert lines["day-law"].starts_on == date(2026, 11, 9)
    assert lines["day-safer_internet"].starts_on == date(2027, 2, 15), "9 February 2027 lies in the break at Tết"
    assert lines["day-media_literacy_week"].schedule is Schedule.WINDOW
    assert "day-cyber_security" not in lines, "6 August lies in the summer"


def test_what_is_over_is_not_proposed_and_what_was_missed_comes_later() -> None:
    lines = by_key(propose(a_calendar(begins=date(2026, 11, 22))))
    assert "day-law" not in lines
    assert lines["regular-training_first"].starts_on == date(2026, 11, 28)
    assert lines["regular-parents_first"].starts_on > lines["regular-training_first"].starts_on
    late = by_key(propose(a_calendar(begins=date(2027, 3, 1))))
    assert "regular-training_first" not in late, "its term is over"


def test_outreach_names_the_years_lessons_whose_kits_it_uses() -> None:
    lines = by_key(propose(levels=1 << 6))
    assert lines["regular-parents_first"].lessons == ("OS-06-01", "ML-06-01")
    assert (lines["regular-parents_first"].grades, lines["regular-parents_first"].parents) == (0, True)
    assert lines["regular-training_first"].staff and not lines["regular-training_first"].lessons


@pytest.mark.parametrize(
    ("levels", "youth"),
    [(THCS, "Liên đội"), (THPT, "Đoàn trường"), (EVERY, "Đoàn trường, Liên đội")],
    ids=["lower", "upper", "both"],
)
def test_the_youth_organisation_is_the_one_of_the_schools_grades(levels: int, youth: str) -> None:
    assert by_key(propose(levels=levels))["day-law"].lead_unit.startswith(youth)


def test_a_school_that_wants_nothing_gets_a_talk_for_each_strand() -> None:
    bare = wishes(0, days=frozenset(), regulars=frozenset())
    proposal = propose(levels=THPT, wishes=bare)
    assert [(line.key, line.grades, line.elements) for line in proposal.lines] == [
        ("talk-online_safety", THPT, 3),
        ("talk-media_literacy", THPT, 12),
    ]
    assert all(line.starts_on.weekday() == 0 for line in proposal.lines)


def test_grades_without_a_published_lesson_are_reached_by_a_talk() -> None:
    only_six = [lesson for lesson in LIBRARY if lesson.grades == 1 << 6]
    bare = wishes(days=frozenset(), regulars=frozenset())
    lines = by_key(propose(lessons=only_six, wishes=bare))
    assert lines["talk-online_safety"].grades == THCS & ~(1 << 6)
    assert not any("-07-" in key for key in lines), "no lesson where none is published"


@given(
    levels=st.integers(1, 127).map(lambda bits: bits << 6),
    first=st.integers(2024, 2035),
    late=st.integers(0, 268),
    dose=st.integers(0, 3),
    library=st.frozensets(st.integers(0, len(LIBRARY) - 1)),
    days=st.frozensets(st.sampled_from([day.code for day in TEMPLATE.days])),
    regulars=st.frozensets(st.sampled_from([each.code for each in TEMPLATE.regulars])),
    boosters=st.booleans(),
    clear=st.booleans(),
)
def test_whatever_a_school_chooses_every_check_passes_and_no_line_falls_on_a_day_off(
    levels: int, first: int, late: int, dose: int, library: frozenset[int], **choices: Any
) -> None:
    calendar = a_calendar(first, date(first, 9, 5) + timedelta(days=late))
    wanted = wishes(
        dose,
        days=choices["days"],
        regulars=choices["regulars"],
        boosters=choices["boosters"],
        clear_of_exams=choices["clear"],
    )
    lessons = [LIBRARY[number] for number in sorted(library)]
    proposal = propose_year(TEMPLATE, calendar, levels=levels, lessons=lessons, wishes=wanted)
    if any(calendar.is_open(day) for day in days_between(calendar.begins, calendar.year.ends_on)):
        assert proposal_problems(proposal.lines, calendar, levels) == []
    assert len({line.key for line in proposal.lines}) == len(proposal.lines)
    for line in proposal.lines:
        assert all(calendar.is_open(day) for day in (line.starts_on, line.ends_on) if day is not None), line
        assert line.kind is not LineKind.LESSON or line.lessons[0] in {lesson.code for lesson in lessons}
        assert "{" not in line.title["vi"] + line.title["en"] + line.lead_unit + "".join(line.coordinating_units)
