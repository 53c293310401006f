"""The arithmetic that all types share."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import Part, State, exact, is_text, score_of, shuffled, state_of
from school_safety.assessment.types import TYPES
from tests.factories.assessment import headlines


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (1, Fraction(1)),
        (0.5, Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        (0.3333333, Fraction(1, 3)),
        (0.33333, Fraction(1, 3)),
        (0.1666667, Fraction(1, 6)),
        (0.12345, Fraction(2469, 20000)),
        (True, None),
        (None, None),
        ("much", None),
        ("1/0", None),
        ([1], None),
        (float("nan"), None),
    ],
    ids=repr,
)
def test_weights_are_read_exactly_and_exported_decimals_snap(value: object, number: Fraction | None) -> None:
    assert exact(value) == number


@pytest.mark.parametrize(
    ("fraction", "state"),
    [
        (Fraction(0), State.WRONG),
        (Fraction(9, 10**7), State.WRONG),
        (Fraction(1, 10**6), State.PARTIAL),
        (Fraction(1, 2), State.PARTIAL),
        (Fraction(999999, 10**6), State.PARTIAL),
        (Fraction(9999995, 10**7), State.RIGHT),
        (Fraction(1), State.RIGHT),
    ],
    ids=str,
)
def test_a_millionth_decides_between_wrong_partial_and_right(fraction: Fraction, state: State) -> None:
    assert state_of(fraction) is state
    assert Part("A", fraction).state is state


@given(st.fractions())
def test_scores_are_clipped_to_nothing_and_all(fraction: Fraction) -> None:
    score = score_of(fraction)
    assert 0 <= score.fraction <= 1
    assert score.state is state_of(score.fraction)


@pytest.mark.parametrize(
    ("value", "sound"),
    [
        ({"vi": "Chữ", "en": "Word"}, True),
        ({"vi": "Chữ"}, False),
        ({"vi": "Chữ", "en": 1}, False),
        ("Chữ", False),
        (None, False),
    ],
    ids=repr,
)
def test_a_text_has_both_languages(value: object, sound: bool) -> None:
    assert is_text(value) is sound


@given(ids=st.lists(st.text(min_size=1, max_size=3), unique=True, max_size=8), seed=st.text())
def test_a_shuffle_keeps_every_part_and_the_fixed_ones_in_place(ids: list[str], seed: str) -> None:
    order = shuffled(ids, seed, fixed=ids[1:2])
    assert sorted(order) == sorted(ids)
    assert order[1:2] == tuple(ids[1:2])


def test_a_shuffle_never_changes_from_one_release_to_the_next() -> None:
    assert shuffled("ABCDEF", "2026") == ("D", "A", "F", "E", "B", "C")


def test_a_date_that_yaml_already_read_is_a_date() -> None:
    assert TYPES["headlines"].check(headlines(archived_on=date(2026, 11, 1))) == ()
