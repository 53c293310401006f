"""The map and the authorities of the demo province, its school years and its schools, each recorded on its day."""

from dataclasses import dataclass
from datetime import date

from school_safety.curriculum.rules import grade_mask
from school_safety.demo.rules.province import COMMUNES, DEPARTMENT, MERGED_INTO, PROVINCE, Fate, SchoolPlan
from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.registry import actions as registry
from school_safety.registry.actions import PlacementValues
from school_safety.registry.models import AcademicYear, School, Unit
from school_safety.registry.rules import Tree, UnitKind

DEED = "Quyết định số 1/QĐ-UBND (dữ liệu mẫu)"


@dataclass(frozen=True, slots=True)
class Places:
    """What later stages need: today's units by code, schools by code, and the two years."""

    department: Unit
    committees: dict[int, Unit]
    schools: dict[str, School]
    last_year: AcademicYear
    year: AcademicYear


def make_places(session: Session, plans: tuple[SchoolPlan, ...], year_starts: int, today: date) -> Places:
    """Units since July before last year, schools with their placements, closures, the merger and the planned school."""
    since = date(year_starts - 1, 7, 1)
    with clock.at(clock.at_local(since)):
        department, communes, committees = _make_units(session, since)
        last_year, year = (_make_year(session, starts) for starts in (year_starts - 1, year_starts))
        homes = {plan.code: _home(plan, communes, committees, department) for plan in plans}
        schools = {plan.code: _make_school(session, plan, homes[plan.code], since, year, today) for plan in plans}
    _end_schools(session, plans, schools, year, today)
    return Places(department, committees, schools, last_year, year)


def _make_units(session: Session, since: date) -> tuple[Unit, dict[int, Unit], dict[int, Unit]]:
    code, name = PROVINCE
    for tree, tree_code in ((Tree.AREA, code), (Tree.AUTHORITY, f"UBND-{code}")):
        tree_name = name if tree is Tree.AREA else f"UBND {name[:1].lower()}{name[1:]}"
        kind = UnitKind.PROVINCE
        root = registry.add_unit(
            session, actor=None, code=tree_code, tree=tree, kind=kind, name=tree_name, parent=None, valid_from=since
        )
    department = registry.add_unit(
        session,
        actor=None,
        code=DEPARTMENT[0],
        tree=Tree.AUTHORITY,
        kind=UnitKind.DEPARTMENT,
        name=DEPARTMENT[1],
        parent=root,
        valid_from=since,
    )
    communes, committees = {}, {}
    for number, (commune_code, commune_name) in enumerate(COMMUNES):
        communes[number], committees[number] = registry.add_commune(
            session, actor=None, code=commune_code, name=commune_name, valid_from=since, document=DEED
        )
    return department, communes, committees


def _make_year(session: Session, starts: int) -> AcademicYear:
    return registry.save_year(
        session,
        actor=None,
        code=f"{starts}-{starts + 1}",
        starts_on=date(starts, 9, 5),
        second_term_starts_on=date(starts + 1, 1, 18),
        ends_on=date(starts + 1, 5, 31),
        decision="Quyết định khung thời gian năm học (dữ liệu mẫu)",
    )


def _home(
    plan: SchoolPlan, communes: dict[int, Unit], committees: dict[int, Unit], department: Unit
) -> tuple[Unit, Unit]:
    return communes[plan.commune], department if plan.under_department else committees[plan.commune]


def _make_school(
    session: Session, plan: SchoolPlan, home: tuple[Unit, Unit], since: date, year: AcademicYear, today: date
) -> School:
    begins = {Fate.PLANNED: date(year.ends_on.year, 8, 1)}.get(plan.fate, since)
    if plan.code == MERGED_INTO:
        begins = _merger_day(year)
    values = PlacementValues(
        name=plan.name,
        kind=plan.kind,
        grades=grade_mask(plan.grades),
        area_unit_id=home[0].id,
        authority_unit_id=home[1].id,
        valid_from=begins,
        document=DEED,
    )
    return registry.add_school(session, actor=None, code=plan.code, values=values, today=today)


def _end_schools(
    session: Session, plans: tuple[SchoolPlan, ...], schools: dict[str, School], year: AcademicYear, today: date
) -> None:
    merging = [schools[plan.code] for plan in plans if plan.fate is Fate.MERGES]
    if merging and MERGED_INTO in schools:
        on = _merger_day(year)
        with clock.at(clock.at_local(on)):
            registry.merge_schools(
                session,
                actor=None,
                sources=merging,
                target=schools[MERGED_INTO],
                on=on,
                document="Quyết định sáp nhập số 12/QĐ-UBND (dữ liệu mẫu)",
                today=today,
            )
    for plan in plans:
        if plan.fate is Fate.CLOSES:
            on = date(year.starts_on.year, 10, 1)
            document = "Quyết định giải thể số 30/QĐ-UBND (dữ liệu mẫu)"
            registry.close_school(session, actor=None, school=schools[plan.code], on=on, document=document, today=today)


def _merger_day(year: AcademicYear) -> date:
    return date(year.starts_on.year, 9, 15)
