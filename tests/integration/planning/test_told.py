"""A teacher tells what was taught or given out; it counts only once somebody with the right has recorded it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.kit import clock
from school_safety.planning import actions, queries
from school_safety.planning.models import Delivery, ToldDelivery
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories import planning as make
from tests.factories.classroom import Room, a_room, an_assignment
from tests.factories.people import a_member
from tests.factories.registry import today_of

Store = Callable[[], AbstractContextManager[Session]]
NOON = clock.at_local(date(2026, 11, 20), time(12))
TELL = "/deliveries/tell"
DONE = {
    "channel": "class_meeting",
    "lesson": "OS-06-01",
    "taught_on": "19/11/2026",
    "head_count": "38",
    "note": "Tiết 3.",
}


@dataclass
class Town:
    """A school with a published programme: a class and one beside it, the coordinator, an outsider."""

    room: Room
    beside: Room
    coordinator: Person
    outsider: Person


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.at(NOON):
        yield


@pytest.fixture
def town(store: Store) -> Town:
    with store() as session:
        room = a_room(session)
        beside = a_room(session, name="6A2", school=room.school)
        here = make.a_school_year(session, school=today_of(session, room.school))
        meeting = {"title": "Sinh hoạt lớp về mật khẩu", "channel": "class_meeting", "lessons": ("OS-06-01",)}
        an_assignment(
            session, room, opens_at=datetime(2026, 11, 2, tzinfo=UTC), closes_at=datetime(2026, 12, 2, tzinfo=UTC)
        )
        make.a_publication(session, here=here, activities=[*make.BOTH_STRANDS, meeting])
        coordinator = a_member(session, Role.COORDINATOR, school=room.school)
        return Town(room, beside, coordinator, a_member(session, Role.COORDINATOR))


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def rows(store: Store, table: type[Any]) -> list[Any]:
    """Every row of a table."""
    with store() as session:
        return list(session.scalars(select(table)))


def test_what_a_teacher_tells_becomes_a_delivery_only_when_the_coordinator_records_it(
    client: Client, town: Town, store: Store, new_client: Callable[[], Client]
) -> None:
    # Given a teacher whose class has had the lesson
    teacher, group = client.sign_in(town.room.teacher), town.room.class_group.id
    filled = text_of(teacher.get(f"{TELL}?channel=online_quiz&lesson=OS-06-01&class_group={group}"))
    assert "OS-06-01" in filled and 'value="20/11/2026"' in filled and f'value="{group}" checked' in filled
    # When the teacher tells it, nothing is recorded yet, and telling it again is refused
    told = teacher.post(TELL, {**DONE, "class_groups": str(group)})
    assert "Chờ điều phối viên" in text_of(teacher.follow(told))
    assert teacher.post(TELL, {**DONE, "class_groups": str(group)}).status_code == 422
    assert rows(store, Delivery) == []
    # When the coordinator opens it from the first page, the form is filled in
    coordinator = new_client().sign_in(town.coordinator)
    assert "1 việc thầy cô báo đã làm" in text_of(coordinator.get("/today"))
    index = f"/schools/{town.room.school.code}/deliveries"
    assert "Tiết 3." in text_of(coordinator.get(index))
    (row,) = rows(store, ToldDelivery)
    opened = coordinator.get(f"{index}/prefilled?told={row.id}")
    form = text_of(coordinator.follow(opened))
    assert 'value="19/11/2026"' in form and 'value="38"' in form and "Tiết 3." in form
    assert "selected" in form and "Sinh hoạt lớp về mật khẩu" in form
    assert rows(store, Delivery) == []
    # Then sending it records the delivery and settles what was told
    with store() as session:
        programme = queries.find_programme(session, town.room.school.id, row.year_id)
        assert programme is not None
        activities = queries.find_revision(session, programme.id).content["activities"]  # type: ignore[union-attr]  # published above
    data = {"activity": activities[-1]["id"], "taught_on": "19/11/2026", "head_count": "3", "note": ""}
    coordinator.follow(coordinator.post(opened.headers["Location"], {**data, "class_groups": str(group)}))
    (delivery,) = rows(store, Delivery)
    (row,) = rows(store, ToldDelivery)
    assert (row.delivery_id, row.settled_by) == (delivery.id, town.coordinator.id)
    assert "Đã ghi thành hoạt động" in text_of(teacher.get(TELL))
    assert "Thầy cô báo đã làm" not in text_of(coordinator.get(index))


def test_a_teacher_speaks_for_the_own_classes_and_of_days_that_were(client: Client, town: Town, store: Store) -> None:
    client.sign_in(town.room.teacher)
    wrong = (
        {"class_groups": str(town.beside.class_group.id)},
        {"taught_on": "21/11/2026"},
        {"taught_on": "01/01/2020"},
        {"head_count": "0"},
        {"channel": "fax"},
    )
    for change in wrong:
        answer = client.post(TELL, DONE | change)
        assert answer.status_code == 422, change
        assert "Tiết 3." in text_of(answer), change
    assert rows(store, ToldDelivery) == []
    assert client.get(f"/schools/{town.room.school.code}/deliveries/prefilled").status_code == 403


def test_what_was_told_can_be_passed_over_by_the_own_school_alone(client: Client, town: Town, store: Store) -> None:
    client.sign_in(town.room.teacher).post(TELL, DONE)
    (row,) = rows(store, ToldDelivery)
    assert client.post(f"/told-deliveries/{row.id}/dismiss").status_code == 403
    assert client.sign_in(town.outsider).post(f"/told-deliveries/{row.id}/dismiss").status_code == 404
    client.sign_in(town.coordinator)
    assert client.post(f"/told-deliveries/{row.id}/dismiss").status_code == 303
    assert client.sign_in(town.coordinator).get(TELL).status_code == 403
    (row,) = rows(store, ToldDelivery)
    assert row.settled_at is not None and row.delivery_id is None
    assert rows(store, Delivery) == []


def test_the_page_of_a_class_at_work_leads_teacher_and_coordinator_on(client: Client, town: Town, store: Store) -> None:
    client.sign_in(town.room.teacher)
    address = next(
        one for one in re.findall(r'href="/assignments/([\w-]+)"', text_of(client.get("/assignments"))) if one != "new"
    )
    assert "/deliveries/tell?channel=online_quiz&amp;lesson=OS-06-01" in text_of(client.get(f"/assignments/{address}"))
    client.sign_in(town.coordinator)
    assert "/deliveries/prefilled?channel=online_quiz" in text_of(client.get(f"/assignments/{address}"))


def test_a_thing_told_is_settled_once(session: Session) -> None:
    # Given something told
    room = a_room(session)
    here = make.a_school_year(session, school=today_of(session, room.school))
    values = actions.DeliveryValues(date(2026, 11, 19), 3, (room.class_group.id,))
    teacher, coordinator = make.a_viewer(room.teacher), make.a_viewer(a_member(session, Role.COORDINATOR))
    told = actions.tell_delivery(
        session,
        actor=teacher,
        school=here.school,
        year=here.year,
        channel="class_meeting",
        lesson_code="OS-06-01",
        values=values,
        class_group_ids=[room.class_group.id],
        now=NOON,
        today=date(2026, 11, 20),
    )
    waiting = queries.list_told(session, school_id=room.school.id, year_id=here.year.id)
    assert [(row.told.id, row.class_names) for row in waiting] == [(told.id, ("6A1",))]
    # When it is passed over twice
    for _click in range(2):
        actions.settle_told(session, actor=coordinator, told=told, delivery=None, now=NOON)
    # Then it waits no more
    assert queries.count_told(session, school_id=room.school.id, year_id=here.year.id) == 0
    assert queries.find_told(session, told.id, school_id=room.school.id) is None
