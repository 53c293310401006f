"""Every statement of the curriculum."""

from school_safety.curriculum.queries.lessons import (
    LessonOrder,
    LessonSearch,
    find_latest,
    find_lesson,
    find_published,
    get_lesson,
    get_media,
    get_revision,
    list_published,
    names_file,
    search_lessons,
    search_words,
)

__all__ = [
    "LessonOrder",
    "LessonSearch",
    "find_latest",
    "find_lesson",
    "find_published",
    "get_lesson",
    "get_media",
    "get_revision",
    "list_published",
    "names_file",
    "search_lessons",
    "search_words",
]
