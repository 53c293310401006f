"""Pages of coverage: who sees what, the same number of statements at any size, the way down to the evidence."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.curriculum.rules import Strand
from school_safety.kit import clock
from school_safety.planning.rules import Decision, Grade
from school_safety.registry.models import School
from school_safety.registry.rules import SchoolKind
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories import planning
from tests.factories.coverage import a_standing
from tests.factories.people import a_member
from tests.factories.registry import a_commune, a_placed_school, a_province, a_year

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
Store = Callable[[], AbstractContextManager[Session]]
Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.at(NOW):
        yield


def an_officer(session: Session) -> Person:
    return a_member(session, Role.OFFICER, unit=a_province(session)[1], name="Đỗ Thị Minh Ngà")


def many_schools(session: Session, count: int) -> None:
    a_year(session)
    communes = [a_commune(session, name=f"Xã Số {number}") for number in range(max(1, count // 6))]
    for number in range(count):
        school = a_placed_school(session, name=f"THCS Số {number}", commune=communes[number % len(communes)])
        a_standing(session, school, Strand.ONLINE_SAFETY, Grade(number % 6 - 1))


def test_pages_ask_as_many_statements_for_350_schools_as_for_30(
    store: Store, client: Client, count_queries: Counter
) -> None:
    with store() as session:
        planning.a_target(session)
        many_schools(session, 30)
        officer = an_officer(session)
    client.sign_in(officer)
    urls = ["/coverage", "/coverage/schools", "/coverage/public", "/coverage/schools.csv?show=all"]

    def statements() -> dict[str, int]:
        found = {}
        for url in urls:
            with count_queries() as asked:
                assert client.get(url).status_code == 200
            found[url] = len(asked)
        return found

    client.get("/coverage")
    few = statements()
    with store() as session:
        many_schools(session, 320)
    assert statements() == few
    assert max(few.values()) <= 13, few


def test_a_visitor_gets_no_table_where_every_area_is_too_small(store: Store, client: Client) -> None:
    with store() as session:
        a_year(session)
        for name in ("Xã A", "Xã B"):
            a_placed_school(session, commune=a_commune(session, name=name))
    page = client.get("/coverage/public").get_data(as_text=True)
    assert "Xã A" not in page


def test_a_visitor_sees_counts_of_areas_and_no_school_by_name(store: Store, client: Client) -> None:
    with store() as session:
        many_schools(session, 12)
        planning.a_target(session)
        a_placed_school(session, name="THCS Một Mình", commune=a_commune(session, name="Xã Nhỏ"))
    page = client.get("/coverage/public").get_data(as_text=True)
    assert "Tỉnh Sông Trăng" in page
    assert "THCS Số" not in page
    assert "THCS Một Mình" not in page
    assert "dưới 5 trường" in page
    assert client.get("/coverage", headers={"Accept": "text/html"}).status_code == 303


@pytest.mark.parametrize("role", [Role.TEACHER, Role.EDITOR])
def test_roles_without_coverage_are_refused(store: Store, client: Client, role: Role) -> None:
    with store() as session:
        many_schools(session, 2)
        school = session.get_one(School, a_placed_school(session).school_id)
        person = a_member(session, role, school=school)
    client.sign_in(person)
    assert client.get("/coverage").status_code == 403


def test_a_commune_officer_reaches_the_schools_of_the_committee_and_no_other(store: Store, client: Client) -> None:
    with store() as session:
        a_year(session)
        commune, other = a_commune(session, code="A", name="Xã A"), a_commune(session, code="B", name="Xã B")
        a_placed_school(session, code="MINE", name="THCS Của Xã", commune=commune)
        a_placed_school(session, code="THPT", name="THPT Của Sở", kind=SchoolKind.THPT, commune=commune)
        a_placed_school(session, code="OTHER", name="THCS Xã Khác", commune=other)
        officer = a_member(session, Role.COMMUNE_OFFICER, unit=commune[1])
    client.sign_in(officer)
    page = client.get("/coverage").get_data(as_text=True)
    assert "Phạm vi: 1/2 trường" in page
    listed = client.get("/coverage/schools?show=all").get_data(as_text=True)
    assert "THCS Của Xã" in listed
    assert "THPT Của Sở" not in listed
    assert "THCS Xã Khác" not in listed
    assert client.get("/coverage/schools/MINE").status_code == 200
    assert client.get("/coverage/schools/OTHER").status_code == 404
    assert client.get("/coverage/areas/B").status_code == 404
    assert client.get("/coverage/areas/nowhere").status_code == 404


def test_a_principal_comes_to_the_own_school(store: Store, client: Client) -> None:
    with store() as session:
        many_schools(session, 3)
        row = a_placed_school(session, code="MINE", name="THCS Của Tôi")
        principal = a_member(session, Role.PRINCIPAL, school=session.get_one(School, row.school_id))
    client.sign_in(principal)
    page = client.follow(client.get("/coverage?code=OTHER&as_of=2026-11-22")).get_data(as_text=True)
    assert "THCS Của Tôi" in page
    assert "Chưa khai báo gì trong năm học." in page


def test_from_the_number_to_the_evidence(store: Store, client: Client) -> None:
    # Given a school whose evidence was refused
    with store() as session:
        here = planning.a_school_year(session, school=a_placed_school(session, code="HM", name="THCS Hoa Mai"))
        planning.a_target(session)
        published = planning.a_publication(session, here=here, now=NOW)
        delivery = planning.a_delivery(session, published=published, now=NOW, today=NOW.date())
        planning.an_evidence(session, delivery=delivery, now=NOW)
        planning.a_decision(session, delivery=delivery, decision=Decision.REJECTED, now=NOW, today=NOW.date())
        officer = an_officer(session)
    client.sign_in(officer)
    # Then the list of the missing links to the school, and the school shows what is wrong
    listed = client.get("/coverage/schools").get_data(as_text=True)
    assert 'href="/coverage/schools/HM"' in listed
    assert "Chưa có hoạt động nào kèm minh chứng." in listed
    page = client.get("/coverage/schools/HM").get_data(as_text=True)
    assert "Tuần lễ An toàn trên mạng" in page
    assert "Không được chấp nhận" in page
    assert "Ảnh của năm trước" in page
    assert "Bản 1" in page
    # and from there the public programme and the delivery with its evidence are one step away
    for url in (
        f"/deliveries/{delivery.root_id}",
        "/p/HM/2026-2027",
        "/schools/HM/programme",
        "/schools/HM/deliveries",
    ):
        assert f'href="{url}"' in page, url
        assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"strand": "nonsense", "show": "nonsense", "sort": "nonsense", "area": "nonsense", "page": "-1"}, 200),
        ({"year": "1999-2000"}, 404),
        ({"as_of": "32/13/2026"}, 200),
        ({"as_of": "2030-01-01"}, 200),
        ({"q": "x" * 5000}, 200),
    ],
)
def test_a_strange_address_is_answered_and_never_an_error(
    store: Store, client: Client, query: dict[str, Any], status: int
) -> None:
    with store() as session:
        many_schools(session, 6)
        officer = an_officer(session)
    client.sign_in(officer)
    assert client.get("/coverage/schools", query_string=query).status_code == status


def test_pages_speak_english(store: Store, client: Client) -> None:
    with store() as session:
        many_schools(session, 6)
        officer = an_officer(session)
    client.sign_in(officer)
    assert 'lang="en"' in client.get("/coverage?lang=en").get_data(as_text=True)
