"""A class at work and its results: the one object behind page, CSV and XLSX."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from school_safety.assessment.rules import Content
from school_safety.assessment.types import TYPES
from school_safety.classroom import queries
from school_safety.classroom.models import AssignmentOverride
from school_safety.classroom.queries import AttemptFacts, GroupFacts, Pupil, SlotMark
from school_safety.classroom.report.scores import Worth, worth_of
from school_safety.classroom.rules import (
    AttemptState,
    PaperSlot,
    PupilState,
    Tally,
    Total,
    WindowState,
    counting_index,
    counting_total,
    pupil_state,
    tally,
    unreached,
)
from school_safety.kit.db import Session


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt of a pupil; `total` only when it counts as submitted.

    `late` answers wait for the teacher's decision, `unmarked` ones for marks.
    """

    facts: AttemptFacts
    state: AttemptState
    answered: tuple[int, ...]
    last_sign: datetime
    last_saved: datetime | None
    late: int
    total: Total | None
    unmarked: int


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A pupil in the class's table. `shown` is the attempt spoken of: the one that counts, else the running one."""

    pupil: Pupil
    state: PupilState
    attempts: tuple[AttemptLine, ...]
    shown: AttemptLine | None
    total: Total | None
    points: Mapping[int, Fraction]
    reopening: AssignmentOverride | None
    silent_minutes: int

    @property
    def answered(self) -> int:
        """Slots with an answer in the attempt shown."""
        return len(self.shown.answered) if self.shown else 0

    @property
    def again(self) -> AttemptLine | None:
        """The running attempt of a pupil who has handed in before."""
        running = (line for line in self.attempts if line.state is AttemptState.IN_PROGRESS)
        return next(running, None) if self.state is PupilState.SUBMITTED else None

    @property
    def late(self) -> int:
        """Late answers that nobody has accepted, over all attempts."""
        return sum(attempt.late for attempt in self.attempts)

    @property
    def unmarked(self) -> int:
        """Answers that nobody has marked, in the attempt shown: the pupil's total is provisional."""
        return self.shown.unmarked if self.shown else 0


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One judged item over the attempts that count; `stem` in both languages; `by_hand`: a person marks it."""

    slot: PaperSlot
    stem: Mapping[str, str]
    tally: Tally
    by_hand: bool


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """A class's assignment at a moment; pupils by given name."""

    given: GroupFacts
    now: datetime
    pupils: tuple[PupilLine, ...]
    items: tuple[ItemLine, ...]

    @property
    def window_state(self) -> WindowState:
        """Scheduled, open or closed for the class."""
        return self.given.window.state(self.now)

    @property
    def by_hand(self) -> bool:
        """True when somebody has to mark answers of this paper."""
        return any(line.by_hand for line in self.items)

    @property
    def unmarked(self) -> int:
        """Answers of the class that nobody has marked, over all attempts."""
        return sum(attempt.unmarked for line in self.pupils for attempt in line.attempts)

    @property
    def late(self) -> int:
        """Late answers of the class that nobody has decided about."""
        return sum(line.late for line in self.pupils)

    def count(self, *states: PupilState) -> int:
        """Pupils in one of these states."""
        counted = Counter(line.state for line in self.pupils)
        return sum(counted[state] for state in states)

    @property
    def stuck(self) -> tuple[PupilLine, ...]:
        """Pupils worth a look: silent at work, or out of time without an answer."""
        return tuple(line for line in self.pupils if line.state in (PupilState.STUCK, PupilState.LAPSED))

    @property
    def last_submission(self) -> PupilLine | None:
        """Who handed in last."""
        done = [
            (attempt.facts.submitted_at, index)
            for index, line in enumerate(self.pupils)
            for attempt in line.attempts
            if attempt.facts.submitted_at is not None
        ]
        return self.pupils[max(done)[1]] if done else None


def class_progress(session: Session, given: GroupFacts, *, now: datetime) -> ClassProgress:
    """The report of one class; the number of statements does not depend on its size."""
    ids = {"class_group_id": given.group.class_group_id, "assignment_id": given.group.assignment_id}
    attempts = queries.list_attempts_of_group(session, **ids)
    contents = queries.get_contents(session, [slot.item_revision_id for slot in given.paper.slots])
    worth = worth_of(session, attempts, contents, now=now)
    marks = queries.map_slot_marks(session, [attempt.id for attempt in attempts])
    lines: dict[int, list[AttemptLine]] = defaultdict(list)
    for attempt in attempts:
        lines[attempt.person_id].append(_attempt_line(attempt, marks.get(attempt.id, []), worth, now=now))
    reopenings = {one.person_id: one for one in queries.list_overrides(session, given.group.assignment_id)}
    pupils = tuple(
        _pupil_line(pupil, lines[pupil.person_id], worth, given, reopenings.get(pupil.person_id), now=now)
        for pupil in queries.list_pupils(session, **ids)
    )
    return ClassProgress(given, now, pupils, _item_lines(given, pupils, contents, worth))


def _attempt_line(
    attempt: AttemptFacts, marks: Sequence[SlotMark], worth: Mapping[int, Worth], *, now: datetime
) -> AttemptLine:
    saved = [mark.saved_at for mark in marks]
    in_time = {mark.slot for mark in marks if mark.answered and (not mark.late or mark.accepted)}
    return AttemptLine(
        facts=attempt,
        state=attempt.state(now),
        answered=tuple(slot.slot for slot in attempt.paper.slots if slot.slot in in_time),
        last_sign=max([attempt.started_at, *saved]),
        last_saved=max(saved, default=None),
        late=sum(mark.waiting for mark in marks),
        total=worth[attempt.id].total if attempt.id in worth else None,
        unmarked=worth[attempt.id].unmarked if attempt.id in worth else 0,
    )


def _pupil_line(
    pupil: Pupil,
    attempts: Sequence[AttemptLine],
    worth: Mapping[int, Worth],
    given: GroupFacts,
    reopening: AssignmentOverride | None,
    *,
    now: datetime,
) -> PupilLine:
    policy = given.group.assignment.attempt_policy
    finished = [line for line in attempts if line.total is not None]
    totals = [line.total for line in finished if line.total is not None]
    counting = counting_index(policy, totals)
    running = next((line for line in attempts if line.state is AttemptState.IN_PROGRESS), None)
    living = [line for line in attempts if line.state is not AttemptState.VOID]
    counted = finished[counting] if counting is not None else None
    shown = counted or running or (living[-1] if living else None)
    return PupilLine(
        pupil=pupil,
        state=pupil_state([line.state for line in attempts], last_sign=running.last_sign if running else None, now=now),
        attempts=tuple(attempts),
        shown=shown,
        total=counting_total(policy, totals),
        points=_points(given, worth, counted),
        reopening=reopening,
        silent_minutes=int((now - shown.last_sign).total_seconds()) // 60 if shown else 0,
    )


def _points(given: GroupFacts, worth: Mapping[int, Worth], counted: AttemptLine | None) -> dict[int, Fraction]:
    if counted is None:
        return {}
    scores = worth[counted.facts.id].slots
    return {slot.slot: slot.points * scores[slot.slot].fraction for slot in given.paper.slots if slot.slot in scores}


def _item_lines(
    given: GroupFacts, pupils: Sequence[PupilLine], contents: Mapping[int, Content], worth: Mapping[int, Worth]
) -> tuple[ItemLine, ...]:
    policy = given.group.assignment.attempt_policy
    counted = []
    for line in pupils:
        finished = [attempt for attempt in line.attempts if attempt.total is not None]
        index = counting_index(policy, [attempt.total for attempt in finished if attempt.total is not None])
        if index is not None:
            counted.append((worth[finished[index].facts.id].slots, _beyond(finished[index])))
    return tuple(
        ItemLine(
            slot,
            contents[slot.item_revision_id]["stem"],
            tally(
                (slots[slot.slot].state, slots[slot.slot].fraction, slot.slot not in beyond)
                for slots, beyond in counted
                if slot.slot in slots
            ),
            by_hand=bool(TYPES[slot.type].rubric(contents[slot.item_revision_id])),
        )
        for slot in given.paper.scored_slots
    )


def _beyond(attempt: AttemptLine) -> frozenset[int]:
    """What the pupil did not get to."""
    return unreached(attempt.facts.paper.order_for(attempt.facts.seed), attempt.answered)
