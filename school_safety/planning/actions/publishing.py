"""Publishing a programme, the clerk's number, and what the supervisor says of it."""

from datetime import date, datetime
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.curriculum.rules import Strand, elements_of, grades_of
from school_safety.kit.db import Session, refusing
from school_safety.kit.errors import Refused
from school_safety.planning import queries
from school_safety.planning.actions.standings import refresh_standing
from school_safety.planning.models import (
    Activity,
    Answer,
    Declaration,
    DocumentNumber,
    Programme,
    ProgrammeRevision,
    RevisionStrand,
    SupervisorMark,
)
from school_safety.planning.queries import Draft, Published
from school_safety.planning.rules import (
    ActivityDraft,
    Check,
    DraftingProblem,
    MarkKind,
    content_hash,
    draft_problems,
    served_strands,
    strand_content,
)


def content_of(draft: Draft, activities: list[Activity]) -> dict[str, Any]:
    """What is published, as plain values: units and posts, never persons nor the school's own notes; the hash covers
    exactly this."""
    programme = draft.programme
    return {
        "school": {"code": draft.school.code, "name": draft.school.name},
        "year": draft.year.code,
        "title": programme.title,
        "purpose": programme.purpose,
        "basis": list(programme.basis),
        "grades": list(grades_of(draft.school.grades)),
        "activities": [_entry(number, activity) for number, activity in enumerate(activities, 1)],
    }


def _entry(number: int, activity: Activity) -> dict[str, Any]:
    return {
        "number": number,
        "id": activity.id,
        "title": activity.title,
        "lead_unit": activity.lead_unit,
        "coordinating_units": list(activity.coordinating_units),
        "schedule": str(activity.schedule),
        "starts_on": _iso(activity.starts_on),
        "ends_on": _iso(activity.ends_on),
        "recurrence": str(activity.recurrence) if activity.recurrence else None,
        "channel": activity.channel,
        "grades": list(grades_of(activity.grades)),
        "parents": activity.parents,
        "staff": activity.staff,
        "elements": [str(element) for element in elements_of(activity.elements)],
        "lessons": list(activity.lessons),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def publish_programme(
    session: Session, *, actor: Viewer | None, draft: Draft, edition: int, now: datetime
) -> ProgrammeRevision:
    """Freeze the draft as the next revision; it serves the strands whose checks hold and declares them.

    Raises Refused: CHANGED_MEANWHILE when the draft is no longer the edition that was looked at, CHECKS_FAIL when no
    strand's checks hold, NOTHING_NEW when the content is already published.
    """
    programme = draft.programme
    if edition != programme.edition:
        raise Refused(DraftingProblem.CHANGED_MEANWHILE)
    activities = queries.list_activities(session, programme.id)
    drafts = [queries.draft_of(activity) for activity in activities]
    served = served_strands(draft_problems(drafts, year=draft.dates, levels=draft.school.grades))
    if not served:
        raise Refused(DraftingProblem.CHECKS_FAIL)
    content = content_of(draft, activities)
    digest = content_hash(content)
    last = queries.find_revision(session, programme.id)
    if last is not None and last.content_hash == digest:
        raise Refused(DraftingProblem.NOTHING_NEW)
    revision = ProgrammeRevision(
        programme_id=programme.id,
        number=(last.number if last is not None else 0) + 1,
        content=content,
        content_hash=digest,
        published_by=actor.person_id if actor else None,
        post=_post(actor),
        published_at=now,
    )
    with refusing(session, DraftingProblem.CHANGED_MEANWHILE):
        session.add(revision)
        session.flush()
    _add_strands(session, draft, drafts, revision, served)
    _declare_served(session, actor, draft, revision, served, now)
    programme.told_principal_at = programme.told_by = None
    refresh_standing(session, school_id=draft.school.school_id, year=draft.year)
    data = {"revision": revision.number, "hash": digest, "strands": sorted(served)}
    _audit(session, actor, "programme.published", draft.school.path, programme, data)
    return revision


def _add_strands(
    session: Session,
    draft: Draft,
    drafts: list[ActivityDraft],
    revision: ProgrammeRevision,
    served: frozenset[Strand],
) -> None:
    for strand in Strand:
        part = strand_content(drafts, strand, year=draft.dates)
        session.add(
            RevisionStrand(
                revision_id=revision.id,
                strand=strand,
                elements=part.elements,
                grades=part.grades,
                complete=part.complete,
                served=strand in served,
            )
        )


def _declare_served(
    session: Session,
    actor: Viewer | None,
    draft: Draft,
    revision: ProgrammeRevision,
    served: frozenset[Strand],
    now: datetime,
) -> None:
    for strand in sorted(served):
        last = queries.find_declaration(session, draft.school.school_id, draft.year.id, strand)
        if last is None or last.answer is not Answer.YES:
            session.add(
                Declaration(
                    school_id=draft.school.school_id,
                    year_id=draft.year.id,
                    strand=strand,
                    answer=Answer.YES,
                    revision_id=revision.id,
                    recorded_by=actor.person_id if actor else None,
                    post=_post(actor),
                    recorded_at=now,
                )
            )


def _post(actor: Viewer | None) -> str:
    return (actor.post if actor else None) or ""


def number_document(
    session: Session,
    *,
    actor: Viewer | None,
    published: Published,
    number: str,
    signed_on: date,
    now: datetime,
    today: date,
) -> DocumentNumber:
    """Keep the number and date that the clerk gave the signed paper: no new revision, the content hash stays.

    Raises Refused for a date in the future.
    """
    if signed_on > today:
        raise Refused(DraftingProblem.SIGNED_IN_FUTURE, "signed_on")
    last = queries.find_document_number(session, published.revision.id)
    row = DocumentNumber(
        revision_id=published.revision.id,
        number=number,
        signed_on=signed_on,
        supersedes=last.id if last is not None else None,
        recorded_by=actor.person_id if actor else None,
        recorded_at=now,
    )
    with refusing(session, DraftingProblem.CHANGED_MEANWHILE):
        session.add(row)
        session.flush()
    data = {"revision": published.revision.number}
    _audit(session, actor, "programme.numbered", published.school.path, published.programme, data)
    return row


def mark_programme(
    session: Session,
    *,
    actor: Viewer | None,
    published: Published,
    kind: MarkKind,
    comment: str,
    now: datetime,
    strand: Strand | None = None,
    failing: Check | None = None,
) -> SupervisorMark:
    """Acknowledge, comment, or return a revision naming the failing check; a return takes its strand back to G1.

    Raises Refused: a return without its check or its words, a comment without words, a revision that is not the last.
    """
    _check_mark(session, published, kind, comment, failing)
    mark = SupervisorMark(
        revision_id=published.revision.id,
        kind=kind,
        strand=strand if kind is MarkKind.RETURNED else None,
        failing=failing if kind is MarkKind.RETURNED else None,
        comment=comment,
        recorded_by=actor.person_id if actor else None,
        post=_post(actor),
        recorded_at=now,
    )
    session.add(mark)
    refresh_standing(session, school_id=published.school.school_id, year=published.year)
    data = {"revision": published.revision.number, "kind": kind, "failing": mark.failing, "strand": mark.strand}
    _audit(session, actor, f"programme.{kind}", published.school.path, published.programme, data)
    return mark


def take_back_return(
    session: Session, *, actor: Viewer | None, published: Published, mark: SupervisorMark, now: datetime
) -> SupervisorMark:
    """Take a return back: its row stays, a new one supersedes it, and the grade is what the programme alone says.

    Raises Refused: a mark that is no return or was taken back already, a revision that is not the last.
    """
    last = queries.find_revision(session, published.programme.id)
    if last is None or last.id != published.revision.id:
        raise Refused(DraftingProblem.NOT_THE_LAST_REVISION)
    if mark not in queries.list_returns_in_force(queries.list_marks(session, last.id)):
        raise Refused(DraftingProblem.NOT_RETURNED)
    row = SupervisorMark(
        revision_id=last.id,
        kind=MarkKind.TAKEN_BACK,
        comment="",
        supersedes=mark.id,
        recorded_by=actor.person_id if actor else None,
        post=_post(actor),
        recorded_at=now,
    )
    with refusing(session, DraftingProblem.NOT_RETURNED):
        session.add(row)
        session.flush()
    refresh_standing(session, school_id=published.school.school_id, year=published.year)
    data = {"revision": last.number, "mark": mark.id}
    _audit(session, actor, "programme.return_taken_back", published.school.path, published.programme, data)
    return row


def _check_mark(session: Session, published: Published, kind: MarkKind, comment: str, failing: Check | None) -> None:
    last = queries.find_revision(session, published.programme.id)
    if last is None or last.id != published.revision.id:
        raise Refused(DraftingProblem.NOT_THE_LAST_REVISION)
    if kind is MarkKind.RETURNED and failing is None:
        raise Refused(DraftingProblem.RETURN_WITHOUT_CHECK, "failing")
    if kind is not MarkKind.ACKNOWLEDGED and not comment:
        raise Refused(DraftingProblem.COMMENT_MISSING, "comment")


def _audit(
    session: Session, actor: Viewer | None, verb: str, path: str, programme: Programme, data: dict[str, Any]
) -> None:
    record_audit(
        session, actor=actor, verb=verb, object_type="programme", object_id=programme.id, place=path, data=data
    )
