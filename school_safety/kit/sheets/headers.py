"""Where in a sheet the table begins, and which column holds what: title rows, two-row headers, merged cells."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from school_safety.kit.sheets.reading import Sheet
from school_safety.kit.text import search_key

HEADER_WITHIN = 40
"""A header stands among the first so many rows."""

_NOT_WORDS = re.compile(r"[^a-z0-9 ]+")
_DIGIT = re.compile(r"\d")
_NUMBERING = re.compile(r"\(?\d{1,2}\)?|[a-z]")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong, and where: sheet name, row as the sheet numbers it, column title; empty where it is the whole."""

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Header:
    """`columns` maps a meaning to its column indexes; `titles` gives every column's title; data begin at index `after`."""

    top: int
    after: int
    columns: Mapping[str, tuple[int, ...]]
    titles: Mapping[int, str]

    def title(self, meaning: str) -> str:
        """The title that the file itself gives to a meaning; empty when it has no such column."""
        return self.titles[self.columns[meaning][0]] if meaning in self.columns else ""

    def text(self, row: Sequence[str], meaning: str) -> str:
        """The text of a meaning in a row; several columns under one title are joined, a merge across them counts once."""
        found = [row[index] for index in self.columns.get(meaning, ()) if index < len(row) and row[index]]
        return found[0] if len(set(found)) == 1 else " ".join(found)


Classify = Callable[[str], str | None]
"""A plain label (`plain_label`) to the meaning of its column, or None."""


def plain_label(title: str) -> str:
    """A column title without case, diacritics, punctuation and what stands in brackets."""
    bare = re.sub(r"\(.*?\)|\[.*?\]|\*", " ", search_key(title))
    return " ".join(_NOT_WORDS.sub(" ", bare).split())


def find_header(sheet: Sheet, classify: Classify, *, wanted: Callable[[set[str]], bool]) -> Header | None:
    """The first row whose meanings satisfy `wanted`, with the row below it when the two are one header."""
    for top, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        below = sheet.rows[top + 1] if top + 1 < len(sheet.rows) else []
        for after, lower in ((top + 2, below), (top + 1, [])):
            if lower and not _continues(row, lower, classify):
                continue
            titles, columns = _columns(row, lower, classify)
            if wanted(set(columns)):
                return Header(top, _skip_numbering(sheet.rows, after), columns, titles)
    return None


def _continues(row: Sequence[str], lower: Sequence[str], classify: Classify) -> bool:
    """Whether two rows are one header: below its titles stand repeats (merges), gaps and titles, and no figures."""
    news = [under for title, under in zip(row, lower, strict=False) if title and under and under != title]
    return any(classify(plain_label(under)) for under in news) and not any(map(_DIGIT.search, news))


def _columns(
    row: Sequence[str], lower: Sequence[str], classify: Classify
) -> tuple[dict[int, str], dict[str, tuple[int, ...]]]:
    titles: dict[int, str] = {}
    columns: dict[str, tuple[int, ...]] = {}
    for index in range(max(len(row), len(lower))):
        title = row[index] if index < len(row) else ""
        under = lower[index] if index < len(lower) else ""
        whole = title if under in ("", title) else f"{title} {under}".strip()
        if not whole:
            continue
        titles[index] = whole
        meaning = classify(plain_label(whole)) or classify(plain_label(under)) or classify(plain_label(title))
        if meaning is not None:
            columns[meaning] = (*columns.get(meaning, ()), index)
    return titles, columns


def _skip_numbering(rows: Sequence[Sequence[str]], after: int) -> int:
    """Step over a row that only numbers the columns: (1) (2) (3), or A B 1 2."""
    if after < len(rows):
        cells = [cell.casefold() for cell in rows[after] if cell]
        if len(cells) >= 3 and all(_NUMBERING.fullmatch(cell) for cell in cells):
            return after + 1
    return after
