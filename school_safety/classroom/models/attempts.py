"""What pupils did: attempts, answers, submissions with their receipts, and what the answers are worth."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from school_safety.access.models import LongId
from school_safety.assessment.rules import State
from school_safety.classroom.rules import Channel, SubmittedBy
from school_safety.kit import secrets
from school_safety.kit.db import APPEND_ONLY, Base, Json, UtcDateTime, code_enum


class Attempt(Base):
    """One pupil's go at an assignment. `deadline_at` moves only when the close of the pupil's window moves.

    `channel` is `paper` for one that a teacher typed in from a sheet. `regraded`: by slot (as text), the corrected item
    revision that this attempt is scored by and explained with, in place of the one on its paper.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("person_id", "assignment_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="void_has_reason"),
        Index("ix_attempt_assignment_id_class_group_id", "assignment_id", "class_group_id"),
        Index("ix_attempt_assignment_id_deadline_at", "assignment_id", "deadline_at"),
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=secrets.public_id)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    class_group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]
    seed: Mapped[int]
    channel: Mapped[Channel] = mapped_column(code_enum(Channel), default=Channel.WEB)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    void_reason: Mapped[str | None] = mapped_column(String(300))
    regraded: Mapped[dict[str, int] | None] = mapped_column(Json)


class Submission(Base):
    """The end of an attempt: one for ever, with one receipt; the only row that keeps an exact time of a pupil's act."""

    __tablename__ = "submission"
    __table_args__ = ({"info": APPEND_ONLY},)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    receipt: Mapped[str] = mapped_column(String(7), unique=True)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_by: Mapped[SubmittedBy] = mapped_column(code_enum(SubmittedBy))


class Response(Base):
    """The answer with the highest sequence to one slot; what came late stands in a row beside the one in time.

    `value` is the item type's JSON (None: taken back, then `answered` is false); `saved_at` is a minute. A late answer
    is scored only once `accepted_at` is set; `declined_at` says that the teacher has left it out.
    """

    __tablename__ = "response"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    late: Mapped[bool] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    client_uuid: Mapped[str] = mapped_column(String(36))
    body_hash: Mapped[str] = mapped_column(String(64))
    value: Mapped[dict[str, Any] | None] = mapped_column(Json)
    answered: Mapped[bool]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[Channel] = mapped_column(code_enum(Channel))
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ResponseCheck(Base):
    """An answer that the pupil fixed to see what was right while still at work; it can no longer change."""

    __tablename__ = "response_check"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Result(Base):
    """What a submitted attempt is worth, as exact fractions; rewritten when a late answer is accepted."""

    __tablename__ = "result"
    __table_args__ = (CheckConstraint("earned_of > 0 AND maximum_of > 0", name="denominators_positive"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    earned: Mapped[int] = mapped_column(BigInteger)
    earned_of: Mapped[int] = mapped_column(BigInteger)
    maximum: Mapped[int] = mapped_column(BigInteger)
    maximum_of: Mapped[int] = mapped_column(BigInteger)
    scored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ResponseScore(Base):
    """The fraction that one slot of a submitted attempt earned, and its word."""

    __tablename__ = "response_score"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    fraction: Mapped[int] = mapped_column(BigInteger)
    fraction_of: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[State] = mapped_column(code_enum(State))


class Mark(Base):
    """What a person gave for a pupil's own words in one slot: the points of each criterion of the item's rubric.

    The newest counts, as long as `body_hash` is that of the answer that counts; the others are its history. A `blind`
    one was given by a second person who had not seen the first, to compare the two; by itself it never counts.
    """

    __tablename__ = "mark"
    __table_args__ = (Index("ix_mark_attempt_id_slot", "attempt_id", "slot"), {"info": APPEND_ONLY})

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    body_hash: Mapped[str] = mapped_column(String(64))
    criteria: Mapped[dict[str, int]] = mapped_column(Json)
    marked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    blind: Mapped[bool] = mapped_column(default=False, server_default=false())


class Regrading(Base):
    """That one answer of an attempt was scored anew by a corrected item: with which, and what the attempt earned."""

    __tablename__ = "regrading"
    __table_args__ = (
        CheckConstraint("earned_before_of > 0 AND earned_after_of > 0", name="denominators_positive"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    slot: Mapped[int]
    from_revision_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"))
    to_revision_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"))
    earned_before: Mapped[int] = mapped_column(BigInteger)
    earned_before_of: Mapped[int] = mapped_column(BigInteger)
    earned_after: Mapped[int] = mapped_column(BigInteger)
    earned_after_of: Mapped[int] = mapped_column(BigInteger)
    regraded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    regraded_at: Mapped[datetime] = mapped_column(UtcDateTime)
