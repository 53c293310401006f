"""Schools as they stand on a day, and the statement that rewrites today's row."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from school_safety.access.policy import Place, Reach
from school_safety.kit.db import upsert
from school_safety.kit.errors import NotFound
from school_safety.registry.models import Lineage, Placement, School, SchoolPath, Unit
from school_safety.registry.rules import SchoolKind, SchoolStatus, in_force
from school_safety.registry.rules import school_path as path_of_school

WRITE_SCHOOL_PATH = upsert(
    SchoolPath,
    keys=["school_id"],
    update=[column.name for column in SchoolPath.__table__.columns if column.name not in {"school_id", "code"}],
)


@dataclass(frozen=True, slots=True)
class PlacedSchool:
    """A school as it stands on a day: `path` in the authority tree, `area_path` in geography, `grades` a mask.

    `valid_from` is where this placement began, `opened_on` the first day of the school's first open placement (None:
    not yet). A school whose first placement is still to come is shown by that one, with the status PLANNED.
    """

    school_id: int
    code: str
    name: str
    name_key: str
    kind: SchoolKind
    grades: int
    status: SchoolStatus
    valid_from: date
    opened_on: date | None
    path: str
    area_path: str
    commune_id: int
    commune_name: str
    authority_unit_id: int
    authority_name: str
    ministry_code: str | None
    document: str
    placement_id: int


def find_school(session: Session, code: str) -> School | None:
    """The school of a code, or None."""
    return session.scalars(select(School).where(School.code == code)).first()


def get_school(session: Session, code: str) -> SchoolPath:
    """Today's row of a school; raises NotFound."""
    row = session.scalars(select(SchoolPath).where(SchoolPath.code == code)).first()
    if row is None:
        raise NotFound
    return row


def load_school(session: Session, code: str) -> tuple[SchoolPath, Place]:
    """Today's row of a school and where it hangs, for the guard."""
    row = get_school(session, code)
    return row, Place(path=row.path)


def get_school_row(session: Session, school_id: int) -> SchoolPath:
    """Today's row of a school by its id; raises NotFound."""
    row = session.get(SchoolPath, school_id)
    if row is None:
        raise NotFound
    return row


def placements_of(session: Session, school_ids: Sequence[int] | None = None) -> dict[int, list[Placement]]:
    """The standing placements (superseded by none) of some schools or of all, each school's in order of their days."""
    later = aliased(Placement)
    statement = (
        select(Placement)
        .where(~exists().where(later.supersedes == Placement.id))
        .order_by(Placement.school_id, Placement.valid_from, Placement.id)
    )
    if school_ids is not None:
        statement = statement.where(Placement.school_id.in_(school_ids))
    rows: dict[int, list[Placement]] = defaultdict(list)
    for placement in session.scalars(statement):
        rows[placement.school_id].append(placement)
    return rows


def list_placements(session: Session, on: date, reach: Reach | None = None) -> list[PlacedSchool]:
    """Every school as it stands on a day, closed and planned ones among them, by name; three statements."""
    units = {unit.id: unit for unit in session.scalars(select(Unit))}
    today = {row.school_id: row for row in session.scalars(select(SchoolPath))}
    placed = (
        _placed(today[school_id], rows, units, on)
        for school_id, rows in placements_of(session).items()
        if school_id in today
    )
    rows = [row for row in placed if row is not None and (reach is None or reach.includes(Place(path=row.path)))]
    return sorted(rows, key=lambda row: (row.name_key, row.school_id))


def get_placed(session: Session, school_id: int, on: date) -> PlacedSchool:
    """One school as it stands on a day; raises NotFound when it has no placement at all."""
    units = {unit.id: unit for unit in session.scalars(select(Unit))}
    rows = placements_of(session, [school_id])[school_id]
    placed = _placed(get_school_row(session, school_id), rows, units, on)
    if placed is None:
        raise NotFound
    return placed


def _placed(today: SchoolPath, rows: Sequence[Placement], units: dict[int, Unit], on: date) -> PlacedSchool | None:
    held = in_force(rows, on)
    row = held or next((row for row in rows if row.valid_from > on), None)
    if row is None:
        return None
    opened = [each.valid_from for each in rows if each.status is SchoolStatus.OPEN]
    area, authority = units[row.area_unit_id], units[row.authority_unit_id]
    return PlacedSchool(
        school_id=row.school_id,
        code=today.code,
        name=row.name,
        name_key=today.name_key,
        kind=row.kind,
        grades=row.grades,
        status=row.status if held else SchoolStatus.PLANNED,
        valid_from=row.valid_from,
        opened_on=min((day for day in opened if day <= on), default=None),
        path=path_of_school(authority.path, row.school_id),
        area_path=path_of_school(area.path, row.school_id),
        commune_id=area.id,
        commune_name=area.name,
        authority_unit_id=authority.id,
        authority_name=authority.name,
        ministry_code=row.ministry_code,
        document=row.document,
        placement_id=row.id,
    )


def list_lineage(session: Session, school_id: int | None = None) -> list[Lineage]:
    """What became of a school and what it came from (or all of it), oldest first."""
    statement = select(Lineage).order_by(Lineage.effective_on, Lineage.id)
    if school_id is not None:
        statement = statement.where(or_(Lineage.source_school_id == school_id, Lineage.target_school_id == school_id))
    return list(session.scalars(statement))


def list_schools_changing(session: Session, today: date) -> list[int]:
    """The schools whose next dated change has come."""
    return list(session.scalars(select(SchoolPath.school_id).where(SchoolPath.next_change_on <= today)))
