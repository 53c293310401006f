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

__all__ = [
    "create_assessment",
    "draft_fingerprint",
    "freeze_assessment",
    "freeze_item",
    "publish_assessment",
    "retire_items",
    "save_draft",
    "withdraw_assessment",
]
