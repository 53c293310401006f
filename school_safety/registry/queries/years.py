"""Reading school years."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.kit.errors import NotFound
from school_safety.registry.models import AcademicYear


def list_years(session: Session) -> list[AcademicYear]:
    """Every school year, latest first."""
    return list(session.scalars(select(AcademicYear).order_by(AcademicYear.starts_on.desc())))


def find_year(session: Session, code: str) -> AcademicYear | None:
    """The school year of a code, or None."""
    return session.scalars(select(AcademicYear).where(AcademicYear.code == code)).first()


def get_year(session: Session, code: str) -> AcademicYear:
    """The school year of a code; raises NotFound."""
    year = find_year(session, code)
    if year is None:
        raise NotFound
    return year


def find_current_year(session: Session, today: date) -> AcademicYear | None:
    """The school year that today lies in, else the last that began, else the next to come; None without any."""
    begun = select(AcademicYear).where(AcademicYear.starts_on <= today).order_by(AcademicYear.starts_on.desc())
    return (
        session.scalars(begun.limit(1)).first()
        or session.scalars(select(AcademicYear).order_by(AcademicYear.starts_on).limit(1)).first()
    )


def get_current_year(session: Session, today: date) -> AcademicYear:
    """As `find_current_year`; raises NotFound when no school year is entered at all."""
    year = find_current_year(session, today)
    if year is None:
        raise NotFound
    return year
