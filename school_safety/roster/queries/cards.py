"""Cards of a class group: whose they are, what stands on them, which are living."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Place
from school_safety.kit.errors import NotFound
from school_safety.registry.models import School, SchoolPath
from school_safety.roster.models import Card, ClassGroup, Enrolment, Person


@dataclass(frozen=True, slots=True)
class CardHolder:
    """A pupil of a class group and the state of the card."""

    enrolment_id: int
    enrolment_public_id: str
    list_number: int
    name: str
    issued_at: datetime | None


@dataclass(frozen=True, slots=True)
class CardSheet:
    """What every card of a class group says beside the pupil's own lines."""

    class_group_id: int
    class_name: str
    class_code: str
    school_id: int
    school_code: str
    school_name: str


def get_card_sheet(session: Session, class_group_id: int) -> CardSheet:
    """The class group as its cards name it; raises NotFound."""
    row = session.execute(
        select(ClassGroup.id, ClassGroup.name, ClassGroup.code, ClassGroup.school_id, SchoolPath.code, SchoolPath.name)
        .join(School, School.id == ClassGroup.school_id)
        .join(SchoolPath, SchoolPath.school_id == School.id)
        .where(ClassGroup.id == class_group_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return CardSheet(*row)


def load_card_sheet(session: Session, code: str, class_group_id: int) -> tuple[CardSheet, Place]:
    """The class group of a school as its cards name it, and where it lives; raises NotFound."""
    sheet = get_card_sheet(session, class_group_id)
    path = session.scalar(select(SchoolPath.path).where(SchoolPath.school_id == sheet.school_id))
    if sheet.school_code != code:
        raise NotFound
    return sheet, Place(path=path, class_group_id=class_group_id)


def list_card_holders(session: Session, class_group_id: int) -> list[CardHolder]:
    """The pupils now in a class group, by list number, each with the day of the living card."""
    rows = session.execute(
        select(Enrolment.id, Enrolment.public_id, Enrolment.list_number, Person.full_name, Card.issued_at)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Card, and_(Card.enrolment_id == Enrolment.id, Card.revoked_at.is_(None)))
        .where(Enrolment.class_group_id == class_group_id, Enrolment.ends_on.is_(None), Person.erased_at.is_(None))
        .order_by(Enrolment.list_number, Enrolment.id)
    )
    return [CardHolder(*row) for row in rows]


def list_living_cards(session: Session, enrolment_ids: Sequence[int]) -> list[Card]:
    """The living cards of these enrolments."""
    return list(session.scalars(select(Card).where(Card.enrolment_id.in_(enrolment_ids), Card.revoked_at.is_(None))))
