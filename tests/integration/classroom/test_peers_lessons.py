"""Complaints about systems like ours, as pages: docs/lessons-from-peers-covered.md names their numbers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy.orm import Session

from school_safety.classroom import actions, queries
from school_safety.classroom.rules import GRACE, AttemptPolicy
from school_safety.kit import clock
from tests.client import Client
from tests.factories.classroom import (
    CLOSES,
    NOW,
    a_quiz,
    a_room,
    a_submission,
    a_viewer,
    an_answer,
    an_assignment,
    an_attempt,
)
from tests.factories.uploads import a_sealed_answer, an_upload

Store = Callable[[], AbstractContextManager[Session]]
REPORTS = (
    *("", "/items", "/late", "/marking", "/second-marking", "/survey", "/paper", "/paper/print"),
    *("/results.csv", "/results.xlsx", "/survey.csv", "/survey.xlsx", "/items/1/regrade", "/items/1/swap"),
)


def test_the_live_view_holds_what_came_online_from_a_device_afterwards_and_on_paper(
    store: Store, client: Client, new_client: Callable[[], Client]
) -> None:
    with store() as session:
        room = a_room(session)
        given = an_assignment(session, room, minutes=10)
        online, synced, on_paper = room.pupils
        a_submission(session, given, online)
        attempt = an_attempt(session, given, synced).public_id
        sheet = {on_paper.id: {1: {"choice": "A"}}}
        actions.enter_paper(session, actor=a_viewer(room.teacher), given=given, sheets=sheet, now=NOW)
    with clock.at(NOW):
        client.sign_in(room.teacher)
        page = client.get(f"/assignments/{given.group.public_id}").text
        assert "2 đã nộp, 1 đang làm" in page and 'data-behaviour="refresh"' in page
        sent = an_upload(attempt, a_sealed_answer(attempt, 1, [["q1-choice", "A"]]), submit=True)
        assert new_client().browser.post("/learn/upload", json=sent).status_code == 200
        assert "3 đã nộp, 0 đang làm" in client.get(f"/assignments/{given.group.public_id}").text
    with clock.at(NOW + GRACE * 10):
        late = an_upload(attempt, a_sealed_answer(attempt, 2, [["q2-choices", "A"]]))
        new_client().browser.post("/learn/upload", json=late)
        assert "1 câu đến muộn chờ thầy cô" in client.get(f"/assignments/{given.group.public_id}").text


@pytest.mark.parametrize("pupils", [0, 2])
def test_every_report_of_a_class_opens_while_nobody_has_begun(store: Store, client: Client, pupils: int) -> None:
    with store() as session:
        room = a_room(session, pupils=pupils)
        given = an_assignment(session, room, assessment=a_quiz(session, types=("choice", "essay", "survey", "branch")))
    for moment in (NOW, CLOSES + GRACE * 2):
        with clock.at(moment):
            client.sign_in(room.teacher)
            for report in REPORTS:
                assert client.get(f"/assignments/{given.group.public_id}{report}").status_code == 200, report


def test_the_pupil_reads_which_attempt_counts_before_beginning_and_the_best_one_stays(
    store: Store, client: Client
) -> None:
    with store() as session:
        room = a_room(session)
        given = an_assignment(session, room, attempts_allowed=2, attempt_policy=AttemptPolicy.BEST)
    with clock.at(NOW):
        client.sign_in(room.pupils[0])
        assert "Lấy lượt cao điểm nhất." in client.get(f"/learn/assignments/{given.group.public_id}").text
        with store() as session:
            fresh = queries.load_group(session, given.group.public_id)[0]
            a_submission(session, fresh, room.pupils[0], right=3)
            last = a_submission(session, fresh, room.pupils[0], right=0).public_id
        page = client.get(f"/learn/results/{last}").text
        assert "Điểm của bài: 3/3 điểm" in page and "Lấy lượt cao điểm nhất." in page


def test_the_teacher_reads_every_choice_of_a_story_also_what_was_tried_after_going_back(
    store: Store, client: Client
) -> None:
    walked: dict[str, Any] = {"path": [{"n": "n1", "c": "c"}, {"n": "n1", "c": "a"}, {"n": "n2", "c": "a"}]}
    with store() as session:
        room = a_room(session)
        given = an_assignment(session, room, assessment=a_quiz(session, types=("branch",)))
        attempt = an_attempt(session, given, room.pupils[0])
        an_answer(session, attempt, 1, walked)
        actions.submit_attempt(session, attempt=attempt, now=NOW)
    with clock.at(NOW):
        client.sign_in(room.teacher)
        page = client.get(f"/attempts/{attempt.public_id}").text
    counted, _, tried = page.partition("Quay lại và chọn thêm, không tính điểm")
    assert "Em chọn cách c để đi đến e3" in counted
    assert "Em chọn cách a để đi đến n2" in tried and "Em chọn cách a để đi đến e1" in tried
