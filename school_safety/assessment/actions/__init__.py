"""Every write about items and assessments."""

from school_safety.assessment.actions.composed import (
    create_assessment,
    draft_fingerprint,
    freeze_assessment,
    publish_assessment,
    save_draft,
    withdraw_assessment,
)
from school_safety.assessment.actions.items import freeze_item, retire_items
from school_safety.assessment.actions.quizzes import freeze_quiz
from school_safety.assessment.actions.writing import (
    Written,
    confirm_item,
    create_item,
    discard_draft,
    publish_item,
    retire_item,
    return_item,
    review_item,
    save_item,
)

__all__ = [
    "Written",
    "confirm_item",
    "create_assessment",
    "create_item",
    "discard_draft",
    "draft_fingerprint",
    "freeze_assessment",
    "freeze_item",
    "freeze_quiz",
    "publish_assessment",
    "publish_item",
    "retire_item",
    "retire_items",
    "return_item",
    "review_item",
    "save_draft",
    "save_item",
    "withdraw_assessment",
]
