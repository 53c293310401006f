"""Decisions about pupils' cards on plain values: what was typed at the door, and whether a card still opens it."""

import re
from datetime import date, datetime
from enum import StrEnum

CODE_LENGTH = 6
PIN_DIGITS = 6
MAX_LIST_NUMBER = 99
MAX_CARDS_AT_ONCE = 60
"""One sheet is one class; more would hold the slow hash too long."""

_CODE = re.compile(r"[2-9A-HJ-KM-NP-Z]{6}")
_BETWEEN = re.compile(r"[\s.·-]+")


class CardProblem(StrEnum):
    """Why a card no longer opens the door."""

    UNKNOWN = "card_unknown"
    REVOKED = "card_revoked"
    LEFT = "card_left"
    OVER = "card_over"


def normal_class_code(text: str) -> str | None:
    """A typed class code in capitals without spaces and dashes; None when it cannot be one."""
    code = _BETWEEN.sub("", text[:40]).upper()
    return code if _CODE.fullmatch(code) else None


def normal_list_number(text: str) -> int | None:
    """A typed number in the class list ('7' and '07' are one); None when it cannot be one."""
    digits = text.strip()[:4]
    if not (digits.isascii() and digits.isdigit()):
        return None
    number = int(digits)
    return number if 1 <= number <= MAX_LIST_NUMBER else None


def normal_pin(text: str) -> str | None:
    """A typed PIN without spaces; None when it is not six digits."""
    digits = _BETWEEN.sub("", text[:20])
    return digits if len(digits) == PIN_DIGITS and digits.isascii() and digits.isdigit() else None


def door_of(class_code: str, list_number: int) -> str:
    """The door whose wrong tries are counted together: one class code and number, whether or not a pupil has them."""
    return f"{class_code}/{list_number}"


def card_problem(
    *, revoked_at: datetime | None, ends_on: date | None, year_ends_on: date, today: date
) -> CardProblem | None:
    """Why a card no longer opens, or None: replaced, or the pupil's last day in the class or of the year is past."""
    if revoked_at is not None:
        return CardProblem.REVOKED
    if ends_on is not None and ends_on < today:
        return CardProblem.LEFT
    if year_ends_on < today:
        return CardProblem.OVER
    return None


def spaced_code(code: str) -> str:
    """A class code as it is printed: two groups of three."""
    return f"{code[:3]} {code[3:]}"


def spaced_pin(pin: str) -> str:
    """A PIN as it is printed: two groups of three."""
    return f"{pin[:3]} {pin[3:]}"
