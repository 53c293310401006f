"""A running attempt without its answers: what a pupil's device keeps so that the work goes on without a network."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from school_safety.assessment.report import ShownItem, prefix_of
from school_safety.classroom import queries
from school_safety.classroom.queries import AttemptFacts
from school_safety.classroom.report.own import Step, shown_items, steps_of
from school_safety.classroom.rules import may_check
from school_safety.kit.db import Session

SLOT, POSITION, BEFORE, BEFORE_POSITION, AFTER = range(1_900_000_001, 1_900_000_006)
"""Numbers that no paper has: where they stand in a drawn frame, the page of an item gets its own."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The page of an item that could be any: drawn once for all places that have the same neighbours."""

    steps: tuple[Step, ...]
    checkable: bool
    previous: Step | None
    next: Step | None
    step: Step = Step(SLOT, POSITION, answered=False, checked=False)  # noqa: RUF009  # frozen, so it may be shared
    prefix: str = prefix_of(SLOT)  # a str
    review: bool = False
    saved: bool = False
    seq: int = 0
    remaining: int = 0


@dataclass(frozen=True, slots=True)
class BlankAttempt:
    """A running attempt without any answer; `numbers` is the sequence that stands on the server, by slot."""

    steps: tuple[Step, ...]
    items: tuple[ShownItem, ...]
    checkable: bool
    numbers: Mapping[int, int]

    def frame(self, position: int) -> Frame:
        """The frame of a place: with or without a place before and after it."""
        before = Step(BEFORE, BEFORE_POSITION, answered=False, checked=False) if position > 1 else None
        after = Step(AFTER, 0, answered=False, checked=False) if position < len(self.steps) else None
        return Frame(self.steps, self.checkable, before, after)


def blank_attempt(session: Session, attempt: AttemptFacts, *, now: datetime) -> BlankAttempt:
    """The items of a running attempt in this pupil's order, none of them answered."""
    stored = queries.list_responses(session, [attempt.id])
    steps = tuple(
        Step(one.slot, one.position, answered=False, checked=one.checked) for one in steps_of(session, attempt, stored)
    )
    return BlankAttempt(
        steps=steps,
        items=shown_items(session, attempt, {}, level=2),
        checkable=may_check(attempt.release, attempt.state(now), answered=True),
        numbers={one.slot: one.seq for one in sorted(stored, key=lambda one: one.seq)},
    )
