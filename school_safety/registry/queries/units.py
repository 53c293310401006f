"""Reading units of both trees."""

from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Place
from school_safety.kit.errors import NotFound
from school_safety.registry.models import Placement, Unit, UnitName
from school_safety.registry.queries.placements import placements_of
from school_safety.registry.rules import SchoolStatus, Tree, UnitKind, in_force


def find_unit(session: Session, code: str) -> Unit | None:
    """The unit of a code, or None."""
    return session.scalars(select(Unit).where(Unit.code == code)).first()


def get_unit(session: Session, code: str) -> Unit:
    """The unit of a code; raises NotFound."""
    unit = find_unit(session, code)
    if unit is None:
        raise NotFound
    return unit


def load_unit(session: Session, code: str) -> tuple[Unit, Place]:
    """A unit for the guard: an authority unit lives at its path, an area unit (maps only) at the authority's root."""
    unit = get_unit(session, code)
    if unit.tree is Tree.AUTHORITY:
        return unit, Place(path=unit.path)
    root = find_root(session, Tree.AUTHORITY)
    return unit, Place(path=root.path if root else None)


def find_root(session: Session, tree: Tree) -> Unit | None:
    """The province as the root of a tree, or None before it is entered."""
    return session.scalars(select(Unit).where(Unit.tree == tree, Unit.parent_id.is_(None)).order_by(Unit.id)).first()


def list_units(session: Session, tree: Tree | None = None, *, on: date | None = None) -> list[Unit]:
    """Units of a tree (or of both) in force on a day (or ever), the root first, then by name."""
    statement = select(Unit).order_by(Unit.tree, Unit.parent_id.is_not(None), Unit.name_key, Unit.id)
    if tree is not None:
        statement = statement.where(Unit.tree == tree)
    if on is not None:
        statement = statement.where(_unit_in_force(on))
    return list(session.scalars(statement))


def _unit_in_force(on: date) -> Any:
    return and_(Unit.valid_from <= on, or_(Unit.valid_to.is_(None), Unit.valid_to > on))


def list_unit_names(session: Session, unit_id: int) -> list[UnitName]:
    """What a unit was and is called, oldest first."""
    names = select(UnitName).where(UnitName.unit_id == unit_id)
    return list(session.scalars(names.order_by(UnitName.valid_from, UnitName.id)))


def is_unit_used(session: Session, unit: Unit, on: date) -> bool:
    """Whether units below it, or schools that are not closed, still hang on a unit on a day or later."""
    below = select(Unit.id).where(Unit.parent_id == unit.id, or_(Unit.valid_to.is_(None), Unit.valid_to > on))
    if session.scalars(below.limit(1)).first() is not None:
        return True
    column = Placement.area_unit_id if unit.tree is Tree.AREA else Placement.authority_unit_id
    there = session.scalars(select(Placement.school_id).where(column == unit.id).distinct())
    for rows in placements_of(session, list(there)).values():
        held = [in_force(rows, on), *(row for row in rows if row.valid_from > on)]
        if any(row and row.status is not SchoolStatus.CLOSED and unit.id in _places(row) for row in held):
            return True
    return False


def _places(row: Placement) -> tuple[int, int]:
    return row.area_unit_id, row.authority_unit_id


def communes_with_authorities(session: Session, on: date) -> list[tuple[Unit, Unit | None]]:
    """Each commune in force with its people's committee, matched by the code that pairs them (`UBND-` + code)."""
    committees = {unit.code: unit for unit in list_units(session, Tree.AUTHORITY, on=on)}
    communes = [unit for unit in list_units(session, Tree.AREA, on=on) if unit.kind is UnitKind.COMMUNE]
    return [(commune, committees.get(f"UBND-{commune.code}")) for commune in communes]
