"""Multiple choice: the worked numbers of Moodle and QTI, and the four modes."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from school_safety.assessment.types.multi import map_value
from tests.factories.assessment import a_multi, an_option
from tests.unit.assessment.test_every_type import Form

MULTI = TYPES["multi"]
HALF = Fraction(1, 2)


def _fraction(content: dict[str, Any], chosen: str) -> Fraction:
    return MULTI.score(content, MULTI.accept(content, {"choices": list(chosen)})).fraction


MINUS_ONE = a_multi(
    options=[
        an_option("A", weight=0.5),
        an_option("B", weight=-1),
        an_option("C", weight=0.5),
        an_option("D", weight=-1),
    ]
)


@pytest.mark.parametrize(("chosen", "fraction"), [("AC", 1), ("A", HALF), ("ABC", 0), ("B", 0)])
def test_moodles_own_numbers_with_wrong_options_at_minus_one(chosen: str, fraction: Fraction) -> None:
    assert _fraction(MINUS_ONE, chosen) == fraction


@pytest.mark.parametrize(("chosen", "fraction"), [("AC", 1), ("A", HALF), ("ABC", HALF), ("ABCD", 0), ("B", 0)])
def test_the_default_takes_off_one_share_of_the_wrong_options(chosen: str, fraction: Fraction) -> None:
    assert _fraction(a_multi(), chosen) == fraction


@pytest.mark.parametrize(("chosen", "fraction"), [("AC", 1), ("A", 0), ("ABC", 0)])
def test_exact_is_all_or_nothing(chosen: str, fraction: Fraction) -> None:
    assert _fraction(a_multi(mode="exact"), chosen) == fraction


@pytest.mark.parametrize(("chosen", "fraction"), [("AC", 1), ("A", HALF), ("ABC", HALF), ("AB", 0), ("ABCD", 0)])
def test_canvas_takes_off_one_share_of_the_keys_for_a_wrong_option(chosen: str, fraction: Fraction) -> None:
    assert _fraction(a_multi(mode="canvas"), chosen) == fraction


WATER = a_multi(
    mode="map",
    options=[an_option(name) for name in ("H", "He", "C", "O", "N", "Cl")],
    mapping={"H": 1, "O": 1, "Cl": -1},
    default=-2,
    lower=0,
    upper=2,
)


@pytest.mark.parametrize(
    ("chosen", "value"),
    [
        (("H", "O"), 2),
        (("H",), 1),
        (("H", "Cl"), 0),
        (("H", "O", "Cl"), 1),
        (("H", "O", "He"), 0),
        ((), 0),
        (("H", "H", "O"), 2),
    ],
    ids=str,
)
def test_the_mapping_of_the_qti_example(chosen: tuple[str, ...], value: int) -> None:
    assert map_value(WATER, chosen) == value
    response = MULTI.accept(WATER, {"choices": list(chosen)})
    assert MULTI.score(WATER, response).fraction * 2 == value


def test_a_mapping_without_bounds_is_worth_its_sum_and_may_fall_below_nothing() -> None:
    free = {name: value for name, value in WATER.items() if name not in ("lower", "upper", "default")}
    assert map_value(free, ["H", "O", "He"]) == 2
    assert map_value(free, ["Cl"]) == -1
    assert _fraction(free, ["Cl"]) == 0  # type: ignore[arg-type]  # ids longer than a letter


def test_three_thirds_from_another_system_are_one() -> None:
    thirds = a_multi(options=[*(an_option(name, weight=0.3333333) for name in "ABC"), an_option("D")])
    assert MULTI.check(thirds) == ()
    score = MULTI.score(thirds, {"choices": ["A", "B", "C"]})
    assert (score.fraction, score.state) == (1, State.RIGHT)


@given(ticked=st.sets(st.sampled_from("ABCD")), mode=st.sampled_from(["default", "exact", "canvas"]))
def test_every_set_of_ticks_earns_between_nothing_and_all(ticked: set[str], mode: str) -> None:
    assert 0 <= _fraction(a_multi(mode=mode), "".join(ticked)) <= 1


@given(keys=st.integers(1, 6), wrong=st.integers(1, 2), mode=st.sampled_from(["default", "exact"]))
def test_ticking_everything_earns_nothing(keys: int, wrong: int, mode: str) -> None:
    options = [an_option(f"K{n}", key=True) for n in range(keys)] + [an_option(f"W{n}") for n in range(wrong)]
    content = a_multi(options=options, mode=mode)
    assert MULTI.score(content, {"choices": [option["id"] for option in options]}).fraction == 0


def test_ticked_boxes_become_the_answer_in_the_items_order_each_once() -> None:
    assert MULTI.parse(a_multi(), Form(q1__choices=["C", "A", "C"]), "q1") == {"choices": ["A", "C"]}


def test_an_option_that_the_item_does_not_have_is_refused() -> None:
    with pytest.raises(BadAnswer):
        MULTI.accept(a_multi(), {"choices": ["A", "Z"]})
    with pytest.raises(BadAnswer):
        MULTI.accept(a_multi(), {"choices": "AC"})


def test_feedback_says_of_every_option_whether_it_belongs_to_the_answer() -> None:
    notes = MULTI.feedback(a_multi(), {"choices": ["A", "B"]}).notes
    assert [(note.id, note.chosen, note.state) for note in notes] == [
        ("A", True, State.RIGHT),
        ("B", True, State.WRONG),
        ("C", False, State.RIGHT),
        ("D", False, State.WRONG),
    ]


BAD: list[tuple[str, dict[str, Any], tuple[ProblemCode, tuple[str | int, ...]]]] = [
    ("unknown mode", {"mode": "moodle"}, (ProblemCode.UNKNOWN_MODE, ("mode",))),
    ("tell_count is a number", {"tell_count": 2}, (ProblemCode.WRONG_SHAPE, ("tell_count",))),
    ("no key", {"options": [an_option("A"), an_option("B")]}, (ProblemCode.NO_KEY, ("options",))),
    (
        "nothing but keys",
        {"options": [an_option("A", key=True), an_option("B", key=True)]},
        (ProblemCode.NO_DISTRACTOR, ("options",)),
    ),
    (
        "weights that miss one",
        {"options": [an_option("A", weight=0.4), an_option("B", weight=0.4), an_option("C")]},
        (ProblemCode.WEIGHTS_NOT_ONE, ("options",)),
    ),
    (
        "distractor without feedback",
        {"options": [an_option("A", key=True), {"id": "B", "text": {"vi": "B", "en": "B"}}]},
        (ProblemCode.NO_FEEDBACK, ("options", 1)),
    ),
    ("map without mapping", {"mode": "map"}, (ProblemCode.MISSING_FIELD, ("mapping",))),
    ("mapping is a list", {"mode": "map", "mapping": [1]}, (ProblemCode.WRONG_SHAPE, ("mapping",))),
    ("mapping outside map", {"mapping": {"A": 1}}, (ProblemCode.UNKNOWN_FIELD, ("mapping",))),
    ("mapped id unknown", {"mode": "map", "mapping": {"A": 1, "Z": 1}}, (ProblemCode.UNKNOWN_ID, ("mapping", "Z"))),
    (
        "mapped value is a word",
        {"mode": "map", "mapping": {"A": 1, "B": "one"}},
        (ProblemCode.BAD_WEIGHT, ("mapping", "B")),
    ),
    (
        "default is a word",
        {"mode": "map", "mapping": {"A": 1}, "default": "none"},
        (ProblemCode.BAD_WEIGHT, ("default",)),
    ),
    ("nothing to earn", {"mode": "map", "mapping": {"A": -1}}, (ProblemCode.BAD_BOUNDS, ("mapping",))),
    (
        "upper bound of nothing",
        {"mode": "map", "mapping": {"A": 1}, "upper": 0},
        (ProblemCode.BAD_BOUNDS, ("mapping",)),
    ),
]


@pytest.mark.parametrize(("changes", "problem"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_an_unsound_content_is_refused_with_the_place_of_the_fault(
    changes: dict[str, Any], problem: tuple[ProblemCode, tuple[str | int, ...]]
) -> None:
    assert problem in [(found.code, found.path) for found in MULTI.check(a_multi(**changes))]
