"""What teachers tell those who record deliveries: a draft, which only their confirmation makes a delivery."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from school_safety.kit.db import Base, Json, UtcDateTime
from school_safety.planning.models.deliveries import Delivery
from school_safety.registry.models import AcademicYear, School
from school_safety.roster.models import Person


class ToldDelivery(Base):
    """A lesson that a teacher taught or material that a teacher gave out, as told to the school's coordinator.

    It counts nowhere. Once settled it names the delivery that was recorded from it, or none where it was passed over.
    """

    __tablename__ = "told_delivery"
    __table_args__ = (
        CheckConstraint("(settled_by IS NULL) = (settled_at IS NULL)", name="settled_whole"),
        CheckConstraint("head_count >= 1", name="somebody_present"),
        Index(None, "school_id", "year_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey(School.id))
    year_id: Mapped[int] = mapped_column(ForeignKey(AcademicYear.id))
    channel: Mapped[str] = mapped_column(String(40))
    lesson_code: Mapped[str] = mapped_column(String(20))
    taught_on: Mapped[date]
    head_count: Mapped[int]
    class_group_ids: Mapped[list[int]] = mapped_column(Json)
    note: Mapped[str] = mapped_column(Text)
    told_by: Mapped[int] = mapped_column(ForeignKey(Person.id))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey(Delivery.id))
