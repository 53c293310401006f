"""Forms of the curriculum, and its words."""

from school_safety.curriculum.forms.comparing import (
    FIELD_WORDS,
    LANGUAGE_WORDS,
    TEXT_WORDS,
    part_words,
    place_words,
)
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
    "FIELD_WORDS",
    "LANGUAGE_WORDS",
    "MINUTES",
    "ORDER_WORDS",
    "PHASE_WORDS",
    "SENSITIVITY_WORDS",
    "STRAND_WORDS",
    "TEXT_WORDS",
    "LessonSearchForm",
    "part_words",
    "place_words",
]
