"""Where schools stand: today's standing rows, and the same from the dated facts of any day; a SQL twin of the grade."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from school_safety.curriculum.rules import STRAND_ELEMENTS, Strand, element_mask, strands_of
from school_safety.kit import clock
from school_safety.kit.db import insert_ignore, upsert
from school_safety.planning.models import (
    Answer,
    Declaration,
    Delivery,
    Evidence,
    Programme,
    ProgrammeRevision,
    ProgrammeStrand,
    RevisionStrand,
    SupervisorMark,
    Verification,
)
from school_safety.planning.rules import Decision, Grade, MarkKind, StrandFacts, no_facts
from school_safety.registry.models import AcademicYear

_KEYS = ("year_id", "school_id", "strand")
_FACTS = (
    *("declared", "withdrawn", "revision", "elements", "grades"),
    *("complete", "returned", "recorded", "evidenced", "accepted"),
)
ENSURE_STANDING = insert_ignore(ProgrammeStrand, keys=_KEYS)
WRITE_STANDING = upsert(ProgrammeStrand, keys=_KEYS, update=_FACTS)


def list_standings(session: Session, *, year: AcademicYear, as_of: date | None = None) -> list[StrandFacts]:
    """The facts of every school that has any: today's standing rows, or what was known and true at the end of `as_of`.

    Schools without a row have `rules.no_facts`. One statement a table; the order is by school, then strand.
    """
    if as_of is not None:
        return standings_from_facts(session, year=year, as_of=as_of)
    rows = session.scalars(_rows().where(ProgrammeStrand.year_id == year.id))
    return sorted((facts_of(row) for row in rows), key=_order)


def find_standings(session: Session, *, school_id: int, year: AcademicYear) -> dict[Strand, StrandFacts]:
    """Today's facts of one school for both strands."""
    wanted = _rows().where(ProgrammeStrand.school_id == school_id, ProgrammeStrand.year_id == year.id)
    rows = session.scalars(wanted)
    known = {row.strand: facts_of(row) for row in rows}
    return {strand: known.get(strand, no_facts(school_id, year.id, strand)) for strand in Strand}


def _rows() -> Select[ProgrammeStrand]:
    """Standing rows, read afresh: they are written past the session's memory."""
    return select(ProgrammeStrand).execution_options(populate_existing=True)


def lock_standings(session: Session, *, school_id: int, year_id: int) -> None:
    """Hold the standing rows of a school until the commit, so that two writers cannot each miss the other's fact."""
    session.execute(
        select(ProgrammeStrand.id)
        .where(ProgrammeStrand.school_id == school_id, ProgrammeStrand.year_id == year_id)
        .order_by(ProgrammeStrand.strand)
        .with_for_update()
    )


def facts_of(row: ProgrammeStrand) -> StrandFacts:
    """A standing row as a value."""
    return StrandFacts(row.school_id, row.year_id, row.strand, **{name: getattr(row, name) for name in _FACTS})


def _order(facts: StrandFacts) -> tuple[int, str]:
    return facts.school_id, facts.strand


# ---- From the dated facts ----


@dataclass(slots=True)
class _Ledger:
    """The facts of all schools while they are being added up."""

    year_id: int
    facts: dict[tuple[int, Strand], StrandFacts] = field(default_factory=dict)

    def note(self, school_id: int, strand: Strand, **found: Any) -> None:
        key = (school_id, strand)
        self.facts[key] = replace(self.facts.get(key) or no_facts(school_id, self.year_id, strand), **found)

    def count(self, school_id: int, strand: Strand, recorded: int, evidenced: int, accepted: int) -> None:
        now = self.facts.get((school_id, strand)) or no_facts(school_id, self.year_id, strand)
        self.note(
            school_id,
            strand,
            recorded=now.recorded + recorded,
            evidenced=now.evidenced + evidenced,
            accepted=now.accepted + accepted,
        )


def standings_from_facts(
    session: Session, *, year: AcademicYear, as_of: date | None = None, school_id: int | None = None
) -> list[StrandFacts]:
    """What the append-only rows say, recorded by the end of `as_of` (None: all); one school or all that have any."""
    until = None if as_of is None else clock.at_local(as_of + timedelta(days=1))
    ledger = _Ledger(year.id)
    for row in session.execute(_declarations(year.id, until, school_id)):
        ledger.note(
            row.school_id, row.strand, declared=row.answer is Answer.YES, withdrawn=row.answer is Answer.WITHDRAWN
        )
    for row in session.execute(_revisions(year.id, until, school_id)):
        ledger.note(
            row.school_id,
            row.strand,
            revision=row.number,
            elements=row.elements,
            grades=row.grades,
            complete=row.complete,
        )
    for row in session.execute(_returns(year.id, until, school_id)):
        for strand in [row.strand] if row.strand else Strand:
            ledger.note(row.school_id, strand, returned=row.failing)
    for row in session.execute(_deliveries(year.id, until, as_of, school_id)):
        for strand in strands_of(row.elements):
            ledger.count(row.school_id, strand, row.recorded, row.evidenced, row.accepted)
    return sorted(ledger.facts.values(), key=_order)


Moment = InstrumentedAttribute[datetime]


def _known(moment: Moment, until: datetime | None) -> Iterable[ColumnElement[bool]]:
    return () if until is None else (moment < until,)


def _of_school(column: InstrumentedAttribute[int], school_id: int | None) -> Iterable[ColumnElement[bool]]:
    return () if school_id is None else (column == school_id,)


def _declarations(year_id: int, until: datetime | None, school_id: int | None) -> Select[Any]:
    """The last answer of each school and strand."""
    place = func.row_number().over(
        partition_by=(Declaration.school_id, Declaration.strand),
        order_by=(Declaration.recorded_at.desc(), Declaration.id.desc()),
    )
    ranked = (
        select(Declaration.school_id, Declaration.strand, Declaration.answer, place.label("place"))
        .where(Declaration.year_id == year_id, *_known(Declaration.recorded_at, until))
        .where(*_of_school(Declaration.school_id, school_id))
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1)


def _last_revisions(year_id: int, until: datetime | None, school_id: int | None) -> Any:
    place = func.row_number().over(
        partition_by=ProgrammeRevision.programme_id, order_by=ProgrammeRevision.number.desc()
    )
    return (
        select(ProgrammeRevision.id, Programme.school_id, ProgrammeRevision.number, place.label("place"))
        .join(Programme, Programme.id == ProgrammeRevision.programme_id)
        .where(Programme.year_id == year_id, *_known(ProgrammeRevision.published_at, until))
        .where(*_of_school(Programme.school_id, school_id))
        .subquery()
    )


def _revisions(year_id: int, until: datetime | None, school_id: int | None) -> Select[Any]:
    """The strands of each school's last published revision."""
    last = _last_revisions(year_id, until, school_id)
    return (
        select(
            last.c.school_id,
            last.c.number,
            RevisionStrand.strand,
            RevisionStrand.elements,
            RevisionStrand.grades,
            RevisionStrand.complete,
        )
        .join(RevisionStrand, RevisionStrand.revision_id == last.c.id)
        .where(last.c.place == 1)
    )


def _returns(year_id: int, until: datetime | None, school_id: int | None) -> Select[Any]:
    """The returns of those revisions that were not taken back, in order, so that the last one names the check."""
    last = _last_revisions(year_id, until, school_id)
    later = aliased(SupervisorMark)
    return (
        select(last.c.school_id, SupervisorMark.strand, SupervisorMark.failing)
        .join(SupervisorMark, SupervisorMark.revision_id == last.c.id)
        .where(last.c.place == 1, SupervisorMark.kind == MarkKind.RETURNED)
        .where(*_known(SupervisorMark.recorded_at, until))
        .where(~exists().where(later.supersedes == SupervisorMark.id, *_known(later.recorded_at, until)))
        .order_by(SupervisorMark.recorded_at, SupervisorMark.id)
    )


def _deliveries(year_id: int, until: datetime | None, on: date | None, school_id: int | None) -> Select[Any]:
    """Deliveries in force by school and elements: how many, how many evidenced, how many of these accepted."""
    live = _live_deliveries(year_id, until, on, school_id)
    last = _last_verifications(year_id, until)
    seen = case((last.c.decision == Decision.REJECTED, last.c.evidence_upto), else_=0)
    replaced = aliased(Evidence)
    evidenced = exists(
        select(Evidence.id)
        .where(Evidence.delivery_id == live.c.root, ~Evidence.withdrawn, *_known(Evidence.recorded_at, until))
        .where(Evidence.id > func.coalesce(seen, 0))
        .where(~exists().where(replaced.supersedes == Evidence.id, *_known(replaced.recorded_at, until)))
    )
    accepted = and_(evidenced, last.c.decision == Decision.ACCEPTED, last.c.delivery_id == live.c.id)
    each = (
        select(
            live.c.school_id,
            live.c.elements,
            case((evidenced, 1), else_=0).label("evidenced"),
            case((accepted, 1), else_=0).label("accepted"),
        )
        .outerjoin(last, and_(last.c.root == live.c.root, last.c.place == 1))
        .subquery()
    )
    return select(
        each.c.school_id,
        each.c.elements,
        func.count().label("recorded"),
        func.sum(each.c.evidenced).label("evidenced"),
        func.sum(each.c.accepted).label("accepted"),
    ).group_by(each.c.school_id, each.c.elements)


def _live_deliveries(year_id: int, until: datetime | None, on: date | None, school_id: int | None) -> Any:
    """The last version of each delivery that was not withdrawn."""
    later = aliased(Delivery)
    return (
        select(
            Delivery.id,
            Delivery.school_id,
            Delivery.elements,
            func.coalesce(Delivery.first_id, Delivery.id).label("root"),
        )
        .where(Delivery.year_id == year_id, ~Delivery.withdrawn, *_known(Delivery.recorded_at, until))
        .where(*_of_school(Delivery.school_id, school_id), *(() if on is None else (Delivery.taught_on <= on,)))
        .where(~exists().where(later.supersedes == Delivery.id, *_known(later.recorded_at, until)))
        .subquery()
    )


def _last_verifications(year_id: int, until: datetime | None) -> Any:
    root = func.coalesce(Delivery.first_id, Delivery.id)
    place = func.row_number().over(
        partition_by=root, order_by=(Verification.recorded_at.desc(), Verification.id.desc())
    )
    return (
        select(
            root.label("root"),
            Verification.delivery_id,
            Verification.decision,
            Verification.evidence_upto,
            place.label("place"),
        )
        .join(Delivery, Delivery.id == Verification.delivery_id)
        .where(Delivery.year_id == year_id, *_known(Verification.recorded_at, until))
        .subquery()
    )


# ---- The grade in SQL ----


def grade_case(levels: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[int]:
    """The SQL twin of `rules.strand_grade` over a standing row and the mask of grades in the column `levels`."""
    row = ProgrammeStrand
    covers = [
        and_(row.strand == strand, row.elements.bitwise_and(mask) == mask)
        for strand, mask in ((strand, element_mask(own)) for strand, own in STRAND_ELEMENTS.items())
    ]
    holds = and_(
        row.revision.is_not(None),
        row.returned.is_(None),
        row.complete,
        covers[0] | covers[1],
        levels.bitwise_and(row.grades) == levels,
    )
    return case(
        (row.declared.is_(None), int(Grade.UNKNOWN)),
        (~row.declared, int(Grade.G0)),
        (~holds, int(Grade.G1)),
        (row.evidenced == 0, int(Grade.G2)),
        (row.accepted == 0, int(Grade.G3)),
        else_=int(Grade.G4),
    )
