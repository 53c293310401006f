"""The SQL twin of `Reach.includes`, and the reading of the audit log."""

from collections.abc import Generator
from contextlib import closing
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, insert, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from school_safety.access.models import AuditEvent, AuditSeal
from school_safety.access.policy import Reach
from school_safety.access.rules import SealedRow

Column = InstrumentedAttribute[Any] | ColumnElement[Any]

ADD_EVENT = insert(AuditEvent)
ADD_SEALS = insert(AuditSeal)


def within(
    reach: Reach, *, path: Column | None = None, class_group: Column | None = None, person: Column | None = None
) -> ColumnElement[bool]:
    """The rows whose columns lie in the reach; paths are compared by range, never by LIKE."""
    ways: list[ColumnElement[bool]] = []
    if path is not None:
        ways += [and_(path >= branch, path < branch_end(branch)) for branch in reach.paths]
    if class_group is not None and reach.class_group_ids:
        ways.append(class_group.in_(sorted(reach.class_group_ids)))
    if person is not None and reach.person_id is not None:
        ways.append(person == reach.person_id)
    return or_(*ways) if ways else false()


def branch_end(path: str) -> str:
    """The first string after every path of the branch: `/1/12/` ends before `/1/120`."""
    return path.removesuffix("/") + "0"


def event_content(event: AuditEvent) -> dict[str, Any]:
    """What a seal covers of an event, as plain JSON values."""
    return {
        "id": event.id,
        "at": event.at.isoformat(),
        "verb": event.verb,
        "actor": event.actor_id,
        "type": event.object_type,
        "object": event.object_id,
        "place": event.place,
        "data": event.data,
    }


def get_last_seal(session: Session) -> AuditSeal | None:
    """The end of the chain."""
    return session.scalars(select(AuditSeal).order_by(AuditSeal.number.desc()).limit(1)).first()


def list_unsealed(session: Session, *, limit: int = 5000) -> list[AuditEvent]:
    """The oldest events without a seal, in order of id."""
    unsealed = select(AuditEvent).outerjoin(AuditSeal, AuditSeal.audit_id == AuditEvent.id)
    return list(session.scalars(unsealed.where(AuditSeal.number.is_(None)).order_by(AuditEvent.id).limit(limit)))


def iterate_seals(session: Session) -> Generator[SealedRow, None, None]:
    """The whole chain with its events, streamed in order."""
    statement = select(AuditSeal, AuditEvent).outerjoin(AuditEvent, AuditEvent.id == AuditSeal.audit_id)
    rows = session.execute(statement.order_by(AuditSeal.number).execution_options(yield_per=1000))
    event: AuditEvent | None
    with closing(rows):
        for seal, event in rows:
            yield SealedRow(seal.number, seal.hash, event_content(event) if event is not None else None)


def list_events(
    session: Session, *, verb: str = "", since: datetime | None = None, limit: int, offset: int
) -> tuple[list[AuditEvent], int]:
    """Events, newest first, and how many there are; `verb` is a prefix such as `delivery`."""
    statement = select(AuditEvent)
    if verb:
        statement = statement.where(AuditEvent.verb >= verb, AuditEvent.verb < verb + "\U0010ffff")
    if since is not None:
        statement = statement.where(AuditEvent.at >= since)
    page = statement.order_by(AuditEvent.id.desc()).limit(limit).offset(offset)
    return list(session.scalars(page)), _count(session, statement)


def _count(session: Session, statement: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
