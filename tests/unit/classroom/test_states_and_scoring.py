"""How a pupil stands, which answer of a slot counts, and what a paper is worth."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from school_safety.assessment.rules import State
from school_safety.classroom.rules import (
    Answer,
    AttemptState,
    PupilState,
    effective_answers,
    freeze_paper,
    pupil_state,
    read_paper,
    score_paper,
)
from tests.factories.assessment import a_choice, a_multi

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
S = AttemptState


@pytest.mark.parametrize(
    ("states", "silent", "expected"),
    [
        pytest.param([], None, PupilState.NOT_STARTED, id="never came"),
        pytest.param([S.VOID], None, PupilState.NOT_STARTED, id="only a void attempt"),
        pytest.param([S.IN_PROGRESS], 4, PupilState.WORKING, id="at work"),
        pytest.param([S.IN_PROGRESS], 5, PupilState.STUCK, id="silent for five minutes"),
        pytest.param([S.IN_PROGRESS], None, PupilState.WORKING, id="no sign to judge by"),
        pytest.param([S.SUBMITTED, S.IN_PROGRESS], 9, PupilState.SUBMITTED, id="at a second attempt"),
        pytest.param([S.SUBMITTED, S.LAPSED], None, PupilState.SUBMITTED, id="handed in once, lapsed once"),
        pytest.param([S.LAPSED, S.VOID], None, PupilState.LAPSED, id="out of time with nothing"),
    ],
)
def test_how_a_pupil_stands_follows_from_the_attempts(
    states: list[AttemptState], silent: int | None, expected: PupilState
) -> None:
    last_sign = NOW - timedelta(minutes=silent) if silent is not None else None
    assert pupil_state(states, last_sign=last_sign, now=NOW) is expected


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        pytest.param([Answer(1, 1, {"choice": "A"}, True)], {"choice": "A"}, id="in time"),
        pytest.param(
            [Answer(1, 1, {"choice": "A"}, True), Answer(1, 2, {"choice": "B"}, False)],
            {"choice": "A"},
            id="late and not accepted",
        ),
        pytest.param(
            [Answer(1, 1, {"choice": "A"}, True), Answer(1, 2, {"choice": "B"}, True)],
            {"choice": "B"},
            id="late and accepted",
        ),
        pytest.param(
            [Answer(1, 3, {"choice": "A"}, True), Answer(1, 2, {"choice": "B"}, True)],
            {"choice": "A"},
            id="answered again in time after an extension",
        ),
    ],
)
def test_the_newest_answer_that_counts_is_the_answer(answers: list[Answer], counts: dict[str, str]) -> None:
    assert effective_answers(answers) == {1: counts}
    assert effective_answers(reversed(answers)) == {1: counts}


def test_a_slot_with_only_an_unaccepted_late_answer_is_empty() -> None:
    assert effective_answers([Answer(1, 1, {"choice": "A"}, False)]) == {}


def test_every_slot_is_scored_by_its_type_and_an_empty_one_is_given_up() -> None:
    paper = read_paper(
        freeze_paper([(7, "choice", Fraction(1)), (8, "multi", Fraction(1)), (7, "choice", Fraction(1))], shuffle=False)
    )
    scores = score_paper(paper, {7: a_choice(), 8: a_multi()}, {1: {"choice": "A"}, 2: {"choices": ["A"]}, 3: None})
    assert {slot: (score.fraction, score.state) for slot, score in scores.items()} == {
        1: (Fraction(1), State.RIGHT),
        2: (Fraction(1, 2), State.PARTIAL),
        3: (Fraction(0), State.GAVEUP),
    }
