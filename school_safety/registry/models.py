"""Tables of units, schools, placements, lineage and school years; validity is half-open, years are whole days."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from school_safety.kit import secrets
from school_safety.kit.db import APPEND_ONLY, Base, Json, UtcDateTime, binary_text, code_enum
from school_safety.registry.rules import ImportKind, LineageKind, SchoolKind, SchoolStatus, Tree, UnitKind


class Unit(Base):
    """A node of the area tree or of the authority tree; `name` is today's, earlier ones stand in `UnitName`."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="ends_after_start"),
        Index("ix_unit_tree_path", "tree", "path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    tree: Mapped[Tree] = mapped_column(code_enum(Tree))
    kind: Mapped[UnitKind] = mapped_column(code_enum(UnitKind))
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(binary_text(600))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(binary_text(80))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")


class UnitName(Base):
    """What a unit is called from a day on."""

    __tablename__ = "unit_name"
    __table_args__ = (UniqueConstraint("unit_id", "valid_from", "recorded_at"), {"info": APPEND_ONLY})

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class School(Base):
    """The permanent identity of a school; everything that can change stands in its placements."""

    __tablename__ = "school"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)


class Placement(Base):
    """A school's name, kind, grades, status and place in both trees from a day on.

    In force on a day: among the rows that no other row supersedes, the latest begun (`registry.rules.in_force`).
    """

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="ends_after_start"),
        CheckConstraint("status <> 'planned'", name="planned_is_computed"),
        Index("ix_placement_school_id_valid_from", "school_id", "valid_from"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[SchoolKind] = mapped_column(code_enum(SchoolKind))
    grades: Mapped[int]
    status: Mapped[SchoolStatus] = mapped_column(code_enum(SchoolStatus))
    area_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    authority_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    ministry_code: Mapped[str | None] = mapped_column(String(32))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(200))
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("placement.id"), unique=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Lineage(Base):
    """What became of what: a source school went into, or gave part of itself to, a target school on a day."""

    __tablename__ = "lineage"
    __table_args__ = (
        CheckConstraint("source_school_id <> target_school_id OR kind = 'reopen'", name="two_schools"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LineageKind] = mapped_column(code_enum(LineageKind))
    source_school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    target_school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    effective_on: Mapped[date] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SchoolPath(Base):
    """Today's row of each school: where it hangs, what it is called; rewritten when a placement changes or begins."""

    __tablename__ = "school_path"
    __table_args__ = (Index("ix_school_path_name_key", "name_key"),)

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    path: Mapped[str] = mapped_column(binary_text(80), unique=True)
    area_path: Mapped[str] = mapped_column(binary_text(80), index=True)
    area_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    authority_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(binary_text(600))
    search_name: Mapped[str] = mapped_column(String(260))
    grades: Mapped[int]
    kind: Mapped[SchoolKind] = mapped_column(code_enum(SchoolKind))
    status: Mapped[SchoolStatus] = mapped_column(code_enum(SchoolStatus))
    next_change_on: Mapped[date | None] = mapped_column(Date, index=True)


class AcademicYear(Base):
    """One school year as that year's official decision sets it; both ends included."""

    __tablename__ = "academic_year"
    __table_args__ = (
        CheckConstraint(
            "starts_on < second_term_starts_on AND second_term_starts_on <= ends_on", name="dates_in_order"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(9), unique=True)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    second_term_starts_on: Mapped[date] = mapped_column(Date)
    decision: Mapped[str] = mapped_column(String(200))

    terms: Mapped[list["Term"]] = relationship(
        order_by="Term.number", back_populates="year", cascade="all, delete-orphan"
    )


class Term(Base):
    """A term of a school year; both ends included."""

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("year_id", "number"),
        CheckConstraint("starts_on < ends_on", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    number: Mapped[int]
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)

    year: Mapped[AcademicYear] = relationship(back_populates="terms")


class ImportDraft(Base):
    """A file read and cleaned, waiting for its reader's confirmation: kept columns only, and only until it expires.

    `made_by` is the person's id (people live above); `content` is emptied when the import is done.
    """

    __tablename__ = "import_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=secrets.public_id)
    kind: Mapped[ImportKind] = mapped_column(code_enum(ImportKind))
    made_by: Mapped[int] = mapped_column(index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    year_id: Mapped[int | None] = mapped_column(ForeignKey("academic_year.id"))
    class_group_id: Mapped[int | None]
    content: Mapped[Any] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
