"""Staff lists: read, planned within what their reader may give, written whole, in the web and on the command line."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Role, Standing, Viewer
from school_safety.kit.web import MOST_BYTES
from school_safety.registry import queries as registry
from school_safety.registry.models import ImportDraft, School
from school_safety.roster import actions, queries
from school_safety.roster.actions import StaffPlan
from school_safety.roster.models import Account, Enrolment, Membership, Teaching
from school_safety.roster.readers import read_staff_list
from school_safety.roster.rules.classes import TeachingKind
from tests.client import Client
from tests.factories.classes import a_class_group
from tests.factories.people import a_member
from tests.factories.registry import a_province, a_school, a_year, today_of
from tests.factories.sheets import a_pupil_row, a_workbook

Store = Callable[[], AbstractContextManager[Session]]
TODAY = date(2026, 11, 22)
HEADER = [
    *("STT", "Họ và tên", "Giới tính", "CCCD", "Thư điện tử", "Vai trò"),
    *("Chức vụ", "Mã trường", "Chủ nhiệm", "Lớp dạy", "Môn"),
]


def a_line(number: int = 1, **changes: Any) -> list[Any]:
    values = [
        number,
        "Nguyễn Thu Hà",
        "Nữ",
        "094190000001",
        f"nguoi{number}@truong.vn",
        "Giáo viên",
        "",
        "",
        "",
        "",
        "",
    ]
    return list((dict(zip(HEADER, values, strict=True)) | changes).values())


def a_list(*lines: list[Any]) -> bytes:
    return a_workbook(lines, header=HEADER, titles=("DANH SÁCH CÁN BỘ, GIÁO VIÊN",))


def a_coordinator(session: Session, school: School) -> Viewer:
    row = today_of(session, school)
    standing = Standing(Role.COORDINATOR, path=row.path)
    return Viewer(
        person_id=1, name="", standings=(standing,), session_id=1, school_id=school.id, school_code=school.code
    )


def plan(session: Session, actor: Viewer | None, *lines: list[Any]) -> StaffPlan:
    year = registry.find_current_year(session, TODAY)
    return actions.plan_staff(
        session, actor=actor, listing=read_staff_list(a_list(*lines), "x"), year=year, today=TODAY
    )


def test_a_coordinators_list_adds_people_roles_and_the_classes_they_teach(session: Session) -> None:
    school, year = a_school(session), a_year(session)
    group = a_class_group(session, school=school, year=year, name="6A1")
    a_class_group(session, name="6A2")
    actor = a_coordinator(session, school)
    lines = [
        a_line(**{"Chủ nhiệm": "6A1", "Lớp dạy": "lớp 6a1, 6A2", "Môn": "Tin học"}),
        a_line(2, **{"Vai trò": "Điều phối"}),
    ]
    made = plan(session, actor, *lines)
    assert made.counts() == {"added": 2, "role_added": 0, "classes_added": 0, "same": 0}
    assert [(str(remark.code), remark.params) for remark in made.remarks] == [("class_unknown", {"class_name": "6A2"})]
    actions.import_staff(session, actor=actor, plan=made, today=TODAY)
    kinds = {row.kind: row.subject for row in queries.list_teachings(session, [group.id])}
    assert kinds == {TeachingKind.HOMEROOM: "", TeachingKind.SUBJECT: "Tin học"}
    # The second run changes nothing
    assert plan(session, actor, *lines).changes_nothing


def test_dropped_columns_are_nowhere_in_what_is_kept() -> None:
    assert "094190000001" not in repr(read_staff_list(a_list(a_line()), "x"))


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"Họ và tên": ""}, "name_missing", "Họ và tên"),
        ({"Thư điện tử": "khong phai"}, "email_malformed", "Thư điện tử"),
        ({"Vai trò": "Bảo vệ"}, "role_unknown", "Vai trò"),
        ({"Vai trò": "", "Chức vụ": "Phó hiệu trưởng"}, "role_unknown", "Vai trò"),
    ],
)
def test_a_problem_is_found_in_its_row_and_column(changes: dict[str, str], code: str, column: str) -> None:
    listing = read_staff_list(a_list(a_line(**changes), a_line(2)), "x")
    assert [(str(problem.code), problem.row, problem.column) for problem in listing.problems] == [(code, 3, column)]
    assert len(listing.rows) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Vai trò": "Hiệu trưởng"}, "role_beyond_reach"),
        ({"Vai trò": "Quản trị"}, "role_beyond_reach"),
        ({"Mã trường": "KHAC"}, "role_beyond_reach"),
        ({"Mã trường": "KHONG-CO"}, "place_unknown"),
        ({"Vai trò": "Cán bộ xã"}, "role_wrong_place"),
    ],
)
def test_a_coordinator_gives_no_more_than_a_coordinator_may(
    session: Session, changes: dict[str, str], code: str
) -> None:
    a_school(session, code="KHAC")
    made = plan(session, a_coordinator(session, a_school(session)), a_line(**changes))
    assert made.steps == ()
    assert [str(problem.code) for problem in made.refusals] == [code]


def test_a_known_address_gains_a_role_and_one_of_another_name_is_refused(session: Session) -> None:
    school, other = a_school(session), a_school(session)
    a_member(session, Role.TEACHER, school=other, name="Nguyễn Thu Hà", email="nguoi1@truong.vn")
    a_member(session, Role.TEACHER, school=other, name="Người Khác", email="nguoi2@truong.vn")
    made = plan(session, a_coordinator(session, school), a_line(), a_line(2))
    assert [step.change for step in made.steps] == ["role_added"]
    assert [str(problem.code) for problem in made.refusals] == ["email_other_name"]


def test_two_roles_of_one_new_person_in_one_file_make_one_account(session: Session) -> None:
    school = a_school(session)
    before = session.scalar(select(func.count()).select_from(Account)) or 0
    lines = [a_line(), a_line(**{"Vai trò": "Điều phối"})]
    made = plan(session, a_coordinator(session, school), *lines)
    actions.import_staff(session, actor=None, plan=made, today=TODAY)
    assert session.scalar(select(func.count()).select_from(Account)) == before + 1
    assert session.scalar(select(func.count()).select_from(Membership)) == 2


def test_a_coordinator_uploads_looks_and_confirms(client: Client, store: Store) -> None:
    with store() as session:
        a_year(session)
        school = a_school(session)
        coordinator = a_member(session, Role.COORDINATOR, school=school)
        teacher = a_member(session, Role.TEACHER, school=school)
    client.sign_in(coordinator)
    assert client.get("/staff/import").status_code == 200
    bad = client.post("/staff/import", {"file": (BytesIO(b"a,b\n1,2\n"), "x.csv")}, content_type="multipart/form-data")
    assert bad.status_code == 422
    data = a_list(a_line(), a_line(2, **{"Vai trò": "Hiệu trưởng"}))
    sent = client.post("/staff/import", {"file": (BytesIO(data), "x.xlsx")}, content_type="multipart/form-data")
    look = client.follow(sent)
    text = look.get_data(as_text=True)
    assert "Thầy cô không được giao vai trò này" in text
    seen = text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert "Đã nhập danh sách thầy cô" in client.follow(client.post(look.request.path, {"seen": seen})).get_data(
        as_text=True
    )
    with store() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 3
    client.sign_in(teacher)
    assert client.get("/staff/import").status_code == 403


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(None, "Hãy chọn một tệp", id="no file"),
        pytest.param(b"", "Tệp không có dòng nào", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 99, "Excel đời cũ", id="old Excel"),
        pytest.param(b"a,b\n1,2\n", "Không thấy dòng tiêu đề", id="no header"),
        pytest.param(b"x" * (MOST_BYTES + 1), "lớn hơn 10 MB", id="too large"),
    ],
)
def test_a_useless_staff_file_is_refused_beside_its_field_and_nothing_is_kept(
    client: Client, store: Store, data: bytes | None, words: str
) -> None:
    with store() as session:
        coordinator = a_member(session, Role.COORDINATOR, school=a_school(session))
    client.sign_in(coordinator)
    answer = client.post("/staff/import") if data is None else client.send_file("/staff/import", data)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in text.split('id="file-error"')[1].split("</p>")[0]
    with store() as session:
        assert session.scalar(select(func.count()).select_from(ImportDraft)) == 0


def test_the_command_line_brings_in_staff_and_class_lists_and_a_dry_run_writes_nothing(
    app: Flask, store: Store, tmp_path: Path
) -> None:
    with store() as session:
        a_province(session)
        a_year(session)
        a_school(session, code="T1")
    runner = app.test_cli_runner()
    pupils, staff = tmp_path / "lop.xlsx", tmp_path / "gv.xlsx"
    pupils.write_bytes(a_workbook([a_pupil_row(1, "Lê Ân"), a_pupil_row(2, "Thiếu Ngày", born="")]))
    staff.write_bytes(
        a_list(a_line(**{"Mã trường": "T1", "Chủ nhiệm": "6A1"}), a_line(2, **{"Vai trò": "Chuyên viên Sở"}))
    )
    options = ["roster", "import", str(pupils), "--school", "T1", "--year", "2026-2027"]
    dry = runner.invoke(args=[*options, "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "added\tDanh sách:5\t6A1 Lê Ân" in dry.output
    assert "rejected\tDanh sách:6\tNgày sinh [birth_date_missing]" in dry.output
    with store() as session:
        assert session.scalar(select(func.count()).select_from(Enrolment)) == 0
    assert runner.invoke(args=options).exit_code == 0
    assert "added 0" in runner.invoke(args=options).output
    assert runner.invoke(args=["roster", "import", str(pupils), "--school", "X", "--year", "2026-2027"]).exit_code == 1
    assert "added 2" in runner.invoke(args=["roster", "import-staff", str(staff), "--dry-run"]).output
    assert runner.invoke(args=["roster", "import-staff", str(staff)]).exit_code == 0
    assert "same 2" in runner.invoke(args=["roster", "import-staff", str(staff)]).output
    with store() as session:
        assert session.scalar(select(func.count()).select_from(Enrolment)) == 1
        assert session.scalar(select(func.count()).select_from(Teaching)) == 1
