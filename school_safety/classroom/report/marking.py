"""What waits for a person to mark: the answers of a class in pupils' own words, and one of them to read."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from school_safety.assessment.report import ShownItem, show_item
from school_safety.assessment.rules import Marks, Response, Rubric, Text, rubric_share
from school_safety.assessment.types import TYPES
from school_safety.classroom import queries
from school_safety.classroom.models import Mark
from school_safety.classroom.queries import AttemptFacts, AttemptSlot, Pupil
from school_safety.classroom.report.progress import ClassProgress, class_progress
from school_safety.classroom.rules import (
    AttemptState,
    PaperSlot,
    body_hash,
    effective_marks,
)
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One answer in a pupil's own words; `marks` None: it waits."""

    attempt: AttemptFacts
    pupil: Pupil
    slot: PaperSlot
    stem: Text
    rubric: Rubric
    response: Response
    marks: Marks | None

    @property
    def share(self) -> Fraction | None:
        """Points given / points possible; None while it waits."""
        return rubric_share(self.rubric, self.marks) if self.marks is not None else None


@dataclass(frozen=True, slots=True)
class MarkingQueue:
    """Every answer of a class to read: item after item, and for each item in an order that follows no name."""

    progress: ClassProgress
    lines: tuple[MarkLine, ...]

    @property
    def waiting(self) -> tuple[MarkLine, ...]:
        """The answers that nobody has marked."""
        return tuple(line for line in self.lines if line.marks is None)

    def after(self, place: int) -> MarkLine | None:
        """The next answer that waits, seen from the one at this place; from the end it goes on at the beginning."""
        around = (*self.lines[place + 1 :], *self.lines[:place])
        return next((line for line in around if line.marks is None), None)


@dataclass(frozen=True, slots=True)
class MarkPage:
    """One answer in front of its marker; `place` counts from 0, `seen` is the hash of what is read.

    Until the first person has marked, `history` does not tell what a second one has given.
    """

    queue: MarkingQueue
    place: int
    item: ShownItem
    seen: str
    history: tuple[tuple[Mark, str], ...]

    @property
    def line(self) -> MarkLine:
        """The answer."""
        return self.queue.lines[self.place]

    @property
    def written(self) -> str:
        """The pupil's own words."""
        return self.item.kind.written(self.line.response)

    @property
    def previous(self) -> MarkLine | None:
        """The answer before this one."""
        return self.queue.lines[self.place - 1] if self.place else None

    @property
    def next(self) -> MarkLine | None:
        """The answer after this one."""
        return self.queue.lines[self.place + 1] if self.place + 1 < len(self.queue.lines) else None


def marking_queue(session: Session, progress: ClassProgress) -> MarkingQueue:
    """The answers of all submitted attempts of a class that somebody has to read, marked or not."""
    stems = {line.slot.slot: line.stem for line in progress.items if line.by_hand}
    pupils = {
        attempt.facts.id: (attempt.facts, line.pupil)
        for line in progress.pupils
        for attempt in line.attempts
        if attempt.state is AttemptState.SUBMITTED
    }
    places = [slot for attempt, _pupil in pupils.values() for slot in attempt.paper.slots if slot.slot in stems]
    contents = queries.get_contents(session, {slot.item_revision_id for slot in places})
    marks = queries.map_marks(session, pupils) if stems else {}
    lines = []
    for attempt_id, answers in queries.map_answers(session, pupils if stems else ()).items():
        attempt, pupil = pupils[attempt_id]
        given = effective_marks(marks.get(attempt_id, ()), answers)
        for slot in attempt.paper.slots:
            response = answers.get(slot.slot)
            if slot.slot in stems and response is not None and TYPES[slot.type].written(response):
                rubric = TYPES[slot.type].rubric(contents[slot.item_revision_id])
                marked = given.get(slot.slot)
                lines.append(MarkLine(attempt, pupil, slot, stems[slot.slot], rubric, response, marked))
    return MarkingQueue(progress, tuple(sorted(lines, key=lambda line: (line.slot.slot, line.attempt.public_id))))


def mark_page(session: Session, target: AttemptSlot, *, now: datetime) -> MarkPage:
    """One answer to mark with its place in the class's queue; raises NotFound where there is nothing to mark."""
    given, _place = queries.load_group(session, target.attempt.group_public_id)
    queue = marking_queue(session, class_progress(session, given, now=now))
    wanted = (target.attempt.id, target.number)
    places = (place for place, line in enumerate(queue.lines) if (line.attempt.id, line.slot.slot) == wanted)
    place = next(places, None)
    if place is None:
        raise NotFound
    line = queue.lines[place]
    content = queries.get_contents(session, [line.slot.item_revision_id])[line.slot.item_revision_id]
    item = show_item(
        line.slot.type,
        content,
        seed=target.attempt.seed,
        slot=line.slot.slot,
        points=int(line.slot.points),
        response=line.response,
        marks=line.marks,
        level=2,
    )
    marks = queries.list_mark_history(session, attempt_id=target.attempt.id, slot=target.number)
    history = tuple(marks) if any(not mark.blind for mark, _name in marks) else ()
    return MarkPage(queue, place, item, body_hash(line.response), history)
