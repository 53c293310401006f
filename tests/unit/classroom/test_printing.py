"""A question on paper: what may be printed, what is typed for an answer, and the answer back as it was typed."""

from fractions import Fraction
from typing import Any

import pytest

from school_safety.assessment.types import TYPES
from school_safety.classroom.rules import BadCell, CellProblem, Printed, printed, read_cell, write_cell
from tests.factories.assessment import CONTENTS, a_choice, a_match, a_multi, a_truefalse, an_option, an_order, headlines

SEED = 7
ON_PAPER = {"choice", "multi", "truefalse", "grid", "match", "order", "headlines"}


def question(type_code: str, content: dict[str, Any]) -> Printed:
    """The printed question, which must be there."""
    made = printed(type_code, content, SEED)
    assert made is not None
    return made


@pytest.mark.parametrize("type_code", sorted(TYPES))
def test_only_what_one_mark_a_line_can_say_goes_on_paper(type_code: str) -> None:
    assert (printed(type_code, CONTENTS[type_code](), SEED) is not None) is (type_code in ON_PAPER)


def test_more_than_five_options_or_nine_steps_stay_off_paper() -> None:
    many = [an_option("A", key=True), *(an_option(letter) for letter in "BCDEF")]
    assert printed("choice", a_choice(options=many), SEED) is None
    assert printed("choice", a_choice(options=many[:5]), SEED) is not None
    assert printed("order", an_order("abcdefghi"), SEED) is not None
    assert printed("order", an_order("abcdefghij"), SEED) is None


@pytest.mark.parametrize("type_code", sorted(ON_PAPER))
def test_the_right_answer_typed_in_as_it_stands_on_the_sheet_earns_everything(type_code: str) -> None:
    content = CONTENTS[type_code]()
    shape, kind = question(type_code, content), TYPES[type_code]
    typed = write_cell(shape, kind.key(content))
    answer = kind.accept(content, read_cell(shape, typed))
    assert kind.score(content, answer).fraction == Fraction(1)
    assert write_cell(shape, answer) == typed


@pytest.mark.parametrize(
    ("typed", "letter"),
    [("b", "B"), (" B ", "B"), ("2", "B"), ("", None), ("-", None)],
    ids=["small", "spaces", "number", "nothing", "left empty"],
)
def test_a_letter_may_be_small_and_a_number_stands_for_it(typed: str, letter: str | None) -> None:
    shape = question("choice", a_choice())
    expected = {"choice": shape.columns["ABCD".index(letter)].id} if letter else None
    assert read_cell(shape, typed) == expected


def test_several_letters_are_read_in_any_order_and_with_signs_between() -> None:
    shape = question("multi", a_multi())
    ids = {column.id for column in (shape.columns[0], shape.columns[2])}
    for typed in ("AC", "c,a", "1 3"):
        answer = read_cell(shape, typed)
        assert answer is not None and set(answer["choices"]) == ids


def test_a_line_left_empty_is_a_dash_and_keeps_the_others_in_place() -> None:
    shape = question("match", a_match())
    answer = read_cell(shape, "A-C-")
    assert answer == {"pairs": {shape.lines[0].id: shape.columns[0].id, shape.lines[2].id: shape.columns[2].id}}
    assert write_cell(shape, answer) == "A-C-"


def test_numbers_in_boxes_are_the_places_of_the_steps() -> None:
    shape = question("order", an_order("abc"))
    answer = read_cell(shape, "312")
    first, second, third = (line.id for line in shape.lines)
    assert answer == {"order": [second, third, first]}


@pytest.mark.parametrize(
    ("type_code", "content", "typed", "problem"),
    [
        ("choice", a_choice(), "E", CellProblem.UNKNOWN_SIGN),
        ("choice", a_choice(), "5", CellProblem.UNKNOWN_SIGN),
        ("choice", a_choice(), "?", CellProblem.UNKNOWN_SIGN),
        ("choice", a_choice(), "AB", CellProblem.MORE_THAN_ONE),
        ("truefalse", a_truefalse(), "C", CellProblem.UNKNOWN_SIGN),
        ("multi", a_multi(), "AA", CellProblem.SAME_TWICE),
        ("match", a_match(), "ABC", CellProblem.WRONG_LENGTH),
        ("headlines", headlines(), "ABABABA", CellProblem.WRONG_LENGTH),
        ("order", an_order("abc"), "112", CellProblem.SAME_TWICE),
        ("order", an_order("abc"), "12", CellProblem.WRONG_LENGTH),
        ("order", an_order("abc"), "1-2", CellProblem.WRONG_LENGTH),
    ],
)
def test_two_marks_or_a_sign_too_many_are_a_question_and_not_a_zero(
    type_code: str, content: dict[str, Any], typed: str, problem: CellProblem
) -> None:
    with pytest.raises(BadCell) as error:
        read_cell(question(type_code, content), typed)
    assert error.value.problem is problem
