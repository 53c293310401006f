"""Tables of the curriculum."""

from school_safety.curriculum.models.lessons import (
    OPEN,
    Lesson,
    LessonMedia,
    LessonRevision,
    OutreachKit,
    RevisionState,
)

__all__ = ["OPEN", "Lesson", "LessonMedia", "LessonRevision", "OutreachKit", "RevisionState"]
