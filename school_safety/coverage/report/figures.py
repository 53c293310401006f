"""The coverage of one area on one day: one frozen object behind page, JSON, CSV, XLSX, table and command line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from school_safety.access.policy import Place, Reach
from school_safety.coverage import queries
from school_safety.coverage.queries import Area
from school_safety.coverage.readers import load_definition
from school_safety.coverage.report.schools import SchoolRow, school_rows, strand_tally
from school_safety.coverage.report.words import VERDICTS
from school_safety.coverage.rules import (
    Definition,
    IndicatorDefinition,
    Judged,
    Phase,
    Tally,
    Threshold,
    Verdict,
    judge,
    phase,
    reference_date,
    shown_share,
    shows_share,
)
from school_safety.curriculum.rules import Strand
from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.kit.i18n import format_number
from school_safety.planning.models import Target
from school_safety.planning.queries import list_standings, list_targets_in_force
from school_safety.planning.rules import Grade, TargetScope
from school_safety.registry.models import AcademicYear
from school_safety.registry.queries import list_placements
from school_safety.registry.rules import UnitKind, YearDates, is_below

BORDERS = "then"
LADDER = (Grade.G1, Grade.G2, Grade.G3, Grade.G4)


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator against one target in force, or against none."""

    code: str
    strand: Strand
    headline: Grade
    scope: TargetScope
    basis: str | None
    threshold: Threshold | None
    tally: Tally
    judged: Judged
    display: str

    @property
    def numerator(self) -> int:
        """Schools at the headline grade or above."""
        return self.tally.at_least(self.headline)

    @property
    def best(self) -> int:
        """The numerator if every school not heard from counted."""
        return self.numerator + self.tally.unknown

    @property
    def is_small(self) -> bool:
        """Too few schools for a share or a verdict on the page: counts only."""
        return not shows_share(self.tally.denominator, definition())

    def as_json(self) -> dict[str, Any]:
        """The entry as scripts rely on it."""
        return {
            "code": self.code,
            "strand": str(self.strand),
            "scope": str(self.scope),
            "basis": self.basis,
            "comparator": None if self.threshold is None else str(self.threshold.comparator),
            "target": None if self.threshold is None else self.threshold.percent,
            "denominator": self.tally.denominator,
            "excluded": self.tally.excluded,
            "unknown": self.tally.unknown,
            "grades": {grade.code: self.tally.at_least(grade) for grade in LADDER},
            "numerator": self.numerator,
            "display": self.display,
            "verdict": str(self.judged.verdict),
            "settled": self.judged.settled,
            "needed": self.judged.needed,
        }


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A commune below the area: its counts per strand; `shares` as printed, None where it is too small for one."""

    area: Area
    tallies: Mapping[Strand, Tally]
    shares: Mapping[Strand, str | None]


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """Both indicators of an area, with every school behind them and the rules they were counted by.

    Attributes:
        as_of: the day asked for; `counted_on`: the day on which schools are counted, at the latest the year's last.
        schools: the schools of the area within the viewer's reach, counted or not.
        known: how many schools the area's denominator has, whoever is looking.
        live: counted from today's standing rows; otherwise from the dated facts.
    """

    area: Area
    year: str
    as_of: date
    counted_on: date
    phase: Phase
    borders: str
    definition: Definition
    entries: tuple[Entry, ...]
    schools: tuple[SchoolRow, ...]
    areas: tuple[AreaRow, ...]
    known: int
    live: bool
    made_at: datetime

    @property
    def counted(self) -> tuple[SchoolRow, ...]:
        """The schools of the denominator."""
        return tuple(row for row in self.schools if row.counts)

    @property
    def excluded(self) -> tuple[SchoolRow, ...]:
        """The schools that are not counted, each with its reason."""
        return tuple(row for row in self.schools if not row.counts)

    @property
    def by_strand(self) -> dict[Strand, list[Entry]]:
        """The entries of each indicator, its first target leading."""
        found: dict[Strand, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.strand, []).append(entry)
        return found

    @property
    def year_words(self) -> str:
        """`2026–2027`."""
        return self.year.replace("-", "–")

    def tally(self, strand: Strand) -> Tally:
        """The counts of a strand over the whole area in reach."""
        return strand_tally(self.schools, strand)

    def as_json(self) -> dict[str, Any]:
        """The object of `flask coverage show --format json`."""
        return {
            "area": self.area.code,
            "year": self.year,
            "as_of": self.as_of.isoformat(),
            "phase": str(self.phase),
            "borders": self.borders,
            "definition": self.definition.name,
            "indicators": [entry.as_json() for entry in self.entries],
        }


@cache
def definition() -> Definition:
    """The definition in force, read once."""
    return load_definition()


def build_report(
    session: Session, *, year: AcademicYear, as_of: date, area: str | None = None, reach: Reach | None = None
) -> CoverageReport:
    """The coverage of an area as of a day; `reach` None sees every school.

    Without a code it is the province, or the one commune in which all schools of the reach lie. Today is counted from
    the standing rows, an earlier day from the dated facts. Raises NotFound for an unknown area.
    """
    dates = YearDates(year.starts_on, year.second_term_starts_on, year.ends_on)
    on = reference_date(dates, as_of)
    areas = queries.list_areas(session, on)
    rows = _judged_schools(session, year, dates, as_of, areas)
    mine = [row for row in rows if reach is None or reach.includes(Place(path=row.path))]
    here = queries.find_area(areas, area or (_only_commune(mine, areas) if len(mine) < len(rows) else None))
    seen = tuple(row for row in mine if is_below(row.area_path, here.path))
    return CoverageReport(
        area=here,
        year=year.code,
        as_of=as_of,
        counted_on=on,
        phase=phase(dates, as_of),
        borders=BORDERS,
        definition=definition(),
        entries=tuple(_entries(seen, list_targets_in_force(session, on))),
        schools=seen,
        areas=tuple(_area_rows(areas, here, seen)),
        known=sum(row.counts for row in rows if is_below(row.area_path, here.path)),
        live=is_live(as_of),
        made_at=clock.now(),
    )


def is_live(as_of: date) -> bool:
    """Whether a day is counted from the standing rows: today, not an earlier one."""
    return as_of >= clock.today()


def _judged_schools(
    session: Session, year: AcademicYear, dates: YearDates, as_of: date, areas: Iterable[Area]
) -> list[SchoolRow]:
    on = reference_date(dates, as_of)
    return school_rows(
        list_placements(session, on),
        list_standings(session, year=year, as_of=None if is_live(as_of) else as_of),
        queries.get_moves(session, on),
        year_id=year.id,
        dates=dates,
        definition=definition(),
        codes={each.id: each.code for each in areas},
    )


def _only_commune(rows: Iterable[SchoolRow], areas: Iterable[Area]) -> str | None:
    """The commune that holds every school somebody may see, if it is one: their natural page."""
    codes = {row.commune_code for row in rows}
    return codes.pop() if len(codes) == 1 and any(area.code in codes for area in areas) else None


def _entries(rows: tuple[SchoolRow, ...], targets: Iterable[Target]) -> Iterable[Entry]:
    by_scope = sorted(targets, key=lambda target: (target.scope is not TargetScope.PROVINCE, -target.percent))
    for indicator in definition().indicators:
        counts = strand_tally(rows, indicator.strand)
        mine = [target for target in by_scope if target.indicator == indicator.code]
        if not mine:
            yield _entry(indicator, counts, None)
        for target in mine:
            yield _entry(indicator, counts, target)


def _entry(indicator: IndicatorDefinition, counts: Tally, target: Target | None) -> Entry:
    threshold = None if target is None else Threshold(target.comparator, target.percent)
    judged = judge(counts.at_least(indicator.headline), counts.unknown, counts.denominator, threshold)
    return Entry(
        code=indicator.code,
        strand=indicator.strand,
        headline=indicator.headline,
        scope=TargetScope.PROVINCE if target is None else target.scope,
        basis=None if target is None else target.basis,
        threshold=threshold,
        tally=counts,
        judged=judged,
        display=display(counts.at_least(indicator.headline), counts.denominator, threshold),
    )


def display(numerator: int, denominator: int, threshold: Threshold | None = None) -> str:
    """The figure as printed: a share, two counts where the area is small, words where there is no school."""
    if denominator == 0:
        return str(VERDICTS[Verdict.NO_DENOMINATOR])
    if not shows_share(denominator, definition()):
        return f"{numerator}/{denominator}"
    return share_words(numerator, denominator, threshold)


def share_words(numerator: int, denominator: int, threshold: Threshold | None = None) -> str:
    """`80,0%`, with more decimals where one would contradict the target; nothing over nothing."""
    percent = None if threshold is None else threshold.percent
    shown = shown_share(numerator, denominator, percent, definition().decimals)
    return "" if shown is None else format_number(Decimal(shown.units).scaleb(-shown.decimals), shown.decimals) + "%"


def _area_rows(areas: Iterable[Area], here: Area, rows: Iterable[SchoolRow]) -> Iterable[AreaRow]:
    if here.kind is not UnitKind.PROVINCE:
        return
    inside: dict[str, list[SchoolRow]] = {}
    for row in rows:
        inside.setdefault(row.commune_code, []).append(row)
    for area in areas:
        if area.code in inside and area.kind is UnitKind.COMMUNE:
            yield _area_row(area, inside[area.code])


def _area_row(area: Area, rows: list[SchoolRow]) -> AreaRow:
    tallies, shares = {}, {}
    for indicator in definition().indicators:
        counts = strand_tally(rows, indicator.strand)
        tallies[indicator.strand] = counts
        large = shows_share(counts.denominator, definition())
        shares[indicator.strand] = (
            share_words(counts.at_least(indicator.headline), counts.denominator) if large else None
        )
    return AreaRow(area, tallies, shares)
