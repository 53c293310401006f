"""What one save of an answer does: the acknowledgement it gets, and whether it replaces what is stored."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import Any

from school_safety.assessment.rules import Response
from school_safety.assessment.types import TYPES


class Channel(StrEnum):
    """The way an answer came in."""

    WEB = "web"
    OFFLINE = "offline"
    PAPER = "paper"


class SaveOutcome(StrEnum):
    """What a save does to the stored answer."""

    STORE = "store"
    REPLAY = "replay"
    SUPERSEDED = "superseded"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Save:
    """One save as the client numbered it: sequence per item, one UUID per save, hash of what it says."""

    seq: int
    client_uuid: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class Stored:
    """The save that stands in the database; a late one stands beside the one that came in time."""

    seq: int
    client_uuid: str
    body_hash: str
    late: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A stored answer as scoring sees it; `counts` is false for a late one that nobody has accepted."""

    slot: int
    seq: int
    value: dict[str, Any] | None
    counts: bool


def body_hash(value: Any) -> str:
    """SHA-256 of an answer in canonical JSON, as 64 hexadecimal digits; None is an answer taken back."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def ack_id(attempt: str, slot: int, save: Save) -> str:
    """The acknowledgement of a save: the same save always gets the same one, 32 hexadecimal digits."""
    text = "\x1f".join((attempt, str(slot), str(save.seq), save.client_uuid, save.body_hash))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def judge_save(save: Save, stored: Iterable[Stored], *, late: bool) -> SaveOutcome:
    """What this save does beside the stored rows of the same attempt and slot.

    A known UUID with the same number and body is a replay, with another one a conflict. Otherwise the higher sequence
    wins; an equal or lower one is superseded. What came late never outranks what came in time, so a save on time is
    compared with saves on time only.
    """
    rows = list(stored)
    for row in rows:
        if row.client_uuid == save.client_uuid:
            same = (row.seq, row.body_hash) == (save.seq, save.body_hash)
            return SaveOutcome.REPLAY if same else SaveOutcome.CONFLICT
    rivals = rows if late else [row for row in rows if not row.late]
    if any(row.seq >= save.seq for row in rivals):
        return SaveOutcome.SUPERSEDED
    return SaveOutcome.STORE


def gone_on(type_code: str, stored: Iterable[Response | None], sent: Response | None) -> Response | None:
    """What to store of an answer of a type that continues: what stands already, then what is new in the one sent.

    `stored`: the answers that stand, the one in time before a late one.
    """
    return reduce(TYPES[type_code].continued, (*stored, sent))


def minute_of(moment: datetime) -> datetime:
    """The minute a moment lies in: all that is kept of when an answer came."""
    return moment.replace(second=0, microsecond=0)
