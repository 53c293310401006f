"""Keeping the standing rows exactly in step with the facts they sum up."""

from dataclasses import asdict

from school_safety.curriculum.rules import Strand
from school_safety.kit.db import Session
from school_safety.planning import queries
from school_safety.planning.rules import no_facts
from school_safety.registry.models import AcademicYear


def refresh_standing(session: Session, *, school_id: int, year: AcademicYear) -> None:
    """Rewrite both standing rows of a school and year from its facts; called at the end of every action that adds one.

    The rows are locked before the facts are read, so that of two writers the second sees what the first recorded.
    """
    session.flush()
    keys = {"school_id": school_id, "year_id": year.id}
    empty = [asdict(no_facts(school_id, year.id, strand)) for strand in Strand]
    session.execute(queries.ENSURE_STANDING, empty)
    queries.lock_standings(session, **keys)
    known = {facts.strand: facts for facts in queries.standings_from_facts(session, year=year, school_id=school_id)}
    for strand in Strand:
        session.execute(queries.WRITE_STANDING, asdict(known.get(strand, no_facts(school_id, year.id, strand))))
