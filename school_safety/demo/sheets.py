"""The class list of the demo, shaped as Vietnamese school systems export one: titles, merged cells, text dates."""

import io
import random
import unicodedata
from datetime import date
from typing import Any

import xlsxwriter

from school_safety.demo.rules import Namer

HEADER = (
    "STT",
    "Mã lớp",
    "Mã định danh Bộ GD&ĐT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
    "Quốc tịch",
    "Tỉnh",
    "Xã",
    "Họ tên cha",
    "Họ tên mẹ",
    "Số ĐDCN",
)
PUPILS = 36
SEED = 65


def class_list(school: str, class_name: str, year: str, year_starts: date) -> bytes:
    """An XLSX of one class of grade 6: invented pupils, the columns that are never stored among them."""
    stored = io.BytesIO()
    book = xlsxwriter.Workbook(stored, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách")
    bold = book.add_format({"bold": True, "align": "center"})
    _titles(sheet, bold, school, class_name, year)
    for column, words in enumerate(HEADER):
        sheet.write_string(7, column, words, bold)
    namer = Namer(random.Random(SEED))  # noqa: S311  # invented names
    namer.codes = 9_000_000
    for number in range(1, PUPILS + 1):
        for column, value in enumerate(_row(number, class_name, namer, year_starts)):
            sheet.write(7 + number, column, value)
    sheet.set_column(3, 3, 28)
    book.close()
    return stored.getvalue()


def _titles(sheet: Any, bold: Any, school: str, class_name: str, year: str) -> None:
    last = len(HEADER) - 1
    for row, words in (
        (0, "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH MINH SƠN"),
        (1, school.upper()),
        (3, f"DANH SÁCH HỌC SINH LỚP {class_name}"),
        (4, f"Năm học {year.replace('-', ' - ')}"),
    ):
        sheet.merge_range(row, 0, row, last, words, bold)


def _row(number: int, class_name: str, namer: Namer, year_starts: date) -> tuple[str | int, ...]:
    pupil = namer.pupil(6, year_starts)
    name = unicodedata.normalize("NFD", pupil.full_name) if number % 3 == 0 else pupil.full_name
    if number % 5 == 0:
        name = f" {name}  "
    return (
        number,
        class_name,
        pupil.moet_code,
        name,
        f"{pupil.birth_date:%d/%m/%Y}",
        "Nữ" if number % 2 else "Nam",
        "Kinh",
        "Việt Nam",
        "Minh Sơn",
        "Bến Đông",
        namer.person(),
        namer.person(),
        f"0{number:011d}",
    )
