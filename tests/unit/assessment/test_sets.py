"""Habits of a lesson's items that give keys away, and names that may not be invented around."""

from typing import Any

import pytest

from school_safety.assessment.rules import ProblemCode, denied_problems, set_problems, unused_options
from tests.factories.assessment import a_choice, a_match, a_truefalse, an_option
from tests.factories.scene_items import a_genuine_message, a_hotspot
from tests.factories.words import words


def typed(type_code: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"type": type_code, **content}


def keyed(at: int, *, longest: bool = False) -> dict[str, Any]:
    """A single choice with its key at this place."""
    options = [an_option(name) for name in "BCD"]
    text = words("Lựa chọn đúng và dài hơn hẳn mọi lựa chọn khác" if longest else "Đúng")
    options.insert(at, an_option("A", key=True, text=text))
    return typed("choice", a_choice(options=options))


def codes(item: dict[str, Any], *others: dict[str, Any]) -> set[ProblemCode]:
    return {problem.code for problem in set_problems(item, others)}


def test_an_item_is_told_of_a_habit_only_where_it_adds_to_it() -> None:
    longest = keyed(0, longest=True), keyed(1, longest=True)
    assert codes(keyed(2, longest=True), *longest) == {ProblemCode.LONGEST_KEY}
    assert codes(keyed(2), *longest) == set()
    assert codes(keyed(0), keyed(0), keyed(0)) == {ProblemCode.KEY_SAME_PLACE}
    assert codes(keyed(1), keyed(0), keyed(0)) == set()
    assert codes(keyed(0, longest=True)) == set()


@pytest.mark.parametrize(("answer", "told"), [(True, {ProblemCode.SET_UNBALANCED}), (False, set())])
def test_statements_stay_between_two_and_three_fifths_true(answer: bool, told: set[ProblemCode]) -> None:
    said = [typed("truefalse", a_truefalse(answer=value)) for value in (True, True, True, False)]
    assert codes(typed("truefalse", a_truefalse(answer=answer)), *said) == told


def test_a_second_scam_wants_a_genuine_message_beside_it() -> None:
    scam, genuine = typed("hotspot", a_hotspot()), typed("hotspot", a_genuine_message())
    assert codes(scam) == set()
    assert codes(scam, scam) == {ProblemCode.MESSAGES_UNBALANCED}
    assert codes(genuine, scam, scam) == set()


def test_a_category_that_is_right_for_nothing_is_found() -> None:
    content = a_match()
    content["categories"].append({"id": "none", "text": words("Không gì cả")})
    assert [(one.code, one.path) for one in unused_options(content)] == [(ProblemCode.UNUSED_OPTION, ("categories", 3))]
    assert list(unused_options(a_match())) == []


def test_a_real_name_or_number_is_found_in_what_we_invent_and_not_in_what_we_say_about_it() -> None:
    content = a_hotspot(stem=words("Tin này giả danh Vietcombank?"))
    content["screen"]["spans"][0]["text"] = words("Vietcombank 0912 345 678")
    found = [(one.code, one.path[:3], one.params["name"]) for one in denied_problems(content)]
    place = ("screen", "spans", 0)
    assert found[:2] == [
        (ProblemCode.DENIED_NAME, place, "Vietcombank"),
        (ProblemCode.DENIED_NUMBER, place, "0912 345 678"),
    ]
    assert len(found) == 4  # in both languages
