"""A tenth is marked twice: the draw, the two independent marks, and how far they agree."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import Criterion, Level
from school_safety.classroom.rules import Agreement, MarkOfAnswer, TwoMarks, agreement, second_sample, two_marks
from school_safety.classroom.rules.agreement import distance, squared, weighted_kappa

LEVELS = tuple(Level(points, {"vi": "mức", "en": "level"}) for points in (0, 1, 2))
RUBRIC = (Criterion("c1", {"vi": "ý", "en": "point"}, LEVELS),)


def crossed(table: Sequence[Sequence[int]]) -> list[tuple[Fraction, Fraction]]:
    """The pairs of a table of counts: rows the first judge, columns the second."""
    return [
        (Fraction(row), Fraction(column))
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


# Cohen (1968), Table 1: 100 patients, personality disorder, neurosis, psychosis, with his weights of disagreement.
COHEN = crossed([[44, 7, 9], [5, 20, 5], [1, 3, 6]])
WEIGHTS = ((0, 1, 3), (1, 0, 6), (3, 6, 0))


def test_the_worked_example_of_cohen() -> None:
    by_weights = weighted_kappa(COHEN, lambda one, other: Fraction(WEIGHTS[int(one)][int(other)]))
    plain = weighted_kappa(COHEN, lambda one, other: Fraction(one != other))
    assert by_weights is not None and plain is not None
    assert round(float(by_weights), 3) == 0.348
    assert round(float(plain), 3) == 0.492


def test_linear_and_quadratic_weights_on_a_small_table_by_hand() -> None:
    pairs = crossed([[2, 1, 0], [0, 2, 1], [0, 0, 4]])
    # observed: 2 steps of 1 in 10; expected: margins 3, 3, 4 and 2, 3, 5
    assert weighted_kappa(pairs, distance) == 1 - Fraction(2, 10) / Fraction(
        3 * 3 + 6 * 5 + 3 * 2 + 3 * 5 + 8 * 2 + 4 * 3, 100
    )
    assert weighted_kappa(pairs, squared) == 1 - Fraction(2, 10) / Fraction(9 + 12 * 5 + 6 + 15 + 16 * 2 + 12, 100)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=40))
def test_kappa_is_one_only_for_equal_marks_and_the_same_whoever_comes_first(pairs: list[tuple[int, int]]) -> None:
    exact = [(Fraction(one), Fraction(other)) for one, other in pairs]
    kappa = weighted_kappa(exact, squared)
    assert kappa == weighted_kappa([(other, one) for one, other in exact], squared)
    assert kappa is None or (kappa == 1) == all(one == other for one, other in pairs)
    assert kappa is None or -1 <= kappa <= 1


@pytest.mark.parametrize(("count", "size"), [(1, 1), (10, 1), (11, 2), (45, 5)])
def test_a_tenth_and_at_least_one_is_drawn_and_always_the_same(count: int, size: int) -> None:
    answers = [(f"attempt{number}", 3) for number in range(count)]
    sample = second_sample("group", answers)
    assert len(sample) == size
    assert sample == second_sample("group", answers[::-1]) <= set(answers)
    assert second_sample("group", ()) == frozenset()
    draws = {second_sample(f"group{number}", answers) for number in range(20)}
    assert count == 1 or len(draws) > 1


def a_mark(number: int, points: int, by: int, *, blind: bool = False) -> MarkOfAnswer:
    return MarkOfAnswer(number, {"c1": points}, by, blind)


def test_the_two_marks_are_of_two_people_and_a_mark_after_both_settles_them() -> None:
    first, again, blind = a_mark(1, 2, by=7), a_mark(2, 1, by=7), a_mark(3, 0, by=8, blind=True)
    assert two_marks([]) == TwoMarks(None, None, settled=False)
    assert two_marks([first]) == TwoMarks({"c1": 2}, None, settled=False)
    apart = two_marks([blind, again, first])
    assert apart == TwoMarks({"c1": 1}, {"c1": 0}, settled=False) and apart.differ
    settled = two_marks([first, again, blind, a_mark(4, 0, by=8)])
    assert settled == TwoMarks({"c1": 1}, {"c1": 0}, settled=True)
    assert two_marks([blind, a_mark(4, 0, by=8)]).first is None
    assert two_marks([blind, a_mark(4, 2, by=7)]) == TwoMarks({"c1": 2}, {"c1": 0}, settled=False)


def test_of_too_few_judgements_no_agreement_is_reckoned() -> None:
    def of(count: int) -> Agreement:
        return agreement([(RUBRIC, TwoMarks({"c1": number % 3}, {"c1": number % 3}, False)) for number in range(count)])

    few, enough = of(9), of(10)
    assert few.judgements == 9 and few.exact is few.quadratic is None
    assert enough.exact == enough.quadratic == enough.linear == 1 and enough.rough
    alike = agreement([(RUBRIC, TwoMarks({"c1": 1}, {"c1": 1}, False))] * 30)
    assert alike.exact == 1 and alike.quadratic is None and not alike.rough
