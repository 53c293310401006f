"""Text cells to values: dates as people and sheets write them, whole numbers."""

import re
from datetime import date, timedelta

_DAY = re.compile(r"(\d{1,2})\s*[/\-.\s]\s*(\d{1,2})\s*[/\-.\s]\s*(\d{4}|\d{2})(?:\s+00:00(?::00)?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_SERIAL = re.compile(r"\d{5}")
_EPOCH = date(1899, 12, 30)
"""Day 0 of the serial numbers of sheets (their year 1900 is a leap year, so day 1 is 31/12/1899)."""
_CENTURY_ENDS = 40
"""Two-digit years up to this are of this century."""


def cell_date(text: str) -> date | None:
    """A date from 5/9/2014, 05-09-14, 2014-09-05 or a sheet's serial number; day before month; None if it is none."""
    if found := _DAY.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        if year < 100:
            year += 2000 if year <= _CENTURY_ENDS else 1900
    elif found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(text))
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def cell_number(text: str) -> int | None:
    """A whole number of at most nine digits, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
