"""People and their posts: staff in reach, one member of staff, where roles can be held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Reach, Role
from school_safety.access.queries import within
from school_safety.kit.errors import NotFound
from school_safety.kit.text import search_key
from school_safety.registry.models import SchoolPath, Unit
from school_safety.roster.models import Account, Membership, Person

# ---- Staff ----


class AccountState(StrEnum):
    """Whether a member of staff can come in."""

    ACTIVE = "active"
    WAITING = "waiting"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a membership holds: a unit or a school."""

    path: str
    name: str
    unit_id: int | None = None
    school_id: int | None = None
    school_code: str | None = None
    unit_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One role of a member of staff at one place."""

    membership_id: int
    role: Role
    post: str
    seat: Seat
    valid_from: date


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff with the account and all posts held on a day, also those out of the asker's reach."""

    person_id: int
    public_id: str
    name: str
    account_id: int
    email: str
    state: AccountState
    posts: tuple[Post, ...]


_PATH = func.coalesce(Unit.path, SchoolPath.path)

_STATES: dict[AccountState, ColumnElement[bool]] = {
    AccountState.ACTIVE: and_(Account.disabled_at.is_(None), Account.password_hash.is_not(None)),
    AccountState.WAITING: and_(Account.disabled_at.is_(None), Account.password_hash.is_(None)),
    AccountState.DISABLED: Account.disabled_at.is_not(None),
}


def _held(on: date) -> ColumnElement[bool]:
    return and_(Membership.valid_from <= on, or_(Membership.valid_to.is_(None), Membership.valid_to > on))


def _staff_ids(reach: Reach, on: date) -> Select[int]:
    return (
        select(Membership.person_id)
        .outerjoin(Unit, Unit.id == Membership.unit_id)
        .outerjoin(SchoolPath, SchoolPath.school_id == Membership.school_id)
        .where(_held(on), within(reach, path=_PATH))
    )


@dataclass(frozen=True, slots=True)
class StaffFilter:
    """Which staff to list; `words` match the beginnings of words of the name, without marks, or of the address."""

    words: str = ""
    role: Role | None = None
    school_code: str | None = None
    state: AccountState | None = None


def list_staff(
    session: Session,
    *,
    reach: Reach,
    on: date,
    wanted: StaffFilter,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[StaffMember], int]:
    """Members of staff in reach, by given name, and how many there are."""
    ids = _staff_ids(reach, on)
    if wanted.role is not None:
        ids = ids.where(Membership.role == wanted.role)
    if wanted.school_code:
        ids = ids.where(SchoolPath.code == wanted.school_code)
    statement = _ACCOUNTS.where(Person.id.in_(ids), Person.erased_at.is_(None))
    for word in search_key(wanted.words[:100]).split():
        statement = statement.where(
            or_(
                (literal(" ") + Person.name_search).contains(f" {word}", autoescape=True),
                Account.email.startswith(word, autoescape=True),
            )
        )
    if wanted.state is not None:
        statement = statement.where(_STATES[wanted.state])
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    rows = session.execute(statement.order_by(Person.name_key, Person.id).limit(limit).offset(offset)).all()
    return _with_posts(session, rows, on), total


_ACCOUNTS = select(
    Person.id,
    Person.public_id,
    Person.full_name,
    Account.id.label("account_id"),
    Account.email,
    Account.password_hash.is_not(None).label("has_password"),
    Account.disabled_at,
).join(Account, Account.person_id == Person.id)


def get_staff(session: Session, public_id: str, *, reach: Reach, on: date) -> StaffMember:
    """One member of staff with a post in reach; raises NotFound for anybody else."""
    statement = _ACCOUNTS.where(
        Person.public_id == public_id, Person.erased_at.is_(None), Person.id.in_(_staff_ids(reach, on))
    )
    rows = session.execute(statement).all()
    if not rows:
        raise NotFound
    return _with_posts(session, rows, on)[0]


def _with_posts(session: Session, rows: Sequence[Any], on: date) -> list[StaffMember]:
    posts = list_posts(session, [row.id for row in rows], on)
    return [
        StaffMember(
            row.id, row.public_id, row.full_name, row.account_id, row.email, _state(row), tuple(posts.get(row.id, ()))
        )
        for row in rows
    ]


def _state(row: Any) -> AccountState:
    if row.disabled_at is not None:
        return AccountState.DISABLED
    return AccountState.ACTIVE if row.has_password else AccountState.WAITING


def list_posts(session: Session, person_ids: Sequence[int], on: date) -> dict[int, list[Post]]:
    """All posts that these people hold on a day, by person."""
    statement = (
        select(
            Membership.person_id,
            Membership.id,
            Membership.role,
            Membership.post,
            Membership.valid_from,
            _PATH.label("path"),
            func.coalesce(Unit.name, SchoolPath.name).label("name"),
            Membership.unit_id,
            Membership.school_id,
            SchoolPath.code,
            Unit.kind,
        )
        .outerjoin(Unit, Unit.id == Membership.unit_id)
        .outerjoin(SchoolPath, SchoolPath.school_id == Membership.school_id)
        .where(Membership.person_id.in_(person_ids), _held(on))
        .order_by(Membership.person_id, Membership.id)
    )
    posts: dict[int, list[Post]] = {}
    for row in session.execute(statement):
        seat = Seat(row.path or "", row.name or "", row.unit_id, row.school_id, row.code, row.kind)
        posts.setdefault(row.person_id, []).append(Post(row.id, row.role, row.post, seat, row.valid_from))
    return posts


def find_seat(session: Session, *, school_code: str | None = None, unit_code: str | None = None) -> Seat | None:
    """The school or the authority unit of a code, as a seat for memberships."""
    if school_code:
        row = session.execute(
            select(SchoolPath.path, SchoolPath.name, SchoolPath.school_id, SchoolPath.code).where(
                SchoolPath.code == school_code
            )
        ).one_or_none()
        return Seat(row.path, row.name, None, row.school_id, row.code) if row is not None else None
    unit = session.scalars(select(Unit).where(Unit.code == unit_code)).one_or_none()
    return Seat(unit.path, unit.name, unit.id, unit_kind=unit.kind) if unit is not None else None


def find_root(session: Session) -> Seat | None:
    """The root of the authority tree, where department roles hold."""
    unit = session.scalars(
        select(Unit).where(Unit.tree == "authority", Unit.parent_id.is_(None), Unit.valid_to.is_(None))
    ).first()
    return Seat(unit.path, unit.name, unit.id, unit_kind=unit.kind) if unit is not None else None


def list_seats(session: Session, reach: Reach) -> list[tuple[str, Seat]]:
    """Units and schools in reach where a role can be given: (`unit:CODE` or `school:CODE`, place), units first."""
    units = select(Unit).where(Unit.tree == "authority", Unit.valid_to.is_(None), within(reach, path=Unit.path))
    schools = select(SchoolPath.path, SchoolPath.name, SchoolPath.school_id, SchoolPath.code).where(
        within(reach, path=SchoolPath.path)
    )
    found = [
        (f"unit:{unit.code}", Seat(unit.path, unit.name, unit.id, unit_kind=unit.kind))
        for unit in session.scalars(units.order_by(Unit.path))
    ]
    return found + [
        (f"school:{row.code}", Seat(row.path, row.name, None, row.school_id, row.code))
        for row in session.execute(schools.order_by(SchoolPath.name_key))
    ]


def find_membership(session: Session, membership_id: int) -> Membership | None:
    """One membership by its id."""
    return session.get(Membership, membership_id)


def get_person(session: Session, person_id: int) -> Person:
    """One person; raises NotFound."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person
