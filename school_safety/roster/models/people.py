"""People, their accounts and memberships, and what lets them in: invitations, cards, sessions, throttles."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from school_safety.access.policy import Role
from school_safety.kit import clock, secrets
from school_safety.kit.db import Base, UtcDateTime, binary_text, code_enum
from school_safety.kit.text import name_key, search_key
from school_safety.roster.rules.accounts import DoorKind, InvitationKind


def _from_name(make: Any) -> Any:
    """A column default computed from the full name of the same row, for ORM and Core inserts alike."""
    return lambda context: make(context.get_current_parameters()["full_name"])


class Person(Base):
    """Somebody the platform knows: a pupil or a member of staff; erasing empties this row and leaves facts standing."""

    __tablename__ = "person"
    __table_args__ = (Index(None, "name_search"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=secrets.public_id)
    full_name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(binary_text(600), default=_from_name(name_key))
    name_search: Mapped[str] = mapped_column(String(250), default=_from_name(search_key))
    birth_date: Mapped[date | None]
    moet_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Account(Base):
    """A member of staff's way in by e-mail and password; `email` is in its normal form."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    must_change: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    language: Mapped[str] = mapped_column(String(2), default="vi")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)

    person: Mapped[Person] = relationship()


class Membership(Base):
    """A role that a person holds on one unit or in one school, dated; `post` is the printed job title."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (school_id IS NULL)", name="one_place"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates"),
        Index(None, "person_id", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(code_enum(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    post: Mapped[str] = mapped_column(String(120), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship()


class Invitation(Base):
    """A one-time link by which its owner sets a password; dead once used, replaced, expired or the password changed."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[InvitationKind] = mapped_column(code_enum(InvitationKind))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    password_state: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    account: Mapped[Account] = relationship()


class Card(Base):
    """A pupil's printed way in: a token behind the QR and a PIN; at most one living card an enrolment."""

    __tablename__ = "card"
    __table_args__ = (
        Index(
            "uq_card_living",
            "enrolment_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class SignInSession(Base):
    """One signed-in device: the cookie holds the token, the row its digest; an open attempt sets `held_until`.

    `school_id`: the school that somebody of several looks at on this device.
    """

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[DoorKind] = mapped_column(code_enum(DoorKind))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class SignInThrottle(Base):
    """Wrong tries at one door, counted whether or not anybody lives behind it; the key is a keyed hash."""

    __tablename__ = "sign_in_throttle"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
