"""Tables of the curriculum: a lesson is a stable code, its revisions are frozen content."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from school_safety.curriculum.rules import Strand, original_code
from school_safety.kit import clock
from school_safety.kit.db import Base, Json, UtcDateTime, binary_text, code_enum


class RevisionState(StrEnum):
    """Where a revision of a lesson stands; a published one never changes again, it is only retired."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    RETIRED = "retired"


OPEN = (RevisionState.DRAFT, RevisionState.REVIEWED)
"""The states in which a revision may still change; from then on it is frozen."""


class Lesson(Base):
    """One lesson, for ever: its code and its strand.

    A lesson of the scope and sequence belongs to the province (no school); a school's own adaptation of one names the
    school and the lesson that it was made from, and keeps the items and the quiz of that one.
    """

    __tablename__ = "lesson"
    __table_args__ = (
        Index(
            "uq_lesson_adaptation",
            "school_id",
            "adapted_from_id",
            unique=True,
            sqlite_where=text("school_id IS NOT NULL"),
            postgresql_where=text("school_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    strand: Mapped[Strand] = mapped_column(code_enum(Strand))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    adapted_from_id: Mapped[int | None] = mapped_column(ForeignKey("lesson.id"), index=True)

    @property
    def original_code(self) -> str:
        """The code under which the lesson's items and its quiz stand: for an adaptation, that of its original."""
        return self.code if self.adapted_from_id is None else original_code(self.code)


class LessonRevision(Base):
    """What a lesson said from one day on; a class keeps the revision it was assigned.

    `written_by` is empty for what came with a lesson pack, `retired_by` where a newer revision took its place. A draft
    waits for a second person from `proposed_at` on, and comes back with a `returned_note`. `original_id`: the revision
    of the original that an adaptation follows, or was last compared with.
    """

    __tablename__ = "lesson_revision"
    __table_args__ = (
        UniqueConstraint("lesson_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        Index(
            "uq_lesson_revision_published",
            "lesson_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        Index(
            "uq_lesson_revision_open",
            "lesson_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'reviewed')"),
            postgresql_where=text("state IN ('draft', 'reviewed')"),
        ),
        CheckConstraint("reviewed_by <> written_by", name="second_pair_of_eyes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    number: Mapped[int]
    version: Mapped[str] = mapped_column(String(20))
    content_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[RevisionState] = mapped_column(code_enum(RevisionState))
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    reading: Mapped[dict[str, str]] = mapped_column(Json)
    teacher: Mapped[dict[str, str]] = mapped_column(Json)
    grades: Mapped[int]
    elements: Mapped[int]
    minutes: Mapped[int]
    title_key: Mapped[str] = mapped_column(binary_text(600))
    search_text: Mapped[str] = mapped_column(Text)
    objective_text: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=clock.now)
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_note: Mapped[str | None] = mapped_column(Text)
    original_id: Mapped[int | None] = mapped_column(ForeignKey("lesson_revision.id"))
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    lesson: Mapped[Lesson] = relationship()
    media: Mapped[list["LessonMedia"]] = relationship(
        order_by="LessonMedia.file", back_populates="revision", cascade="all, delete-orphan"
    )
    outreach: Mapped["OutreachKit | None"] = relationship(back_populates="revision", cascade="all, delete-orphan")


class LessonMedia(Base):
    """A picture of a revision: where it stands in the pack, the hash under which it is stored, its words."""

    __tablename__ = "lesson_media"

    revision_id: Mapped[int] = mapped_column(ForeignKey("lesson_revision.id"), primary_key=True)
    file: Mapped[str] = mapped_column(String(200), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    media_type: Mapped[str] = mapped_column(String(40))
    alt: Mapped[dict[str, str]] = mapped_column(Json)

    revision: Mapped[LessonRevision] = relationship(back_populates="media")


class OutreachKit(Base):
    """What families hear of a revision: tips, leaflet, loudspeaker, LED, Zalo, SMS, e-mail."""

    __tablename__ = "outreach_kit"

    revision_id: Mapped[int] = mapped_column(ForeignKey("lesson_revision.id"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(Json)

    revision: Mapped[LessonRevision] = relationship(back_populates="outreach")
