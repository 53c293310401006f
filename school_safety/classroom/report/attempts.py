"""All attempts of one pupil at one assignment, and the result that they give together."""

from dataclasses import dataclass
from datetime import datetime

from school_safety.classroom import queries
from school_safety.classroom.queries import AttemptFacts
from school_safety.classroom.report.scores import worth_of
from school_safety.classroom.rules import AttemptPolicy, AttemptState, Total, counting_total
from school_safety.kit.db import Session


@dataclass(frozen=True, slots=True)
class AttemptOfPupil:
    """One of the attempts; `total` is None where there is none, or where it may not be shown."""

    attempt: AttemptFacts
    state: AttemptState
    total: Total | None


@dataclass(frozen=True, slots=True)
class PupilAttempts:
    """Every attempt, first to last, and the `total` by the policy; None until all that count may be shown."""

    attempts: tuple[AttemptOfPupil, ...]
    policy: AttemptPolicy
    total: Total | None


def attempts_of_pupil(
    session: Session, attempt: AttemptFacts, *, now: datetime, for_teacher: bool = False
) -> PupilAttempts:
    """The attempts of the same pupil at the same assignment; a pupil gets totals by the release only."""
    attempts = queries.list_attempts_of(session, attempt.person_id, attempt.assignment_id)
    finished = [one for one in attempts if one.state(now) is AttemptState.SUBMITTED]
    shown = [one for one in finished if for_teacher or one.visible(now).score]
    worth = worth_of(session, shown, None, now=now) if shown else {}
    lines = tuple(
        AttemptOfPupil(one, one.state(now), worth[one.id].total if one.id in worth else None) for one in attempts
    )
    totals = [worth[one.id].total for one in shown if one.id in worth]
    whole = counting_total(attempt.policy, totals) if len(shown) == len(finished) else None
    return PupilAttempts(lines, attempt.policy, whole)
