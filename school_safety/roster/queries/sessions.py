"""Sign-in sessions: who is behind a token, and the rows of sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from school_safety.access.policy import CLASS_ROLES, Role, Standing, Viewer
from school_safety.kit import clock, secrets
from school_safety.registry.models import SchoolPath, Unit
from school_safety.roster.models import (
    Account,
    ClassGroup,
    Enrolment,
    Membership,
    Person,
    SignInSession,
    Teaching,
)
from school_safety.roster.rules.accounts import DoorKind, is_session_alive

# ---- The viewer of a request: one statement for a pupil, two for staff ----

_SESSION = (
    select(
        SignInSession.id,
        SignInSession.kind,
        SignInSession.person_id,
        SignInSession.account_id,
        SignInSession.enrolment_id,
        SignInSession.school_id.label("chosen_school_id"),
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
    row = session.connection().execute(_SESSION, {"token_hash": secrets.digest(token)}).one_or_none()
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
    here = schools.get(row.chosen_school_id) or next(iter(schools.values()), None)
    return Viewer(
        person_id=row.person_id,
        name=row.full_name,
        standings=standings_of(rows, row.person_id),
        session_id=row.id,
        session_token=token,
        account_id=row.account_id,
        language=row.language,
        must_change_password=bool(row.must_change),
        school_id=here.school_id if here else None,
        school_code=here.school_code if here else None,
        school_name=here.school_name if here else None,
        schools=tuple((found.school_code, found.school_name) for found in schools.values()),
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
CHOOSE_SCHOOL = (
    update(SignInSession)
    .where(SignInSession.id == bindparam("session_id"))
    .values(school_id=select(SchoolPath.school_id).where(SchoolPath.code == bindparam("school_code")).scalar_subquery())
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
