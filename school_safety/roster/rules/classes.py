"""Decisions about class groups, enrolments and teaching on plain values: names, grades, dates."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

MAX_CLASS_NAME = 40
MAX_LIST_NUMBER = 99


class TeachingKind(StrEnum):
    """How somebody teaches a class group."""

    HOMEROOM = "homeroom"
    SUBJECT = "subject"


class LeftReason(StrEnum):
    """Why an enrolment ended."""

    MOVED_CLASS = "moved_class"
    MOVED_SCHOOL = "moved_school"
    LEFT_SCHOOL = "left_school"
    YEAR_OVER = "year_over"
    MISTAKE = "mistake"


class ClassProblem(StrEnum):
    """Why a change to a class group, an enrolment or a teaching is refused."""

    NAME_MISSING = "class_name_missing"
    NAME_TAKEN = "class_name_taken"
    GRADE_NOT_TAUGHT = "grade_not_taught"
    NAME_OTHER_GRADE = "name_other_grade"
    NUMBER_TAKEN = "list_number_taken"
    NUMBER_RANGE = "list_number_range"
    PERSON_NAME_MISSING = "person_name_missing"
    BIRTH_DATE_MISSING = "birth_date_missing"
    BIRTH_DATE_UNLIKELY = "birth_date_unlikely"
    OUTSIDE_YEAR = "outside_year"
    BEFORE_START = "before_start"
    ALREADY_ENROLLED = "already_enrolled"
    ALREADY_LEFT = "already_left"
    SAME_CLASS = "same_class"
    OTHER_SCHOOL = "other_school"
    ALREADY_TEACHES = "already_teaches"
    SUBJECT_MISSING = "subject_missing"
    NOT_STAFF = "not_staff"


_GRADE = re.compile(r"^(?:lớp|khối|l\.|k\.)?\s*(1[0-2]|[6-9])(?!\d)", re.IGNORECASE)


def grade_of_class_name(name: str) -> int | None:
    """The grade that a class name begins with (6A1, 6/1, 6.1, 10A5, 11 Toán, Lớp 12CB3), or None."""
    found = _GRADE.match(name.strip())
    return int(found[1]) if found else None


def class_problem(name: str, grade: int, grades_taught: Iterable[int]) -> tuple[ClassProblem, str] | None:
    """Why a class group cannot be so, and the field to blame; None when it can."""
    if not name:
        return ClassProblem.NAME_MISSING, "name"
    if grade not in set(grades_taught):
        return ClassProblem.GRADE_NOT_TAUGHT, "grade"
    if grade_of_class_name(name) not in (None, grade):
        return ClassProblem.NAME_OTHER_GRADE, "grade"
    return None


def birth_date_problem(birth_date: date | None, on: date) -> ClassProblem | None:
    """A pupil of grades 6 to 12 is 9 to 25 years old on the day; anything else is a slip of the pen."""
    if birth_date is None:
        return ClassProblem.BIRTH_DATE_MISSING
    years = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    return None if 9 <= years <= 25 else ClassProblem.BIRTH_DATE_UNLIKELY


def enrolment_problem(starts_on: date, ends_on: date | None, year_starts: date, year_ends: date) -> ClassProblem | None:
    """Why these dates of an enrolment cannot be: outside the school year, or ending before they begin."""
    if not year_starts <= starts_on <= year_ends:
        return ClassProblem.OUTSIDE_YEAR
    if ends_on is None:
        return None
    if ends_on < starts_on:
        return ClassProblem.BEFORE_START
    return None if ends_on <= year_ends else ClassProblem.OUTSIDE_YEAR


def free_number(taken: Iterable[int]) -> int:
    """The smallest list number after all those taken."""
    return max(taken, default=0) + 1
