"""How much one pupil gets of an assessment: what its pools give, how many items, how many points."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.assessment.models import AssessmentItem, AssessmentRevision, ItemRevision
from school_safety.assessment.rules import Pools, Slot, points_of_one
from school_safety.assessment.types import TYPES

_JUDGED = [code for code, item_type in TYPES.items() if item_type.scored]


def pools_of(revision: AssessmentRevision) -> dict[int, int]:
    """How many items a pupil gets of each pool of a revision."""
    return {int(pool): count for pool, count in revision.pools.items()}


def list_unscored(session: Session, item_revision_ids: Sequence[int]) -> set[int]:
    """Those of these revisions that are asked without being judged."""
    statement = select(ItemRevision.id).where(ItemRevision.id.in_(item_revision_ids), ItemRevision.type.not_in(_JUDGED))
    return set(session.scalars(statement))


def map_sizes(session: Session, revisions: Sequence[AssessmentRevision]) -> dict[int, tuple[int, int]]:
    """How many items one pupil gets of each of these revisions, and the points that one pupil can earn."""
    statement = (
        select(AssessmentItem, ItemRevision.type)
        .join(ItemRevision, ItemRevision.id == AssessmentItem.item_revision_id)
        .where(AssessmentItem.revision_id.in_([revision.id for revision in revisions]))
        .order_by(AssessmentItem.revision_id, AssessmentItem.position)
    )
    slots: dict[int, list[tuple[Slot, bool]]] = defaultdict(list)
    for placed, type_code in session.execute(statement):
        slots[placed.revision_id].append(
            (Slot(placed.item_revision_id, placed.points, placed.pool), type_code in _JUDGED)
        )
    return {revision.id: _size(slots[revision.id], pools_of(revision)) for revision in revisions}


def _size(slots: Sequence[tuple[Slot, bool]], pools: Pools) -> tuple[int, int]:
    every, judged = tuple(slot for slot, _ in slots), tuple(slot for slot, is_judged in slots if is_judged)
    given = [[slot for slot in every if slot.pool == pool][:drawn] for pool, drawn in pools.items()]
    return sum(not slot.pool for slot in every) + sum(map(len, given)), points_of_one(judged, pools)
