"""Single choice: weights, keys, and what a content must have."""

from fractions import Fraction
from typing import Any

import pytest

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from tests.factories.assessment import a_choice, an_option, words
from tests.unit.assessment.test_every_type import Form

CHOICE = TYPES["choice"]
SJT = a_choice(
    options=[
        an_option("A", weight=1),
        an_option("B", weight=0.5),
        an_option("C", weight=0.3333333),
        an_option("D", weight=0, misconception="M1"),
    ]
)


@pytest.mark.parametrize(
    ("chosen", "fraction", "state"),
    [
        ("A", Fraction(1), State.RIGHT),
        ("B", Fraction(1, 2), State.PARTIAL),
        ("C", Fraction(1, 3), State.PARTIAL),
        ("D", Fraction(0), State.WRONG),
    ],
)
def test_a_judgement_item_earns_the_weight_of_the_option(chosen: str, fraction: Fraction, state: State) -> None:
    score = CHOICE.score(SJT, {"choice": chosen})
    assert (score.fraction, score.state) == (fraction, state)


def test_the_guess_score_is_the_mean_of_the_weights() -> None:
    assert CHOICE.guess(SJT) == Fraction(11, 24)


def test_the_posted_radio_button_becomes_the_answer() -> None:
    assert CHOICE.parse(a_choice(), Form(q3__choice="B"), "q3") == {"choice": "B"}


def test_an_option_that_the_item_does_not_have_is_refused() -> None:
    with pytest.raises(BadAnswer):
        CHOICE.parse(a_choice(), Form(q3__choice="Z"), "q3")


def test_feedback_tells_of_every_option_and_marks_the_chosen_one() -> None:
    feedback = CHOICE.feedback(a_choice(), {"choice": "B"})
    assert [(note.id, note.chosen, note.state) for note in feedback.notes] == [
        ("A", False, State.RIGHT),
        ("B", True, State.WRONG),
        ("C", False, State.WRONG),
        ("D", False, State.WRONG),
    ]
    note = feedback.note("B")
    assert note is not None
    assert note.text == words("Chưa đúng vì B.")
    assert feedback.note("Z") is None
    assert feedback.general == words("Nhớ kỹ điều này.")


def test_fixed_options_keep_their_place() -> None:
    content = a_choice()
    content["options"][3]["fixed"] = True
    orders = {CHOICE.order_for(content, seed) for seed in range(60)}
    assert {order[3] for order in orders} == {"D"}
    assert len({order[0] for order in orders}) == 3


def test_two_items_with_the_same_option_ids_are_shuffled_apart() -> None:
    other = a_choice(stem=words("Câu khác"))
    assert any(CHOICE.order_for(a_choice(), seed) != CHOICE.order_for(other, seed) for seed in range(5))


BAD: list[tuple[str, dict[str, Any], tuple[ProblemCode, tuple[str | int, ...]]]] = [
    ("no list", {"options": "A"}, (ProblemCode.WRONG_SHAPE, ("options",))),
    ("one option", {"options": [an_option("A", key=True)]}, (ProblemCode.TOO_FEW_PARTS, ("options",))),
    (
        "nine options",
        {"options": [an_option("A", key=True), *(an_option(f"B{n}") for n in range(8))]},
        (ProblemCode.TOO_MANY_PARTS, ("options",)),
    ),
    ("no mapping", {"options": ["A", an_option("B", key=True)]}, (ProblemCode.WRONG_SHAPE, ("options", 0))),
    (
        "id with a space",
        {"options": [an_option("A b"), an_option("B", key=True)]},
        (ProblemCode.BAD_ID, ("options", 0, "id")),
    ),
    (
        "same id twice",
        {"options": [an_option("A"), an_option("A", key=True)]},
        (ProblemCode.DUPLICATE_ID, ("options", 1, "id")),
    ),
    ("no key", {"options": [an_option("A"), an_option("B")]}, (ProblemCode.NOT_ONE_KEY, ("options",))),
    (
        "two keys",
        {"options": [an_option("A", key=True), an_option("B", key=True)]},
        (ProblemCode.NOT_ONE_KEY, ("options",)),
    ),
    (
        "key and weight",
        {"options": [an_option("A", key=True, weight=1), an_option("B")]},
        (ProblemCode.KEY_AND_WEIGHT, ("options", 0)),
    ),
    (
        "weight above 1",
        {"options": [an_option("A", key=True), an_option("B", weight=1.5)]},
        (ProblemCode.BAD_WEIGHT, ("options", 1, "weight")),
    ),
    (
        "negative weight",
        {"options": [an_option("A", key=True), an_option("B", weight=-1)]},
        (ProblemCode.BAD_WEIGHT, ("options", 1, "weight")),
    ),
    (
        "weight is a word",
        {"options": [an_option("A", key=True), an_option("B", weight="much")]},
        (ProblemCode.BAD_WEIGHT, ("options", 1, "weight")),
    ),
    (
        "key is a word",
        {"options": [an_option("A", key=True), an_option("B", key="no")]},
        (ProblemCode.WRONG_SHAPE, ("options", 1, "key")),
    ),
    (
        "distractor without feedback",
        {"options": [an_option("A", key=True), {"id": "B", "text": words("B")}]},
        (ProblemCode.NO_FEEDBACK, ("options", 1)),
    ),
    (
        "misconception on the key",
        {"options": [an_option("A", key=True, misconception="M1"), an_option("B")]},
        (ProblemCode.MISCONCEPTION_ON_KEY, ("options", 0, "misconception")),
    ),
    (
        "misconception is a list",
        {"options": [an_option("A", key=True), an_option("B", misconception=["M1"])]},
        (ProblemCode.WRONG_SHAPE, ("options", 1, "misconception")),
    ),
    (
        "no English",
        {"options": [an_option("A", key=True), an_option("B", text={"vi": "Chữ"})]},
        (ProblemCode.MISSING_LANGUAGE, ("options", 1, "text", "en")),
    ),
    ("stem is a string", {"stem": "Em chọn gì?"}, (ProblemCode.WRONG_SHAPE, ("stem",))),
    ("a third language", {"stem": words("Em") | {"fr": "Tu"}}, (ProblemCode.UNKNOWN_FIELD, ("stem", "fr"))),
    ("decomposed text", {"stem": words("Em cho\u0323n gì?")}, (ProblemCode.NOT_NFC, ("stem", "vi"))),
    ("blank text", {"stem": {"vi": "  ", "en": "x"}}, (ProblemCode.MISSING_LANGUAGE, ("stem", "vi"))),
]


@pytest.mark.parametrize(("changes", "problem"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_an_unsound_content_is_refused_with_the_place_of_the_fault(
    changes: dict[str, Any], problem: tuple[ProblemCode, tuple[str | int, ...]]
) -> None:
    found = [(found.code, found.path) for found in CHOICE.check(a_choice(**changes))]
    assert problem in found
