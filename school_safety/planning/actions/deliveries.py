"""Recording what took place, correcting it and taking it back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.curriculum.rules import element_mask
from school_safety.kit.db import Session, refusing
from school_safety.kit.errors import NotFound, Refused
from school_safety.planning import queries
from school_safety.planning.actions.standings import refresh_standing
from school_safety.planning.models import Delivery, DeliveryClassGroup
from school_safety.planning.queries import DeliveryInSchool, Published
from school_safety.planning.rules import (
    MAX_HEAD_COUNT,
    DeliveryProblem,
    delivery_problem,
    head_count_problem,
)
from school_safety.registry.models import AcademicYear, SchoolPath


@dataclass(frozen=True, slots=True)
class DeliveryValues:
    """What took place: when, how many were there, which class groups."""

    taught_on: date
    head_count: int
    class_group_ids: tuple[int, ...] = ()
    note: str = ""


def record_delivery(
    session: Session,
    *,
    actor: Viewer | None,
    published: Published,
    activity_id: int,
    values: DeliveryValues,
    now: datetime,
    today: date,
) -> Delivery:
    """Record that an activity of the published programme took place; raises Refused(DeliveryProblem), NotFound."""
    entry = published_activity(published, activity_id)
    _check_delivery(session, published.school, published.year, entry, values, today)
    delivery = Delivery(
        school_id=published.school.school_id,
        year_id=published.year.id,
        activity_id=activity_id,
        revision_id=published.revision.id,
        elements=element_mask(entry["elements"]),
        **recorded(actor, now),
    )
    _insert(session, delivery, values, instead_of=None)
    return _done(session, actor, "delivery.recorded", delivery, published.school, published.year)


def published_activity(published: Published, activity_id: int) -> dict[str, Any]:
    """An activity as the revision holds it; raises NotFound."""
    entries: list[dict[str, Any]] = published.revision.content["activities"]
    for entry in entries:
        if entry["id"] == activity_id:
            return entry
    raise NotFound


def change_delivery(
    session: Session,
    *,
    actor: Viewer | None,
    found: DeliveryInSchool,
    entry: dict[str, Any],
    values: DeliveryValues,
    now: datetime,
    today: date,
) -> Delivery:
    """Correct a delivery by a row that supersedes it; an acceptance does not carry over. Raises Refused."""
    old = found.row.delivery
    _check_delivery(session, found.school, found.year, entry, values, today)
    delivery = _successor(old, actor, now)
    _insert(session, delivery, values, instead_of=old)
    return _done(session, actor, "delivery.changed", delivery, found.school, found.year)


def withdraw_delivery(session: Session, *, actor: Viewer | None, found: DeliveryInSchool, now: datetime) -> None:
    """Say that a delivery was recorded by mistake; the rows stay."""
    old = found.row.delivery
    delivery = _successor(old, actor, now)
    delivery.withdrawn = True
    values = DeliveryValues(old.taught_on, old.head_count, note=old.note)
    _insert(session, delivery, values, instead_of=old, occasion=old.occasion)
    _done(session, actor, "delivery.withdrawn", delivery, found.school, found.year)


def recorded(actor: Viewer | None, now: datetime) -> dict[str, Any]:
    """The columns that say who recorded a row, in which post, and when."""
    return {
        "recorded_by": actor.person_id if actor else None,
        "post": (actor.post if actor else None) or "",
        "recorded_at": now,
    }


def _successor(old: Delivery, actor: Viewer | None, now: datetime) -> Delivery:
    return Delivery(
        first_id=old.root_id,
        supersedes=old.id,
        school_id=old.school_id,
        year_id=old.year_id,
        activity_id=old.activity_id,
        revision_id=old.revision_id,
        elements=old.elements,
        **recorded(actor, now),
    )


def _check_delivery(
    session: Session,
    school: SchoolPath,
    year: AcademicYear,
    entry: dict[str, Any],
    values: DeliveryValues,
    today: date,
) -> None:
    problem = delivery_problem(values.taught_on, year_starts=year.starts_on, year_ends=year.ends_on, today=today)
    if problem is not None:
        raise Refused(problem, "taught_on")
    groups = {group.id: pupils for group, pupils in _groups(session, school, year)}
    if not set(values.class_group_ids) <= groups.keys():
        raise Refused(DeliveryProblem.FOREIGN_CLASS_GROUP, "class_groups")
    most = _enrolled(groups, values) if not (entry["parents"] or entry["staff"]) else None
    problem = head_count_problem(values.head_count, most)
    if problem is not None:
        raise Refused(problem, "head_count", most=most or MAX_HEAD_COUNT)


def _enrolled(groups: dict[int, int], values: DeliveryValues) -> int | None:
    """How many pupils the chosen classes have; None while a list is missing, or for a whole school.

    A school may have entered a few of its classes only: what is not known cannot speak against a count.
    """
    chosen = [groups[group_id] for group_id in values.class_group_ids]
    return sum(chosen) if chosen and all(chosen) else None


def _groups(session: Session, school: SchoolPath, year: AcademicYear) -> Sequence[tuple[Any, int]]:
    return queries.list_class_groups(session, school_id=school.school_id, year_id=year.id)


def _insert(
    session: Session, delivery: Delivery, values: DeliveryValues, *, instead_of: Delivery | None, occasion: str = ""
) -> None:
    delivery.taught_on, delivery.head_count, delivery.note = values.taught_on, values.head_count, values.note
    delivery.occasion = occasion or _occasion(delivery.activity_id, values)
    same = queries.list_occasion(session, delivery.occasion)
    if any(in_force and each is not instead_of for each, in_force in same):
        raise Refused(DeliveryProblem.ALREADY_RECORDED, "taught_on")
    delivery.turn = len(same)
    twice = DeliveryProblem.ALREADY_RECORDED if instead_of is None else DeliveryProblem.ALREADY_CHANGED
    with refusing(session, twice, "taught_on"):
        session.add(delivery)
        session.flush()
    session.add_all(
        DeliveryClassGroup(delivery_id=delivery.id, class_group_id=group_id)
        for group_id in sorted(set(values.class_group_ids))
    )


def _occasion(activity_id: int, values: DeliveryValues) -> str:
    """The same for the same activity, day and class groups."""
    groups = ",".join(str(group_id) for group_id in sorted(set(values.class_group_ids)))
    return hashlib.sha256(f"{activity_id}|{values.taught_on.isoformat()}|{groups}".encode()).hexdigest()


def _done(
    session: Session, actor: Viewer | None, verb: str, delivery: Delivery, school: SchoolPath, year: AcademicYear
) -> Delivery:
    path, root, head_count = school.path, delivery.root_id, delivery.head_count
    refresh_standing(session, school_id=school.school_id, year=year)
    data = {"version": delivery.id, "activity": delivery.activity_id, "head_count": head_count}
    record_audit(session, actor=actor, verb=verb, object_type="delivery", object_id=root, place=path, data=data)
    return delivery
