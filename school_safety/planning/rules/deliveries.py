"""Deliveries, their evidence and its verification: what may be recorded, what counts, and who may see a file."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

MAX_HEAD_COUNT = 20_000


class EvidenceKind(StrEnum):
    """Kinds of proof, those that show no pupil first."""

    MINUTES = "minutes"
    CLASS_RESULTS = "class_results"
    PUBLIC_LINK = "public_link"
    PHOTO = "photo"


class Decision(StrEnum):
    """What another unit decides about a delivery."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class DeliveryProblem(StrEnum):
    """Why a delivery cannot be recorded as entered."""

    FUTURE_DATE = "future_date"
    BEFORE_YEAR = "before_year"
    AFTER_YEAR = "after_year"
    NOBODY_PRESENT = "nobody_present"
    TOO_MANY_PRESENT = "too_many_present"
    ALREADY_RECORDED = "already_recorded"
    ALREADY_CHANGED = "already_changed"
    FOREIGN_CLASS_GROUP = "foreign_class_group"


class EvidenceProblem(StrEnum):
    """Why a piece of evidence cannot be kept as entered."""

    FILE_MISSING = "file_missing"
    LINK_MISSING = "link_missing"
    LINK_NOT_WEB = "link_not_web"
    RECOGNISABLE_UNANSWERED = "recognisable_unanswered"
    FILE_ALREADY_HERE = "file_already_here"
    ALREADY_WITHDRAWN = "already_withdrawn"


class VerificationProblem(StrEnum):
    """Why a decision about a delivery cannot be taken."""

    OWN_SCHOOL = "own_school"
    REASON_MISSING = "reason_missing"
    NOTHING_TO_ACCEPT = "nothing_to_accept"
    CHANGED_MEANWHILE = "changed_meanwhile"


def delivery_problem(taught_on: date, *, year_starts: date, year_ends: date, today: date) -> DeliveryProblem | None:
    """Why this date cannot be the day of a delivery of that year, or None."""
    if taught_on > today:
        return DeliveryProblem.FUTURE_DATE
    if taught_on < year_starts:
        return DeliveryProblem.BEFORE_YEAR
    if taught_on > year_ends:
        return DeliveryProblem.AFTER_YEAR
    return None


def head_count_problem(head_count: int, most: int | None) -> DeliveryProblem | None:
    """Why so many people cannot have been present; `most` is the number enrolled where only pupils can come."""
    if head_count < 1:
        return DeliveryProblem.NOBODY_PRESENT
    if head_count > (MAX_HEAD_COUNT if most is None else most):
        return DeliveryProblem.TOO_MANY_PRESENT
    return None


def evidence_problem(
    kind: EvidenceKind, *, has_file: bool, link: str | None, recognisable: bool | None
) -> EvidenceProblem | None:
    """What is missing from a piece of evidence: a link for a public page; else a file and an answer about faces."""
    if kind is EvidenceKind.PUBLIC_LINK:
        if not link:
            return EvidenceProblem.LINK_MISSING
        return None if link.startswith(("https://", "http://")) else EvidenceProblem.LINK_NOT_WEB
    if not has_file:
        return EvidenceProblem.FILE_MISSING
    return EvidenceProblem.RECOGNISABLE_UNANSWERED if recognisable is None else None


def may_see_file(*, recognisable: bool, belongs: bool) -> bool:
    """A file in which pupils can be recognised is for people of that school only."""
    return belongs or not recognisable


def verification_problem(
    decision: Decision, *, reason: str, belongs: bool, evidenced: bool
) -> VerificationProblem | None:
    """Why this person cannot decide so: they belong to the school, give no reason, or there is nothing to accept."""
    if belongs:
        return VerificationProblem.OWN_SCHOOL
    if decision is Decision.REJECTED:
        return None if reason else VerificationProblem.REASON_MISSING
    return None if evidenced else VerificationProblem.NOTHING_TO_ACCEPT


@dataclass(frozen=True, slots=True)
class VerificationFact:
    """The last decision about a delivery: which version it looked at, and up to which piece of evidence."""

    decision: Decision
    delivery_id: int
    evidence_upto: int


def is_evidenced(head_count: int, evidence_ids: Iterable[int], last: VerificationFact | None) -> bool:
    """Whether someone was present and at least one piece of evidence stands that no rejection has looked at."""
    seen = last.evidence_upto if last is not None and last.decision is Decision.REJECTED else 0
    return head_count >= 1 and any(evidence > seen for evidence in evidence_ids)


def is_accepted(delivery_id: int, last: VerificationFact | None) -> bool:
    """Whether the last decision accepts this very version: a delivery changed afterwards has to be looked at again."""
    return last is not None and last.decision is Decision.ACCEPTED and last.delivery_id == delivery_id


def best_activity(
    activities: Iterable[Mapping[str, Any]], *, channel: str, lesson: str, alike: Collection[str] = ()
) -> int | None:
    """The id of the published activity that suits a channel and a lesson; None where nothing does.

    Both first; then, for a channel among those that are `alike`, one on any of them that names the lesson; then the
    channel alone.
    """
    known = list(activities)
    on_channel = [one for one in known if channel and one["channel"] == channel]
    both = [one for one in on_channel if lesson in one["lessons"]]
    taught = [one for one in known if channel in alike and one["channel"] in alike and lesson in one["lessons"]]
    found = next(iter([*both, *taught, *on_channel]), None)
    return int(found["id"]) if found is not None else None
