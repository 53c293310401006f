"""More time and attempts, waiting between attempts, late answers, both attempts: what teachers and pupils see."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.classroom import actions, jobs, queries
from school_safety.classroom.models import Assignment, PupilAccommodation, Submission
from school_safety.classroom.queries import PupilOfClass
from school_safety.classroom.rules import (
    GRACE,
    Accommodation,
    AttemptPolicy,
    FeedbackRelease,
    StartProblem,
)
from school_safety.kit import clock
from school_safety.kit.errors import Refused
from school_safety.kit.jobs import Job
from school_safety.roster.models import Enrolment
from tests.client import Client
from tests.factories.classroom import (
    CLOSES,
    NOW,
    RIGHT,
    Room,
    a_room,
    a_submission,
    a_viewer,
    an_answer,
    an_assignment,
    an_attempt,
)

Store = Callable[[], AbstractContextManager[Session]]
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def pupil_of(session: Session, room: Room, number: int = 0) -> PupilOfClass:
    """A pupil of the class as the guard loads them."""
    enrolment = session.scalars(select(Enrolment).where(Enrolment.person_id == room.pupils[number].id)).one()
    return queries.load_pupil_of_class(session, room.class_group.id, enrolment.public_id)[0]


def give(session: Session, room: Room, extra: Accommodation, **own: Any) -> None:
    """The teacher gives the first pupil something on top from today on."""
    days = {"valid_from": clock.local(NOW).date(), "valid_to": None, **own}
    target = pupil_of(session, room)
    actions.accommodate_pupil(session, actor=a_viewer(room.teacher), target=target, extra=extra, now=NOW, **days)


def test_extra_time_moves_running_attempts_later_and_holds_for_later_ones(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, minutes=20, attempts_allowed=2)
    one, other = room.pupils[:2]
    running, beside = an_attempt(session, given, one), an_attempt(session, given, other)
    # When
    give(session, room, Accommodation(percent=50, attempts=1))
    # Then
    deadlines = [queries.get_attempt(session, each.id).deadline_at for each in (running, beside)]
    assert deadlines == [NOW + 30 * MINUTE, NOW + 20 * MINUTE]
    # When the teacher takes it back, the running attempt keeps its time and the next one has none
    actions.withdraw_accommodation(
        session, actor=a_viewer(room.teacher), target=pupil_of(session, room), now=NOW + MINUTE
    )
    assert queries.get_attempt(session, running.id).deadline_at == NOW + 30 * MINUTE
    an_answer(session, running, 1, RIGHT["choice"])
    actions.submit_attempt(session, attempt=running, now=NOW + MINUTE)
    second = an_attempt(session, given, one, now=NOW + 2 * MINUTE)
    assert second.deadline_at == NOW + 22 * MINUTE
    audit = session.scalars(select(AuditEvent).where(AuditEvent.verb == "accommodation.given")).one()
    assert audit.data == {"person": one.id}


def test_a_class_with_extra_time_works_past_the_close_and_the_worker_comes_back(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, feedback_release=FeedbackRelease.AFTER_CLOSE)
    done = a_submission(session, given, room.pupils[1])
    extra = Accommodation(minutes=15)
    actions.accommodate_class(session, actor=a_viewer(room.teacher), given=given, extra=extra, now=NOW)
    running = an_attempt(session, given, room.pupils[0])
    an_answer(session, running, 1, RIGHT["choice"])
    assert running.deadline_at == CLOSES + 15 * MINUTE
    # Then nobody sees keys while this pupil still works
    still = CLOSES + GRACE + MINUTE
    assert not queries.get_attempt(session, done.id).visible(still).feedback
    assert queries.get_attempt(session, done.id).visible(CLOSES + 15 * MINUTE + GRACE + SECOND).feedback
    # And the worker, come at the usual close, comes again
    with clock.at(CLOSES + GRACE + SECOND):
        jobs.close_forgotten(session, {"assignment_id": given.group.assignment_id})
    assert session.get(Submission, running.id) is None
    due = [job.due_at for job in session.scalars(select(Job).where(Job.kind == actions.CLOSE_JOB))]
    assert CLOSES + 15 * MINUTE + GRACE + SECOND in due


def test_the_pause_between_two_attempts_is_kept_and_further_ones_come_from_the_note(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, attempts_allowed=1, delay_minutes=60)
    give(session, room, Accommodation(attempts=1))
    a_submission(session, given, room.pupils[0])
    with pytest.raises(Refused) as refused:
        an_attempt(session, given, room.pupils[0], now=NOW + 59 * MINUTE)
    assert refused.value.code == StartProblem.TOO_SOON_AGAIN
    assert an_attempt(session, given, room.pupils[0], now=NOW + 60 * MINUTE).number == 2


def test_a_new_note_replaces_the_old_one_and_wrong_ones_are_refused_beside_their_field(
    store: Store, client: Client
) -> None:
    with store() as session:
        room = a_room(session)
        enrolment = pupil_of(session, room).enrolment
        an_assignment(session, room, minutes=20)
    url = f"/class-groups/{room.class_group.id}/extra"
    day = {"valid_from": "23/11/2026"}
    with clock.at(NOW):
        client.sign_in(room.teacher)
        assert "không ghi lý do" in client.get(url).text
        both = client.post(f"{url}/{enrolment}", {"percent": "50", "minutes": "5", **day})
        assert both.status_code == 422 and "không ghi cả hai" in both.text
        early = client.post(f"{url}/{enrolment}", {"minutes": "5", "valid_to": "22/11/2026", **day})
        assert early.status_code == 422 and "Ngày cuối sớm hơn ngày đầu" in early.text
        client.post(f"{url}/{enrolment}", {"minutes": "15", **day})
        listed = client.follow(client.post(f"{url}/{enrolment}", {"percent": "50", **day}))
        assert "thêm 50% thời gian" in listed.text
        with store() as session:
            rows = session.scalars(select(PupilAccommodation)).all()
        assert [row.withdrawn_at is None for row in rows] == [False, True]
        ended = client.follow(client.post(f"{url}/{enrolment}/withdraw"))
        assert "Đã thôi áp dụng" in ended.text and "thêm 50%" not in ended.text


def test_the_pupil_reads_the_own_extra_time_and_no_classmate_does(
    store: Store, client: Client, new_client: Callable[[], Client]
) -> None:
    with store() as session:
        room = a_room(session)
        given = an_assignment(session, room, minutes=20, attempts_allowed=2, delay_minutes=120)
        give(session, room, Accommodation(minutes=15))
    with clock.at(NOW):
        own = client.sign_in(room.pupils[0]).get(f"/learn/assignments/{given.group.public_id}").text
        mate = new_client().sign_in(room.pupils[1])
        theirs = mate.get(f"/learn/assignments/{given.group.public_id}").text
        assert "Em có thêm 15 phút." in own and "2 giờ" in own
        assert "thêm 15" not in theirs
        refused = mate.get(f"/class-groups/{room.class_group.id}/extra")
        assert refused.status_code in (403, 404)


def test_the_teacher_takes_one_late_answer_and_leaves_another_and_may_change_it(
    store: Store, client: Client, new_client: Callable[[], Client]
) -> None:
    late = CLOSES + 10 * MINUTE
    with store() as session:
        room = a_room(session)
        given = an_assignment(session, room)
        attempt = an_attempt(session, given, room.pupils[0])
        an_answer(session, attempt, 1, {"choice": "B"})
        an_answer(session, attempt, 1, RIGHT["choice"], seq=2, now=late)
        an_answer(session, attempt, 2, RIGHT["multi"], now=late)
    url = f"/assignments/{given.group.public_id}/late"
    decide = f"/attempts/{attempt.public_id}/late"
    with clock.at(late + MINUTE):
        client.sign_in(room.teacher)
        page = client.get(url).text
        assert "2 câu trả lời đến sau giờ" in page and "muộn 10 phút" in page and "Lựa chọn B" in page
        client.post(f"{decide}/2", {"accept": "0"})
        taken = client.follow(client.post(f"{decide}/1", {"accept": "1"}))
        assert "Đã nhận câu 1" in taken.text and "Không tính" in taken.text
        own = new_client().sign_in(room.pupils[0]).get(f"/learn/results/{attempt.public_id}").text
        assert "Thầy cô đã nhận 1 câu" in own and "1 câu trả lời đến sau giờ không được tính." in own
        assert "1/3 điểm" in own
        # When the teacher changes both decisions
        client.post(f"{decide}/1", {"accept": "0"})
        client.post(f"{decide}/2", {"accept": "1"})
        with store() as session:
            answers = {row.slot: row.accepted_at for row in queries.list_responses(session, [attempt.id]) if row.late}
            total = queries.map_totals(session, [attempt.id])[attempt.id]
        assert answers[1] is None and answers[2] is not None and total.earned == 1
        assert client.post(f"{decide}/3", {"accept": "1"}).status_code == 303


@pytest.mark.parametrize(
    ("policy", "points"),
    [
        (AttemptPolicy.FIRST, "1/3 điểm"),
        (AttemptPolicy.LAST, "2/3 điểm"),
        (AttemptPolicy.AVERAGE, "1,50/3 điểm"),
    ],
)
def test_page_of_the_pupil_and_of_the_teacher_and_the_file_show_one_result_of_both_attempts(
    store: Store, client: Client, new_client: Callable[[], Client], policy: AttemptPolicy, points: str
) -> None:
    with store() as session:
        room = a_room(session)
        given = an_assignment(session, room, attempts_allowed=2, attempt_policy=policy)
        first = a_submission(session, given, room.pupils[0], right=1)
        second = a_submission(session, given, room.pupils[0], right=2, now=NOW + MINUTE)
    with clock.at(NOW + 2 * MINUTE):
        client.sign_in(room.teacher)
        both = client.get(f"/attempts/{first.public_id}").text
        assert f"/attempts/{second.public_id}" in both and f"Điểm của bài: {points}" in both
        listed = client.get(f"/assignments/{given.group.public_id}").text
        assert f"/attempts/{first.public_id}" in listed and f"/attempts/{second.public_id}" in listed
        file = client.get(f"/assignments/{given.group.public_id}/results.csv").get_data(as_text=True)
        earned = {"1/3 điểm": "1", "2/3 điểm": "2", "1,50/3 điểm": "1.500000"}[points]
        assert f",{earned},3," in next(line for line in file.splitlines() if "Lê Thị Hồng Ân" in line)
        own = new_client().sign_in(room.pupils[0]).get(f"/learn/results/{second.public_id}").text
        assert f"Điểm của bài: {points}" in own


def test_giving_several_attempts_with_keys_between_them_asks_once_more_and_keeps_the_form(
    store: Store, client: Client
) -> None:
    with store() as session:
        room = a_room(session)
        an_assignment(session, room)
    with clock.at(NOW):
        client.sign_in(room.teacher)
        url = f"/assignments/new?lesson=OS-06-01&class={room.class_group.id}"
        page = client.get(url).text
        assert f'value="{room.class_group.id}" checked' in page
        chosen = page.split('name="assessment" type="radio" value="')[1].split('"')[0]
        fields = {
            "classes": [str(room.class_group.id)],
            "assessment": chosen,
            "attempts_allowed": "2",
            "opens_at": "23/11/2026 10:00",
            "closes_at": "30/11/2026 21:00",
            "delay": "3",
            "delay_unit": "hours",
            "attempt_policy": "best",
            "feedback_release": "at_submit",
        }
        asked = client.post(url, fields)
        assert asked.status_code == 422 and "thấy lời giải trước khi làm lượt thứ hai" in asked.text
        given = client.follow(client.post(url, {**fields, "keys_seen": "y"}))
        assert "Đã giao bài cho 1 lớp." in given.text
        client.post(url, {**fields, "feedback_release": "after_close"})
    with store() as session:
        delays = session.scalars(select(Assignment.attempt_delay).order_by(Assignment.id)).all()
    assert delays == [0, 180, 180]
