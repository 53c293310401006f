"""Tables of the instruments: items and assessments are stable codes, their revisions are frozen content."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from school_safety.assessment.rules import Purpose, Use
from school_safety.curriculum.rules import Strand
from school_safety.kit import clock
from school_safety.kit.db import Base, Json, UtcDateTime, code_enum


class ItemState(StrEnum):
    """Where a revision stands: being written, seen by a second person, the one to use, or replaced or withdrawn."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    RETIRED = "retired"


OPEN = (ItemState.DRAFT, ItemState.REVIEWED)
"""The states in which a revision may still change; from then on it is frozen."""


class Item(Base):
    """One question of the bank, for ever: its code, lesson and strand, and the day by which to look at it again."""

    __tablename__ = "item"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    lesson_code: Mapped[str] = mapped_column(String(20), index=True)
    strand: Mapped[Strand] = mapped_column(code_enum(Strand))
    review_due: Mapped[date | None] = mapped_column(index=True)


class ItemRevision(Base):
    """What a question asked from one day on; `type` names a folder of `assessment/types`.

    `written_by` is empty for what came with a lesson pack, `retired_by` where a newer revision took its place.
    `returned_note`: why a second person sent the draft back; empty again once its author has answered it.
    """

    __tablename__ = "item_revision"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("points >= 1", name="points_positive"),
        Index(
            "uq_item_revision_published",
            "item_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        Index(
            "uq_item_revision_open",
            "item_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'reviewed')"),
            postgresql_where=text("state IN ('draft', 'reviewed')"),
        ),
        CheckConstraint("reviewed_by <> written_by", name="second_pair_of_eyes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int]
    type: Mapped[str] = mapped_column(String(20))
    use: Mapped[Use] = mapped_column(code_enum(Use))
    objective: Mapped[str] = mapped_column(String(20))
    points: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    content_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[ItemState] = mapped_column(code_enum(ItemState))
    search_text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    returned_note: Mapped[str | None] = mapped_column(Text)

    item: Mapped[Item] = relationship()


class Assessment(Base):
    """Something to be given to a class: of a lesson pack (no school), or composed by a teacher of one school."""

    __tablename__ = "assessment"
    __table_args__ = (CheckConstraint("school_id IS NULL OR created_by IS NOT NULL", name="schools_has_author"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    lesson_code: Mapped[str | None] = mapped_column(String(20), index=True)
    title: Mapped[dict[str, str]] = mapped_column(Json)
    purpose: Mapped[Purpose] = mapped_column(code_enum(Purpose))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=clock.now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    revisions: Mapped[list["AssessmentRevision"]] = relationship(
        order_by="AssessmentRevision.number", back_populates="assessment"
    )


class AssessmentRevision(Base):
    """The ordered items of an assessment: a draft until `published_at`, frozen from then on.

    `pools`: how many items a pupil gets of each pool, by the pool's number as a string; see `AssessmentItem.pool`.
    """

    __tablename__ = "assessment_revision"
    __table_args__ = (
        UniqueConstraint("assessment_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("(published_at IS NULL) = (content_hash IS NULL)", name="published_has_hash"),
        Index(
            "uq_assessment_revision_draft",
            "assessment_id",
            unique=True,
            sqlite_where=text("published_at IS NULL"),
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    number: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Json)
    pools: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    content_hash: Mapped[str | None] = mapped_column(String(64))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    assessment: Mapped[Assessment] = relationship(back_populates="revisions")
    items: Mapped[list["AssessmentItem"]] = relationship(
        order_by="AssessmentItem.position", back_populates="revision", cascade="all, delete-orphan"
    )


class AssessmentItem(Base):
    """One place in an assessment: which item stands there and what it is worth; positions count from 1.

    `pool` 0: everybody gets the item; else it is one of a pool from which each pupil gets some.
    """

    __tablename__ = "assessment_item"
    __table_args__ = (
        UniqueConstraint("revision_id", "item_revision_id"),
        CheckConstraint("position >= 1", name="position_from_one"),
        CheckConstraint("points BETWEEN 1 AND 100", name="points_in_range"),
        CheckConstraint("pool BETWEEN 0 AND 9", name="pool_in_range"),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey("assessment_revision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item_revision_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"), index=True)
    points: Mapped[int]
    pool: Mapped[int] = mapped_column(default=0)

    revision: Mapped[AssessmentRevision] = relationship(back_populates="items")
    item_revision: Mapped[ItemRevision] = relationship()
