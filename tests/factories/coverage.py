"""Schools at a known evidence grade, and targets, written as standing rows and target rows."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from school_safety.curriculum.rules import STRAND_ELEMENTS, Strand, element_mask
from school_safety.planning.models import Plan, ProgrammeStrand, Target
from school_safety.planning.rules import Comparator, Grade, PlanKind, TargetIndicator, TargetScope
from school_safety.registry.models import AcademicYear, SchoolPath
from tests.factories.registry import a_year

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def a_standing(
    session: Session, school: SchoolPath, strand: Strand, grade: Grade, *, year: AcademicYear | None = None
) -> None:
    """The standing row of a school that is at exactly this grade; nothing for UNKNOWN."""
    if grade is Grade.UNKNOWN:
        return
    values: dict[str, Any] = {"declared": grade >= Grade.G1}
    if grade >= Grade.G2:
        values |= {"revision": 1, "elements": element_mask(STRAND_ELEMENTS[strand]), "grades": school.grades}
        values |= {"complete": True}
    if grade >= Grade.G3:
        values |= {"recorded": 1, "evidenced": 1}
    if grade >= Grade.G4:
        values |= {"accepted": 1}
    found = year or a_year(session)
    session.add(ProgrammeStrand(school_id=school.school_id, year_id=found.id, strand=strand, **values))
    session.flush()


def a_target(
    session: Session,
    *,
    indicator: TargetIndicator = TargetIndicator.OS_PROGRAMME,
    scope: TargetScope = TargetScope.PROVINCE,
    comparator: Comparator = Comparator.GT,
    percent: int = 80,
    valid_from: date = date(2026, 1, 1),
    valid_to: date = date(2030, 12, 31),
    basis: str = "Kế hoạch 121/KH-UBND",
) -> Target:
    """A dated target in a plan of its own."""
    plan = Plan(
        kind=PlanKind.MULTI_YEAR,
        issuer="UBND tỉnh Sông Trăng",
        number="121/KH-UBND",
        title="Kế hoạch an toàn thông tin",
        signed_on=valid_from,
        starts_on=valid_from,
        ends_on=valid_to,
        basis=[],
        recorded_at=LONG_AGO,
    )
    session.add(plan)
    session.flush()
    target = Target(
        plan_id=plan.id,
        indicator=indicator,
        scope=scope,
        comparator=comparator,
        percent=percent,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis,
        recorded_at=LONG_AGO,
    )
    session.add(target)
    session.flush()
    return target
