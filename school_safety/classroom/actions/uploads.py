"""Taking a batch of answers from a device: the usual case in one statement, the rest answer by answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from school_safety.classroom import queries
from school_safety.classroom.actions.attempts import Acknowledgement, save_answer
from school_safety.classroom.queries import AttemptFacts, AttemptSlot, LockedAttempt
from school_safety.classroom.rules import Channel, Save, ack_id, body_hash, is_on_time, minute_of
from school_safety.kit.db import Session
from school_safety.kit.errors import Conflict


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """One answer as a device sent it; its item type has accepted `value`."""

    slot: int
    uuid: str
    seq: int
    value: dict[str, Any] | None


def take_answers(
    session: Session, *, attempt: LockedAttempt, sent: Sequence[SentAnswer], now: datetime
) -> list[Acknowledgement | str]:
    """Store a batch; for each answer, in order, its acknowledgement, or the code of why it can never be stored."""
    newest = {answer.slot: answer for answer in sorted(sent, key=lambda one: one.seq)}
    taken: set[int] = set()
    if newest and attempt.voided_at is None and is_on_time(now, attempt.deadline_at):
        rows = [_row(attempt, answer, now) for answer in newest.values()]
        taken = queries.save_in_time(session, attempt.id, rows)
    known: list[AttemptFacts] = []
    return [
        _taken(attempt, answer)
        if answer.slot in taken and newest[answer.slot] is answer
        else _judged(session, attempt, answer, known, now)
        for answer in sent
    ]


def _row(attempt: LockedAttempt, answer: SentAnswer, now: datetime) -> dict[str, Any]:
    return {
        "attempt_id": attempt.id,
        "slot": answer.slot,
        "late": False,
        "seq": answer.seq,
        "client_uuid": answer.uuid,
        "body_hash": body_hash(answer.value),
        "value": answer.value,
        "answered": answer.value is not None,
        "saved_at": minute_of(now),
        "channel": Channel.WEB,
    }


def _taken(attempt: LockedAttempt, answer: SentAnswer) -> Acknowledgement:
    save = Save(answer.seq, answer.uuid, body_hash(answer.value))
    return Acknowledgement(ack_id(attempt.public_id, answer.slot, save), answer.seq, kept=True, late=False)


def _judged(
    session: Session, attempt: LockedAttempt, answer: SentAnswer, known: list[AttemptFacts], now: datetime
) -> Acknowledgement | str:
    """What becomes of a replay, an older or late answer, or one to a finished attempt; `known` spares a second read."""
    facts = known[0] if known else queries.get_attempt(session, attempt.id)
    known[:] = [facts]
    slot = facts.paper.slot(answer.slot)
    if slot is None:
        return "unknown_slot"
    _content, submitted_at, checked_at = queries.get_slot_facts(
        session, attempt_id=attempt.id, slot=answer.slot, item_revision_id=slot.item_revision_id
    )
    try:
        return save_answer(
            session,
            target=AttemptSlot(facts, answer.slot),
            value=answer.value,
            seq=answer.seq,
            client_uuid=answer.uuid,
            channel=Channel.WEB,
            submitted_at=submitted_at,
            checked_at=checked_at,
            now=now,
        )
    except Conflict as conflict:
        return conflict.code
