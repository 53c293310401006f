"""Corrected questions beside those on papers, what was scored anew, and questions that could take another's place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.orm import Session

from school_safety.access.policy import Place
from school_safety.assessment.models import Item, ItemRevision, ItemState
from school_safety.assessment.queries import BankItem, list_by_ids
from school_safety.assessment.queries.bank import bank_item
from school_safety.classroom.models import Assignment, Attempt, Regrading
from school_safety.classroom.queries.facts import GroupFacts
from school_safety.classroom.queries.giving import load_group
from school_safety.classroom.rules import PaperSlot
from school_safety.kit.errors import NotFound
from school_safety.roster.models import Person

SET_REGRADED = update(Attempt).where(Attempt.id == bindparam("of_attempt")).values(regraded=bindparam("now_by"))
ADD_REGRADING = insert(Regrading)
LOCK_ASSIGNMENT = select(Assignment.id).where(Assignment.id == bindparam("assignment_id")).with_for_update()
SET_PAPER = update(Assignment).where(Assignment.id == bindparam("of_assignment")).values(paper=bindparam("new_paper"))


@dataclass(frozen=True, slots=True)
class GroupSlot:
    """One question of a paper, in one class."""

    given: GroupFacts
    place: PaperSlot


def load_group_slot(session: Session, public_id: str, slot: int) -> tuple[GroupSlot, Place]:
    """One question of what a class was given, for those who teach it or lead the school; raises NotFound."""
    given, place = load_group(session, public_id)
    found = given.paper.slot(slot)
    if found is None:
        raise NotFound
    return GroupSlot(given, found), place


@dataclass(frozen=True, slots=True)
class Regraded:
    """One answer that was scored anew, as its history shows it."""

    slot: int
    from_number: int
    to_number: int
    before: Fraction
    after: Fraction
    by: str
    at: datetime


def find_correction(session: Session, revision_id: int) -> tuple[BankItem, BankItem | None]:
    """The item revision that stands on a paper, and the one that has replaced it in the bank, if there is one."""
    item, current_id = list_by_ids(session, [revision_id])[revision_id]
    if current_id is None or current_id == revision_id:
        return item, None
    return item, list_by_ids(session, [current_id])[current_id][0]


def list_corrected(session: Session, revision_ids: Collection[int]) -> set[int]:
    """Those of these item revisions that another one has replaced in the bank."""
    known = list_by_ids(session, revision_ids)
    return {found for found, (_item, current) in known.items() if current is not None and current != found}


def list_regradings(session: Session, attempt_id: int) -> list[Regraded]:
    """What was scored anew in an attempt, the newest first."""
    before, after = ItemRevision.__table__.alias("before"), ItemRevision.__table__.alias("after")
    statement = (
        select(Regrading, before.c.number, after.c.number, Person.full_name)
        .join(before, before.c.id == Regrading.from_revision_id)
        .join(after, after.c.id == Regrading.to_revision_id)
        .join(Person, Person.id == Regrading.regraded_by)
        .where(Regrading.attempt_id == attempt_id)
        .order_by(Regrading.id.desc())
    )
    return [
        Regraded(
            one.slot,
            from_number,
            to_number,
            Fraction(one.earned_before, one.earned_before_of),
            Fraction(one.earned_after, one.earned_after_of),
            name,
            one.regraded_at,
        )
        for one, from_number, to_number, name in session.execute(statement)
    ]


def has_attempts(session: Session, assignment_id: int) -> bool:
    """Whether anybody has begun, void attempts included."""
    return bool(session.scalar(select(exists().where(Attempt.assignment_id == assignment_id))))


def list_equivalents(session: Session, revision_id: int, *, on_paper: Collection[int]) -> list[BankItem]:
    """Questions in use of the same lesson, objective and type that are not on the paper."""
    wanted = select(Item.lesson_code, ItemRevision.objective, ItemRevision.type).join(ItemRevision.item)
    lesson_code, objective, type_code = session.execute(wanted.where(ItemRevision.id == revision_id)).one()
    there = select(ItemRevision.item_id).where(ItemRevision.id.in_(on_paper))
    statement = (
        select(Item, ItemRevision)
        .join(ItemRevision.item)
        .where(ItemRevision.state == ItemState.PUBLISHED, Item.lesson_code == lesson_code)
        .where(ItemRevision.objective == objective, ItemRevision.type == type_code, Item.id.not_in(there))
        .order_by(Item.code)
    )
    return [bank_item(item, revision) for item, revision in session.execute(statement)]
