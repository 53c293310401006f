"""Class lists and class groups in the browser's eyes: upload, look, confirm; nobody out of reach."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from school_safety.access.policy import Role
from school_safety.kit import clock
from school_safety.kit.sheets import read_table
from school_safety.kit.web import MOST_BYTES
from school_safety.registry.models import ImportDraft, School
from school_safety.roster.models import ClassGroup, Enrolment, Person, Teaching
from tests.client import Client
from tests.factories.classes import a_class_group, a_teaching, an_enrolment
from tests.factories.people import a_member
from tests.factories.registry import TODAY, a_school, a_year
from tests.factories.sheets import a_pupil_row, a_workbook

Store = Callable[[], AbstractContextManager[Session]]
NOON = clock.at_local(TODAY)


class World:
    """A school with a coordinator, a teacher of 6A1, and another school beside it."""

    def __init__(self, session: Session) -> None:
        self.year = a_year(session)
        self.school: School = a_school(session, code="THCS1", name="THCS An Bình")
        self.other: School = a_school(session, code="THCS2", name="THCS Khác")
        self.coordinator = a_member(session, Role.COORDINATOR, school=self.school, name="Trần Điều Phối")
        self.teacher = a_member(session, Role.TEACHER, school=self.school, name="Lê Chủ Nhiệm")
        self.stranger = a_member(session, Role.COORDINATOR, school=self.other, name="Người Khác")
        self.mine = a_class_group(session, school=self.school, year=self.year, name="6A1")
        self.theirs = a_class_group(session, school=self.school, year=self.year, name="6A2")
        self.foreign = a_class_group(session, school=self.other, year=self.year, name="6A1")
        a_teaching(session, person=self.teacher, class_group=self.mine)
        self.pupil = an_enrolment(session, class_group=self.mine, name="Đinh Có Sẵn", number=1)
        an_enrolment(session, class_group=self.foreign, name="Em Trường Khác", number=1)


@pytest.fixture
def world(store: Store) -> World:
    with store() as session:
        return World(session)


def upload(client: Client, url: str, data: bytes, filename: str = "Danh sách lớp.xlsx") -> TestResponse:
    form: dict[str, Any] = {"file": (BytesIO(data), filename), "year": "2026-2027"}
    return client.post(url, form, content_type="multipart/form-data")


def seen(page: TestResponse) -> str:
    return page.get_data(as_text=True).split('name="seen"')[1].split('value="')[1].split('"')[0]


def count(store: Store, model: Any) -> int:
    with store() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_coordinator_uploads_looks_and_confirms_and_the_classes_are_there(
    client: Client, store: Store, world: World
) -> None:
    client.sign_in(world.coordinator)
    assert client.get("/schools/THCS1/import").status_code == 200
    rows = [a_pupil_row(1, "Nguyễn Văn An"), a_pupil_row(1, "Lê Thị Bình", class_name="7B")]
    look = client.follow(upload(client, "/schools/THCS1/import", a_workbook(rows)))
    text = look.get_data(as_text=True)
    # Nothing is written by looking; what will change, what is missing and what is dropped is said
    assert count(store, Enrolment) == 2
    for words in ("Nguyễn Văn An", "7B", "Đinh Có Sẵn", "giới tính"):
        assert words in text
    done = client.follow(client.post(look.request.path, {"seen": seen(look)}))
    assert "Đã nhập danh sách lớp" in done.get_data(as_text=True)
    assert count(store, Enrolment) == 4
    with store() as session:
        draft = session.scalars(select(ImportDraft)).one()
        assert "Nguyễn" not in str(draft.content)
    page = client.get("/schools/THCS1/class-groups").get_data(as_text=True)
    assert "7B" in page


def test_confirming_twice_writes_once_and_says_so(client: Client, store: Store, world: World) -> None:
    client.sign_in(world.coordinator)
    look = client.follow(upload(client, "/schools/THCS1/import", a_workbook([a_pupil_row(2, "Nguyễn Văn An")])))
    token = seen(look)
    client.post(look.request.path, {"seen": token})
    again = client.post(look.request.path, {"seen": token})
    assert again.status_code in (200, 422)
    assert count(store, Enrolment) == 3


def test_a_list_that_changed_between_look_and_confirmation_is_shown_again_and_not_written(
    client: Client, store: Store, world: World
) -> None:
    client.sign_in(world.coordinator)
    look = client.follow(upload(client, "/schools/THCS1/import", a_workbook([a_pupil_row(2, "Nguyễn Văn An")])))
    with store() as session:
        an_enrolment(session, class_group=session.get_one(ClassGroup, world.mine.id), name="Nguyễn Văn An", number=9)
    answer = client.post(look.request.path, {"seen": seen(look)})
    assert answer.status_code == 422
    assert "vừa thay đổi" in answer.get_data(as_text=True)
    assert count(store, Enrolment) == 3


def test_missing_pupils_end_only_with_the_tick(client: Client, store: Store, world: World) -> None:
    client.sign_in(world.coordinator)
    look = client.follow(upload(client, "/schools/THCS1/import", a_workbook([a_pupil_row(2, "Nguyễn Văn An")])))
    client.post(look.request.path, {"seen": seen(look), "end_missing": "y"})
    with store() as session:
        assert session.get_one(Enrolment, world.pupil.id).ends_on is not None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp không có dòng nào"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "Excel đời cũ"),
        (a_workbook([a_pupil_row(1, "NguyÔn V¨n An")]), "TCVN3"),
        (b"a,b\r\n1,2\r\n", "Không thấy dòng tiêu đề"),
        (a_workbook([]), "không có dòng nào dùng được"),
        (b"x" * (MOST_BYTES + 1), "lớn hơn 10 MB"),
    ],
    ids=["empty", "xls", "tcvn3", "no-header", "no-rows", "too large"],
)
def test_a_useless_file_is_refused_beside_the_field_and_nothing_is_kept(
    client: Client, store: Store, world: World, data: bytes, words: str
) -> None:
    client.sign_in(world.coordinator)
    answer = client.send_file("/schools/THCS1/import", data, {"year": "2026-2027"})
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert count(store, ImportDraft) == 0


def test_a_missing_file_is_said_beside_the_field(client: Client, world: World) -> None:
    client.sign_in(world.coordinator)
    answer = client.post("/schools/THCS1/import", {"year": "2026-2027"})
    assert answer.status_code == 422
    assert "Hãy chọn một tệp" in answer.get_data(as_text=True)


def test_bad_rows_are_listed_with_their_row_and_column_and_the_rest_goes_in(
    client: Client, store: Store, world: World
) -> None:
    client.sign_in(world.coordinator)
    rows = [a_pupil_row(2, "Nguyễn Văn An"), a_pupil_row(3, "Trần Thiếu Ngày", born="")]
    look = client.follow(upload(client, "/schools/THCS1/import", a_workbook(rows)))
    text = look.get_data(as_text=True)
    assert "Dòng 6" in text
    assert "Thiếu ngày sinh" in text
    client.post(look.request.path, {"seen": seen(look)})
    assert count(store, Enrolment) == 3


def test_rows_that_were_not_taken_go_out_as_typed_with_the_kept_columns_only(client: Client, world: World) -> None:
    client.sign_in(world.coordinator)
    rows = [a_pupil_row(2, "Nguyễn Văn An"), a_pupil_row(3, "Trần Thiếu Ngày", born="ngày 3")]
    look = client.follow(upload(client, "/schools/THCS1/import", a_workbook(rows)))
    taken = {shape: client.get(f"{look.request.path}/problems.{shape}").get_data() for shape in ("csv", "xlsx")}
    for shape, data in taken.items():
        table = read_table(data, f"x.{shape}")[0].rows
        assert "Ngày sinh" in table[0]
        line = next(row for row in table if "Trần Thiếu Ngày" in row)
        assert {"6", "6A1", "3", "ngày 3"} <= set(line), line
        assert len(line) == 8 and not any("Nguyễn Văn An" in row for row in table)
    client.post(look.request.path, {"seen": seen(look)})
    assert client.get(f"{look.request.path}/problems.csv").status_code == 404


def test_a_teacher_imports_the_own_class_and_no_other(client: Client, store: Store, world: World) -> None:
    client.sign_in(world.teacher)
    look = client.follow(
        upload(client, f"/class-groups/{world.mine.id}/import", a_workbook([a_pupil_row(2, "Nguyễn Văn An")]))
    )
    client.follow(client.post(look.request.path, {"seen": seen(look)}))
    assert count(store, Enrolment) == 3
    for url in (f"/class-groups/{world.theirs.id}/import", "/schools/THCS1/import", f"/class-groups/{world.theirs.id}"):
        assert client.get(url).status_code == 404


def test_nobody_reaches_another_schools_classes_or_another_persons_draft(
    client: Client, new_client: Callable[[], Client], world: World
) -> None:
    client.sign_in(world.coordinator)
    look = client.follow(upload(client, "/schools/THCS1/import", a_workbook([a_pupil_row(2, "Nguyễn Văn An")])))
    stranger = new_client().sign_in(world.stranger)
    for url in (
        look.request.path,
        "/schools/THCS1/class-groups",
        "/schools/THCS1/import",
        f"/class-groups/{world.mine.id}",
        f"/class-groups/{world.mine.id}/edit",
        f"/enrolments/{world.pupil.public_id}/edit",
    ):
        assert stranger.get(url).status_code == 404, url
    assert stranger.post(look.request.path, {"seen": seen(look)}).status_code == 404


def test_a_draft_is_gone_after_a_day(client: Client, world: World) -> None:
    client.sign_in(world.coordinator)
    look = client.follow(upload(client, "/schools/THCS1/import", a_workbook([a_pupil_row(2, "Nguyễn Văn An")])))
    with clock.at(clock.now().replace(year=clock.now().year + 1)):
        client.sign_in(world.coordinator)
        assert client.get(look.request.path).status_code == 404


def test_pages_of_a_class_open_for_those_who_may_and_show_pupils_by_given_name(
    client: Client, store: Store, world: World
) -> None:
    with store() as session:
        group = session.get_one(ClassGroup, world.mine.id)
        an_enrolment(session, class_group=group, name="Zung Văn An", number=2)
    client.sign_in(world.coordinator)
    text = client.get(f"/class-groups/{world.mine.id}").get_data(as_text=True)
    assert text.index("Zung Văn An") < text.index("Đinh Có Sẵn")
    for url in (
        f"/class-groups/{world.mine.id}/edit",
        f"/class-groups/{world.mine.id}/teachers",
        f"/class-groups/{world.mine.id}/pupils/new",
        f"/enrolments/{world.pupil.public_id}/edit",
        f"/enrolments/{world.pupil.public_id}/move",
        f"/enrolments/{world.pupil.public_id}/end",
        "/schools/THCS1/class-groups/new",
    ):
        for language in ("vi", "en"):
            assert client.get(f"{url}?lang={language}").status_code == 200, url


def test_a_class_is_added_renamed_and_refused_beside_its_field(client: Client, store: Store, world: World) -> None:
    client.sign_in(world.coordinator)
    new = "/schools/THCS1/class-groups/new"
    assert client.post(new, {"name": "8C", "grade": "8"}).status_code == 303
    taken = client.post(new, {"name": " 6a1 ", "grade": "6"})
    assert taken.status_code == 422
    assert "đã có lớp mang tên này" in taken.get_data(as_text=True)
    assert client.post(new, {"name": "10A", "grade": "10"}).status_code == 422
    assert client.post(f"/class-groups/{world.theirs.id}/edit", {"name": "6A9", "grade": "6"}).status_code == 303
    with store() as session:
        assert session.get_one(ClassGroup, world.theirs.id).name == "6A9"


def test_a_pupil_is_added_corrected_moved_and_leaves(client: Client, store: Store, world: World) -> None:
    client.sign_in(world.coordinator)
    new = f"/class-groups/{world.mine.id}/pupils/new"
    bad = client.post(new, {"full_name": "Em Mới", "birth_date": "31/02/2014", "starts_on": "22/11/2026"})
    assert bad.status_code == 422
    assert 'value="Em Mới"' in bad.get_data(as_text=True)
    taken = client.post(
        new, {"full_name": "Em Mới", "birth_date": "08/03/2014", "list_number": "1", "starts_on": "22/11/2026"}
    )
    assert "Số còn trống kế tiếp là 2" in taken.get_data(as_text=True)
    assert (
        client.post(new, {"full_name": "Em Mới", "birth_date": "08/03/2014", "starts_on": "22/11/2026"}).status_code
        == 303
    )
    with store() as session:
        enrolment = session.scalars(select(Enrolment).join(Person).where(Person.full_name == "Em Mới")).one()
    own = f"/enrolments/{enrolment.public_id}"
    assert (
        client.post(
            f"{own}/edit", {"full_name": "Em Mới Hơn", "birth_date": "09/03/2014", "list_number": "5"}
        ).status_code
        == 303
    )
    assert client.post(f"{own}/move", {"target": world.foreign.id, "on": "22/11/2026"}).status_code == 422
    assert client.post(f"{own}/move", {"target": world.theirs.id, "on": "22/11/2026"}).status_code == 303
    with store() as session:
        moved = session.scalars(select(Enrolment).where(Enrolment.class_group_id == world.theirs.id)).one()
    early = client.post(f"/enrolments/{moved.public_id}/end", {"on": "01/10/2026", "reason": "left_school"})
    assert early.status_code == 422
    assert (
        client.post(f"/enrolments/{moved.public_id}/end", {"on": "23/11/2026", "reason": "left_school"}).status_code
        == 303
    )
    with store() as session:
        assert session.get_one(Enrolment, moved.id).ends_on is not None


def test_a_teaching_is_given_once_and_ended(client: Client, store: Store, world: World) -> None:
    client.sign_in(world.coordinator)
    url = f"/class-groups/{world.theirs.id}/teachers"
    assert client.post(url, {"person_id": world.teacher.id, "kind": "subject", "subject": ""}).status_code == 422
    assert client.post(url, {"person_id": world.teacher.id, "kind": "subject", "subject": "Tin học"}).status_code == 303
    assert client.post(url, {"person_id": world.teacher.id, "kind": "subject", "subject": "Tin học"}).status_code == 422
    assert client.post(url, {"person_id": world.stranger.id, "kind": "homeroom"}).status_code == 422
    with store() as session:
        teaching = session.scalars(select(Teaching).where(Teaching.class_group_id == world.theirs.id)).one()
    assert client.post(f"{url}/end", {"teaching": str(teaching.id)}).status_code == 303
    assert client.post(f"{url}/end", {"teaching": str(teaching.id)}).status_code == 404


def test_a_teacher_without_classes_sees_an_empty_page_of_the_own_school(
    client: Client, store: Store, world: World
) -> None:
    with store() as session:
        school = session.get_one(School, world.school.id)
        fresh = a_member(session, Role.TEACHER, school=school, name="Cô Mới")
    client.sign_in(fresh)
    assert "Chưa có lớp nào" in client.get("/schools/THCS1/class-groups").get_data(as_text=True)
    assert client.get("/schools/THCS2/class-groups").status_code == 404
