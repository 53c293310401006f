"""Matching stems to categories."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from tests.factories.assessment import a_match, words
from tests.unit.assessment.test_every_type import Form

MATCH = TYPES["match"]


@pytest.mark.parametrize(
    ("pairs", "fraction"),
    [
        ({"s1": "risky", "s2": "safe", "s3": "ask", "s4": "safe"}, Fraction(1)),
        ({"s1": "risky", "s2": "safe", "s3": "ask", "s4": "ask"}, Fraction(3, 4)),
        ({"s1": "risky"}, Fraction(1, 4)),
        ({"s1": "safe", "s2": "ask"}, Fraction(0)),
    ],
    ids=str,
)
def test_a_match_earns_right_stems_over_stems(pairs: dict[str, str], fraction: Fraction) -> None:
    assert MATCH.score(a_match(), {"pairs": pairs}).fraction == fraction


def test_parts_are_the_stems_and_a_stem_left_empty_is_told_apart_in_the_feedback() -> None:
    response = {"pairs": {"s1": "safe", "s2": "safe"}}
    assert [part.fraction for part in MATCH.score(a_match(), response).parts] == [0, 1, 0, 0]
    notes = MATCH.feedback(a_match(), response).notes
    assert [(note.chosen, note.state) for note in notes] == [
        (True, State.WRONG),
        (True, State.RIGHT),
        (False, State.GAVEUP),
        (False, State.GAVEUP),
    ]


def test_the_posted_selects_become_pairs_and_empty_ones_are_left_out() -> None:
    form = Form(q2__s3="ask", q2__s1="", q2__s2="safe")
    assert MATCH.parse(a_match(), form, "q2") == {"pairs": {"s2": "safe", "s3": "ask"}}


@pytest.mark.parametrize("pairs", [{"s9": "safe"}, {"s1": "none"}, {"s1": ["safe"]}, ["s1"]], ids=str)
def test_stems_and_categories_that_the_item_does_not_have_are_refused(pairs: object) -> None:
    with pytest.raises(BadAnswer):
        MATCH.accept(a_match(), {"pairs": pairs})


@given(st.dictionaries(st.sampled_from(["s1", "s2", "s3", "s4"]), st.sampled_from(["safe", "risky", "ask"])))
def test_the_fraction_is_the_share_of_right_parts(pairs: dict[str, str]) -> None:
    score = MATCH.score(a_match(), MATCH.accept(a_match(), {"pairs": pairs}))
    assert score.fraction == sum((part.fraction for part in score.parts), Fraction(0)) / 4
    assert (score.state is State.GAVEUP) == (not pairs)


def _stem(**own: Any) -> dict[str, Any]:
    return {"id": "s1", "text": words("Việc"), "key": "safe", "feedback": words("Vì"), **own}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"categories": []}, (ProblemCode.TOO_FEW_PARTS, ("categories",))),
        ({"stems": [_stem(key="none"), _stem(id="s2")]}, (ProblemCode.UNKNOWN_ID, ("stems", 0, "key"))),
        ({"stems": [_stem(key=["safe"]), _stem(id="s2")]}, (ProblemCode.UNKNOWN_ID, ("stems", 0, "key"))),
        (
            {"stems": [_stem(), {"id": "s2", "text": words("Việc"), "key": "safe"}]},
            (ProblemCode.NO_FEEDBACK, ("stems", 1)),
        ),
        (
            {"stems": [_stem(misconceptions=["M1"]), _stem(id="s2")]},
            (ProblemCode.WRONG_SHAPE, ("stems", 0, "misconceptions")),
        ),
        (
            {"stems": [_stem(misconceptions={"none": "M1"}), _stem(id="s2")]},
            (ProblemCode.UNKNOWN_ID, ("stems", 0, "misconceptions", "none")),
        ),
        (
            {"stems": [_stem(misconceptions={"safe": "M1"}), _stem(id="s2")]},
            (ProblemCode.MISCONCEPTION_ON_KEY, ("stems", 0, "misconceptions", "safe")),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_an_unsound_content_is_refused_with_the_place_of_the_fault(changes: dict[str, Any], problem: object) -> None:
    assert problem in [(found.code, found.path) for found in MATCH.check(a_match(**changes))]
