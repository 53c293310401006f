"""Evidence of a delivery, and another unit's decision about it."""

from datetime import date, datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit import secrets
from school_safety.kit.db import Session, refusing
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.files import Prepared
from school_safety.planning import queries
from school_safety.planning.actions.deliveries import recorded
from school_safety.planning.actions.standings import refresh_standing
from school_safety.planning.models import Evidence, EvidenceTombstone, Verification
from school_safety.planning.queries import DeliveryInSchool
from school_safety.planning.rules import (
    Decision,
    EvidenceKind,
    EvidenceProblem,
    VerificationProblem,
    evidence_problem,
    verification_problem,
)

_FIELDS = {EvidenceProblem.FILE_MISSING: "file", EvidenceProblem.RECOGNISABLE_UNANSWERED: "recognisable"}


def add_evidence(
    session: Session,
    *,
    actor: Viewer | None,
    found: DeliveryInSchool,
    kind: EvidenceKind,
    file: Prepared | None,
    link: str | None,
    recognisable: bool | None,
    now: datetime,
) -> Evidence:
    """Add a stored file or a public link to a delivery; raises Refused(EvidenceProblem)."""
    is_link = kind is EvidenceKind.PUBLIC_LINK
    problem = evidence_problem(kind, has_file=file is not None, link=link, recognisable=recognisable)
    if problem is not None:
        raise Refused(problem, _FIELDS.get(problem, "link"))
    kept = None if is_link else file
    if kept is not None and any(each.sha256 == kept.sha256 for each in found.row.evidence):
        raise Refused(EvidenceProblem.FILE_ALREADY_HERE, "file")
    piece = Evidence(
        public_id=secrets.public_id(),
        delivery_id=found.row.delivery.root_id,
        kind=kind,
        sha256=kept.sha256 if kept else None,
        size=kept.size if kept else None,
        media_type=kept.media_type if kept else None,
        link=link if is_link else None,
        recognisable=bool(recognisable) and not is_link,
        **recorded(actor, now),
    )
    session.add(piece)
    session.flush()
    _proof_changed(session, actor, "evidence.added", found, piece)
    return piece


def withdraw_evidence(
    session: Session, *, actor: Viewer | None, found: DeliveryInSchool, public_id: str, now: datetime
) -> None:
    """Take a piece of evidence back; its row and hash stay. Raises NotFound."""
    piece = next((each for each in found.row.evidence if each.public_id == public_id), None)
    if piece is None:
        raise NotFound
    gone = Evidence(
        public_id=secrets.public_id(),
        delivery_id=piece.delivery_id,
        kind=piece.kind,
        sha256=piece.sha256,
        size=piece.size,
        media_type=piece.media_type,
        link=piece.link,
        recognisable=piece.recognisable,
        supersedes=piece.id,
        withdrawn=True,
        **recorded(actor, now),
    )
    with refusing(session, EvidenceProblem.ALREADY_WITHDRAWN):
        session.add(gone)
        session.flush()
    _proof_changed(session, actor, "evidence.withdrawn", found, piece)


def _proof_changed(session: Session, actor: Viewer | None, verb: str, found: DeliveryInSchool, piece: Evidence) -> None:
    data = {"delivery": piece.delivery_id, "kind": piece.kind, "sha256": piece.sha256}
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type="evidence",
        object_id=piece.id,
        place=found.school.path,
        data=data,
    )
    refresh_standing(session, school_id=found.school.school_id, year=found.year)


# ---- Verification ----


def verify_delivery(
    session: Session,
    *,
    actor: Viewer,
    found: DeliveryInSchool,
    version: int,
    evidence_upto: int,
    decision: Decision,
    reason: str,
    now: datetime,
    today: date,
) -> Verification:
    """Accept or reject a delivery as a person of another unit; `version` and `evidence_upto` are what was looked at.

    Raises Refused(VerificationProblem); the database refuses members of the school a second time.
    """
    delivery = found.row.delivery
    _check_decision(session, actor, found, decision, reason, today)
    if version != delivery.id or evidence_upto != newest_evidence(found):
        raise Refused(VerificationProblem.CHANGED_MEANWHILE)
    verification = Verification(
        delivery_id=delivery.id,
        evidence_upto=evidence_upto,
        decision=decision,
        reason=reason if decision is Decision.REJECTED else "",
        decided_by=actor.person_id,
        post=actor.post or "",
        decided_on=today,
        recorded_at=now,
    )
    with refusing(session, VerificationProblem.OWN_SCHOOL):
        session.add(verification)
        session.flush()
    refresh_standing(session, school_id=found.school.school_id, year=found.year)
    _audit_decision(session, actor, found, verification)
    return verification


def _audit_decision(session: Session, actor: Viewer, found: DeliveryInSchool, verification: Verification) -> None:
    record_audit(
        session,
        actor=actor,
        verb=f"delivery.{verification.decision}",
        object_type="delivery",
        object_id=found.row.delivery.root_id,
        place=found.school.path,
        data={"version": verification.delivery_id, "verification": verification.id},
    )


def _check_decision(
    session: Session, actor: Viewer, found: DeliveryInSchool, decision: Decision, reason: str, today: date
) -> None:
    taught_on = found.row.delivery.taught_on
    belongs = queries.belongs_to(session, actor.person_id, found.school.school_id, taught_on, today)
    problem = verification_problem(decision, reason=reason, belongs=belongs, evidenced=bool(found.row.evidence))
    if problem is not None:
        raise Refused(problem, "reason" if problem is VerificationProblem.REASON_MISSING else None)


def newest_evidence(found: DeliveryInSchool) -> int:
    """The id of the last piece of evidence that stands; 0 without any."""
    return max((each.id for each in found.row.evidence), default=0)


def bury_files(session: Session, *, before: datetime, now: datetime) -> int:
    """Give up the files of evidence recorded before a moment: their rows, hashes and counts stay; how many.

    The files themselves go with the next sweep, unless a younger piece names the same one.
    """
    old = queries.list_past_retention(session, before)
    session.add_all(EvidenceTombstone(evidence_id=evidence_id, recorded_at=now) for evidence_id in old)
    session.flush()
    return len(old)
