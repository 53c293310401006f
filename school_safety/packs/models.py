"""Tables of what leaves the house: which kit was taken for which channel, and the public links of partners."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from school_safety.curriculum.models import LessonRevision
from school_safety.kit.db import APPEND_ONLY, Base, UtcDateTime, code_enum
from school_safety.packs.rules import FileFormat, OutreachChannel, Partner
from school_safety.registry.models import School
from school_safety.roster.models import Person


class OutreachDownload(Base):
    """A part of a kit was taken by somebody of a school: a log, never a delivery and never evidence."""

    __tablename__ = "outreach_download"
    __table_args__ = (Index(None, "school_id", "revision_id", "id"), {"info": APPEND_ONLY})

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey(School.id))
    revision_id: Mapped[int] = mapped_column(ForeignKey(LessonRevision.id), index=True)
    channel: Mapped[OutreachChannel] = mapped_column(code_enum(OutreachChannel))
    format: Mapped[FileFormat] = mapped_column(code_enum(FileFormat))
    language: Mapped[str] = mapped_column(String(2))
    downloaded_by: Mapped[int] = mapped_column(ForeignKey(Person.id))
    downloaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OutreachLink(Base):
    """A public address of a kit for a partner: its token is kept as a digest only; who opened it is not known."""

    __tablename__ = "outreach_link"
    __table_args__ = (
        CheckConstraint("openings >= 0", name="openings_counted"),
        CheckConstraint("expires_at > made_at", name="expires_after_made"),
        Index(None, "school_id", "revision_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    school_id: Mapped[int] = mapped_column(ForeignKey(School.id))
    revision_id: Mapped[int] = mapped_column(ForeignKey(LessonRevision.id))
    partner: Mapped[Partner] = mapped_column(code_enum(Partner))
    made_by: Mapped[int] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    openings: Mapped[int] = mapped_column(default=0)

    revision: Mapped[LessonRevision] = relationship()
