"""What a unit, a school and a school year are: codes, dates in force, paths of the authority tree, grades taught."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

SECONDARY_GRADES = range(6, 13)


class Tree(StrEnum):
    """Which tree a unit stands in: geography (maps and tables) or managing authority (permissions)."""

    AREA = "area"
    AUTHORITY = "authority"


class UnitKind(StrEnum):
    """What a unit is; each kind belongs to one tree, but for the province, which is the root of both."""

    PROVINCE = "province"
    COMMUNE = "commune"
    DEPARTMENT = "department"
    COMMITTEE = "committee"


class SchoolKind(StrEnum):
    """The legal kind of a school; its grades stand beside it, since a boarding school may have either level."""

    THCS = "thcs"
    TH_THCS = "th_thcs"
    THPT = "thpt"
    THCS_THPT = "thcs_thpt"
    TH_THCS_THPT = "th_thcs_thpt"
    BOARDING = "boarding"
    PRIMARY = "primary"
    CENTRE = "centre"
    COLLEGE = "college"


class SchoolStatus(StrEnum):
    """Whether a school operates; `planned` is computed for one whose first placement is still to come, never stored."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    PLANNED = "planned"


class LineageKind(StrEnum):
    """What became of what: the source went into, or gave part of itself to, or came back as the target."""

    MERGE = "merge"
    SPLIT = "split"
    REOPEN = "reopen"


class ImportKind(StrEnum):
    """What an uploaded file holds."""

    REGISTRY = "registry"
    STAFF = "staff"
    CLASS_LIST = "class_list"


class RegistryProblem(StrEnum):
    """Why a change to units, schools or years is refused."""

    CODE_TAKEN = "code_taken"
    CODE_SHAPE = "code_shape"
    NAME_MISSING = "name_missing"
    WRONG_PARENT = "wrong_parent"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_CLOSED = "unit_closed"
    UNIT_IN_USE = "unit_in_use"
    WRONG_TREE = "wrong_tree"
    SCHOOL_UNKNOWN = "school_unknown"
    SAME_SCHOOL = "same_school"
    ALREADY_CLOSED = "already_closed"
    NOT_CLOSED = "not_closed"
    GRADES_MISSING = "grades_missing"
    BEFORE_FIRST_DAY = "before_first_day"
    NOTHING_CHANGED = "nothing_changed"
    ENDS_BEFORE_START = "ends_before_start"
    TERM_OUTSIDE_YEAR = "term_outside_year"
    YEARS_OVERLAP = "years_overlap"
    YEAR_CODE = "year_code"


class ImportProblem(StrEnum):
    """What can be wrong with a file of units and schools, or with one row of it."""

    NO_HEADER = "registry_no_header"
    LEGACY_FONT = "legacy_font"
    CODE_SHAPE = "code_shape"
    NAME_MISSING = "name_missing"
    DATE_SHAPE = "date_shape"
    KIND_UNKNOWN = "kind_unknown"
    GRADES_SHAPE = "grades_shape"
    COMMUNE_MISSING = "commune_missing"
    COMMUNE_UNKNOWN = "commune_unknown"
    AUTHORITY_UNKNOWN = "authority_unknown"
    STATUS_UNKNOWN = "status_unknown"
    CODE_TWICE = "code_twice"
    NO_PROVINCE = "no_province"
    KIND_DIFFERS = "kind_differs"


# ---- Dates ----


class Dated(Protocol):
    """Anything in force from a first day up to, but not including, a last one (None: without end)."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


def is_in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Half-open interval: in force on its first day, no longer on the day it names as its end."""
    return valid_from <= on and (valid_to is None or on < valid_to)


D = TypeVar("D", bound=Dated)


def in_force(rows: Sequence[D], on: date) -> D | None:
    """The row that holds on a day: the latest begun of those in force; among equals the one recorded last.

    A deed with an end (a suspension until a date) falls back, after that end, to what held before it.
    """
    holding = [row for row in rows if is_in_force(row.valid_from, row.valid_to, on)]
    return max(enumerate(holding), key=lambda pair: (pair[1].valid_from, pair[0]))[1] if holding else None


def next_change(rows: Iterable[Dated], after: date) -> date | None:
    """The first day after `after` on which something begins or ends, or None."""
    days = {row.valid_from for row in rows} | {row.valid_to for row in rows if row.valid_to}
    return min((day for day in days if day > after), default=None)


# ---- Paths of the authority tree ----


def unit_path(parent_path: str | None, unit_id: int) -> str:
    """`/1/` for a root, `/1/12/` for its child."""
    return f"{parent_path or '/'}{unit_id}/"


def school_path(authority_path: str, school_id: int) -> str:
    """A school is a leaf below its managing authority: `/1/12/s7/`."""
    return f"{authority_path}s{school_id}/"


def path_range(path: str) -> tuple[str, str]:
    """The half-open range that holds a path and all below it: `/1/12/` to `/1/120`, since `0` follows `/`."""
    return path, path[:-1] + "0"


def is_below(path: str, ancestor: str) -> bool:
    """Whether `path` is `ancestor` or lies below it."""
    low, high = path_range(ancestor)
    return low <= path < high


PARENTS: dict[tuple[Tree, UnitKind], UnitKind | None] = {
    (Tree.AREA, UnitKind.PROVINCE): None,
    (Tree.AREA, UnitKind.COMMUNE): UnitKind.PROVINCE,
    (Tree.AUTHORITY, UnitKind.PROVINCE): None,
    (Tree.AUTHORITY, UnitKind.DEPARTMENT): UnitKind.PROVINCE,
    (Tree.AUTHORITY, UnitKind.COMMITTEE): UnitKind.PROVINCE,
}


def parent_problem(tree: Tree, kind: UnitKind, parent: UnitKind | None) -> RegistryProblem | None:
    """A commune stands below the area's province; committees and the department below the authority's."""
    if (tree, kind) not in PARENTS:
        return RegistryProblem.WRONG_TREE
    return None if PARENTS[tree, kind] == parent else RegistryProblem.WRONG_PARENT


# ---- Grades and levels ----

GRADES_OF_KIND: dict[SchoolKind, range] = {
    SchoolKind.THCS: range(6, 10),
    SchoolKind.TH_THCS: range(6, 10),
    SchoolKind.THPT: range(10, 13),
    SchoolKind.THCS_THPT: range(6, 13),
    SchoolKind.TH_THCS_THPT: range(6, 13),
    SchoolKind.BOARDING: range(6, 13),
    SchoolKind.PRIMARY: range(0),
    SchoolKind.CENTRE: range(0),
    SchoolKind.COLLEGE: range(0),
}


def grade_mask(grades: Iterable[int]) -> int:
    """Secondary grades as bits, `1 << grade`; grades below 6 are not our matter and are left out."""
    return sum(1 << grade for grade in set(grades) if grade in SECONDARY_GRADES)


def grades_of(mask: int) -> tuple[int, ...]:
    """The grades of a mask, in order."""
    return tuple(grade for grade in SECONDARY_GRADES if mask & 1 << grade)


def grades_of_kind(kind: SchoolKind) -> int:
    """The mask of the grades that a kind of school teaches unless its own deed says otherwise."""
    return grade_mask(GRADES_OF_KIND[kind])


def needs_grades(kind: SchoolKind) -> bool:
    """Whether a school of this kind must teach at least one secondary grade to make sense."""
    return len(GRADES_OF_KIND[kind]) > 0


def is_under_department(grades: int) -> bool:
    """The highest level decides who manages: any upper secondary grade puts a school under the department."""
    return any(grade >= 10 for grade in grades_of(grades))


# ---- School years ----


@dataclass(frozen=True, slots=True)
class YearDates:
    """The days of one school year, both ends included."""

    starts_on: date
    second_term_starts_on: date
    ends_on: date


def year_code(starts_on: date) -> str:
    """`2026-2027` for a year that begins in 2026."""
    return f"{starts_on.year}-{starts_on.year + 1}"


def year_problem(code: str, dates: YearDates, others: Iterable[YearDates]) -> tuple[RegistryProblem, str] | None:
    """Why these dates cannot be a school year, and the field to blame; None when they can."""
    if dates.ends_on <= dates.starts_on:
        return RegistryProblem.ENDS_BEFORE_START, "ends_on"
    if not dates.starts_on < dates.second_term_starts_on <= dates.ends_on:
        return RegistryProblem.TERM_OUTSIDE_YEAR, "second_term_starts_on"
    if code != year_code(dates.starts_on):
        return RegistryProblem.YEAR_CODE, "code"
    for other in others:
        if dates.starts_on <= other.ends_on and other.starts_on <= dates.ends_on:
            return RegistryProblem.YEARS_OVERLAP, "starts_on"
    return None


# ---- Codes ----


def is_code(code: str) -> bool:
    """A code of a unit or school: 1 to 32 letters of the English alphabet, digits, dots and dashes, used in URLs."""
    return 0 < len(code) <= 32 and code.isascii() and code.replace("-", "").replace(".", "").isalnum()
