"""Statements put into columns."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from tests.factories.assessment import words
from tests.factories.written_items import a_grid
from tests.unit.assessment.test_every_type import Form

GRID = TYPES["grid"]
KEY = {"r1": "risky", "r2": "safe", "r3": "ask", "r4": "safe"}


@pytest.mark.parametrize(
    ("rows", "share", "exact"),
    [
        (KEY, Fraction(1), Fraction(1)),
        ({**KEY, "r4": "ask"}, Fraction(3, 4), Fraction(0)),
        ({"r1": "risky"}, Fraction(1, 4), Fraction(0)),
        ({"r1": "safe", "r2": "ask"}, Fraction(0), Fraction(0)),
    ],
    ids=str,
)
def test_a_grid_earns_right_rows_over_rows_or_all_or_nothing(
    rows: dict[str, str], share: Fraction, exact: Fraction
) -> None:
    assert GRID.score(a_grid(), {"rows": rows}).fraction == share
    assert GRID.score(a_grid(mode="exact"), {"rows": rows}).fraction == exact


def test_parts_are_the_rows_and_a_row_left_empty_is_told_apart_in_the_feedback() -> None:
    response = {"rows": {"r1": "safe", "r2": "safe"}}
    assert [part.fraction for part in GRID.score(a_grid(), response).parts] == [0, 1, 0, 0]
    notes = GRID.feedback(a_grid(), response).notes
    assert [(note.chosen, note.state) for note in notes] == [
        (True, State.WRONG),
        (True, State.RIGHT),
        (False, State.GAVEUP),
        (False, State.GAVEUP),
    ]


def test_guessing_earns_one_over_the_columns_and_next_to_nothing_when_all_rows_must_be_right() -> None:
    assert GRID.guess(a_grid()) == Fraction(1, 3)
    assert GRID.guess(a_grid(mode="exact")) == Fraction(1, 81)


def test_the_posted_radio_buttons_become_rows() -> None:
    assert GRID.parse(a_grid(), Form(q2__r3="ask", q2__r2="safe"), "q2") == {"rows": {"r2": "safe", "r3": "ask"}}


@pytest.mark.parametrize("rows", [{"r9": "safe"}, {"r1": "none"}, {"r1": ["safe"]}, ["r1"]], ids=str)
def test_rows_and_columns_that_the_item_does_not_have_are_refused(rows: object) -> None:
    with pytest.raises(BadAnswer):
        GRID.accept(a_grid(), {"rows": rows})


@given(st.dictionaries(st.sampled_from(["r1", "r2", "r3", "r4"]), st.sampled_from(["safe", "risky", "ask"])))
def test_the_fraction_is_the_share_of_right_parts(rows: dict[str, str]) -> None:
    score = GRID.score(a_grid(), GRID.accept(a_grid(), {"rows": rows}))
    assert score.fraction == sum((part.fraction for part in score.parts), Fraction(0)) / 4
    assert (score.state is State.GAVEUP) == (not rows)


def _row(**own: Any) -> dict[str, Any]:
    return {"id": "r1", "text": words("Việc"), "key": "safe", "feedback": words("Vì"), **own}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"columns": []}, (ProblemCode.TOO_FEW_PARTS, ("columns",))),
        (
            {"columns": [{"id": name, "text": words(name)} for name in ("safe", "b", "c", "d", "e")]},
            (ProblemCode.TOO_MANY_PARTS, ("columns",)),
        ),
        ({"rows": [_row()]}, (ProblemCode.TOO_FEW_PARTS, ("rows",))),
        ({"rows": [_row(key="none"), _row(id="r2")]}, (ProblemCode.UNKNOWN_ID, ("rows", 0, "key"))),
        ({"rows": [_row(), {"id": "r2", "text": words("V"), "key": "ask"}]}, (ProblemCode.NO_FEEDBACK, ("rows", 1))),
        (
            {"rows": [_row(misconceptions=["M1"]), _row(id="r2")]},
            (ProblemCode.WRONG_SHAPE, ("rows", 0, "misconceptions")),
        ),
        (
            {"rows": [_row(misconceptions={"safe": "M1"}), _row(id="r2")]},
            (ProblemCode.MISCONCEPTION_ON_KEY, ("rows", 0, "misconceptions", "safe")),
        ),
        (
            {"rows": [_row(misconceptions={"other": "M1"}), _row(id="r2")]},
            (ProblemCode.UNKNOWN_ID, ("rows", 0, "misconceptions", "other")),
        ),
        ({"mode": "half"}, (ProblemCode.UNKNOWN_MODE, ("mode",))),
    ],
    ids=str,
)
def test_a_grid_that_cannot_be_answered_is_refused(
    changes: dict[str, Any], problem: tuple[ProblemCode, tuple[str | int, ...]]
) -> None:
    assert problem in {(found.code, found.path) for found in GRID.check(a_grid(**changes))}
