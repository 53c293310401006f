"""The audit log: what was done, by whom, to what; and the seals that make a change of it visible."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from school_safety.kit.db import APPEND_ONLY, Base, Json, UtcDateTime

LongId = BigInteger().with_variant(Integer(), "sqlite")


class AuditEvent(Base):
    """One act: ids and codes only, never names or free text. `actor_id` is a person's id without a foreign key."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "object_type", "object_id"), Index(None, "at"), {"info": APPEND_ONLY})

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    verb: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None]
    object_type: Mapped[str | None] = mapped_column(String(40))
    object_id: Mapped[str | None] = mapped_column(String(60))
    place: Mapped[str | None] = mapped_column(String(200))
    data: Mapped[dict[str, Any]] = mapped_column(Json)


class AuditSeal(Base):
    """Number `number` of a gapless chain: `hash` covers the event and the seal before it."""

    __tablename__ = "audit_seal"
    __table_args__ = ({"info": APPEND_ONLY},)

    number: Mapped[int] = mapped_column(LongId, primary_key=True, autoincrement=False)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))
