"""The shape of what teachers and devices send, and the words of what is refused to teachers and pupils."""

from school_safety.classroom.forms.accommodations import ClassExtraForm, PupilExtraForm
from school_safety.classroom.forms.bodies import (
    AnswerFields,
    SealedAnswer,
    UploadBody,
    read_fields,
    read_upload,
)
from school_safety.classroom.forms.giving import (
    ExtendWindowForm,
    PublishAssignmentForm,
    ReopenForm,
    VoidAttemptForm,
)
from school_safety.classroom.forms.marking import MarkAnswerForm, mark_form
from school_safety.classroom.forms.words import (
    CELL_WORDS,
    POLICY_WORDS,
    PURPOSE_WORDS,
    RELEASE_WORDS,
    START_WORDS,
    WINDOW_WORDS,
    choices_of,
)

__all__ = [
    "CELL_WORDS",
    "POLICY_WORDS",
    "PURPOSE_WORDS",
    "RELEASE_WORDS",
    "START_WORDS",
    "WINDOW_WORDS",
    "AnswerFields",
    "ClassExtraForm",
    "ExtendWindowForm",
    "MarkAnswerForm",
    "PublishAssignmentForm",
    "PupilExtraForm",
    "ReopenForm",
    "SealedAnswer",
    "UploadBody",
    "VoidAttemptForm",
    "choices_of",
    "mark_form",
    "read_fields",
    "read_upload",
]
