"""More time and further attempts, waiting between attempts: the terms of one pupil."""

from datetime import UTC, date, datetime, timedelta

import pytest

from school_safety.classroom.rules import (
    Accommodation,
    AccommodationProblem,
    StartProblem,
    Window,
    accommodation_problem,
    is_in_force,
    own_terms,
)

OPENS = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("extra", "working", "minutes"),
    [
        (Accommodation(percent=50), 20, 10),
        (Accommodation(percent=33), 20, 7),
        (Accommodation(percent=50), None, 0),
        (Accommodation(minutes=15), 20, 15),
        (Accommodation(minutes=15), None, 15),
        (Accommodation(attempts=2), 20, 0),
    ],
)
def test_a_percentage_is_rounded_up_to_whole_minutes(extra: Accommodation, working: int | None, minutes: int) -> None:
    assert extra.time(working) == timedelta(minutes=minutes)


def test_the_most_generous_of_several_counts_and_they_are_not_added_up() -> None:
    terms = own_terms(
        Window(OPENS, CLOSES),
        minutes=20,
        attempts=2,
        delay_minutes=0,
        given=[Accommodation(percent=100, attempts=1), Accommodation(minutes=15, attempts=3)],
    )
    assert (terms.extra_minutes, terms.attempts) == (20, 5)


@pytest.mark.parametrize("started", [OPENS, CLOSES - 5 * MINUTE], ids=["early", "shortly before the close"])
def test_extra_time_comes_after_the_usual_end_and_is_never_cut_short(started: datetime) -> None:
    window = Window(OPENS, CLOSES)
    usual = own_terms(window, minutes=20, attempts=1, delay_minutes=0, given=())
    longer = own_terms(window, minutes=20, attempts=1, delay_minutes=0, given=[Accommodation(minutes=15)])
    assert longer.deadline(started) == usual.deadline(started) + 15 * MINUTE


def test_the_next_attempt_waits_until_the_pause_after_the_last_one_is_over() -> None:
    terms = own_terms(Window(OPENS, CLOSES), minutes=20, attempts=3, delay_minutes=60, given=())
    ended = [OPENS, OPENS + 10 * MINUTE]
    assert terms.again_at(ended) == OPENS + 70 * MINUTE
    assert terms.problem(used=2, ended=ended, now=OPENS + 69 * MINUTE) is StartProblem.TOO_SOON_AGAIN
    assert terms.problem(used=2, ended=ended, now=OPENS + 70 * MINUTE) is None
    assert terms.problem(used=3, ended=ended, now=OPENS + 69 * MINUTE) is StartProblem.NO_ATTEMPTS_LEFT
    assert terms.problem(used=0, ended=[], now=OPENS) is None


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        (Accommodation(percent=50, minutes=5), AccommodationProblem.PERCENT_AND_MINUTES),
        (Accommodation(percent=301), AccommodationProblem.PERCENT_OUT_OF_RANGE),
        (Accommodation(minutes=-1), AccommodationProblem.EXTRA_MINUTES_OUT_OF_RANGE),
        (Accommodation(attempts=11), AccommodationProblem.EXTRA_ATTEMPTS_OUT_OF_RANGE),
        (Accommodation(percent=300, attempts=10), None),
        (Accommodation(), None),
    ],
)
def test_what_cannot_be_given_is_named(extra: Accommodation, problem: AccommodationProblem | None) -> None:
    assert accommodation_problem(extra) is problem


def test_a_dated_note_holds_on_its_first_and_last_day() -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    days = (date(2026, 10, 31), first, last, date(2026, 12, 1))
    assert [is_in_force(first, last, on=day) for day in days] == [False, True, True, False]
    assert is_in_force(first, None, on=date(2030, 1, 1))
