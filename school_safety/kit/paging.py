"""One page of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows `first`..`last` of `total`; `number` counts from 1."""

    rows: Sequence[Row]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first(self) -> int:
        """The number of the first row shown; 0 when there is none."""
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return (self.number - 1) * self.per_page + len(self.rows)

    @property
    def previous(self) -> int | None:
        """The page before, if any."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after, if any."""
        return self.number + 1 if self.number < self.pages else None


def page_number(text: str | None, *, most: int = 100_000) -> int:
    """The page asked for in a query string; 1 for anything that is not a whole number from 1 up."""
    return min(int(text), most) if text and text.isascii() and text.isdigit() and int(text) > 0 else 1


def offset(number: int, per_page: int = PER_PAGE) -> int:
    """How many rows come before this page."""
    return (number - 1) * per_page
