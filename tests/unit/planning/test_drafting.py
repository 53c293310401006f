"""The drafting checks (ii) to (iv) of coverage.md §4.3: what fails, where, and which strand it holds back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.curriculum.rules import Element, Strand, grade_mask
from school_safety.planning.rules import (
    ActivityDraft,
    Check,
    ProblemCode,
    Recurrence,
    Schedule,
    StrandFacts,
    YearDates,
    copied_unchanged,
    draft_problems,
    element_matrix,
    served_strands,
    strand_content,
    strand_grade,
    strand_problems,
)

OS, ML = Strand.ONLINE_SAFETY, Strand.MEDIA_LITERACY
YEAR = YearDates(date(2026, 9, 5), date(2027, 5, 31))
LEVELS = grade_mask([6, 7, 8, 9])
SAFE_WEEK = ActivityDraft(
    key=1,
    title="Tuần lễ An toàn trên mạng",
    lead_unit="Liên đội",
    coordinating_units=("Tổ Tin học",),
    schedule=Schedule.WINDOW,
    starts_on=date(2026, 10, 5),
    ends_on=date(2026, 10, 9),
    channel="flag_ceremony",
    grades=LEVELS,
    elements=3,
)
NEWS_TALK = replace(SAFE_WEEK, key=2, title="Chuyên đề Đọc tin", channel="class_talk", elements=12)


def codes(*activities: ActivityDraft) -> list[tuple[ProblemCode, int | None, str | None]]:
    found = draft_problems(activities, year=YEAR, levels=LEVELS)
    return [(problem.code, problem.activity, problem.field) for problem in found]


def test_a_document_with_the_elements_of_both_strands_serves_both() -> None:
    found = draft_problems([SAFE_WEEK, NEWS_TALK], year=YEAR, levels=LEVELS)
    assert found == []
    assert served_strands(found) == {OS, ML}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        pytest.param({"title": ""}, ProblemCode.NO_TITLE, "title", id="title"),
        pytest.param({"lead_unit": ""}, ProblemCode.NO_LEAD_UNIT, "lead_unit", id="lead unit"),
        pytest.param(
            {"coordinating_units": ()}, ProblemCode.NO_COORDINATING_UNIT, "coordinating_units", id="coordinating units"
        ),
        pytest.param({"channel": None}, ProblemCode.NO_CHANNEL, "channel", id="channel"),
        pytest.param(
            {"channel": "smoke_signals"}, ProblemCode.NO_CHANNEL, "channel", id="channel not in the catalogue"
        ),
        pytest.param({"starts_on": None}, ProblemCode.NO_START, "starts_on", id="first day"),
        pytest.param({"ends_on": None}, ProblemCode.NO_END, "ends_on", id="last day of a window"),
        pytest.param({"ends_on": date(2026, 10, 4)}, ProblemCode.ENDS_BEFORE_START, "ends_on", id="ends before start"),
        pytest.param({"starts_on": date(2026, 9, 4)}, ProblemCode.OUTSIDE_YEAR, "starts_on", id="day before the year"),
        pytest.param({"ends_on": date(2027, 6, 1)}, ProblemCode.OUTSIDE_YEAR, "ends_on", id="day after the year"),
        pytest.param(
            {"schedule": Schedule.RECURRING}, ProblemCode.NO_RECURRENCE, "recurrence", id="how often it comes back"
        ),
    ],
)
def test_each_missing_part_is_located_and_holds_back_only_the_strand_of_its_activity(
    change: dict[str, Any], code: ProblemCode, field: str
) -> None:
    found = draft_problems([replace(SAFE_WEEK, **change), NEWS_TALK], year=YEAR, levels=LEVELS)
    assert [(problem.check, problem.code, problem.activity, problem.field) for problem in found] == [
        (Check.COMPLETE, code, 1, field)
    ]
    assert served_strands(found) == {ML}


def test_an_activity_for_nobody_lacks_an_audience_and_leaves_its_grades_out() -> None:
    found = codes(replace(SAFE_WEEK, grades=0), NEWS_TALK)
    assert found == [(ProblemCode.NO_AUDIENCE, 1, "grades"), (ProblemCode.MISSING_GRADES, None, None)]


@pytest.mark.parametrize("audience", [{"parents": True}, {"staff": True}])
def test_parents_or_staff_are_an_audience_but_reach_no_grade(audience: dict[str, bool]) -> None:
    found = codes(replace(SAFE_WEEK, grades=0, **audience), NEWS_TALK)  # type: ignore[arg-type]  # a dict of bools
    assert found == [(ProblemCode.MISSING_GRADES, None, None)]


def test_a_one_off_activity_needs_only_its_day() -> None:
    assert codes(replace(SAFE_WEEK, schedule=Schedule.ONE_OFF, ends_on=None), NEWS_TALK) == []


def test_a_recurring_activity_says_how_often() -> None:
    weekly = replace(SAFE_WEEK, schedule=Schedule.RECURRING, recurrence=Recurrence.WEEKLY)
    assert codes(weekly, NEWS_TALK) == []


def test_the_first_and_last_day_of_the_year_are_inside() -> None:
    all_year = replace(SAFE_WEEK, schedule=Schedule.CONTINUOUS, starts_on=YEAR.starts_on, ends_on=YEAR.ends_on)
    assert codes(all_year, NEWS_TALK) == []


def test_without_dates_both_ends_are_named() -> None:
    found = codes(replace(SAFE_WEEK, starts_on=None, ends_on=None), NEWS_TALK)
    assert found == [(ProblemCode.NO_START, 1, "starts_on"), (ProblemCode.NO_END, 1, "ends_on")]


def test_an_empty_draft_names_every_check_it_fails() -> None:
    found = draft_problems([], year=YEAR, levels=LEVELS)
    assert [problem.code for problem in strand_problems(found, OS)] == [
        ProblemCode.NO_ACTIVITY,
        ProblemCode.MISSING_ELEMENTS,
        ProblemCode.MISSING_GRADES,
    ]
    assert served_strands(found) == frozenset()


def test_the_missing_element_and_the_grades_left_out_are_named() -> None:
    only_news = replace(NEWS_TALK, elements=Element.C.bit, grades=grade_mask([6, 7]))
    (elements, grades) = strand_problems(draft_problems([SAFE_WEEK, only_news], year=YEAR, levels=LEVELS), ML)
    assert (elements.check, elements.elements) == (Check.ELEMENTS, Element.D.bit)
    assert (grades.check, grades.grades) == (Check.GRADES, grade_mask([8, 9]))


def test_grades_of_another_strands_activity_do_not_count() -> None:
    talk_for_six = replace(NEWS_TALK, grades=grade_mask([6]))
    found = draft_problems([SAFE_WEEK, talk_for_six], year=YEAR, levels=LEVELS)
    assert served_strands(found) == {OS}


def test_one_activity_may_serve_both_strands() -> None:
    found = draft_problems([replace(SAFE_WEEK, elements=15)], year=YEAR, levels=LEVELS)
    assert served_strands(found) == {OS, ML}


def test_an_activity_without_elements_is_a_hint_but_must_still_be_complete() -> None:
    other = replace(SAFE_WEEK, key=3, elements=0)
    hint = draft_problems([SAFE_WEEK, NEWS_TALK, other], year=YEAR, levels=LEVELS)
    assert [(problem.code, problem.strands) for problem in hint] == [(ProblemCode.NO_ELEMENT, frozenset())]
    assert served_strands(hint) == {OS, ML}
    incomplete = draft_problems([SAFE_WEEK, NEWS_TALK, replace(other, lead_unit="")], year=YEAR, levels=LEVELS)
    assert served_strands(incomplete) == frozenset()


def test_last_years_programme_with_no_changed_date_fails_at_each_activity() -> None:
    copies = [
        replace(activity, copied_dates=(date(2025, 10, 5), date(2025, 10, 9))) for activity in (SAFE_WEEK, NEWS_TALK)
    ]
    found = draft_problems(copies, year=YEAR, levels=LEVELS)
    assert [(problem.code, problem.activity) for problem in found] == [
        (ProblemCode.COPIED_UNCHANGED, 1),
        (ProblemCode.COPIED_UNCHANGED, 2),
    ]
    assert served_strands(found) == frozenset()


def test_one_changed_date_or_one_new_activity_makes_it_this_years_programme() -> None:
    copy = replace(SAFE_WEEK, copied_dates=(date(2025, 10, 5), date(2025, 10, 9)))
    assert copied_unchanged([copy])
    assert not copied_unchanged([replace(copy, ends_on=date(2026, 10, 10))])
    assert not copied_unchanged([copy, NEWS_TALK])
    assert not copied_unchanged([])


def test_a_copy_of_a_one_off_activity_compares_its_day_alone() -> None:
    copy = replace(SAFE_WEEK, ends_on=None, copied_dates=(date(2025, 10, 5), None))
    assert copied_unchanged([copy])


def test_the_matrix_shows_which_grade_meets_which_element() -> None:
    matrix = element_matrix([SAFE_WEEK, replace(NEWS_TALK, elements=4, grades=grade_mask([6]))])
    assert matrix == {Element.A: LEVELS, Element.B: LEVELS, Element.C: grade_mask([6]), Element.D: 0}


words = st.sampled_from(["", "Đội"])
drafts = st.builds(
    ActivityDraft,
    key=st.integers(1, 9),
    title=words,
    lead_unit=words,
    coordinating_units=st.sampled_from([(), ("Tổ Tin học",)]),
    schedule=st.sampled_from(Schedule),
    starts_on=st.sampled_from([None, date(2026, 9, 4), date(2026, 10, 5)]),
    ends_on=st.sampled_from([None, date(2026, 10, 9), date(2027, 6, 1)]),
    recurrence=st.sampled_from([None, Recurrence.WEEKLY]),
    channel=st.sampled_from([None, "led"]),
    grades=st.sampled_from([0, LEVELS]),
    elements=st.integers(0, 15),
)


@given(st.lists(drafts | st.just(SAFE_WEEK) | st.just(NEWS_TALK), max_size=4), st.sampled_from(Strand))
def test_a_strand_is_served_exactly_when_the_published_facts_would_give_g2(
    activities: list[ActivityDraft], strand: Strand
) -> None:
    problems = draft_problems(activities, year=YEAR, levels=LEVELS)
    content = strand_content(activities, strand, year=YEAR)
    facts = StrandFacts(
        1,
        1,
        strand,
        declared=True,
        revision=1,
        elements=content.elements,
        grades=content.grades,
        complete=content.complete,
    )
    assert (strand in served_strands(problems)) == (strand_grade(facts, LEVELS).code == "G2")
