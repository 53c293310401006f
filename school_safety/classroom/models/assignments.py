"""What was given to whom: assignments with their frozen paper, their classes, and what pupils are given on top."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from school_safety.assessment.models import AssessmentRevision
from school_safety.assessment.rules import Purpose
from school_safety.classroom.rules import AttemptPolicy, FeedbackRelease
from school_safety.curriculum.models import LessonRevision
from school_safety.kit import clock, secrets
from school_safety.kit.db import Base, Json, UtcDateTime, code_enum
from school_safety.roster.models import ClassGroup


def _extra_in_range() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("extra_percent BETWEEN 0 AND 300", name="percent_in_range"),
        CheckConstraint("extra_minutes BETWEEN 0 AND 240", name="extra_minutes_in_range"),
        CheckConstraint("extra_attempts BETWEEN 0 AND 10", name="extra_in_range"),
    )


class Assignment(Base):
    """A lesson and/or an assessment given in a window; `paper` is frozen when it is published, and so is all the rest.

    The close may only move later, per class (`AssignmentGroup`) or per pupil (`AssignmentOverride`). `attempt_delay` is
    in minutes, from the end of one attempt to the start of the next.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("minutes BETWEEN 1 AND 240", name="minutes_in_range"),
        CheckConstraint("attempts_allowed BETWEEN 1 AND 10", name="attempts_in_range"),
        CheckConstraint("attempt_delay BETWEEN 0 AND 43200", name="delay_in_range"),
        CheckConstraint("lesson_revision_id IS NOT NULL OR assessment_revision_id IS NOT NULL", name="gives_something"),
        Index("ix_assignment_school_id_closes_at", "school_id", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=secrets.public_id)
    title: Mapped[dict[str, str]] = mapped_column(Json)
    search_text: Mapped[str] = mapped_column(String(600))
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    lesson_revision_id: Mapped[int | None] = mapped_column(ForeignKey("lesson_revision.id"), index=True)
    assessment_revision_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_revision.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(code_enum(Purpose))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int | None]
    attempts_allowed: Mapped[int]
    attempt_delay: Mapped[int] = mapped_column(default=0)
    attempt_policy: Mapped[AttemptPolicy] = mapped_column(code_enum(AttemptPolicy))
    feedback_release: Mapped[FeedbackRelease] = mapped_column(code_enum(FeedbackRelease))
    paper: Mapped[dict[str, Any]] = mapped_column(Json)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    lesson_revision: Mapped[LessonRevision | None] = relationship()
    assessment_revision: Mapped[AssessmentRevision | None] = relationship()
    groups: Mapped[list["AssignmentGroup"]] = relationship(back_populates="assignment", order_by="AssignmentGroup.id")


class AssignmentGroup(Base):
    """An assignment in one class: what the teacher's pages and the pupils' links name; `closes_at` is an extension.

    `extra_*`: what the whole class is given on top, see `rules.Accommodation`.
    """

    __tablename__ = "assignment_group"
    __table_args__ = (UniqueConstraint("assignment_id", "class_group_id"), *_extra_in_range())

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=secrets.public_id)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    class_group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"), index=True)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    extra_percent: Mapped[int] = mapped_column(default=0)
    extra_minutes: Mapped[int] = mapped_column(default=0)
    extra_attempts: Mapped[int] = mapped_column(default=0)

    assignment: Mapped[Assignment] = relationship(back_populates="groups")
    class_group: Mapped[ClassGroup] = relationship()


class PupilAccommodation(Base):
    """What a pupil of a class is given on top in every assignment from one day on, with no word of why.

    Replaced by a new row; `withdrawn_at` ends it. At most one in force.
    """

    __tablename__ = "pupil_accommodation"
    __table_args__ = (
        *_extra_in_range(),
        CheckConstraint("valid_to >= valid_from", name="ends_after_start"),
        Index(
            "uq_pupil_accommodation_in_force",
            "class_group_id",
            "person_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    class_group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    extra_percent: Mapped[int] = mapped_column(default=0)
    extra_minutes: Mapped[int] = mapped_column(default=0)
    extra_attempts: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AssignmentOverride(Base):
    """A reopening for one pupil: a later close and further attempts, until it is withdrawn; at most one in force."""

    __tablename__ = "assignment_override"
    __table_args__ = (
        CheckConstraint("extra_attempts BETWEEN 0 AND 10", name="extra_in_range"),
        Index(
            "uq_assignment_override_in_force",
            "assignment_id",
            "person_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    extra_attempts: Mapped[int]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
