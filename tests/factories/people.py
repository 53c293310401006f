"""People who can sign in: staff with a role at a place, pupils with a card."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.kit import clock, secrets
from school_safety.registry.models import School, Unit
from school_safety.roster.models import Account, Card, Enrolment, Membership, Person
from tests.factories.classes import an_enrolment
from tests.factories.registry import a_school

PASSWORD = "cau ca chieu nay"
PIN = "402918"
_numbers = count(1)
_hashes: dict[str, str] = {}


def a_person(session: Session, *, name: str = "Nguyễn Thu Hà", birth_date: date | None = None) -> Person:
    """Somebody, without any way in."""
    person = Person(full_name=name, birth_date=birth_date)
    session.add(person)
    session.flush()
    return person


def an_account(
    session: Session,
    *,
    person: Person | None = None,
    email: str | None = None,
    password: str | None = PASSWORD,
    must_change: bool = False,
    disabled_at: datetime | None = None,
) -> Account:
    """An account that can sign in with PASSWORD; `password` None: invited, but never accepted."""
    account = Account(
        person_id=(person or a_person(session)).id,
        email=email or f"nguoi{next(_numbers)}@truong.example",
        password_hash=_hash(password) if password else None,
        must_change=must_change,
        disabled_at=disabled_at,
    )
    session.add(account)
    session.flush()
    return account


def a_member(
    session: Session,
    role: Role = Role.TEACHER,
    *,
    school: School | None = None,
    unit: Unit | None = None,
    name: str = "Nguyễn Thu Hà",
    email: str | None = None,
    password: str | None = PASSWORD,
    post: str = "",
    valid_from: date = date(2020, 1, 1),
    valid_to: date | None = None,
) -> Person:
    """A member of staff with an account and one role, in a school (a new one unless given) or on a unit."""
    person = a_person(session, name=name)
    an_account(session, person=person, email=email, password=password)
    a_membership(session, person, role, school=school, unit=unit, post=post, valid_from=valid_from, valid_to=valid_to)
    return person


def a_membership(
    session: Session,
    person: Person,
    role: Role = Role.TEACHER,
    *,
    school: School | None = None,
    unit: Unit | None = None,
    post: str = "",
    valid_from: date = date(2020, 1, 1),
    valid_to: date | None = None,
) -> Membership:
    """One more role of a person."""
    if school is None and unit is None:
        school = a_school(session)
    membership = Membership(
        person_id=person.id,
        role=role,
        school_id=school.id if school is not None else None,
        unit_id=unit.id if unit is not None else None,
        post=post,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    session.add(membership)
    session.flush()
    return membership


@dataclass(frozen=True)
class Printed:
    """A card as the pupil holds it."""

    card: Card
    token: str
    pin: str


def a_card(session: Session, *, enrolment: Enrolment | None = None, pin: str = PIN) -> Printed:
    """A living card of an enrolment (a new one unless given)."""
    token = secrets.token(bits=128)
    card = Card(
        enrolment_id=(enrolment or an_enrolment(session)).id,
        token_hash=secrets.digest(token),
        pin_hash=_hash(pin, is_pin=True),
        issued_at=clock.now(),
    )
    session.add(card)
    session.flush()
    return Printed(card, token, pin)


def _hash(secret: str, *, is_pin: bool = False) -> str:
    """One slow hash a secret for the whole run."""
    key = f"{is_pin}:{secret}"
    if key not in _hashes:
        _hashes[key] = secrets.hash_pin(secret) if is_pin else secrets.hash_password(secret)
    return _hashes[key]
