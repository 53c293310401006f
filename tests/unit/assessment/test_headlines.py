"""Telling true from false: balanced accuracy, Youden's J, d' and c."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from school_safety.assessment.types.headlines import judgements as words_of
from school_safety.assessment.types.headlines import tally
from school_safety.assessment.types.headlines.discernment import Discernment, discern
from tests.factories.assessment import a_headline, headlines
from tests.unit.assessment.test_every_type import Form

HEADLINES = TYPES["headlines"]
HALF = Fraction(1, 2)


def test_the_worked_numbers_of_seven_hits_in_eight_and_two_false_alarms_in_eight() -> None:
    found = discern([(False, "false")] * 7 + [(False, "true")] + [(True, "false")] * 2 + [(True, "true")] * 6)
    assert found.d_prime == pytest.approx(1.557, abs=5e-4)
    assert found.criterion == pytest.approx(-0.189, abs=5e-4)
    assert found.youden == Fraction(625, 1000)
    assert found.balanced == Fraction(8125, 10000)


def test_a_class_that_calls_everything_false_does_not_look_good() -> None:
    content = headlines(8, 8)
    response = {"judg": {post["id"]: "false" for post in content["headlines"]}}
    found = tally(content, response)
    assert found.balanced == HALF
    assert found.youden == 0
    assert found.d_prime == pytest.approx(0)
    assert found.criterion is not None
    assert found.criterion < -1


def test_sensitivity_is_not_known_before_both_kinds_were_judged() -> None:
    found = tally(headlines(), {"judg": {"f1": "false", "f2": "true"}})
    assert (found.hits, found.misses, found.d_prime, found.criterion) == (1, 1, None, None)


def test_counts_of_pupils_add_up() -> None:
    one = tally(headlines(), {"judg": {"f1": "false", "t1": "true"}})
    other = tally(headlines(), {"judg": {"f1": "true", "t1": "false"}})
    assert one + other == Discernment(fabricated=6, hits=1, misses=1, genuine=6, false_alarms=1, trusted=1)


@pytest.mark.parametrize(
    ("judged", "balanced", "youden"),
    [
        ({"t1": "true", "t2": "true", "t3": "true", "f1": "false", "f2": "false", "f3": "false"}, 1, 1),
        ({"t1": "true"}, Fraction(1, 6), 0),
        ({"f1": "false", "t1": "false"}, Fraction(1, 6), 0),
        ({"f1": "true"}, 0, 0),
    ],
    ids=str,
)
def test_both_ways_of_scoring(judged: dict[str, str], balanced: Fraction, youden: Fraction) -> None:
    assert HEADLINES.score(headlines(), {"judg": judged}).fraction == balanced
    assert HEADLINES.score(headlines(mode="youden"), {"judg": judged}).fraction == youden


def test_guessing_is_worth_half_and_under_youden_nothing() -> None:
    assert HEADLINES.guess(headlines()) == HALF
    assert HEADLINES.guess(headlines(mode="youden")) == 0


judgements = st.dictionaries(st.sampled_from(["t1", "t2", "t3", "f1", "f2", "f3"]), st.sampled_from(["true", "false"]))


@given(judged=judgements, mode=st.sampled_from(["balanced", "youden"]))
def test_every_judgement_earns_between_nothing_and_all(judged: dict[str, str], mode: str) -> None:
    content = headlines(mode=mode)
    score = HEADLINES.score(content, HEADLINES.accept(content, {"judg": judged}))
    assert 0 <= score.fraction <= 1
    assert (score.state is State.GAVEUP) == (not judged)


def test_radio_buttons_and_selects_become_judgements_and_levels() -> None:
    content = headlines(confidence=True)
    form = Form(q4__t1="true", q4__f1="false", **{"q4-t1-sure": "3", "q4-t2-sure": "1", "q4-f1-sure": ""})
    assert HEADLINES.parse(content, form, "q4") == {"judg": {"t1": "true", "f1": "false"}, "conf": {"t1": 3}}


def test_levels_are_kept_only_where_the_item_asks_for_them() -> None:
    form = Form(q4__t1="true", **{"q4-t1-sure": "3"})
    assert HEADLINES.parse(headlines(), form, "q4") == {"judg": {"t1": "true"}}


@pytest.mark.parametrize(
    "value",
    [
        {"judg": {"z": "true"}},
        {"judg": {"t1": "maybe"}},
        {"judg": {"t1": True}},
        {"judg": ["t1"]},
        {"judg": {"t1": "true"}, "conf": [1]},
        {"judg": {"t1": "true"}, "conf": {"t1": 4}},
        {"judg": {"t1": "true"}, "conf": {"t1": True}},
        {"judg": {"t1": "true"}, "conf": {"z": 1}},
        {"conf": {"t1": 1}},
    ],
    ids=str,
)
def test_an_unknown_headline_word_or_level_is_refused(value: object) -> None:
    with pytest.raises(BadAnswer):
        HEADLINES.accept(headlines(confidence=True), value)


def test_levels_are_refused_where_the_item_does_not_ask() -> None:
    with pytest.raises(BadAnswer):
        HEADLINES.accept(headlines(), {"judg": {"t1": "true"}, "conf": {"t1": 1}})


def test_feedback_tells_of_every_headline_and_misconceptions_come_from_wrong_ones() -> None:
    response = {"judg": {"f1": "true", "t1": "true"}}
    states = {note.id: note.state for note in HEADLINES.feedback(headlines(), response).notes}
    assert states["f1"] is State.WRONG
    assert states["t1"] is State.RIGHT
    assert states["f2"] is State.GAVEUP
    assert HEADLINES.misconceptions(headlines(), response) == {"M1"}
    assert HEADLINES.misconceptions(headlines(), {"judg": {"t1": "true"}}) == frozenset()


def _posts(*truths: bool) -> list[dict[str, Any]]:
    return [a_headline(f"h{number}", truth) for number, truth in enumerate(truths)]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"headlines": _posts(*[True] * 4, *[False] * 2)}, (ProblemCode.TOO_FEW_OF_A_KIND, ("headlines",))),
        ({"headlines": _posts(*[True] * 3, *[False] * 5)}, (ProblemCode.UNBALANCED, ("headlines",))),
        ({"headlines": _posts(*[True] * 5, *[False] * 3)}, (ProblemCode.UNBALANCED, ("headlines",))),
        ({"headlines": _posts(True, False)}, (ProblemCode.TOO_FEW_PARTS, ("headlines",))),
        ({"archived_on": "last year"}, (ProblemCode.BAD_DATE, ("archived_on",))),
        ({"confidence": "yes"}, (ProblemCode.WRONG_SHAPE, ("confidence",))),
        ({"mode": "roc"}, (ProblemCode.UNKNOWN_MODE, ("mode",))),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_an_unsound_set_is_refused_with_the_place_of_the_fault(changes: dict[str, Any], problem: object) -> None:
    assert problem in [(found.code, found.path) for found in HEADLINES.check(headlines(**changes))]


def test_a_headline_without_reason_and_with_a_truth_that_is_a_word_is_refused() -> None:
    content = headlines()
    del content["headlines"][0]["feedback"]
    content["headlines"][1]["truth"] = "yes"
    content["headlines"][2]["misconception"] = 1
    found = [(problem.code, problem.path) for problem in HEADLINES.check(content)]
    assert (ProblemCode.NO_FEEDBACK, ("headlines", 0)) in found
    assert (ProblemCode.WRONG_SHAPE, ("headlines", 1, "truth")) in found
    assert (ProblemCode.WRONG_SHAPE, ("headlines", 2, "misconception")) in found


@pytest.mark.parametrize(("genuine", "fabricated"), [(3, 3), (4, 6), (6, 4), (8, 8)])
def test_sets_of_forty_to_sixty_per_cent_genuine_are_sound_and_may_be_dated(genuine: int, fabricated: int) -> None:
    assert HEADLINES.check(headlines(genuine, fabricated, archived_on="2026-11-01")) == ()


@pytest.mark.parametrize(
    ("own", "words"), [({}, ["True", "Not true"]), ({"asks": "genuine"}, ["Genuine", "Not genuine"])]
)
def test_claims_are_true_or_not_and_messages_genuine_or_not(own: dict[str, str], words: list[str]) -> None:
    content = headlines(**own)
    assert HEADLINES.check(content) == ()
    assert [one["en"] for one in words_of(content).values()] == words
    said = HEADLINES.answer_text(content, {"judg": {"t1": "true", "f1": "false"}})["en"]
    assert [word in said for word in words] == [True, True]


def test_what_pupils_judge_is_one_of_two_things() -> None:
    assert [problem.code for problem in HEADLINES.check(headlines(asks="beauty"))] == [ProblemCode.WRONG_SHAPE]
