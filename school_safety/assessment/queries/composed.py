"""Statements about assessments and what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from school_safety.access.policy import Place
from school_safety.assessment.models import (
    OPEN,
    Assessment,
    AssessmentItem,
    AssessmentRevision,
    Item,
    ItemRevision,
    ItemState,
)
from school_safety.assessment.queries.bank import BankItem, bank_item, count
from school_safety.assessment.queries.sizes import map_sizes, pools_of
from school_safety.assessment.rules import Pools, Purpose, Slot, Slots, Text, points_of_one
from school_safety.assessment.types import TYPES
from school_safety.kit.errors import NotFound
from school_safety.registry.models import SchoolPath
from school_safety.registry.queries import find_root
from school_safety.registry.rules import Tree

DELETE_SLOTS = (
    delete(AssessmentItem)
    .where(AssessmentItem.revision_id == bindparam("of_revision"))
    .execution_options(synchronize_session=False)
)
"""Empties a draft: `{"of_revision": id}`."""


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """One place of an assessment with its item; `position` counts from 1, `points` are the assessment's own.

    `current_id` is the published revision of the same item: another id means that the item has changed since, None
    that it was withdrawn.
    """

    position: int
    points: int
    item: BankItem
    current_id: int | None
    pool: int = 0


@dataclass(frozen=True, slots=True)
class FrozenAssessment:
    """A revision of an assessment with everything needed to show, give and score it."""

    id: int
    assessment_id: int
    code: str
    number: int
    title: Text
    purpose: Purpose
    lesson_code: str | None
    school_id: int | None
    content_hash: str | None
    published_at: datetime | None
    items: tuple[PlacedItem, ...]
    pools: Pools

    @property
    def points(self) -> int:
        """What one pupil can earn."""
        return points_of(self.items, self.pools)


def points_of(items: Sequence[PlacedItem], pools: Pools) -> int:
    """What one pupil can earn with these items; what is asked without being judged is worth nothing."""
    judged = (one for one in items if TYPES[one.item.type].scored)
    return points_of_one(tuple(Slot(one.item.id, one.points, one.pool) for one in judged), pools)


@dataclass(frozen=True, slots=True)
class ListedAssessment:
    """One line of the list of assessments; `published_id` is its newest frozen revision, None while only a draft."""

    id: int
    code: str
    title: Text
    purpose: Purpose
    lesson_code: str | None
    school_id: int | None
    created_by: int | None
    created_at: datetime
    published_id: int | None
    has_draft: bool
    item_count: int
    """How many items one pupil gets."""
    points: int
    """What one pupil can earn."""


def _seen_from(school_id: int | None) -> ColumnElement[bool]:
    """The province's assessments and those of the viewer's own school; drafts of the province only for its people."""
    if school_id is None:
        return Assessment.school_id.is_(None)
    is_published = exists().where(
        AssessmentRevision.assessment_id == Assessment.id, AssessmentRevision.published_at.is_not(None)
    )
    return or_(Assessment.school_id == school_id, Assessment.school_id.is_(None) & is_published)


def list_assessments(
    session: Session,
    *,
    school_id: int | None,
    lesson_code: str | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[list[ListedAssessment], int]:
    """Assessments that people of this school may use or are composing: their own first, then those of the packs."""
    published, draft, shown = aliased(AssessmentRevision), aliased(AssessmentRevision), aliased(AssessmentRevision)
    newest = (
        select(func.max(AssessmentRevision.number))
        .where(AssessmentRevision.assessment_id == Assessment.id, AssessmentRevision.published_at.is_not(None))
        .correlate(Assessment)
        .scalar_subquery()
    )
    statement = (
        select(Assessment, published.id, draft.id, shown)
        .select_from(Assessment)
        .outerjoin(published, (published.assessment_id == Assessment.id) & (published.number == newest))
        .outerjoin(draft, (draft.assessment_id == Assessment.id) & draft.published_at.is_(None))
        .outerjoin(shown, shown.id == func.coalesce(published.id, draft.id))
        .where(_seen_from(school_id), Assessment.withdrawn_at.is_(None))
    )
    if lesson_code is not None:
        statement = statement.where(Assessment.lesson_code == lesson_code)
    page = statement.order_by(Assessment.school_id.is_(None), Assessment.lesson_code, Assessment.id.desc())
    rows = session.execute(page.limit(limit).offset(offset)).all()
    sizes = map_sizes(session, [revision for *_, revision in rows if revision is not None])
    listed = [_listed(*row[:3], *sizes.get(row[3].id if row[3] else 0, (0, 0))) for row in rows]
    return listed, count(session, statement.with_only_columns(Assessment.id))


def _listed(
    assessment: Assessment, published_id: int | None, draft_id: int | None, items: int, points: int
) -> ListedAssessment:
    return ListedAssessment(
        id=assessment.id,
        code=assessment.code,
        title=assessment.title,
        purpose=assessment.purpose,
        lesson_code=assessment.lesson_code,
        school_id=assessment.school_id,
        created_by=assessment.created_by,
        created_at=assessment.created_at,
        published_id=published_id,
        has_draft=draft_id is not None,
        item_count=items,
        points=points,
    )


def find_assessment(session: Session, code: str) -> Assessment | None:
    """The assessment with this code."""
    return session.scalars(select(Assessment).where(Assessment.code == code)).first()


def get_visible_assessment(session: Session, code: str, *, school_id: int | None) -> Assessment:
    """An assessment that people of this school may see. Raises NotFound."""
    statement = select(Assessment).where(
        Assessment.code == code, _seen_from(school_id), Assessment.withdrawn_at.is_(None)
    )
    found = session.scalars(statement).first()
    if found is None:
        raise NotFound
    return found


def load_composed(session: Session, *, code: str) -> tuple[Assessment, Place]:
    """An assessment composed here (not one of a lesson pack), and where it lives. Raises NotFound.

    It lives in its author's school, or at the head of the province, and with its author.
    """
    assessment = find_assessment(session, code)
    if assessment is None or assessment.created_by is None or assessment.withdrawn_at is not None:
        raise NotFound
    if assessment.school_id is not None:
        path = session.scalar(select(SchoolPath.path).where(SchoolPath.school_id == assessment.school_id))
    else:
        root = find_root(session, Tree.AUTHORITY)
        path = root.path if root is not None else None
    return assessment, Place(path=path, person_id=assessment.created_by)


def find_draft(session: Session, assessment_id: int) -> AssessmentRevision | None:
    """The revision that is being composed."""
    statement = select(AssessmentRevision).where(
        AssessmentRevision.assessment_id == assessment_id, AssessmentRevision.published_at.is_(None)
    )
    return session.scalars(statement).first()


def find_published(session: Session, assessment_id: int) -> AssessmentRevision | None:
    """The newest frozen revision."""
    statement = (
        select(AssessmentRevision)
        .where(AssessmentRevision.assessment_id == assessment_id, AssessmentRevision.published_at.is_not(None))
        .order_by(AssessmentRevision.number.desc())
        .limit(1)
    )
    return session.scalars(statement).first()


def get_assessment_revision(session: Session, revision_id: int) -> FrozenAssessment:
    """A revision with its items and their contents, in two statements. Raises NotFound."""
    revision = session.get(AssessmentRevision, revision_id)
    if revision is None:
        raise NotFound
    assessment = session.get_one(Assessment, revision.assessment_id)
    return FrozenAssessment(
        id=revision.id,
        assessment_id=assessment.id,
        code=assessment.code,
        number=revision.number,
        title=revision.title,
        purpose=assessment.purpose,
        lesson_code=assessment.lesson_code,
        school_id=assessment.school_id,
        content_hash=revision.content_hash,
        published_at=revision.published_at,
        items=tuple(_list_placed(session, revision.id)),
        pools=pools_of(revision),
    )


def _list_placed(session: Session, revision_id: int) -> list[PlacedItem]:
    current = aliased(ItemRevision)
    statement = (
        select(AssessmentItem, Item, ItemRevision, current.id)
        .join(ItemRevision, ItemRevision.id == AssessmentItem.item_revision_id)
        .join(Item, Item.id == ItemRevision.item_id)
        .outerjoin(current, (current.item_id == Item.id) & (current.state == ItemState.PUBLISHED))
        .where(AssessmentItem.revision_id == revision_id)
        .order_by(AssessmentItem.position)
    )
    return [
        PlacedItem(placed.position, placed.points, bank_item(item, revision), current_id, placed.pool)
        for placed, item, revision, current_id in session.execute(statement)
    ]


def list_slots(session: Session, revision_id: int) -> Slots:
    """Which items stand where in a revision."""
    statement = (
        select(AssessmentItem.item_revision_id, AssessmentItem.points, AssessmentItem.pool)
        .where(AssessmentItem.revision_id == revision_id)
        .order_by(AssessmentItem.position)
    )
    return tuple(Slot(*row) for row in session.execute(statement))


def list_hashes(session: Session, item_revision_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Code and content hash of frozen items, by the id of the revision."""
    statement = (
        select(ItemRevision.id, Item.code, ItemRevision.content_hash)
        .join(ItemRevision.item)
        .where(ItemRevision.id.in_(item_revision_ids), ItemRevision.state.not_in(OPEN))
    )
    return {found: (code, digest) for found, code, digest in session.execute(statement)}
