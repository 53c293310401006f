"""Words chosen inside a running text."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from tests.factories.assessment import words
from tests.factories.written_items import a_gap
from tests.unit.assessment.test_every_type import Form

GAP = TYPES["gap"]


@pytest.mark.parametrize(
    ("gaps", "fraction"),
    [
        ({"g1": "a", "g2": "a"}, Fraction(1)),
        ({"g1": "a", "g2": "d"}, Fraction(1, 2)),
        ({"g2": "a"}, Fraction(1, 2)),
        ({"g1": "b", "g2": "c"}, Fraction(0)),
    ],
    ids=str,
)
def test_a_gap_text_earns_right_gaps_over_gaps(gaps: dict[str, str], fraction: Fraction) -> None:
    assert GAP.score(a_gap(), {"gaps": gaps}).fraction == fraction


def test_guessing_earns_the_mean_of_one_over_the_options_of_each_gap() -> None:
    assert GAP.guess(a_gap()) == (Fraction(1, 2) + Fraction(1, 4)) / 2


def test_a_wrong_word_is_told_why_and_a_right_or_empty_gap_what_it_is_about() -> None:
    wrong = GAP.feedback(a_gap(), {"gaps": {"g1": "b"}}).note("g1")
    right = GAP.feedback(a_gap(), {"gaps": {"g1": "a"}}).note("g1")
    empty = GAP.feedback(a_gap(), {"gaps": {"g2": "a"}}).note("g1")
    assert wrong is not None
    assert right is not None
    assert empty is not None
    assert (wrong.state, wrong.text) == (State.WRONG, words("Ngắn thì dễ đoán."))
    assert (right.state, right.text) == (State.RIGHT, words("Về độ dài."))
    assert (empty.state, empty.text, empty.chosen) == (State.GAVEUP, words("Về độ dài."), False)


def test_the_options_are_shuffled_within_their_gap_and_the_gaps_stay() -> None:
    for seed in range(20):
        order = GAP.order_for(a_gap(), seed)
        assert [token.split("-")[0] for token in order] == ["g1"] * 2 + ["g2"] * 4


def test_the_posted_selects_become_gaps_and_empty_ones_are_left_out() -> None:
    assert GAP.parse(a_gap(), Form(q1__g1="", q1__g2="c"), "q1") == {"gaps": {"g2": "c"}}


@pytest.mark.parametrize("gaps", [{"g9": "a"}, {"g1": "d"}, {"g1": ["a"]}, {"g1": {}}, ["g1"]], ids=str)
def test_gaps_and_options_that_the_item_does_not_have_are_refused(gaps: object) -> None:
    with pytest.raises(BadAnswer):
        GAP.accept(a_gap(), {"gaps": gaps})


@given(st.fixed_dictionaries({}, optional={"g1": st.sampled_from("ab"), "g2": st.sampled_from("abcd")}))
def test_the_fraction_is_the_share_of_right_parts(gaps: dict[str, str]) -> None:
    score = GAP.score(a_gap(), GAP.accept(a_gap(), {"gaps": gaps}))
    assert score.fraction == sum((part.fraction for part in score.parts), Fraction(0)) / 2


def _gap(*options: dict[str, Any], **own: Any) -> dict[str, Any]:
    return {"id": "g1", "options": list(options), **own}


KEY = {"id": "a", "text": words("dài"), "key": True}
OTHER = {"id": "b", "text": words("ngắn"), "feedback": words("Vì ngắn.")}
ONE = words("Nên [[g1]].")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"text": {"vi": "Nên [[g1]].", "en": "Be [[g1]] and [[g2]]."}}, (ProblemCode.GAP_MISMATCH, ("text", "vi"))),
        ({"text": words("[[g1]] [[g1]] [[g2]]")}, (ProblemCode.GAP_MISMATCH, ("text", "vi"))),
        ({"text": words("[[g1]] [[g2]] [[g3]]")}, (ProblemCode.GAP_MISMATCH, ("text", "en"))),
        ({"gaps": []}, (ProblemCode.TOO_FEW_PARTS, ("gaps",))),
        ({"text": ONE, "gaps": [_gap(KEY)]}, (ProblemCode.TOO_FEW_PARTS, ("gaps", 0, "options"))),
        ({"text": ONE, "gaps": [_gap(OTHER, {**OTHER, "id": "c"})]}, (ProblemCode.NOT_ONE_KEY, ("gaps", 0, "options"))),
        (
            {"text": ONE, "gaps": [_gap(KEY, {"id": "b", "text": words("ngắn")})]},
            (ProblemCode.NO_FEEDBACK, ("gaps", 0, "options", 1)),
        ),
        (
            {"text": ONE, "gaps": [_gap({**KEY, "misconception": "M1"}, OTHER)]},
            (ProblemCode.MISCONCEPTION_ON_KEY, ("gaps", 0, "options", 0, "misconception")),
        ),
        (
            {"text": ONE, "gaps": [_gap({**KEY, "key": 1}, OTHER)]},
            (ProblemCode.WRONG_SHAPE, ("gaps", 0, "options", 0, "key")),
        ),
        (
            {"text": ONE, "gaps": [_gap(KEY, {**OTHER, "misconception": ["M1"]})]},
            (ProblemCode.WRONG_SHAPE, ("gaps", 0, "options", 1, "misconception")),
        ),
    ],
    ids=str,
)
def test_a_gap_text_that_cannot_be_filled_is_refused(
    changes: dict[str, Any], problem: tuple[ProblemCode, tuple[str | int, ...]]
) -> None:
    assert problem in {(found.code, found.path) for found in GAP.check(a_gap(**changes))}
