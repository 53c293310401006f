"""Forms of the curriculum, and its words."""

from school_safety.curriculum.forms.lessons import (
    ELEMENT_WORDS,
    MINUTES,
    ORDER_WORDS,
    PHASE_WORDS,
    SENSITIVITY_WORDS,
    STRAND_WORDS,
    LessonSearchForm,
)

__all__ = [
    "ELEMENT_WORDS",
    "MINUTES",
    "ORDER_WORDS",
    "PHASE_WORDS",
    "SENSITIVITY_WORDS",
    "STRAND_WORDS",
    "LessonSearchForm",
]
