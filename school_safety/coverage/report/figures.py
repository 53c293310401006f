"""The coverage of one area on one day: one frozen object behind page, JSON, CSV, XLSX, table and command line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from school_safety.access.policy import Place, Reach
from school_safety.coverage import queries
from school_safety.coverage.queries import Area
from school_safety.coverage.report.entries import Entry, definition, list_entries, share_words
from school_safety.coverage.report.schools import SchoolRow, school_rows, strand_tally
from school_safety.coverage.rules import (
    Definition,
    Phase,
    Tally,
    phase,
    reference_date,
    shows_share,
)
from school_safety.curriculum.rules import Strand
from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.planning.models import Target
from school_safety.planning.queries import list_standings, list_targets_in_force
from school_safety.registry.models import AcademicYear
from school_safety.registry.queries import list_placements
from school_safety.registry.rules import UnitKind, YearDates, is_below

BORDERS = "then"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A commune below the area: its counts per strand; `shares` as printed, None where it is too small for one."""

    area: Area
    tallies: Mapping[Strand, Tally]
    shares: Mapping[Strand, str | None]

    @property
    def is_small(self) -> bool:
        """Too few schools for any share."""
        return not any(self.shares.values())


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """Both indicators of an area, with every school behind them and the rules they were counted by.

    Attributes:
        as_of: the day asked for; `counted_on`: the day on which schools are counted, at the latest the year's last.
        schools: the schools of the area within the viewer's reach, counted or not.
        known: how many schools the area's denominator has, whoever is looking.
        lapsed: the last target of an indicator and scope that has none in force any more.
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
    lapsed: tuple[Target, ...]
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
    targets = list_targets_in_force(session, on)
    seen = tuple(row for row in mine if is_below(row.area_path, here.path))
    return CoverageReport(
        area=here,
        year=year.code,
        as_of=as_of,
        counted_on=on,
        phase=phase(dates, as_of),
        borders=BORDERS,
        definition=definition(),
        entries=tuple(list_entries(seen, targets)),
        lapsed=tuple(_lapsed(queries.list_lapsed_targets(session, on), targets)),
        schools=seen,
        areas=tuple(_area_rows(areas, here, seen)),
        known=sum(row.counts for row in rows if is_below(row.area_path, here.path)),
        live=is_live(as_of),
        made_at=clock.now(),
    )


def _lapsed(past: Iterable[Target], in_force: Iterable[Target]) -> Iterable[Target]:
    known = {(target.indicator, target.scope) for target in in_force}
    for target in past:
        if (target.indicator, target.scope) not in known:
            known.add((target.indicator, target.scope))
            yield target


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
