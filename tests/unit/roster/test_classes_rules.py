"""Class groups, enrolments and the numbering of lists on plain values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.roster.rules.classes import (
    ClassProblem,
    birth_date_problem,
    class_problem,
    enrolment_problem,
    free_number,
    grade_of_class_name,
)
from school_safety.roster.rules.import_plan import final_numbers
from school_safety.roster.rules.imports import list_numbers

TODAY = date(2026, 11, 22)
YEAR = (date(2026, 9, 5), date(2027, 5, 31))


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("6A1", 6), ("6/1", 6), ("6.1", 6), ("10A5", 10), ("11 Toán", 11), ("Lớp 12CB3", 12), ("lớp 9", 9),
        ("K8-2", None), ("A1", None), ("5A", None), ("13A", None), ("61", None), ("", None),
    ],
)  # fmt: skip
def test_a_class_name_begins_with_its_grade_or_says_none(name: str, grade: int | None) -> None:
    assert grade_of_class_name(name) == grade


@pytest.mark.parametrize(
    ("name", "grade", "problem"),
    [
        ("6A1", 6, None),
        ("Chuyên Toán", 10, (ClassProblem.GRADE_NOT_TAUGHT, "grade")),
        ("Chọn", 6, None),
        ("", 6, (ClassProblem.NAME_MISSING, "name")),
        ("7A1", 6, (ClassProblem.NAME_OTHER_GRADE, "grade")),
    ],
)
def test_a_class_group_has_a_name_and_a_grade_that_the_school_teaches(
    name: str, grade: int, problem: tuple[ClassProblem, str] | None
) -> None:
    assert class_problem(name, grade, range(6, 10)) == problem


@pytest.mark.parametrize(
    ("born", "problem"),
    [
        (None, ClassProblem.BIRTH_DATE_MISSING),
        (date(2017, 11, 22), None),
        (date(2017, 11, 23), ClassProblem.BIRTH_DATE_UNLIKELY),
        (date(2000, 11, 23), None),
        (date(2000, 11, 22), ClassProblem.BIRTH_DATE_UNLIKELY),
        (date(2030, 1, 1), ClassProblem.BIRTH_DATE_UNLIKELY),
    ],
    ids=["none", "nine-today", "nine-tomorrow", "last-day-of-25", "26-today", "unborn"],
)
def test_a_pupil_is_nine_to_twenty_five(born: date | None, problem: ClassProblem | None) -> None:
    assert birth_date_problem(born, TODAY) == problem


@pytest.mark.parametrize(
    ("starts", "ends", "problem"),
    [
        (YEAR[0], None, None),
        (YEAR[1], YEAR[1], None),
        (date(2026, 9, 4), None, ClassProblem.OUTSIDE_YEAR),
        (date(2027, 6, 1), None, ClassProblem.OUTSIDE_YEAR),
        (TODAY, date(2026, 11, 21), ClassProblem.BEFORE_START),
        (TODAY, date(2027, 6, 1), ClassProblem.OUTSIDE_YEAR),
    ],
)
def test_an_enrolment_lies_within_its_year(starts: date, ends: date | None, problem: ClassProblem | None) -> None:
    assert enrolment_problem(starts, ends, *YEAR) == problem


def test_the_next_free_number_follows_the_largest() -> None:
    assert (free_number([]), free_number([1, 7])) == (1, 8)


@pytest.mark.parametrize(
    ("classes", "fresh"),
    [
        ({"a": [1, 2, 3]}, {}),
        ({"a": [2, 7]}, {}),
        ({"a": [1, 2], "b": [1, 2]}, {}),
        ({"a": [1, 2], "b": [3, 4]}, {"a": [1, 2], "b": [1, 2]}),
        ({"a": [0, 0]}, {"a": [1, 2]}),
        ({"a": [1, 1]}, {"a": [1, 2]}),
        ({"a": [99, 100]}, {"a": [1, 2]}),
    ],
)
def test_numbers_that_are_no_list_numbers_are_given_anew(
    classes: dict[str, list[int]], fresh: dict[str, list[int]]
) -> None:
    assert list_numbers(classes) == fresh


@given(
    st.dictionaries(st.integers(1, 60), st.integers(1, 99), max_size=40),
    st.dictionaries(st.integers(61, 120), st.integers(1, 99), max_size=40),
)
def test_no_two_pupils_share_a_number_and_the_files_numbers_win(
    wanted: dict[int, int], staying: dict[int, int]
) -> None:
    unique = {key: number for number, key in {number: key for key, number in wanted.items()}.items()}
    numbers = final_numbers(unique, staying)
    assert len(set(numbers.values())) == len(unique) + len(staying)
    assert {key: numbers[key] for key in unique} == unique
    assert final_numbers(unique, {key: numbers[key] for key in staying}) == numbers
