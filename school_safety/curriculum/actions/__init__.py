"""Every write of the curriculum."""

from school_safety.curriculum.actions.lessons import SEARCHED, LessonContent, Picture, publish_lesson
from school_safety.curriculum.actions.writing import (
    confirm_draft,
    content_of_revision,
    discard_draft,
    propose_draft,
    publish_draft,
    retire_lesson,
    return_draft,
    save_draft,
    start_adaptation,
    start_lesson,
    start_revision,
)

__all__ = [
    "SEARCHED",
    "LessonContent",
    "Picture",
    "confirm_draft",
    "content_of_revision",
    "discard_draft",
    "propose_draft",
    "publish_draft",
    "publish_lesson",
    "retire_lesson",
    "return_draft",
    "save_draft",
    "start_adaptation",
    "start_lesson",
    "start_revision",
]
