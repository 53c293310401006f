"""What would change if a corrected question scored the answers given to the one before: nothing is written."""

from dataclasses import dataclass, replace
from datetime import datetime

from school_safety.assessment.queries import BankItem
from school_safety.assessment.rules import Text
from school_safety.assessment.types import TYPES
from school_safety.classroom import queries
from school_safety.classroom.queries import AttemptFacts, Pupil
from school_safety.classroom.report.progress import ClassProgress, class_progress
from school_safety.classroom.report.scores import reckoned, worth_of
from school_safety.classroom.rules import (
    AttemptState,
    Edit,
    PaperSlot,
    Total,
    edit_between,
    fits,
)
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class RegradeLine:
    """One handed-in attempt that is scored by an older revision; `after` is None where the answer does not fit."""

    pupil: Pupil
    attempt: AttemptFacts
    before: Total
    after: Total | None

    @property
    def changed(self) -> bool:
        """Whether the total would be another one."""
        return self.after is not None and self.after.earned != self.before.earned


@dataclass(frozen=True, slots=True)
class Regrade:
    """A question of the paper and the revision that has replaced it; `edit` is None while nothing has."""

    progress: ClassProgress
    slot: PaperSlot
    before: BankItem
    after: BankItem | None
    edit: Edit | None
    lines: tuple[RegradeLine, ...]

    @property
    def keys(self) -> tuple[Text, Text]:
        """The right answer before and after, in words."""
        pair = (self.before, self.after or self.before)
        before, after = (TYPES[one.type].answer_text(one.content, TYPES[one.type].key(one.content)) for one in pair)
        return before, after


def regrade_of(session: Session, given: queries.GroupFacts, number: int, *, now: datetime) -> Regrade:
    """The dry run for one question of a class's paper; raises NotFound for a place that the paper does not have."""
    slot = given.paper.slot(number)
    if slot is None or not slot.scored:
        raise NotFound
    progress = class_progress(session, given, now=now)
    before, after = queries.find_correction(session, slot.item_revision_id)
    if after is None:
        return Regrade(progress, slot, before, None, None, ())
    edit = edit_between((before.type, before.content), (after.type, after.content))
    lines = _lines(session, progress, slot, after, now) if edit is not Edit.PARTS else ()
    return Regrade(progress, slot, before, after, edit, lines)


def _lines(
    session: Session, progress: ClassProgress, slot: PaperSlot, after: BankItem, now: datetime
) -> tuple[RegradeLine, ...]:
    older = {
        attempt.facts.id: (line.pupil, attempt.facts)
        for line in progress.pupils
        for attempt in line.attempts
        if attempt.state is AttemptState.SUBMITTED and _older(attempt.facts, slot.slot, after.id)
    }
    answers = queries.map_answers(session, older)
    fitting = [
        replace(attempt, regraded={**(attempt.regraded or {}), str(slot.slot): after.id})
        for attempt_id, (_pupil, attempt) in older.items()
        if fits(after.type, after.content, answers[attempt_id].get(slot.slot))
    ]
    stands = worth_of(session, [attempt for _, attempt in older.values()], None, now=now)
    would = reckoned(session, fitting)
    return tuple(
        RegradeLine(pupil, attempt, stands[attempt_id].total, would[attempt_id].total if attempt_id in would else None)
        for attempt_id, (pupil, attempt) in older.items()
    )


def _older(attempt: AttemptFacts, slot: int, revision_id: int) -> bool:
    own = attempt.paper.slot(slot)
    return own is not None and own.item_revision_id != revision_id
