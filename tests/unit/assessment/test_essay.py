"""A text marked by a person by a rubric, and the arithmetic of marks."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import (
    BadAnswer,
    ProblemCode,
    State,
    accept_marks,
    best_marks,
    rubric_share,
)
from school_safety.assessment.types import TYPES
from school_safety.assessment.types.essay import Essay
from tests.factories.assessment import words
from tests.factories.written_items import an_essay, levels
from tests.unit.assessment.test_every_type import Form

ESSAY = TYPES["essay"]
TEXT = {"text": "Em sẽ dừng lại, không bấm vào đường dẫn."}


@pytest.mark.parametrize(
    ("marks", "fraction", "state"),
    [
        ({"c1": 2, "c2": 3}, Fraction(1), State.RIGHT),
        ({"c1": 1, "c2": 3}, Fraction(4, 5), State.PARTIAL),
        ({"c1": 1, "c2": 0}, Fraction(1, 5), State.PARTIAL),
        ({"c1": 0, "c2": 0}, Fraction(0), State.WRONG),
    ],
    ids=str,
)
def test_a_marked_essay_earns_points_given_over_points_possible(
    marks: dict[str, int], fraction: Fraction, state: State
) -> None:
    score = ESSAY.marked(an_essay(), TEXT, marks)
    assert (score.fraction, score.state) == (fraction, state)
    assert [part.id for part in score.parts] == ["c1", "c2"]


def test_an_essay_that_nobody_has_marked_waits_and_is_neither_wrong_nor_given_up() -> None:
    score = ESSAY.score(an_essay(), TEXT)
    assert (score.fraction, score.state) == (Fraction(0), State.UNMARKED)
    assert ESSAY.written(TEXT) == TEXT["text"]


@given(c1=st.sampled_from([0, 1, 2]), c2=st.sampled_from([0, 1, 3]))
def test_the_share_lies_between_nothing_and_everything_and_rises_with_each_level(c1: int, c2: int) -> None:
    rubric = ESSAY.rubric(an_essay())
    share = rubric_share(rubric, {"c1": c1, "c2": c2})
    assert 0 <= share <= rubric_share(rubric, best_marks(rubric)) == 1
    assert share == Fraction(c1 + c2, 5)


@pytest.mark.parametrize(
    ("given_marks", "criterion"),
    [
        ({"c1": 2}, "c2"),
        ({"c1": 2, "c2": 2}, "c2"),
        ({"c1": "2", "c2": 3}, "c1"),
        ({"c1": True, "c2": 3}, "c1"),
        ({}, "c1"),
    ],
    ids=str,
)
def test_marks_without_a_level_for_every_criterion_are_refused_naming_the_criterion(
    given_marks: dict[str, object], criterion: str
) -> None:
    with pytest.raises(BadAnswer, match=criterion):
        accept_marks(ESSAY.rubric(an_essay()), given_marks)


def test_marks_keep_the_criteria_of_the_rubric_and_nothing_else() -> None:
    rubric = ESSAY.rubric(an_essay())
    assert accept_marks(rubric, {"c2": 1, "other": 9, "c1": 0}) == {"c1": 0, "c2": 1}


def test_paragraphs_stay_composed_characters_are_stored_and_blank_is_no_answer() -> None:
    form = Form(q1__text="  Đoạn một.\r\n\r\nĐoạn hai. ")
    assert ESSAY.parse(an_essay(), form, "q1") == {"text": "Đoạn một.\n\nĐoạn hai."}
    assert ESSAY.parse(an_essay(), Form(q1__text=" \n "), "q1") is None
    assert ESSAY.accept(an_essay(), {"text": "a\u0301"}) == {"text": "á"}
    with pytest.raises(BadAnswer):
        ESSAY.accept(an_essay(), {"text": "a" * 12_001})


def test_words_are_what_stands_between_spaces_and_has_a_letter_or_digit() -> None:
    assert isinstance(ESSAY, Essay)
    assert ESSAY.word_count({"text": "Em sẽ – nói với cô\nngay!  111"}) == 7
    assert ESSAY.word_count(None) == 0


def test_without_a_sample_answer_the_key_is_the_highest_levels_in_words() -> None:
    content = an_essay()
    del content["model"]
    assert ESSAY.key(content) == {"text": "Mức 2 Mức 3"}


def _criterion(value: Any) -> dict[str, Any]:
    return {"rubric": [{"id": "c1", "text": words("Nêu dấu hiệu"), "levels": value}]}


LEVELS = ("rubric", 0, "levels")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"rubric": []}, (ProblemCode.TOO_FEW_PARTS, ("rubric",))),
        (_criterion("2"), (ProblemCode.WRONG_SHAPE, LEVELS)),
        (_criterion(levels(0)), (ProblemCode.TOO_FEW_PARTS, LEVELS)),
        (_criterion(levels(*range(6))), (ProblemCode.TOO_MANY_PARTS, LEVELS)),
        (_criterion(levels(1, 2)), (ProblemCode.BAD_LEVELS, LEVELS)),
        (_criterion(levels(0, 2, 2)), (ProblemCode.BAD_LEVELS, LEVELS)),
        (_criterion(levels(0, 21)), (ProblemCode.BAD_LEVELS, LEVELS)),
        (
            _criterion([{"points": 0, "text": words("Không")}, {"points": 1}]),
            (ProblemCode.MISSING_FIELD, (*LEVELS, 1, "text")),
        ),
        (_criterion([{"points": 0.5, "text": words("Nửa")}] * 2), (ProblemCode.BAD_LEVELS, LEVELS)),
        ({"words": {"least": 50, "most": 30}}, (ProblemCode.BAD_WORDS, ("words",))),
        ({"words": {"least": 0, "most": 30}}, (ProblemCode.BAD_WORDS, ("words",))),
        ({"words": {"least": 1, "most": 1001}}, (ProblemCode.BAD_WORDS, ("words",))),
        ({"words": {"least": "1", "most": 9}}, (ProblemCode.BAD_WORDS, ("words",))),
        ({"words": [1, 9]}, (ProblemCode.WRONG_SHAPE, ("words",))),
    ],
    ids=str,
)
def test_an_essay_that_cannot_be_marked_is_refused(
    changes: dict[str, Any], problem: tuple[ProblemCode, tuple[str | int, ...]]
) -> None:
    assert problem in {(found.code, found.path) for found in ESSAY.check(an_essay(**changes))}
