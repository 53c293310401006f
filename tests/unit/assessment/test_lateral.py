"""Reading across pages: items.md 4.13."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from tests.factories.scene_items import a_lateral
from tests.factories.words import words
from tests.unit.assessment.test_every_type import Form

LATERAL = TYPES["lateral"]
SENTENCES = ["s1", "s2", "s3", "s4", "s6"]


def answer(opened: list[str], evidence: list[str], **said: str) -> dict[str, Any]:
    """An answer as it is stored."""
    return {"opened": opened, "evidence": evidence, **said}


@pytest.mark.parametrize(
    ("response", "fraction"),
    [
        (answer(["p3"], ["s4", "s6"], verdict="no"), Fraction(1)),
        (answer(["p2", "p3"], ["s4"], verdict="no"), Fraction(5, 6)),
        (answer(["p2", "p4"], ["s4", "s6"], verdict="no"), Fraction(2, 3)),
        (answer(["p3"], ["s4", "s6"], verdict="yes"), Fraction(2, 3)),
        (answer(["p3"], ["s4", "s6", "s1"], verdict="no"), Fraction(8, 9)),
        (answer(["p3"], SENTENCES, verdict="no"), Fraction(2, 3)),
        (answer(["p3"], ["s4", "s6"]), Fraction(1, 3)),
        (answer([], ["s1"], verdict="yes"), Fraction(0)),
    ],
    ids=str,
)
def test_a_third_each_for_the_verdict_the_evidence_and_having_looked_elsewhere_first(
    response: dict[str, Any], fraction: Fraction
) -> None:
    assert LATERAL.score(a_lateral(why=False), response).fraction == fraction


@pytest.mark.parametrize(
    ("why", "marks", "fraction", "state"),
    [
        ("Vì hội nhãn khoa nói khác.", None, Fraction(5, 6), State.UNMARKED),
        ("Vì hội nhãn khoa nói khác.", {"why": 2}, Fraction(9, 10), State.PARTIAL),
        ("Vì hội nhãn khoa nói khác.", {"why": 1}, Fraction(7, 10), State.PARTIAL),
        ("Em thấy thế.", {"why": 0}, Fraction(1, 2), State.PARTIAL),
        ("", None, Fraction(1, 2), State.PARTIAL),
    ],
    ids=str,
)
def test_the_pupils_reasons_are_two_fifths_once_marked_and_until_then_the_rest_is_provisional(
    why: str, marks: dict[str, int] | None, fraction: Fraction, state: State
) -> None:
    response = answer(["p3"], ["s4"], verdict="no", **({"why": why} if why else {}))
    score = LATERAL.marked(a_lateral(), response, marks)
    assert (score.fraction, score.state) == (fraction, state)


def test_having_looked_without_judging_is_no_answer_and_the_page_of_origin_is_not_looking() -> None:
    assert LATERAL.accept(a_lateral(), {"opened": ["p3", "p2"]}) is None
    assert LATERAL.accept(a_lateral(), answer(["p1", "p3", "p2", "p3"], [], verdict="no")) == answer(
        ["p3", "p2"], [], verdict="no"
    )


def test_a_plain_form_is_read_with_its_ticks_its_verdict_and_its_words() -> None:
    form = Form(q1__opened=["p3"], q1__evidence=["s6", "s4"], q1__verdict="no", q1__why=" Vì thế. ")
    assert LATERAL.parse(a_lateral(), form, "q1") == answer(["p3"], ["s4", "s6"], verdict="no", why="Vì thế.")


@pytest.mark.parametrize(
    "value",
    [
        answer(["p9"], ["s4"]),
        answer([["p3"]], ["s4"]),  # type: ignore[list-item]  # what a client may send
        answer([], ["s5"]),
        answer([], ["s4"], verdict="maybe"),
        answer([], ["s4"], why="x" * 2001),
        {"opened": "p3"},
        {"evidence": ["s4"]},
    ],
    ids=lambda value: str(value)[:60],
)
def test_pages_sentences_and_verdicts_that_the_item_does_not_have_are_refused(value: object) -> None:
    with pytest.raises(BadAnswer):
        LATERAL.accept(a_lateral(), value)


def test_words_are_refused_where_the_item_does_not_ask_why() -> None:
    with pytest.raises(BadAnswer):
        LATERAL.accept(a_lateral(why=False), answer([], ["s4"], why="Vì thế."))


@given(
    evidence=st.lists(st.sampled_from(SENTENCES), unique=True),
    opened=st.lists(st.sampled_from(["p2", "p3", "p4"]), unique=True),
    extra=st.sampled_from(["s1", "s2", "s3"]),
)
def test_one_more_sentence_that_proves_nothing_never_pays(evidence: list[str], opened: list[str], extra: str) -> None:
    more = answer(opened, [*evidence, *({extra} - {*evidence})], verdict="no")
    less = answer(opened, evidence, verdict="no")
    content = a_lateral(why=False)
    assert LATERAL.score(content, more).fraction <= LATERAL.score(content, less).fraction


def _bent(index: int, **changes: Any) -> dict[str, Any]:
    content = a_lateral()
    content["pages"][index] = {**content["pages"][index], **changes}
    return content


VERDICT = {"id": "a", "text": words("Tin"), "key": True}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (_bent(0, kind="related"), (ProblemCode.WRONG_PAGES, ("pages",))),
        (_bent(2, kind="related"), (ProblemCode.WRONG_PAGES, ("pages",))),
        (_bent(1, kind="blog"), (ProblemCode.UNKNOWN_MODE, ("pages", 1, "kind"))),
        (_bent(1, body=[]), (ProblemCode.TOO_FEW_PARTS, ("pages", 1, "body"))),
        (
            _bent(1, body=[{"id": "s1", "text": words("Lại")}]),
            (ProblemCode.DUPLICATE_ID, ("pages", 1, "body", 0, "id")),
        ),
        (a_lateral(evidence=[]), (ProblemCode.NO_KEY, ("evidence",))),
        (a_lateral(evidence=["s9"]), (ProblemCode.UNKNOWN_ID, ("evidence", 0))),
        (a_lateral(evidence=["s1"]), (ProblemCode.EVIDENCE_PLACE, ("evidence", 0))),
        (a_lateral(evidence=["s4", "s4"]), (ProblemCode.DUPLICATE_ID, ("evidence", 1))),
        (a_lateral(evidence=SENTENCES), (ProblemCode.NO_DISTRACTOR, ("pages",))),
        (a_lateral(verdicts=[VERDICT, {**VERDICT, "id": "b"}]), (ProblemCode.NOT_ONE_KEY, ("verdicts",))),
        (
            a_lateral(verdicts=[VERDICT, {"id": "b", "text": words("Không")}]),
            (ProblemCode.NO_FEEDBACK, ("verdicts", 1)),
        ),
        (
            a_lateral(verdicts=[{**VERDICT, "misconception": "M1"}]),
            (ProblemCode.MISCONCEPTION_ON_KEY, ("verdicts", 0, "misconception")),
        ),
        (a_lateral(why=False) | {"why": "Vì sao?"}, (ProblemCode.WRONG_SHAPE, ("why",))),
        (
            a_lateral(why=False) | {"why": {"prompt": words("Vì sao?"), "rubric": []}},
            (ProblemCode.TOO_FEW_PARTS, ("why", "rubric")),
        ),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, tuple) else "",
)
def test_an_unsound_web_is_refused_with_the_place_of_the_fault(content: dict[str, Any], problem: object) -> None:
    assert problem in [(found.code, found.path) for found in LATERAL.check(content)]
