"""Spot the phish: items.md 4.9."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from tests.factories.scene_items import a_genuine_message, a_hotspot
from tests.factories.words import words
from tests.unit.assessment.test_every_type import Form

HOTSPOT = TYPES["hotspot"]
SPANS = ["from", "parcel", "urgency", "fee", "link"]

answers = st.fixed_dictionaries(
    {"flags": st.lists(st.sampled_from(SPANS), unique=True)},
    optional={
        "verdict": st.sampled_from(["phish", "genuine"]),
        "action": st.sampled_from(["report", "ask", "open"]),
    },
)


def said(verdict: str | None, flags: list[str], action: str | None) -> dict[str, Any]:
    """An answer as it is stored."""
    given = {"verdict": verdict, "action": action}
    return {"flags": flags, **{name: value for name, value in given.items() if value}}


@pytest.mark.parametrize(
    ("response", "fraction"),
    [
        (said("phish", ["urgency", "link"], "report"), Fraction(1)),
        (said("phish", ["link"], "report"), Fraction(4, 5)),
        (said("phish", ["urgency", "link"], "ask"), Fraction(9, 10)),
        (said("phish", ["urgency", "link"], "open"), Fraction(4, 5)),
        (said("phish", ["urgency", "fee", "link"], "report"), Fraction(13, 15)),
        (said("phish", SPANS, "report"), Fraction(19, 25)),
        (said("phish", ["fee", "parcel"], None), Fraction(2, 5)),
        (said("phish", [], None), Fraction(2, 5)),
        (said("genuine", ["urgency", "link"], "report"), Fraction(1, 2)),
        (said("genuine", ["link"], "report"), Fraction(2, 5)),
        (said(None, ["urgency", "link"], "report"), Fraction(1, 2)),
        (said("genuine", [], "open"), Fraction(0)),
    ],
    ids=str,
)
def test_a_scam_earns_verdict_flags_and_action_and_half_at_most_without_the_verdict(
    response: dict[str, Any], fraction: Fraction
) -> None:
    assert HOTSPOT.score(a_hotspot(), response).fraction == fraction


@pytest.mark.parametrize(
    ("response", "fraction"),
    [
        (said("genuine", [], "report"), Fraction(1)),
        (said("genuine", ["link"], "report"), Fraction(3, 5)),
        (said("phish", [], "report"), Fraction(3, 5)),
        (said("phish", ["link"], "open"), Fraction(0)),
        (said(None, [], "report"), Fraction(1, 5)),
    ],
    ids=str,
)
def test_in_a_genuine_message_ticking_nothing_is_right_once_it_has_been_judged(
    response: dict[str, Any], fraction: Fraction
) -> None:
    assert HOTSPOT.score(a_genuine_message(), response).fraction == fraction


def test_the_weights_of_the_item_are_used() -> None:
    content = a_hotspot(weights={"verdict": 0.2, "flags": 0.7, "action": 0.1})
    assert HOTSPOT.check(content) == ()
    assert HOTSPOT.score(content, said("phish", ["link"], "open")).fraction == Fraction(11, 20)


@given(response=answers, extra=st.sampled_from(["from", "parcel", "fee"]))
def test_one_more_harmless_span_never_pays(response: dict[str, Any], extra: str) -> None:
    more = {**response, "flags": [*response["flags"], *({extra} - {*response["flags"]})]}
    for content in (a_hotspot(), a_genuine_message()):
        assert HOTSPOT.score(content, more).fraction <= HOTSPOT.score(content, response).fraction


@given(response=answers)
def test_only_the_whole_key_earns_everything_and_a_missed_scam_at_most_half(response: dict[str, Any]) -> None:
    content = a_hotspot()
    stored = HOTSPOT.accept(content, response)
    score = HOTSPOT.score(content, stored)
    assert (score.fraction == 1) == (stored == HOTSPOT.accept(content, HOTSPOT.key(content)))
    assert response.get("verdict") == "phish" or score.fraction <= Fraction(1, 2)
    assert (score.state is State.GAVEUP) == (not response["flags"] and len(response) == 1)


def test_a_form_with_only_ticked_spans_is_an_answer_in_reading_order() -> None:
    form = Form(q3__flags=["link", "parcel"])
    assert HOTSPOT.parse(a_hotspot(), form, "q3") == {"flags": ["parcel", "link"]}


@pytest.mark.parametrize(
    "value",
    [
        {"flags": ["time"]},
        {"flags": "link"},
        {"flags": [["link"]]},
        {"flags": [], "verdict": "maybe"},
        {"flags": [], "action": ["report"]},
        {"verdict": "phish"},
    ],
    ids=str,
)
def test_spans_verdicts_and_actions_that_the_item_does_not_have_are_refused(value: object) -> None:
    with pytest.raises(BadAnswer):
        HOTSPOT.accept(a_hotspot(), value)


def test_missed_signs_and_harmless_ticks_are_told_apart_with_their_reasons() -> None:
    feedback = HOTSPOT.feedback(a_hotspot(), said("phish", ["link", "fee"], "ask"))
    seen = {name: feedback.note(f"flag:{name}") for name in ("link", "urgency", "fee")}
    assert [(note.chosen, note.state) for note in seen.values() if note] == [
        (True, State.RIGHT),
        (False, State.RIGHT),
        (True, State.WRONG),
    ]
    assert all(note and note.text for note in seen.values())


def test_wrong_verdict_and_wrong_action_each_show_their_misconception() -> None:
    assert HOTSPOT.misconceptions(a_hotspot(), said("genuine", [], "open")) == {"M1", "M2"}
    assert HOTSPOT.misconceptions(a_hotspot(), said(None, ["link"], None)) == frozenset()


def _bent(**changes: Any) -> dict[str, Any]:
    content = a_hotspot()
    return {**content, "screen": {**content["screen"], **changes}}


SPAN = {"id": "a", "role": "text", "text": words("Chữ")}
ACTION = {"id": "x", "text": words("Làm"), "weight": 1}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (_bent(kind="fax"), (ProblemCode.UNKNOWN_MODE, ("screen", "kind"))),
        (_bent(spans=[SPAN]), (ProblemCode.TOO_FEW_PARTS, ("screen", "spans"))),
        (_bent(spans=[SPAN, SPAN, {**SPAN, "id": "b"}]), (ProblemCode.DUPLICATE_ID, ("screen", "spans", 1, "id"))),
        (_bent(spans=[{**SPAN, "role": "logo"}]), (ProblemCode.UNKNOWN_MODE, ("screen", "spans", 0, "role"))),
        (_bent(spans=[{**SPAN, "id": f"s{n}"} for n in range(13)]), (ProblemCode.TOO_MANY_PARTS, ("screen", "spans"))),
        (a_hotspot(screen="sms"), (ProblemCode.WRONG_SHAPE, ("screen",))),
        (a_hotspot(flags=[{"id": "time", "why": words("Vì")}]), (ProblemCode.UNKNOWN_ID, ("flags", 0, "id"))),
        (a_hotspot(flags=[]), (ProblemCode.FLAGS_AND_VERDICT, ("flags",))),
        (a_hotspot(verdict="genuine"), (ProblemCode.FLAGS_AND_VERDICT, ("flags",))),
        (a_hotspot(verdict="spam"), (ProblemCode.UNKNOWN_MODE, ("verdict",))),
        (a_hotspot(actions=[ACTION, {**ACTION, "id": "y"}]), (ProblemCode.NOT_ONE_KEY, ("actions",))),
        (
            a_hotspot(actions=[ACTION, {"id": "y", "text": words("Làm")}]),
            (ProblemCode.NO_FEEDBACK, ("actions", 1)),
        ),
        (
            a_hotspot(actions=[ACTION, {**ACTION, "id": "y", "weight": 2}]),
            (ProblemCode.BAD_WEIGHT, ("actions", 1, "weight")),
        ),
        (
            a_hotspot(actions=[{**ACTION, "misconception": "M1"}]),
            (ProblemCode.MISCONCEPTION_ON_KEY, ("actions", 0, "misconception")),
        ),
        (a_hotspot(weights={"verdict": 1, "flags": 1, "action": 0}), (ProblemCode.WEIGHTS_NOT_ONE, ("weights",))),
        (a_hotspot(weights={"verdict": 2, "flags": -1, "action": 0}), (ProblemCode.BAD_WEIGHT, ("weights",))),
        (a_hotspot(weights=[1]), (ProblemCode.WRONG_SHAPE, ("weights",))),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, tuple) else "",
)
def test_an_unsound_message_is_refused_with_the_place_of_the_fault(content: dict[str, Any], problem: object) -> None:
    assert problem in [(found.code, found.path) for found in HOTSPOT.check(content)]
