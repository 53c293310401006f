"""Reads the definition of the figures from `config/indicators.toml`."""

import tomllib
from datetime import date
from pathlib import Path

from school_safety.coverage.rules import Definition, IndicatorDefinition
from school_safety.curriculum.rules import Strand
from school_safety.planning.rules import Grade
from school_safety.registry.rules import SchoolKind

PATH = Path(__file__).resolve().parent.parent.parent / "config" / "indicators.toml"


class DefinitionError(ValueError):
    """The definition file is not what this version of the code understands; the message names the place."""


def read_definition(text: str) -> Definition:
    """The definition that the text holds. Raises DefinitionError."""
    try:
        data = tomllib.loads(text)
        eligibility, display = data["eligibility"], data["display"]
        if eligibility["counts_when_opened_by"] not in ("second_term_start", "year_end"):
            raise ValueError("eligibility.counts_when_opened_by")
        return Definition(
            id=str(data["id"]),
            version=str(data["version"]),
            valid_from=_day(data["valid_from"]),
            indicators=tuple(
                IndicatorDefinition(str(row["code"]), Strand(row["strand"]), Grade[row["headline"]])
                for row in data["indicator"]
            ),
            reported_apart=frozenset(SchoolKind(kind) for kind in eligibility["reported_apart"]),
            late_counts_next_year=eligibility["counts_when_opened_by"] == "second_term_start",
            small_area=int(display["small_area"]),
            decimals=int(display["decimals"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise DefinitionError(f"{PATH.name}: {error}") from error


def load_definition() -> Definition:
    """The definition in force. Raises DefinitionError."""
    return read_definition(PATH.read_text(encoding="utf-8"))


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("valid_from is no date")
    return value
