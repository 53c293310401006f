"""What a file changes: its cleaned rows against what is there, decided on plain values."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from school_safety.roster.rules.classes import MAX_LIST_NUMBER

MAX_NAME = 120


class RowProblem(StrEnum):
    """What can be wrong with a file of people, or with one row of it."""

    NO_HEADER = "no_header"
    NO_BIRTH_COLUMN = "no_birth_column"
    LEGACY_FONT = "legacy_font"
    NAME_MISSING = "name_missing"
    NAME_SHAPE = "name_shape"
    BIRTH_DATE_SHAPE = "birth_date_shape"
    CLASS_MISSING = "class_missing"
    CLASS_SHAPE = "class_shape"
    GRADE_MISSING = "grade_missing"
    MOET_SHAPE = "moet_shape"
    MOET_PERSONAL_ID = "moet_personal_id"
    PUPIL_TWICE = "pupil_twice"
    NO_STAFF_HEADER = "no_staff_header"
    ROLE_UNKNOWN = "role_unknown"
    STAFF_TWICE = "staff_twice"
    OTHER_CLASS = "other_class"
    IN_OTHER_CLASS = "in_other_class"
    CLASS_GRADE_DIFFERS = "class_grade_differs"
    GRADE_NOT_TAUGHT = "grade_not_taught"
    MOET_OTHER_PERSON = "moet_other_person"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_MISSING = "place_missing"
    CLASS_UNKNOWN = "class_unknown"
    EMAIL_OTHER_NAME = "email_other_name"


REMARKS = frozenset({RowProblem.MOET_SHAPE, RowProblem.MOET_PERSONAL_ID})
"""Said beside the row, which is taken all the same: without the code."""


def list_numbers(classes: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The classes whose numbers are no list numbers, each with fresh ones by order.

    Numbers are list numbers when each class has its own, from 1 to 99 and none twice; one count that runs on through
    several classes is not.
    """
    everybody = [number for numbers in classes.values() for number in numbers]
    runs_on = len(classes) > 1 and len(set(everybody)) == len(everybody)
    return {
        name: list(range(1, len(numbers) + 1))
        for name, numbers in classes.items()
        if runs_on or min(numbers) < 1 or max(numbers) > MAX_LIST_NUMBER or len(set(numbers)) < len(numbers)
    }
