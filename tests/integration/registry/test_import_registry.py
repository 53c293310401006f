"""Units and schools from a file: dry run, second run, problems in their rows, nothing half-imported."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.kit.errors import Refused
from school_safety.registry import actions, queries
from school_safety.registry.models import Placement, School, Unit
from school_safety.registry.readers import RegistryFile, read_registry
from school_safety.registry.rules import SchoolStatus
from tests.factories.registry import TODAY, a_commune
from tests.factories.sheets import a_workbook_of

UNITS = ["Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Từ ngày"]
SCHOOLS = [
    *("STT", "Mã trường", "Tên trường", "Loại hình", "Khối", "Xã/phường"),
    *("Cơ quan quản lý", "Trạng thái", "Từ ngày", "Quyết định"),
]

THREE_UNITS = [
    ["ST", "Tỉnh Sông Trăng", "Tỉnh", "01/07/2025"],
    ["SGD", "Sở Giáo dục và Đào tạo", "Sở", "01/07/2025"],
    ["X01", "Xã An Bình", "Xã", "01/07/2025"],
]


def a_school_line(number: int = 1, **changes: Any) -> list[Any]:
    values = [number, f"T{number}", f"THCS {number}", "THCS", "", "An Bình", "", "", "01/07/2025", "QĐ 1"]
    line = dict(zip(SCHOOLS, values, strict=True))
    return list((line | changes).values())


def a_file(units: list[list[Any]] | None = None, schools: list[list[Any]] | None = None) -> bytes:
    sheets: dict[str, Any] = {"Đơn vị": [UNITS, *(units or [])], "Trường": [SCHOOLS, *(schools or [])]}
    return a_workbook_of(sheets, header=())


def bring(session: Session, data: bytes) -> dict[str, int]:
    plan = actions.plan_registry(session, file=read_registry(data, "ds.xlsx"), today=TODAY)
    return actions.import_registry(session, actor=None, plan=plan, today=TODAY)


def test_an_empty_installation_comes_up_from_one_file(session: Session) -> None:
    done = bring(session, a_file(THREE_UNITS, [a_school_line(), a_school_line(2, **{"Loại hình": "THCS&THPT"})]))
    assert (done["units_added"], done["schools_added"]) == (3, 2)
    # Province and commune stand for their committees too
    codes = {unit.code for unit in queries.list_units(session)}
    assert codes == {"ST", "UBND-ST", "SGD", "X01", "UBND-X01"}
    low, high = queries.get_school(session, "T1"), queries.get_school(session, "T2")
    assert low.path.startswith(queries.get_unit(session, "UBND-X01").path)
    assert high.path.startswith(queries.get_unit(session, "SGD").path)


def test_the_second_run_changes_nothing(session: Session) -> None:
    data = a_file(THREE_UNITS, [a_school_line(), a_school_line(2)])
    bring(session, data)
    before = session.scalar(select(func.count()).select_from(Placement))
    done = bring(session, data)
    assert (done["units_same"], done["schools_same"]) == (3, 2)
    assert done["schools_changed"] == done["schools_added"] == 0
    assert session.scalar(select(func.count()).select_from(Placement)) == before


def test_a_later_file_says_what_differs_and_writes_a_dated_row(session: Session) -> None:
    bring(session, a_file(THREE_UNITS, [a_school_line()]))
    change = {"Tên trường": "THCS Đổi Tên", "Trạng thái": "Giải thể", "Từ ngày": "01/10/2026"}
    data = a_file([["X01", "Phường An Bình", "Phường", "01/10/2026"]], [a_school_line(**change)])
    plan = actions.plan_registry(session, file=read_registry(data, "ds.xlsx"), today=TODAY)
    assert [step.fields for step in plan.schools] == [("name", "status")]
    bring(session, data)
    assert queries.get_school(session, "T1").status is SchoolStatus.CLOSED
    assert queries.get_placed(session, queries.get_school(session, "T1").school_id, date(2026, 9, 30)).name == "THCS 1"
    assert queries.get_unit(session, "X01").name == "Phường An Bình"
    assert queries.get_unit(session, "UBND-X01").name == "UBND phường An Bình"


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"Mã trường": ""}, "code_shape", "Mã trường"),
        ({"Mã trường": "mã có dấu"}, "code_shape", "Mã trường"),
        ({"Tên trường": ""}, "name_missing", "Tên trường"),
        ({"Loại hình": "Mầm non tư thục"}, "kind_unknown", "Loại hình"),
        ({"Khối": "sáu"}, "grades_shape", "Khối"),
        ({"Trạng thái": "chưa rõ"}, "status_unknown", "Trạng thái"),
        ({"Từ ngày": "hôm qua"}, "date_shape", "Từ ngày"),
        ({"Xã/phường": ""}, "commune_missing", "Xã/phường"),
    ],
)
def test_a_problem_is_found_in_its_row_and_column(change: dict[str, str], code: str, column: str) -> None:
    read = read_registry(a_file(THREE_UNITS, [a_school_line(), a_school_line(2, **change)]), "ds.xlsx")
    assert [(problem.code, problem.sheet, problem.row, problem.column) for problem in read.problems] == [
        (code, "Trường", 3, column)
    ]
    assert len(read.schools) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Xã/phường": "Xã Không Có"}, "commune_unknown"),
        ({"Cơ quan quản lý": "Bộ Quốc phòng"}, "authority_unknown"),
    ],
)
def test_a_place_that_nobody_knows_refuses_its_row_only(session: Session, change: dict[str, str], code: str) -> None:
    read = read_registry(a_file(THREE_UNITS, [a_school_line(), a_school_line(2, **change)]), "ds.xlsx")
    plan = actions.plan_registry(session, file=read, today=TODAY)
    assert [(str(problem.code), problem.row) for problem in plan.refusals] == [(code, 3)]
    assert [step.row.code for step in plan.schools] == ["T1"]


def test_a_code_twice_in_the_file_is_said_once_with_the_first_row() -> None:
    read = read_registry(a_file(THREE_UNITS, [a_school_line(), a_school_line()]), "ds.xlsx")
    assert [(problem.code, problem.row, problem.params) for problem in read.problems] == [
        ("code_twice", 3, {"first": 2})
    ]


def test_schools_without_a_province_are_refused(session: Session) -> None:
    read = read_registry(a_file([["X01", "Xã An Bình", "Xã", ""]]), "ds.xlsx")
    plan = actions.plan_registry(session, file=read, today=TODAY)
    assert [str(problem.code) for problem in plan.refusals] == ["no_province"]


def test_a_csv_of_schools_alone_joins_the_communes_that_are_there(session: Session) -> None:
    a_commune(session, name="Xã An Bình", code="X01")
    header = "Mã trường;Tên trường;Cấp học;Khối;Xã\r\n"
    text = header + "T9;THCS Chín;THCS;6-9;x01\r\nT10;PTDTNT Mười;PTDTNT;6,7,8,9;An Bình\r\n"
    assert bring(session, text.encode("utf-8-sig"))["schools_added"] == 2
    assert queries.get_school(session, "T10").grades == 0b1111000000


def test_a_row_that_the_registry_refuses_undoes_the_whole_file(database: Any) -> None:
    with database.writing() as session:
        bring(session, a_file(THREE_UNITS, [a_school_line()]))
    # A change dated before the school's first day, behind a good new school
    bad = a_school_line(**{"Tên trường": "Khác", "Từ ngày": "01/08/2025"})
    with database.writing() as session:
        unit = queries.get_unit(session, "UBND-X01")
        unit.valid_to = date(2025, 8, 1)
    data = a_file([], [a_school_line(2, **{"Từ ngày": "15/07/2025"}), bad])
    with pytest.raises(Refused) as refused, database.writing() as session:
        bring(session, data)
    assert refused.value.params == {"row": 3, "problem": "unit_closed"}
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(School)) == 1


def test_an_empty_file_reads_as_nothing_and_says_so() -> None:
    assert read_registry(a_file(), "ds.xlsx") == RegistryFile()
    assert [problem.code for problem in read_registry(b"a,b\n1,2\n", "x.csv").problems] == ["registry_no_header"]


def test_the_command_line_prints_every_change_and_writes_nothing_in_a_dry_run(
    app: Flask, tmp_path: Path, store: Callable[[], AbstractContextManager[Session]]
) -> None:
    path = tmp_path / "ds.xlsx"
    path.write_bytes(a_file(THREE_UNITS, [a_school_line(), a_school_line(2, Khối="?")]))
    runner = app.test_cli_runner()
    dry = runner.invoke(args=["registry", "import", str(path), "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "added\tTrường:2\tT1 THCS 1" in dry.output
    assert "Trường:3 Khối: grades_shape" in dry.output
    with store() as session:
        assert session.scalar(select(func.count()).select_from(Unit)) == 0
    assert runner.invoke(args=["registry", "import", str(path)]).exit_code == 0
    again = runner.invoke(args=["registry", "import", str(path)])
    assert "schools added 0" in again.output
    assert "schools same 1" in again.output
