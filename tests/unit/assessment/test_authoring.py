"""A form post becomes a content: ids are given and kept, parts come, go and move, and nothing typed is lost."""

from typing import Any

import pytest

from school_safety.assessment.rules import Problem, ProblemCode
from school_safety.assessment.rules.authoring import acted, draw
from school_safety.assessment.types import DESCRIPTIONS, TYPES
from tests.factories.assessment import CONTENTS, a_choice
from tests.factories.authoring import posted
from tests.factories.scene_items import a_branch, a_hotspot, a_lateral, a_settings_page
from tests.factories.words import words

CHOICE, HOTSPOT, LATERAL = DESCRIPTIONS["choice"], DESCRIPTIONS["hotspot"], DESCRIPTIONS["lateral"]


def _ids(parts: list[dict[str, Any]]) -> list[str]:
    return [part["id"] for part in parts]


def test_a_new_part_gets_the_first_free_letter_and_the_others_keep_theirs() -> None:
    draft, _ = acted(CHOICE, a_choice(), "remove:c-options-1")
    assert _ids(draft["options"]) == ["A", "C", "D"]
    draft, place = acted(CHOICE, draft, "add:c-options")
    assert _ids(draft["options"]) == ["A", "C", "D", "B"]
    assert place == "c-options-3"


def test_parts_move_with_all_that_was_typed_into_them() -> None:
    before = a_choice()
    draft, place = acted(CHOICE, before, "up:c-options-2")
    assert draft["options"] == [before["options"][at] for at in (0, 2, 1, 3)]
    assert place == "c-options-1"
    assert acted(CHOICE, draft, "up:c-options-0")[0] == draft


def test_a_list_takes_no_more_than_it_may_hold() -> None:
    draft = a_choice()
    for _ in range(20):
        draft, _place = acted(CHOICE, draft, "add:c-options")
    assert len(draft["options"]) == 8


@pytest.mark.parametrize(
    "act", ["", "save", "add:c", "add:c-stem", "up:c-options-x", "remove:c-options-99", "add:c-options-99-x", "add:q-a"]
)
def test_a_button_that_the_page_does_not_have_changes_nothing(act: str) -> None:
    assert acted(CHOICE, a_choice(), act) == (a_choice(), "")


def test_lists_inside_parts_are_added_to_and_made_where_there_is_none() -> None:
    draft, place = acted(DESCRIPTIONS["branch"], a_branch(), "add:c-nodes-3-choices")
    assert draft["nodes"][3]["choices"] == [{"id": "a"}]
    assert place == "c-nodes-3-choices-0"


def test_sentences_that_can_be_chosen_are_numbered_through_all_pages() -> None:
    form = posted(LATERAL, a_lateral())
    form["c-pages-0-body-1-named"] = ["1"]
    draft = LATERAL.read(form)
    new = draft["pages"][0]["body"][1]["id"]
    assert new not in {"s1", "s2", "s3", "s4", "s6"}
    assert TYPES["lateral"].check(draft) == ()


def test_a_bit_that_can_no_longer_be_marked_loses_its_id_and_its_sign_is_told_so() -> None:
    form = posted(HOTSPOT, a_hotspot())
    del form["c-screen-spans-7-named"]
    draft = HOTSPOT.read(form)
    assert "id" not in draft["screen"]["spans"][7]
    drawing = draw(HOTSPOT, draft, TYPES["hotspot"].check(draft), ())
    assert drawing.at("c-flags-0-id") == [ProblemCode.UNKNOWN_ID]


def test_the_two_values_of_a_switch_are_on_and_off_whatever_they_were_called() -> None:
    settings = DESCRIPTIONS["settings"]
    page = a_settings_page()
    page["settings"][0]["options"] = [
        {"id": "a", "text": words("Bật")},
        {"id": "b", "text": words("Tắt"), "safe": True},
    ]
    page["settings"][0]["start"] = "a"
    draft = settings.read(posted(settings, page))
    assert _ids(draft["settings"][0]["options"]) == ["on", "off"]
    assert draft["settings"][0]["start"] == "on"


@pytest.mark.parametrize(
    ("text", "value"), [("0,5", 0.5), ("0.25", 0.25), ("1", 1), (" 2 ", 2), ("nửa", "nửa"), ("1/3", "1/3")]
)
def test_numbers_are_read_as_people_write_them_and_kept_as_typed_where_they_are_none(text: str, value: object) -> None:
    form = {**posted(CHOICE, a_choice()), "c-options-1-weight": [text]}
    assert CHOICE.read(form)["options"][1]["weight"] == value


def test_what_was_said_about_a_removed_column_goes_with_it() -> None:
    grid = DESCRIPTIONS["grid"]
    draft, _ = acted(grid, CONTENTS["grid"](), "remove:c-columns-0")
    assert all("misconceptions" not in row for row in draft["rows"])


def test_a_missing_translation_is_told_beside_that_language() -> None:
    form = {**posted(CHOICE, a_choice()), "c-options-2-text-en": ["  "]}
    draft = CHOICE.read(form)
    drawing = draw(CHOICE, draft, TYPES["choice"].check(draft), ())
    assert [(told.code, told.name) for told in drawing.told] == [(ProblemCode.MISSING_LANGUAGE, "c-options-2-text-en")]
    assert drawing.told[0].where["vi"] == "Lựa chọn 3 › Nội dung (tiếng Anh)"
    assert drawing.within("c-options-2")


def test_a_problem_whose_field_the_page_does_not_show_is_told_at_what_holds_it() -> None:
    drawing = draw(CHOICE, a_choice(), [Problem(ProblemCode.UNKNOWN_FIELD, ("options", 1, "colour"))], ())
    assert drawing.told[0].name == "c-options-1"
    whole = draw(CHOICE, a_choice(), [Problem(ProblemCode.UNKNOWN_FIELD, ("colour",))], ())
    assert whole.told[0].name == "c"


def test_a_misconception_that_the_lesson_no_longer_has_is_still_shown() -> None:
    drawing = draw(CHOICE, a_choice(), (), (("M2", words("Khác")),))
    option = next(node for node in drawing.nodes if node.name == "c-options").parts[1]
    idea = next(node for node in option.nodes if node.field.name == "misconception")
    assert [name for name, _ in idea.choices] == ["M2", "M1"]
