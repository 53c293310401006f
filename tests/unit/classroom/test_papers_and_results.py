"""Frozen papers, totals as exact fractions, the 10-point scale, policies, tallies, receipts."""

import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import State
from school_safety.classroom.rules import (
    RECEIPTS,
    AttemptPolicy,
    Paper,
    PaperSlot,
    Tally,
    Total,
    add_up,
    counting_index,
    counting_total,
    freeze_paper,
    own_paper,
    paper_seed,
    read_paper,
    receipt_code,
    tally,
    ten_point,
    unreached,
)

ITEMS = [(11, "choice", Fraction(1)), (12, "multi", Fraction(3, 2)), (13, "order", Fraction(2))]


def test_a_paper_survives_its_json() -> None:
    paper = read_paper(json.loads(json.dumps(freeze_paper(ITEMS, shuffle=True))))
    assert paper.slots[1] == PaperSlot(2, 12, "multi", Fraction(3, 2))
    assert paper.shuffle
    assert paper.maximum == Fraction(9, 2)
    assert paper.slot(3) == PaperSlot(3, 13, "order", Fraction(2))
    assert paper.slot(4) is None


def test_without_shuffling_everyone_has_the_teachers_order() -> None:
    paper = read_paper(freeze_paper(ITEMS, shuffle=False))
    assert paper.order_for(1) == paper.order_for(2) == (1, 2, 3)


@given(st.integers(min_value=0, max_value=2**31 - 1))
def test_a_shuffled_order_holds_every_slot_once_and_is_the_same_each_time(seed: int) -> None:
    paper = read_paper(freeze_paper([(n, "choice", Fraction(1)) for n in range(10)], shuffle=True))
    assert sorted(paper.order_for(seed)) == list(range(1, 11))
    assert paper.order_for(seed) == paper.order_for(seed)


def test_two_seeds_shuffle_differently() -> None:
    paper = read_paper(freeze_paper([(n, "choice", Fraction(1)) for n in range(10)], shuffle=True))
    assert len({paper.order_for(seed) for seed in range(20)}) > 15


def test_thirds_add_up_to_a_whole() -> None:
    paper = read_paper(freeze_paper(ITEMS, shuffle=False))
    total = add_up(paper, {1: Fraction(1, 3), 2: Fraction(1, 3), 3: Fraction(1, 3)})
    assert total == Total(Fraction(3, 2), Fraction(9, 2))
    assert total.share == Fraction(1, 3)
    assert add_up(paper, {}).earned == 0


def test_an_empty_paper_has_a_share_of_nothing() -> None:
    assert add_up(Paper(()), {}).share == 0


@pytest.mark.parametrize(
    ("share", "ten"),
    [
        (Fraction(0), "0.0"),
        (Fraction(1), "10.0"),
        (Fraction(1, 3), "3.3"),
        (Fraction(2, 3), "6.7"),
        (Fraction(13, 16), "8.1"),
        (Fraction(845, 1000), "8.5"),
        (Fraction(8449999, 10_000_000), "8.4"),
        (Fraction(845, 1000) - Fraction(1, 10**40), "8.4"),
        (Fraction(5, 1000), "0.1"),
    ],
)
def test_the_scale_of_ten_has_one_decimal_and_rounds_exact_halves_up(share: Fraction, ten: str) -> None:
    assert ten_point(share) == Decimal(ten)
    assert Total(share, Fraction(1)).ten == Decimal(ten)


@given(st.fractions(min_value=0, max_value=1))
def test_the_scale_of_ten_is_never_further_off_than_half_a_tenth(share: Fraction) -> None:
    shown = Fraction(ten_point(share))
    assert Fraction(-1, 20) < shown - share * 10 <= Fraction(1, 20)


TOTALS = [Total(Fraction(n), Fraction(10)) for n in (6, 9, 7)]


@pytest.mark.parametrize(
    ("policy", "earned", "index"),
    [
        (AttemptPolicy.FIRST, Fraction(6), 0),
        (AttemptPolicy.LAST, Fraction(7), 2),
        (AttemptPolicy.BEST, Fraction(9), 1),
        (AttemptPolicy.AVERAGE, Fraction(22, 3), 2),
    ],
)
def test_the_policy_says_which_attempt_counts(policy: AttemptPolicy, earned: Fraction, index: int) -> None:
    assert counting_total(policy, TOTALS) == Total(earned, Fraction(10))
    assert counting_index(policy, TOTALS) == index


@pytest.mark.parametrize("policy", list(AttemptPolicy))
def test_without_a_submitted_attempt_there_is_no_result(policy: AttemptPolicy) -> None:
    assert counting_total(policy, []) is None
    assert counting_index(policy, []) is None


def test_a_tally_keeps_empty_and_not_reached_apart_from_wrong() -> None:
    marks = [
        (State.RIGHT, Fraction(1), True),
        (State.PARTIAL, Fraction(1, 2), True),
        (State.WRONG, Fraction(0), True),
        (State.GAVEUP, Fraction(0), True),
        (State.GAVEUP, Fraction(0), False),
    ]
    assert tally(marks) == Tally(n=5, right=1, partial=1, wrong=1, omitted=1, mean=Fraction(3, 10), unreached=1)
    assert tally([]) == Tally(n=0, right=0, partial=0, wrong=0, omitted=0, mean=None)


def test_not_reached_is_what_lies_after_the_last_answer_in_the_pupils_own_order() -> None:
    assert unreached((3, 1, 2, 4), {1}) == {2, 4}
    assert unreached((3, 1, 2, 4), {4}) == frozenset()
    assert unreached((3, 1), ()) == {3, 1}


def test_a_receipt_has_six_signs_none_of_which_look_alike() -> None:
    for number in (0, 1, 30, 31, 987_654, RECEIPTS - 1):
        assert re.fullmatch(r"[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{2}", receipt_code(number))


@given(st.integers(0, RECEIPTS - 1), st.integers(0, RECEIPTS - 1))
def test_two_numbers_give_two_receipts(one: int, other: int) -> None:
    assert (receipt_code(one) == receipt_code(other)) == (one == other)


@pytest.mark.parametrize("number", [-1, RECEIPTS])
def test_there_is_no_receipt_outside_the_range(number: int) -> None:
    with pytest.raises(ValueError, match="not the number of a receipt"):
        receipt_code(number)


POOLED = freeze_paper(
    [(n, "choice", Fraction(1 if n < 2 else 2)) for n in range(8)],
    shuffle=True,
    pooled=[0, 0, 1, 1, 1, 1, 2, 2],
    pools={1: 2, 2: 1},
    printable=[True, False, True, True, True, True, True, True],
)


@given(st.integers(min_value=0, max_value=2**31 - 1))
def test_every_pupil_gets_as_many_of_a_pool_and_can_earn_as_much(seed: int) -> None:
    whole = read_paper(json.loads(json.dumps(POOLED)))
    own = whole.drawn(seed)
    assert [sum(slot.pool == pool for slot in own.slots) for pool in (0, 1, 2)] == [2, 2, 1]
    assert own.maximum == whole.maximum == 8 and len(own.slots) == whole.count == 5
    assert own == whole.drawn(seed)
    assert sorted(own.order_for(seed)) == [slot.slot for slot in own.slots]


def test_two_seeds_draw_differently_and_a_paper_without_pools_is_the_same_for_all() -> None:
    whole = read_paper(POOLED)
    assert len({whole.drawn(seed).slots for seed in range(40)}) == 12
    plain = read_paper(freeze_paper(ITEMS, shuffle=False))
    assert plain.drawn(1) == plain.drawn(2) == plain


def test_a_class_without_devices_gets_one_paper_in_one_order_without_what_cannot_be_printed() -> None:
    sheet = own_paper(POOLED, seed=5, on_paper=True)
    assert not sheet.shuffle and all(slot.printable for slot in sheet.slots)
    assert len(sheet.slots) == 4 and sheet.maximum == 7
    assert paper_seed(1) == paper_seed(1) != paper_seed(2)


def test_attempts_on_papers_of_different_length_are_compared_by_their_shares() -> None:
    short, long = Total(Fraction(3), Fraction(4)), Total(Fraction(4), Fraction(8))
    assert counting_total(AttemptPolicy.BEST, [short, long]) == short
    assert counting_index(AttemptPolicy.BEST, [long, short]) == 1
    assert counting_total(AttemptPolicy.AVERAGE, [short, long]) == Total(Fraction(5), Fraction(8))


def test_an_average_of_thirds_stays_exact() -> None:
    totals = [Total(Fraction(1, 3), Fraction(3)), Total(Fraction(2), Fraction(3)), Total(Fraction(1), Fraction(3))]
    assert counting_total(AttemptPolicy.AVERAGE, totals) == Total(Fraction(10, 9), Fraction(3))
