"""The hot path of a save from a script: two statements a batch, prebuilt, on plain tables."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import BigInteger, Integer, Table, and_, bindparam, exists, func, select, union_all
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.orm import Session

from school_safety.assessment.rules import Content
from school_safety.classroom.models import Assignment, Attempt, Response, ResponseCheck, Submission
from school_safety.classroom.queries.attempts import get_contents
from school_safety.classroom.rules import read_paper
from school_safety.kit.db import Database
from school_safety.kit.errors import NotFound

_ATTEMPT, _RESPONSE, _SUBMISSION, _CHECK = (
    cast(Table, entity.__table__) for entity in (Attempt, Response, Submission, ResponseCheck)
)


@dataclass(frozen=True, slots=True)
class LockedAttempt:
    """What a save needs of an attempt that nobody can submit beside it."""

    id: int
    public_id: str
    assignment_id: int
    deadline_at: datetime
    voided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """The frozen item at one slot of a paper."""

    type: str
    content: Content


_OF_ATTEMPT = select(*(_ATTEMPT.c[name] for name in LockedAttempt.__slots__)).where(
    _ATTEMPT.c.public_id == bindparam("public_id")
)
_LOCK = {True: _OF_ATTEMPT.with_for_update(), False: _OF_ATTEMPT.with_for_update(read=True)}


def lock_attempt(session: Session, public_id: str, *, to_submit: bool) -> LockedAttempt:
    """The attempt: submissions wait for the saves under way, and saves for a submission. Raises NotFound."""
    row = session.connection().execute(_LOCK[to_submit], {"public_id": public_id}).first()
    if row is None:
        raise NotFound
    return LockedAttempt(*row)


@lru_cache(maxsize=256)
def questions_of(database: Database, assignment_id: int) -> Mapping[int, Question]:
    """The items of a paper by slot: nothing changes on it once somebody has begun, so each process reads them once."""
    with database.reading() as session:
        paper = read_paper(session.scalars(select(Assignment.paper).where(Assignment.id == assignment_id)).one())
        contents = get_contents(session, [slot.item_revision_id for slot in paper.slots])
    return {slot.slot: Question(slot.type, contents[slot.item_revision_id]) for slot in paper.slots}


_LINE_UP = select(func.pg_advisory_xact_lock(bindparam("attempt_id", type_=BigInteger)))
_STANDING = (
    select(_RESPONSE.c.slot, _RESPONSE.c.value)
    .where(_RESPONSE.c.attempt_id == bindparam("attempt_id"), _RESPONSE.c.slot.in_(bindparam("slots", expanding=True)))
    .order_by(_RESPONSE.c.slot, _RESPONSE.c.late)
)


def list_standing(session: Session, attempt_id: int, slots: Collection[int]) -> Mapping[int, list[Any]]:
    """What stands at these slots, in time before late, by slot; until the end saves beside that ask the same wait.

    Only for types whose answers go on from what stands. SQLite's writers wait for one another anyway.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(_LINE_UP, {"attempt_id": attempt_id})
    standing: dict[int, list[Any]] = defaultdict(list)
    for slot, value in connection.execute(_STANDING, {"attempt_id": attempt_id, "slots": list(slots)}):
        standing[slot].append(value)
    return standing


# ---- Writing; executed by actions only ----

_CHANGED = ("seq", "client_uuid", "body_hash", "value", "answered", "saved_at", "channel")
_WRITTEN = ("attempt_id", "slot", "late", *_CHANGED)


@lru_cache(maxsize=32)
def _save_many(count: int) -> Any:
    """INSERT of `count` answers to different slots of one attempt, as long as it has not been submitted.

    Keeps the higher sequence whatever arrives beside; no row comes back for an answer that was not taken.
    """
    lines = [
        select(*(bindparam(f"{name}_{line}", type_=_RESPONSE.c[name].type).label(name) for name in _WRITTEN))
        for line in range(count)
    ]
    sent = union_all(*lines).subquery("sent") if count > 1 else lines[0].subquery("sent")
    attempt_id = bindparam("attempt", type_=Integer)
    submitted = exists().where(_SUBMISSION.c.attempt_id == attempt_id)
    fixed = exists().where(_CHECK.c.attempt_id == attempt_id, _CHECK.c.slot == sent.c.slot)
    add = insert_or(_RESPONSE).from_select(list(_WRITTEN), select(sent).where(~submitted, ~fixed))
    new = add.excluded
    return add.on_conflict_do_update(
        index_elements=["attempt_id", "slot", "late"],
        set_={name: new[name] for name in _CHANGED},
        where=and_(new["seq"] > _RESPONSE.c.seq, new["client_uuid"] != _RESPONSE.c.client_uuid),
    ).returning(_RESPONSE.c.slot)


def save_in_time(session: Session, attempt_id: int, rows: Sequence[Mapping[str, Any]]) -> set[int]:
    """Write answers to different slots of a locked attempt; returns the slots whose answer was taken."""
    values = {f"{name}_{line}": row[name] for line, row in enumerate(rows) for name in _WRITTEN}
    taken = session.connection().execute(_save_many(len(rows)), {"attempt": attempt_id, **values})
    return {row.slot for row in taken}
