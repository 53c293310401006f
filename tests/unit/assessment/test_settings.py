"""A page of settings: items.md 4.12."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from school_safety.assessment.types.settings import safety
from tests.factories.scene_items import a_settings_page
from tests.factories.words import words
from tests.unit.assessment.test_every_type import Form

SETTINGS = TYPES["settings"]
START = {"location": "on", "who": "all", "updates": "on"}
states = st.fixed_dictionaries(
    {
        "location": st.sampled_from(["on", "off"]),
        "who": st.sampled_from(["all", "friends", "none"]),
        "updates": st.sampled_from(["on", "off"]),
    }
)


@pytest.mark.parametrize(
    ("changes", "fraction"),
    [
        ({"location": "off", "who": "friends"}, Fraction(1)),
        ({"location": "off", "who": "none"}, Fraction(1)),
        ({"location": "off"}, Fraction(2, 3)),
        ({"who": "friends"}, Fraction(1, 3)),
        ({"location": "off", "who": "friends", "updates": "off"}, Fraction(2, 3)),
        ({"who": "friends", "updates": "off"}, Fraction(0)),
        ({"updates": "off"}, Fraction(0)),
    ],
    ids=str,
)
def test_what_counts_is_how_much_safer_the_page_became_and_reversing_costs(
    changes: dict[str, str], fraction: Fraction
) -> None:
    response = SETTINGS.accept(a_settings_page(), {"state": changes})
    assert response == {"state": {**START, **changes}}
    assert SETTINGS.score(a_settings_page(), response).fraction == fraction


def test_the_page_starts_at_a_quarter_of_its_safety_and_leaving_it_so_is_no_answer() -> None:
    assert safety(a_settings_page(), START) == Fraction(1, 4)
    assert SETTINGS.accept(a_settings_page(), {"state": START}) is None
    assert SETTINGS.accept(a_settings_page(), {"state": {}}) is None


@given(state=states)
def test_the_score_follows_the_share_of_safety_whatever_was_set(state: dict[str, str]) -> None:
    content = a_settings_page()
    response = SETTINGS.accept(content, {"state": state})
    score = SETTINGS.score(content, response)
    assert (score.state is State.GAVEUP) == (state == START)
    assert score.fraction == max(Fraction(0), (safety(content, state) - Fraction(1, 4)) / Fraction(3, 4))


def test_a_switch_that_is_off_posts_nothing_and_is_read_as_off_where_the_page_was_there() -> None:
    page = a_settings_page()
    assert SETTINGS.parse(page, Form(q1__settings="1", q1__who="friends"), "q1") == {
        "state": {"location": "off", "who": "friends", "updates": "off"}
    }
    assert SETTINGS.parse(page, Form(q1__who="friends"), "q1") is None
    assert (
        SETTINGS.parse(page, Form(q1__settings="1", q1__location="on", q1__who="all", q1__updates="on"), "q1") is None
    )


@pytest.mark.parametrize("state", [{"volume": "on"}, {"who": "family"}, {"who": ["all"]}, ["who"], None], ids=str)
def test_settings_and_options_that_the_page_does_not_have_are_refused(state: object) -> None:
    with pytest.raises(BadAnswer):
        SETTINGS.accept(a_settings_page(), {"state": state})


def test_the_review_says_of_each_setting_whether_it_is_safe_and_whether_it_was_changed() -> None:
    response = SETTINGS.accept(a_settings_page(), {"state": {"who": "friends", "updates": "off"}})
    notes = SETTINGS.feedback(a_settings_page(), response).notes
    assert [(note.id, note.chosen, note.state) for note in notes] == [
        ("location", False, State.WRONG),
        ("who", True, State.RIGHT),
        ("updates", True, State.WRONG),
    ]
    assert all(note.text for note in notes)
    assert SETTINGS.misconceptions(a_settings_page(), response) == {"M1"}


def _bent(index: int, **changes: Any) -> dict[str, Any]:
    content = a_settings_page()
    content["settings"][index] = {**content["settings"][index], **changes}
    return content


def _options(*safe: bool) -> list[dict[str, Any]]:
    return [{"id": f"o{n}", "text": words("Chọn"), "safe": value} for n, value in enumerate(safe)]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (_bent(0, start="maybe"), (ProblemCode.UNKNOWN_ID, ("settings", 0, "start"))),
        (_bent(0, weight=9), (ProblemCode.BAD_WEIGHT, ("settings", 0, "weight"))),
        (_bent(0, kind="slider"), (ProblemCode.UNKNOWN_MODE, ("settings", 0, "kind"))),
        (_bent(1, kind="switch"), (ProblemCode.BAD_ID, ("settings", 1, "options"))),
        (_bent(1, options=_options(True, True)), (ProblemCode.NOTHING_UNSAFE, ("settings", 1, "options"))),
        (_bent(1, options=_options(False, False)), (ProblemCode.NOTHING_UNSAFE, ("settings", 1, "options"))),
        (_bent(1, options=_options(True)), (ProblemCode.TOO_FEW_PARTS, ("settings", 1, "options"))),
        (
            _bent(1, options=[{"id": "a", "text": words("Có"), "safe": "yes"}]),
            (ProblemCode.WRONG_SHAPE, ("settings", 1, "options", 0, "safe")),
        ),
        (a_settings_page(screen="app"), (ProblemCode.WRONG_SHAPE, ("screen",))),
        (a_settings_page(settings=a_settings_page()["settings"][2:] * 2), (ProblemCode.NOTHING_UNSAFE, ("settings",))),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, tuple) else "",
)
def test_an_unsound_page_is_refused_with_the_place_of_the_fault(content: dict[str, Any], problem: object) -> None:
    assert problem in [(found.code, found.path) for found in SETTINGS.check(content)]
