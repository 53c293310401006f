"""Tables of the curriculum."""

from school_safety.curriculum.models.lessons import Lesson, LessonMedia, LessonRevision, OutreachKit, RevisionState

__all__ = ["Lesson", "LessonMedia", "LessonRevision", "OutreachKit", "RevisionState"]
