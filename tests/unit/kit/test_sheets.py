"""Tables read whatever their shape, refused before they can do harm, and written without formulas."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.kit.sheets import FileProblem, Limits, SheetError, cell_date, read_table, write_csv, write_xlsx

HEADER = ["Tên", "Số", "Ngày"]
ROWS = [["Đinh An", 12, date(2026, 9, 5)], ["=1+1", Decimal("2.5"), None], ["-x", -3, None], ["@a", 0, None]]


def test_csv_and_xlsx_carry_the_same_rows_and_no_cell_is_a_formula() -> None:
    csv_rows = read_table(write_csv(HEADER, ROWS), "a.csv")[0].rows
    xlsx_rows = read_table(write_xlsx(HEADER, ROWS), "a.xlsx")[0].rows
    assert csv_rows[0] == xlsx_rows[0] == HEADER
    assert csv_rows[1] == xlsx_rows[1] == ["Đinh An", "12", "05/09/2026"]
    assert [row[0] for row in csv_rows[2:]] == ["'=1+1", "'-x", "'@a"]
    assert [row[0] for row in xlsx_rows[2:]] == ["=1+1", "-x", "@a"]
    xml = zipfile.ZipFile(io.BytesIO(write_xlsx(HEADER, ROWS))).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml


def test_a_csv_opens_in_excel_as_unicode_and_a_negative_number_stays_a_number() -> None:
    data = write_csv(["a"], [[-3]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == "a\r\n-3\r\n"


def test_a_moment_is_written_on_the_vietnamese_clock() -> None:
    moment = datetime(2026, 11, 27, 17, 30, tzinfo=UTC)
    assert read_table(write_csv(["a"], [[moment]]), "a.csv")[0].rows[1] == ["28/11/2026 00:30"]
    assert read_table(write_xlsx(["a"], [[moment]]), "a.xlsx")[0].rows[1] == ["28/11/2026 00:30"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5/9/2014", date(2014, 9, 5)),
        ("05-09-14", date(2014, 9, 5)),
        ("05.09.2014", date(2014, 9, 5)),
        ("2014-09-05", date(2014, 9, 5)),
        ("2014-09-05 00:00:00", date(2014, 9, 5)),
        ("41887", date(2014, 9, 5)),
        ("5/9/85", date(1985, 9, 5)),
        ("31/02/2014", None),
        ("2014", None),
        ("tháng ba", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_vietnam_writes_it_or_not_at_all(text: str, day: date | None) -> None:
    assert cell_date(text) == day


def _a_zip(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def _with_sheet(xml: bytes) -> bytes:
    """A real workbook whose only sheet is replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write_xlsx(["a"], []))) as real, zipfile.ZipFile(out, "w") as made:
        for info in real.infolist():
            made.writestr(info.filename, xml if info.filename.endswith("sheet1.xml") else real.read(info.filename))
    return out.getvalue()


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"x" * 2_000, FileProblem.TOO_LARGE, id="bytes"),
        pytest.param(_a_zip(**{"xl__workbook.xml": b"0" * 60_000}), FileProblem.TOO_LARGE, id="zip-bomb"),
        pytest.param(
            _with_sheet(SHEET % b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
            FileProblem.TOO_MANY_ROWS,
            id="far-row",
        ),
        pytest.param(
            _with_sheet(SHEET % b"<row r='1'><c r='XFD1'><v>1</v></c></row>"), FileProblem.TOO_LARGE, id="far-column"
        ),
        pytest.param(_a_zip(a=b"x"), FileProblem.NOT_A_TABLE, id="other-zip"),
        pytest.param(b"a,b\n" * 30, FileProblem.TOO_MANY_ROWS, id="csv-rows"),
        pytest.param(b"a,b\x00c\n", FileProblem.NOT_A_TABLE, id="nul"),
        pytest.param(b"%PDF-1.7 \xff\xfe\xfd", FileProblem.ENCODING, id="pdf"),
    ],
)
def test_a_file_that_would_eat_the_memory_is_refused_before_it_is_opened(data: bytes, code: FileProblem) -> None:
    limits = Limits(bytes=1_900 if data.startswith(b"xx") else 100_000, unzipped=40_000, rows=20, columns=50, cells=500)
    with pytest.raises(SheetError) as refused:
        read_table(data, "x", limits)
    assert refused.value.code is code


def test_an_archive_that_lies_about_its_size_is_found_out() -> None:
    data = bytearray(_a_zip(**{"xl__workbook.xml": b"0" * 60_000}))
    true, claimed = (60_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert true in data
    with pytest.raises(SheetError):
        read_table(bytes(data).replace(true, claimed), "x", Limits(unzipped=40_000))


@given(st.binary(max_size=300))
def test_whatever_the_bytes_reading_answers_with_a_table_or_a_refusal(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        try:
            assert all(sheet.rows for sheet in read_table(start + data, "x"))
        except SheetError:
            continue
