"""Reading deliveries, their evidence and the decisions about them, and the queue of what waits to be verified."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from school_safety.access.policy import Place, Reach
from school_safety.access.queries import within
from school_safety.kit.errors import NotFound
from school_safety.planning.models import (
    Delivery,
    DeliveryClassGroup,
    Evidence,
    EvidenceTombstone,
    ProgrammeRevision,
    Verification,
)
from school_safety.planning.rules import VerificationFact, is_accepted, is_evidenced
from school_safety.registry.models import AcademicYear, SchoolPath
from school_safety.roster.models import ClassGroup, Enrolment, Membership


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery in force with its proof: `title` is the activity's in the revision it was recorded under."""

    delivery: Delivery
    school: SchoolPath
    title: str
    class_groups: tuple[ClassGroup, ...]
    evidence: tuple[Evidence, ...]
    last: Verification | None

    @property
    def fact(self) -> VerificationFact | None:
        """The last decision as the rules judge it."""
        if self.last is None:
            return None
        return VerificationFact(self.last.decision, self.last.delivery_id, self.last.evidence_upto)

    @property
    def is_evidenced(self) -> bool:
        """Whether it counts for G3."""
        return is_evidenced(self.delivery.head_count, [each.id for each in self.evidence], self.fact)

    @property
    def is_accepted(self) -> bool:
        """Whether it counts for G4."""
        return self.is_evidenced and is_accepted(self.delivery.id, self.fact)

    @property
    def state(self) -> str:
        """`accepted`, `rejected`, `waiting` (for verification) or `bare` (no evidence yet)."""
        if self.is_accepted:
            return "accepted"
        if self.is_evidenced:
            return "waiting"
        return "rejected" if self.fact is not None and self.evidence else "bare"


@dataclass(frozen=True, slots=True)
class DeliveryInSchool:
    """The delivery in force behind an id, in its school and year."""

    row: DeliveryRow
    school: SchoolPath
    year: AcademicYear


def _in_force() -> Select[Delivery, SchoolPath]:
    later = aliased(Delivery)
    return (
        select(Delivery, SchoolPath)
        .join(SchoolPath, SchoolPath.school_id == Delivery.school_id)
        .where(~Delivery.withdrawn, ~exists().where(later.supersedes == Delivery.id))
    )


def list_deliveries(session: Session, *, school_id: int, year_id: int) -> list[DeliveryRow]:
    """The deliveries of a school in a year, latest first; five statements whatever their number."""
    wanted = _in_force().where(Delivery.school_id == school_id, Delivery.year_id == year_id)
    return _rows(session, wanted.order_by(Delivery.taught_on.desc(), Delivery.id.desc()))


def load_delivery(session: Session, delivery_id: int) -> tuple[DeliveryInSchool, Place]:
    """The version in force of the delivery with this first id, for the guard; raises NotFound."""
    wanted = _in_force().where(or_(Delivery.id == delivery_id, Delivery.first_id == delivery_id))
    rows = _rows(session, wanted)
    if not rows or rows[0].delivery.root_id != delivery_id:
        raise NotFound
    row = rows[0]
    year = session.get_one(AcademicYear, row.delivery.year_id)
    return DeliveryInSchool(row, row.school, year), Place(path=row.school.path)


def list_to_verify(session: Session, reach: Reach, *, year_id: int, person_id: int) -> list[DeliveryRow]:
    """Deliveries in reach that wait for a decision, oldest first; never those of the person's own schools."""
    evidence = exists().where(Evidence.delivery_id == func.coalesce(Delivery.first_id, Delivery.id))
    own = exists().where(Membership.person_id == person_id, Membership.school_id == Delivery.school_id)
    wanted = _in_force().where(Delivery.year_id == year_id, within(reach, path=SchoolPath.path), evidence, ~own)
    return [row for row in _rows(session, wanted.order_by(Delivery.recorded_at, Delivery.id)) if row.state == "waiting"]


def _rows(session: Session, wanted: Select[Delivery, SchoolPath]) -> list[DeliveryRow]:
    found = [(row[0], row[1]) for row in session.execute(wanted)]
    deliveries = [delivery for delivery, _ in found]
    titles = _titles(session, deliveries)
    groups = _class_groups(session, [delivery.id for delivery in deliveries])
    roots = [delivery.root_id for delivery in deliveries]
    evidence = _evidence(session, roots)
    decisions = _last_decisions(session, roots)
    return [
        DeliveryRow(
            delivery=delivery,
            school=school,
            title=titles[delivery.id],
            class_groups=tuple(groups.get(delivery.id, ())),
            evidence=tuple(evidence.get(delivery.root_id, ())),
            last=decisions.get(delivery.root_id),
        )
        for delivery, school in found
    ]


def _titles(session: Session, deliveries: Sequence[Delivery]) -> dict[int, str]:
    """The activity's title in the revision that each delivery was recorded under."""
    wanted = select(ProgrammeRevision).where(ProgrammeRevision.id.in_({each.revision_id for each in deliveries}))
    contents = {revision.id: revision.content for revision in session.scalars(wanted)}
    return {
        each.id: next(
            (entry["title"] for entry in contents[each.revision_id]["activities"] if entry["id"] == each.activity_id),
            "",
        )
        for each in deliveries
    }


def _class_groups(session: Session, delivery_ids: Iterable[int]) -> dict[int, list[ClassGroup]]:
    wanted = (
        select(DeliveryClassGroup.delivery_id, ClassGroup)
        .join(ClassGroup, ClassGroup.id == DeliveryClassGroup.class_group_id)
        .where(DeliveryClassGroup.delivery_id.in_(list(delivery_ids)))
        .order_by(ClassGroup.grade, ClassGroup.name_key)
    )
    found: dict[int, list[ClassGroup]] = {}
    for delivery_id, group in session.execute(wanted):
        found.setdefault(delivery_id, []).append(group)
    return found


def _evidence(session: Session, roots: Iterable[int]) -> dict[int, list[Evidence]]:
    later = aliased(Evidence)
    wanted = (
        select(Evidence)
        .where(Evidence.delivery_id.in_(list(roots)), ~Evidence.withdrawn)
        .where(~exists().where(later.supersedes == Evidence.id))
        .order_by(Evidence.id)
    )
    found: dict[int, list[Evidence]] = {}
    for piece in session.scalars(wanted):
        found.setdefault(piece.delivery_id, []).append(piece)
    return found


def _last_decisions(session: Session, roots: Iterable[int]) -> dict[int, Verification]:
    root = func.coalesce(Delivery.first_id, Delivery.id)
    wanted = (
        select(root, Verification)
        .join(Delivery, Delivery.id == Verification.delivery_id)
        .where(root.in_(list(roots)))
        .order_by(Verification.recorded_at, Verification.id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def list_decisions(session: Session, root_id: int) -> list[Verification]:
    """Every decision about a delivery and its earlier versions, latest first."""
    wanted = (
        select(Verification)
        .join(Delivery, Delivery.id == Verification.delivery_id)
        .where(or_(Delivery.id == root_id, Delivery.first_id == root_id))
        .order_by(Verification.recorded_at.desc(), Verification.id.desc())
    )
    return list(session.scalars(wanted))


def list_occasion(session: Session, occasion: str) -> list[tuple[Delivery, bool]]:
    """Every record of one occasion, and whether it is in force."""
    later = aliased(Delivery)
    replaced = exists().where(later.supersedes == Delivery.id)
    rows = session.execute(select(Delivery, replaced).where(Delivery.occasion == occasion).order_by(Delivery.id))
    return [(delivery, not was_replaced and not delivery.withdrawn) for delivery, was_replaced in rows]


def load_evidence(session: Session, public_id: str) -> tuple[tuple[Evidence, SchoolPath], Place]:
    """A piece of evidence that was not withdrawn, with its school, for the guard; raises NotFound."""
    later = aliased(Evidence)
    wanted = (
        select(Evidence, SchoolPath)
        .join(Delivery, Delivery.id == Evidence.delivery_id)
        .join(SchoolPath, SchoolPath.school_id == Delivery.school_id)
        .where(Evidence.public_id == public_id, ~Evidence.withdrawn)
        .where(~exists().where(later.supersedes == Evidence.id))
    )
    row = session.execute(wanted).first()
    if row is None:
        raise NotFound
    return (row[0], row[1]), Place(path=row[1].path)


def load_delivery_evidence(
    session: Session, delivery_id: int, public_id: str
) -> tuple[tuple[DeliveryInSchool, Evidence], Place]:
    """A delivery and one piece of its evidence, for the guard; raises NotFound."""
    found, place = load_delivery(session, delivery_id)
    piece = next((each for each in found.row.evidence if each.public_id == public_id), None)
    if piece is None:
        raise NotFound
    return (found, piece), place


def get_entry(session: Session, delivery: Delivery) -> dict[str, Any]:
    """The activity of a delivery as the revision it was recorded under holds it."""
    revision = session.get_one(ProgrammeRevision, delivery.revision_id)
    entry: dict[str, Any] = next(
        entry for entry in revision.content["activities"] if entry["id"] == delivery.activity_id
    )
    return entry


def names_file(session: Session, sha256: str) -> bool:
    """Whether some evidence, withdrawn or not, still needs this file."""
    buried = exists().where(EvidenceTombstone.evidence_id == Evidence.id)
    wanted = select(Evidence.id).where(Evidence.sha256 == sha256, ~buried).limit(1)
    return session.scalars(wanted).first() is not None


def list_past_retention(session: Session, before: datetime) -> list[int]:
    """The pieces of evidence recorded before a moment whose file is still kept."""
    buried = exists().where(EvidenceTombstone.evidence_id == Evidence.id)
    wanted = select(Evidence.id).where(Evidence.sha256.is_not(None), Evidence.recorded_at < before, ~buried)
    return list(session.scalars(wanted.order_by(Evidence.id)))


def count_other_uses(session: Session, piece: Evidence) -> int:
    """How many other deliveries the same file was given for: a hint to whoever verifies."""
    wanted = select(func.count(func.distinct(Evidence.delivery_id))).where(
        Evidence.sha256 == piece.sha256, Evidence.delivery_id != piece.delivery_id
    )
    return (session.scalar(wanted) or 0) if piece.sha256 else 0


def belongs_to(session: Session, person_id: int, school_id: int, since: date, until: date) -> bool:
    """Whether a person was a member of a school on any day of a period: the same condition as the trigger's."""
    wanted = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.school_id == school_id,
        Membership.valid_from <= until,
        or_(Membership.valid_to.is_(None), Membership.valid_to > since),
    )
    return session.scalars(wanted.limit(1)).first() is not None


def list_class_groups(session: Session, *, school_id: int, year_id: int) -> list[tuple[ClassGroup, int]]:
    """The class groups of a school and year with the number of pupils now in each."""
    pupils = (
        select(func.count())
        .where(Enrolment.class_group_id == ClassGroup.id, Enrolment.ends_on.is_(None))
        .scalar_subquery()
    )
    wanted = select(ClassGroup, pupils).where(ClassGroup.school_id == school_id, ClassGroup.year_id == year_id)
    rows = session.execute(wanted.order_by(ClassGroup.grade, ClassGroup.name_key))
    return [(row[0], row[1]) for row in rows]
