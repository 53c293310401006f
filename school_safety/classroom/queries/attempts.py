"""Attempts and answers: what the guard loads, what the hot path of a save reads and writes, prebuilt once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import ScalarSelect, Select, Table, and_, bindparam, func, literal, null, select
from sqlalchemy.orm import Session, aliased

from school_safety.access.policy import Place
from school_safety.assessment.models import ItemRevision
from school_safety.assessment.rules import Content
from school_safety.classroom.models import (
    Assignment,
    AssignmentGroup,
    AssignmentOverride,
    Attempt,
    Response,
    ResponseCheck,
    Submission,
)
from school_safety.classroom.queries.facts import AttemptFacts, AttemptSlot
from school_safety.classroom.rules import Answer, Channel, Stored, effective_answers
from school_safety.kit.db import frozen
from school_safety.kit.errors import NotFound
from school_safety.registry.models import SchoolPath

# ---- Loading ----

_OF_ATTEMPT = (
    *("id", "public_id", "assignment_id", "class_group_id", "person_id", "number", "seed"),
    *("started_at", "deadline_at", "voided_at", "void_reason", "channel", "regraded"),
)
_OF_ASSIGNMENT = (
    *("title", "paper", "feedback_release", "attempt_policy"),
    *("attempts_allowed", "minutes", "school_id", "closes_at"),
)
_COLUMNS = (
    *(getattr(Attempt, name) for name in _OF_ATTEMPT),
    *(getattr(Assignment, name) for name in _OF_ASSIGNMENT),
    AssignmentGroup.public_id,
)
"""What `AttemptFacts` begins with, in its order."""
_OF_GROUP = and_(
    AssignmentGroup.assignment_id == Attempt.assignment_id, AssignmentGroup.class_group_id == Attempt.class_group_id
)


def _answered_in_time() -> ScalarSelect[int]:
    counted = select(func.count()).where(Response.attempt_id == Attempt.id, ~Response.late, Response.answered)
    return counted.scalar_subquery()


def _last_closes() -> tuple[ScalarSelect[Any], ...]:
    groups = select(func.max(AssignmentGroup.closes_at)).where(AssignmentGroup.assignment_id == Attempt.assignment_id)
    overrides = select(func.max(AssignmentOverride.closes_at)).where(
        AssignmentOverride.assignment_id == Attempt.assignment_id, AssignmentOverride.withdrawn_at.is_(None)
    )
    beside = aliased(Attempt)
    deadlines = select(func.max(beside.deadline_at)).where(beside.assignment_id == Attempt.assignment_id)
    return tuple(one.correlate(Attempt).scalar_subquery() for one in (groups, overrides, deadlines))


@cache
def attempt_statement() -> Select[Any]:
    """SELECT of everything `AttemptFacts` holds, to be narrowed by the caller."""
    whole = select(
        *_COLUMNS,
        *(Submission.receipt, Submission.submitted_at, Submission.submitted_by),
        _answered_in_time(),
        *_last_closes(),
    )
    joined = (
        whole.select_from(Attempt)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(AssignmentGroup, _OF_GROUP)
    )
    return joined.outerjoin(Submission, Submission.attempt_id == Attempt.id)


LOAD_ATTEMPT = attempt_statement().where(Attempt.public_id == bindparam("public_id"))

# The hot path of a save: plain tables in place of mapped classes, which spares the ORM's work for every answer.

_ATTEMPT, _ASSIGNMENT, _GROUP, _RESPONSE, _SUBMISSION, _CHECK, _ITEM = (
    cast(Table, entity.__table__)
    for entity in (Attempt, Assignment, AssignmentGroup, Response, Submission, ResponseCheck, ItemRevision)
)

LOCK_FOR_SAVE: Select[Any] = (
    select(
        *(_ATTEMPT.c[name] for name in _OF_ATTEMPT),
        *(_ASSIGNMENT.c[name] for name in _OF_ASSIGNMENT),
        _GROUP.c.public_id,
        *(null(), null(), null(), literal(0), null(), null(), null()),
    )
    .select_from(
        _ATTEMPT.join(_ASSIGNMENT, _ASSIGNMENT.c.id == _ATTEMPT.c.assignment_id).join(
            _GROUP,
            and_(
                _GROUP.c.assignment_id == _ATTEMPT.c.assignment_id,
                _GROUP.c.class_group_id == _ATTEMPT.c.class_group_id,
            ),
        )
    )
    .where(_ATTEMPT.c.public_id == bindparam("public_id"))
    .with_for_update(read=True, of=_ATTEMPT)
)
"""The attempt, shared-locked: a submission waits for the saves under way, and saves wait for it. Without the
submission, which must be read after the lock is there (`SLOT_FACTS`). The statements of a save run on the session's
connection, since they need no objects: an eighth less processor time a save."""

SLOT_FACTS = select(
    _ITEM.c.content,
    select(_SUBMISSION.c.submitted_at)
    .where(_SUBMISSION.c.attempt_id == bindparam("attempt_id"))
    .scalar_subquery()
    .label("submitted_at"),
    select(_CHECK.c.checked_at)
    .where(_CHECK.c.attempt_id == bindparam("attempt_id"), _CHECK.c.slot == bindparam("slot"))
    .scalar_subquery()
    .label("checked_at"),
).where(_ITEM.c.id == bindparam("item_revision_id"))

LOCK_ATTEMPT = select(Attempt.id).where(Attempt.id == bindparam("attempt_id")).with_for_update()


def load_attempt(session: Session, public_id: str) -> tuple[AttemptFacts, Place]:
    """A pupil's own attempt; raises NotFound."""
    row = session.connection().execute(LOAD_ATTEMPT, {"public_id": public_id}).first()
    if row is None:
        raise NotFound
    return AttemptFacts(*row), Place(person_id=row.person_id)


def load_attempt_slot(session: Session, public_id: str, slot: int) -> tuple[AttemptSlot, Place]:
    """One slot of a pupil's own attempt; raises NotFound."""
    return _slot_of(*load_attempt(session, public_id), slot)


def load_slot_to_save(session: Session, public_id: str, slot: int) -> tuple[AttemptSlot, Place]:
    """One slot of a pupil's own attempt, locked against a submission running beside; raises NotFound."""
    row = session.connection().execute(LOCK_FOR_SAVE, {"public_id": public_id}).first()
    if row is None:
        raise NotFound
    return _slot_of(AttemptFacts(*row), Place(person_id=row.person_id), slot)


def load_attempt_of_class(session: Session, public_id: str) -> tuple[AttemptFacts, Place]:
    """A pupil's attempt for those who teach the class or lead the school; raises NotFound."""
    attempt, _place = load_attempt(session, public_id)
    path = session.scalar(select(SchoolPath.path).where(SchoolPath.school_id == attempt.school_id))
    return attempt, Place(path=path, class_group_id=attempt.class_group_id)


def _slot_of(attempt: AttemptFacts, place: Place, slot: int) -> tuple[AttemptSlot, Place]:
    if attempt.paper.slot(slot) is None:
        raise NotFound
    return AttemptSlot(attempt, slot), place


_ATTEMPT_BY_ID = attempt_statement().where(Attempt.id == bindparam("attempt_id"))
_ATTEMPTS_OF = (
    attempt_statement()
    .where(Attempt.person_id == bindparam("person_id"), Attempt.assignment_id == bindparam("assignment_id"))
    .order_by(Attempt.number)
)


def get_attempt(session: Session, attempt_id: int) -> AttemptFacts:
    """An attempt as it stands now."""
    return AttemptFacts(*session.connection().execute(_ATTEMPT_BY_ID, {"attempt_id": attempt_id}).one())


def list_attempts_of(session: Session, person_id: int, assignment_id: int) -> list[AttemptFacts]:
    """A pupil's attempts at one assignment, first to last."""
    asked = {"person_id": person_id, "assignment_id": assignment_id}
    rows = session.connection().execute(_ATTEMPTS_OF, asked)
    return [AttemptFacts(*row) for row in rows]


def list_unsubmitted(session: Session, assignment_id: int, *, before: datetime) -> list[AttemptFacts]:
    """The attempts at an assignment that are not void, have no submission, and whose deadline was before the moment."""
    statement = attempt_statement().where(
        Attempt.assignment_id == assignment_id,
        Attempt.voided_at.is_(None),
        Attempt.deadline_at < before,
        Submission.attempt_id.is_(None),
    )
    return [AttemptFacts(*row) for row in session.execute(statement.order_by(Attempt.id))]


# ---- Reading answers ----


def get_slot_facts(
    session: Session, *, attempt_id: int, slot: int, item_revision_id: int
) -> tuple[Content, datetime | None, datetime | None]:
    """The item's content, when the attempt was submitted, when the answer was fixed (None: not yet)."""
    ids = {"attempt_id": attempt_id, "slot": slot, "item_revision_id": item_revision_id}
    content, submitted_at, checked_at = session.connection().execute(SLOT_FACTS, ids).one()
    return content, submitted_at, checked_at


STORED = select(Response.seq, Response.client_uuid, Response.body_hash, Response.late).where(
    Response.attempt_id == bindparam("attempt_id"), Response.slot == bindparam("slot")
)


def list_stored(session: Session, *, attempt_id: int, slot: int) -> list[Stored]:
    """The stored saves of one slot: at most one in time and one late."""
    rows = session.execute(STORED, {"attempt_id": attempt_id, "slot": slot})
    return [Stored(*row) for row in rows]


class StoredResponse(NamedTuple):
    """A stored answer, late or not, with what has become of a late one."""

    attempt_id: int
    slot: int
    late: bool
    seq: int
    body_hash: str
    value: dict[str, Any] | None
    answered: bool
    saved_at: datetime
    channel: Channel
    accepted_at: datetime | None
    declined_at: datetime | None


_RESPONSES = (
    select(*(_RESPONSE.c[name] for name in StoredResponse._fields))
    .where(_RESPONSE.c.attempt_id.in_(bindparam("attempts", expanding=True)))
    .order_by(_RESPONSE.c.attempt_id, _RESPONSE.c.slot, _RESPONSE.c.late)
)


def list_responses(session: Session, attempt_ids: Iterable[int]) -> list[StoredResponse]:
    """All answers of these attempts, late ones included."""
    rows = session.connection().execute(_RESPONSES, {"attempts": list(attempt_ids)})
    return [StoredResponse(*row) for row in rows]


def answer_of(response: StoredResponse) -> Answer:
    """A stored row as scoring sees it."""
    counts = not response.late or response.accepted_at is not None
    return Answer(response.slot, response.seq, response.value, counts)


def map_answers(session: Session, attempt_ids: Iterable[int]) -> dict[int, dict[int, dict[str, Any] | None]]:
    """The answers that count, by attempt and by slot; an attempt without any has none."""
    stored: dict[int, list[Answer]] = {attempt_id: [] for attempt_id in attempt_ids}
    for response in list_responses(session, stored) if stored else ():
        stored[response.attempt_id].append(answer_of(response))
    return {attempt_id: effective_answers(answers) for attempt_id, answers in stored.items()}


def is_waiting(response: StoredResponse) -> bool:
    """True for a late answer that nobody has decided about."""
    return response.late and response.accepted_at is None and response.declined_at is None


def list_checked(session: Session, attempt_id: int) -> set[int]:
    """The slots whose answers the pupil has fixed."""
    return set(session.scalars(select(ResponseCheck.slot).where(ResponseCheck.attempt_id == attempt_id)))


def get_contents(session: Session, item_revision_ids: Iterable[int]) -> Mapping[int, Content]:
    """The frozen contents of item revisions, by id."""
    return frozen(session, item_revision_ids, _read_contents)


_CONTENTS = select(_ITEM.c.id, _ITEM.c.content).where(_ITEM.c.id.in_(bindparam("ids", expanding=True)))


def _read_contents(session: Session, ids: Sequence[int]) -> Mapping[int, Content]:
    return {row.id: row.content for row in session.connection().execute(_CONTENTS, {"ids": ids})}


def find_receipt(session: Session, attempt_id: int) -> str | None:
    """The receipt of an attempt that was submitted."""
    return session.scalar(select(Submission.receipt).where(Submission.attempt_id == attempt_id))
