"""One pupil's data: what the roster keeps, for export, and the statements of its erasure."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from school_safety.registry.models import AcademicYear, ImportDraft, SchoolPath
from school_safety.roster.models import Card, ClassGroup, Enrolment, Person, SignInSession

FORGET_CARDS = (
    delete(Card)
    .where(Card.enrolment_id.in_(select(Enrolment.id).where(Enrolment.person_id == bindparam("of_person"))))
    .execution_options(synchronize_session=False)
)
FORGET_SESSIONS = (
    delete(SignInSession)
    .where(SignInSession.person_id == bindparam("of_person"))
    .execution_options(synchronize_session=False)
)
FORGET_DRAFTS = (
    delete(ImportDraft)
    .where(
        ImportDraft.school_id.in_(
            select(ClassGroup.school_id)
            .join(Enrolment, Enrolment.class_group_id == ClassGroup.id)
            .where(Enrolment.person_id == bindparam("of_person"))
        )
    )
    .execution_options(synchronize_session=False)
)
FORGET_OLD_CARDS = (
    delete(Card)
    .where(
        Card.enrolment_id.in_(
            select(Enrolment.id)
            .join(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
            .join(AcademicYear, AcademicYear.id == ClassGroup.year_id)
            .where(AcademicYear.ends_on < bindparam("today"))
        )
    )
    .execution_options(synchronize_session=False)
)
"""Cards of school years that are over."""


def list_leavers(session: Session, *, before: date, limit: int) -> list[tuple[int, str]]:
    """Pupils whose last place in any class ended before a day, with the path of a school of theirs; at most `limit`.

    A place that nobody ended is over with its school year.
    """
    last_day = func.max(func.coalesce(Enrolment.ends_on, AcademicYear.ends_on))
    statement = (
        select(Enrolment.person_id, func.max(SchoolPath.path))
        .join(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
        .join(AcademicYear, AcademicYear.id == ClassGroup.year_id)
        .join(SchoolPath, SchoolPath.school_id == ClassGroup.school_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Person.erased_at.is_(None))
        .group_by(Enrolment.person_id)
        .having(last_day < before)
        .order_by(Enrolment.person_id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def export_person(session: Session, person_id: int) -> dict[str, Any]:
    """Everything the roster keeps of a pupil, as plain JSON: identity, places in classes, cards, sign-ins."""
    person = session.get_one(Person, person_id)
    return {
        "person": {
            "full_name": person.full_name,
            "birth_date": person.birth_date.isoformat() if person.birth_date else None,
            "has_identifier_hash": person.moet_hash is not None,
            "known_since": person.created_at.isoformat(),
        },
        "enrolments": _enrolments(session, person_id),
        "cards": _cards(session, person_id),
        "sign_ins": _sign_ins(session, person_id),
    }


def _enrolments(session: Session, person_id: int) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Enrolment, ClassGroup.name, AcademicYear.code, SchoolPath.name)
        .join(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
        .join(AcademicYear, AcademicYear.id == ClassGroup.year_id)
        .join(SchoolPath, SchoolPath.school_id == ClassGroup.school_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Enrolment.starts_on, Enrolment.id)
    )
    return [
        {
            "school": school,
            "year": year,
            "class": group,
            "list_number": enrolment.list_number,
            "starts_on": enrolment.starts_on.isoformat(),
            "ends_on": enrolment.ends_on.isoformat() if enrolment.ends_on else None,
            "left_reason": enrolment.left_reason,
        }
        for enrolment, group, year, school in rows
    ]


def _cards(session: Session, person_id: int) -> list[dict[str, Any]]:
    cards = session.scalars(
        select(Card).join(Enrolment, Enrolment.id == Card.enrolment_id).where(Enrolment.person_id == person_id)
    )
    return [
        {
            "issued_at": card.issued_at.isoformat(),
            "revoked_at": card.revoked_at.isoformat() if card.revoked_at else None,
        }
        for card in cards
    ]


def _sign_ins(session: Session, person_id: int) -> list[dict[str, Any]]:
    own = select(SignInSession).where(SignInSession.person_id == person_id).order_by(SignInSession.id)
    return [
        {"began_at": row.created_at.isoformat(), "last_seen_at": row.last_seen_at.isoformat()}
        for row in session.scalars(own)
    ]


def list_doors_of(session: Session, person_id: int) -> list[tuple[str, int]]:
    """Class codes and list numbers under which a pupil ever had a door."""
    rows = session.execute(
        select(ClassGroup.code, Enrolment.list_number)
        .join(Enrolment, Enrolment.class_group_id == ClassGroup.id)
        .where(Enrolment.person_id == person_id)
    )
    return [(row.code, row.list_number) for row in rows]


def list_open_enrolments_of(session: Session, person_id: int) -> list[Enrolment]:
    """The enrolments of a person that have not ended."""
    return list(session.scalars(select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.ends_on.is_(None))))
