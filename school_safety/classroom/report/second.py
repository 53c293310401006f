"""The written answers of a class that are marked twice, and how far the two markers agree."""

from dataclasses import dataclass
from datetime import datetime

from school_safety.classroom import queries
from school_safety.classroom.queries import AttemptSlot
from school_safety.classroom.report.marking import MarkingQueue, MarkLine, MarkPage, mark_page
from school_safety.classroom.rules import Agreement, TwoMarks, agreement, body_hash, second_sample, two_marks
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class SecondLine:
    """One answer of the sample with both marks; `own`: the viewer has given the first."""

    line: MarkLine
    two: TwoMarks
    own: bool


@dataclass(frozen=True, slots=True)
class SecondMarking:
    """The sample of a class, and the agreement over what both have marked."""

    queue: MarkingQueue
    lines: tuple[SecondLine, ...]
    agreement: Agreement

    @property
    def waiting(self) -> tuple[SecondLine, ...]:
        """What nobody has marked a second time and the viewer may mark."""
        return tuple(one for one in self.lines if one.two.second is None and not one.own)

    @property
    def open(self) -> tuple[SecondLine, ...]:
        """Where the two differ and nobody has settled it."""
        return tuple(one for one in self.lines if one.two.differ and not one.two.settled)


def second_marking(session: Session, queue: MarkingQueue, *, viewer_id: int) -> SecondMarking:
    """The tenth of a class's written answers that is marked twice, as one person may see it.

    Later answers may draw another tenth; what was marked twice before stays with it.
    """
    seed = queue.progress.given.group.public_id
    sample = second_sample(seed, [(line.attempt.public_id, line.slot.slot) for line in queue.lines])
    every = queries.map_two_marks(session, {line.attempt.id for line in queue.lines})
    lines = []
    for line in queue.lines:
        given = every.get((line.attempt.id, line.slot.slot, body_hash(line.response)), [])
        drawn = (line.attempt.public_id, line.slot.slot) in sample
        if not drawn and not any(mark.blind for mark in given):
            continue
        own = any(not mark.blind and mark.marked_by == viewer_id for mark in given)
        lines.append(SecondLine(line, two_marks(given), own))
    return SecondMarking(queue, tuple(lines), agreement([(one.line.rubric, one.two) for one in lines]))


def second_page(session: Session, target: AttemptSlot, *, viewer_id: int, now: datetime) -> MarkPage:
    """An answer of the sample to be marked blindly; raises NotFound for any other answer."""
    page = mark_page(session, target, now=now)
    marking = second_marking(session, page.queue, viewer_id=viewer_id)
    wanted = (target.attempt.id, target.number)
    if not any((one.line.attempt.id, one.line.slot.slot) == wanted for one in marking.lines):
        raise NotFound
    return page
