"""When feedback may be shown: every release in every state of an attempt."""

from datetime import UTC, datetime, timedelta

import pytest

from school_safety.classroom.rules import (
    AttemptState,
    FeedbackRelease,
    Visible,
    may_check,
    shows_item_feedback,
    visible_of_attempt,
)

CLOSED = datetime(2026, 11, 27, 14, 2, tzinfo=UTC)
BEFORE, AFTER = CLOSED, CLOSED + timedelta(seconds=1)
NOTHING = Visible(answers=False, feedback=False, score=False)
ANSWERS = Visible(answers=True, feedback=False, score=False)
EVERYTHING = Visible(answers=True, feedback=True, score=True)
R, S = FeedbackRelease, AttemptState

SUBMITTED = {
    (R.AFTER_EACH, BEFORE): EVERYTHING,
    (R.AFTER_EACH, AFTER): EVERYTHING,
    (R.AT_SUBMIT, BEFORE): EVERYTHING,
    (R.AT_SUBMIT, AFTER): EVERYTHING,
    (R.AFTER_CLOSE, BEFORE): ANSWERS,
    (R.AFTER_CLOSE, AFTER): EVERYTHING,
    (R.NEVER, BEFORE): ANSWERS,
    (R.NEVER, AFTER): ANSWERS,
}


@pytest.mark.parametrize("release", list(FeedbackRelease))
@pytest.mark.parametrize("now", [BEFORE, AFTER], ids=["while others work", "after everyone is done"])
def test_a_submitted_attempt_shows_what_its_release_allows(release: FeedbackRelease, now: datetime) -> None:
    found = visible_of_attempt(release, S.SUBMITTED, everyone_closed_at=CLOSED, now=now)
    assert found == SUBMITTED[release, now]


@pytest.mark.parametrize("release", list(FeedbackRelease))
@pytest.mark.parametrize("now", [BEFORE, AFTER])
@pytest.mark.parametrize(
    ("state", "shown"), [(S.IN_PROGRESS, ANSWERS), (S.LAPSED, ANSWERS), (S.VOID, NOTHING)], ids=lambda value: str(value)
)
def test_an_attempt_that_is_not_submitted_never_shows_marks(
    release: FeedbackRelease, now: datetime, state: AttemptState, shown: Visible
) -> None:
    assert visible_of_attempt(release, state, everyone_closed_at=CLOSED, now=now) == shown


@pytest.mark.parametrize("release", list(FeedbackRelease))
@pytest.mark.parametrize("state", list(AttemptState))
@pytest.mark.parametrize("answered", [True, False])
def test_only_an_answered_item_of_a_running_practice_can_be_checked(
    release: FeedbackRelease, state: AttemptState, answered: bool
) -> None:
    expected = release is R.AFTER_EACH and state is S.IN_PROGRESS and answered
    assert may_check(release, state, answered=answered) is expected


@pytest.mark.parametrize("release", list(FeedbackRelease))
@pytest.mark.parametrize("state", list(AttemptState))
@pytest.mark.parametrize("checked", [True, False])
@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_one_item_shows_its_key_only_when_the_attempt_is_released_or_it_was_fixed_at_work(
    release: FeedbackRelease, state: AttemptState, checked: bool, now: datetime
) -> None:
    attempt = visible_of_attempt(release, state, everyone_closed_at=CLOSED, now=now)
    fixed = release is R.AFTER_EACH and state is S.IN_PROGRESS and checked
    assert shows_item_feedback(release, state, checked=checked, attempt=attempt) is (attempt.feedback or fixed)
