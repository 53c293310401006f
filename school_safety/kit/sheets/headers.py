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
    """`columns` maps a meaning to column indexes, `titles` every column to its title; data begin at index `after`."""

    top: int
    after: int
    columns: Mapping[str, tuple[int, ...]]
    titles: Mapping[int, str]

    def title(self, meaning: str) -> str:
        """The title that the file itself gives to a meaning; empty when it has no such column."""
        return self.titles[self.columns[meaning][0]] if meaning in self.columns else ""

    def text(self, row: Sequence[str], meaning: str) -> str:
        """The text of a meaning in a row: several columns are joined, a merge across them counts once."""
        found = [row[index] for index in self.columns.get(meaning, ()) if index < len(row) and row[index]]
        return found[0] if len(set(found)) == 1 else " ".join(found)


Classify = Callable[[str], str | None]
"""A plain label (`plain_label`) to the meaning of its column, or None; a meaning that begins with `-` is not wanted."""


def plain_label(title: str) -> str:
    """A column title without case, diacritics, punctuation and what stands in brackets."""
    bare = re.sub(r"\(.*?\)|\[.*?\]|\*", " ", search_key(title))
    return " ".join(_NOT_WORDS.sub(" ", bare).split())


def find_header(sheet: Sheet, classify: Classify, *, wanted: Callable[[set[str]], bool]) -> Header | None:
    """The first row whose meanings satisfy `wanted`, with the row below it when the two are one header."""
    above: Sequence[str] = ()
    for top, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        titles, columns = _columns(_groups(above), row, classify)
        if wanted(set(columns)):
            below = sheet.rows[top + 1] if top + 1 < len(sheet.rows) else []
            if not _continues(row, below, classify):
                return Header(top, _skip_numbering(sheet.rows, top + 1), columns, titles)
            titles, columns = _columns(_spread(row, below), below, classify)
            return Header(top, _skip_numbering(sheet.rows, top + 2), columns, titles)
        above = row
    return None


def _groups(row: Sequence[str]) -> Sequence[str]:
    """Titles over groups of columns; one title over everything is no group."""
    return row if len({cell for cell in row if cell}) > 1 else ()


def _spread(row: Sequence[str], below: Sequence[str]) -> list[str]:
    """A title over several columns without a merge (CSV) belongs to the untitled columns beside it."""
    spread = [*row, *[""] * (len(below) - len(row))]
    for index in range(1, len(spread)):
        if not spread[index] and index < len(below) and below[index]:
            spread[index] = spread[index - 1]
    return spread


def _continues(row: Sequence[str], lower: Sequence[str], classify: Classify) -> bool:
    """Whether two rows are one header: below its titles stand repeats (merges), gaps and titles, and no figures."""
    news = [under for title, under in zip(row, lower, strict=False) if title and under and under != title]
    return any(classify(plain_label(under)) for under in news) and not any(map(_DIGIT.search, news))


def _columns(
    above: Sequence[str], row: Sequence[str], classify: Classify
) -> tuple[dict[int, str], dict[str, tuple[int, ...]]]:
    titles: dict[int, str] = {}
    columns: dict[str, tuple[int, ...]] = {}
    for index in range(max(len(above), len(row))):
        group = above[index] if index < len(above) else ""
        own = row[index] if index < len(row) else ""
        if not own and not group:
            continue
        titles[index] = own if group in ("", own) else f"{group} {own}".strip()
        meaning = _meaning(group, own, classify)
        if meaning is not None:
            columns[meaning] = (*columns.get(meaning, ()), index)
    return titles, columns


def _meaning(group: str, own: str, classify: Classify) -> str | None:
    """A group that is not wanted takes its columns along; else the title itself counts, then both, then the group."""
    over = classify(plain_label(group)) if group else None
    if over is not None and over.startswith("-"):
        return over
    return classify(plain_label(own)) or classify(plain_label(f"{group} {own}")) or over


def _skip_numbering(rows: Sequence[Sequence[str]], after: int) -> int:
    """Step over a row that only numbers the columns: (1) (2) (3), or A B 1 2."""
    if after < len(rows):
        cells = [cell.casefold() for cell in rows[after] if cell]
        if len(cells) >= 3 and all(_NUMBERING.fullmatch(cell) for cell in cells):
            return after + 1
    return after
