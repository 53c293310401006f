"""Tables of the curriculum."""

from school_safety.curriculum.models.contacts import Contact, ContactRevision
from school_safety.curriculum.models.lessons import (
    OPEN,
    Lesson,
    LessonMedia,
    LessonRevision,
    OutreachKit,
    RevisionState,
)

__all__ = [
    "OPEN",
    "Contact",
    "ContactRevision",
    "Lesson",
    "LessonMedia",
    "LessonRevision",
    "OutreachKit",
    "RevisionState",
]
