"""Coverage rules: eligibility, the ladder as counts, verdicts and shown shares in integers."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.coverage import rules
from school_safety.coverage.readers import DefinitionError, load_definition, read_definition
from school_safety.coverage.rules import (
    Definition,
    Exclusion,
    Judged,
    Phase,
    Presence,
    Shown,
    Tally,
    Threshold,
    Verdict,
    count_school,
    exclusion,
    judge,
    phase,
    reference_date,
    shown_share,
    shows_share,
    tally,
)
from school_safety.planning.rules import Comparator, Grade
from school_safety.registry.rules import SchoolKind, SchoolStatus, YearDates, grade_mask

YEAR = YearDates(date(2026, 9, 5), date(2027, 1, 18), date(2027, 5, 31))
DEFINITION = load_definition()
LOWER = grade_mask(range(6, 10))


def a_presence(
    kind: SchoolKind = SchoolKind.THCS,
    grades: int = LOWER,
    status: SchoolStatus = SchoolStatus.OPEN,
    since: date | None = date(2001, 9, 1),
    opened_on: date | None = date(2001, 9, 1),
    merged: bool = False,
    succeeds: bool = False,
) -> Presence:
    return Presence(kind, grades, status, since, opened_on, merged, succeeds)


@pytest.mark.parametrize(
    ("school", "reason"),
    [
        pytest.param(a_presence(), None, id="an open lower secondary school counts"),
        pytest.param(a_presence(kind=SchoolKind.TH_THCS_THPT), None, id="a multi-level school counts"),
        pytest.param(a_presence(kind=SchoolKind.BOARDING), None, id="a boarding school counts"),
        pytest.param(a_presence(kind=SchoolKind.CENTRE), Exclusion.CENTRE, id="a centre is reported apart"),
        pytest.param(a_presence(kind=SchoolKind.COLLEGE), Exclusion.CENTRE, id="a college is reported apart"),
        pytest.param(a_presence(kind=SchoolKind.PRIMARY, grades=0), Exclusion.PRIMARY_ONLY, id="primary only"),
        pytest.param(a_presence(status=SchoolStatus.CLOSED), Exclusion.CLOSED, id="dissolved"),
        pytest.param(a_presence(status=SchoolStatus.CLOSED, merged=True), Exclusion.MERGED, id="merged away"),
        pytest.param(
            a_presence(status=SchoolStatus.PLANNED, since=None, opened_on=None), Exclusion.PLANNED, id="not yet open"
        ),
        pytest.param(
            a_presence(status=SchoolStatus.SUSPENDED, since=date(2026, 9, 5)),
            Exclusion.SUSPENDED,
            id="suspended from the first day of the year",
        ),
        pytest.param(
            a_presence(status=SchoolStatus.SUSPENDED, since=date(2026, 9, 6)),
            None,
            id="suspended a day later: it operated in the year and counts",
        ),
        pytest.param(
            a_presence(opened_on=date(2027, 1, 18)), None, id="opened on the first day of the second term counts"
        ),
        pytest.param(
            a_presence(opened_on=date(2027, 1, 19)), Exclusion.OPENED_LATE, id="opened a day later waits a year"
        ),
        pytest.param(
            a_presence(opened_on=date(2027, 3, 1), succeeds=True), None, id="a successor of a merger is never late"
        ),
        pytest.param(a_presence(opened_on=None), None, id="a school whose first day is not known counts"),
        pytest.param(
            a_presence(kind=SchoolKind.CENTRE, status=SchoolStatus.CLOSED),
            Exclusion.CLOSED,
            id="what no longer exists is closed, whatever its kind",
        ),
    ],
)
def test_a_school_is_in_or_out_for_one_named_reason(school: Presence, reason: Exclusion | None) -> None:
    assert exclusion(school, YEAR, DEFINITION) is reason


def test_another_definition_may_count_schools_that_opened_late_and_centres() -> None:
    generous = Definition("x", "1", date(2026, 1, 1), (), frozenset(), late_counts_next_year=False)
    assert exclusion(a_presence(opened_on=date(2027, 5, 1)), YEAR, generous) is None
    assert exclusion(a_presence(kind=SchoolKind.CENTRE), YEAR, generous) is None


def test_schools_are_counted_on_the_as_of_day_and_never_after_the_last_day_of_the_year() -> None:
    assert reference_date(YEAR, date(2026, 11, 22)) == date(2026, 11, 22)
    assert reference_date(YEAR, date(2027, 8, 1)) == YEAR.ends_on
    assert phase(YEAR, YEAR.ends_on) is Phase.IN_YEAR
    assert phase(YEAR, date(2027, 6, 1)) is Phase.CLOSED


@pytest.mark.parametrize(
    ("grade", "counts"),
    [
        (Grade.UNKNOWN, Tally(1, 0, 1, 0, 0, 0, 0)),
        (Grade.G0, Tally(1, 0, 0, 0, 0, 0, 0)),
        (Grade.G1, Tally(1, 0, 0, 1, 0, 0, 0)),
        (Grade.G2, Tally(1, 0, 0, 1, 1, 0, 0)),
        (Grade.G3, Tally(1, 0, 0, 1, 1, 1, 0)),
        (Grade.G4, Tally(1, 0, 0, 1, 1, 1, 1)),
    ],
    ids=lambda value: value.code if isinstance(value, Grade) else "",
)
def test_a_grade_counts_on_every_step_below_it(grade: Grade, counts: Tally) -> None:
    assert count_school(grade) == counts


grades = st.lists(st.one_of(st.none(), st.sampled_from(Grade)), max_size=60)


@given(grades, grades)
def test_counts_of_two_areas_add_up_to_the_counts_of_both(one: list[Grade | None], other: list[Grade | None]) -> None:
    assert tally(one) + tally(other) == tally(one + other)


@given(grades)
def test_the_ladder_never_rises_and_nobody_is_lost(schools: list[Grade | None]) -> None:
    counts = tally(schools)
    steps = [counts.at_least(grade) for grade in (Grade.G1, Grade.G2, Grade.G3, Grade.G4)]
    assert counts.denominator >= steps[0] >= steps[1] >= steps[2] >= steps[3] >= 0
    assert counts.denominator + counts.excluded == len(schools)
    assert counts.unknown + counts.g1 <= counts.denominator


MORE_THAN_80 = Threshold(Comparator.GT, 80)
MORE_THAN_70 = Threshold(Comparator.GT, 70)
AT_LEAST_80 = Threshold(Comparator.GE, 80)


@pytest.mark.parametrize(
    ("threshold", "denominator", "least"),
    [
        (MORE_THAN_80, 15_000, 12_001),
        (MORE_THAN_70, 15_000, 10_501),
        (MORE_THAN_80, 441, 353),
        (MORE_THAN_70, 441, 309),
        (MORE_THAN_80, 15, 13),
        (MORE_THAN_70, 15, 11),
        (MORE_THAN_80, 25, 21),
        (MORE_THAN_70, 25, 18),
        (AT_LEAST_80, 25, 20),
        (AT_LEAST_80, 26, 21),
        (MORE_THAN_80, 346, 277),
        (MORE_THAN_70, 346, 243),
        (Threshold(Comparator.GE, 100), 9, 9),
    ],
)
def test_the_smallest_count_that_meets_a_target(threshold: Threshold, denominator: int, least: int) -> None:
    assert threshold.smallest_met(denominator) == least
    assert threshold.is_met(least, denominator)
    assert not threshold.is_met(least - 1, denominator)


@given(st.sampled_from(Comparator), st.integers(0, 100), st.integers(1, 20_000), st.data())
def test_the_verdict_is_that_of_exact_fractions(
    comparator: Comparator, percent: int, denominator: int, data: st.DataObject
) -> None:
    numerator = data.draw(st.integers(0, denominator))
    exact, target = Fraction(numerator, denominator), Fraction(percent, 100)
    threshold = Threshold(comparator, percent)
    assert threshold.is_met(numerator, denominator) is (
        exact > target if comparator is Comparator.GT else exact >= target
    )
    assert threshold.is_met(numerator, denominator) is (numerator >= threshold.smallest_met(denominator))


@pytest.mark.parametrize(
    ("numerator", "unknown", "denominator", "threshold", "expected"),
    [
        pytest.param(20, 0, 25, MORE_THAN_80, Judged(Verdict.NOT_MET, True, 1, None, 21), id="exactly 80 is not above"),
        pytest.param(21, 0, 25, MORE_THAN_80, Judged(Verdict.MET, True, 0, 0, 21), id="one more is met, none to spare"),
        pytest.param(21, 4, 25, MORE_THAN_80, Judged(Verdict.MET, True, 0, 0, 21), id="met is settled with unknowns"),
        pytest.param(20, 0, 25, AT_LEAST_80, Judged(Verdict.MET, True, 0, 0, 20), id="at least 80 is met at 80"),
        pytest.param(18, 0, 25, MORE_THAN_70, Judged(Verdict.MET, True, 0, 0, 18), id="18 of 25 is above 70"),
        pytest.param(19, 1, 25, MORE_THAN_80, Judged(Verdict.NOT_MET, True, 2, None, 21), id="one unknown cannot help"),
        pytest.param(
            19, 2, 25, MORE_THAN_80, Judged(Verdict.NOT_MET, False, 2, None, 21), id="two unknown still could"
        ),
        pytest.param(
            0, 0, 0, MORE_THAN_80, Judged(Verdict.NO_DENOMINATOR), id="no school is neither 0 nor 100 per cent"
        ),
        pytest.param(0, 0, 0, None, Judged(Verdict.NO_DENOMINATOR), id="no school and no target"),
        pytest.param(5, 3, 9, None, Judged(Verdict.NO_TARGET), id="no target has no verdict"),
        pytest.param(
            84, 0, 105, MORE_THAN_80, Judged(Verdict.NOT_MET, True, 1, None, 85), id="84 of 105 is 80,0 not met"
        ),
    ],
)
def test_a_verdict_says_whether_it_is_settled_and_what_is_missing(
    numerator: int, unknown: int, denominator: int, threshold: Threshold | None, expected: Judged
) -> None:
    assert judge(numerator, unknown, denominator, threshold) == expected


@given(st.sampled_from(Comparator), st.integers(0, 99), st.integers(1, 500), st.data())
def test_needed_is_exactly_enough_and_settled_means_that_no_answer_changes_it(
    comparator: Comparator, percent: int, denominator: int, data: st.DataObject
) -> None:
    numerator = data.draw(st.integers(0, denominator))
    unknown = data.draw(st.integers(0, denominator - numerator))
    threshold = Threshold(comparator, percent)
    judged = judge(numerator, unknown, denominator, threshold)
    assert judged.needed is not None
    assert threshold.is_met(numerator + judged.needed, denominator)
    assert judged.needed == 0 or not threshold.is_met(numerator + judged.needed - 1, denominator)
    outcomes = {threshold.is_met(numerator + answered, denominator) for answered in range(unknown + 1)}
    if judged.verdict is Verdict.NOT_MET:
        assert judged.settled is (outcomes == {False})
    else:
        assert outcomes == {True}
        assert judged.spare is not None
        assert judged.spare >= 0


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent", "units", "decimals"),
    [
        (7_996, 10_000, 80, 7_996, 2),
        (12_000, 15_000, 80, 800, 1),
        (12_001, 15_000, 80, 8_001, 2),
        (20, 25, 80, 800, 1),
        (18, 25, 70, 720, 1),
        (84, 105, 80, 800, 1),
        (5, 6, 80, 833, 1),
        (1, 3, None, 333, 1),
        (1, 16, None, 63, 1),
        (0, 9, 80, 0, 1),
        (9, 9, 80, 1_000, 1),
        (8_999_999, 9_000_000, 100, 9_999_999, 5),
    ],
)
def test_a_shown_share_never_contradicts_its_target(
    numerator: int, denominator: int, percent: int | None, units: int, decimals: int
) -> None:
    assert shown_share(numerator, denominator, percent) == Shown(units, decimals)


def test_nothing_is_shown_over_nothing() -> None:
    assert shown_share(0, 0, 80) is None


@pytest.mark.parametrize("percent", [70, 80])
def test_every_share_near_a_target_is_shown_on_its_true_side_with_three_decimals_at_most(percent: int) -> None:
    for denominator in range(1, 3001):
        border = percent * denominator // 100
        for numerator in range(max(0, border - 3), min(denominator, border + 4) + 1):
            shown = shown_share(numerator, denominator, percent)
            assert shown is not None
            printed = Fraction(shown.units, 10**shown.decimals)
            exact = Fraction(100 * numerator, denominator)
            assert (printed > percent) is (exact > percent), (numerator, denominator)
            assert (printed < percent) is (exact < percent), (numerator, denominator)
            assert shown.decimals <= 3, (numerator, denominator)
            assert abs(printed - exact) * 2 * 10**shown.decimals <= 1, (numerator, denominator)


def test_areas_under_five_schools_show_no_share() -> None:
    assert [shows_share(count, DEFINITION) for count in (0, 4, 5)] == [False, False, True]


# ---- The definition file ----


def test_the_definition_names_both_programme_indicators_with_their_headline_grade() -> None:
    assert [(row.code, row.headline) for row in DEFINITION.indicators] == [
        ("os_programme", Grade.G3),
        ("ml_programme", Grade.G3),
    ]
    assert DEFINITION.name == f"{DEFINITION.id} {DEFINITION.version}"


GOOD = """
id = "coverage"
version = "1"
valid_from = 2026-08-01
indicator = [{code = "os_programme", strand = "online_safety", headline = "G3"}]
[eligibility]
counts_when_opened_by = "year_end"
reported_apart = ["centre"]
[display]
decimals = 1
small_area = 5
"""


def test_a_definition_may_count_schools_until_the_end_of_the_year() -> None:
    assert read_definition(GOOD).late_counts_next_year is False


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("version", "versio", "version"),
        ("2026-08-01", '"soon"', "valid_from"),
        ('"year_end"', '"whenever"', "counts_when_opened_by"),
        ('"centre"', '"circus"', "circus"),
        ('"G3"', '"G9"', "G9"),
        ("id =", "id", "line 2"),
    ],
)
def test_a_definition_that_is_not_understood_is_refused_with_its_place(old: str, new: str, named: str) -> None:
    with pytest.raises(DefinitionError, match=named):
        read_definition(GOOD.replace(old, new, 1))


def test_rules_hold_no_floating_point() -> None:
    assert not any(isinstance(value, float) for value in vars(rules).values())
