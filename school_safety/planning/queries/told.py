"""Statements about what teachers have told."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Place
from school_safety.kit.errors import NotFound
from school_safety.planning.models import ToldDelivery
from school_safety.registry.models import SchoolPath
from school_safety.roster.models import ClassGroup, Person


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One thing told, by whom, with the names of the classes."""

    told: ToldDelivery
    teacher: str
    class_names: tuple[str, ...]


def list_told(session: Session, *, school_id: int, year_id: int) -> list[ToldRow]:
    """What waits to be recorded or passed over in a school and year, the oldest first."""
    statement = (
        select(ToldDelivery, Person.full_name)
        .join(Person, Person.id == ToldDelivery.told_by)
        .where(*_open(school_id, year_id))
        .order_by(ToldDelivery.taught_on, ToldDelivery.id)
    )
    rows = session.execute(statement).all()
    wanted = {group_id for told, _name in rows for group_id in told.class_group_ids}
    groups = select(ClassGroup.id, ClassGroup.name).where(ClassGroup.id.in_(wanted))
    names = {group_id: name for group_id, name in session.execute(groups)} if wanted else {}  # noqa: C416  # rows
    return [
        ToldRow(told, name, tuple(names[group_id] for group_id in told.class_group_ids if group_id in names))
        for told, name in rows
    ]


def count_told(session: Session, *, school_id: int, year_id: int) -> int:
    """How many things told wait in a school and year."""
    statement = select(func.count()).select_from(ToldDelivery).where(*_open(school_id, year_id))
    return session.scalar(statement) or 0


def list_own_told(session: Session, *, person_id: int, year_id: int, limit: int) -> list[ToldDelivery]:
    """What a teacher told in a year, the latest first."""
    statement = select(ToldDelivery).where(ToldDelivery.told_by == person_id, ToldDelivery.year_id == year_id)
    return list(session.scalars(statement.order_by(ToldDelivery.id.desc()).limit(limit)))


def find_told(session: Session, told_id: int, *, school_id: int) -> ToldDelivery | None:
    """What waits under this id in this school."""
    statement = select(ToldDelivery).where(ToldDelivery.id == told_id, ToldDelivery.school_id == school_id)
    return session.scalars(statement.where(ToldDelivery.settled_at.is_(None))).one_or_none()


def load_told(session: Session, *, told_id: int) -> tuple[ToldDelivery, Place]:
    """Something told and the school where it waits, for the guard; raises NotFound."""
    statement = select(ToldDelivery, SchoolPath.path).join(SchoolPath, SchoolPath.school_id == ToldDelivery.school_id)
    row = session.execute(statement.where(ToldDelivery.id == told_id)).one_or_none()
    if row is None:
        raise NotFound
    return row[0], Place(path=row[1])


def _open(school_id: int, year_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        ToldDelivery.school_id == school_id,
        ToldDelivery.year_id == year_id,
        ToldDelivery.settled_at.is_(None),
    )
