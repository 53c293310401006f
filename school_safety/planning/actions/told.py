"""A teacher tells what was done; the coordinator records it as a delivery, or passes it over."""

from collections.abc import Collection
from datetime import date, datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.planning import queries
from school_safety.planning.actions.deliveries import DeliveryValues
from school_safety.planning.models import Delivery, ToldDelivery
from school_safety.planning.rules import CHANNELS, DeliveryProblem, delivery_problem, head_count_problem
from school_safety.registry.models import AcademicYear, SchoolPath
from school_safety.registry.queries import get_school_row

ALREADY_TOLD = "already_told"
CHANNEL_FOREIGN = "channel_foreign"


def tell_delivery(
    session: Session,
    *,
    actor: Viewer,
    school: SchoolPath,
    year: AcademicYear,
    channel: str,
    lesson_code: str,
    values: DeliveryValues,
    class_group_ids: Collection[int],
    now: datetime,
    today: date,
) -> ToldDelivery:
    """Tell the coordinator what was taught or given out; `class_group_ids` are those the teacher has.

    Raises Refused with a DeliveryProblem, ALREADY_TOLD or CHANNEL_FOREIGN. It is no delivery and counts nowhere.
    """
    _check(year, channel, values, class_group_ids, today)
    told = ToldDelivery(
        school_id=school.school_id,
        year_id=year.id,
        channel=channel,
        lesson_code=lesson_code,
        taught_on=values.taught_on,
        head_count=values.head_count,
        class_group_ids=sorted(set(values.class_group_ids)),
        note=values.note,
        told_by=actor.person_id,
        told_at=now,
    )
    waiting = queries.list_told(session, school_id=school.school_id, year_id=year.id)
    if any(_same(row.told, told) for row in waiting):
        raise Refused(ALREADY_TOLD, "taught_on")
    session.add(told)
    session.flush()
    _audit(session, actor, "told_delivery.told", told, school.path)
    return told


def _check(
    year: AcademicYear, channel: str, values: DeliveryValues, class_group_ids: Collection[int], today: date
) -> None:
    problem = delivery_problem(values.taught_on, year_starts=year.starts_on, year_ends=year.ends_on, today=today)
    if problem is not None:
        raise Refused(problem, "taught_on")
    if channel not in CHANNELS:
        raise Refused(CHANNEL_FOREIGN, "channel")
    if not set(values.class_group_ids) <= set(class_group_ids):
        raise Refused(DeliveryProblem.FOREIGN_CLASS_GROUP, "class_groups")
    most = head_count_problem(values.head_count, None)
    if most is not None:
        raise Refused(most, "head_count", most="")


def settle_told(
    session: Session, *, actor: Viewer, told: ToldDelivery, delivery: Delivery | None, now: datetime
) -> None:
    """Note that what was told is recorded as this delivery, or passed over (None); once settled it stays so."""
    if told.settled_at is not None:
        return
    told.settled_by, told.settled_at = actor.person_id, now
    told.delivery_id = delivery.root_id if delivery is not None else None
    session.flush()
    path = get_school_row(session, told.school_id).path
    _audit(session, actor, "told_delivery.recorded" if delivery else "told_delivery.passed_over", told, path)


def _same(one: ToldDelivery, other: ToldDelivery) -> bool:
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("told_by", "channel", "lesson_code", "taught_on", "class_group_ids")
    )


def _audit(session: Session, actor: Viewer, verb: str, told: ToldDelivery, path: str) -> None:
    data = {"channel": told.channel, "lesson": told.lesson_code, "delivery": told.delivery_id}
    record_audit(session, actor=actor, verb=verb, object_type="told_delivery", object_id=told.id, place=path, data=data)
