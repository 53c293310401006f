"""What stands behind a door: the account of an address, the card of a number or QR, a one-time code; and the tries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from school_safety.kit import secrets
from school_safety.kit.db import insert_ignore, upsert
from school_safety.kit.errors import NotFound
from school_safety.registry.models import AcademicYear
from school_safety.roster.models import Account, Card, ClassGroup, Enrolment, Invitation, SignInThrottle
from school_safety.roster.rules.accounts import Tries

# ---- Accounts and one-time codes ----


def get_account(session: Session, account_id: int) -> Account:
    """One account; raises NotFound."""
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def find_invitation(session: Session, code: str, *, lock: bool = False) -> Invitation | None:
    """The invitation of a code, living or not; with `lock`, two who use it at once come one after the other."""
    statement = select(Invitation).where(Invitation.token_hash == secrets.digest(code))
    return session.scalars(statement.with_for_update() if lock else statement).one_or_none()


def list_open_invitations(session: Session, account_id: int) -> list[Invitation]:
    """Invitations of an account that were neither used nor replaced."""
    return list(
        session.scalars(
            select(Invitation).where(
                Invitation.account_id == account_id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)
            )
        )
    )


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


def get_tries(session: Session, key: str, *, lock: bool = False) -> Tries:
    """What was counted at a door so far; with `lock`, those who count at once come one after the other."""
    statement = select(SignInThrottle.failures, SignInThrottle.last_failed_at, SignInThrottle.blocked_until).where(
        SignInThrottle.key == key
    )
    row = session.execute(statement.with_for_update() if lock else statement).one_or_none()
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


ADD_DOOR = insert_ignore(SignInThrottle, keys=["key"])
KEEP_TRIES = upsert(SignInThrottle, keys=["key"], update=["failures", "last_failed_at", "blocked_until"])
FORGET_TRIES = (
    delete(SignInThrottle).where(SignInThrottle.key == bindparam("door")).execution_options(synchronize_session=False)
)
FORGET_OLD_TRIES = (
    delete(SignInThrottle)
    .where(SignInThrottle.last_failed_at < bindparam("before"))
    .execution_options(synchronize_session=False)
)
