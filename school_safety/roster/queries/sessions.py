"""Sign-in sessions and doors: who is behind a token, which card or account a door names, how often it was tried."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from school_safety.access.policy import CLASS_ROLES, Role, Standing, Viewer
from school_safety.kit import clock, secrets
from school_safety.kit.db import upsert
from school_safety.registry.models import AcademicYear, SchoolPath, Unit
from school_safety.roster.models import (
    Account,
    Card,
    ClassGroup,
    Enrolment,
    Membership,
    Person,
    SignInSession,
    SignInThrottle,
    Teaching,
)
from school_safety.roster.rules.accounts import DoorKind, Tries, is_session_alive

# ---- The viewer of a request: one statement for a pupil, two for staff ----

_SESSION = (
    select(
        SignInSession.id,
        SignInSession.kind,
        SignInSession.person_id,
        SignInSession.account_id,
        SignInSession.enrolment_id,
        SignInSession.last_seen_at,
        SignInSession.expires_at,
        SignInSession.held_until,
        SignInSession.ended_at,
        Person.full_name,
        Person.erased_at,
        Account.language,
        Account.must_change,
        Account.disabled_at,
        Enrolment.class_group_id,
        Enrolment.list_number,
        Enrolment.ends_on,
        ClassGroup.name.label("class_name"),
        SchoolPath.school_id,
        SchoolPath.code.label("school_code"),
        SchoolPath.name.label("school_name"),
    )
    .join(Person, Person.id == SignInSession.person_id)
    .outerjoin(Account, Account.id == SignInSession.account_id)
    .outerjoin(Enrolment, Enrolment.id == SignInSession.enrolment_id)
    .outerjoin(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
    .outerjoin(SchoolPath, SchoolPath.school_id == ClassGroup.school_id)
    .where(SignInSession.token_hash == bindparam("token_hash"))
)

_STANDINGS = (
    select(
        Membership.id,
        Membership.role,
        Membership.post,
        Unit.path.label("unit_path"),
        SchoolPath.school_id,
        SchoolPath.path.label("school_path"),
        SchoolPath.code.label("school_code"),
        SchoolPath.name.label("school_name"),
        ClassGroup.id.label("class_group_id"),
    )
    .outerjoin(Unit, Unit.id == Membership.unit_id)
    .outerjoin(SchoolPath, SchoolPath.school_id == Membership.school_id)
    .outerjoin(
        Teaching,
        and_(
            Membership.role == Role.TEACHER,
            Teaching.person_id == Membership.person_id,
            Teaching.valid_from <= bindparam("today"),
            or_(Teaching.valid_to.is_(None), Teaching.valid_to > bindparam("today")),
        ),
    )
    .outerjoin(ClassGroup, and_(ClassGroup.id == Teaching.class_group_id, ClassGroup.school_id == Membership.school_id))
    .where(
        Membership.person_id == bindparam("person_id"),
        Membership.valid_from <= bindparam("today"),
        or_(Membership.valid_to.is_(None), Membership.valid_to > bindparam("today")),
    )
    .order_by(Membership.id)
)


@dataclass(frozen=True, slots=True)
class LivingSession:
    """A session that still counts, and the viewer behind it."""

    id: int
    last_seen_at: datetime
    viewer: Viewer


def find_living_session(session: Session, token: str) -> LivingSession | None:
    """The living session of a token with its viewer; None when it ended, aged, idled out, or its owner is shut out."""
    row = session.execute(_SESSION, {"token_hash": secrets.digest(token)}).one_or_none()
    if row is None or not _still_counts(row):
        return None
    viewer = _pupil(row, token) if row.kind is DoorKind.PUPIL else _member(session, row, token)
    return LivingSession(row.id, row.last_seen_at, viewer)


def load_viewer(session: Session, token: str) -> Viewer | None:
    """The viewer behind a session token, or None."""
    found = find_living_session(session, token)
    return found.viewer if found is not None else None


def _still_counts(row: Any) -> bool:
    if row.erased_at is not None or row.disabled_at is not None:
        return False
    if row.kind is DoorKind.PUPIL and row.ends_on is not None and row.ends_on < clock.today():
        return False
    return is_session_alive(
        row.kind,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        held_until=row.held_until,
        now=clock.now(),
    )


def _pupil(row: Any, token: str) -> Viewer:
    standing = Standing(Role.PUPIL, class_group_ids=frozenset({row.class_group_id}), person_id=row.person_id)
    return Viewer(
        person_id=row.person_id,
        name=row.full_name,
        standings=(standing,),
        session_id=row.id,
        session_token=token,
        school_id=row.school_id,
        school_code=row.school_code,
        school_name=row.school_name,
        enrolment_id=row.enrolment_id,
        class_group_id=row.class_group_id,
        class_name=row.class_name,
        list_number=row.list_number,
    )


def _member(session: Session, row: Any, token: str) -> Viewer:
    rows = session.execute(_STANDINGS, {"person_id": row.person_id, "today": clock.today()}).all()
    schools = {found.school_id: found for found in rows if found.school_id is not None}
    only = next(iter(schools.values())) if len(schools) == 1 else None
    return Viewer(
        person_id=row.person_id,
        name=row.full_name,
        standings=standings_of(rows, row.person_id),
        session_id=row.id,
        session_token=token,
        account_id=row.account_id,
        language=row.language,
        must_change_password=bool(row.must_change),
        school_id=only.school_id if only else None,
        school_code=only.school_code if only else None,
        school_name=only.school_name if only else None,
        post=next((found.post for found in rows if found.post), None),
    )


def standings_of(rows: Iterable[Any], person_id: int) -> tuple[Standing, ...]:
    """One standing a membership: a branch for most roles, the class groups taught for those of `CLASS_ROLES`."""
    memberships: dict[int, Any] = {}
    class_groups: dict[int, set[int]] = {}
    for row in rows:
        memberships[row.id] = row
        class_groups.setdefault(row.id, set()).update({row.class_group_id} - {None})
    return tuple(
        Standing(row.role, class_group_ids=frozenset(class_groups[key]), person_id=person_id)
        if row.role in CLASS_ROLES
        else Standing(row.role, path=row.unit_path or row.school_path, person_id=person_id)
        for key, row in memberships.items()
        if row.unit_path or row.school_path
    )


def list_standings(session: Session, person_id: int, on: date) -> tuple[Standing, ...]:
    """The standings that a member of staff has on a day."""
    rows = session.execute(_STANDINGS, {"person_id": person_id, "today": on}).all()
    return standings_of(rows, person_id)


# ---- What stands behind a door ----


def find_account_by_email(session: Session, normal_email: str) -> Account | None:
    """The account of an address in its normal form."""
    return session.scalars(select(Account).where(Account.email == normal_email)).one_or_none()


def find_account_of(session: Session, person_id: int) -> Account | None:
    """The account of a person."""
    return session.scalars(select(Account).where(Account.person_id == person_id)).one_or_none()


@dataclass(frozen=True, slots=True)
class CardAtDoor:
    """A card with all that decides whether it still opens."""

    card_id: int
    pin_hash: str
    revoked_at: datetime | None
    enrolment_id: int
    person_id: int
    ends_on: date | None
    year_ends_on: date


_CARD = (
    select(
        Card.id,
        Card.pin_hash,
        Card.revoked_at,
        Card.enrolment_id,
        Enrolment.person_id,
        Enrolment.ends_on,
        AcademicYear.ends_on.label("year_ends_on"),
    )
    .join(Enrolment, Enrolment.id == Card.enrolment_id)
    .join(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
    .join(AcademicYear, AcademicYear.id == ClassGroup.year_id)
)
_CARD_BY_TOKEN = _CARD.where(Card.token_hash == bindparam("token_hash"))
_CARD_BY_NUMBER = _CARD.where(
    ClassGroup.code == bindparam("code"),
    Enrolment.list_number == bindparam("number"),
    Enrolment.ends_on.is_(None),
    Card.revoked_at.is_(None),
)


def find_card_by_token(session: Session, token: str) -> CardAtDoor | None:
    """The card whose QR carries this token, living or not."""
    row = session.execute(_CARD_BY_TOKEN, {"token_hash": secrets.digest(token)}).one_or_none()
    return CardAtDoor(*row) if row is not None else None


def find_card_by_number(session: Session, class_code: str, list_number: int) -> CardAtDoor | None:
    """The living card of the pupil who has this number in the class of this code now."""
    row = session.execute(_CARD_BY_NUMBER, {"code": class_code, "number": list_number}).one_or_none()
    return CardAtDoor(*row) if row is not None else None


def find_open_enrolment_id(session: Session, person_id: int) -> int | None:
    """The enrolment in which a person is a pupil now."""
    open_now = select(Enrolment.id).where(Enrolment.person_id == person_id, Enrolment.ends_on.is_(None))
    return session.scalars(open_now).one_or_none()


# ---- Tries ----


def get_tries(session: Session, key: str) -> Tries:
    """What was counted at a door so far."""
    row = session.execute(
        select(SignInThrottle.failures, SignInThrottle.last_failed_at, SignInThrottle.blocked_until).where(
            SignInThrottle.key == key
        )
    ).one_or_none()
    return Tries(*row) if row is not None else Tries()


def list_tries(session: Session, keys: Iterable[str]) -> dict[str, Tries]:
    """What was counted at several doors, by key; doors never tried are left out."""
    rows = session.execute(
        select(
            SignInThrottle.key,
            SignInThrottle.failures,
            SignInThrottle.last_failed_at,
            SignInThrottle.blocked_until,
        ).where(SignInThrottle.key.in_(list(keys)))
    )
    return {row.key: Tries(row.failures, row.last_failed_at, row.blocked_until) for row in rows}


KEEP_TRIES = upsert(SignInThrottle, keys=["key"], update=["failures", "last_failed_at", "blocked_until"])
FORGET_TRIES = (
    delete(SignInThrottle).where(SignInThrottle.key == bindparam("door")).execution_options(synchronize_session=False)
)
FORGET_OLD_TRIES = (
    delete(SignInThrottle)
    .where(SignInThrottle.last_failed_at < bindparam("before"))
    .execution_options(synchronize_session=False)
)

# ---- Sessions as rows ----

TOUCH_SESSION = (
    update(SignInSession)
    .where(SignInSession.id == bindparam("session_id"), SignInSession.ended_at.is_(None))
    .values(last_seen_at=bindparam("seen_at"))
    .execution_options(synchronize_session=False)
)
HOLD_SESSION = (
    update(SignInSession)
    .where(SignInSession.id == bindparam("session_id"), SignInSession.ended_at.is_(None))
    .values(held_until=bindparam("until"))
    .execution_options(synchronize_session=False)
)
FORGET_OLD_SESSIONS = (
    delete(SignInSession)
    .where(SignInSession.expires_at < bindparam("before"))
    .execution_options(synchronize_session=False)
)


def find_session_by_token(session: Session, token: str) -> SignInSession | None:
    """The session row of a token, living or not."""
    return session.scalars(select(SignInSession).where(SignInSession.token_hash == secrets.digest(token))).one_or_none()


def list_open_sessions(
    session: Session,
    *,
    now: datetime,
    account_id: int | None = None,
    person_id: int | None = None,
    enrolment_id: int | None = None,
) -> list[SignInSession]:
    """Sessions not yet ended or too old, of an account, a person or an enrolment; the last used first."""
    statement = select(SignInSession).where(SignInSession.ended_at.is_(None), SignInSession.expires_at > now)
    for column, value in (
        (SignInSession.account_id, account_id),
        (SignInSession.person_id, person_id),
        (SignInSession.enrolment_id, enrolment_id),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return list(session.scalars(statement.order_by(SignInSession.last_seen_at.desc(), SignInSession.id.desc())))
