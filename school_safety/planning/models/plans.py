"""Tables of the department's plans and of the dated targets that they set."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from school_safety.kit.db import APPEND_ONLY, Base, Json, UtcDateTime, code_enum
from school_safety.planning.rules import Comparator, PlanKind, TargetIndicator, TargetScope


class Plan(Base):
    """A document of several years, or of one year under it; `basis` holds its “Căn cứ” lines in order."""

    __tablename__ = "plan"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="dates_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PlanKind] = mapped_column(code_enum(PlanKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(400))
    signed_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    vision_year: Mapped[int | None]
    basis: Mapped[list[str]] = mapped_column(Json)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    parent: Mapped["Plan | None"] = relationship(remote_side="Plan.id")


class Target(Base):
    """One dated target of a plan: indicator, whose, comparator, whole per cent; corrected by a superseding row."""

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),
        CheckConstraint("valid_to >= valid_from", name="dates_in_order"),
        Index(None, "valid_from", "valid_to"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    indicator: Mapped[TargetIndicator] = mapped_column(code_enum(TargetIndicator))
    scope: Mapped[TargetScope] = mapped_column(code_enum(TargetScope))
    comparator: Mapped[Comparator] = mapped_column(code_enum(Comparator))
    percent: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    basis: Mapped[str] = mapped_column(String(300))
    withdrawn: Mapped[bool] = mapped_column(default=False)
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("target.id"), unique=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    plan: Mapped[Plan] = relationship()
