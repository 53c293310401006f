"""Adding, renaming and closing units of both trees."""

from datetime import date
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit import clock, db
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.kit.text import sort_key
from school_safety.registry import queries
from school_safety.registry.models import Unit, UnitName
from school_safety.registry.rules import (
    RegistryProblem,
    Tree,
    UnitKind,
    is_code,
    is_in_force,
    parent_problem,
    unit_path,
)


def add_unit(
    session: Session,
    *,
    actor: Viewer | None,
    code: str,
    tree: Tree,
    kind: UnitKind,
    name: str,
    parent: Unit | None,
    valid_from: date,
    document: str = "",
) -> Unit:
    """Add a unit below its parent from a day on; raises Refused."""
    _check_new(session, code, name, valid_from, parent)
    problem = parent_problem(tree, kind, parent.kind if parent else None)
    if problem is not None or (parent is not None and parent.tree is not tree):
        raise Refused(problem or RegistryProblem.WRONG_TREE, "parent")
    if parent is None and queries.find_root(session, tree) is not None:
        raise Refused(RegistryProblem.WRONG_PARENT, "parent")
    unit = Unit(code=code, tree=tree, kind=kind, name=name, name_key=sort_key(name), valid_from=valid_from, path="")
    unit.parent_id = parent.id if parent else None
    with db.refusing(session, RegistryProblem.CODE_TAKEN, "code"):
        session.add(unit)
        session.flush()
    unit.path = unit_path(parent.path if parent else None, unit.id)
    _name(session, unit, name, valid_from, document)
    _audit(session, actor, "unit.added", unit, {"kind": str(kind), "valid_from": str(valid_from)})
    return unit


def _check_new(session: Session, code: str, name: str, valid_from: date, parent: Unit | None) -> None:
    if not is_code(code):
        raise Refused(RegistryProblem.CODE_SHAPE, "code")
    if queries.find_unit(session, code) is not None:
        raise Refused(RegistryProblem.CODE_TAKEN, "code")
    if not name:
        raise Refused(RegistryProblem.NAME_MISSING, "name")
    if parent is not None and not is_in_force(parent.valid_from, parent.valid_to, valid_from):
        raise Refused(RegistryProblem.UNIT_CLOSED, "valid_from")


def add_commune(
    session: Session, *, actor: Viewer | None, code: str, name: str, valid_from: date, document: str = ""
) -> tuple[Unit, Unit]:
    """Add a commune to the map and its people's committee (`UBND-` + code) to the authorities; raises Refused."""
    area, authority = (queries.find_root(session, tree) for tree in (Tree.AREA, Tree.AUTHORITY))
    if area is None or authority is None:
        raise Refused(RegistryProblem.WRONG_PARENT, "parent")
    commune = add_unit(
        session,
        actor=actor,
        code=code,
        tree=Tree.AREA,
        kind=UnitKind.COMMUNE,
        name=name,
        parent=area,
        valid_from=valid_from,
        document=document,
    )
    committee = add_unit(
        session,
        actor=actor,
        code=committee_code(code),
        tree=Tree.AUTHORITY,
        kind=UnitKind.COMMITTEE,
        name=committee_name(name),
        parent=authority,
        valid_from=valid_from,
        document=document,
    )
    return commune, committee


def add_units(
    session: Session,
    *,
    actor: Viewer | None,
    kind: UnitKind,
    code: str,
    name: str,
    valid_from: date,
    document: str = "",
) -> Unit:
    """Add a province (roots of both trees), the department, or a commune with its committee; raises Refused.

    Returns the unit that bears the code.
    """
    common: dict[str, Any] = {"actor": actor, "valid_from": valid_from, "document": document}
    if kind is UnitKind.COMMUNE:
        return add_commune(session, code=code, name=name, **common)[0]
    if kind is UnitKind.DEPARTMENT:
        parent = queries.find_root(session, Tree.AUTHORITY)
        return add_unit(session, tree=Tree.AUTHORITY, kind=kind, code=code, name=name, parent=parent, **common)
    root = add_unit(session, tree=Tree.AREA, kind=kind, code=code, name=name, parent=None, **common)
    common |= {"code": committee_code(code), "name": committee_name(name), "parent": None}
    add_unit(session, tree=Tree.AUTHORITY, kind=kind, **common)
    return root


def committee_code(code: str) -> str:
    """The code of the people's committee of an area."""
    return f"UBND-{code}"


def committee_name(name: str) -> str:
    """`UBND xã An Bình` for `Xã An Bình`."""
    return f"UBND {name[:1].lower()}{name[1:]}"


def rename_unit(
    session: Session, *, actor: Viewer | None, unit: Unit, name: str, valid_from: date, document: str
) -> Unit:
    """Give a unit another name from a day on; what it was called before stays on record. Raises Refused."""
    if not name:
        raise Refused(RegistryProblem.NAME_MISSING, "name")
    if name == unit.name:
        raise Refused(RegistryProblem.NOTHING_CHANGED, "name")
    if valid_from < unit.valid_from:
        raise Refused(RegistryProblem.BEFORE_FIRST_DAY, "valid_from")
    unit.name, unit.name_key = name, sort_key(name)
    _name(session, unit, name, valid_from, document)
    _audit(session, actor, "unit.renamed", unit, {"valid_from": str(valid_from)})
    return unit


def close_unit(session: Session, *, actor: Viewer | None, unit: Unit, valid_to: date) -> Unit:
    """End a unit on a day, once nothing hangs on it from that day on; raises Refused."""
    if unit.valid_to is not None:
        raise Refused(RegistryProblem.ALREADY_CLOSED)
    if valid_to <= unit.valid_from:
        raise Refused(RegistryProblem.BEFORE_FIRST_DAY, "valid_to")
    if queries.is_unit_used(session, unit, valid_to):
        raise Refused(RegistryProblem.UNIT_IN_USE)
    unit.valid_to = valid_to
    _audit(session, actor, "unit.closed", unit, {"valid_to": str(valid_to)})
    return unit


def _name(session: Session, unit: Unit, name: str, valid_from: date, document: str) -> None:
    row = UnitName(unit_id=unit.id, name=name, valid_from=valid_from, document=document, recorded_at=clock.now())
    session.add(row)
    session.flush()


def _audit(session: Session, actor: Viewer | None, verb: str, unit: Unit, data: dict[str, str]) -> None:
    place = unit.path if unit.tree is Tree.AUTHORITY else None
    record_audit(session, actor=actor, verb=verb, object_type="unit", object_id=unit.code, place=place, data=data)
