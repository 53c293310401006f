"""The department's page of contacts: a number changed there is the new one wherever anybody looks."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Role
from school_safety.curriculum import queries
from school_safety.curriculum.models import Contact
from school_safety.kit import clock
from school_safety.registry.queries import find_root
from school_safety.registry.rules import Tree
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories.assessment import a_choice, an_item
from tests.factories.contacts import the_contacts
from tests.factories.curriculum import a_lesson
from tests.factories.packs import both, sentences
from tests.factories.people import a_member
from tests.factories.registry import a_province, a_school

Store = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
HELPLINE = "/contacts/child_helpline_111"
NEW = "18001567"


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.at(NOW):
        yield


@pytest.fixture
def admin(store: Store) -> Person:
    with store() as session:
        the_contacts(session)
        return a_member(session, Role.ADMIN, unit=a_province(session)[1], name="Trần Thị Mai")


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def typed(client: Client, url: str, **changes: str) -> dict[str, str]:
    """What the form of a page would send, with some fields typed over."""
    page = text_of(client.get(url))
    inputs = [dict(re.findall(r'([a-z-]+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", page)]
    found = {one["name"]: one["value"] for one in inputs if one.get("type") in ("text", "hidden") and "value" in one}
    area = re.search(r"<textarea[^>]*>\s*([^<]*)</textarea>", page)
    assert area and "seen" in found
    del found["csrf_token"]
    return found | {"verified": area[1], "confirmed": "yes"} | changes


def test_a_number_changed_by_the_admin_is_the_new_one_everywhere_at_once(
    client: Client, admin: Person, store: Store, new_client: Callable[[], Client]
) -> None:
    # Given a lesson that names the helpline in every part, a school with a link for a partner
    call = both("Gọi 111, miễn phí.", "Call 111, free of charge.")
    kit = {
        "family": call,
        "leaflet": both(f"{sentences(30)} Gọi 111.", f"{sentences(27)} Call 111."),
        "loudspeaker": both("Bà con gọi số một một một.", "Call one one one."),
        "sms": both("Tu van tre em: 111.", "Advice: 111."),
        "zalo": call,
        "email": {"subject": both("Gọi 111"), "body": call},
    }
    with store() as session:
        a_lesson(session, reading="Sợ thì gọi 111 hoặc xem tongdai111.vn. Có 1.111 trường.", outreach=kit)
        school = a_school(session, code="HOAMAI", name="THCS Hoa Mai")
        coordinator = a_member(session, Role.COORDINATOR, school=school)
    staff, partner = new_client().sign_in(coordinator), new_client()
    kit_page = "/lessons/OS-06-01/outreach"
    made = text_of(staff.post(f"{kit_page}/links", data={"partner": "press", "days": "7"}))
    public = re.search(r"/o/[\w-]+", made)
    assert public
    pages = ("/lessons/OS-06-01", "/lessons/OS-06-01/reading", "/lessons/OS-06-01/handout", kit_page)
    for page in pages:
        assert "111" in text_of(staff.get(page)) and NEW not in text_of(staff.get(page)), page
    # When the admin writes another number and page into the form
    client.sign_in(admin)
    new = {
        "number": "1800 1567",
        "link": "https://treem.vn",
        "name_vi": "Tổng đài trẻ em",
        "name_en": "Children's line",
    }
    answer = client.post(f"{HELPLINE}/edit", data=typed(client, f"{HELPLINE}/edit", for_pupils="y", **new))
    shown = text_of(client.follow(answer))
    assert NEW in shown and "Trần Thị Mai" in shown
    # Then pages, papers, messages and the partner's link say the new one, and none the old
    old = re.compile(r"(?<![\w.,])111(?![\w.])|tongdai111\.vn|một một một|one one one")
    for page in (*pages, public[0]):
        for reader in (staff, partner) if page == public[0] else (staff,):
            text = re.sub(r"<[^>]+>", " ", text_of(reader.get(page)))
            assert NEW in text or "một tám không không" in text, page
            found = old.search(text)
            assert not found, (page, text[found.start() - 80 : found.end() + 40])
    assert "1.111 trường" in text_of(staff.get("/lessons/OS-06-01/reading"))
    for channel, kind in (("leaflet", "pdf"), ("family", "pdf"), ("sms", "txt"), ("zalo", "txt"), ("email", "txt")):
        data = staff.post(kit_page, data={"channel": channel, "format": kind, "text": "vi"}).data
        text = data.decode() if kind == "txt" else PdfReader(BytesIO(data)).pages[0].extract_text()
        assert NEW in text, channel
        assert not old.search(text), channel
    spoken = partner.get(f"{public[0]}/loudspeaker.pdf").data
    assert "một tám không không một năm sáu bảy" in " ".join(PdfReader(BytesIO(spoken)).pages[0].extract_text().split())


def test_questions_that_still_say_the_old_number_are_named_to_who_changed_it_and_to_editors(
    client: Client, admin: Person, store: Store, new_client: Callable[[], Client]
) -> None:
    with store() as session:
        a_lesson(session)
        said, other = (
            both("Sợ thì gọi 111.", "If scared call 111."),
            both("Có 1.111 trường.", "There are 1,111 schools."),
        )
        for code, why in (("OS-06-01-71", said), ("OS-06-01-72", other)):
            an_item(session, code=code, content=a_choice(stem=why))
        editor = a_member(session, Role.EDITOR, unit=find_root(session, Tree.AUTHORITY))
    client.sign_in(admin)
    assert "OS-06-01-71" not in text_of(client.get(HELPLINE))
    client.post(f"{HELPLINE}/edit", data=typed(client, f"{HELPLINE}/edit", for_pupils="y", number=NEW))
    reviews = text_of(new_client().sign_in(editor).get("/items/reviews"))
    for page in (text_of(client.get(HELPLINE)), reviews):
        assert "OS-06-01-71" in page and "OS-06-01-72" not in page


def test_who_is_replaced_or_doubtful_is_not_what_pupils_and_families_see(
    client: Client, admin: Person, store: Store
) -> None:
    with store() as session:
        a_lesson(session, contacts=["child_helpline_111", "police_113"])
        teacher = a_member(session, Role.TEACHER, school=a_school(session))
    client.sign_in(admin)
    client.post(f"{HELPLINE}/edit", data=typed(client, f"{HELPLINE}/edit", confirmed="no", for_pupils="y"))
    client.post(
        "/contacts/police_113/edit",
        data=typed(client, "/contacts/police_113/edit", replaced_by="school_counsellor", for_pupils="y"),
    )
    assert "Chưa xác nhận" in text_of(client.get(HELPLINE))
    assert "Tổ tư vấn học đường" in text_of(client.get("/contacts/police_113"))
    client.sign_in(teacher)
    for page in ("/lessons/OS-06-01/reading", "/lessons/OS-06-01/handout"):
        text = text_of(client.get(page))
        assert "Tổ tư vấn học đường của trường" in text, page
        assert "tel:" not in text, page


def test_a_refused_form_gives_back_what_was_typed_and_says_what_to_do_beside_the_field(
    client: Client, admin: Person, store: Store
) -> None:
    client.sign_in(admin)
    wrong = typed(client, f"{HELPLINE}/edit", number="gọi một", link="http://a.vn", name_en="", checked_on="31/02/2026")
    answer = client.post(f"{HELPLINE}/edit", data=wrong)
    assert answer.status_code == 422
    assert 'value="http://a.vn"' in text_of(answer) and 'value="31/02/2026"' in text_of(answer)
    for field, value in (("number", "gọi một"), ("link", "http://a.vn"), ("checked_on", "23/11/2026")):
        answer = client.post(f"{HELPLINE}/edit", data=typed(client, f"{HELPLINE}/edit", **{field: value}))
        assert answer.status_code == 422
        assert f'id="{field}-error"' in text_of(answer), field
    with store() as session:
        assert queries.find_contact_cards(session)["child_helpline_111"].number == "111"


def test_checked_today_takes_one_click_and_an_old_check_is_marked(client: Client, admin: Person, store: Store) -> None:
    client.sign_in(admin)
    with clock.at(datetime(2027, 6, 30, 3, tzinfo=UTC)):
        client.sign_in(admin)
        assert text_of(client.get("/contacts?state=stale")).count("Quá 180 ngày") >= 8
        assert client.post(f"{HELPLINE}/confirm").status_code == 303
        assert "Quá 180 ngày</span>" not in text_of(client.get(HELPLINE))
        assert HELPLINE not in text_of(client.get("/contacts?state=stale"))
    with store() as session:
        assert [one.verb for one in session.scalars(select(AuditEvent))][-1] == "contact.changed"


def test_the_list_is_searched_without_diacritics_and_says_when_nothing_fits(client: Client, admin: Person) -> None:
    client.sign_in(admin)
    for language in ("vi", "en"):
        assert "tingia.gov.vn" in text_of(client.get(f"/contacts?q=tin+gia&lang={language}"))
    assert "Không có nơi liên hệ nào như vậy" in text_of(client.get("/contacts?q=khunglong&lang=vi"))
    assert "Công an" in text_of(client.get("/contacts?state=vua&sort=xoai&page=x"))


def test_a_new_contact_is_added_once_and_can_take_anothers_place(client: Client, admin: Person, store: Store) -> None:
    client.sign_in(admin)
    new = {
        **typed(client, f"{HELPLINE}/edit", number="19001111", link=""),
        "id": "child_line_new",
        "checked_on": "22/11/2026",
    }
    assert client.post("/contacts/new", data=new).status_code == 303
    again = client.post("/contacts/new", data=new)
    assert again.status_code == 422 and 'id="id-error"' in text_of(again)
    assert client.post("/contacts/new", data={**new, "id": "Số Mới"}).status_code == 422
    client.post(f"{HELPLINE}/edit", data=typed(client, f"{HELPLINE}/edit", replaced_by="child_line_new"))
    with store() as session:
        assert queries.find_contact_cards(session)["child_helpline_111"].number == "19001111"


def test_editors_look_and_only_the_admin_writes(client: Client, admin: Person, store: Store) -> None:
    with store() as session:
        editor = a_member(session, Role.EDITOR, unit=a_province(session)[1])
        teacher = a_member(session, Role.TEACHER)
    client.sign_in(editor)
    assert client.get("/contacts").status_code == client.get(HELPLINE).status_code == 200
    assert "Đã kiểm tra hôm nay" not in text_of(client.get("/contacts"))
    for url in (f"{HELPLINE}/edit", "/contacts/new"):
        assert client.get(url).status_code == 403, url
    assert client.post(f"{HELPLINE}/confirm").status_code == 403
    assert client.sign_in(teacher).get("/contacts").status_code == 403
    with store() as session:
        assert len(session.scalars(select(Contact)).all()) == 8
