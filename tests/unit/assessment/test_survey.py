"""Questions about attitude and behaviour: asked, kept, never judged."""

from typing import Any

import pytest

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from tests.factories.assessment import words
from tests.factories.written_items import a_survey, an_open_survey
from tests.unit.assessment.test_every_type import Form

SURVEY = TYPES["survey"]


def test_no_answer_is_worth_more_than_another() -> None:
    assert not SURVEY.scored
    for option in ("never", "always"):
        score = SURVEY.score(a_survey(), {"choice": option})
        assert (score.fraction, score.parts, score.state) == (0, (), State.GAVEUP)
        assert not any(note.state for note in SURVEY.feedback(a_survey(), {"choice": option}).notes)
    assert SURVEY.guess(a_survey()) is None


def test_every_other_type_is_scored() -> None:
    assert [code for code, item_type in TYPES.items() if not item_type.scored] == ["survey"]


def test_a_choice_or_an_open_text_is_read_from_the_form() -> None:
    assert SURVEY.parse(a_survey(), Form(q1__choice="often"), "q1") == {"choice": "often"}
    assert SURVEY.parse(an_open_survey(), Form(q1__text=" Em thấy vui. "), "q1") == {"text": "Em thấy vui."}
    assert SURVEY.parse(an_open_survey(), Form(q1__text="  "), "q1") is None
    assert SURVEY.answer_text(a_survey(), {"choice": "often"}) == words("Thường")
    assert SURVEY.answer_text(an_open_survey(), {"text": "Vui\nlắm"})["vi"] == "Vui lắm"


@pytest.mark.parametrize("value", [{"choice": "A"}, {"choice": ["often"]}, {"text": "often"}, "often"], ids=str)
def test_what_is_no_option_of_the_question_is_refused(value: object) -> None:
    with pytest.raises(BadAnswer):
        SURVEY.accept(a_survey(), value)


def test_a_very_long_text_is_refused() -> None:
    with pytest.raises(BadAnswer):
        SURVEY.accept(an_open_survey(), {"text": "a" * 2_001})


def test_the_options_keep_their_order_for_everybody() -> None:
    assert {SURVEY.order_for(a_survey(), seed) for seed in range(9)} == {("never", "rarely", "often", "always")}


def test_an_open_question_is_sound_without_options() -> None:
    assert SURVEY.check(an_open_survey()) == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"open": True}, (ProblemCode.OPEN_AND_OPTIONS, ("options",))),
        ({"options": []}, (ProblemCode.TOO_FEW_PARTS, ("options",))),
        (
            {"options": [{"id": "a", "text": words("A"), "key": True}] * 2},
            (ProblemCode.UNKNOWN_FIELD, ("options", 0, "key")),
        ),
        ({"open": "yes"}, (ProblemCode.WRONG_SHAPE, ("open",))),
    ],
    ids=str,
)
def test_a_survey_that_cannot_be_answered_is_refused(
    changes: dict[str, Any], problem: tuple[ProblemCode, tuple[str | int, ...]]
) -> None:
    assert problem in {(found.code, found.path) for found in SURVEY.check(a_survey(**changes))}


def test_a_survey_with_neither_options_nor_an_open_field_is_refused() -> None:
    content = a_survey()
    del content["options"]
    assert [found.code for found in SURVEY.check(content)] == [ProblemCode.OPEN_AND_OPTIONS]
