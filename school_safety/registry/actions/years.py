"""Entering and correcting school years."""

from datetime import date, timedelta

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit import db
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.registry import queries
from school_safety.registry.models import AcademicYear, Term
from school_safety.registry.rules import RegistryProblem, YearDates, year_problem


def save_year(
    session: Session,
    *,
    actor: Viewer | None,
    code: str,
    starts_on: date,
    second_term_starts_on: date,
    ends_on: date,
    decision: str,
    year: AcademicYear | None = None,
) -> AcademicYear:
    """Enter a school year with its two terms, or correct the dates of one; raises Refused."""
    dates = YearDates(starts_on, second_term_starts_on, ends_on)
    others = [
        YearDates(other.starts_on, other.second_term_starts_on, other.ends_on)
        for other in queries.list_years(session)
        if year is None or other.id != year.id
    ]
    problem = year_problem(code, dates, others)
    if problem is not None:
        raise Refused(*problem)
    verb = "year.added" if year is None else "year.changed"
    if year is None:
        year = AcademicYear()
        session.add(year)
    year.code, year.decision = code, decision
    year.starts_on, year.second_term_starts_on, year.ends_on = starts_on, second_term_starts_on, ends_on
    with db.refusing(session, RegistryProblem.CODE_TAKEN, "code"):
        session.flush()
    _set_terms(session, year)
    data = {"starts_on": str(starts_on), "second_term": str(second_term_starts_on), "ends_on": str(ends_on)}
    record_audit(session, actor=actor, verb=verb, object_type="year", object_id=code, data=data)
    return year


def _set_terms(session: Session, year: AcademicYear) -> None:
    spans = {
        1: (year.starts_on, year.second_term_starts_on - timedelta(days=1)),
        2: (year.second_term_starts_on, year.ends_on),
    }
    terms = {term.number: term for term in year.terms}
    for number, (starts_on, ends_on) in spans.items():
        term = terms.get(number)
        if term is None:
            year.terms.append(Term(number=number, starts_on=starts_on, ends_on=ends_on))
        else:
            term.starts_on, term.ends_on = starts_on, ends_on
    session.flush()
