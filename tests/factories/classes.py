"""Class groups, pupils in them and who teaches them."""

from datetime import date
from itertools import count

from sqlalchemy.orm import Session

from school_safety.kit import secrets
from school_safety.kit.text import sort_key
from school_safety.registry.models import AcademicYear, School
from school_safety.roster.models import ClassGroup, Enrolment, Person, Teaching
from school_safety.roster.rules.classes import LeftReason, TeachingKind
from tests.factories.registry import a_school, a_year

_numbers = count(1)
TERM_STARTS = date(2026, 9, 5)
BORN = date(2014, 3, 8)


def a_class_group(
    session: Session,
    *,
    school: School | None = None,
    year: AcademicYear | None = None,
    name: str = "6A1",
    grade: int | None = None,
    code: str | None = None,
) -> ClassGroup:
    """A class group; its grade is what its name begins with unless given."""
    digits = "".join(sign for sign in name[:2] if sign.isdigit())
    group = ClassGroup(
        school_id=(school or a_school(session)).id,
        year_id=(year or a_year(session)).id,
        grade=grade or int(digits or 6),
        name=name,
        name_key=sort_key(name),
        code=code or secrets.class_code(),
    )
    session.add(group)
    session.flush()
    return group


def an_enrolment(
    session: Session,
    *,
    class_group: ClassGroup | None = None,
    person: Person | None = None,
    name: str = "Lê Thị Hồng Ân",
    birth_date: date | None = BORN,
    number: int | None = None,
    starts_on: date = TERM_STARTS,
    ends_on: date | None = None,
    moet_hash: str | None = None,
) -> Enrolment:
    """A pupil (a new person unless given) in a class group (a new one unless given)."""
    group = class_group or a_class_group(session)
    if person is None:
        person = Person(full_name=name, birth_date=birth_date, moet_hash=moet_hash)
        session.add(person)
        session.flush()
    enrolment = Enrolment(
        public_id=secrets.public_id(),
        person_id=person.id,
        class_group_id=group.id,
        list_number=number or next(_numbers),
        starts_on=starts_on,
        ends_on=ends_on,
        left_reason=LeftReason.LEFT_SCHOOL if ends_on else None,
    )
    session.add(enrolment)
    session.flush()
    return enrolment


def a_teaching(
    session: Session,
    *,
    person: Person,
    class_group: ClassGroup | None = None,
    kind: TeachingKind = TeachingKind.HOMEROOM,
    subject: str = "",
    valid_from: date = TERM_STARTS,
    valid_to: date | None = None,
) -> Teaching:
    """Somebody teaches a class group."""
    teaching = Teaching(
        person_id=person.id,
        class_group_id=(class_group or a_class_group(session)).id,
        kind=kind,
        subject=subject,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    session.add(teaching)
    session.flush()
    return teaching
