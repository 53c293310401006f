"""Windows, attempts, deadlines and the one rule that says what has become of an attempt."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.classroom.rules import (
    GRACE,
    AttemptState,
    Reopening,
    StartProblem,
    SubmittedBy,
    Window,
    WindowProblem,
    WindowState,
    attempt_state,
    attempts_for,
    deadline_of,
    everyone_closed_at,
    extension_problem,
    is_on_time,
    is_stuck,
    remaining_seconds,
    start_problem,
    submission_due,
    window_for,
    window_problem,
)

OPENS = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
WINDOW = Window(OPENS, CLOSES)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        pytest.param(OPENS - SECOND, WindowState.SCHEDULED, id="a second before it opens"),
        pytest.param(OPENS, WindowState.OPEN, id="at the moment it opens"),
        pytest.param(CLOSES - SECOND, WindowState.OPEN, id="a second before it closes"),
        pytest.param(CLOSES, WindowState.CLOSED, id="at the moment it closes"),
    ],
)
def test_a_window_is_open_from_its_opening_up_to_its_close(now: datetime, state: WindowState) -> None:
    assert WINDOW.state(now) is state


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "problem"),
    [
        pytest.param(OPENS, CLOSES, None, id="a week"),
        pytest.param(CLOSES, CLOSES, WindowProblem.CLOSES_BEFORE_OPENING, id="no time at all"),
        pytest.param(
            OPENS - timedelta(days=3), OPENS - SECOND, WindowProblem.CLOSES_IN_THE_PAST, id="over before it is given"
        ),
        pytest.param(OPENS - timedelta(days=2), CLOSES, WindowProblem.OPENS_TOO_EARLY, id="opened two days ago"),
        pytest.param(OPENS, OPENS + timedelta(days=367), WindowProblem.WINDOW_TOO_LONG, id="more than a year"),
    ],
)
def test_a_new_window_ends_after_it_begins_and_in_the_future(
    opens_at: datetime, closes_at: datetime, problem: WindowProblem | None
) -> None:
    assert window_problem(opens_at, closes_at, now=OPENS) is problem


@pytest.mark.parametrize(
    ("closes_at", "problem"),
    [
        pytest.param(CLOSES + SECOND, None, id="a second later"),
        pytest.param(CLOSES, WindowProblem.CLOSES_NO_LATER, id="the same close"),
        pytest.param(OPENS, WindowProblem.CLOSES_IN_THE_PAST, id="already past"),
        pytest.param(OPENS + timedelta(days=400), WindowProblem.WINDOW_TOO_LONG, id="more than a year"),
    ],
)
def test_an_extension_only_ever_lengthens_a_window(closes_at: datetime, problem: WindowProblem | None) -> None:
    assert extension_problem(WINDOW, closes_at, now=OPENS) is problem


def test_a_pupil_has_the_latest_close_of_assignment_class_and_reopening() -> None:
    day = timedelta(days=1)
    assert window_for(WINDOW, group_closes_at=None, reopening=None) == WINDOW
    assert window_for(WINDOW, group_closes_at=CLOSES + day, reopening=None).closes_at == CLOSES + day
    later = Reopening(CLOSES + 2 * day, extra_attempts=1)
    assert window_for(WINDOW, group_closes_at=CLOSES + day, reopening=later).closes_at == CLOSES + 2 * day
    earlier = Reopening(CLOSES - day, extra_attempts=1)
    assert window_for(WINDOW, group_closes_at=None, reopening=earlier).closes_at == CLOSES


def test_a_reopening_adds_its_attempts() -> None:
    assert attempts_for(2, None) == 2
    assert attempts_for(2, Reopening(CLOSES, extra_attempts=1)) == 3


@pytest.mark.parametrize(
    ("now", "used", "problem"),
    [
        pytest.param(OPENS - SECOND, 0, StartProblem.NOT_OPEN_YET, id="too early"),
        pytest.param(OPENS, 0, None, id="first of two"),
        pytest.param(OPENS, 1, None, id="second of two"),
        pytest.param(OPENS, 2, StartProblem.NO_ATTEMPTS_LEFT, id="third of two"),
        pytest.param(CLOSES, 0, StartProblem.WINDOW_CLOSED, id="too late"),
    ],
)
def test_an_attempt_starts_inside_the_window_while_attempts_are_left(
    now: datetime, used: int, problem: StartProblem | None
) -> None:
    assert start_problem(WINDOW, used=used, allowed=2, now=now) is problem


def test_the_deadline_is_the_minutes_capped_by_the_close() -> None:
    assert deadline_of(OPENS, minutes=15, closes_at=CLOSES) == OPENS + timedelta(minutes=15)
    assert deadline_of(CLOSES - timedelta(minutes=5), minutes=15, closes_at=CLOSES) == CLOSES
    assert deadline_of(OPENS, minutes=None, closes_at=CLOSES) == CLOSES


@given(st.integers(min_value=0, max_value=600), st.integers(min_value=1, max_value=240))
def test_no_deadline_ever_lies_after_the_close(minutes_before_close: int, minutes: int) -> None:
    started_at = CLOSES - timedelta(minutes=minutes_before_close)
    assert started_at <= deadline_of(started_at, minutes=minutes, closes_at=CLOSES) <= CLOSES


def test_what_arrives_up_to_120_seconds_after_the_deadline_is_on_time() -> None:
    assert is_on_time(CLOSES + timedelta(seconds=120), CLOSES)
    assert not is_on_time(CLOSES + timedelta(seconds=120, microseconds=1), CLOSES)


def test_the_remaining_seconds_are_whole_and_never_negative() -> None:
    assert remaining_seconds(CLOSES, CLOSES - timedelta(seconds=61, milliseconds=500)) == 61
    assert remaining_seconds(CLOSES, CLOSES + timedelta(hours=1)) == 0


@pytest.mark.parametrize(
    ("voided", "submitted", "answered", "after", "state"),
    [
        pytest.param(False, False, 0, -SECOND, AttemptState.IN_PROGRESS, id="just started"),
        pytest.param(False, False, 3, GRACE, AttemptState.IN_PROGRESS, id="within the grace"),
        pytest.param(False, False, 3, GRACE + SECOND, AttemptState.SUBMITTED, id="forgotten with answers"),
        pytest.param(False, False, 0, GRACE + SECOND, AttemptState.LAPSED, id="forgotten without answers"),
        pytest.param(False, True, 0, -SECOND, AttemptState.SUBMITTED, id="handed in early and empty"),
        pytest.param(True, True, 3, -SECOND, AttemptState.VOID, id="void whatever else"),
    ],
)
def test_an_attempt_with_answers_counts_as_submitted_once_its_time_is_over(
    voided: bool, submitted: bool, answered: int, after: timedelta, state: AttemptState
) -> None:
    found = attempt_state(voided=voided, submitted=submitted, answered=answered, deadline_at=CLOSES, now=CLOSES + after)
    assert found is state


@pytest.mark.parametrize(
    ("answered", "now", "due"),
    [
        pytest.param(0, CLOSES, (SubmittedBy.PUPIL, CLOSES), id="in time, nothing answered"),
        pytest.param(4, CLOSES + GRACE, (SubmittedBy.PUPIL, CLOSES + GRACE), id="within the grace"),
        pytest.param(4, CLOSES + GRACE + SECOND, (SubmittedBy.SYSTEM, CLOSES), id="the system was first"),
        pytest.param(0, CLOSES + GRACE + SECOND, (SubmittedBy.PUPIL, CLOSES + GRACE + SECOND), id="only late answers"),
    ],
)
def test_a_submission_is_the_pupils_while_in_time_and_the_systems_of_the_deadline_afterwards(
    answered: int, now: datetime, due: tuple[SubmittedBy, datetime]
) -> None:
    assert submission_due(answered=answered, deadline_at=CLOSES, now=now) == due


def test_everyone_is_done_when_the_last_close_and_its_grace_are_over() -> None:
    assert everyone_closed_at([OPENS, CLOSES, OPENS]) == CLOSES + GRACE


def test_five_minutes_without_a_sign_are_worth_a_look() -> None:
    assert not is_stuck(last_sign=OPENS, now=OPENS + timedelta(minutes=4, seconds=59))
    assert is_stuck(last_sign=OPENS, now=OPENS + timedelta(minutes=5))
