"""What kind of an edit leads from one revision of a question to the next, and whose answers still fit."""

from typing import Any

import pytest

from school_safety.classroom.rules import Edit, edit_between, fits
from tests.factories.assessment import a_choice, a_truefalse, an_option
from tests.factories.words import words
from tests.factories.written_items import a_short


def rekeyed() -> dict[str, Any]:
    """The factory's single choice with B as the key."""
    options = [an_option("A"), an_option("B", key=True), an_option("C", misconception="M2"), an_option("D")]
    return a_choice(options=options)


@pytest.mark.parametrize(
    ("after", "edit"),
    [
        (("choice", a_choice(stem=words("Em chọn gì nhỉ?"))), Edit.WORDS),
        (("choice", a_choice(feedback=words("Vì thế."))), Edit.WORDS),
        (("choice", rekeyed()), Edit.KEY),
        (("choice", a_choice(options=a_choice()["options"][:3])), Edit.PARTS),
        (("choice", a_choice(options=[*a_choice()["options"], an_option("E")])), Edit.PARTS),
        (("multi", a_choice()), Edit.PARTS),
    ],
    ids=["another stem", "another reason", "another key", "an option less", "an option more", "another type"],
)
def test_an_edit_changes_words_the_key_or_the_parts(after: tuple[str, Any], edit: Edit) -> None:
    assert edit_between(("choice", a_choice()), after) is edit


def test_the_accepted_words_of_a_short_answer_are_its_key() -> None:
    other = a_short()
    other["accept"] = [{**other["accept"][0], "pattern": words("chữ khác")}, *other["accept"][1:]]
    assert edit_between(("short", a_short()), ("short", other)) is Edit.KEY


def test_an_answer_fits_where_the_question_still_has_what_was_chosen() -> None:
    assert fits("choice", rekeyed(), {"choice": "A"})
    assert fits("choice", rekeyed(), None)
    assert not fits("choice", a_choice(options=a_choice()["options"][:3]), {"choice": "D"})
    assert fits("truefalse", a_truefalse(answer=True), {"value": True})
