"""The pages of planning, from the school's first click to another unit's decision."""

import hashlib
import io
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.kit import clock, files, web
from school_safety.kit.web import MOST_BYTES
from school_safety.planning import queries
from school_safety.planning.models import Activity, Delivery, Evidence, Programme, ProgrammeRevision, Verification
from school_safety.planning.rules import EvidenceKind
from school_safety.registry.models import SchoolPath
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories import planning as make
from tests.factories.people import a_member, a_membership
from tests.factories.registry import a_commune, a_department, a_school, a_year, the_school, today_of

NOON = clock.at_local(date(2026, 11, 20), time(12))
YEAR = "2026-2027"
Store = Callable[[], AbstractContextManager[Session]]


@dataclass
class Town:
    """A school with its people, its commune officer, and another school beside it."""

    school: SchoolPath
    coordinator: Person
    principal: Person
    commune_officer: Person
    officer: Person
    other: SchoolPath
    other_coordinator: Person


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.at(NOON):
        yield


@pytest.fixture
def town(store: Store) -> Town:
    with store() as session:
        a_year(session)
        commune = a_commune(session)
        school = today_of(session, a_school(session, code="HOAMAI", name="THCS Hoa Mai", commune=commune))
        other = today_of(
            session, a_school(session, code="BAC", name="THCS Bắc", commune=a_commune(session, name="Xã Bắc"))
        )
        return Town(
            school=school,
            coordinator=a_member(session, Role.COORDINATOR, school=the_school(session, school), post="Tổng phụ trách"),
            principal=a_member(session, Role.PRINCIPAL, school=the_school(session, school), post="Hiệu trưởng"),
            commune_officer=a_member(session, Role.COMMUNE_OFFICER, unit=commune[1], post="Chuyên viên VH-XH"),
            officer=a_member(session, Role.OFFICER, unit=a_department(session).parent, post="Chuyên viên Sở"),
            other=other,
            other_coordinator=a_member(session, Role.COORDINATOR, school=the_school(session, other)),
        )


def page(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def programme(path: str = "") -> str:
    return f"/schools/HOAMAI/programme/{YEAR}{path}"


ACTIVITY: dict[str, Any] = {
    "title": "Tuần lễ An toàn trên mạng",
    "lead_unit": "Liên đội",
    "coordinating_units": "Tổ Tin học, Thư viện",
    "schedule": "window",
    "starts_on": "05/10/2026",
    "ends_on": "09/10/2026",
    "recurrence": "",
    "channel": "flag_ceremony",
    "grades": ["6", "7", "8", "9"],
    "elements": ["a", "b"],
    "note": "",
}


def photo() -> io.BytesIO:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Phone"
    Image.new("RGB", (120, 80), "#2a6418").save(out, "JPEG", exif=exif.tobytes())
    out.seek(0)
    return out


def test_from_the_first_click_to_the_decision_of_another_unit(
    client: Client, new_client: Callable[[], Client], town: Town, store: Store
) -> None:
    # Given a coordinator who declares online safety with one click
    coordinator, principal, officer = client.sign_in(town.coordinator), new_client(), new_client()
    declared = coordinator.post(programme("/declaration"), {"strand": "online_safety", "answer": "yes"})
    assert "G1" in page(coordinator.follow(declared))
    # and drafts the programme
    draft = coordinator.follow(coordinator.post(programme("/start")))
    assert "Soạn chương trình" in page(draft)
    words = {
        "title": "An toàn trên mạng và đọc tin",
        "purpose": "Giúp học sinh an toàn.",
        "basis": "Căn cứ A\nCăn cứ B",
    }
    coordinator.follow(coordinator.post(programme("/draft"), words))
    added = coordinator.post(programme("/activities/new"), ACTIVITY)
    drafted = page(coordinator.follow(added))
    assert "Tuần lễ An toàn trên mạng" in drafted and "Công bố được cho:" in drafted
    coordinator.follow(coordinator.post(programme("/tell")))
    # When the principal publishes with one click
    principal.sign_in(town.principal)
    review = page(principal.get(programme("/review")))
    assert "Công bố chương trình" in review
    edition = edition_of(store)
    published = page(principal.follow(principal.post(programme("/publish"), {"edition": edition})))
    assert "G2" in published and "mã nội dung" in published
    # Then everybody can read it, and recompute its hash
    visitor = new_client()
    public = page(visitor.get(f"/p/HOAMAI/{YEAR}"))
    assert "Hiệu trưởng" in public and "Nguyễn Thu Hà" not in public
    content = visitor.get(f"/p/HOAMAI/{YEAR}/content.json").get_data()
    assert hashlib.sha256(content).hexdigest() in public.replace("<wbr>", "")
    assert json.loads(content)["basis"] == ["Căn cứ A", "Căn cứ B"]
    # When a delivery is recorded with a photo
    activity = first_activity(store)
    prefilled = page(coordinator.get(f"/schools/HOAMAI/deliveries/{YEAR}/new?activity={activity}"))
    assert f'<option selected value="{activity}">' in prefilled
    delivery = {"activity": activity, "taught_on": "06/10/2026", "head_count": "1.120", "note": ""}
    recorded = coordinator.post(f"/schools/HOAMAI/deliveries/{YEAR}/new", delivery)
    shown = coordinator.follow(recorded)
    assert "1.120" in page(shown) and "Chưa có minh chứng" in page(shown)
    evidence = {"kind": "photo", "recognisable": "yes", "file": (photo(), "IMG_0001.jpg"), "link": ""}
    url = recorded.headers["Location"]
    proved = page(coordinator.follow(coordinator.post(f"{url}/evidence", evidence)))
    assert "Chờ xác minh" in proved
    # Then the officer sees it waiting, but not the faces
    officer.sign_in(town.commune_officer)
    assert "THCS Hoa Mai" in page(officer.get("/verification"))
    looked_at = page(officer.get(f"{url}/verification"))
    with store() as session:
        piece = session.scalars(select(Evidence)).one()
        version = session.scalars(select(Delivery)).one().id
    assert "tệp chỉ mở trong trường" in looked_at and f"/evidence/{piece.public_id}" not in looked_at
    assert officer.get(f"/evidence/{piece.public_id}").status_code == 403
    mine = coordinator.get(f"/evidence/{piece.public_id}")
    assert mine.headers["Content-Disposition"].startswith("attachment")
    assert mine.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in mine.headers["Content-Security-Policy"]
    assert b"Phone" not in mine.get_data()
    # When the officer accepts
    decision = {"version": version, "evidence_upto": piece.id, "decision": "accepted", "reason": ""}
    assert "Chấp nhận" in page(officer.follow(officer.post(f"{url}/verification", decision)))
    # Then the school stands at the top in that strand, and nothing waits any more
    assert "G4" in page(coordinator.get(programme()))
    assert "Không có gì chờ xác minh" in page(officer.get("/verification"))


def edition_of(store: Store) -> int:
    with store() as session:
        return session.scalars(select(Programme.edition).order_by(Programme.id.desc())).first() or 0


def first_activity(store: Store) -> int:
    with store() as session:
        return session.scalars(select(Activity.id).order_by(Activity.id)).first() or 0


def rows(store: Store, table: Any) -> int:
    with store() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


# ---- Drafting ----


@pytest.fixture
def drafted(store: Store, town: Town) -> Town:
    """The town with a draft whose checks hold for both strands."""
    with store() as session:
        here = make.a_school_year(session, school=session.merge(town.school))
        make.a_draft(session, here=here)
    return town


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"ends_on": "01/10/2026"}, "Hãy nhập từ 05/10/2026 trở đi", id="ends before it starts"),
        pytest.param({"starts_on": "01/08/2026"}, "Hãy chọn ngày từ 05/09/2026 đến 31/05/2027", id="outside the year"),
        pytest.param({"starts_on": "32/13/2026"}, "Ghi ngày theo dạng", id="no date"),
        pytest.param({"title": ""}, "Hãy điền mục này", id="no name"),
        pytest.param({"title": "x" * 201}, "", id="a name too long"),
        pytest.param({"schedule": "sometimes"}, "", id="no such schedule"),
        pytest.param({"grades": ["3"]}, "", id="a grade the school does not teach"),
        pytest.param({"channel": "smoke"}, "", id="no such channel"),
    ],
)
def test_a_wrong_activity_is_refused_beside_its_field_and_nothing_is_saved(
    client: Client, drafted: Town, store: Store, change: dict[str, Any], words: str
) -> None:
    client.sign_in(drafted.coordinator)
    before = rows(store, Activity)
    answer = client.post(programme("/activities/new"), {**ACTIVITY, "lead_unit": "Tổ Ngữ văn của em", **change})
    assert answer.status_code == 422
    assert words in page(answer) and "Tổ Ngữ văn của em" in page(answer)
    assert 'aria-invalid="true"' in page(answer) or 'role="alert"' in page(answer)
    assert rows(store, Activity) == before


def test_an_incomplete_activity_is_kept_and_the_checks_lead_to_what_is_missing(
    client: Client, drafted: Town, store: Store
) -> None:
    client.sign_in(drafted.coordinator)
    bare = {"title": "Phát thanh", "schedule": "one_off", "recurrence": "", "channel": "", "elements": ["a"]}
    shown = page(client.follow(client.post(programme("/activities/new"), bare)))
    assert "Hoạt động 3: thiếu đơn vị chủ trì, và 3 chỗ khác" in shown
    assert "#lead_unit" in shown


def test_activities_move_go_and_come_back(client: Client, drafted: Town, store: Store) -> None:
    client.sign_in(drafted.coordinator)
    first = first_activity(store)
    client.follow(client.post(programme(f"/activities/{first}/move"), {"to": "down"}))
    with store() as session:
        titles = [each.title for each in queries.list_activities(session, session.scalars(select(Programme.id)).one())]
    assert titles == ["Chuyên đề Đọc tin", "Tuần lễ An toàn trên mạng"]
    gone = page(client.follow(client.post(programme(f"/activities/{first}/remove"))))
    assert "Hoàn tác" in gone and programme(f"/activities/{first}/restore") in gone
    back = page(client.follow(client.post(programme(f"/activities/{first}/restore"))))
    assert "2 hoạt động" in back


def test_editing_keeps_what_was_typed_and_shows_it_again(client: Client, drafted: Town, store: Store) -> None:
    client.sign_in(drafted.coordinator)
    url = programme(f"/activities/{first_activity(store)}")
    assert "Liên đội" in page(client.get(url))
    saved = client.post(
        url, {**ACTIVITY, "title": "Tuần lễ “Nghĩ trước khi gửi” <b>", "schedule": "recurring", "recurrence": "weekly"}
    )
    shown = page(client.follow(saved))
    assert "&lt;b&gt;" in shown and "Hằng tuần" in shown


def test_publishing_with_no_strand_ready_is_refused_and_names_each_failing_check(
    client: Client, town: Town, store: Store
) -> None:
    with store() as session:
        here = make.a_school_year(session, school=session.merge(town.school))
        make.a_draft(session, here=here, activities=[{"lead_unit": "", "elements": 1}])
    client.sign_in(town.principal)
    answer = client.post(programme("/publish"), {"edition": edition_of(store)})
    assert answer.status_code == 422
    for words in ("(ii) Hoạt động 1: thiếu đơn vị chủ trì", "(iii) An toàn trên mạng: chưa có nội dung (b)", "(iv)"):
        assert words in page(answer)
    assert rows(store, ProgrammeRevision) == 0


def test_what_was_changed_meanwhile_is_not_published_blindly(client: Client, drafted: Town, store: Store) -> None:
    client.sign_in(drafted.principal)
    answer = client.post(programme("/publish"), {"edition": edition_of(store) - 1})
    assert answer.status_code == 422 and "vừa được người khác sửa" in page(answer)
    assert client.post(programme("/publish"), {"edition": "x"}).status_code == 422


def test_the_coordinator_cannot_publish_and_a_stranger_finds_nothing(
    client: Client, new_client: Callable[[], Client], drafted: Town, store: Store
) -> None:
    assert client.sign_in(drafted.coordinator).post(programme("/publish"), {"edition": 2}).status_code == 403
    stranger = new_client().sign_in(drafted.other_coordinator)
    for path in ("", "/draft", "/activities", "/review", "/plan.pdf"):
        assert stranger.get(programme(path)).status_code == 404
    assert new_client().get(f"/p/HOAMAI/{YEAR}").status_code == 404


def test_last_years_programme_is_copied_and_says_so_until_a_day_is_changed(
    client: Client, town: Town, store: Store
) -> None:
    with store() as session:
        last_year = a_year(session, code="2025-2026")
        here = make.a_school_year(session, school=session.merge(town.school), year=last_year)
        make.a_draft(session, here=here)
    client.sign_in(town.coordinator)
    assert "Chép từ năm trước" in page(client.get(programme()))
    client.follow(client.post(programme("/start"), {"how": "copy"}))
    drafted = page(client.get(programme("/activities")))
    assert "Khác năm trước: chưa" in drafted and "giữ nguyên lịch năm trước" in drafted


# ---- Publishing and after ----


@pytest.fixture
def published(store: Store, drafted: Town) -> Town:
    """The town with its programme published."""
    with store() as session:
        draft = queries.load_draft(session, "HOAMAI", YEAR)[0]
        make.publish(session, draft)
    return drafted


def test_revisions_are_kept_and_the_public_page_shows_the_last(client: Client, published: Town, store: Store) -> None:
    client.sign_in(published.principal)
    client.follow(client.post(programme("/activities/new"), {**ACTIVITY, "title": "Ngày hội số"}))
    assert "Bản nháp có thay đổi chưa công bố" in page(client.get(programme()))
    client.follow(client.post(programme("/publish"), {"edition": edition_of(store)}))
    assert "Ngày hội số" in page(client.get(f"/p/HOAMAI/{YEAR}"))
    old = page(client.get(f"/p/HOAMAI/{YEAR}?revision=1"))
    assert "Ngày hội số" not in old and "Đây là bản cũ" in old
    assert "Ngày hội số" not in page(client.get(programme("/revisions/1")))
    again = client.post(programme("/publish"), {"edition": edition_of(store)})
    assert again.status_code == 422 and "không khác bản đã công bố" in page(again)


def test_the_clerks_number_and_date_reach_the_paper_but_not_the_hash(
    client: Client, published: Town, store: Store
) -> None:
    client.sign_in(published.coordinator)
    with store() as session:
        before = session.scalars(select(ProgrammeRevision.content_hash)).one()
    blank = client.get(programme("/plan.pdf")).get_data()
    assert "Số: ……/KH-THCSHM" in first_page(blank)
    late = client.post(programme("/number"), {"number": "05/KH-THCSHM", "signed_on": "21/11/2026"})
    assert late.status_code == 422 and "tương lai" in page(late) and 'value="05/KH-THCSHM"' in page(late)
    client.follow(client.post(programme("/number"), {"number": "05/KH-THCSHM", "signed_on": "05/09/2026"}))
    signed = first_page(client.get(programme("/plan.pdf")).get_data())
    assert "Số: 05/KH-THCSHM" in signed and "ngày 05 tháng 9 năm 2026" in signed
    with store() as session:
        assert session.scalars(select(ProgrammeRevision.content_hash)).all() == [before]


def first_page(data: bytes) -> str:
    return PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_a_return_names_the_check_and_takes_the_school_back_until_a_new_revision(
    client: Client, new_client: Callable[[], Client], published: Town, store: Store
) -> None:
    officer, principal = client.sign_in(published.commune_officer), new_client().sign_in(published.principal)
    bare = officer.post(programme("/marks"), {"kind": "returned", "failing": "", "strand": "", "comment": "Xem lại"})
    assert bare.status_code == 422 and "Trả lại phải nêu điều chưa đạt" in page(bare)
    silent = officer.post(programme("/marks"), {"kind": "commented", "failing": "", "strand": "", "comment": ""})
    assert silent.status_code == 422
    mark = {"kind": "returned", "failing": "iv", "strand": "online_safety", "comment": "Khối 9 học riêng"}
    shown = page(officer.follow(officer.post(programme("/marks"), mark)))
    assert "G1" in shown and "(iv) Mọi khối đều có hoạt động" in shown and "G2" in shown
    principal.follow(principal.post(programme("/activities/new"), {**ACTIVITY, "title": "Khối 9"}))
    again = page(principal.follow(principal.post(programme("/publish"), {"edition": edition_of(store)})))
    assert "G1" not in again


def test_a_return_can_be_taken_back_once_by_the_supervisor_alone(
    client: Client, new_client: Callable[[], Client], published: Town
) -> None:
    officer = client.sign_in(published.commune_officer)
    mark = {"kind": "returned", "failing": "iv", "strand": "", "comment": "Nhầm trường"}
    shown = page(officer.follow(officer.post(programme("/marks"), mark)))
    found = re.search(r'action="([^"]+/take-back)"', shown)
    assert found is not None and "G2" not in shown
    school = new_client().sign_in(published.coordinator)
    assert "take-back" not in page(school.get(programme())) and school.post(found[1]).status_code == 403
    back = page(officer.follow(officer.post(found[1])))
    assert "Đã thu hồi, không còn tính" in back and "Nhầm trường" in back
    assert "G2" in back and "take-back" not in back
    assert "đã được thu hồi" in page(officer.follow(officer.post(found[1])))
    forged = officer.post(programme("/marks"), {"kind": "taken_back", "comment": "x"})
    assert forged.status_code == 422


def test_a_note_of_the_school_is_neither_published_nor_printed(
    client: Client, new_client: Callable[[], Client], published: Town, store: Store
) -> None:
    client.sign_in(published.principal)
    client.follow(client.post(programme("/activities/new"), {**ACTIVITY, "note": "Gọi cô Hà trước"}))
    client.follow(client.post(programme("/publish"), {"edition": edition_of(store)}))
    visitor = new_client()
    for path in ("", "/content.json"):
        assert "Gọi cô Hà" not in page(visitor.get(f"/p/HOAMAI/{YEAR}{path}"))
    assert "Gọi cô Hà" not in first_page(client.get(programme("/plan.pdf")).get_data())


def test_an_acknowledgement_changes_no_grade(client: Client, published: Town) -> None:
    client.sign_in(published.commune_officer)
    assert "chưa có ý kiến" in page(client.get("/verification"))
    shown = page(client.follow(client.post(programme("/marks"), {"kind": "acknowledged", "comment": ""})))
    assert "Đã xem, ghi nhận" in shown and "G2" in shown
    assert "chưa có ý kiến" not in page(client.get("/verification"))


# ---- Deliveries and evidence ----


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"taught_on": "21/11/2026"}, "Ngày này chưa tới", id="tomorrow"),
        pytest.param({"taught_on": "01/09/2026"}, "trước khi năm học bắt đầu", id="before the year"),
        pytest.param({"taught_on": "hôm qua"}, "Ghi ngày theo dạng", id="no date"),
        pytest.param({"head_count": "0"}, "ít nhất một người", id="nobody"),
        pytest.param({"head_count": "nhiều"}, "Ghi một số nguyên", id="no number"),
        pytest.param({"head_count": "999999"}, "Nhiều hơn số có thể tham dự (20.000)", id="a typing mistake"),
        pytest.param({"class_groups": ["9999"]}, "", id="a class of nowhere"),
        pytest.param({"activity": "9999"}, "", id="an activity of nowhere"),
    ],
)
def test_a_wrong_delivery_is_refused_beside_its_field_and_nothing_is_saved(
    client: Client, published: Town, store: Store, change: dict[str, Any], words: str
) -> None:
    client.sign_in(published.coordinator)
    good = {"activity": first_activity(store), "taught_on": "06/10/2026", "head_count": "300", "note": "Sân trường"}
    answer = client.post(f"/schools/HOAMAI/deliveries/{YEAR}/new", {**good, **change})
    assert answer.status_code == 422
    assert words in page(answer) and "Sân trường" in page(answer)
    assert rows(store, Delivery) == 0


def test_the_same_delivery_twice_is_refused(client: Client, published: Town, store: Store) -> None:
    client.sign_in(published.coordinator)
    good = {"activity": first_activity(store), "taught_on": "06/10/2026", "head_count": "300", "note": ""}
    client.follow(client.post(f"/schools/HOAMAI/deliveries/{YEAR}/new", good))
    again = client.post(f"/schools/HOAMAI/deliveries/{YEAR}/new", good)
    assert again.status_code == 422 and "đã được ghi cho ngày" in page(again)
    assert rows(store, Delivery) == 1


@pytest.fixture
def delivered(store: Store, published: Town) -> int:
    """The first id of a delivery of the published programme."""
    with store() as session:
        found = queries.find_public(session, "HOAMAI", YEAR)
        return make.a_delivery(session, published=found).id


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param({"kind": "photo", "recognisable": "no"}, "Hãy chọn một tệp", id="no file"),
        pytest.param(
            {"kind": "photo", "recognisable": "no", "file": (io.BytesIO(b"<svg/>"), "a.jpg")},
            "Chỉ nhận ảnh JPEG",
            id="a drawing that calls itself a photo",
        ),
        pytest.param(
            {"kind": "minutes", "recognisable": "no", "file": (io.BytesIO(b""), "a.pdf")},
            "Tệp rỗng",
            id="an empty file",
        ),
        pytest.param({"kind": "public_link", "link": ""}, "Hãy dán địa chỉ", id="no link"),
        pytest.param({"kind": "public_link", "link": "javascript:alert(1)"}, "phải bắt đầu bằng https", id="a script"),
        pytest.param({"recognisable": "no"}, "Hãy điền mục này", id="no kind"),
    ],
)
def test_wrong_evidence_is_refused_beside_its_field_and_nothing_is_saved(
    client: Client, published: Town, delivered: int, store: Store, sent: dict[str, Any], words: str
) -> None:
    client.sign_in(published.coordinator)
    answer = client.post(f"/deliveries/{delivered}/evidence", sent)
    assert answer.status_code == 422 and words in page(answer)
    assert rows(store, Evidence) == 0


def test_whether_pupils_can_be_recognised_must_be_answered(client: Client, published: Town, delivered: int) -> None:
    client.sign_in(published.coordinator)
    answer = client.post(f"/deliveries/{delivered}/evidence", {"kind": "photo", "file": (photo(), "a.jpg")})
    assert answer.status_code == 422 and "nhận ra học sinh trong tệp" in page(answer)


def test_a_file_too_large_is_refused_beside_its_field(
    client: Client, published: Town, delivered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 2_000)
    client.sign_in(published.coordinator)
    sent = {"kind": "minutes", "recognisable": "no", "file": (io.BytesIO(b"%PDF-" + b"0" * 2_000), "a.pdf")}
    answer = client.post(f"/deliveries/{delivered}/evidence", sent)
    assert answer.status_code == 422 and "lớn hơn 10 MB" in page(answer)


def test_a_file_beyond_every_limit_is_answered_beside_its_field_and_what_was_typed_stays(
    client: Client, published: Town, delivered: int, store: Store
) -> None:
    client.sign_in(published.coordinator)
    sent = {"kind": "minutes", "recognisable": "no", "link": "https://truong.example.vn"}
    answer = client.send_file(f"/deliveries/{delivered}/evidence", b"%PDF-" + bytes(MOST_BYTES), sent)
    assert answer.status_code == 422 and "lớn hơn 10 MB" in page(answer)
    assert 'value="https://truong.example.vn"' in page(answer)
    assert re.search(r'<input checked[^>]* value="minutes"', page(answer))
    assert rows(store, Evidence) == 0


def test_a_request_too_large_for_the_server_names_the_limit_and_leads_back_to_the_form(
    client: Client, published: Town, delivered: int, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    monkeypatch.setattr(web, "MOST_UPLOAD_BYTES", 1_000)
    client.sign_in(published.coordinator)
    url = f"/deliveries/{delivered}"

    def send_from(page: str) -> Any:
        sent = {"kind": "minutes", "recognisable": "no", "file": (io.BytesIO(bytes(2_000)), "a.pdf")}
        return client.post(f"{url}/evidence", sent, headers={"Referer": page})

    answer = send_from(f"http://localhost{url}")
    assert answer.status_code == 413
    assert "10 MB" in page(answer) and f'href="{url}"' in page(answer)
    assert "Quay lại biểu mẫu" not in page(send_from("http://elsewhere.example//form"))
    assert rows(store, Evidence) == 0


def test_a_tampered_choice_is_refused_in_the_readers_words(client: Client, published: Town, delivered: int) -> None:
    client.sign_in(published.coordinator)
    answer = client.post(f"/deliveries/{delivered}/evidence", {"kind": "rumour", "recognisable": "no"})
    assert answer.status_code == 422
    assert "không có trong danh sách" in page(answer) and "valid choice" not in page(answer)


def test_a_public_link_and_its_withdrawal(client: Client, published: Town, delivered: int, store: Store) -> None:
    client.sign_in(published.coordinator)
    link = {"kind": "public_link", "link": "https://thcshoamai.example.vn/tin", "recognisable": ""}
    assert "thcshoamai.example.vn" in page(client.follow(client.post(f"/deliveries/{delivered}/evidence", link)))
    with store() as session:
        piece = session.scalars(select(Evidence)).one()
    client.follow(client.post(f"/deliveries/{delivered}/evidence/{piece.public_id}/withdraw"))
    assert "G2" in page(client.get(programme()))
    assert client.post(f"/deliveries/{delivered}/evidence/{piece.public_id}/withdraw").status_code == 404


def test_correcting_and_taking_back_a_delivery(client: Client, published: Town, delivered: int, store: Store) -> None:
    client.sign_in(published.coordinator)
    edit = {"taught_on": "07/10/2026", "head_count": "99", "note": "Đếm lại"}
    assert client.post(f"/deliveries/{delivered}/edit", {**edit, "head_count": "-1"}).status_code == 422
    assert "Đếm lại" in page(client.follow(client.post(f"/deliveries/{delivered}/edit", edit)))
    assert "07/10/2026" in page(client.get(f"/schools/HOAMAI/deliveries/{YEAR}"))
    listed = page(client.follow(client.post(f"/deliveries/{delivered}/withdraw")))
    assert "Chưa ghi hoạt động nào" in listed
    assert client.get(f"/deliveries/{delivered}").status_code == 404
    assert rows(store, Delivery) == 3


# ---- Verification ----


@pytest.fixture
def proved(store: Store, delivered: int) -> tuple[int, int]:
    """A delivery with minutes: its id and the evidence's."""
    with store() as session:
        delivery = session.get_one(Delivery, delivered)
        return delivered, make.an_evidence(session, delivery=delivery, kind=EvidenceKind.MINUTES).id


def test_a_rejection_needs_a_reason_and_lowers_the_grade(
    client: Client, published: Town, proved: tuple[int, int], store: Store
) -> None:
    delivery, evidence = proved
    client.sign_in(published.officer)
    assert "G3" in page(client.get(programme()))
    decision = {"version": delivery, "evidence_upto": evidence, "decision": "rejected", "reason": ""}
    silent = client.post(f"/deliveries/{delivery}/verification", decision)
    assert silent.status_code == 422 and "Hãy ghi lý do" in page(silent)
    stale = client.post(f"/deliveries/{delivery}/verification", {**decision, "reason": "Cũ", "evidence_upto": 0})
    assert stale.status_code == 422 and "vừa thay đổi" in page(stale)
    client.follow(client.post(f"/deliveries/{delivery}/verification", {**decision, "reason": "Ảnh năm trước"}))
    assert rows(store, Verification) == 1
    shown = page(client.get(programme()))
    assert "G2" in shown and "G3" not in shown
    assert "Ảnh năm trước" in page(client.get(f"/deliveries/{delivery}"))


def test_nobody_decides_about_a_school_they_belong_to(
    client: Client, published: Town, proved: tuple[int, int], store: Store
) -> None:
    delivery, evidence = proved
    with store() as session:
        member = session.get_one(Person, published.commune_officer.id)
        from_school = the_school(session, session.merge(published.school))
        make_member(session, member, from_school)
    client.sign_in(published.commune_officer)
    assert "THCS Hoa Mai" not in queue(page(client.get("/verification")))
    decision = {"version": delivery, "evidence_upto": evidence, "decision": "accepted", "reason": ""}
    answer = client.post(f"/deliveries/{delivery}/verification", decision)
    assert answer.status_code == 422 and "Không ai xác minh cho trường mình thuộc về" in page(answer)
    assert rows(store, Verification) == 0


def make_member(session: Session, person: Person, school: Any) -> None:
    a_membership(session, person, Role.TEACHER, school=school)


def queue(text: str) -> str:
    """The part of the page that lists what waits to be verified."""
    return text.split('id="queue"')[1].split('id="unmarked"')[0]


def test_an_officer_of_another_commune_finds_nothing(
    client: Client, published: Town, delivered: int, store: Store
) -> None:
    with store() as session:
        elsewhere = a_member(session, Role.COMMUNE_OFFICER, unit=a_commune(session, name="Xã Nam")[1])
    client.sign_in(elsewhere)
    assert client.get(f"/deliveries/{delivered}/verification").status_code == 404
    assert client.get(programme()).status_code == 404


# ---- Plans ----

PLAN: dict[str, Any] = {
    "kind": "multi_year",
    "parent_id": "",
    "title": "Tuyên truyền an toàn trên mạng 2026-2030",
    "issuer": "UBND tỉnh Sông Trăng",
    "number": "118/KH-UBND",
    "signed_on": "15/01/2026",
    "starts_on": "01/01/2026",
    "ends_on": "31/12/2030",
    "vision_year": "2035",
    "basis": "Căn cứ Luật An ninh mạng\nCăn cứ Quyết định số 1907/QĐ-TTg",
}
TARGET: dict[str, Any] = {
    "indicator": "os_programme",
    "scope": "province",
    "comparator": ">",
    "percent": "80",
    "valid_from": "01/01/2026",
    "valid_to": "31/12/2030",
    "basis": "Mục II.1",
}


def test_the_department_enters_a_plan_its_annual_plan_and_dated_targets(
    client: Client, town: Town, store: Store
) -> None:
    client.sign_in(town.officer)
    assert "Chưa có kế hoạch nào" in page(client.get("/plans"))
    plan = client.post("/plans/new", PLAN)
    url = plan.headers["Location"]
    assert "tầm nhìn đến năm 2035" in page(client.follow(plan))
    assert "trên 80%" in page(client.follow(client.post(f"{url}/targets", TARGET)))
    annual = {
        **PLAN,
        "kind": "annual",
        "parent_id": url.rsplit("/", 1)[1],
        "starts_on": "01/01/2027",
        "ends_on": "31/12/2027",
    }
    assert "Thuộc kế hoạch nhiều năm" in page(client.follow(client.post("/plans/new", annual)))
    listed = page(client.get("/plans"))
    assert "Chỉ tiêu đang có hiệu lực" in listed and "trên 80%" in listed
    assert "trên 85%" in page(client.follow(client.post(f"{url}/targets/1", {**TARGET, "percent": "85"})))
    gone = page(client.follow(client.post(f"{url}/targets/2/withdraw")))
    assert "chưa có chỉ tiêu" in gone
    changed = client.post(f"{url}/edit", {**PLAN, "title": "Kế hoạch sửa"})
    assert "Kế hoạch sửa" in page(client.follow(changed))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"ends_on": "31/12/2025"}, "sớm hơn ngày bắt đầu", id="ends before it starts"),
        pytest.param({"kind": "annual"}, "phải thuộc một kế hoạch nhiều năm", id="an annual plan without a parent"),
        pytest.param({"signed_on": "15-13-2026"}, "Ghi ngày theo dạng", id="no date"),
        pytest.param({"vision_year": "20x"}, "Ghi một số nguyên", id="no year"),
        pytest.param({"issuer": ""}, "Hãy điền mục này", id="no issuer"),
    ],
)
def test_a_wrong_plan_is_refused_beside_its_field(
    client: Client, town: Town, change: dict[str, Any], words: str
) -> None:
    client.sign_in(town.officer)
    answer = client.post("/plans/new", {**PLAN, **change})
    assert answer.status_code == 422 and words in page(answer) and "118/KH-UBND" in page(answer)
    assert "118/KH-UBND" not in page(client.get("/plans"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"percent": "101"}, "số nguyên từ 0 đến 100", id="more than all"),
        pytest.param({"percent": "80,5"}, "Ghi một số nguyên", id="half a per cent"),
        pytest.param({"percent": "100"}, "Không thể trên một trăm", id="above all"),
        pytest.param({"valid_to": "31/12/2031"}, "nằm trong thời gian của kế hoạch", id="after the plan"),
        pytest.param({}, "Đã có chỉ tiêu này", id="twice"),
    ],
)
def test_a_wrong_target_is_refused_beside_its_field(
    client: Client, town: Town, change: dict[str, Any], words: str
) -> None:
    client.sign_in(town.officer)
    url = client.post("/plans/new", PLAN).headers["Location"]
    client.follow(client.post(f"{url}/targets", TARGET))
    answer = client.post(f"{url}/targets", {**TARGET, **change})
    assert answer.status_code == 422 and words in page(answer)


def test_a_school_sees_the_plans_but_cannot_change_them(client: Client, town: Town) -> None:
    client.sign_in(town.coordinator)
    assert 'href="/plans/new"' not in page(client.get("/plans"))
    assert client.get("/plans/new").status_code == 403
    assert client.post("/plans/new", PLAN).status_code == 403


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_reads_in_both_languages(
    app: Flask, client: Client, published: Town, proved: tuple[int, int], language: str
) -> None:
    client.sign_in(published.officer)
    pages = [programme(), programme("/revisions/1"), f"/p/HOAMAI/{YEAR}", "/plans", "/plans/new", "/verification"]
    pages += [f"/deliveries/{proved[0]}", f"/deliveries/{proved[0]}/verification", f"/schools/HOAMAI/deliveries/{YEAR}"]
    for url in pages:
        answer = client.get(f"{url}?lang={language}")
        assert answer.status_code == 200
        assert f'lang="{language}"' in page(answer)
