"""More time and further attempts: what a pupil or a class is given on top, and the terms that one pupil then has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from school_safety.classroom.rules.windows import (
    MAX_ATTEMPTS,
    StartProblem,
    Window,
    deadline_of,
    start_problem,
)

MOST_EXTRA_PERCENT = 300
MOST_EXTRA_MINUTES = 240


class AccommodationProblem(StrEnum):
    """Why something on top cannot be given."""

    NOTHING_GIVEN = "nothing_given"
    PERCENT_AND_MINUTES = "percent_and_minutes"
    PERCENT_OUT_OF_RANGE = "percent_out_of_range"
    EXTRA_MINUTES_OUT_OF_RANGE = "extra_minutes_out_of_range"
    EXTRA_ATTEMPTS_OUT_OF_RANGE = "extra_attempts_out_of_range"
    ENDS_BEFORE_START = "ends_before_start"


@dataclass(frozen=True, slots=True)
class Accommodation:
    """What is given on top: a percentage of the working time or minutes (one of the two), and further attempts."""

    percent: int = 0
    minutes: int = 0
    attempts: int = 0

    def time(self, working_minutes: int | None) -> timedelta:
        """The extra time; a percentage, rounded up to whole minutes, of no limit is nothing."""
        if self.minutes:
            return timedelta(minutes=self.minutes)
        return timedelta(minutes=-(-(working_minutes or 0) * self.percent // 100))


NOTHING = Accommodation()


def accommodation_problem(given: Accommodation) -> AccommodationProblem | None:
    """What is wrong with what is to be given."""
    if given.percent and given.minutes:
        return AccommodationProblem.PERCENT_AND_MINUTES
    if not 0 <= given.percent <= MOST_EXTRA_PERCENT:
        return AccommodationProblem.PERCENT_OUT_OF_RANGE
    if not 0 <= given.minutes <= MOST_EXTRA_MINUTES:
        return AccommodationProblem.EXTRA_MINUTES_OUT_OF_RANGE
    if not 0 <= given.attempts <= MAX_ATTEMPTS:
        return AccommodationProblem.EXTRA_ATTEMPTS_OUT_OF_RANGE
    return None


def is_in_force(valid_from: date, valid_to: date | None, *, on: date) -> bool:
    """True on every day from the first to the last, both included; without a last day until it is ended."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """How one pupil may work on one assignment: the own window, attempts, minutes, extra time and waiting time."""

    window: Window
    attempts: int
    minutes: int | None
    extra: timedelta
    delay: timedelta

    @property
    def extra_minutes(self) -> int:
        """The extra time in whole minutes, as it is told to the pupil."""
        return int(self.extra.total_seconds()) // 60

    def deadline(self, started_at: datetime) -> datetime:
        """The end of an attempt begun then; the extra time comes after the usual end, so it is never cut short."""
        return deadline_of(started_at, minutes=self.minutes, closes_at=self.window.closes_at) + self.extra

    def again_at(self, ended: Sequence[datetime]) -> datetime | None:
        """When another attempt may begin after attempts that ended then; None when nothing has to be waited for."""
        return max(ended) + self.delay if ended and self.delay else None

    def problem(self, *, used: int, ended: Sequence[datetime], now: datetime) -> StartProblem | None:
        """Why no attempt may be started now."""
        problem = start_problem(self.window, used=used, allowed=self.attempts, now=now)
        again_at = self.again_at(ended)
        if problem is None and again_at is not None and now < again_at:
            return StartProblem.TOO_SOON_AGAIN
        return problem


def own_terms(
    window: Window, *, minutes: int | None, attempts: int, delay_minutes: int, given: Iterable[Accommodation]
) -> OwnTerms:
    """The terms of one pupil; of several accommodations the most generous counts, they are not added up.

    `attempts` holds what a reopening gave already.
    """
    extras = [NOTHING, *given]
    return OwnTerms(
        window=window,
        attempts=attempts + max(extra.attempts for extra in extras),
        minutes=minutes,
        extra=max(extra.time(minutes) for extra in extras),
        delay=timedelta(minutes=delay_minutes),
    )
