"""Class lists as Vietnamese school systems export them, read to plain rows."""

import unicodedata
from datetime import date
from typing import Any

import pytest

from school_safety.kit import secrets
from school_safety.kit.sheets import FileProblem, SheetError
from school_safety.roster.readers import ClassList, Dropped, read_class_list
from tests.factories.sheets import HEADER, a_csv, a_pupil_row, a_workbook, a_workbook_of

TODAY = date(2026, 11, 22)


def read(data: bytes | str, filename: str = "ds.xlsx", class_name: str = "") -> ClassList:
    raw = data.encode() if isinstance(data, str) else data
    return read_class_list(raw, filename, today=TODAY, class_name=class_name)


def names(listing: ClassList) -> list[str]:
    return [row.full_name for row in listing.rows]


def problems(listing: ClassList) -> list[tuple[str, int, str]]:
    return [(problem.code, problem.row, problem.column) for problem in listing.problems]


def test_the_national_template_gives_class_number_name_birth_date_and_a_keyed_hash_only() -> None:
    listing = read(a_workbook([a_pupil_row(1, "Lê Thị Hồng Ân", code="0123456789")]))
    (row,) = listing.rows
    assert (row.sheet, row.row, row.class_name, row.grade, row.number) == ("Danh sách", 5, "6A1", 6, 1)
    assert (row.full_name, row.birth_date) == ("Lê Thị Hồng Ân", date(2014, 3, 8))
    assert row.moet_hash == secrets.keyed_hash("0123456789", purpose="moet")
    assert not listing.problems


def test_nothing_that_must_be_dropped_is_anywhere_in_what_is_kept_and_the_page_can_say_so() -> None:
    listing = read(a_workbook([a_pupil_row(1, code="0123456789")]))
    kept = repr(listing)
    for secret in ("0123456789", "094214000123", "Khmer", "Nguyễn Văn Cha", "Trần Thị Mẹ", "Sóc Trăng", "1980"):
        assert secret not in kept
    assert listing.dropped == (
        Dropped.GENDER,
        Dropped.ETHNICITY,
        Dropped.PERSONAL_ID,
        Dropped.PARENTS,
        Dropped.ADDRESS,
    )
    assert listing.unknown_columns == ()


PLAIN = ["STT", "Lớp", "Họ và tên", "Ngày sinh"]
NAME = "Nguyễn Văn An"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (["Lớp", "Số TT", "Họ tên học sinh", "Ngày tháng năm sinh"], ["6A1", 1, NAME, "08/03/2014"]),
        (["TÊN LỚP", "tt", "HỌ VÀ TÊN", "NGÀY SINH (dd/mm/yyyy)"], ["6A1", 1, NAME, "8/3/2014"]),
        (["STT", "Họ đệm", "Tên", "Ngày sinh", "Lớp"], [1, "Nguyễn Văn", "An", "08-03-2014", "Lớp 6A1"]),
        (["STT", "Họ và tên", "", "Ngày sinh", "Lớp"], [1, "Nguyễn Văn", "An", "08.03.2014", "6A1"]),
        (["STT", "Khối", "Lớp", "Họ và tên", "Ngày sinh"], [1, "6", "A1", NAME, "2014-03-08"]),
        (PLAIN, [1, "6A1", NAME, date(2014, 3, 8)]),
        (PLAIN, [1, "6A1", NAME, 41706]),
        (PLAIN, [1, " 6A1 ", "  Nguyễn   Văn  An ", " 08/03/2014 "]),
        (PLAIN, [1, "6A1", unicodedata.normalize("NFD", NAME), "08/03/2014"]),
        (PLAIN, [1, "6A1", "Nguyễn\u00a0Văn\u200b An", "08/03/2014"]),
    ],
    ids=[
        *("synonyms", "capitals-and-brackets", "two-name-columns", "given-name-without-title", "grade-column"),
        *("date-cell", "date-serial", "stray-spaces", "nfd", "invisible-signs"),
    ],
)
def test_every_shape_of_the_same_pupil_gives_the_same_pupil(header: list[str], row: list[Any]) -> None:
    listing = read(a_workbook([row], header=header))
    assert problems(listing) == []
    (pupil,) = listing.rows
    assert (pupil.full_name, pupil.birth_date, pupil.grade) == ("Nguyễn Văn An", date(2014, 3, 8), 6)


def test_a_header_of_two_rows_with_merged_cells_is_one_header_and_a_fathers_name_is_not_the_pupils() -> None:
    merges = [
        (0, 0, 1, 0, "STT"),
        (0, 1, 0, 2, "Họ và tên"),
        (0, 3, 1, 3, "Ngày sinh"),
        (0, 4, 1, 4, "Lớp"),
        (0, 5, 0, 6, "Cha"),
    ]
    under = ["", "Họ đệm", "Tên", "", "", "Họ tên", "Năm sinh"]
    rows = [under, [1, "Nguyễn Văn", "An", "08/03/2014", "6A1", "Nguyễn Văn Cha", "1980"]]
    listing = read(a_workbook(rows, header=[""] * 7, titles=(), merges=merges))
    assert names(listing) == ["Nguyễn Văn An"]
    assert listing.dropped == (Dropped.PARENTS,)


def test_a_birth_date_in_three_columns_under_one_title_is_one_date() -> None:
    merges = [(0, 0, 1, 0, "STT"), (0, 1, 1, 1, "Họ và tên"), (0, 2, 0, 4, "Ngày sinh"), (0, 5, 1, 5, "Lớp")]
    rows = [["", "", "Ngày", "Tháng", "Năm", ""], [1, "Nguyễn Văn An", 3, 3, 2014, "6A1"]]
    listing = read(a_workbook(rows, header=[""] * 6, titles=(), merges=merges))
    assert [row.birth_date for row in listing.rows] == [date(2014, 3, 3)]


def test_a_class_merged_down_over_its_pupils_belongs_to_each_of_them() -> None:
    rows = [["", 1, "Nguyễn Văn An", "08/03/2014"], ["", 2, "Trần Thị Bình", "09/03/2014"]]
    header = ["Lớp", "STT", "Họ và tên", "Ngày sinh"]
    listing = read(a_workbook(rows, header=header, titles=(), merges=[(1, 0, 2, 0, "6A2")]))
    assert [(row.class_name, row.full_name) for row in listing.rows] == [
        ("6A2", "Nguyễn Văn An"),
        ("6A2", "Trần Thị Bình"),
    ]


@pytest.mark.parametrize(
    "titles", [("TRƯỜNG THCS A", "DANH SÁCH LỚP 6A3 NĂM HỌC 2026-2027"), ("Lớp: 6A3",), ("Danh sách lớp 6A3, GVCN: X",)]
)
def test_the_class_may_stand_in_a_title_above_the_table(titles: tuple[str, ...]) -> None:
    header = ["STT", "Họ và tên", "Ngày sinh"]
    listing = read(a_workbook([[1, "Nguyễn Văn An", "08/03/2014"]], header=header, titles=titles))
    assert [row.class_name for row in listing.rows] == ["6A3"]


def test_the_class_may_be_the_name_of_the_sheet_one_sheet_a_class() -> None:
    header = ["STT", "Họ và tên", "Ngày sinh"]
    rows = [[1, "Nguyễn Văn An", "08/03/2014"]]
    listing = read(
        a_workbook_of({"6A1": rows, "Lớp 6A2": [[1, "Trần Bình", "09/03/2014"]], "Ghi chú": []}, header=header)
    )
    assert [(row.sheet, row.class_name) for row in listing.rows] == [("6A1", "6A1"), ("Lớp 6A2", "6A2")]


def test_the_class_may_stand_in_a_row_of_its_own_between_the_pupils() -> None:
    rows = [["Lớp 6A1"], [1, "Nguyễn Văn An", "08/03/2014"], ["Lớp 6A2"], [1, "Trần Thị Bình", "09/03/2014"]]
    listing = read(a_workbook(rows, header=["STT", "Họ và tên", "Ngày sinh"]))
    assert [row.class_name for row in listing.rows] == ["6A1", "6A2"]


def test_the_class_that_the_teacher_chose_is_used_where_the_file_names_none() -> None:
    listing = read(
        a_workbook([[1, "Nguyễn Văn An", "08/03/2014"]], header=["STT", "Họ và tên", "Ngày sinh"]), class_name="7B"
    )
    assert [(row.class_name, row.grade) for row in listing.rows] == [("7B", 7)]


def test_rows_that_are_no_pupils_are_left_aside_and_named() -> None:
    footer = ["Tổng số: 1 học sinh", "An Bình, ngày 5 tháng 9 năm 2026", "Người lập biểu"]
    listing = read(a_workbook([["(1)", "(2)", "(3)", "(4)"], a_pupil_row(1)], footer=footer))
    assert names(listing) == ["Nguyễn Văn An"]
    assert listing.skipped == (("Danh sách", 7), ("Danh sách", 8), ("Danh sách", 9))
    assert problems(listing) == []


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        pytest.param(a_pupil_row(1, ""), "name_missing", "Họ và tên", id="no-name"),
        pytest.param(a_pupil_row(1, "Nguyễn 123"), "name_shape", "Họ và tên", id="digits-in-the-name"),
        pytest.param(a_pupil_row(1, born=""), "birth_date_missing", "Ngày sinh", id="no-birth-date"),
        pytest.param(a_pupil_row(1, born="31/02/2014"), "birth_date_shape", "Ngày sinh", id="no-such-day"),
        pytest.param(a_pupil_row(1, born="03/28/2014"), "birth_date_shape", "Ngày sinh", id="month-first"),
        pytest.param(a_pupil_row(1, born="2014"), "birth_date_shape", "Ngày sinh", id="only-a-year"),
        pytest.param(a_pupil_row(1, born="08/03/2004"), None, "", id="old-but-possible"),
        pytest.param(a_pupil_row(1, born="08/03/1980"), "birth_date_unlikely", "Ngày sinh", id="a-parents-birth-date"),
        pytest.param(a_pupil_row(1, class_name=""), "class_missing", "Mã lớp", id="no-class"),
        pytest.param(a_pupil_row(1, class_name="Chồi 1"), "grade_missing", "Mã lớp", id="no-grade"),
        pytest.param(a_pupil_row(1, class_name="5A"), "grade_missing", "Mã lớp", id="primary-class"),
    ],
)
def test_a_problem_is_found_in_its_row_and_column_and_the_other_rows_are_read(
    row: list[Any], code: str | None, column: str
) -> None:
    listing = read(a_workbook([row, a_pupil_row(2, "Trần Thị Bình")]))
    assert problems(listing) == ([(code, 5, column)] if code else [])
    assert "Trần Thị Bình" in names(listing)
    assert len(listing.rows) == (1 if code else 2)
    assert len(listing.rejected) == (1 if code else 0)


@pytest.mark.parametrize(
    ("code", "hashed", "remark"),
    [
        pytest.param("0012345678", "0012345678", None, id="text"),
        pytest.param(12345678, "0012345678", None, id="a-sheet-ate-the-zeros"),
        pytest.param("00 1234 5678", "0012345678", None, id="spaces"),
        pytest.param("094214000123", None, "moet_personal_id", id="a-personal-id-is-not-kept"),
        pytest.param("HS-17", None, "moet_shape", id="something-else"),
        pytest.param("", None, None, id="none"),
    ],
)
def test_the_code_is_hashed_at_once_and_a_doubtful_one_is_said_but_costs_no_pupil(
    code: Any, hashed: str | None, remark: str | None
) -> None:
    listing = read(a_workbook([a_pupil_row(1, code=code)]))
    (row,) = listing.rows
    assert row.moet_hash == (secrets.keyed_hash(hashed, purpose="moet") if hashed else None)
    assert [problem.code for problem in listing.problems] == ([remark] if remark else [])


def test_two_pupils_of_one_name_in_a_class_are_two_pupils() -> None:
    rows = [a_pupil_row(1, born="08/03/2014"), a_pupil_row(2, born="09/03/2014")]
    assert len(read(a_workbook(rows)).rows) == 2


def test_the_same_pupil_twice_is_taken_once_and_the_second_row_says_where_the_first_is() -> None:
    listing = read(a_workbook([a_pupil_row(1, "Trần Hoà"), a_pupil_row(2, "trần hòa")]))
    assert names(listing) == ["Trần Hoà"]
    (problem,) = listing.problems
    assert (problem.code, problem.row, problem.params) == ("pupil_twice", 6, {"first": 5})


def test_one_name_one_birth_date_but_two_codes_are_two_pupils_and_one_code_twice_is_one() -> None:
    two = [a_pupil_row(1, code="0000000001"), a_pupil_row(2, code="0000000002")]
    assert len(read(a_workbook(two)).rows) == 2
    one = [a_pupil_row(1, "A B", code="0000000001"), a_pupil_row(2, "C D", code="0000000001")]
    assert len(read(a_workbook(one)).rows) == 1


def test_one_count_through_several_classes_is_no_list_number() -> None:
    rows = [a_pupil_row(n, f"Nguyễn {'ABCDEF'[n - 1]}", class_name="6A1" if n < 4 else "6A2") for n in range(1, 7)]
    listing = read(a_workbook(rows))
    assert [(row.class_name, row.number) for row in listing.rows] == [
        ("6A1", 1), ("6A1", 2), ("6A1", 3), ("6A2", 1), ("6A2", 2), ("6A2", 3),
    ]  # fmt: skip
    assert listing.renumbered == ("6A1", "6A2")


def test_numbers_of_a_class_are_kept_with_their_gaps() -> None:
    listing = read(a_workbook([a_pupil_row(2, "A B"), a_pupil_row(7, "C D")]))
    assert [row.number for row in listing.rows] == [2, 7]
    assert listing.renumbered == ()


@pytest.mark.parametrize(
    ("legacy", "font"),
    [
        (["NguyÔn V¨n An", "TrÇn ThÞ B×nh", "Lª §øc"], "TCVN3"),
        (["Nguyeãn Vaên An", "Traàn Thò Bình", "Leâ Ñöùc"], "VNI"),
    ],
)
def test_an_old_font_is_refused_by_name_and_no_row_is_taken(legacy: list[str], font: str) -> None:
    listing = read(a_workbook([a_pupil_row(n, name) for n, name in enumerate(legacy, 1)]))
    assert listing.rows == ()
    (problem,) = listing.problems
    assert (problem.code, problem.sheet, problem.params) == ("legacy_font", "Danh sách", {"font": font})


def test_one_foreign_name_among_many_is_no_old_font() -> None:
    rows = [a_pupil_row(n, f"Nguyễn Văn {letter}n") for n, letter in enumerate("ABCDEFGH", 1)]
    listing = read(a_workbook([*rows, a_pupil_row(9, "Peña Muñoz")]))
    assert len(listing.rows) == 9


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        pytest.param(a_csv([a_pupil_row(1)]).encode(), "a.csv", id="utf8"),
        pytest.param(a_csv([a_pupil_row(1)]).encode("utf-8-sig"), "a.csv", id="bom"),
        pytest.param(a_csv([a_pupil_row(1)], delimiter=";").encode("utf-8-sig"), "a.csv", id="semicolons"),
        pytest.param(a_csv([a_pupil_row(1)], delimiter="\t").encode("utf-16"), "a.txt", id="excel-unicode-text"),
        pytest.param(b"sep=;\r\n" + a_csv([a_pupil_row(1)], delimiter=";").encode(), "a.csv", id="sep-line"),
        pytest.param(a_csv([a_pupil_row(1)]).encode("utf-16-le"), "a.csv", id="utf16-without-mark"),
    ],
)
def test_csv_is_read_whatever_its_marks_and_separators(data: bytes, filename: str) -> None:
    listing = read(data, filename)
    assert names(listing) == ["Nguyễn Văn An"]
    assert listing.rows[0].sheet == "a"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", FileProblem.EMPTY, id="empty"),
        pytest.param(b" \n ", FileProblem.EMPTY, id="blank"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 99, FileProblem.OLD_EXCEL, id="xls"),
        pytest.param(b"PK\x03\x04" + b"x" * 99, FileProblem.NOT_A_TABLE, id="broken-zip"),
        pytest.param(
            "Họ và tên,Lớp".encode("cp1258", "ignore") + b"\xfe\xff\xfd", FileProblem.ENCODING, id="eight-bit"
        ),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(data: bytes, code: FileProblem) -> None:
    with pytest.raises(SheetError) as refused:
        read(data)
    assert refused.value.code is code


def test_a_table_without_names_is_refused_with_one_sentence() -> None:
    assert problems(read("a,b\n1,2\n", "a.csv")) == [("no_header", 0, "")]


def test_a_list_without_a_birth_date_column_is_refused_with_one_sentence() -> None:
    data = a_workbook([[1, "6A1", "Nguyễn Văn An"]], header=["STT", "Lớp", "Họ và tên"])
    assert problems(read(data)) == [("no_birth_column", 0, "")]


def test_a_formula_in_a_name_is_text_and_nothing_more() -> None:
    assert names(read(a_csv([a_pupil_row(1, "=cmd|calc")]), "a.csv")) == ["=cmd|calc"]


def test_the_header_has_the_columns_of_the_national_template() -> None:
    assert len(HEADER) == len(a_pupil_row(1))
