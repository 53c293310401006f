"""Forms of the curriculum, and its words."""

from school_safety.curriculum.forms.adapting import (
    ADAPTING_WORDS,
    SIDE_WORDS,
    OriginalForm,
    original_form,
)
from school_safety.curriculum.forms.comparing import (
    FIELD_WORDS,
    LANGUAGE_WORDS,
    TEXT_WORDS,
    part_words,
    place_words,
)
from school_safety.curriculum.forms.contacts import (
    FIELD_NAMES as CONTACT_FIELD_NAMES,
)
from school_safety.curriculum.forms.contacts import (
    ContactSearchForm,
    EditContactForm,
    NewContactForm,
    typed_of,
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
    "ADAPTING_WORDS",
    "CONTACT_FIELD_NAMES",
    "ELEMENT_WORDS",
    "FIELD_WORDS",
    "LANGUAGE_WORDS",
    "MINUTES",
    "ORDER_WORDS",
    "PHASE_WORDS",
    "SENSITIVITY_WORDS",
    "SIDE_WORDS",
    "STRAND_WORDS",
    "TEXT_WORDS",
    "ContactSearchForm",
    "EditContactForm",
    "LessonSearchForm",
    "NewContactForm",
    "OriginalForm",
    "original_form",
    "part_words",
    "place_words",
    "typed_of",
]
