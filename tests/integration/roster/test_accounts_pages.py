"""Staff, their roles and one-time links over HTTP: who may do what to whom."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.kit import clock
from school_safety.roster.models import Account, Invitation, Membership, Person, SignInSession
from tests.client import RAW_TOKEN, Client
from tests.factories.people import PASSWORD, a_member, a_membership
from tests.factories.registry import a_province, a_school

Store = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
NEW = "mua rao mua ha"


@pytest.fixture(autouse=True)
def _on_a_school_day() -> object:
    with clock.at(NOW):
        yield


class Staff:
    """Two schools of one province with their people, and the department's."""

    def __init__(self, session: Session) -> None:
        _area, root = a_province(session)
        self.root_code = root.code
        self.school, self.other = a_school(session), a_school(session)
        self.coordinator = a_member(session, Role.COORDINATOR, school=self.school, email="dieuphoi@truong.example")
        self.principal = a_member(session, Role.PRINCIPAL, school=self.school, name="Phạm Quang Vinh")
        self.teacher = a_member(
            session, Role.TEACHER, school=self.school, name="Lê Thị Hoà", email="hoa@truong.example"
        )
        self.newcomer = a_member(
            session, Role.TEACHER, school=self.school, name="Đỗ Văn Mới", email="moi@truong.example", password=None
        )
        self.elsewhere = a_member(session, Role.TEACHER, school=self.other, name="Bùi Xuân Xa")
        self.admin = a_member(session, Role.ADMIN, unit=root, name="Quản Trị")
        self.officer = a_member(session, Role.OFFICER, unit=root, name="Chuyên Viên")


@pytest.fixture
def staff(store: Store) -> Staff:
    with store() as session:
        return Staff(session)


def account_of(store: Store, person: Person) -> Account:
    with store() as session:
        return session.scalars(select(Account).where(Account.person_id == person.id)).one()


def new_link(client: Client, person: Person) -> str:
    """Ask for a one-time link and read its code off the page."""
    page = client.post(f"/staff/{person.public_id}/link").get_data(as_text=True)
    found = re.search(r"/invitation#(\w{20})", page)
    assert found, page[:3000]
    return found[1]


def accept(client: Client, code: str, password: str = NEW, repeated: str | None = None) -> int:
    answer = client.post("/invitation/accept", {"code": code, "password": password, "repeated": repeated or password})
    return answer.status_code


# ---- The list ----


def test_a_coordinator_sees_the_own_school_s_people_and_nobody_else(client: Client, staff: Staff) -> None:
    page = client.sign_in(staff.coordinator).get("/staff").get_data(as_text=True)
    assert "Lê Thị Hoà" in page and "Phạm Quang Vinh" in page and "Đỗ Văn Mới" in page
    assert "Bùi Xuân Xa" not in page and "Chuyên Viên" not in page


def test_the_admin_sees_everybody_and_finds_them_without_marks(client: Client, staff: Staff) -> None:
    client.sign_in(staff.admin)
    assert "Bùi Xuân Xa" in client.get("/staff").get_data(as_text=True)
    found = client.get("/staff?q=le+thi+hoa").get_data(as_text=True)
    assert "Lê Thị Hoà" in found and "Bùi Xuân Xa" not in found
    of_other = client.get(f"/staff?school={staff.other.code}&role=teacher").get_data(as_text=True)
    assert "Bùi Xuân Xa" in of_other and "Lê Thị Hoà" not in of_other
    waiting = client.get("/staff?state=waiting").get_data(as_text=True)
    assert "Đỗ Văn Mới" in waiting and "Lê Thị Hoà" not in waiting


@pytest.mark.parametrize(
    "query", ["q=%25", "role=king", "state=x", "school=" + "x" * 5000, "page=0", "page=-1", "page=x"]
)
def test_a_strange_question_gets_a_page_not_an_error(client: Client, staff: Staff, query: str) -> None:
    assert client.sign_in(staff.admin).get(f"/staff?{query}").status_code == 200


@pytest.mark.parametrize(("who", "status"), [("teacher", 403), ("officer", 403), ("principal", 200)])
def test_only_some_may_look_at_staff(client: Client, staff: Staff, who: str, status: int) -> None:
    assert client.sign_in(getattr(staff, who)).get("/staff").status_code == status


def test_somebody_out_of_reach_is_not_there(client: Client, staff: Staff) -> None:
    client.sign_in(staff.coordinator)
    for person in (staff.elsewhere, staff.admin):
        for path in ("", "/link", "/disable", "/enable", "/roles", "/roles/1/end"):
            url = f"/staff/{person.public_id}{path}"
            assert (client.post(url) if path else client.get(url)).status_code == 404, url
    assert client.get("/staff/nobody").status_code == 404


# ---- Adding people and roles ----


def test_a_coordinator_adds_a_teacher_who_sets_a_password_and_comes_in(
    client: Client, new_client: Callable[[], Client], store: Store, staff: Staff
) -> None:
    client.sign_in(staff.coordinator)
    seat = f"school:{staff.school.code}"
    form = {"full_name": " Cao  Thị Thắm ", "email": "THAM@truong.example", "role": "teacher", "seat": seat, "post": ""}
    answer = client.post("/staff/new", form)
    page = client.follow(answer).get_data(as_text=True)
    assert "Cao Thị Thắm" in page and "tham@truong.example" in page and "Chưa vào lần nào" in page
    with store() as session:
        person = session.scalars(select(Person).where(Person.full_name == "Cao Thị Thắm")).one()

    code = new_link(client, person)
    guest = new_client()
    assert "tham@truong.example" in guest.post("/invitation", {"code": code}).get_data(as_text=True)
    assert accept(guest, code) == 303
    assert guest.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"full_name": "  "}, "Hãy ghi họ và tên"),
        ({"email": "khong-phai-thu"}, "Địa chỉ chưa đúng dạng"),
        ({"email": "HOA@Truong.example "}, "đã có tài khoản"),
        ({"email": "\uff48oa@truong.example"}, "đã có tài khoản"),
        ({"role": "principal"}, "role"),
        ({"role": "admin"}, "role"),
        ({"seat": "school:KHAC"}, "seat"),
        ({"seat": "unit:1"}, "seat"),
    ],
)
def test_a_new_person_is_refused_beside_the_field_and_nothing_is_saved(
    client: Client, store: Store, staff: Staff, change: dict[str, str], words: str
) -> None:
    client.sign_in(staff.coordinator)
    good = {
        "full_name": "Cao Thị Thắm",
        "email": "tham@truong.example",
        "role": "teacher",
        "seat": f"school:{staff.school.code}",
    }
    answer = client.post("/staff/new", good | change)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    with store() as session:
        assert session.scalars(select(Person).where(Person.full_name == "Cao Thị Thắm")).first() is None


@pytest.mark.parametrize(
    ("role", "seat", "status"),
    [("principal", "school", 303), ("officer", "root", 303), ("officer", "school", 422), ("teacher", "root", 422)],
)
def test_a_role_holds_only_where_it_makes_sense(
    client: Client, staff: Staff, role: str, seat: str, status: int
) -> None:
    seats = {"school": f"school:{staff.other.code}", "root": f"unit:{staff.root_code}"}
    client.sign_in(staff.admin)
    answer = client.post(f"/staff/{staff.teacher.public_id}/roles", {"role": role, "seat": seats[seat]})
    assert answer.status_code == status


def test_a_role_that_ends_stops_working_at_the_next_request(
    client: Client, new_client: Callable[[], Client], store: Store, staff: Staff
) -> None:
    colleague = new_client()
    with store() as session:
        second = a_member(session, Role.COORDINATOR, school=staff.school, name="Điều Phối Hai")
        membership = session.scalars(select(Membership).where(Membership.person_id == second.id)).one()
    colleague.sign_in(second)
    assert colleague.get("/staff").status_code == 200

    client.sign_in(staff.coordinator)
    answer = client.post(f"/staff/{second.public_id}/roles/{membership.id}/end")

    assert answer.status_code == 303
    assert colleague.get("/staff").status_code == 403


def test_nobody_ends_the_own_role_or_closes_the_own_account(client: Client, store: Store, staff: Staff) -> None:
    with store() as session:
        own = session.scalars(select(Membership).where(Membership.person_id == staff.admin.id)).one()
    client.sign_in(staff.admin)
    assert client.post(f"/staff/{staff.admin.public_id}/roles/{own.id}/end").status_code == 422
    assert client.post(f"/staff/{staff.admin.public_id}/disable").status_code == 422
    assert account_of(store, staff.admin).disabled_at is None


# ---- No way up: nobody takes over an account with more rights ----


def test_a_coordinator_can_neither_renew_nor_close_the_principal_s_account(
    client: Client, store: Store, staff: Staff
) -> None:
    client.sign_in(staff.coordinator)
    assert client.get(f"/staff/{staff.principal.public_id}").status_code == 200
    assert client.post(f"/staff/{staff.principal.public_id}/link").status_code == 403
    assert client.post(f"/staff/{staff.principal.public_id}/disable").status_code == 403
    with store() as session:
        assert session.scalars(select(Invitation)).first() is None


def test_a_post_in_the_own_school_does_not_open_an_account_that_also_holds_elsewhere(
    client: Client, store: Store, staff: Staff
) -> None:
    with store() as session:
        a_membership(session, session.get_one(Person, staff.officer.id), Role.TEACHER, school=staff.school)
    client.sign_in(staff.coordinator)
    assert client.get(f"/staff/{staff.officer.public_id}").status_code == 200
    assert client.post(f"/staff/{staff.officer.public_id}/link").status_code == 403


# ---- Disabling ----


def test_disabling_ends_every_session_at_once_and_can_be_undone(
    client: Client, new_client: Callable[[], Client], staff: Staff
) -> None:
    phone, desk = new_client().sign_in(staff.teacher), new_client().sign_in(staff.teacher)
    client.sign_in(staff.coordinator)
    code = new_link(client, staff.teacher)

    answer = client.post(f"/staff/{staff.teacher.public_id}/disable")

    page = client.follow(answer).get_data(as_text=True)
    assert "Đã khoá tài khoản" in page and "Hoàn tác" in page
    assert phone.get("/account").status_code == desk.get("/account").status_code == 401
    assert accept(new_client(), code) == 422, "links made before it are dead too"
    assert client.post(f"/staff/{staff.teacher.public_id}/enable").status_code == 303
    assert phone.get("/account").status_code == 401, "what ended stays ended"
    door = {"door": "staff", "email": "hoa@truong.example", "password": PASSWORD}
    assert new_client().post("/sign-in", door).status_code == 303


# ---- One-time links ----


def test_a_link_works_once(client: Client, new_client: Callable[[], Client], staff: Staff) -> None:
    code = new_link(client.sign_in(staff.coordinator), staff.newcomer)
    assert accept(new_client(), code) == 303
    again = new_client()
    assert accept(again, code, "cau khac han luon") == 422
    assert "đã được dùng" in again.post("/invitation", {"code": code}).get_data(as_text=True)


def test_a_code_may_be_typed_with_dashes_and_small_letters(
    client: Client, new_client: Callable[[], Client], staff: Staff
) -> None:
    code = new_link(client.sign_in(staff.coordinator), staff.newcomer)
    typed = "-".join(code[at : at + 5] for at in range(0, 20, 5)).lower()
    assert "Xin chào Đỗ Văn Mới" in new_client().post("/invitation", {"code": typed}).get_data(as_text=True)


def test_a_newer_link_kills_the_older(client: Client, new_client: Callable[[], Client], staff: Staff) -> None:
    client.sign_in(staff.coordinator)
    older, newer = new_link(client, staff.newcomer), new_link(client, staff.newcomer)
    assert accept(new_client(), older) == 422
    assert accept(new_client(), newer) == 303


def test_a_link_is_dead_after_fourteen_days(client: Client, new_client: Callable[[], Client], staff: Staff) -> None:
    code = new_link(client.sign_in(staff.coordinator), staff.newcomer)
    with clock.at(NOW + timedelta(days=14)):
        late = new_client().post("/invitation", {"code": code})
    assert late.status_code == 422
    assert "hết hạn" in late.get_data(as_text=True)


def test_a_reset_link_dies_when_its_owner_changes_the_password_first(
    client: Client, new_client: Callable[[], Client], staff: Staff
) -> None:
    code = new_link(client.sign_in(staff.coordinator), staff.teacher)
    owner = new_client().sign_in(staff.teacher)
    assert owner.get("/account").status_code == 200, "the old password works until the link is used"
    change = {"current": PASSWORD, "password": NEW, "repeated": NEW}
    assert owner.post("/account/password", change).status_code == 303
    assert accept(new_client(), code, "cau khac han luon") == 422


def test_a_reset_link_ends_all_sessions_of_the_account(
    client: Client, new_client: Callable[[], Client], staff: Staff
) -> None:
    intruder = new_client().sign_in(staff.teacher)
    code = new_link(client.sign_in(staff.coordinator), staff.teacher)
    owner = new_client()
    assert accept(owner, code) == 303
    assert intruder.get("/account").status_code == 401
    assert owner.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("password", "repeated", "words"),
    [
        ("ngan", "ngan", "ít nhất 8 ký tự"),
        ("matkhau123", "matkhau123", "dễ bị đoán"),
        ("Đỗ Văn Mới", "Đỗ Văn Mới", "trùng với tên"),
        (NEW, "mua rao mua he", "chưa giống nhau"),
        ("x1" * 100, "x1" * 100, "dài nhất 128"),
        ("", "", "Hãy điền mục này"),
    ],
)
def test_a_poor_password_is_refused_and_the_link_stays_good(
    client: Client, new_client: Callable[[], Client], staff: Staff, password: str, repeated: str, words: str
) -> None:
    code = new_link(client.sign_in(staff.coordinator), staff.newcomer)
    guest = new_client()
    answer = guest.post("/invitation/accept", {"code": code, "password": password, "repeated": repeated})
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert accept(guest, code) == 303


def test_somebody_of_two_schools_looks_at_one_and_switches_to_the_other(client: Client, store: Store) -> None:
    with store() as session:
        here, there = a_school(session, code="NAM", name="THCS Nam"), a_school(session, code="BAC", name="THCS Bắc")
        both = a_member(session, Role.COORDINATOR, school=here)
        a_membership(session, person=both, role=Role.COORDINATOR, school=there)
    client.sign_in(both)
    page = client.get("/staff").get_data(as_text=True)
    assert "Đang xem THCS Nam" in page and "/schools/NAM/programme" in page
    assert client.post("/account/school", {"school": "BAC"}).status_code == 303
    page = client.get("/staff").get_data(as_text=True)
    assert "Đang xem THCS Bắc" in page and "/schools/BAC/programme" in page and "/schools/NAM" not in page
    assert client.post("/account/school", {"school": "DONG"}).status_code == 404
    assert "Đang xem THCS Bắc" in client.get("/staff").get_data(as_text=True)


@pytest.mark.parametrize("code", ["", "x", "A" * 20, "A" * 100_000])
def test_a_code_that_never_was_opens_nothing(client: Client, staff: Staff, code: str) -> None:
    assert client.post("/invitation", {"code": code}).status_code == 422
    assert accept(client, code) == 422


def test_a_school_s_slips_are_made_for_those_who_never_came_in(
    client: Client, new_client: Callable[[], Client], staff: Staff
) -> None:
    client.sign_in(staff.coordinator)
    assert "In phiếu mời" in client.get("/staff").get_data(as_text=True)

    answer = client.post("/staff/slips", {"school": staff.school.code})

    assert answer.mimetype == "application/pdf"
    words = pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_range()
    assert "Đỗ Văn Mới" in words and "Lê Thị Hoà" not in words
    found = re.search(r"\w{5}-\w{5}-\w{5}-\w{5}", words)
    assert found and accept(new_client(), found[0]) == 303
    assert client.post("/staff/slips", {"school": staff.school.code}).status_code == 404, "nobody is left"


@pytest.mark.parametrize("school", ["", "nowhere"])
def test_slips_need_a_school(client: Client, staff: Staff, school: str) -> None:
    assert client.sign_in(staff.admin).post("/staff/slips", {"school": school}).status_code == 404


def test_slips_of_another_school_are_not_there(client: Client, store: Store, staff: Staff) -> None:
    with store() as session:
        a_member(session, Role.TEACHER, school=staff.other, password=None)
    assert client.sign_in(staff.coordinator).post("/staff/slips", {"school": staff.other.code}).status_code == 404


# ---- One's own account ----


def test_a_password_change_needs_the_one_in_use_and_ends_other_sessions(
    client: Client, new_client: Callable[[], Client], staff: Staff
) -> None:
    other = new_client().sign_in(staff.teacher)
    client.sign_in(staff.teacher)
    wrong = client.post("/account/password", {"current": "wrong wrong", "password": NEW, "repeated": NEW})
    assert wrong.status_code == 422
    assert "đang dùng chưa đúng" in wrong.get_data(as_text=True)
    same = client.post("/account/password", {"current": PASSWORD, "password": PASSWORD, "repeated": PASSWORD})
    assert same.status_code == 422

    right = client.post("/account/password", {"current": PASSWORD, "password": NEW, "repeated": NEW})

    assert right.status_code == 303
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 401


def test_sessions_are_listed_and_ended_by_their_owner_only(
    client: Client, new_client: Callable[[], Client], store: Store, staff: Staff
) -> None:
    other, stranger = new_client().sign_in(staff.teacher), new_client().sign_in(staff.principal)
    client.sign_in(staff.teacher)
    with store() as session:
        rows = {
            row.person_id: row.id for row in session.scalars(select(SignInSession).order_by(SignInSession.id.desc()))
        }
        first = session.scalars(
            select(SignInSession.id).where(SignInSession.person_id == staff.teacher.id).order_by(SignInSession.id)
        ).first()
    assert client.get("/account").get_data(as_text=True).count("Máy này") == 1

    assert client.post(f"/account/sessions/{rows[staff.principal.id]}/end").status_code == 404
    assert stranger.get("/account").status_code == 200
    assert client.post(f"/account/sessions/{first}/end").status_code == 303
    assert other.get("/account").status_code == 401
    third = new_client().sign_in(staff.teacher)
    assert client.post("/account/sessions/end-others").status_code == 303
    assert third.get("/account").status_code == 401
    assert client.get("/account").status_code == 200


def test_name_and_language_are_kept(client: Client, store: Store, staff: Staff) -> None:
    client.sign_in(staff.teacher)
    assert client.post("/account/name", {"full_name": "Lê Thị Hoà Bình"}).status_code == 303
    assert client.post("/account/name", {"full_name": " "}).status_code == 422
    assert client.post("/account/language", {"language": "xx"}).status_code == 422
    assert client.post("/account/language", {"language": "en"}).status_code == 303
    assert 'lang="en"' in client.get("/account").get_data(as_text=True)
    assert account_of(store, staff.teacher).language == "en"
    with store() as session:
        person = session.get_one(Person, staff.teacher.id)
        assert (person.full_name, person.name_search) == ("Lê Thị Hoà Bình", "le thi hoa binh")


# ---- The first administrator ----


def test_the_first_administrator_comes_in_by_the_link_of_the_command(
    app: Flask, new_client: Callable[[], Client], store: Store
) -> None:
    with store() as session:
        a_province(session)
    run = app.test_cli_runner().invoke(args=["roster", "add-admin", "Sep@So.example", "--name", "Võ Thị Sáng"])
    assert run.exit_code == 0, run.output
    found = re.search(r"http://127\.0\.0\.1:8000/invitation#(\w{20})", run.output)
    assert found
    visitor = new_client()
    assert accept(visitor, found[1]) == 303
    with visitor.browser.session_transaction() as cookie:
        cookie["csrf_token"] = RAW_TOKEN
    assert visitor.get("/staff").status_code == 200

    again = app.test_cli_runner().invoke(args=["roster", "add-admin", "sep@so.example"])
    assert again.exit_code == 0, "a locked-out province can always come in again"
    with store() as session:
        assert len(session.scalars(select(Account)).all()) == 1
        assert len(session.scalars(select(Membership)).all()) == 1


@pytest.mark.parametrize(("has_province", "email"), [(False, "sep@so.example"), (True, "not-an-address")])
def test_the_command_says_what_is_missing(app: Flask, store: Store, has_province: bool, email: str) -> None:
    if has_province:
        with store() as session:
            a_province(session)
    run = app.test_cli_runner().invoke(args=["roster", "add-admin", email])
    assert run.exit_code == 1
    assert "Error: " in run.output and "_" not in run.output
