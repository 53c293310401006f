"""Every code has its words."""

from school_safety.assessment.forms import COMPOSING_WORDS, PROBLEM_WORDS, PURPOSE_WORDS, STATE_WORDS, USE_WORDS
from school_safety.assessment.rules import ComposingProblem, ProblemCode, Purpose, State, Use


def test_every_code_has_words() -> None:
    assert set(PROBLEM_WORDS) == set(ProblemCode)
    assert set(PURPOSE_WORDS) == set(Purpose)
    assert set(STATE_WORDS) == set(State)
    assert set(USE_WORDS) == set(Use)
    assert set(ComposingProblem) <= set(COMPOSING_WORDS)
