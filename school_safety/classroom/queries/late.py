"""One slot of an attempt, for the teacher who decides about its late answer."""

from sqlalchemy.orm import Session

from school_safety.access.policy import Place
from school_safety.classroom.queries.attempts import load_attempt_of_class
from school_safety.classroom.queries.facts import AttemptSlot
from school_safety.kit.errors import NotFound


def load_attempt_slot_of_class(session: Session, public_id: str, slot: int) -> tuple[AttemptSlot, Place]:
    """One slot of a pupil's attempt, for those who teach the class or lead the school; raises NotFound."""
    attempt, place = load_attempt_of_class(session, public_id)
    if attempt.paper.slot(slot) is None:
        raise NotFound
    return AttemptSlot(attempt, slot), place
