"""The list of schools on screen and in files: filtered, sorted, within reach."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from school_safety.access.policy import Reach
from school_safety.access.queries import within
from school_safety.kit.text import search_key
from school_safety.registry.models import SchoolPath, Unit
from school_safety.registry.rules import SchoolKind, SchoolStatus

SORTS = {"name": (SchoolPath.name_key,), "commune": (Unit.name_key, SchoolPath.name_key), "code": (SchoolPath.code,)}


@dataclass(frozen=True, slots=True)
class SchoolFilter:
    """What the list is narrowed to; empty values do not narrow."""

    words: str = ""
    commune: str = ""
    kind: SchoolKind | None = None
    status: SchoolStatus | None = None
    grade: int | None = None
    sort: str = "name"


def list_schools(
    session: Session, reach: Reach, wanted: SchoolFilter, *, limit: int | None = None, offset: int = 0
) -> tuple[list[tuple[SchoolPath, Unit, Unit]], int]:
    """Today's schools in reach with their commune and managing authority, and how many there are in all."""
    authority = aliased(Unit)
    statement = (
        select(SchoolPath, Unit, authority)
        .join(Unit, Unit.id == SchoolPath.area_unit_id)
        .join(authority, authority.id == SchoolPath.authority_unit_id)
        .where(within(reach, path=SchoolPath.path), *_conditions(wanted))
    )
    total = session.scalar(
        select(func.count()).select_from(statement.with_only_columns(SchoolPath.school_id).subquery())
    )
    order = SORTS.get(wanted.sort, SORTS["name"])
    rows = session.execute(statement.order_by(*order, SchoolPath.school_id).limit(limit).offset(offset))
    return [(row[0], row[1], row[2]) for row in rows], total or 0


def _conditions(wanted: SchoolFilter) -> list[ColumnElement[bool]]:
    conditions = [SchoolPath.search_name.contains(word, autoescape=True) for word in search_key(wanted.words).split()]
    if wanted.commune:
        conditions.append(Unit.code == wanted.commune)
    if wanted.kind is not None:
        conditions.append(SchoolPath.kind == wanted.kind)
    if wanted.status is not None:
        conditions.append(SchoolPath.status == wanted.status)
    if wanted.grade is not None:
        conditions.append(SchoolPath.grades.bitwise_and(1 << wanted.grade) != 0)
    return conditions


def count_schools(session: Session, reach: Reach) -> int:
    """Schools in reach, whatever their status."""
    return session.scalar(select(func.count()).select_from(SchoolPath).where(within(reach, path=SchoolPath.path))) or 0


def list_schools_by_codes(session: Session, codes: Iterable[str]) -> dict[str, SchoolPath]:
    """Today's rows of some schools by code."""
    rows = session.scalars(select(SchoolPath).where(SchoolPath.code.in_(list(codes))))
    return {row.code: row for row in rows}


def list_schools_by_ids(session: Session, ids: Iterable[int]) -> list[SchoolPath]:
    """Today's rows of some schools by id."""
    return list(session.scalars(select(SchoolPath).where(SchoolPath.school_id.in_(list(ids)))))


def count_schools_by_commune(session: Session, reach: Reach) -> dict[int, int]:
    """Schools in reach that are not closed, by the commune they stand in."""
    counted = (
        select(SchoolPath.area_unit_id, func.count())
        .where(within(reach, path=SchoolPath.path), SchoolPath.status != SchoolStatus.CLOSED)
        .group_by(SchoolPath.area_unit_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}
