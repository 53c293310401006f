"""Every write of the curriculum."""

from school_safety.curriculum.actions.lessons import SEARCHED, LessonContent, Picture, publish_lesson

__all__ = ["SEARCHED", "LessonContent", "Picture", "publish_lesson"]
