"""The evidence grades of coverage.md §4.4, each with the reason why it is not the next one."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.curriculum.rules import Strand, grade_mask
from school_safety.planning.rules import Check, Grade, Judgement, Reason, StrandFacts, judge, no_facts, strand_grade

LEVELS = grade_mask([6, 7, 8, 9])
VERIFIED = StrandFacts(
    school_id=1,
    year_id=1,
    strand=Strand.ONLINE_SAFETY,
    declared=True,
    revision=1,
    elements=3,
    grades=LEVELS,
    complete=True,
    recorded=2,
    evidenced=2,
    accepted=1,
)


@pytest.mark.parametrize(
    ("change", "grade", "reason"),
    [
        pytest.param({"declared": None}, Grade.UNKNOWN, Reason.NOT_DECLARED, id="no answer is unknown, not no"),
        pytest.param({"declared": False}, Grade.G0, Reason.DECLARED_NO, id="a no is G0"),
        pytest.param({"declared": False, "withdrawn": True}, Grade.G0, Reason.WITHDRAWN, id="a withdrawn yes is G0"),
        pytest.param({"revision": None}, Grade.G1, Reason.NOT_PUBLISHED, id="a yes alone is G1"),
        pytest.param({"returned": Check.GRADES}, Grade.G1, Reason.RETURNED, id="a return takes back to G1"),
        pytest.param({"complete": False}, Grade.G1, Reason.INCOMPLETE, id="check ii"),
        pytest.param({"elements": 1}, Grade.G1, Reason.MISSING_ELEMENTS, id="check iii: (a) without (b)"),
        pytest.param({"elements": 12}, Grade.G1, Reason.MISSING_ELEMENTS, id="check iii: the other strand's elements"),
        pytest.param(
            {"grades": grade_mask([6, 7, 8])}, Grade.G1, Reason.MISSING_GRADES, id="check iv: grade 9 left out"
        ),
        pytest.param({"evidenced": 0, "accepted": 0}, Grade.G2, Reason.NO_EVIDENCED_DELIVERY, id="a plan alone is G2"),
        pytest.param({"accepted": 0}, Grade.G3, Reason.NONE_ACCEPTED, id="evidence makes G3"),
        pytest.param({}, Grade.G4, Reason.VERIFIED, id="an accepted delivery makes G4"),
    ],
)
def test_each_fact_that_is_missing_holds_the_grade_down(change: dict[str, Any], grade: Grade, reason: Reason) -> None:
    assert judge(replace(VERIFIED, **change), LEVELS) == Judgement(grade, reason)


def test_media_literacy_needs_reading_news_and_critical_thinking() -> None:
    facts = replace(VERIFIED, strand=Strand.MEDIA_LITERACY, elements=12)
    assert strand_grade(facts, LEVELS) is Grade.G4
    assert strand_grade(replace(facts, elements=3), LEVELS) is Grade.G1


def test_a_school_that_starts_teaching_grade_10_falls_back_without_any_row_of_the_programme_changing() -> None:
    assert strand_grade(VERIFIED, LEVELS | grade_mask([10])) is Grade.G1


def test_grades_have_stable_codes_and_an_order() -> None:
    assert [grade.code for grade in Grade] == ["unknown", "G0", "G1", "G2", "G3", "G4"]
    assert sorted(Grade) == list(Grade)


def test_a_school_without_any_fact_is_unknown() -> None:
    assert strand_grade(no_facts(7, 1, Strand.MEDIA_LITERACY), LEVELS) is Grade.UNKNOWN


facts = st.builds(
    StrandFacts,
    school_id=st.just(1),
    year_id=st.just(1),
    strand=st.sampled_from(Strand),
    declared=st.sampled_from([None, True, True, True, False]),
    withdrawn=st.booleans(),
    revision=st.sampled_from([None, 1, 2]),
    elements=st.integers(0, 15),
    grades=st.sampled_from([0, LEVELS, LEVELS | grade_mask([10])]),
    complete=st.booleans(),
    returned=st.sampled_from([None, None, *Check]),
    recorded=st.integers(0, 2),
    evidenced=st.integers(0, 2),
    accepted=st.integers(0, 2),
)


@given(facts)
def test_each_grade_includes_the_ones_below_it(known: StrandFacts) -> None:
    grade = strand_grade(known, LEVELS)
    assert (grade >= Grade.G1) == bool(known.declared)
    if grade >= Grade.G2:
        assert known.revision is not None and known.returned is None and known.complete
    if grade >= Grade.G3:
        assert known.evidenced > 0
    if grade is Grade.G4:
        assert known.accepted > 0


@given(facts, st.sampled_from(["evidenced", "accepted"]))
def test_more_proof_never_lowers_a_grade(known: StrandFacts, field: str) -> None:
    more = replace(known, **{field: getattr(known, field) + 1})
    assert strand_grade(more, LEVELS) >= strand_grade(known, LEVELS)
