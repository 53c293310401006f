"""Rows to CSV and XLSX with the same columns: text stays text, so that no cell can turn into a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

from school_safety.kit import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | float | Decimal | date | datetime | None
"""What a cell may hold; an aware datetime is shown on the Vietnamese clock."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MAX_WIDTH = 60


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte-order mark (for Excel), commas, CRLF; text that a sheet would run as a formula gets a `'`."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_guarded(title) for title in header])
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "1") -> bytes:
    """One sheet with a frozen bold header; numbers and dates are typed, text is never a formula or a link."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": clock.local(clock.now()).replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
            "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        }
        page = book.add_worksheet(sheet[:31])
        widths = [len(title) for title in header]
        for column, title in enumerate(header):
            page.write_string(0, column, title, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(page, number, column, cell, formats)
                if column < len(widths):
                    widths[column] = max(widths[column], len(_as_text(cell)))
        for column, width in enumerate(widths):
            page.set_column(column, column, min(width, _MAX_WIDTH) + 2)
        page.freeze_panes(1, 0)
    return out.getvalue()


def _guarded(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text


def _as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _guarded(cell)
        case datetime():
            return _local(cell).strftime("%d/%m/%Y %H:%M")
        case date():
            return cell.strftime("%d/%m/%Y")
        case _:
            return str(cell)


def _local(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else clock.local(moment).replace(tzinfo=None)


def _write(
    page: "xlsxwriter.worksheet.Worksheet",
    row: int,
    column: int,
    cell: Cell,
    formats: dict[str, "xlsxwriter.format.Format"],
) -> None:
    match cell:
        case None:
            return
        case str():
            page.write_string(row, column, cell)
        case datetime():
            page.write_datetime(row, column, _local(cell), formats["moment"])
        case date():
            page.write_datetime(row, column, datetime.combine(cell, time()), formats["day"])
        case _:
            page.write_number(row, column, float(cell) if isinstance(cell, Decimal) else cell)
