"""Tables of declarations, programmes with their activities and revisions, supervisors' marks, and the standing row."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from school_safety.curriculum.rules import Strand
from school_safety.kit.db import APPEND_ONLY, Base, Json, UtcDateTime, code_enum
from school_safety.planning.rules import Check, MarkKind, Recurrence, Schedule
from school_safety.registry.models import AcademicYear, School
from school_safety.roster.models import Person


class Answer(StrEnum):
    """What a school says about its programme of a strand; `withdrawn` takes back a yes."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


class Declaration(Base):
    """One answer of a school for a year and a strand; the latest holds. `revision_id`: set by publishing."""

    __tablename__ = "declaration"
    __table_args__ = (Index(None, "year_id", "strand", "school_id"), {"info": APPEND_ONLY})

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey(School.id))
    year_id: Mapped[int] = mapped_column(ForeignKey(AcademicYear.id))
    strand: Mapped[Strand] = mapped_column(code_enum(Strand))
    answer: Mapped[Answer] = mapped_column(code_enum(Answer))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("programme_revision.id"))
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    post: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Programme(Base):
    """A school's programme document of a year, as it is being drafted; what was published stands in its revisions.

    `told_principal_at` is the coordinator's “Báo hiệu trưởng”, a task that publishing clears; `edition` counts changes.
    """

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("school_id", "year_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey(School.id))
    year_id: Mapped[int] = mapped_column(ForeignKey(AcademicYear.id), index=True)
    title: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(Text)
    basis: Mapped[list[str]] = mapped_column(Json)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    told_principal_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    edition: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    activities: Mapped[list["Activity"]] = relationship(
        primaryjoin="and_(Activity.programme_id == Programme.id, Activity.removed_at.is_(None))",
        order_by="Activity.position, Activity.id",
        viewonly=True,
    )


class Activity(Base):
    """A planned activity of the draft; removing keeps the row, so that it can come back and deliveries stay linked.

    `template_key` names the line of the year's template that made it, `template_hash` what it said then: an activity
    that still says so was not edited, and the template may take it back.
    """

    __tablename__ = "activity"
    __table_args__ = (
        Index(
            "uq_activity_template_key",
            "programme_id",
            "template_key",
            unique=True,
            sqlite_where=text("template_key IS NOT NULL"),
            postgresql_where=text("template_key IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey(Programme.id), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    lead_unit: Mapped[str] = mapped_column(String(200))
    coordinating_units: Mapped[list[str]] = mapped_column(Json)
    schedule: Mapped[Schedule] = mapped_column(code_enum(Schedule))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    recurrence: Mapped[Recurrence | None] = mapped_column(code_enum(Recurrence))
    channel: Mapped[str | None] = mapped_column(String(40))
    grades: Mapped[int] = mapped_column(default=0)
    parents: Mapped[bool] = mapped_column(default=False)
    staff: Mapped[bool] = mapped_column(default=False)
    elements: Mapped[int] = mapped_column(default=0)
    lessons: Mapped[list[str]] = mapped_column(Json)
    note: Mapped[str] = mapped_column(Text, default="")
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"))
    copied_starts_on: Mapped[date | None]
    copied_ends_on: Mapped[date | None]
    template_key: Mapped[str | None] = mapped_column(String(80))
    template_hash: Mapped[str | None] = mapped_column(String(64))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    programme: Mapped[Programme] = relationship()


class ProgrammeRevision(Base):
    """What the principal published: frozen content, its hash and the moment; never changed, only followed."""

    __tablename__ = "programme_revision"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey(Programme.id))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    content_hash: Mapped[str] = mapped_column(String(64))
    published_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    post: Mapped[str] = mapped_column(String(120))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    programme: Mapped[Programme] = relationship()
    strands: Mapped[list["RevisionStrand"]] = relationship(order_by="RevisionStrand.strand.desc()")


class RevisionStrand(Base):
    """What a revision holds for one strand; `served`: its checks held for the school's grades when it was published."""

    __tablename__ = "revision_strand"
    __table_args__ = ({"info": APPEND_ONLY},)

    revision_id: Mapped[int] = mapped_column(ForeignKey(ProgrammeRevision.id), primary_key=True)
    strand: Mapped[Strand] = mapped_column(code_enum(Strand), primary_key=True)
    elements: Mapped[int]
    grades: Mapped[int]
    complete: Mapped[bool]
    served: Mapped[bool]


class DocumentNumber(Base):
    """The number and date that the clerk gave a published revision: outside the content hash, no new revision."""

    __tablename__ = "document_number"
    __table_args__ = ({"info": APPEND_ONLY},)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(ProgrammeRevision.id), index=True)
    number: Mapped[str] = mapped_column(String(60))
    signed_on: Mapped[date]
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("document_number.id"), unique=True)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SupervisorMark(Base):
    """What the supervisor says of a revision; a return names the failing check, `strand` None means both strands.

    Taking a return back is a row of its own that supersedes it.
    """

    __tablename__ = "supervisor_mark"
    __table_args__ = (
        CheckConstraint("(kind = 'returned') = (failing IS NOT NULL)", name="a_return_names_a_check"),
        CheckConstraint("(kind = 'taken_back') = (supersedes IS NOT NULL)", name="taken_back_names_a_mark"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(ProgrammeRevision.id), index=True)
    kind: Mapped[MarkKind] = mapped_column(code_enum(MarkKind))
    strand: Mapped[Strand | None] = mapped_column(code_enum(Strand))
    failing: Mapped[Check | None] = mapped_column(code_enum(Check))
    comment: Mapped[str] = mapped_column(Text)
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("supervisor_mark.id"), unique=True)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    post: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProgrammeStrand(Base):
    """The standing row of a school, year and strand: today's `StrandFacts`, rewritten by whatever changes one."""

    __tablename__ = "programme_strand"
    __table_args__ = (UniqueConstraint("year_id", "school_id", "strand"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey(School.id), index=True)
    year_id: Mapped[int] = mapped_column(ForeignKey(AcademicYear.id))
    strand: Mapped[Strand] = mapped_column(code_enum(Strand))
    declared: Mapped[bool | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int | None]
    elements: Mapped[int] = mapped_column(default=0)
    grades: Mapped[int] = mapped_column(default=0)
    complete: Mapped[bool] = mapped_column(default=False)
    returned: Mapped[Check | None] = mapped_column(code_enum(Check))
    recorded: Mapped[int] = mapped_column(default=0)
    evidenced: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[int] = mapped_column(default=0)
