"""XLSX and CSV to text cells: looked over before it is opened, so that no file can eat the memory or the minute."""

import csv
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from school_safety.kit.text import squeeze


class FileProblem(StrEnum):
    """Why a file as a whole cannot be read."""

    EMPTY = "file_empty"
    TOO_LARGE = "file_too_large"
    TOO_MANY_ROWS = "file_too_many_rows"
    OLD_EXCEL = "file_old_excel"
    NOT_A_TABLE = "file_not_a_table"
    ENCODING = "file_encoding"


class SheetError(Exception):
    """A file that cannot be read as a table; `code` says why, `params` the figures for the message."""

    def __init__(self, code: FileProblem, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most."""

    bytes: int = 10 * 1024 * 1024
    unzipped: int = 80 * 1024 * 1024
    rows: int = 20_000
    columns: int = 200
    cells: int = 600_000
    text: int = 40 * 1024 * 1024


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows[0]` is row 1 as the sheet numbers it; every cell is NFC text, trimmed, merged ranges filled."""

    name: str
    rows: list[list[str]]


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_table(data: bytes, filename: str, limits: Limits = LIMITS) -> list[Sheet]:
    """Every sheet of an XLSX file, or the one table of a CSV file; what it is, its content says, not its name.

    Raises SheetError.
    """
    if not data.strip():
        raise SheetError(FileProblem.EMPTY)
    if len(data) > limits.bytes:
        raise SheetError(FileProblem.TOO_LARGE, megabytes=limits.bytes // 1024**2)
    if data.startswith(_OLE):
        raise SheetError(FileProblem.OLD_EXCEL)
    if data.startswith(_ZIP):
        return _read_xlsx(data, limits)
    return [Sheet(filename.rsplit(".", 1)[0], _read_csv(data, limits))]


# ---- XLSX ----

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r\s*=\s*["\']([A-Z]{1,4})(\d{1,8})["\']')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?r\s*=\s*["\'](\d{1,8})["\']')
_SHARED = re.compile(rb't\s*=\s*["\']s["\'][^>]*>\s*<(?:\w+:)?v>(\d{1,9})<')
_STRING = re.compile(rb"<(?:\w+:)?si>(.*?)</(?:\w+:)?si>|<(?:\w+:)?si/>", re.DOTALL)
_MERGES = 5_000


def _read_xlsx(data: bytes, limits: Limits) -> list[Sheet]:
    _look_over(data, limits)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheets = [_cells(book.get_sheet_by_name(name), name, limits) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise SheetError(FileProblem.NOT_A_TABLE) from error
    if not any(sheet.rows for sheet in sheets):
        raise SheetError(FileProblem.EMPTY)
    return sheets


def _look_over(data: bytes, limits: Limits) -> None:
    """Count what opening would need: unzipped bytes, the rectangle of each sheet, the text of repeated strings."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise SheetError(FileProblem.NOT_A_TABLE)
            left = limits.unzipped
            strings: list[int] = []
            sheets: list[Callable[[], bytes]] = []
            for info in archive.infolist():
                content = _unzip(archive, info, left)
                left -= len(content)
                if info.filename.endswith("sharedStrings.xml"):
                    strings = [len(found[1] or b"") for found in _STRING.finditer(content)]
                elif info.filename.startswith("xl/worksheets/"):
                    sheets.append(lambda info=info: _unzip(archive, info, limits.unzipped))  # type: ignore[misc]  # bound now
            for sheet in sheets:
                _check_extent(sheet(), strings, limits)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise SheetError(FileProblem.NOT_A_TABLE) from error


def _unzip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    info.file_size = left + 2  # the size an archive declares is a claim; read on to the true end, or to the limit
    with archive.open(info) as entry:
        content = entry.read(left + 1)
    if len(content) > left:
        raise SheetError(FileProblem.TOO_LARGE, megabytes=LIMITS.unzipped // 1024**2)
    return content


def _check_extent(xml: bytes, strings: list[int], limits: Limits) -> None:
    rows, columns = 0, 0
    for found in _ROW.finditer(xml):
        rows = max(rows, int(found[1]))
    for found in _CELL.finditer(xml):
        rows, columns = max(rows, int(found[2])), max(columns, _column_number(found[1]))
    if rows > limits.rows:
        raise SheetError(FileProblem.TOO_MANY_ROWS, rows=limits.rows)
    if columns > limits.columns or rows * columns > limits.cells:
        raise SheetError(FileProblem.TOO_LARGE, megabytes=limits.unzipped // 1024**2)
    wanted = (int(found[1]) for found in _SHARED.finditer(xml))
    if sum(strings[index] for index in wanted if index < len(strings)) > limits.text:
        raise SheetError(FileProblem.TOO_LARGE, megabytes=limits.text // 1024**2)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cells(sheet: CalamineSheet, name: str, limits: Limits) -> Sheet:
    if sheet.total_height > limits.rows or sheet.total_height * sheet.total_width > limits.cells:
        raise SheetError(FileProblem.TOO_MANY_ROWS, rows=limits.rows)
    rows = [[_as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    width = max(map(len, rows), default=0)
    left = limits.cells
    for (top, start), (bottom, end) in (sheet.merged_cell_ranges or [])[:_MERGES]:
        bottom, end = min(bottom, len(rows) - 1), min(end, width - 1)
        left -= max(bottom - top + 1, 0) * max(end - start + 1, 0)
        if left < 0:
            raise SheetError(FileProblem.TOO_LARGE, megabytes=limits.unzipped // 1024**2)
        for row in range(top, bottom + 1):
            for column in range(start, end + 1):
                rows[row][column] = rows[top][start]
    return Sheet(squeeze(name), rows)


def _as_text(cell: Any) -> str:
    match cell:
        case str():
            return squeeze(cell)
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() != time():
            return cell.strftime("%d/%m/%Y %H:%M")
        case date():
            return cell.strftime("%d/%m/%Y")
        case time():
            return cell.strftime("%H:%M")
        case timedelta():
            return str(cell)
        case _:
            return squeeze(str(cell))


# ---- CSV ----

_DELIMITERS = ",;\t|"
_SAMPLE = 40


def _read_csv(data: bytes, limits: Limits) -> list[list[str]]:
    text = _decode(data)
    if text[:4].casefold() == "sep=" and text[5:6] in "\r\n":
        delimiter, text = text[4], "\n" + text.split("\n", 1)[-1]
    else:
        delimiter = _delimiter(text)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= limits.rows:
                raise SheetError(FileProblem.TOO_MANY_ROWS, rows=limits.rows)
            rows.append([squeeze(cell) for cell in row[: limits.columns]])
    except csv.Error as error:
        raise SheetError(FileProblem.NOT_A_TABLE) from error
    if not any(any(row) for row in rows):
        raise SheetError(FileProblem.EMPTY)
    return rows


def _decode(data: bytes) -> str:
    encoding = "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data[:200].count(0) * 4 > len(data[:200]):  # every other byte of Latin text, in UTF-16
        encoding = "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetError(FileProblem.ENCODING) from error
    if "\x00" in text or not text.strip():
        raise SheetError(FileProblem.NOT_A_TABLE)
    return text


def _delimiter(text: str) -> str:
    """The sign that splits most of the first lines into the same number of cells, and the more cells the better."""
    lines = text.splitlines()[:_SAMPLE]

    def score(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        except csv.Error:
            return 0, 0
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return count, width

    return max(_DELIMITERS, key=score)
