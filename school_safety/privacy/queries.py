"""Requests in reach, pupils to be found by name, and what is kept of requests."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, exists, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from school_safety.access.policy import Place, Reach
from school_safety.access.queries import within
from school_safety.kit.errors import NotFound
from school_safety.kit.text import search_key
from school_safety.privacy.models import PrivacyRequest
from school_safety.privacy.rules import Requester, RequestKind, RequestState
from school_safety.registry.models import SchoolPath
from school_safety.roster.models import ClassGroup, Enrolment, Person

MOST_FOUND = 20

EMPTY_NOTES = (
    update(PrivacyRequest)
    .where(PrivacyRequest.person_id == bindparam("of_person"))
    .values(note="")
    .execution_options(synchronize_session=False)
)
FORGET_OLD_REQUESTS = (
    delete(PrivacyRequest)
    .where(PrivacyRequest.closed_at < bindparam("before"))
    .execution_options(synchronize_session=False)
)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request with the pupil's name; an empty name: erased."""

    public_id: str
    person_id: int
    name: str
    kind: RequestKind
    requester: Requester
    state: RequestState
    received_on: date
    is_extended: bool
    note: str
    answered_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class FoundPupil:
    """A pupil found by name."""

    enrolment_public_id: str
    name: str
    class_name: str
    list_number: int


_REQUESTS = (
    select(
        PrivacyRequest.public_id,
        PrivacyRequest.person_id,
        Person.full_name,
        PrivacyRequest.kind,
        PrivacyRequest.requester,
        PrivacyRequest.state,
        PrivacyRequest.received_on,
        PrivacyRequest.is_extended,
        PrivacyRequest.note,
        PrivacyRequest.answered_at,
        PrivacyRequest.closed_at,
    )
    .join(Person, Person.id == PrivacyRequest.person_id)
    .join(SchoolPath, SchoolPath.school_id == PrivacyRequest.school_id)
)


def list_requests(session: Session, reach: Reach, *, limit: int = 200) -> list[RequestRow]:
    """Requests of the schools in reach: open ones first, the oldest on top; then those closed, the newest on top."""
    is_closed = case((PrivacyRequest.closed_at.is_(None), 0), else_=1)
    statement = _REQUESTS.where(within(reach, path=SchoolPath.path))
    ordered = statement.order_by(is_closed, PrivacyRequest.closed_at.desc(), PrivacyRequest.received_on)
    return [RequestRow(*row) for row in session.execute(ordered.limit(limit))]


def count_open_requests(session: Session, reach: Reach) -> int:
    """How many requests in reach still wait for something."""
    return sum(row.closed_at is None for row in list_requests(session, reach))


def load_request(session: Session, public_id: str) -> tuple[PrivacyRequest, Place]:
    """One request and where it lives; raises NotFound."""
    row = session.execute(
        select(PrivacyRequest, SchoolPath.path)
        .join(SchoolPath, SchoolPath.school_id == PrivacyRequest.school_id)
        .where(PrivacyRequest.public_id == public_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], Place(path=row[1])


def find_pupils(session: Session, reach: Reach, words: str) -> list[FoundPupil]:
    """Pupils in reach whose name has such beginnings of words, without marks; at most twenty, each once.

    Who went on to another school is that school's, and not found here.
    """
    now, there = aliased(Enrolment), aliased(ClassGroup)
    elsewhere = (
        exists()
        .where(now.person_id == Enrolment.person_id, now.ends_on.is_(None))
        .where(there.id == now.class_group_id, there.school_id != ClassGroup.school_id)
    )
    statement = (
        select(Enrolment.public_id, Person.full_name, ClassGroup.name, Enrolment.list_number, Person.id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
        .join(SchoolPath, SchoolPath.school_id == ClassGroup.school_id)
        .where(within(reach, path=SchoolPath.path), Person.erased_at.is_(None))
        .where(or_(Enrolment.ends_on.is_(None), ~elsewhere))
    )
    wanted = search_key(words[:100]).split()
    for word in wanted:
        statement = statement.where((literal(" ") + Person.name_search).contains(f" {word}", autoescape=True))
    if not wanted:
        return []
    found: dict[int, FoundPupil] = {}
    for row in session.execute(statement.order_by(Person.name_key, Enrolment.starts_on.desc()).limit(5 * MOST_FOUND)):
        found.setdefault(row[4], FoundPupil(*row[:4]))
    return list(found.values())[:MOST_FOUND]


def export_person(session: Session, person_id: int) -> dict[str, Any]:
    """The requests about a pupil, as plain JSON."""
    requests = session.scalars(
        select(PrivacyRequest).where(PrivacyRequest.person_id == person_id).order_by(PrivacyRequest.id)
    )
    return {
        "requests": [
            {
                "kind": one.kind,
                "requester": one.requester,
                "state": one.state,
                "received_on": one.received_on.isoformat(),
                "note": one.note,
            }
            for one in requests
        ]
    }


def list_open_erasures(session: Session, person_id: int) -> list[PrivacyRequest]:
    """The erasure requests about a pupil that are not closed."""
    return list(
        session.scalars(
            select(PrivacyRequest).where(
                PrivacyRequest.person_id == person_id,
                PrivacyRequest.kind == RequestKind.ERASURE,
                PrivacyRequest.closed_at.is_(None),
            )
        )
    )
