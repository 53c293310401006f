"""Every school that the registry knows, as coverage sees it on one day: in or out and why, and its grade per strand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from school_safety.coverage.queries import Moves
from school_safety.coverage.rules import Definition, Exclusion, Presence, Tally, exclusion, tally
from school_safety.curriculum.rules import Strand
from school_safety.kit.text import search_key, sort_key
from school_safety.planning.rules import Grade, Judgement, Reason, StrandFacts, judge, no_facts
from school_safety.registry.queries import PlacedSchool
from school_safety.registry.rules import SchoolKind, SchoolStatus, YearDates


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school: place, the reason why it is not counted if so, and its judgement in each strand.

    `since` and `document` are those of the placement in force: since when, and by which deed.
    """

    school_id: int
    code: str
    name: str
    name_key: str
    kind: SchoolKind
    grades: int
    path: str
    area_path: str
    commune: str
    commune_code: str
    since: date
    document: str
    excluded: Exclusion | None
    strands: Mapping[Strand, Judgement]

    def grade(self, strand: Strand) -> Grade:
        """The evidence grade in a strand."""
        return self.strands[strand].grade

    def reason(self, strand: Strand) -> Reason:
        """Why it stands at that grade and not one higher."""
        return self.strands[strand].reason

    @property
    def counts(self) -> bool:
        """Whether the school is in the denominator."""
        return self.excluded is None


def school_rows(
    placements: Iterable[PlacedSchool],
    facts: Iterable[StrandFacts],
    moves: Moves,
    *,
    year_id: int,
    dates: YearDates,
    definition: Definition,
    codes: Mapping[int, str],
) -> list[SchoolRow]:
    """All schools in Vietnamese order of their names, each judged by the same rules; `codes` names the areas by id."""
    known = {(fact.school_id, fact.strand): fact for fact in facts}
    rows = []
    for place in placements:
        judged = {strand: _judged(place, strand, known, year_id) for strand in Strand}
        excluded = exclusion(_presence(place, moves), dates, definition)
        rows.append(_school_row(place, judged, excluded, codes.get(place.commune_id, "")))
    return sorted(rows, key=lambda row: (row.name_key, row.code))


def _judged(
    place: PlacedSchool, strand: Strand, known: Mapping[tuple[int, Strand], StrandFacts], year_id: int
) -> Judgement:
    facts = known.get((place.school_id, strand)) or no_facts(place.school_id, year_id, strand)
    return judge(facts, place.grades)


def _presence(place: PlacedSchool, moves: Moves) -> Presence:
    return Presence(
        kind=place.kind,
        grades=place.grades,
        status=place.status,
        since=None if place.status is SchoolStatus.PLANNED else place.valid_from,
        opened_on=place.opened_on,
        merged=place.school_id in moves.merged,
        succeeds=place.school_id in moves.succeeding,
    )


def _school_row(
    place: PlacedSchool, judged: Mapping[Strand, Judgement], excluded: Exclusion | None, commune_code: str
) -> SchoolRow:
    return SchoolRow(
        school_id=place.school_id,
        code=place.code,
        name=place.name,
        name_key=place.name_key,
        kind=place.kind,
        grades=place.grades,
        path=place.path,
        area_path=place.area_path,
        commune=place.commune_name,
        commune_code=commune_code,
        since=place.valid_from,
        document=place.document,
        excluded=excluded,
        strands=judged,
    )


def strand_tally(rows: Iterable[SchoolRow], strand: Strand) -> Tally:
    """The counts of these schools in one strand."""
    return tally(row.grade(strand) if row.counts else None for row in rows)


# ---- The list of schools ----


class Show(StrEnum):
    """Which schools a list shows, for one strand; a grade means that grade or above."""

    MISSING = "missing"
    ALL = "all"
    G1 = "G1"
    G2 = "G2"
    G3 = "G3"
    G4 = "G4"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"


class Sort(StrEnum):
    """The order of a list of schools."""

    NEAR = "near"
    NAME = "name"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class SchoolFilter:
    """What a reader of the list asked for; `q` is compared without case and diacritics."""

    strand: Strand = Strand.ONLINE_SAFETY
    show: Show = Show.MISSING
    sort: Sort = Sort.NEAR
    area: str = ""
    q: str = ""


def select_schools(rows: Iterable[SchoolRow], wanted: SchoolFilter, headline: Grade = Grade.G3) -> list[SchoolRow]:
    """The schools asked for, in the order asked for; missing means counted and below the headline grade."""
    words = search_key(wanted.q)
    found = [
        row
        for row in rows
        if _is_shown(row, wanted, headline)
        and (not wanted.area or row.commune_code == wanted.area)
        and (not words or words in search_key(f"{row.name} {row.code} {row.commune}"))
    ]
    return sorted(found, key=lambda row: _order(row, wanted))


def _is_shown(row: SchoolRow, wanted: SchoolFilter, headline: Grade) -> bool:
    if wanted.show is Show.EXCLUDED:
        return not row.counts
    grade = row.grade(wanted.strand)
    if wanted.show is Show.MISSING:
        return row.counts and grade < headline
    if wanted.show is Show.UNKNOWN:
        return row.counts and grade is Grade.UNKNOWN
    return row.counts and (wanted.show is Show.ALL or grade >= Grade[wanted.show])


def _order(row: SchoolRow, wanted: SchoolFilter) -> tuple[int, str, str]:
    """Nearest to the next grade first, by name, or by commune and name."""
    if wanted.sort is Sort.NEAR:
        return -row.grade(wanted.strand), row.name_key, row.code
    return 0, sort_key(row.commune) + row.name_key if wanted.sort is Sort.AREA else row.name_key, row.code
