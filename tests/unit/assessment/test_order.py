"""Ordering: the worked numbers of Moodle's nine modes, and what a press of a button does."""

from fractions import Fraction
from itertools import combinations, permutations
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from school_safety.assessment.types.order import moved
from school_safety.assessment.types.order.modes import MODES, longest_ordered
from tests.factories.assessment import an_order
from tests.unit.assessment.test_every_type import Form

ORDER = TYPES["order"]
SIXTH = Fraction(1, 6)


@pytest.mark.parametrize(
    ("answer", "mode", "share"),
    [
        ((6, 2, 3, 4, 5, 1), "absolute", 0.6667),
        ((6, 2, 3, 4, 5, 1), "next", 0.6),
        ((6, 2, 3, 4, 5, 1), "next_with_last", 0.5),
        ((6, 2, 3, 4, 5, 1), "one_prev_next", 0.5),
        ((6, 2, 3, 4, 5, 1), "all_prev_next", 0.4),
        ((6, 2, 3, 4, 5, 1), "longest", 0.6667),
        ((6, 2, 3, 4, 5, 1), "longest_contiguous", 0.6667),
        ((6, 2, 3, 4, 5, 1), "relative", 0.6667),
        ((6, 2, 3, 4, 5, 1), "exact", 0),
        ((3, 2, 4, 5, 6, 1), "absolute", 0.1667),
        ((3, 2, 4, 5, 6, 1), "next", 0.4),
        ((3, 2, 4, 5, 6, 1), "one_prev_next", 0.3333),
        ((3, 2, 4, 5, 6, 1), "all_prev_next", 0.6),
        ((3, 2, 4, 5, 6, 1), "longest", 0.6667),
        ((2, 3, 4, 5, 6, 1), "absolute", 0),
        ((2, 3, 4, 5, 6, 1), "all_prev_next", 0.6667),
        ((2, 3, 4, 5, 6, 1), "longest", 0.8333),
        ((2, 3, 4, 5, 6, 1), "longest_contiguous", 0.8333),
        ((2, 3, 4, 5, 6, 1), "relative", 0.6667),
        ((1, 3, 2), "longest_contiguous", 0.6667),
        *(((6, 5, 4, 3, 2, 1), mode, 0.4 if mode == "relative" else 0) for mode in MODES),
        *(((1, 2, 3, 4, 5, 6), mode, 1) for mode in MODES),
    ],
    ids=str,
)
def test_the_worked_numbers(answer: tuple[int, ...], mode: str, share: float) -> None:
    positions = [step - 1 for step in answer]
    assert float(MODES[mode].share(positions)) == pytest.approx(share, abs=5e-5)


@pytest.mark.parametrize("n", range(3, 8))
def test_the_longest_ordered_subset_equals_a_search_through_all_subsets(n: int) -> None:
    for positions in permutations(range(n)):
        found = len(longest_ordered(positions))
        longest = found or 1
        assert _has_ordered(positions, longest)
        assert not _has_ordered(positions, longest + 1)
        assert found != 1


def _has_ordered(positions: tuple[int, ...], size: int) -> bool:
    return any(list(subset) == sorted(subset) for subset in combinations(positions, size))


@pytest.mark.parametrize("n", [3, 4, 5])
@pytest.mark.parametrize("mode", MODES)
def test_the_guess_score_is_the_mean_over_all_orders(mode: str, n: int) -> None:
    guess = MODES[mode].guess(n)
    assert guess is None or guess == mean(MODES[mode].share(order) for order in permutations(range(n)))


@given(order=st.permutations(range(6)), mode=st.sampled_from(sorted(MODES)))
def test_every_order_earns_between_nothing_and_all_and_all_only_when_right(order: list[int], mode: str) -> None:
    share = MODES[mode].share(order)
    assert 0 <= share <= 1
    assert (share == 1) == (order == sorted(order))


def test_the_default_mode_counts_pairs_in_the_right_order() -> None:
    score = ORDER.score(an_order(), {"order": list("fbcdea")})
    assert (score.fraction, score.state) == (Fraction(2, 5), State.PARTIAL)


def test_the_mode_of_the_item_decides() -> None:
    assert ORDER.score(an_order(mode="longest"), {"order": list("bcdefa")}).fraction == 5 * SIXTH
    assert ORDER.guess(an_order(mode="longest")) is None
    assert ORDER.guess(an_order(mode="absolute")) == SIXTH


def test_feedback_marks_as_wrong_only_the_steps_that_have_to_move() -> None:
    notes = ORDER.feedback(an_order(), {"order": list("bcdefa")}).notes
    assert [note.id for note in notes if note.state is State.WRONG] == ["a"]
    assert [note.id for note in notes] == list("bcdefa")


@given(st.integers())
def test_the_first_order_shown_is_never_the_right_one(seed: int) -> None:
    assert ORDER.order_for(an_order("abc"), seed) != ("a", "b", "c")


def test_the_first_order_is_no_answer_until_something_is_touched() -> None:
    untouched = Form(q1__order=list("badcfe"), q1__touched="")
    assert ORDER.parse(an_order(), untouched, "q1") is None


def test_keeping_the_order_that_is_shown_is_an_answer() -> None:
    kept = Form(q1__order=list("badcfe"), q1__touched="", q1__move="keep")
    assert ORDER.parse(an_order(), kept, "q1") == {"order": list("badcfe")}


def test_a_touched_order_is_an_answer_as_it_stands() -> None:
    touched = Form(q1__order=list("badcfe"), q1__touched="1")
    assert ORDER.parse(an_order(), touched, "q1") == {"order": list("badcfe")}


def test_a_pressed_button_moves_its_row() -> None:
    pressed = Form(q1__order=list("badcfe"), q1__move="c:up")
    assert ORDER.parse(an_order(), pressed, "q1") == {"order": list("bacdfe")}


def test_the_page_shows_no_id_that_tells_the_order_and_understands_what_it_shows() -> None:
    content = an_order()
    shown = {step["id"]: ORDER.form_value(content, step["id"]) for step in content["steps"]}
    assert len(set(shown.values()) - set(shown)) == len(shown)
    pressed = Form(q1__order=[shown[step_id] for step_id in "badcfe"], q1__move=f"{shown['c']}:up")
    assert ORDER.parse(content, pressed, "q1") == {"order": list("bacdfe")}


@pytest.mark.parametrize(
    ("move", "after"),
    [
        ("a:down", "bac"),
        ("c:up", "acb"),
        ("a:up", "abc"),
        ("c:down", "abc"),
        ("z:up", "abc"),
        ("a:left", "abc"),
        ("keep", "abc"),
    ],
)
def test_a_row_moves_by_one_and_stays_inside(move: str, after: str) -> None:
    assert moved(list("abc"), move) == list(after)


@pytest.mark.parametrize("order", [["a"], list("abcdez"), list("abcdee"), "abcdef", [1, 2, 3, 4, 5, 6]], ids=str)
def test_an_order_without_every_step_once_is_refused(order: object) -> None:
    with pytest.raises(BadAnswer):
        ORDER.accept(an_order(), {"order": order})


def test_two_steps_an_unknown_mode_and_a_step_without_words_are_refused() -> None:
    content = an_order("ab", mode="kendall")
    del content["steps"][1]["text"]
    assert [(problem.code, problem.path) for problem in ORDER.check(content)] == [
        (ProblemCode.UNKNOWN_MODE, ("mode",)),
        (ProblemCode.TOO_FEW_PARTS, ("steps",)),
        (ProblemCode.MISSING_FIELD, ("steps", 1, "text")),
    ]
