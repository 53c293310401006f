"""Tables of the classroom."""

from school_safety.classroom.models.assignments import (
    Assignment,
    AssignmentGroup,
    AssignmentOverride,
    PupilAccommodation,
)
from school_safety.classroom.models.attempts import (
    Attempt,
    Mark,
    Regrading,
    Response,
    ResponseCheck,
    ResponseScore,
    Result,
    Submission,
)

__all__ = [
    "Assignment",
    "AssignmentGroup",
    "AssignmentOverride",
    "Attempt",
    "Mark",
    "PupilAccommodation",
    "Regrading",
    "Response",
    "ResponseCheck",
    "ResponseScore",
    "Result",
    "Submission",
]
