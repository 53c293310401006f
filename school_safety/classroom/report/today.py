"""A pupil's first page: the one thing to do now, what else was given, what is coming, what is handed in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from school_safety.access.policy import Reach
from school_safety.classroom import queries
from school_safety.classroom.queries import AttemptFacts, GroupFacts, PupilRow
from school_safety.classroom.report.own import ResultLine, next_step, results_of
from school_safety.classroom.rules import (
    Accommodation,
    AttemptState,
    OwnTerms,
    Reopening,
    StartProblem,
    Window,
    WindowState,
    attempts_for,
    own_terms,
    read_paper,
    window_for,
)
from school_safety.kit import clock
from school_safety.kit.db import Session


@dataclass(frozen=True, slots=True)
class Thing:
    """One assignment as its pupil stands with it. `problem`: why no new attempt can be started; None: it can.

    `again_at`: when the next attempt may begin, where the class has to wait between attempts.
    """

    given: PupilRow
    window: Window
    terms: OwnTerms
    again_at: datetime | None
    state: WindowState
    items: int
    running: AttemptFacts | None
    finished: int
    problem: StartProblem | None
    next_position: int
    allowed: int
    used: int

    @property
    def left(self) -> int:
        """How many attempts the pupil still has."""
        return max(0, self.allowed - self.used)

    @property
    def is_open_work(self) -> bool:
        """True when there is something to do: a running attempt, or a first one to start."""
        return self.running is not None or (self.problem is None and self.finished == 0)


@dataclass(frozen=True, slots=True)
class Today:
    """A pupil's things: the next one, other open work, further tries and readings, what is coming, what is done."""

    things: tuple[Thing, ...]
    results: tuple[ResultLine, ...]

    @property
    def work(self) -> tuple[Thing, ...]:
        """Open work: what was begun first, then by the next close."""
        todo = [thing for thing in self.things if thing.is_open_work]
        return tuple(sorted(todo, key=lambda thing: (thing.running is None, thing.window.closes_at)))

    @property
    def next(self) -> Thing | None:
        """The one thing to do now."""
        return self.work[0] if self.work else None

    @property
    def readings(self) -> tuple[Thing, ...]:
        """Open lessons without questions."""
        return tuple(thing for thing in self.opened if not thing.items and thing.state is WindowState.OPEN)

    @property
    def opened(self) -> tuple[Thing, ...]:
        """Everything that has been opened so far, the newest first."""
        begun = [thing for thing in self.things if thing.state is not WindowState.SCHEDULED]
        return tuple(sorted(begun, key=lambda thing: thing.window.opens_at, reverse=True))

    @property
    def coming(self) -> tuple[Thing, ...]:
        """What opens later."""
        return tuple(thing for thing in self.things if thing.state is WindowState.SCHEDULED)


def today_of(session: Session, given: Reach, own: Reach, *, person_id: int, now: datetime) -> Today:
    """The first page of a pupil: `given` reaches the class, `own` the person."""
    attempts: dict[int, list[AttemptFacts]] = defaultdict(list)
    every = queries.list_own_attempts(session, own)
    for attempt in every:
        attempts[attempt.assignment_id].append(attempt)
    rows = queries.list_given_to_pupil(session, given, person_id=person_id, now=now)
    extras = queries.map_own_accommodations(session, person_id, on=clock.local(now).date())
    things = tuple(
        thing_of(session, row, attempts[row.assignment_id], extras.get(row.class_group_id), now=now) for row in rows
    )
    return Today(things, results_of(session, every, now=now))


def thing_of_group(session: Session, given: GroupFacts, *, person_id: int, now: datetime) -> Thing:
    """How one pupil of the class stands with one assignment."""
    reach = Reach(class_group_ids=frozenset({given.group.class_group_id}))
    public_id = given.group.public_id
    rows = queries.list_given_to_pupil(
        session, reach, person_id=person_id, now=given.group.assignment.opens_at, public_id=public_id
    )
    attempts = queries.list_attempts_of(session, person_id, given.group.assignment_id)
    extras = queries.map_own_accommodations(session, person_id, on=clock.local(now).date())
    return thing_of(session, rows[0], attempts, extras.get(given.group.class_group_id), now=now)


def thing_of(
    session: Session, row: PupilRow, attempts: Sequence[AttemptFacts], extra: Accommodation | None, *, now: datetime
) -> Thing:
    """How a pupil with these attempts and this standing accommodation stands with what the class was given."""
    reopening = None
    if row.override_closes_at is not None:
        reopening = Reopening(row.override_closes_at, row.override_attempts or 0)
    base = Window(row.opens_at, row.closes_at)
    window = window_for(base, group_closes_at=row.group_closes_at, reopening=reopening)
    paper = read_paper(row.frozen_paper)
    running = next((one for one in attempts if one.state(now) is AttemptState.IN_PROGRESS), None)
    living = [one for one in attempts if one.voided_at is None]
    terms = own_terms(
        window,
        minutes=row.minutes,
        attempts=attempts_for(row.attempts_allowed, reopening),
        delay_minutes=row.attempt_delay,
        given=[Accommodation(row.extra_percent, row.extra_minutes, row.extra_attempts), *([extra] if extra else [])],
    )
    ended = [one.ended_at for one in living]
    problem = terms.problem(used=len(living), ended=ended, now=now)
    return Thing(
        given=row,
        window=window,
        terms=terms,
        again_at=terms.again_at(ended),
        state=window.state(now),
        items=paper.count,
        running=running,
        finished=sum(one.state(now) is AttemptState.SUBMITTED for one in attempts),
        problem=problem if paper.slots else StartProblem.NOTHING_TO_DO,
        next_position=next_step(session, running).position if running is not None else 1,
        allowed=terms.attempts,
        used=len(living),
    )
