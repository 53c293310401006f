"""Composing, freezing and withdrawing assessments."""

from collections.abc import Sequence

from school_safety.access.actions import record_audit
from school_safety.access.policy import Role, Viewer
from school_safety.assessment import queries
from school_safety.assessment.models import Assessment, AssessmentItem, AssessmentRevision, ItemRevision
from school_safety.assessment.rules import (
    Pools,
    Purpose,
    Slot,
    Slots,
    Text,
    assessment_hash,
    composing_problem,
    fingerprint,
    pools_in_use,
    survey_problem,
)
from school_safety.kit import clock, secrets
from school_safety.kit.db import Session, insert_many
from school_safety.kit.errors import Refused


def freeze_assessment(
    session: Session,
    *,
    actor: Viewer | None,
    code: str,
    lesson_code: str,
    title: Text,
    purpose: Purpose,
    items: Sequence[tuple[ItemRevision, int]],
    school_id: int | None = None,
) -> tuple[AssessmentRevision, bool]:
    """Make this the assessment's newest frozen revision; True if that took a new one, False if it is so already."""
    slots = tuple(Slot(revision.id, int(points)) for revision, points in items)
    _check(session, slots, purpose, publishing=True)
    assessment = queries.find_assessment(session, code)
    if assessment is None:
        assessment = Assessment(code=code, lesson_code=lesson_code, school_id=school_id, title={}, purpose=purpose)
    digest = _hash(session, title, purpose, slots)
    newest = queries.find_published(session, assessment.id) if assessment.id else None
    if newest is not None and newest.content_hash == digest:
        return newest, False
    assessment.title, assessment.purpose = dict(title), purpose
    session.add(assessment)
    session.flush()
    revision = _new_revision(session, assessment, newest.number + 1 if newest is not None else 1)
    _write(session, revision, slots)
    _freeze(session, actor, assessment, revision, digest)
    return revision, True


def create_assessment(
    session: Session,
    *,
    actor: Viewer,
    title: Text,
    purpose: Purpose,
    lesson_code: str | None = None,
    slots: Slots = (),
    pools: Pools | None = None,
) -> Assessment:
    """Begin an assessment of the actor's own, in the actor's school, with these items in it.

    Only the province's editors compose for the province: raises Refused for somebody of several schools or none.
    """
    if actor.school_id is None and not actor.has_role(Role.EDITOR):
        raise Refused("no_single_school")
    _check(session, slots, purpose, publishing=False)
    assessment = Assessment(
        code=f"BK-{secrets.class_code()}",
        lesson_code=lesson_code,
        title=dict(title),
        purpose=purpose,
        school_id=actor.school_id,
        created_by=actor.person_id,
    )
    session.add(assessment)
    session.flush()
    revision = _new_revision(session, assessment, 1)
    _write(session, revision, slots, pools)
    _record(session, actor, "assessment.created", assessment)
    return assessment


def save_draft(
    session: Session,
    *,
    actor: Viewer,
    assessment: Assessment,
    title: Text,
    purpose: Purpose,
    slots: Slots,
    pools: Pools | None = None,
    seen: str,
) -> AssessmentRevision:
    """Write the draft as it now stands; a published assessment gets a new draft beside its frozen revision.

    `seen` is the fingerprint of what the author had on the screen. Raises Refused for places that cannot be, and
    Refused("changed_meanwhile") if somebody saved in between.
    """
    _check(session, slots, purpose, publishing=False)
    if seen != draft_fingerprint(session, assessment):
        raise Refused("changed_meanwhile")
    revision = _draft(session, assessment)
    assessment.purpose = purpose
    revision.title = dict(title)
    if queries.find_published(session, assessment.id) is None:
        assessment.title = dict(title)
    _write(session, revision, slots, pools)
    _record(session, actor, "assessment.saved", assessment, items=len(slots))
    return revision


def draft_fingerprint(session: Session, assessment: Assessment) -> str:
    """What stands in the draft (or in the frozen revision it would start from), as one short string."""
    revision = queries.find_draft(session, assessment.id) or queries.find_published(session, assessment.id)
    if revision is None:
        return ""
    slots = queries.list_slots(session, revision.id)
    placed = [[slot.item_revision_id, slot.points, slot.pool] for slot in slots]
    return fingerprint([revision.title, assessment.purpose, placed, revision.pools])[:16]


def publish_assessment(session: Session, *, actor: Viewer, assessment: Assessment) -> AssessmentRevision:
    """Freeze the draft as a revision that can be assigned. Raises Refused: nothing to publish, no items."""
    revision = queries.find_draft(session, assessment.id)
    if revision is None:
        raise Refused("nothing_to_publish")
    slots = queries.list_slots(session, revision.id)
    pools = queries.pools_of(revision)
    _check(session, slots, assessment.purpose, pools, publishing=True)
    assessment.title = revision.title
    _freeze(session, actor, assessment, revision, _hash(session, revision.title, assessment.purpose, slots, pools))
    return revision


def withdraw_assessment(session: Session, *, actor: Viewer, assessment: Assessment) -> None:
    """Take an assessment out of the lists; what was assigned from it goes on."""
    assessment.withdrawn_at = clock.now()
    session.flush()
    _record(session, actor, "assessment.withdrawn", assessment)


def _check(session: Session, slots: Slots, purpose: Purpose, pools: Pools | None = None, *, publishing: bool) -> None:
    problem = composing_problem(slots, pools=pools, publishing=publishing)
    if problem is None and publishing:
        unscored = queries.list_unscored(session, [slot.item_revision_id for slot in slots])
        problem = survey_problem([slot.pool for slot in slots if slot.item_revision_id in unscored], purpose)
    if problem is not None:
        raise Refused(problem)
    if len(queries.list_hashes(session, [slot.item_revision_id for slot in slots])) < len(slots):
        raise Refused("unknown_item")


def _hash(session: Session, title: Text, purpose: Purpose, slots: Slots, pools: Pools | None = None) -> str:
    known = queries.list_hashes(session, [slot.item_revision_id for slot in slots])
    items = [(*known[slot.item_revision_id], slot.points) for slot in slots]
    return assessment_hash(title, purpose, items, pooled=[slot.pool for slot in slots], pools=pools)


def _draft(session: Session, assessment: Assessment) -> AssessmentRevision:
    draft = queries.find_draft(session, assessment.id)
    if draft is not None:
        return draft
    published = queries.find_published(session, assessment.id)
    return _new_revision(session, assessment, published.number + 1 if published is not None else 1)


def _new_revision(session: Session, assessment: Assessment, number: int) -> AssessmentRevision:
    revision = AssessmentRevision(assessment_id=assessment.id, number=number, title=assessment.title)
    session.add(revision)
    session.flush()
    return revision


def _write(session: Session, revision: AssessmentRevision, slots: Slots, pools: Pools | None = None) -> None:
    revision.pools = {str(pool): count for pool, count in pools_in_use(slots, pools or {}).items()}
    session.flush()
    session.execute(queries.DELETE_SLOTS, {"of_revision": revision.id})
    insert_many(
        session,
        AssessmentItem,
        [
            {
                "revision_id": revision.id,
                "position": position,
                "item_revision_id": slot.item_revision_id,
                "points": slot.points,
                "pool": slot.pool,
            }
            for position, slot in enumerate(slots, start=1)
        ],
    )


def _freeze(
    session: Session, actor: Viewer | None, assessment: Assessment, revision: AssessmentRevision, digest: str
) -> None:
    revision.content_hash, revision.published_at = digest, clock.now()
    session.flush()
    _record(session, actor, "assessment.published", assessment, revision=revision.number)


def _record(session: Session, actor: Viewer | None, verb: str, assessment: Assessment, **data: int) -> None:
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type="assessment",
        object_id=assessment.id,
        data={"code": assessment.code, **data},
    )
