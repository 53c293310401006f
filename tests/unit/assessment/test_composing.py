"""Composing an assessment on plain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import (
    ComposingProblem,
    Slot,
    Slots,
    added,
    assessment_hash,
    composing_problem,
    fingerprint,
    points_of_one,
    pools_in_use,
    rearranged,
    swapped,
    words_of,
)
from tests.factories.assessment import a_choice
from tests.factories.words import words

ABC: Slots = (Slot(1, 1), Slot(2, 2), Slot(3, 3))


def _ids(slots: Slots) -> str:
    return "".join(str(slot.item_revision_id) for slot in slots)


@pytest.mark.parametrize(
    ("act", "after"),
    [
        ("up:2", "213"),
        ("down:2", "132"),
        ("remove:2", "13"),
        ("up:1", "123"),
        ("down:3", "123"),
        ("remove:4", "123"),
        ("remove:0", "123"),
        ("up:²", "123"),
        ("left:2", "123"),
        ("save", "123"),
        ("", "123"),
    ],
)
def test_a_button_moves_or_removes_one_item_or_does_nothing(act: str, after: str) -> None:
    assert _ids(rearranged(ABC, act)) == after


@given(act=st.text(max_size=10))
def test_no_button_ever_invents_an_item(act: str) -> None:
    assert set(rearranged(ABC, act)) <= set(ABC)


def test_a_swapped_item_takes_over_the_points() -> None:
    assert swapped(ABC, 2, 9) == (Slot(1, 1), Slot(9, 2), Slot(3, 3))
    assert swapped(ABC, 0, 9) == ABC


def test_items_are_added_at_the_end_and_never_twice() -> None:
    assert added(ABC, [Slot(2, 5), Slot(4, 1)]) == (*ABC, Slot(4, 1))


@pytest.mark.parametrize(
    ("slots", "publishing", "problem"),
    [
        (ABC, True, None),
        ((), False, None),
        ((), True, ComposingProblem.NO_ITEMS),
        (tuple(Slot(n, 1) for n in range(50)), True, None),
        (tuple(Slot(n, 1) for n in range(51)), True, ComposingProblem.TOO_MANY_ITEMS),
        ((Slot(1, 0),), False, ComposingProblem.BAD_POINTS),
        ((Slot(1, 20),), False, None),
        ((Slot(1, 21),), False, ComposingProblem.BAD_POINTS),
        ((Slot(1, 1), Slot(1, 1)), False, ComposingProblem.SAME_ITEM_TWICE),
    ],
    ids=["sound", "empty draft", "empty", "fifty", "fifty-one", "no points", "twenty", "twenty-one", "twice"],
)
def test_what_may_be_saved_and_what_may_be_published(
    slots: Slots, publishing: bool, problem: ComposingProblem | None
) -> None:
    assert composing_problem(slots, publishing=publishing) is problem


def test_equal_contents_have_equal_fingerprints_whatever_the_order_of_their_fields() -> None:
    assert fingerprint({"a": 1, "b": [1, 2]}) == fingerprint({"b": [1, 2], "a": 1})
    assert fingerprint({"b": [2, 1], "a": 1}) != fingerprint({"b": [1, 2], "a": 1})


def test_title_purpose_order_content_and_points_all_belong_to_the_hash_of_an_assessment() -> None:
    items = [("A", "h1", 1), ("B", "h2", 2)]
    first = assessment_hash(words("Bài"), "practice", items)
    assert first == assessment_hash(words("Bài"), "practice", list(items))
    others = [
        assessment_hash(words("Khác"), "practice", items),
        assessment_hash(words("Bài"), "graded", items),
        assessment_hash(words("Bài"), "practice", items[::-1]),
        assessment_hash(words("Bài"), "practice", [("A", "h9", 1), items[1]]),
        assessment_hash(words("Bài"), "practice", [("A", "h1", 5), items[1]]),
    ]
    assert len({first, *others}) == 6


def test_every_sentence_of_a_content_is_found_in_both_languages() -> None:
    found = set(words_of(a_choice()))
    assert {"Em chọn gì?", "Em chọn gì? (en)", "Lựa chọn D", "Chưa đúng vì B."} <= found
    assert "M1" not in found


def pooled(*points: int, count: int = 2) -> tuple[Slots, dict[int, int]]:
    """One place for everybody and a pool of places with these points."""
    return (Slot(1, 3), *(Slot(2 + at, worth, pool=1) for at, worth in enumerate(points))), {1: count}


@pytest.mark.parametrize(
    ("points", "count", "problem"),
    [
        ((2, 2, 2), 2, None),
        ((2, 2, 2), 3, ComposingProblem.POOL_GIVES_ALL),
        ((2, 2, 2), 0, ComposingProblem.POOL_GIVES_ALL),
        ((2, 2, 1), 2, ComposingProblem.POOL_OF_UNEQUAL_POINTS),
    ],
)
def test_a_pool_gives_fewer_items_than_it_has_and_all_are_worth_the_same(
    points: tuple[int, ...], count: int, problem: ComposingProblem | None
) -> None:
    slots, pools = pooled(*points, count=count)
    assert composing_problem(slots, pools=pools, publishing=True) is problem
    assert composing_problem(slots, pools=pools, publishing=False) is None


def test_a_pupil_can_earn_what_the_pools_give_and_unused_pools_are_forgotten() -> None:
    slots, pools = pooled(2, 2, 2)
    assert points_of_one(slots, pools) == 3 + 4
    assert pools_in_use(slots, {**pools, 2: 5}) == {1: 2}
    assert pools_in_use(slots, {}) == {1: 1}
    assert points_of_one(ABC, {}) == 6


def test_pools_change_the_hash_and_their_absence_does_not() -> None:
    items = [("A", "h1", 1), ("B", "h2", 1)]
    plain = assessment_hash(words("Bài"), "practice", items)
    assert plain == assessment_hash(words("Bài"), "practice", items, pooled=[0, 0], pools={})
    assert plain != assessment_hash(words("Bài"), "practice", items, pooled=[1, 1], pools={1: 1})
