"""The answers of a class that came after their deadline, each beside the one that came in time."""

from dataclasses import dataclass
from datetime import datetime

from school_safety.assessment.rules import Text
from school_safety.assessment.types import TYPES
from school_safety.classroom import queries
from school_safety.classroom.queries import AttemptFacts, GroupFacts, Pupil, StoredResponse
from school_safety.kit.db import Session


@dataclass(frozen=True, slots=True)
class LateLine:
    """One late answer. `minutes` after the deadline; `accepted`: True, False, or None while nobody has decided.

    Of what nobody judges only that it came is told: `private`, without the words.
    """

    pupil: Pupil
    attempt: AttemptFacts
    slot: int
    stem: Text
    in_time: Text
    late: Text
    saved_at: datetime
    minutes: int
    accepted: bool | None
    private: bool


def late_lines(session: Session, given: GroupFacts) -> tuple[LateLine, ...]:
    """Every late answer of the class, by pupil and place; those of void attempts are left out."""
    ids = {"class_group_id": given.group.class_group_id, "assignment_id": given.group.assignment_id}
    pupils = {pupil.person_id: pupil for pupil in queries.list_pupils(session, **ids)}
    attempts = {one.id: one for one in queries.list_attempts_of_group(session, **ids) if one.voided_at is None}
    responses = queries.list_responses(session, attempts)
    in_time = {(one.attempt_id, one.slot): one for one in responses if not one.late}
    items = queries.get_contents(session, [slot.item_revision_id for slot in given.paper.slots])
    lines = []
    for late in (one for one in responses if one.late):
        attempt = attempts[late.attempt_id]
        slot = given.paper.slot(late.slot)
        if slot is None:
            continue
        content, kind = items[slot.item_revision_id], TYPES[slot.type]
        before = in_time.get((late.attempt_id, late.slot))
        lines.append(
            LateLine(
                pupil=pupils[attempt.person_id],
                attempt=attempt,
                slot=late.slot,
                stem=content["stem"],
                in_time=kind.answer_text(content, before.value if before is not None and kind.scored else None),
                late=kind.answer_text(content, late.value if kind.scored else None),
                saved_at=late.saved_at,
                minutes=max(0, int((late.saved_at - attempt.deadline_at).total_seconds()) // 60),
                accepted=_decided(late),
                private=not kind.scored,
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.accepted is not None, line.pupil.name_key, line.slot)))


def _decided(late: StoredResponse) -> bool | None:
    if queries.is_waiting(late):
        return None
    return late.accepted_at is not None
