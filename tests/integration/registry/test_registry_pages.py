"""The registry in the browser's eyes: who sees what, deeds on schools, import by look and confirmation."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.kit.sheets import read_table
from school_safety.kit.web import MOST_BYTES
from school_safety.registry import queries
from school_safety.registry.models import AcademicYear, ImportDraft, School
from school_safety.registry.rules import SchoolStatus, Tree
from tests.client import Client
from tests.factories.people import a_member
from tests.factories.registry import a_commune, a_placed_school, a_province, a_school, a_year
from tests.integration.registry.test_import_registry import THREE_UNITS, a_file, a_school_line

Store = Callable[[], AbstractContextManager[Session]]


class World:
    """Two communes with a school each, an administrator, a commune officer and a teacher."""

    def __init__(self, session: Session) -> None:
        _, root = a_province(session)
        a_year(session)
        self.here, self.there = (
            a_commune(session, name="Xã An Bình", code="X01"),
            a_commune(session, name="Xã Khác", code="X02"),
        )
        self.school = a_placed_school(session, code="T1", name="THCS Đông Hoà", commune=self.here)
        self.other = a_placed_school(session, code="T2", name="THCS Xa", commune=self.there)
        self.admin = a_member(session, Role.ADMIN, unit=root, name="Quản Trị")
        self.officer = a_member(session, Role.COMMUNE_OFFICER, unit=self.here[1], name="Cán Bộ Xã")
        self.teacher = a_member(session, Role.TEACHER, school=session.get_one(School, self.school.school_id))


@pytest.fixture
def world(store: Store) -> World:
    with store() as session:
        return World(session)


PAGES = (
    "/units", "/units/new", "/units/X01", "/units/X01/rename", "/units/UBND-X01/close", "/years/new",
    "/years/2026-2027/edit", "/schools", "/schools/new", "/schools/T1", "/schools/T1/placement", "/schools/T1/close",
    "/schools/T1/reopen", "/schools/T1/merge", "/schools/T1/split", "/registry/import",
)  # fmt: skip


def test_every_page_opens_for_the_administrator_in_both_languages_and_for_no_teacher(
    client: Client, new_client: Callable[[], Client], world: World
) -> None:
    client.sign_in(world.admin)
    teacher = new_client().sign_in(world.teacher)
    for url in PAGES:
        for language in ("vi", "en"):
            assert client.get(f"{url}?lang={language}").status_code == 200, url
        assert teacher.get(url).status_code == 403, url


def test_a_commune_officer_sees_the_own_schools_and_changes_nothing(client: Client, world: World) -> None:
    client.sign_in(world.officer)
    text = client.get("/schools").get_data(as_text=True)
    assert "THCS Đông Hoà" in text
    assert "THCS Xa" not in text
    assert client.get("/schools/T1").status_code == 200
    assert client.get("/schools/T2").status_code == 404
    assert client.get("/schools/T1/placement").status_code == 403
    assert client.get("/registry/import").status_code == 403


def test_the_list_is_searched_without_diacritics_and_goes_out_as_csv_and_xlsx(client: Client, world: World) -> None:
    client.sign_in(world.admin)
    assert "THCS Xa" not in client.get("/schools?q=dong+hoa").get_data(as_text=True)
    assert "Không có trường nào khớp" in client.get("/schools?grade=12&lang=vi").get_data(as_text=True)
    tables = [
        read_table(client.get(f"/schools/export.{ending}?sort=code").get_data(), f"t.{ending}")[0].rows
        for ending in ("csv", "xlsx")
    ]
    assert tables[0] == tables[1]
    assert [row[0] for row in tables[0]] == ["Mã trường", "T1", "T2"]


def test_a_school_is_added_by_hand_and_a_taken_code_stands_beside_its_field(
    client: Client, store: Store, world: World
) -> None:
    client.sign_in(world.admin)
    with store() as session:
        area, committee = queries.get_unit(session, "X01").id, queries.get_unit(session, "UBND-X01").id
    form = {
        "code": "T9", "name": "THCS Mới", "kind": "thcs", "grades": ["6", "7"], "area_unit_id": area,
        "authority_unit_id": committee, "status": "open", "valid_from": "01/09/2026",
    }  # fmt: skip
    assert client.post("/schools/new", form).status_code == 303
    taken = client.post("/schools/new", form)
    assert taken.status_code == 422
    assert "Mã này đã dùng" in taken.get_data(as_text=True)
    bad = client.post("/schools/new", {**form, "code": "T10", "grades": [], "valid_from": "31/02/2026"})
    assert bad.status_code == 422
    assert 'value="31/02/2026"' in bad.get_data(as_text=True)
    with store() as session:
        assert queries.get_school(session, "T9").grades == 0b11000000
        assert session.scalar(select(func.count()).select_from(School)) == 3


def test_a_school_changes_closes_reopens_and_takes_in_another(client: Client, store: Store, world: World) -> None:
    client.sign_in(world.admin)
    same = {
        "name": "THCS Đông Hoà", "kind": "thcs", "grades": ["6", "7", "8", "9"], "area_unit_id": world.here[0].id,
        "authority_unit_id": world.here[1].id, "status": "open", "valid_from": "01/10/2026",
    }  # fmt: skip
    assert client.post("/schools/T1/placement", same).status_code == 422
    assert client.post("/schools/T1/placement", {**same, "name": "THCS Đông Hoà Mới"}).status_code == 303
    assert client.post("/schools/T1/close", {"on": "02/10/2026", "document": "QĐ 1"}).status_code == 303
    assert client.post("/schools/T1/close", {"on": "03/10/2026"}).status_code == 422
    assert client.post("/schools/T1/reopen", {"on": "05/10/2026"}).status_code == 303
    assert client.post("/schools/T1/merge", {"sources": [], "on": "06/10/2026"}).status_code == 422
    assert client.post("/schools/T1/merge", {"sources": ["T2"], "on": "06/10/2026"}).status_code == 303
    text = client.get("/schools/T1").get_data(as_text=True)
    for words in ("THCS Đông Hoà Mới", "02/10/2026", "mở lại", "tiếp nhận THCS Xa"):
        assert words in text
    with store() as session:
        assert queries.get_school(session, "T2").status is SchoolStatus.CLOSED


def test_a_school_is_split_and_goes_on_or_closes(client: Client, store: Store, world: World) -> None:
    client.sign_in(world.admin)
    alone = client.post("/schools/T1/split", {"targets": [], "on": "06/10/2026", "document": "QĐ 9"})
    assert alone.status_code == 422 and 'value="QĐ 9"' in alone.get_data(as_text=True)
    assert client.post("/schools/T1/split", {"targets": ["T2"], "on": "06/10/2026"}).status_code == 303
    assert "tách ra THCS Xa" in client.get("/schools/T1").get_data(as_text=True)
    assert "tách ra từ THCS" in client.get("/schools/T2").get_data(as_text=True)
    assert client.post("/schools/T2/split", {"targets": ["T1"], "on": "07/10/2026", "closes": "y"}).status_code == 303
    with store() as session:
        assert queries.get_school(session, "T1").status is SchoolStatus.OPEN
        assert queries.get_school(session, "T2").status is SchoolStatus.CLOSED


def test_units_and_years_are_entered_and_refused_beside_their_fields(
    client: Client, store: Store, world: World
) -> None:
    client.sign_in(world.admin)
    commune = {"kind": "commune", "code": "X09", "name": "Xã Chín", "valid_from": "01/07/2026"}
    assert client.post("/units/new", commune).status_code == 303
    assert client.post("/units/new", commune).status_code == 422
    assert client.post("/units/new", {**commune, "kind": "province", "code": "P2"}).status_code == 422
    assert client.post("/units/X09/rename", {"name": "Phường Chín", "valid_from": "01/08/2026"}).status_code == 303
    assert client.post("/units/X01/close", {"valid_to": "01/11/2026"}).status_code == 422
    year = {
        "code": "2027-2028",
        "starts_on": "06/09/2027",
        "second_term_starts_on": "17/01/2028",
        "ends_on": "31/05/2028",
    }
    assert client.post("/years/new", {**year, "ends_on": "01/01/2027"}).status_code == 422
    assert client.post("/years/new", year).status_code == 303
    with store() as session:
        assert session.scalar(select(func.count()).select_from(AcademicYear)) == 2
        assert "UBND-X09" in {unit.code for unit in queries.list_units(session, Tree.AUTHORITY)}


def test_a_file_is_looked_at_and_confirmed_once_and_a_bad_one_stays_beside_its_field(
    client: Client, store: Store, world: World
) -> None:
    client.sign_in(world.admin)

    def send(data: bytes) -> object:
        form = {"file": (BytesIO(data), "ds.xlsx")}
        return client.post("/registry/import", form, content_type="multipart/form-data")

    bad = send(b"a,b\n1,2\n")
    assert bad.status_code == 422  # type: ignore[attr-defined]  # a test answer
    rows = [a_school_line(7, **{"Xã/phường": "X01"}), a_school_line(8, **{"Xã/phường": "Xã Lạ"})]
    look = client.follow(send(a_file(THREE_UNITS[:0], rows)))  # type: ignore[arg-type]  # as above
    text = look.get_data(as_text=True)
    assert "Không có xã, phường “Xã Lạ”" in text
    with store() as session:
        assert session.scalar(select(func.count()).select_from(School)) == 2
    seen = text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert client.follow(client.post(look.request.path, {"seen": seen})).status_code == 200
    again = client.post(look.request.path, {"seen": seen})
    assert again.status_code in (200, 422)
    with store() as session:
        assert session.scalar(select(func.count()).select_from(School)) == 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(None, "Hãy chọn một tệp", id="no file"),
        pytest.param(b"", "Tệp không có dòng nào", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 99, "Excel đời cũ", id="old Excel"),
        pytest.param(b"a,b\n1,2\n", "Không thấy", id="no header"),
        pytest.param(b"x" * (MOST_BYTES + 1), "lớn hơn 10 MB", id="too large"),
    ],
)
def test_a_useless_registry_file_is_refused_beside_its_field_and_nothing_is_kept(
    client: Client, store: Store, world: World, data: bytes | None, words: str
) -> None:
    client.sign_in(world.admin)
    answer = client.post("/registry/import") if data is None else client.send_file("/registry/import", data)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in text.split('id="file-error"')[1].split("</p>")[0]
    with store() as session:
        assert session.scalar(select(func.count()).select_from(ImportDraft)) == 0
        assert session.scalar(select(func.count()).select_from(School)) == 2


def test_an_empty_installation_says_what_to_do_first(client: Client, store: Store) -> None:
    with store() as session:
        root = a_province(session)[1]
        admin = a_member(session, Role.ADMIN, unit=root)
    client.sign_in(admin)
    assert "Chưa có trường nào" in client.get("/schools").get_data(as_text=True)
    assert "Chưa có năm học nào" in client.get("/units").get_data(as_text=True)


def test_the_list_of_schools_asks_the_same_number_of_statements_at_any_size(
    client: Client, store: Store, world: World, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    client.sign_in(world.admin)
    client.get("/schools")
    with count_queries() as few:
        client.get("/schools")
    with store() as session:
        commune = queries.get_unit(session, "X01"), queries.get_unit(session, "UBND-X01")
        for number in range(20):
            a_school(session, code=f"N{number}", commune=commune)
    with count_queries() as many:
        client.get("/schools")
    assert len(many) == len(few) <= 12
