"""Answers past their term are emptied; results stay."""

from datetime import date

from school_safety.classroom.queries.forgetting import FORGET_ANSWERS, FORGET_HASHES
from school_safety.kit.db import Session


def forget_answers(session: Session, *, before: date) -> None:
    """Empty what was answered in school years that ended before a day."""
    session.execute(FORGET_ANSWERS, {"before": before})
    session.execute(FORGET_HASHES, {"before": before})
