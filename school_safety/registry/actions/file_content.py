"""A read file of units and schools as plain JSON, for the draft that waits for its confirmation."""

from dataclasses import asdict
from datetime import date
from typing import Any

from school_safety.kit.sheets import CellProblem
from school_safety.registry.readers import RegistryFile, SchoolRow, UnitRow
from school_safety.registry.rules import SchoolKind, SchoolStatus, UnitKind


def registry_content(file: RegistryFile) -> dict[str, Any]:
    """A read file as plain JSON."""
    plain = asdict(file)
    for row in (*plain["units"], *plain["schools"]):
        row["valid_from"] = row["valid_from"].isoformat() if row["valid_from"] else None
    return plain


def registry_from(content: dict[str, Any]) -> RegistryFile:
    """The file that `registry_content` wrote; an emptied one has no rows."""
    units = [UnitRow(**{**_dated(row), "kind": UnitKind(row["kind"])}) for row in content.get("units", ())]
    schools = [
        SchoolRow(**{**_dated(row), "kind": SchoolKind(row["kind"]), "status": SchoolStatus(row["status"])})
        for row in content.get("schools", ())
    ]
    problems = tuple(CellProblem(**problem) for problem in content.get("problems", ()))
    return RegistryFile(tuple(units), tuple(schools), problems)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "valid_from": date.fromisoformat(row["valid_from"]) if row["valid_from"] else None}
