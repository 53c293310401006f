"""Files of units and schools into the registry: planned against what is there, written whole or not at all."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.kit.sheets import CellProblem
from school_safety.kit.text import search_key
from school_safety.registry import queries
from school_safety.registry.actions.drafts import check_draft, finish_draft
from school_safety.registry.actions.file_content import registry_from
from school_safety.registry.actions.schools import PlacementValues, add_school, change_placement, values_of
from school_safety.registry.actions.units import add_units, committee_code, committee_name, rename_unit
from school_safety.registry.models import ImportDraft, Placement, School, Unit
from school_safety.registry.readers import RegistryFile, SchoolRow, UnitRow
from school_safety.registry.rules import (
    ImportProblem,
    RegistryProblem,
    SchoolKind,
    UnitKind,
    in_force,
    is_under_department,
)

CHANGES = ("added", "changed", "same")


@dataclass(frozen=True, slots=True)
class RegistryStep:
    """What one row does (added, changed or same); `fields` names what differs."""

    change: str
    row: UnitRow | SchoolRow
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegistryPlan:
    """Everything a file would do to the registry, and what it cannot."""

    units: tuple[RegistryStep, ...]
    schools: tuple[RegistryStep, ...]
    refusals: tuple[CellProblem, ...]
    fingerprint: str

    @property
    def changes_nothing(self) -> bool:
        """Whether writing it would write nothing."""
        return all(step.change == "same" for step in (*self.units, *self.schools))

    def counts(self) -> dict[str, int]:
        """Rows by what they do: `units_added`, … `schools_same`."""
        counted = Counter(
            f"{what}_{step.change}"
            for what, steps in (("units", self.units), ("schools", self.schools))
            for step in steps
        )
        return {f"{what}_{change}": counted[f"{what}_{change}"] for what in ("units", "schools") for change in CHANGES}


# ---- Planning ----


def plan_registry(session: Session, *, file: RegistryFile, today: date) -> RegistryPlan:
    """What a file would do now; reads only."""
    planner = _Planner(session, file, today)
    units = [step for row in file.units if (step := planner.unit(row)) is not None]
    schools = [step for row in file.schools if (step := planner.school(row)) is not None]
    told = repr([(step.change, step.fields, step.row) for step in (*units, *schools)])
    return RegistryPlan(
        tuple(units), tuple(schools), tuple(planner.refusals), hashlib.sha256(told.encode()).hexdigest()
    )


class _Planner:
    """Looks everything up once, then judges row by row; units of the file count as there for its schools."""

    def __init__(self, session: Session, file: RegistryFile, today: date) -> None:
        self.session, self.today = session, today
        self.units = {unit.code: unit for unit in queries.list_units(session)}
        self.ids = {unit.id: unit for unit in self.units.values()}
        self.refusals: list[CellProblem] = []
        coming = [row for row in file.units if row.kind is UnitKind.COMMUNE]
        there = [unit for unit in self.units.values() if unit.kind is UnitKind.COMMUNE]
        self.communes = by_code_and_name([(row.code, row.name) for row in coming])
        self.communes |= by_code_and_name([(unit.code, unit.name) for unit in there])
        kinds = {row.kind for row in file.units} | {unit.kind for unit in self.units.values()}
        self.has_province, self.has_department = UnitKind.PROVINCE in kinds, UnitKind.DEPARTMENT in kinds
        known = queries.list_schools_by_codes(session, [row.code for row in file.schools])
        self.schools = known
        self.placements = queries.placements_of(session, [row.school_id for row in known.values()])

    def unit(self, row: UnitRow) -> RegistryStep | None:
        """What a row of a unit does, or None and a refusal."""
        there = self.units.get(row.code)
        if there is None and row.kind is not UnitKind.PROVINCE and not self.has_province:
            return self._refusal(row, ImportProblem.NO_PROVINCE)
        if there is not None and there.kind is not row.kind:
            return self._refusal(row, ImportProblem.KIND_DIFFERS)
        if there is None:
            return RegistryStep("added", row)
        return RegistryStep("changed", row, ("name",)) if there.name != row.name else RegistryStep("same", row)

    def school(self, row: SchoolRow) -> RegistryStep | None:
        """What a row of a school does, or None and a refusal."""
        commune = self.communes.get(search_key(row.commune))
        if commune is None:
            return self._refusal(row, ImportProblem.COMMUNE_UNKNOWN, place=row.commune)
        authority = authority_of(row, commune)
        if authority is None or (authority == DEPARTMENT and not self.has_department):
            return self._refusal(row, ImportProblem.AUTHORITY_UNKNOWN, place=row.authority)
        known = self.schools.get(row.code)
        if known is None:
            return RegistryStep("added", row)
        rows = self.placements[known.school_id]
        held = in_force(rows, row.valid_from or self.today) or rows[0]
        fields = self._differences(row, held, commune, authority)
        return RegistryStep("changed" if fields else "same", row, fields)

    def _differences(self, row: SchoolRow, held: Placement, commune: str, authority: str) -> tuple[str, ...]:
        manager = self.ids[held.authority_unit_id]
        is_same_manager = manager.kind is UnitKind.DEPARTMENT if authority == DEPARTMENT else manager.code == authority
        differs = {
            "name": held.name != row.name,
            "kind": held.kind is not row.kind,
            "grades": held.grades != row.grades,
            "status": held.status is not row.status,
            "commune": self.ids[held.area_unit_id].code != commune,
            "authority": not is_same_manager,
            "ministry_code": bool(row.ministry_code) and held.ministry_code != row.ministry_code,
        }
        return tuple(name for name, is_other in differs.items() if is_other)

    def _refusal(self, row: UnitRow | SchoolRow, code: ImportProblem, **params: str) -> RegistryStep | None:
        self.refusals.append(CellProblem(code, row.sheet, row.row, "", dict(params)))
        return None


DEPARTMENT = "department"
"""Stands for the department's unit, whatever its code."""


def by_code_and_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Codes by every way to name a commune: its code, its name, its name without xã, phường, đặc khu."""
    found: dict[str, str] = {}
    for code, name in pairs:
        key = search_key(name)
        for word in ("xa ", "phuong ", "dac khu "):
            found.setdefault(key.removeprefix(word), code)
        found.setdefault(key, code)
    return found | {search_key(code): code for code, _ in pairs}


def authority_of(row: SchoolRow, commune: str) -> str | None:
    """DEPARTMENT or the code of the commune's committee: as the file says, else as the highest grade says."""
    said = search_key(row.authority)
    if not said:
        below_department = is_under_department(row.grades) or row.kind in (SchoolKind.CENTRE, SchoolKind.COLLEGE)
        return DEPARTMENT if below_department else committee_code(commune)
    if said.startswith("so") or "so gd" in said or "so giao duc" in said:
        return DEPARTMENT
    return committee_code(commune) if said.startswith(("ubnd", "uy ban", "xa", "phuong")) else None


# ---- Writing ----


def import_registry(session: Session, *, actor: Viewer | None, plan: RegistryPlan, today: date) -> dict[str, int]:
    """Write a plan in one unit of work; returns rows by what they did. Raises Refused naming the row."""
    order = {UnitKind.PROVINCE: 0, UnitKind.DEPARTMENT: 1, UnitKind.COMMUNE: 2}
    for step in sorted(plan.units, key=lambda step: order[UnitKind(step.row.kind)]):
        if step.change != "same" and isinstance(step.row, UnitRow):
            with _locating(step.row.row):
                _write_unit(session, actor, step.row, step.change, today)
    units = {unit.code: unit for unit in queries.list_units(session)}
    communes = by_code_and_name([(unit.code, unit.name) for unit in units.values() if unit.kind is UnitKind.COMMUNE])
    for step in plan.schools:
        if step.change != "same" and isinstance(step.row, SchoolRow):
            commune = communes[search_key(step.row.commune)]
            values = _values(step.row, units, commune, today)
            with _locating(step.row.row):
                _write_school(session, actor, step.row.code, values, today)
    if not plan.changes_nothing:
        data: dict[str, Any] = plan.counts()
        record_audit(session, actor=actor, verb="registry.imported", object_type="registry", data=data)
    return plan.counts()


@contextmanager
def _locating(row: int) -> Iterator[None]:
    """A refusal inside the block is told with the row it belongs to."""
    try:
        yield
    except Refused as refused:
        raise Refused("registry_row", None, row=row, problem=refused.code) from refused


def _write_unit(session: Session, actor: Viewer | None, row: UnitRow, change: str, today: date) -> None:
    since = row.valid_from or today
    if change == "changed":
        for unit, name in _both_trees(session, row):
            rename_unit(
                session,
                actor=actor,
                unit=unit,
                name=name,
                valid_from=max(since, unit.valid_from),
                document=row.document,
            )
        return
    add_units(
        session,
        actor=actor,
        kind=row.kind,
        code=row.code,
        name=row.name,
        valid_from=since,
        document=row.document,
    )


def _both_trees(session: Session, row: UnitRow) -> list[tuple[Unit, str]]:
    unit = queries.get_unit(session, row.code)
    committee = queries.find_unit(session, committee_code(row.code))
    pairs = [(unit, row.name)]
    if committee is not None and committee.name != committee_name(row.name):
        pairs.append((committee, committee_name(row.name)))
    return pairs


def _values(row: SchoolRow, units: dict[str, Unit], commune: str, today: date) -> PlacementValues:
    authority = authority_of(row, commune)
    manager = next(
        unit
        for unit in units.values()
        if (unit.kind is UnitKind.DEPARTMENT if authority == DEPARTMENT else unit.code == authority)
    )
    return PlacementValues(
        name=row.name,
        kind=row.kind,
        grades=row.grades,
        area_unit_id=units[commune].id,
        authority_unit_id=manager.id,
        valid_from=row.valid_from or today,
        status=row.status,
        ministry_code=row.ministry_code or None,
        document=row.document,
    )


def _write_school(session: Session, actor: Viewer | None, code: str, values: PlacementValues, today: date) -> None:
    school = queries.find_school(session, code)
    if school is None:
        add_school(session, actor=actor, code=code, values=values, today=today)
        return
    held = _held(session, school, values.valid_from)
    kept = replace(values, ministry_code=values.ministry_code or held.ministry_code)
    change_placement(session, actor=actor, school=school, values=kept, today=today)


def _held(session: Session, school: School, on: date) -> PlacementValues:
    rows = queries.placements_of(session, [school.id])[school.id]
    held = in_force(rows, on)
    if held is None:
        raise Refused(RegistryProblem.BEFORE_FIRST_DAY, "valid_from")
    return values_of(held)


def confirm_registry(
    session: Session, *, actor: Viewer, draft: ImportDraft, seen: str, today: date, now: datetime
) -> dict[str, int]:
    """Write a file that was looked at; raises Refused, or Conflict when it would now do something else."""
    plan = plan_registry(session, file=registry_from(draft.content), today=today)
    check_draft(draft, now=now, seen=seen, planned=plan.fingerprint)
    done = import_registry(session, actor=actor, plan=plan, today=today)
    finish_draft(session, draft, now=now, result=done)
    return done
