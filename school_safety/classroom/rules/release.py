"""What may be shown of an attempt, and when: the one answer that every page, endpoint and export of a pupil asks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from school_safety.classroom.rules.windows import AttemptState


class FeedbackRelease(StrEnum):
    """When a pupil sees what was right: after each answer, at submission, after the whole class is done, never."""

    AFTER_EACH = "after_each"
    AT_SUBMIT = "at_submit"
    AFTER_CLOSE = "after_close"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Visible:
    """What a pupil may see of the own attempt: the answers given, marks with reasons and key, and the total."""

    answers: bool
    feedback: bool
    score: bool


NOTHING = Visible(answers=False, feedback=False, score=False)
ANSWERS = Visible(answers=True, feedback=False, score=False)
EVERYTHING = Visible(answers=True, feedback=True, score=True)


def visible_of_attempt(
    release: FeedbackRelease, state: AttemptState, *, everyone_closed_at: datetime, now: datetime
) -> Visible:
    """What may be shown of a whole attempt now; a void attempt shows nothing, a running one only its answers."""
    if state is AttemptState.VOID:
        return NOTHING
    if state is not AttemptState.SUBMITTED or release is FeedbackRelease.NEVER:
        return ANSWERS
    if release is FeedbackRelease.AFTER_CLOSE and now <= everyone_closed_at:
        return ANSWERS
    return EVERYTHING


def may_check(release: FeedbackRelease, state: AttemptState, *, answered: bool) -> bool:
    """True when a pupil at work may fix the answer to one item and see at once what was right."""
    return release is FeedbackRelease.AFTER_EACH and state is AttemptState.IN_PROGRESS and answered


def shows_item_feedback(release: FeedbackRelease, state: AttemptState, *, checked: bool, attempt: Visible) -> bool:
    """True when marks and key of one item may be shown: the attempt is released, or this item was fixed at work."""
    if attempt.feedback:
        return True
    return release is FeedbackRelease.AFTER_EACH and state is AttemptState.IN_PROGRESS and checked


def shows_keys_between(release: FeedbackRelease, attempts_allowed: int) -> bool:
    """True when a pupil sees what was right before an attempt that still counts: the teacher has to know that."""
    return attempts_allowed > 1 and release in (FeedbackRelease.AT_SUBMIT, FeedbackRelease.AFTER_EACH)
