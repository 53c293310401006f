"""What coverage reads of its own: the areas that figures are given for, and what became of schools."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from school_safety.kit.errors import NotFound
from school_safety.planning.models import Target
from school_safety.registry.models import Lineage, Unit
from school_safety.registry.rules import LineageKind, Tree, UnitKind, is_in_force


@dataclass(frozen=True, slots=True)
class Area:
    """A province or commune of the area tree."""

    id: int
    code: str
    name: str
    kind: UnitKind
    path: str
    parent: str | None
    name_key: str


@dataclass(frozen=True, slots=True)
class Moves:
    """Schools whose end was a merger, and schools that came out of a merger or split, up to a day."""

    merged: frozenset[int]
    succeeding: frozenset[int]


def list_areas(session: Session, on: date) -> list[Area]:
    """The areas in force on a day: the province first, then its communes by name."""
    above = aliased(Unit)
    statement = (
        select(Unit, above.code)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Unit.tree == Tree.AREA)
        .order_by(Unit.path, Unit.name_key)
    )
    areas = [
        Area(unit.id, unit.code, unit.name, unit.kind, unit.path, parent, unit.name_key)
        for unit, parent in session.execute(statement)
        if is_in_force(unit.valid_from, unit.valid_to, on)
    ]
    return sorted(areas, key=lambda area: (area.kind is not UnitKind.PROVINCE, area.name_key, area.code))


def find_area(areas: list[Area], code: str | None) -> Area:
    """The area of that code, the province without one. Raises NotFound."""
    for area in areas:
        if area.code == code or (code is None and area.kind is UnitKind.PROVINCE):
            return area
    raise NotFound


def get_moves(session: Session, on: date) -> Moves:
    """What became of schools up to a day."""
    rows = session.execute(
        select(Lineage.kind, Lineage.source_school_id, Lineage.target_school_id).where(Lineage.effective_on <= on)
    ).all()
    return Moves(
        frozenset(source for kind, source, target in rows if kind is LineageKind.MERGE and source != target),
        frozenset(target for kind, _source, target in rows if kind in (LineageKind.MERGE, LineageKind.SPLIT)),
    )


def list_lapsed_targets(session: Session, on: date) -> list[Target]:
    """Standing targets whose last day has passed, the latest first: shown beside those in force, never judged."""
    later = aliased(Target)
    statement = (
        select(Target)
        .where(Target.valid_to < on, ~Target.withdrawn, ~exists().where(later.supersedes == Target.id))
        .order_by(Target.valid_to.desc(), Target.id)
    )
    return list(session.scalars(statement))
