"""Tables of class groups, who is in them and who teaches them; enrolment dates are whole days, both ends included."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from school_safety.kit import secrets
from school_safety.kit.db import Base, binary_text, code_enum
from school_safety.roster.rules.classes import LeftReason, TeachingKind


class ClassGroup(Base):
    """Pupils taught together in one school year; `code` is what pupils type to sign in, unique in the installation."""

    __tablename__ = "class_group"
    __table_args__ = (
        UniqueConstraint("school_id", "year_id", "name_key"),
        CheckConstraint("grade BETWEEN 6 AND 12", name="secondary_grade"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"), index=True)
    grade: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    name_key: Mapped[str] = mapped_column(binary_text(200))
    code: Mapped[str] = mapped_column(String(6), unique=True)


class Enrolment(Base):
    """A person in a class group from a day to a day; the open one (no end) is where the pupil is now."""

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        CheckConstraint("(ends_on IS NULL) = (left_reason IS NULL)", name="an_end_has_a_reason"),
        Index("ix_enrolment_class_group_id", "class_group_id"),
        Index(
            "uq_enrolment_open_number",
            "class_group_id",
            "list_number",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
        Index(
            "uq_enrolment_open_person",
            "person_id",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=secrets.public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    class_group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"))
    list_number: Mapped[int]
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    left_reason: Mapped[LeftReason | None] = mapped_column(code_enum(LeftReason))


class Teaching(Base):
    """Who teaches a class group: as its homeroom teacher, or a subject; half-open dates."""

    __tablename__ = "teaching"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
        Index("ix_teaching_class_group_id", "class_group_id"),
        Index(
            "uq_teaching_open",
            "person_id",
            "class_group_id",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    class_group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"))
    kind: Mapped[TeachingKind] = mapped_column(code_enum(TeachingKind))
    subject: Mapped[str] = mapped_column(String(80), default="")
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
