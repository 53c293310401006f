"""Coverage in integers: which schools count, the evidence ladder as counts, and the verdict against a target.

Source of every definition: `config/indicators.toml` for the parameters, the school year's decision for the dates, the
department's plans for the targets. No floating point anywhere: 84 of 105 is exactly 80 % and not above it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from school_safety.curriculum.rules import Strand
from school_safety.planning.rules import Comparator, Grade
from school_safety.registry.rules import SchoolKind, SchoolStatus, YearDates, grades_of

# ---- Which schools count ----


class Exclusion(StrEnum):
    """Why a school that the registry knows is not in the denominator."""

    PLANNED = "planned"
    CLOSED = "closed"
    MERGED = "merged"
    CENTRE = "centre"
    PRIMARY_ONLY = "primary_only"
    SUSPENDED = "suspended"
    OPENED_LATE = "opened_late"


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """One indicator: its stable code, the strand it counts, the grade that its verdict stands on."""

    code: str
    strand: Strand
    headline: Grade


@dataclass(frozen=True, slots=True)
class Definition:
    """The parameters of the figures, by version.

    Attributes:
        late_counts_next_year: a school opened after the second term's first day waits for the next year.
        reported_apart: kinds of school outside the ratio.
        small_area: areas with fewer eligible schools show no share.
        decimals: how many decimals a share starts with.
    """

    id: str
    version: str
    valid_from: date
    indicators: tuple[IndicatorDefinition, ...]
    reported_apart: frozenset[SchoolKind]
    late_counts_next_year: bool = True
    small_area: int = 5
    decimals: int = 1

    @property
    def name(self) -> str:
        """How files name it: `coverage 1.0.0`."""
        return f"{self.id} {self.version}"


@dataclass(frozen=True, slots=True)
class Presence:
    """What the registry knows of a school on the reference date.

    Attributes:
        since: first day of its present status; None while it is planned.
        opened_on: first day it was ever open; None while it is planned.
        merged: its end was a merger into another school.
        succeeds: it came out of a merger or split, so that its own late first day does not count against it.
    """

    kind: SchoolKind
    grades: int
    status: SchoolStatus
    since: date | None
    opened_on: date | None
    merged: bool = False
    succeeds: bool = False


def exclusion(school: Presence, year: YearDates, definition: Definition) -> Exclusion | None:
    """Why the school is not in the denominator of this year, or None when it is; the first reason that applies."""
    if school.status is SchoolStatus.PLANNED:
        return Exclusion.PLANNED
    if school.status is SchoolStatus.CLOSED:
        return Exclusion.MERGED if school.merged else Exclusion.CLOSED
    if school.kind in definition.reported_apart:
        return Exclusion.CENTRE
    if not grades_of(school.grades):
        return Exclusion.PRIMARY_ONLY
    if school.status is SchoolStatus.SUSPENDED and school.since is not None and school.since <= year.starts_on:
        return Exclusion.SUSPENDED
    if definition.late_counts_next_year and _opened_late(school, year):
        return Exclusion.OPENED_LATE
    return None


def _opened_late(school: Presence, year: YearDates) -> bool:
    return school.opened_on is not None and school.opened_on > year.second_term_starts_on and not school.succeeds


class Phase(StrEnum):
    """Whether the year still runs (figures are provisional) or has ended."""

    IN_YEAR = "in_year"
    CLOSED = "closed"


def reference_date(year: YearDates, as_of: date) -> date:
    """The day on which schools are counted: the as-of day, at the latest the last day of the school year."""
    return min(as_of, year.ends_on)


def phase(year: YearDates, as_of: date) -> Phase:
    """In the year until its last day has passed."""
    return Phase.CLOSED if as_of > year.ends_on else Phase.IN_YEAR


# ---- The ladder as counts ----


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of schools over one denominator; grades are cumulative: G1 ≥ G2 ≥ G3 ≥ G4. Counts add up, shares never."""

    denominator: int = 0
    excluded: int = 0
    unknown: int = 0
    g1: int = 0
    g2: int = 0
    g3: int = 0
    g4: int = 0

    def __add__(self, other: Self) -> "Tally":
        """Both areas together."""
        return Tally(
            self.denominator + other.denominator,
            self.excluded + other.excluded,
            self.unknown + other.unknown,
            self.g1 + other.g1,
            self.g2 + other.g2,
            self.g3 + other.g3,
            self.g4 + other.g4,
        )

    def at_least(self, grade: Grade) -> int:
        """How many schools stand at this grade or above; G1 to G4 only."""
        return {Grade.G1: self.g1, Grade.G2: self.g2, Grade.G3: self.g3, Grade.G4: self.g4}[grade]


EXCLUDED = Tally(excluded=1)


def count_school(grade: Grade) -> Tally:
    """One eligible school as counts."""
    return Tally(
        denominator=1,
        unknown=int(grade is Grade.UNKNOWN),
        g1=int(grade >= Grade.G1),
        g2=int(grade >= Grade.G2),
        g3=int(grade >= Grade.G3),
        g4=int(grade >= Grade.G4),
    )


def tally(grades: Iterable[Grade | None]) -> Tally:
    """The counts of many schools; None stands for one that is excluded."""
    return sum((EXCLUDED if grade is None else count_school(grade) for grade in grades), Tally())


# ---- The verdict ----


class Verdict(StrEnum):
    """What the counts say of the target."""

    MET = "met"
    NOT_MET = "not_met"
    NO_TARGET = "no_target"
    NO_DENOMINATOR = "no_denominator"


@dataclass(frozen=True, slots=True)
class Threshold:
    """“Trên 80 %” is `>` 80, “từ 80 % trở lên” is `>=` 80; per cent is a whole number."""

    comparator: Comparator
    percent: int

    def is_met(self, numerator: int, denominator: int) -> bool:
        """Whether the share meets the target, in integers; the denominator is above 0."""
        if self.comparator is Comparator.GT:
            return 100 * numerator > self.percent * denominator
        return 100 * numerator >= self.percent * denominator

    def smallest_met(self, denominator: int) -> int:
        """The smallest numerator that meets the target; above the denominator when none does."""
        if self.comparator is Comparator.GT:
            return self.percent * denominator // 100 + 1
        return -(-self.percent * denominator // 100)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, whether schools not heard from could still change it, and how far it is from the border.

    Attributes:
        needed: further schools that would make it met, 0 when it is met; None without a target or denominator.
        spare: schools that could be lost and it would still be met; None unless it is met.
        least: the smallest numerator that meets the target; None without a target or denominator.
    """

    verdict: Verdict
    settled: bool = True
    needed: int | None = None
    spare: int | None = None
    least: int | None = None


def judge(numerator: int, unknown: int, denominator: int, threshold: Threshold | None) -> Judged:
    """The verdict by the numerator; *not met* is settled when the unknown schools could not change it, *met* always."""
    if denominator == 0:
        return Judged(Verdict.NO_DENOMINATOR)
    if threshold is None:
        return Judged(Verdict.NO_TARGET)
    least = threshold.smallest_met(denominator)
    if threshold.is_met(numerator, denominator):
        return Judged(Verdict.MET, True, 0, numerator - least, least)
    settled = not threshold.is_met(numerator + unknown, denominator)
    return Judged(Verdict.NOT_MET, settled, least - numerator, None, least)


# ---- What is shown ----


@dataclass(frozen=True, slots=True)
class Shown:
    """A share as it is printed: `units` of 10^-decimals per cent, so 800 with one decimal is 80,0 %."""

    units: int
    decimals: int


def shown_share(numerator: int, denominator: int, percent: int | None = None, decimals: int = 1) -> Shown | None:
    """The share rounded half up, with as many decimals as it takes not to contradict the target; None over nothing.

    Below, at and above the target are three values: what is printed falls on the same side as the truth.
    """
    if denominator == 0:
        return None
    while True:
        scale = 10**decimals
        units = (2 * 100 * numerator * scale + denominator) // (2 * denominator)
        if percent is None or _sign(units - percent * scale) == _sign(100 * numerator - percent * denominator):
            return Shown(units, decimals)
        decimals += 1


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def shows_share(denominator: int, definition: Definition) -> bool:
    """Whether an area is large enough for a share, a class or a comparison."""
    return denominator >= definition.small_area
