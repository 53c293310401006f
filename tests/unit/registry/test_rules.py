"""The registry's rules: dates in force, paths, grades, school years."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.registry.rules import (
    RegistryProblem,
    SchoolKind,
    Tree,
    UnitKind,
    YearDates,
    grade_mask,
    grades_of,
    grades_of_kind,
    in_force,
    is_below,
    is_code,
    is_in_force,
    is_under_department,
    needs_grades,
    next_change,
    parent_problem,
    path_range,
    school_path,
    unit_path,
    year_problem,
)

DAY = date(2026, 9, 5)


@dataclass(frozen=True)
class Row:
    """Anything dated."""

    name: str
    valid_from: date
    valid_to: date | None = None


@pytest.mark.parametrize(
    ("shift", "holds"), [(-1, False), (0, True), (9, True), (10, False)], ids=["before", "first", "last", "end"]
)
def test_an_interval_holds_on_its_first_day_and_not_on_its_end(shift: int, holds: bool) -> None:
    assert is_in_force(DAY, DAY + timedelta(days=10), DAY + timedelta(days=shift)) is holds


def test_the_latest_begun_row_holds_and_one_with_an_end_falls_back() -> None:
    rows = [Row("old", date(2020, 1, 1)), Row("pause", DAY, DAY + timedelta(days=30)), Row("new", date(2027, 1, 1))]
    days = [date(2019, 1, 1), date(2020, 1, 1), DAY, DAY + timedelta(days=30), date(2027, 1, 1)]
    found = [in_force(rows, day) for day in days]
    assert [row.name if row else None for row in found] == [None, "old", "pause", "old", "new"]


def test_of_two_rows_of_one_day_the_one_recorded_last_holds() -> None:
    found = in_force([Row("first", DAY), Row("second", DAY)], DAY)
    assert found is not None
    assert found.name == "second"


def test_the_next_change_is_the_nearest_beginning_or_end_to_come() -> None:
    rows = [Row("a", DAY, DAY + timedelta(days=5)), Row("b", DAY + timedelta(days=9))]
    assert next_change(rows, DAY) == DAY + timedelta(days=5)
    assert next_change(rows, DAY + timedelta(days=5)) == DAY + timedelta(days=9)
    assert next_change(rows, DAY + timedelta(days=9)) is None


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=4), st.lists(st.integers(1, 10**6), min_size=1, max_size=4))
def test_a_path_lies_below_another_exactly_when_it_begins_with_it(one: list[int], other: list[int]) -> None:
    path, ancestor = ("/" + "".join(f"{number}/" for number in numbers) for numbers in (one, other))
    assert is_below(path, ancestor) == path.startswith(ancestor)
    assert is_below(school_path(path, 7), path)


def test_paths_are_built_from_the_root_down() -> None:
    assert unit_path(None, 1) == "/1/"
    assert unit_path("/1/", 12) == "/1/12/"
    assert school_path("/1/12/", 3) == "/1/12/s3/"
    assert path_range("/1/12/") == ("/1/12/", "/1/120")


@given(st.sets(st.integers(0, 14)))
def test_a_mask_keeps_the_secondary_grades_and_nothing_else(grades: set[int]) -> None:
    assert set(grades_of(grade_mask(grades))) == {grade for grade in grades if 6 <= grade <= 12}


@pytest.mark.parametrize(
    ("kind", "grades", "department"),
    [
        (SchoolKind.THCS, (6, 7, 8, 9), False),
        (SchoolKind.TH_THCS, (6, 7, 8, 9), False),
        (SchoolKind.THPT, (10, 11, 12), True),
        (SchoolKind.THCS_THPT, (6, 7, 8, 9, 10, 11, 12), True),
        (SchoolKind.PRIMARY, (), False),
    ],
)
def test_the_kind_gives_the_grades_and_the_highest_grade_the_authority(
    kind: SchoolKind, grades: tuple[int, ...], department: bool
) -> None:
    mask = grades_of_kind(kind)
    assert grades_of(mask) == grades
    assert is_under_department(mask) is department
    assert needs_grades(kind) is bool(grades)


@pytest.mark.parametrize(
    ("tree", "kind", "parent", "problem"),
    [
        (Tree.AREA, UnitKind.COMMUNE, UnitKind.PROVINCE, None),
        (Tree.AUTHORITY, UnitKind.COMMITTEE, UnitKind.PROVINCE, None),
        (Tree.AREA, UnitKind.PROVINCE, None, None),
        (Tree.AREA, UnitKind.COMMUNE, None, RegistryProblem.WRONG_PARENT),
        (Tree.AREA, UnitKind.COMMUNE, UnitKind.COMMUNE, RegistryProblem.WRONG_PARENT),
        (Tree.AREA, UnitKind.COMMITTEE, UnitKind.PROVINCE, RegistryProblem.WRONG_TREE),
        (Tree.AUTHORITY, UnitKind.COMMUNE, UnitKind.PROVINCE, RegistryProblem.WRONG_TREE),
    ],
)
def test_each_kind_of_unit_has_its_tree_and_its_parent(
    tree: Tree, kind: UnitKind, parent: UnitKind | None, problem: RegistryProblem | None
) -> None:
    assert parent_problem(tree, kind, parent) == problem


GOOD = YearDates(date(2026, 9, 5), date(2027, 1, 18), date(2027, 5, 31))


TERM = ("term_outside_year", "second_term_starts_on")


@pytest.mark.parametrize(
    ("code", "dates", "problem"),
    [
        ("2026-2027", GOOD, None),
        ("2026-2027", replace(GOOD, ends_on=GOOD.starts_on), ("ends_before_start", "ends_on")),
        ("2026-2027", replace(GOOD, second_term_starts_on=GOOD.starts_on), TERM),
        ("2026-2027", replace(GOOD, second_term_starts_on=date(2027, 6, 1)), TERM),
        ("2027-2028", GOOD, ("year_code", "code")),
    ],
    ids=["good", "ends-before", "term-on-first-day", "term-after-end", "other-code"],
)
def test_the_dates_of_a_school_year_stand_in_order(
    code: str, dates: YearDates, problem: tuple[str, str] | None
) -> None:
    assert year_problem(code, dates, []) == problem


def test_a_school_year_may_begin_the_day_after_another_ends_but_not_on_that_day() -> None:
    before = YearDates(date(2025, 9, 5), date(2026, 1, 15), date(2026, 9, 4))
    assert year_problem("2026-2027", GOOD, [before]) is None
    touching = YearDates(before.starts_on, before.second_term_starts_on, GOOD.starts_on)
    assert year_problem("2026-2027", GOOD, [touching]) == ("years_overlap", "starts_on")


GOOD_CODES = ("THCS-01", "79.001", "a" * 32)
BAD_CODES = ("a" * 33, "", "a/b", "ă", "-")


@pytest.mark.parametrize(
    ("code", "good"), [*((code, True) for code in GOOD_CODES), *((code, False) for code in BAD_CODES)]
)
def test_a_code_can_stand_in_an_address(code: str, good: bool) -> None:
    assert is_code(code) is good
