"""A province, its communes, schools and school years, made through the registry's own actions."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from school_safety.registry import actions, queries
from school_safety.registry.models import AcademicYear, School, SchoolPath, Unit
from school_safety.registry.rules import SchoolKind, SchoolStatus, Tree, UnitKind, grades_of_kind, is_under_department

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)
TODAY = date(2026, 11, 22)


def a_province(session: Session, *, name: str = "Tỉnh Sông Trăng", code: str = "ST") -> tuple[Unit, Unit]:
    """The roots of both trees (area, authority) with the department below; made once, then found."""
    area, authority = queries.find_root(session, Tree.AREA), queries.find_root(session, Tree.AUTHORITY)
    if authority is None:
        authority = a_unit(
            session, code=f"UBND-{code}", tree=Tree.AUTHORITY, kind=UnitKind.PROVINCE, name=f"UBND {name}"
        )
        a_unit(session, code="SO", tree=Tree.AUTHORITY, kind=UnitKind.DEPARTMENT, name="Sở GD&ĐT", parent=authority)
    if area is None:
        area = a_unit(session, code=code, tree=Tree.AREA, kind=UnitKind.PROVINCE, name=name)
    return area, authority


def a_unit(
    session: Session,
    *,
    code: str | None = None,
    tree: Tree = Tree.AUTHORITY,
    kind: UnitKind = UnitKind.COMMITTEE,
    name: str = "UBND xã An Bình",
    parent: Unit | None = None,
    valid_from: date = LONG_AGO,
) -> Unit:
    """A unit; below the province when it is none itself and no parent is given."""
    if parent is None and kind is not UnitKind.PROVINCE:
        area, authority = a_province(session)
        parent = area if tree is Tree.AREA else authority
    code = code or f"U{next(_numbers)}"
    return actions.add_unit(
        session, actor=None, code=code, tree=tree, kind=kind, name=name, parent=parent, valid_from=valid_from
    )


def a_commune(session: Session, *, name: str = "Xã An Bình", code: str | None = None) -> tuple[Unit, Unit]:
    """A commune on the map and its people's committee."""
    a_province(session)
    return actions.add_commune(session, actor=None, code=code or f"X{next(_numbers)}", name=name, valid_from=LONG_AGO)


def a_department(session: Session) -> Unit:
    """The department of education below the province."""
    a_province(session)
    return queries.get_unit(session, "SO")


def a_school(
    session: Session,
    *,
    code: str | None = None,
    name: str = "THCS An Bình",
    kind: SchoolKind = SchoolKind.THCS,
    grades: int | None = None,
    status: SchoolStatus = SchoolStatus.OPEN,
    commune: tuple[Unit, Unit] | None = None,
    valid_from: date = LONG_AGO,
    today: date = TODAY,
) -> School:
    """A school: upper secondary ones under the department, others under their commune's committee."""
    area, committee = commune or a_commune(session)
    mask = grades_of_kind(kind) if grades is None else grades
    authority = a_department(session) if is_under_department(mask) else committee
    values = actions.PlacementValues(
        name=name,
        kind=kind,
        grades=mask,
        area_unit_id=area.id,
        authority_unit_id=authority.id,
        valid_from=valid_from,
        status=status,
    )
    return actions.add_school(session, actor=None, code=code or f"S{next(_numbers)}", values=values, today=today)


def a_placed_school(session: Session, **values: Any) -> SchoolPath:
    """A school by today's row: path, name, status."""
    return today_of(session, a_school(session, **values))


def today_of(session: Session, school: School) -> SchoolPath:
    """Today's row of a school."""
    return queries.get_school_row(session, school.id)


def the_school(session: Session, row: SchoolPath) -> School:
    """The permanent identity behind today's row."""
    return session.get_one(School, row.school_id)


def a_year(session: Session, *, code: str = "2026-2027", **dates: Any) -> AcademicYear:
    """A school year, 5 September to 31 May with the second term from 18 January; made once, then found."""
    found = queries.find_year(session, code)
    if found is not None:
        return found
    first = int(code[:4])
    values: dict[str, Any] = {
        "starts_on": date(first, 9, 5),
        "second_term_starts_on": date(first + 1, 1, 18),
        "ends_on": date(first + 1, 5, 31),
        "decision": "QĐ 1000/QĐ-UBND",
        **dates,
    }
    return actions.save_year(session, actor=None, code=code, **values)
