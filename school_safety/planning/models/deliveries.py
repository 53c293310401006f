"""Tables of what took place, its evidence, and other units' decisions; nobody decides about a school they belong to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from school_safety.kit.db import APPEND_ONLY, Base, UtcDateTime, code_enum
from school_safety.planning.models.programmes import Activity, ProgrammeRevision
from school_safety.planning.rules import Decision, EvidenceKind
from school_safety.registry.models import AcademicYear, School
from school_safety.roster.models import ClassGroup, Person


class Delivery(Base):
    """An activity that took place. A change or a withdrawal is a new row that supersedes; `first_id` names the first.

    `elements` are those of the activity in the revision it was recorded under. `occasion` is the same for the same
    activity, day and class groups; `turn` grows when an earlier record of it is no longer in force, so that the
    constraint makes a double record impossible.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("occasion", "turn"),
        CheckConstraint("head_count >= 1", name="somebody_present"),
        Index(None, "year_id", "school_id", "taught_on"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"), unique=True)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    school_id: Mapped[int] = mapped_column(ForeignKey(School.id))
    year_id: Mapped[int] = mapped_column(ForeignKey(AcademicYear.id))
    activity_id: Mapped[int] = mapped_column(ForeignKey(Activity.id), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(ProgrammeRevision.id))
    elements: Mapped[int]
    taught_on: Mapped[date]
    head_count: Mapped[int]
    note: Mapped[str] = mapped_column(Text)
    occasion: Mapped[str] = mapped_column(String(64))
    turn: Mapped[int]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    post: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    activity: Mapped[Activity] = relationship()

    @property
    def root_id(self) -> int:
        """The id of the first record of this delivery, to which its evidence belongs."""
        return self.first_id or self.id


class DeliveryClassGroup(Base):
    """A class group that was there."""

    __tablename__ = "delivery_class_group"
    __table_args__ = ({"info": APPEND_ONLY},)

    delivery_id: Mapped[int] = mapped_column(ForeignKey(Delivery.id), primary_key=True)
    class_group_id: Mapped[int] = mapped_column(ForeignKey(ClassGroup.id), primary_key=True, index=True)


class Evidence(Base):
    """A proof of a delivery (of its first record): a stored file by its hash, or a public link.

    `recognisable`: pupils can be recognised, so the file stays in the school. A withdrawal is a row that supersedes.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("withdrawn OR (sha256 IS NULL) <> (link IS NULL)", name="file_or_link"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey(Delivery.id), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(code_enum(EvidenceKind))
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    size: Mapped[int | None]
    media_type: Mapped[str | None] = mapped_column(String(40))
    link: Mapped[str | None] = mapped_column(String(500))
    recognisable: Mapped[bool] = mapped_column(default=False)
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), unique=True)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    post: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    tombstone: Mapped["EvidenceTombstone | None"] = relationship(lazy="joined", viewonly=True)


class EvidenceTombstone(Base):
    """The file of a piece of evidence is gone, its retention being over; the piece and its hash stay and count."""

    __tablename__ = "evidence_tombstone"
    __table_args__ = ({"info": APPEND_ONLY},)

    evidence_id: Mapped[int] = mapped_column(ForeignKey(Evidence.id), primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Verification(Base):
    """A decision of a person of another unit about one version of a delivery and its evidence up to `evidence_upto`."""

    __tablename__ = "verification"
    __table_args__ = (
        CheckConstraint("decision <> 'rejected' OR reason <> ''", name="a_rejection_has_a_reason"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey(Delivery.id), index=True)
    evidence_upto: Mapped[int]
    decision: Mapped[Decision] = mapped_column(code_enum(Decision))
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[int] = mapped_column(ForeignKey(Person.id))
    post: Mapped[str] = mapped_column(String(120))
    decided_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


BELONGS = """
    SELECT 1 FROM membership AS m JOIN delivery AS d ON d.school_id = m.school_id
    WHERE d.id = NEW.delivery_id AND m.person_id = NEW.decided_by AND m.valid_from <= NEW.decided_on
      AND (m.valid_to IS NULL OR m.valid_to > d.taught_on)
"""
"""A membership in the delivery's school at any time from the delivery to the decision."""

SQLITE_TRIGGERS = (
    f"""CREATE TRIGGER verification_own_school BEFORE INSERT ON verification
    WHEN EXISTS ({BELONGS})
    BEGIN SELECT RAISE(ABORT, 'own_school'); END""",
)

POSTGRESQL_TRIGGERS = (
    f"""CREATE FUNCTION verification_own_school() RETURNS trigger AS $body$
    BEGIN
        IF EXISTS ({BELONGS}) THEN
            RAISE EXCEPTION 'own_school' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $body$ LANGUAGE plpgsql""",
    """CREATE TRIGGER verification_own_school BEFORE INSERT ON verification
    FOR EACH ROW EXECUTE FUNCTION verification_own_school()""",
)
"""Both sets of triggers are made by the migration of the table."""
