"""Why one school stands where it stands: the chain from its grade down to each piece of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from school_safety.coverage import queries
from school_safety.coverage.report.entries import definition
from school_safety.coverage.report.schools import SchoolRow, school_rows
from school_safety.coverage.rules import reference_date
from school_safety.curriculum.rules import Strand, strands_of
from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.planning.models import Declaration, ProgrammeRevision, SupervisorMark
from school_safety.planning.queries import (
    DeliveryRow,
    find_declaration,
    find_programme,
    find_revision,
    find_standings,
    list_deliveries,
    list_marks,
    list_returns_in_force,
    standings_from_facts,
)
from school_safety.planning.rules import Grade
from school_safety.registry.models import AcademicYear, SchoolPath
from school_safety.registry.queries import get_placed
from school_safety.registry.rules import YearDates

STEPS = (Grade.G1, Grade.G2, Grade.G3, Grade.G4)


@dataclass(frozen=True, slots=True)
class SchoolChain:
    """One school in one year: its row as in the list, and the facts under each grade.

    `live`: the grades are today's; otherwise they are those of the day `as_of`, while the facts shown are today's.
    """

    row: SchoolRow
    definition: str
    year: str
    as_of: date
    live: bool
    declarations: Mapping[Strand, Declaration | None]
    revision: ProgrammeRevision | None
    marks: tuple[SupervisorMark, ...]
    deliveries: tuple[DeliveryRow, ...]

    @property
    def year_words(self) -> str:
        """`2026–2027`."""
        return self.year.replace("-", "–")

    @property
    def returned(self) -> SupervisorMark | None:
        """The last return of the published revision that is in force, if any."""
        return next(iter(list_returns_in_force(self.marks)), None)

    def delivered(self, strand: Strand) -> tuple[DeliveryRow, ...]:
        """The deliveries that bear on a strand."""
        return tuple(row for row in self.deliveries if strand in self.strands(row))

    def strands(self, delivered: DeliveryRow) -> list[Strand]:
        """The strands that a delivery bears on, in their order."""
        return [strand for strand in Strand if strand in strands_of(delivered.delivery.elements)]

    def reached(self, strand: Strand) -> Mapping[str, bool]:
        """For each step of the ladder, by its code, whether the school stands on it."""
        return {grade.code: self.row.grade(strand) >= grade for grade in STEPS}


def build_school(session: Session, *, school: SchoolPath, year: AcademicYear, as_of: date) -> SchoolChain:
    """The chain of one school as of a day. Raises NotFound when the school has no placement at all."""
    dates = YearDates(year.starts_on, year.second_term_starts_on, year.ends_on)
    on = reference_date(dates, as_of)
    live = as_of >= clock.today()
    facts = (
        find_standings(session, school_id=school.school_id, year=year).values()
        if live
        else standings_from_facts(session, year=year, as_of=as_of, school_id=school.school_id)
    )
    row = school_rows(
        [get_placed(session, school.school_id, on)],
        facts,
        queries.get_moves(session, on),
        year_id=year.id,
        dates=dates,
        definition=definition(),
        codes={area.id: area.code for area in queries.list_areas(session, on)},
    )[0]
    programme = find_programme(session, school.school_id, year.id)
    revision = None if programme is None else find_revision(session, programme.id)
    return SchoolChain(
        row=row,
        definition=definition().name,
        year=year.code,
        as_of=as_of,
        live=live,
        declarations={strand: find_declaration(session, school.school_id, year.id, strand) for strand in Strand},
        revision=revision,
        marks=() if revision is None else tuple(list_marks(session, revision.id)),
        deliveries=tuple(list_deliveries(session, school_id=school.school_id, year_id=year.id)),
    )
