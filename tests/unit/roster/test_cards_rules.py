"""What was typed at the pupils' door, and whether a card still opens it."""

from datetime import UTC, date, datetime

import pytest

from school_safety.roster.rules.cards import (
    CardProblem,
    card_problem,
    door_of,
    normal_class_code,
    normal_list_number,
    normal_pin,
    spaced_code,
    spaced_pin,
)

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("HM8A2K", "HM8A2K"),
        (" hm8 a2k ", "HM8A2K"),
        ("hm-8a-2k", "HM8A2K"),
        ("HM8A2", None),
        ("HM8A2O", None),
        ("HM8A21", None),
        ("HM8A2Đ", None),
        ("", None),
        ("A" * 1_000_000, None),
    ],
)
def test_a_class_code_is_read_however_it_was_typed(typed: str, code: str | None) -> None:
    assert normal_class_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7),
        ("07", 7),
        (" 45 ", 45),
        ("0", None),
        ("100", None),
        ("-7", None),
        ("７", None),
        ("", None),
        ("7a", None),
    ],
)
def test_a_list_number_is_read_with_or_without_its_zero(typed: str, number: int | None) -> None:
    assert normal_list_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "pin"),
    [
        ("402918", "402918"),
        ("402 918", "402918"),
        ("40291", None),
        ("4029188", None),
        ("40291a", None),
        ("４０２９１８", None),
    ],
)
def test_a_pin_is_six_digits_with_or_without_a_space(typed: str, pin: str | None) -> None:
    assert normal_pin(typed) == pin


@pytest.mark.parametrize(
    ("revoked", "ends_on", "year_ends_on", "problem"),
    [
        (False, None, date(2027, 5, 31), None),
        (False, TODAY, date(2027, 5, 31), None),
        (False, None, TODAY, None),
        (True, None, date(2027, 5, 31), CardProblem.REVOKED),
        (False, date(2026, 11, 26), date(2027, 5, 31), CardProblem.LEFT),
        (False, None, date(2026, 11, 26), CardProblem.OVER),
    ],
    ids=["living", "last day in class", "last day of the year", "replaced", "left", "year over"],
)
def test_a_card_says_why_it_no_longer_opens(
    revoked: bool, ends_on: date | None, year_ends_on: date, problem: CardProblem | None
) -> None:
    revoked_at = datetime(2026, 11, 1, tzinfo=UTC) if revoked else None
    assert card_problem(revoked_at=revoked_at, ends_on=ends_on, year_ends_on=year_ends_on, today=TODAY) is problem


def test_one_door_for_one_class_code_and_number() -> None:
    assert door_of("HM8A2K", 7) == "HM8A2K/7"
    assert door_of("HM8A2K", 7) != door_of("HM8A2K", 77)


def test_codes_and_pins_are_printed_in_two_groups() -> None:
    assert spaced_code("HM8A2K") == "HM8 A2K"
    assert spaced_pin("402918") == "402 918"
