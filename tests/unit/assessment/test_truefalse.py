"""True or false, with "not sure yet" as an answer that is no mistake."""

from typing import Any

import pytest

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from tests.factories.assessment import a_truefalse, words
from tests.unit.assessment.test_every_type import Form

TRUEFALSE = TYPES["truefalse"]


@pytest.mark.parametrize(("said", "fraction", "state"), [(False, 1, State.RIGHT), (True, 0, State.WRONG)])
def test_the_right_word_earns_all_and_the_other_nothing(said: bool, fraction: int, state: State) -> None:
    score = TRUEFALSE.score(a_truefalse(), {"value": said})
    assert (score.fraction, score.state) == (fraction, state)


def test_being_unsure_earns_nothing_and_shows_no_misconception() -> None:
    content = a_truefalse(unsure=True)
    response = TRUEFALSE.parse(content, Form(q1__value="unsure"), "q1")
    assert response == {"value": "unsure"}
    assert TRUEFALSE.score(content, response).state is State.WRONG
    assert TRUEFALSE.misconceptions(content, response) == frozenset()
    assert not any(note.chosen for note in TRUEFALSE.feedback(content, response).notes)
    assert TRUEFALSE.answer_text(content, response)["vi"] == "Chưa chắc"


@pytest.mark.parametrize(("posted", "value"), [("true", True), ("false", False)])
def test_the_posted_word_becomes_a_boolean(posted: str, value: bool) -> None:
    assert TRUEFALSE.parse(a_truefalse(), Form(q1__value=posted), "q1") == {"value": value}


@pytest.mark.parametrize("value", ["unsure", "true", 1, 0, None, []], ids=repr)
def test_anything_else_is_refused_and_unsure_too_where_it_was_not_offered(value: object) -> None:
    with pytest.raises(BadAnswer):
        TRUEFALSE.accept(a_truefalse(), {"value": value})


def test_feedback_speaks_to_the_word_that_was_chosen() -> None:
    notes = TRUEFALSE.feedback(a_truefalse(), {"value": True}).notes
    assert [(note.id, note.chosen, note.state) for note in notes] == [
        ("true", True, State.WRONG),
        ("false", False, State.RIGHT),
    ]
    assert notes[0].text == words("Không, chưa chắc đã đúng.")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"answer": "no"}, (ProblemCode.WRONG_SHAPE, ("answer",))),
        ({"unsure": 1}, (ProblemCode.WRONG_SHAPE, ("unsure",))),
        ({"answer": True}, (ProblemCode.NO_FEEDBACK, ("feedback_false",))),
        ({"misconception": ["M1"]}, (ProblemCode.WRONG_SHAPE, ("misconception",))),
        ({"feedback_true": {"vi": "Chữ"}}, (ProblemCode.MISSING_LANGUAGE, ("feedback_true", "en"))),
    ],
    ids=str,
)
def test_an_unsound_content_is_refused_with_the_place_of_the_fault(changes: dict[str, Any], problem: object) -> None:
    assert problem in [(found.code, found.path) for found in TRUEFALSE.check(a_truefalse(**changes))]


def test_an_item_without_an_answer_is_refused() -> None:
    content = a_truefalse()
    del content["answer"]
    assert ProblemCode.MISSING_FIELD in [problem.code for problem in TRUEFALSE.check(content)]


def test_an_item_that_names_no_misconception_shows_none() -> None:
    content = a_truefalse()
    del content["misconception"]
    assert TRUEFALSE.misconceptions(content, {"value": True}) == frozenset()
