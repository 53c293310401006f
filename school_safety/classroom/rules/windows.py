"""When an assignment can be worked on: its window, attempts, deadlines, and what has become of an attempt by now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(seconds=120)
"""What arrives this long after the deadline still counts: slow networks are not the pupil's fault."""

STUCK_AFTER = timedelta(minutes=5)
"""A pupil at work from whom nothing has come for so long is worth a look."""

MAX_ATTEMPTS = 10
MAX_MINUTES = 240
MAX_DELAY_MINUTES = 30 * 24 * 60


class WindowState(StrEnum):
    """Where the window stands at a moment."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


class WindowProblem(StrEnum):
    """Why a window cannot be given."""

    CLOSES_BEFORE_OPENING = "closes_before_opening"
    CLOSES_IN_THE_PAST = "closes_in_the_past"
    CLOSES_NO_LATER = "closes_no_later"
    OPENS_TOO_EARLY = "opens_too_early"
    WINDOW_TOO_LONG = "window_too_long"


class StartProblem(StrEnum):
    """Why an attempt cannot be started."""

    NOT_OPEN_YET = "not_open_yet"
    WINDOW_CLOSED = "window_closed"
    NO_ATTEMPTS_LEFT = "no_attempts_left"
    TOO_SOON_AGAIN = "too_soon_again"
    NOTHING_TO_DO = "nothing_to_do"


class AttemptState(StrEnum):
    """What has become of an attempt; LAPSED: time ran out and nothing was answered."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    LAPSED = "lapsed"
    VOID = "void"


class PupilState(StrEnum):
    """How a pupil stands in an assignment right now."""

    SUBMITTED = "submitted"
    WORKING = "working"
    STUCK = "stuck"
    LAPSED = "lapsed"
    NOT_STARTED = "not_started"


class SubmittedBy(StrEnum):
    """Who ended the attempt."""

    PUPIL = "pupil"
    SYSTEM = "system"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Window:
    """From `opens_at` up to, not including, `closes_at`."""

    opens_at: datetime
    closes_at: datetime

    def state(self, now: datetime) -> WindowState:
        """Scheduled, open or closed at this moment."""
        if now < self.opens_at:
            return WindowState.SCHEDULED
        return WindowState.OPEN if now < self.closes_at else WindowState.CLOSED


@dataclass(frozen=True, slots=True)
class Reopening:
    """What one pupil was given on top: a later close and further attempts."""

    closes_at: datetime
    extra_attempts: int


def window_problem(opens_at: datetime, closes_at: datetime, *, now: datetime) -> WindowProblem | None:
    """What is wrong with the window of a new assignment: it must end after it begins, in the future, within a year."""
    if closes_at <= opens_at:
        return WindowProblem.CLOSES_BEFORE_OPENING
    if closes_at <= now:
        return WindowProblem.CLOSES_IN_THE_PAST
    if opens_at < now - timedelta(days=1):
        return WindowProblem.OPENS_TOO_EARLY
    if closes_at - opens_at > timedelta(days=366):
        return WindowProblem.WINDOW_TOO_LONG
    return None


def extension_problem(window: Window, closes_at: datetime, *, now: datetime) -> WindowProblem | None:
    """What is wrong with a later close: it must be later than the present one, and lie in the future."""
    if closes_at <= now:
        return WindowProblem.CLOSES_IN_THE_PAST
    if closes_at <= window.closes_at:
        return WindowProblem.CLOSES_NO_LATER
    return WindowProblem.WINDOW_TOO_LONG if closes_at - window.opens_at > timedelta(days=366) else None


def window_for(base: Window, *, group_closes_at: datetime | None, reopening: Reopening | None) -> Window:
    """The window of one pupil: the latest close among the assignment's, the class's extension and the reopening."""
    closes = [base.closes_at]
    if group_closes_at is not None:
        closes.append(group_closes_at)
    if reopening is not None:
        closes.append(reopening.closes_at)
    return Window(base.opens_at, max(closes))


def attempts_for(allowed: int, reopening: Reopening | None) -> int:
    """How many attempts one pupil has."""
    return allowed + (reopening.extra_attempts if reopening is not None else 0)


def start_problem(window: Window, *, used: int, allowed: int, now: datetime) -> StartProblem | None:
    """Why a new attempt may not start now; void attempts are not among the `used`."""
    state = window.state(now)
    if state is WindowState.SCHEDULED:
        return StartProblem.NOT_OPEN_YET
    if state is WindowState.CLOSED:
        return StartProblem.WINDOW_CLOSED
    return StartProblem.NO_ATTEMPTS_LEFT if used >= allowed else None


def deadline_of(started_at: datetime, *, minutes: int | None, closes_at: datetime) -> datetime:
    """The end of an attempt: its minutes, capped by the close of the window; without minutes the close itself."""
    if minutes is None:
        return closes_at
    return min(started_at + timedelta(minutes=minutes), closes_at)


def is_on_time(arrived_at: datetime, deadline_at: datetime) -> bool:
    """True up to and including 120 s after the deadline, by the server's clock."""
    return arrived_at <= deadline_at + GRACE


def remaining_seconds(deadline_at: datetime, now: datetime) -> int:
    """Whole seconds left until the deadline, never below 0."""
    return max(0, int((deadline_at - now).total_seconds()))


def attempt_state(
    *, voided: bool, submitted: bool, answered: int, deadline_at: datetime, now: datetime
) -> AttemptState:
    """The one rule every read uses: past its deadline and grace, an attempt with answers counts as submitted.

    `answered` counts the slots with an answer that arrived on time.
    """
    if voided:
        return AttemptState.VOID
    if submitted:
        return AttemptState.SUBMITTED
    if is_on_time(now, deadline_at):
        return AttemptState.IN_PROGRESS
    return AttemptState.SUBMITTED if answered else AttemptState.LAPSED


def submission_due(*, answered: int, deadline_at: datetime, now: datetime) -> tuple[SubmittedBy, datetime]:
    """Whose submission, and of when, is to be written now for an attempt that has none.

    On time it is the pupil's. Later the system had already ended it at the deadline, unless nothing had arrived in
    time: then the pupil hands in what came late.
    """
    if is_on_time(now, deadline_at) or not answered:
        return SubmittedBy.PUPIL, now
    return SubmittedBy.SYSTEM, deadline_at


def everyone_closed_at(closes: Iterable[datetime]) -> datetime:
    """When the last pupil who may still work on the paper is done, the grace included.

    `closes` holds the close of the assignment, of every class and of every reopening in force.
    """
    return max(closes) + GRACE


def is_stuck(*, last_sign: datetime, now: datetime) -> bool:
    """True when the last sign of a pupil at work (start or save, at minute grain) is five minutes old or more."""
    return now - last_sign >= STUCK_AFTER


def pupil_state(states: Sequence[AttemptState], *, last_sign: datetime | None, now: datetime) -> PupilState:
    """How a pupil with these attempts stands; void attempts do not count.

    Who has handed in once has handed in, also while trying again; `last_sign` is the start or last save of a running
    attempt.
    """
    living = [state for state in states if state is not AttemptState.VOID]
    if AttemptState.SUBMITTED in living:
        return PupilState.SUBMITTED
    if AttemptState.IN_PROGRESS in living:
        if last_sign is not None and is_stuck(last_sign=last_sign, now=now):
            return PupilState.STUCK
        return PupilState.WORKING
    return PupilState.LAPSED if living else PupilState.NOT_STARTED
