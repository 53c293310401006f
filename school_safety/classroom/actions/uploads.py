"""Taking a batch of answers from a device: the usual case in one statement, the rest answer by answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from school_safety.classroom import queries
from school_safety.classroom.actions.attempts import Acknowledgement, save_answer
from school_safety.classroom.queries import AttemptFacts, AttemptSlot, LockedAttempt
from school_safety.classroom.rules import Channel, Save, ack_id, body_hash, gone_on, is_on_time, minute_of
from school_safety.kit.db import Session
from school_safety.kit.errors import Conflict


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """One answer as a device sent it; its item type has accepted `value`.

    `continuing`: the item type's code where an answer goes on from the one that stands.
    """

    slot: int
    uuid: str
    seq: int
    value: dict[str, Any] | None
    continuing: str | None = None


def take_answers(
    session: Session, *, attempt: LockedAttempt, sent: Sequence[SentAnswer], now: datetime
) -> list[Acknowledgement | str]:
    """Store a batch; for each answer, in order, its acknowledgement, or the code of why it can never be stored."""
    newest = {answer.slot: answer for answer in sorted(sent, key=lambda one: one.seq)}
    taken: set[int] = set()
    if newest and attempt.voided_at is None and is_on_time(now, attempt.deadline_at):
        values = _values(session, attempt.id, newest)
        rows = [_row(attempt, answer, values[slot], now) for slot, answer in newest.items()]
        taken = queries.save_in_time(session, attempt.id, rows)
    known: list[AttemptFacts] = []
    return [
        _taken(attempt, answer)
        if answer.slot in taken and newest[answer.slot] is answer
        else _judged(session, attempt, answer, known, now)
        for answer in sent
    ]


def _values(session: Session, attempt_id: int, newest: Mapping[int, SentAnswer]) -> dict[int, dict[str, Any] | None]:
    """What to store at each slot: what was sent, or, where the type continues, what stands and then what is new."""
    going_on = {slot: answer.continuing for slot, answer in newest.items() if answer.continuing is not None}
    standing = queries.list_standing(session, attempt_id, going_on) if going_on else {}
    return {
        slot: gone_on(going_on[slot], standing[slot], answer.value) if slot in going_on else answer.value
        for slot, answer in newest.items()
    }


def _row(attempt: LockedAttempt, answer: SentAnswer, value: dict[str, Any] | None, now: datetime) -> dict[str, Any]:
    return {
        "attempt_id": attempt.id,
        "slot": answer.slot,
        "late": False,
        "seq": answer.seq,
        "client_uuid": answer.uuid,
        "body_hash": body_hash(answer.value),
        "value": value,
        "answered": value is not None,
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
