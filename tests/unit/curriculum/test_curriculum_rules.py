"""Strands, elements and grades as masks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.curriculum.rules import (
    SECONDARY_GRADES,
    Element,
    Strand,
    covers_strand,
    element_mask,
    elements_of,
    grade_mask,
    grades_of,
    strands_of,
)


@given(st.sets(st.sampled_from(list(SECONDARY_GRADES))))
def test_a_mask_of_grades_gives_the_grades_back(grades: set[int]) -> None:
    assert grades_of(grade_mask(grades)) == tuple(sorted(grades))


@pytest.mark.parametrize("grade", [5, 13, 0, -1])
def test_a_grade_outside_secondary_school_has_no_bit(grade: int) -> None:
    with pytest.raises(ValueError, match="not one of 6 to 12"):
        grade_mask([grade])


@given(st.sets(st.sampled_from(list(Element))))
def test_a_mask_of_elements_gives_the_elements_back(elements: set[Element]) -> None:
    assert set(elements_of(element_mask(elements))) == elements


@pytest.mark.parametrize(
    ("elements", "strands", "covered"),
    [
        ("", set(), set()),
        ("a", {Strand.ONLINE_SAFETY}, set()),
        ("ab", {Strand.ONLINE_SAFETY}, {Strand.ONLINE_SAFETY}),
        ("bd", set(Strand), set()),
        ("bcd", set(Strand), {Strand.MEDIA_LITERACY}),
        ("abcd", set(Strand), set(Strand)),
    ],
)
def test_one_element_serves_a_strand_and_both_cover_it(
    elements: str, strands: set[Strand], covered: set[Strand]
) -> None:
    mask = element_mask(elements)
    assert strands_of(mask) == strands
    assert {strand for strand in Strand if covers_strand(mask, strand)} == covered


def test_an_unknown_letter_is_no_element() -> None:
    with pytest.raises(ValueError, match="e"):
        element_mask(["e"])
