"""Plans with their dated targets, and the content hash that anybody can recompute."""

import hashlib
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.planning.rules import (
    Comparator,
    PlanKind,
    PlanProblem,
    TargetProblem,
    canonical_json,
    content_hash,
    plan_problem,
    short_hash,
    target_problem,
)

STARTS, ENDS = date(2026, 1, 1), date(2030, 12, 31)
PARENT = (PlanKind.MULTI_YEAR, STARTS, ENDS)


@pytest.mark.parametrize(
    ("kind", "starts_on", "ends_on", "parent", "problem"),
    [
        pytest.param("multi_year", STARTS, ENDS, None, None, id="a multi-year plan stands alone"),
        pytest.param("multi_year", ENDS, STARTS, None, PlanProblem.ENDS_BEFORE_START, id="ends before it starts"),
        pytest.param("annual", STARTS, STARTS, None, PlanProblem.PARENT_MISSING, id="an annual plan cites its parent"),
        pytest.param("annual", date(2027, 1, 1), date(2027, 12, 31), PARENT, None, id="an annual plan in its period"),
        pytest.param(
            "annual",
            date(2031, 1, 1),
            date(2031, 12, 31),
            PARENT,
            PlanProblem.OUTSIDE_PARENT,
            id="an annual plan after its parent's period",
        ),
        pytest.param(
            "annual",
            STARTS,
            ENDS,
            (PlanKind.ANNUAL, STARTS, ENDS),
            PlanProblem.PARENT_NOT_MULTI_YEAR,
            id="an annual plan under an annual plan",
        ),
    ],
)
def test_a_plan_has_a_period_and_an_annual_one_a_parent(
    kind: str,
    starts_on: date,
    ends_on: date,
    parent: tuple[PlanKind, date, date] | None,
    problem: PlanProblem | None,
) -> None:
    assert plan_problem(PlanKind(kind), starts_on, ends_on, parent) is problem


@pytest.mark.parametrize(
    ("comparator", "percent", "valid_from", "valid_to", "problem"),
    [
        pytest.param(">", 80, STARTS, ENDS, None, id="more than 80"),
        pytest.param(">=", 100, STARTS, ENDS, None, id="all of them"),
        pytest.param(">", 0, STARTS, ENDS, None, id="any"),
        pytest.param(">", 100, STARTS, ENDS, TargetProblem.NOTHING_ABOVE_100, id="more than all"),
        pytest.param(">", 101, STARTS, ENDS, TargetProblem.PERCENT_OUT_OF_RANGE, id="101"),
        pytest.param(">", -1, STARTS, ENDS, TargetProblem.PERCENT_OUT_OF_RANGE, id="negative"),
        pytest.param(">", 80, ENDS, STARTS, TargetProblem.ENDS_BEFORE_START, id="ends before it starts"),
        pytest.param(">", 80, date(2025, 12, 31), ENDS, TargetProblem.OUTSIDE_PLAN, id="before the plan"),
        pytest.param(">", 80, STARTS, date(2031, 1, 1), TargetProblem.OUTSIDE_PLAN, id="after the plan"),
    ],
)
def test_a_target_is_a_whole_per_cent_inside_its_plan(
    comparator: str, percent: int, valid_from: date, valid_to: date, problem: TargetProblem | None
) -> None:
    assert target_problem(Comparator(comparator), percent, valid_from, valid_to, (STARTS, ENDS)) is problem


def test_the_hash_is_sha256_of_sorted_compact_json() -> None:
    content = {"b": ["Đọc tin", None, True], "a": 1}
    assert canonical_json(content) == '{"a":1,"b":["Đọc tin",null,true]}'
    assert content_hash(content) == hashlib.sha256('{"a":1,"b":["Đọc tin",null,true]}'.encode()).hexdigest()


def test_the_short_form_is_what_people_read_aloud() -> None:
    assert short_hash("7f3a91c2" + "0" * 56) == "7F3A-91C2"


def test_a_float_is_refused_because_it_has_no_single_spelling() -> None:
    with pytest.raises(TypeError):
        content_hash({"share": 0.8})


@given(
    st.dictionaries(
        st.text("abcđ", max_size=4), st.integers() | st.text(max_size=6) | st.lists(st.booleans()), max_size=4
    )
)
def test_the_order_of_keys_and_the_unicode_form_do_not_matter(content: dict[str, object]) -> None:
    turned = dict(reversed([(key, _decomposed(value)) for key, value in content.items()]))
    assert content_hash(turned) == content_hash(content)


def _decomposed(value: object) -> object:
    return unicodedata.normalize("NFD", value) if isinstance(value, str) else value
