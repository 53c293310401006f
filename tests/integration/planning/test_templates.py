"""A year drafted from the template: nothing twice, nothing overwritten, taken back while nobody has touched it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.curriculum.rules import Strand, grade_mask
from school_safety.kit import clock
from school_safety.kit.errors import Refused
from school_safety.planning import actions, queries
from school_safety.planning.models import Activity, Programme
from school_safety.planning.queries import Draft, SchoolYear
from school_safety.planning.readers import load_template
from school_safety.planning.rules import (
    Grade,
    Proposed,
    YearOffer,
    draft_problems,
    propose_year,
    strand_grade,
)
from school_safety.registry.models import Term
from school_safety.registry.rules import SchoolKind
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories import planning as make
from tests.factories.curriculum import a_lesson
from tests.factories.people import a_member
from tests.factories.registry import a_placed_school, a_school, a_year

YEAR = "2026-2027"
NOON = clock.at_local(date(2026, 9, 7), time(12))
Store = Callable[[], AbstractContextManager[Session]]
WORDS = actions.ProgrammeValues(title="An toàn trên mạng và đọc tin", purpose="Mục đích", basis=["Căn cứ A"])


def lines_for(session: Session, here: SchoolYear) -> list[Proposed]:
    """What is proposed to the school with nothing chosen by hand."""
    lessons = queries.list_teachable(session, here.school.grades)
    offer = YearOffer(
        load_template(), here.dates, queries.terms_of(here.year), here.school.grades, lessons, here.year.starts_on
    )
    assert offer.usual_break is not None
    calendar = offer.calendar(offer.usual_break, (), offer.begins)
    proposal = propose_year(offer.template, calendar, levels=offer.levels, lessons=lessons, wishes=offer.usual_wishes())
    return list(proposal.lines)


def drafted(session: Session, here: SchoolYear, lines: list[Proposed]) -> actions.Drafted:
    return actions.draft_from_template(session, actor=None, here=here, values=WORDS, lines=lines, now=make.NOW)


def a_drafted_school(session: Session) -> tuple[SchoolYear, list[Proposed], Draft]:
    a_lesson(session, code="OS-06-01")
    here = make.a_school_year(session)
    lines = lines_for(session, here)
    draft = drafted(session, here, lines).draft
    return replace(here, programme=draft.programme), lines, draft


def titles(session: Session, draft: Draft) -> list[str]:
    return [activity.title for activity in queries.list_activities(session, draft.programme.id)]


def test_one_click_begins_the_document_and_its_activities_pass_every_check(session: Session) -> None:
    here, lines, draft = a_drafted_school(session)
    activities = queries.list_activities(session, draft.programme.id)
    assert [activity.title for activity in activities] == [line.title["vi"] for line in lines]
    drafts = [queries.draft_of(activity) for activity in activities]
    assert draft_problems(drafts, year=here.dates, levels=here.school.grades) == []
    assert (draft.programme.title, draft.programme.basis) == (WORDS.title, ["Căn cứ A"])
    # When the principal publishes it, both strands stand at G2
    make.publish(session, draft)
    standings = queries.find_standings(session, school_id=here.school.school_id, year=here.year)
    assert {strand_grade(standings[strand], here.school.grades) for strand in Strand} == {Grade.G2}


def test_using_the_template_twice_makes_nothing_twice_and_overwrites_nothing(session: Session) -> None:
    here, lines, draft = a_drafted_school(session)
    first = queries.list_activities(session, draft.programme.id)[0]
    values = make.activity_values(draft, title="Tập huấn của riêng trường")
    actions.edit_activity(session, actor=None, draft=draft, activity=first, values=values, now=make.NOW)
    draft.programme.purpose = "Do trường viết"
    again = drafted(session, here, lines)
    assert again.activities == ()
    assert titles(session, draft)[0] == "Tập huấn của riêng trường" and len(titles(session, draft)) == len(lines)
    assert draft.programme.purpose == "Do trường viết"


def test_what_people_planned_before_is_not_planned_again(session: Session) -> None:
    a_lesson(session, code="OS-06-01")
    mine = {"title": "Bài của tôi", "channel": "class_meeting", "lessons": ("OS-06-01",)}
    draft = make.a_draft(session, activities=(mine,))
    here = SchoolYear(draft.school, draft.year, draft.programme)
    drafted(session, here, lines_for(session, here))
    assert [title for title in titles(session, draft) if "khối 6" in title] == []
    assert titles(session, draft)[0] == "Bài của tôi"


def test_taking_back_leaves_what_was_edited_published_or_written_by_people(session: Session) -> None:
    here, lines, draft = a_drafted_school(session)
    edited, *untouched = queries.list_activities(session, draft.programme.id)
    actions.edit_activity(
        session, actor=None, draft=draft, activity=edited, values=make.activity_values(draft, title="Sửa"), now=make.NOW
    )
    actions.add_activity(session, actor=None, draft=draft, values=make.activity_values(draft), now=make.NOW)
    assert actions.undo_template(session, actor=None, draft=draft, now=make.NOW) == len(untouched)
    assert titles(session, draft) == ["Sửa", "Tuần lễ An toàn trên mạng"]
    with pytest.raises(Refused) as refused:
        actions.undo_template(session, actor=None, draft=draft, now=make.NOW)
    assert refused.value.code == "nothing_to_undo"
    # When the template is used again, what was taken back is new, and what is published stays
    assert len(drafted(session, here, lines).activities) == len(untouched)
    make.publish(session, draft)
    assert actions.list_untouched(session, draft) == []


def test_a_line_that_somebody_removed_comes_back_as_the_same_activity_when_it_is_chosen_again(session: Session) -> None:
    here, lines, draft = a_drafted_school(session)
    removed = queries.list_activities(session, draft.programme.id)[2]
    actions.remove_activity(session, actor=None, draft=draft, activity=removed, now=make.NOW)
    again = drafted(session, here, lines)
    assert [activity.id for activity in again.activities] == [removed.id]
    assert removed.removed_at is None and titles(session, draft)[-1] == removed.title


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"starts_on": date(2026, 8, 1)}, "starts_on-", "outside_year"),
        ({"ends_on": date(2026, 9, 6)}, "ends_on-", "ends_before_start"),
    ],
    ids=["outside", "order"],
)
def test_a_day_that_cannot_be_meant_is_refused_at_its_field(
    session: Session, change: dict[str, Any], field: str, code: str
) -> None:
    here = make.a_school_year(session)
    line = next(line for line in lines_for(session, here) if line.ends_on is not None)
    with pytest.raises(Refused) as refused:
        drafted(session, here, [replace(line, **change)])
    assert (refused.value.field, refused.value.code) == (f"{field}{line.key}", code)


@pytest.fixture
def noon() -> Any:
    with clock.at(NOON):
        yield


@pytest.fixture
def coordinator(store: Store, noon: None) -> Person:
    """Of a school with grades 6 to 9, beside one lesson of each strand for grade 6."""
    with store() as session:
        a_year(session)
        make.a_target(session)
        a_lesson(session, code="OS-06-01")
        a_lesson(session, code="ML-06-01", title="Đọc tin", strand="media_literacy", elements=["c", "d"])
        school = a_school(session, code="HOAMAI", name="THCS Hoa Mai")
        return a_member(session, Role.COORDINATOR, school=school, post="Tổng phụ trách")


def path(rest: str = "") -> str:
    return f"/schools/HOAMAI/programme/{YEAR}{rest}"


def page(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def fields_of(text: str, form: str) -> dict[str, Any]:
    """What a browser would send of a form: its inputs, ticked boxes and chosen options."""
    body = re.search(rf"<form[^>]*{form}.*?</form>", text, re.S)
    assert body is not None
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", body[0]):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in told and (told.get("type") != "checkbox" or " checked" in tag):
            found.setdefault(told["name"], []).append(told.get("value", "y"))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', body[0], re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[name] = [chosen[1] if chosen else ""]
    found.pop("csrf_token", None)
    return found


def preview_of(client: Client, **changes: Any) -> Any:
    chosen = fields_of(page(client.get(path("/template"))), 'method="get"') | changes
    return client.get(path("/template/preview"), query_string=chosen)


def test_three_clicks_lead_from_the_empty_programme_to_a_draft_that_passes_every_check(
    client: Client, coordinator: Person, store: Store
) -> None:
    client.sign_in(coordinator)
    assert "Soạn từ mẫu" in page(client.get(path()))
    preview = page(preview_of(client))
    assert "đủ mọi điều kiểm tra cho cả hai mạch" in preview
    assert "Bài học khối 6: Thông tin và mật khẩu" in preview and "khối 7:" not in preview
    made = client.post(path("/template/preview"), fields_of(preview, 'id="lines"'))
    assert urlsplit(made.location).path == path("/activities")
    draft = page(client.follow(made))
    assert "Công bố được cho:</b> An toàn trên mạng; Đọc tin và tư duy phản biện." in re.sub(r"\s+", " ", draft)
    assert "Hoàn tác" in draft
    with store() as session:
        programme = session.scalars(select(Programme)).one()
        assert programme.basis[0].startswith("Căn cứ Kế hoạch số 118/KH-UBND")
        count = len(programme.activities)
    # When it is used again, everything is there already; undone, everything is gone
    assert page(preview_of(client)).count("Đã có trong bản nháp") == count
    undone = page(client.follow(client.post(path("/template/undo"))))
    assert f"Đã gỡ {count} hoạt động" in undone and "Chưa có hoạt động nào" in undone


def test_lines_that_are_not_kept_stay_out_and_a_moved_day_is_taken_as_typed(
    client: Client, coordinator: Person, store: Store
) -> None:
    client.sign_in(coordinator)
    chosen = fields_of(page(preview_of(client)), 'id="lines"')
    del chosen["take-day-law"]
    chosen["starts_on-regular-training_first"] = "10/10/2026"
    client.post(path("/template/preview"), chosen)
    with store() as session:
        made = {activity.template_key: activity for activity in session.scalars(select(Activity))}
    assert "day-law" not in made
    assert made["regular-training_first"].starts_on == date(2026, 10, 10)


def test_a_wrong_day_is_refused_beside_its_field_and_nothing_is_drafted(
    client: Client, coordinator: Person, store: Store
) -> None:
    client.sign_in(coordinator)
    chosen = fields_of(page(preview_of(client)), 'id="lines"')
    for typed, words in (
        ("01/08/2026", "nằm ngoài năm học"),
        ("10 tháng 10", "Ghi ngày theo dạng"),
        ("", "Hãy ghi ngày."),
    ):
        answer = client.post(path("/template/preview"), chosen | {"starts_on-day-law": typed})
        assert answer.status_code == 422 and words in page(answer)
        assert re.search(rf'name="starts_on-day-law"[^>]*value="{typed}"', page(answer))
    nothing = {name: value for name, value in chosen.items() if not name.startswith("take-")}
    assert "Chưa chọn dòng nào" in page(client.post(path("/template/preview"), nothing))
    with store() as session:
        assert session.scalars(select(Activity)).all() == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"begins": "01/08/2026"}, "nằm ngoài năm học"),
        ({"tet_from": "10/02/2027", "tet_until": "01/02/2027"}, "sớm hơn ngày bắt đầu nghỉ"),
        ({"spare": "tuần 9"}, "“tuần 9” không phải một ngày"),
        ({"tet_from": "06/09/2026", "tet_until": "31/05/2027"}, "không còn ngày học nào"),
    ],
    ids=["begins", "break", "spare", "no day left"],
)
def test_choices_that_cannot_be_meant_are_refused_beside_their_field_and_given_back(
    client: Client, coordinator: Person, typed: dict[str, str], words: str
) -> None:
    client.sign_in(coordinator)
    answer = preview_of(client, **typed)
    assert answer.status_code == 422 and words in page(answer)
    assert all(value in page(answer) for value in typed.values())


def test_a_year_without_terms_is_told_plainly(client: Client, coordinator: Person, store: Store) -> None:
    with store() as session:
        for term in session.scalars(select(Term)):
            session.delete(term)
    told = client.sign_in(coordinator).get(path("/template"))
    assert "chưa có lịch hai học kỳ" in page(told) and "<select" not in page(told)
    assert "chưa có lịch hai học kỳ" in page(client.get(path("/template/preview?begins=07/09/2026")))
    assert urlsplit(client.get(path("/template/preview")).location).path == path("/template")


def test_where_the_date_of_tet_is_not_known_the_school_enters_its_break(
    client: Client, coordinator: Person, store: Store
) -> None:
    with store() as session:
        a_year(session, code="2046-2047")
    client.sign_in(coordinator)
    far = "/schools/HOAMAI/programme/2046-2047/template"
    assert "Chưa có ngày Tết" in page(client.get(far))
    assert client.get(f"{far}/preview?begins=05/09/2046&tet_from=&tet_until=").status_code == 422


def test_a_school_of_grades_10_to_12_is_offered_no_informatics(client: Client, store: Store, noon: None) -> None:
    with store() as session:
        a_year(session)
        a_lesson(session, code="OS-10-03", grades=[10])
        school = a_school(session, code="HOAMAI", name="THPT Hoa Mai", kind=SchoolKind.THPT)
        person = a_member(session, Role.COORDINATOR, school=school)
    client.sign_in(person)
    chosen = page(client.get(path("/template")))
    assert "Khối 10–12 học ở" in chosen and "Khối 6–9 học ở" not in chosen
    assert 'value="informatics"' not in chosen and "môn lựa chọn)" in chosen
    assert "Sinh hoạt lớp" in page(preview_of(client))


def test_a_school_with_one_grade_gets_a_year_of_its_own(session: Session) -> None:
    here = make.a_school_year(session, school=a_placed_school(session, grades=grade_mask([9])))
    draft = drafted(session, here, lines_for(session, here)).draft
    drafts = [queries.draft_of(activity) for activity in queries.list_activities(session, draft.programme.id)]
    assert draft_problems(drafts, year=here.dates, levels=grade_mask([9])) == []
