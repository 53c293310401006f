"""Adding schools and changing their placements: every change is a new dated row, and today's row is rewritten."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit import clock, db
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.text import search_key, sort_key
from school_safety.registry import queries
from school_safety.registry.models import Lineage, Placement, School, SchoolPath, Unit
from school_safety.registry.rules import (
    LineageKind,
    RegistryProblem,
    SchoolKind,
    SchoolStatus,
    Tree,
    UnitKind,
    in_force,
    is_code,
    is_in_force,
    needs_grades,
    next_change,
    school_path,
)


@dataclass(frozen=True, slots=True)
class PlacementValues:
    """What a deed says of a school from `valid_from` on; `grades` is a mask, `valid_to` only for a deed with an end."""

    name: str
    kind: SchoolKind
    grades: int
    area_unit_id: int
    authority_unit_id: int
    valid_from: date
    status: SchoolStatus = SchoolStatus.OPEN
    ministry_code: str | None = None
    document: str = ""
    valid_to: date | None = None


def values_of(row: Placement) -> PlacementValues:
    """The values of a placement on record."""
    return PlacementValues(
        name=row.name,
        kind=row.kind,
        grades=row.grades,
        area_unit_id=row.area_unit_id,
        authority_unit_id=row.authority_unit_id,
        valid_from=row.valid_from,
        status=row.status,
        ministry_code=row.ministry_code,
        document=row.document,
        valid_to=row.valid_to,
    )


def add_school(session: Session, *, actor: Viewer | None, code: str, values: PlacementValues, today: date) -> School:
    """Add a school with its first placement; raises Refused."""
    if not is_code(code):
        raise Refused(RegistryProblem.CODE_SHAPE, "code")
    _check(session, values)
    if queries.find_school(session, code) is not None:
        raise Refused(RegistryProblem.CODE_TAKEN, "code")
    school = School(code=code)
    with db.refusing(session, RegistryProblem.CODE_TAKEN, "code"):
        session.add(school)
        session.flush()
    _place(session, school.id, values, None)
    refresh_school_path(session, school, today)
    _audit(session, actor, "school.added", school, {"valid_from": str(values.valid_from), "kind": str(values.kind)})
    return school


def change_placement(
    session: Session, *, actor: Viewer | None, school: School, values: PlacementValues, today: date
) -> Placement:
    """Record what holds of a school from `values.valid_from` on; a row of the same first day is superseded.

    Raises Refused.
    """
    _check(session, values)
    rows = queries.placements_of(session, [school.id])[school.id]
    if values.valid_from < rows[0].valid_from:
        raise Refused(RegistryProblem.BEFORE_FIRST_DAY, "valid_from", first=rows[0].valid_from)
    held = in_force(rows, values.valid_from)
    if held is not None and _same(values, held):
        raise Refused(RegistryProblem.NOTHING_CHANGED)
    same_day = next((row for row in rows if row.valid_from == values.valid_from), None)
    row = _place(session, school.id, values, same_day)
    refresh_school_path(session, school, today)
    data = {"valid_from": str(values.valid_from), "status": str(values.status), "placement": row.id}
    _audit(session, actor, "school.placed", school, data)
    return row


def _same(values: PlacementValues, held: Placement) -> bool:
    there = values_of(held)
    return replace(there, valid_from=values.valid_from, document="") == replace(values, document="")


def close_school(
    session: Session, *, actor: Viewer | None, school: School, on: date, document: str, today: date
) -> Placement:
    """A school is dissolved from a day on; raises Refused."""
    held = _held(session, school, on)
    if held.status is SchoolStatus.CLOSED:
        raise Refused(RegistryProblem.ALREADY_CLOSED, "on")
    values = replace(values_of(held), status=SchoolStatus.CLOSED, valid_from=on, valid_to=None, document=document)
    return change_placement(session, actor=actor, school=school, values=values, today=today)


def reopen_school(
    session: Session, *, actor: Viewer | None, school: School, on: date, document: str, today: date
) -> Placement:
    """A closed or suspended school operates again from a day on; raises Refused."""
    held = _held(session, school, on)
    if held.status is SchoolStatus.OPEN:
        raise Refused(RegistryProblem.NOT_CLOSED, "on")
    values = replace(values_of(held), status=SchoolStatus.OPEN, valid_from=on, valid_to=None, document=document)
    row = change_placement(session, actor=actor, school=school, values=values, today=today)
    _link(session, LineageKind.REOPEN, school.id, school.id, on, document)
    return row


def merge_schools(
    session: Session,
    *,
    actor: Viewer | None,
    sources: list[School],
    target: School,
    on: date,
    document: str,
    today: date,
) -> None:
    """Schools go into another one on a day: they close, and the lineage says where they went. Raises Refused."""
    if any(source.id == target.id for source in sources) or not sources:
        raise Refused(RegistryProblem.SAME_SCHOOL, "target")
    if _held(session, target, on).status is not SchoolStatus.OPEN:
        raise Refused(RegistryProblem.ALREADY_CLOSED, "target")
    for source in sources:
        close_school(session, actor=actor, school=source, on=on, document=document, today=today)
        _link(session, LineageKind.MERGE, source.id, target.id, on, document)
        _audit(session, actor, "school.merged", source, {"into": target.code, "on": str(on)})


def split_school(
    session: Session,
    *,
    actor: Viewer | None,
    source: School,
    targets: list[School],
    closes: bool,
    on: date,
    document: str,
    today: date,
) -> None:
    """Schools come out of one on a day, as the lineage then says; the old one goes on or closes. Raises Refused."""
    if any(target.id == source.id for target in targets) or not targets:
        raise Refused(RegistryProblem.SAME_SCHOOL, "target")
    for target in targets:
        if _held(session, target, on).status is not SchoolStatus.OPEN:
            raise Refused(RegistryProblem.ALREADY_CLOSED, "target")
    if closes:
        close_school(session, actor=actor, school=source, on=on, document=document, today=today)
    for target in targets:
        _link(session, LineageKind.SPLIT, source.id, target.id, on, document)
    into = [target.code for target in targets]
    _audit(session, actor, "school.split", source, {"into": into, "on": str(on), "closes": closes})


def _held(session: Session, school: School, on: date) -> Placement:
    rows = queries.placements_of(session, [school.id])[school.id]
    held = in_force(rows, on)
    if held is None:
        raise Refused(RegistryProblem.BEFORE_FIRST_DAY, "on", first=rows[0].valid_from)
    return held


def _check(session: Session, values: PlacementValues) -> None:
    if not values.name:
        raise Refused(RegistryProblem.NAME_MISSING, "name")
    if needs_grades(values.kind) and not values.grades:
        raise Refused(RegistryProblem.GRADES_MISSING, "grades")
    if values.valid_to is not None and values.valid_to <= values.valid_from:
        raise Refused(RegistryProblem.ENDS_BEFORE_START, "valid_to")
    kinds = {"area_unit_id": (Tree.AREA, {UnitKind.COMMUNE})}
    kinds["authority_unit_id"] = (Tree.AUTHORITY, {UnitKind.COMMITTEE, UnitKind.DEPARTMENT})
    for field, (tree, allowed) in kinds.items():
        unit = session.get(Unit, getattr(values, field))
        if unit is None:
            raise Refused(RegistryProblem.UNIT_UNKNOWN, field)
        if unit.tree is not tree or unit.kind not in allowed:
            raise Refused(RegistryProblem.WRONG_TREE, field)
        closed = values.status is SchoolStatus.CLOSED
        if not closed and not is_in_force(unit.valid_from, unit.valid_to, values.valid_from):
            raise Refused(RegistryProblem.UNIT_CLOSED, field)


def _place(session: Session, school_id: int, values: PlacementValues, superseded: Placement | None) -> Placement:
    row = Placement(
        school_id=school_id,
        name=values.name,
        kind=values.kind,
        grades=values.grades,
        status=values.status,
        area_unit_id=values.area_unit_id,
        authority_unit_id=values.authority_unit_id,
        ministry_code=values.ministry_code,
        valid_from=values.valid_from,
        valid_to=values.valid_to,
        document=values.document,
        supersedes=superseded.id if superseded else None,
        recorded_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return row


def _link(session: Session, kind: LineageKind, source: int, target: int, on: date, document: str) -> None:
    row = Lineage(
        kind=kind,
        source_school_id=source,
        target_school_id=target,
        effective_on=on,
        document=document,
        recorded_at=clock.now(),
    )
    session.add(row)
    session.flush()


def _audit(session: Session, actor: Viewer | None, verb: str, school: School, data: dict[str, Any]) -> None:
    place = queries.get_school_row(session, school.id).path
    record_audit(session, actor=actor, verb=verb, object_type="school", object_id=school.code, place=place, data=data)


# ---- Today's row ----


def refresh_school_path(session: Session, school: School, today: date) -> None:
    """Rewrite the row that says where a school hangs today; nothing but this writes it."""
    rows = queries.placements_of(session, [school.id])[school.id]
    held = in_force(rows, today)
    row = held or next((row for row in rows if row.valid_from > today), rows[-1])
    area, authority = (session.get_one(Unit, unit_id) for unit_id in (row.area_unit_id, row.authority_unit_id))
    values = {
        "school_id": school.id,
        "code": school.code,
        "path": school_path(authority.path, school.id),
        "area_path": school_path(area.path, school.id),
        "area_unit_id": area.id,
        "authority_unit_id": authority.id,
        "placement_id": row.id,
        "name": row.name,
        "name_key": sort_key(row.name),
        "search_name": search_key(f"{row.name} {school.code} {row.ministry_code or ''}")[:260],
        "grades": row.grades,
        "kind": row.kind,
        "status": row.status if held else SchoolStatus.PLANNED,
        "next_change_on": next_change(rows, today),
    }
    session.execute(queries.WRITE_SCHOOL_PATH, values)
    known = session.get(SchoolPath, school.id)
    if known is not None:
        session.refresh(known)


def refresh_due_paths(session: Session, today: date) -> int:
    """Rewrite the rows of the schools whose dated change has come (the worker, every day); returns how many."""
    due = queries.list_schools_changing(session, today)
    for school_id in due:
        school = session.get(School, school_id)
        if school is None:
            raise NotFound
        refresh_school_path(session, school, today)
    return len(due)
