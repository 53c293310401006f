"""Files as Vietnamese school systems export them."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

HEADER = (
    "STT", "Mã lớp", "Mã định danh Bộ GD&ĐT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Tỉnh", "Xã",
    "Họ tên cha", "Năm sinh cha", "Họ tên mẹ", "Số ĐDCN",
)  # fmt: skip
"""The columns of the national template."""

TITLES = ("PHÒNG GIÁO DỤC", "DANH SÁCH HỌC SINH", "Năm học 2026-2027")


def a_pupil_row(
    number: int,
    name: str = "Nguyễn Văn An",
    born: Any = "08/03/2014",
    *,
    class_name: str = "6A1",
    code: Any = "",
) -> list[Any]:
    """One row under HEADER, with everything that must be dropped filled in."""
    return [
        number, class_name, code, name, born, "Nam", "Khmer", "Sóc Trăng", "An Bình", "Nguyễn Văn Cha", "1980",
        "Trần Thị Mẹ", "094214000123",
    ]  # fmt: skip


def a_workbook(
    rows: Sequence[Sequence[Any]],
    *,
    header: Sequence[str] = HEADER,
    titles: Sequence[str] = TITLES,
    sheet: str = "Danh sách",
    merges: Sequence[tuple[int, int, int, int, str]] = (),
    footer: Sequence[str] = (),
) -> bytes:
    """An XLSX file: merged title rows, a header, rows, a footer; `merges` are (row, column, row, column, text)."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        _write_sheet(book, sheet, rows, header, titles, merges, footer)
    return out.getvalue()


def a_workbook_of(sheets: dict[str, Sequence[Sequence[Any]]], *, header: Sequence[str] = HEADER) -> bytes:
    """An XLSX file with several sheets."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            _write_sheet(book, name, rows, header, (), (), ())
    return out.getvalue()


def _write_sheet(
    book: Any,
    name: str,
    rows: Sequence[Sequence[Any]],
    header: Sequence[str],
    titles: Sequence[str],
    merges: Sequence[tuple[int, int, int, int, str]],
    footer: Sequence[str],
) -> None:
    page = book.add_worksheet(name)
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    for index, title in enumerate(titles):
        page.merge_range(index, 0, index, max(len(header) - 1, 1), title)
    line = len(titles)
    for row in [*([header] if header else []), *rows, *([text] for text in footer)]:
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(line, column, datetime(cell.year, cell.month, cell.day), dated)  # noqa: DTZ001  # a sheet has no zones
            elif cell != "":
                page.write(line, column, cell)
        line += 1
    for top, left, bottom, right, text in merges:
        page.merge_range(top, left, bottom, right, text)


def a_csv(rows: Sequence[Sequence[Any]], *, header: Sequence[str] = HEADER, delimiter: str = ",") -> str:
    """The text of a CSV file."""
    return "\r\n".join(delimiter.join(str(cell) for cell in row) for row in [header, *rows]) + "\r\n"
