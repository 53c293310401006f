"""The table of requests about one pupil's data."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from school_safety.kit import secrets
from school_safety.kit.db import Base, UtcDateTime, code_enum
from school_safety.privacy.rules import MAX_NOTE, Requester, RequestKind, RequestState


class PrivacyRequest(Base):
    """What somebody asked about a pupil's data, and what became of it; `note` is emptied when the pupil is erased."""

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint("(state IN ('done', 'declined')) = (closed_at IS NOT NULL)", name="closed_has_a_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=secrets.public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(code_enum(RequestKind))
    requester: Mapped[Requester] = mapped_column(code_enum(Requester))
    state: Mapped[RequestState] = mapped_column(code_enum(RequestState), default=RequestState.RECEIVED)
    received_on: Mapped[date]
    is_extended: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(MAX_NOTE), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
