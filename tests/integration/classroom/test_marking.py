"""Answers in pupils' own words: what they are worth until somebody marks them, marking, and surveys beside them."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Role
from school_safety.assessment.rules import State
from school_safety.classroom import actions, queries, report
from school_safety.classroom.models import Mark
from school_safety.classroom.queries import AttemptFacts, AttemptSlot, GroupFacts
from school_safety.classroom.rules import GRACE, FeedbackRelease, body_hash
from school_safety.kit import clock
from school_safety.kit.errors import Refused
from tests.client import Client
from tests.factories.classroom import (
    CLOSES,
    NOW,
    RIGHT,
    Room,
    a_quiz,
    a_room,
    a_submission,
    a_viewer,
    an_answer,
    an_assignment,
    an_attempt,
)
from tests.factories.people import a_member

Store = Callable[[], AbstractContextManager[Session]]
MINUTE = timedelta(minutes=1)
ESSAY = 2
SEEN = body_hash(RIGHT["essay"])


def given_essay(session: Session, room: Room, **terms: Any) -> GroupFacts:
    """One choice and one essay of a point each."""
    return an_assignment(session, room, assessment=a_quiz(session, types=("choice", "essay")), **terms)


def mark(session: Session, room: Room, attempt: AttemptFacts, c1: int, c2: int, *, seen: str = SEEN) -> None:
    """The teacher gives these points (of at most 2 and 3)."""
    target = AttemptSlot(queries.get_attempt(session, attempt.id), ESSAY)
    criteria = {"c1": c1, "c2": c2}
    actions.mark_answer(
        session, actor=a_viewer(room.teacher), target=target, criteria=criteria, seen=seen, now=NOW + MINUTE
    )


def result_of(session: Session, attempt: AttemptFacts) -> tuple[Fraction, Fraction, int]:
    """What the pupil sees: earned, possible, answers that wait."""
    result = report.own_result(session, queries.get_attempt(session, attempt.id), now=NOW + 2 * MINUTE)
    assert result.total is not None
    return result.total.earned, result.total.maximum, result.unmarked


def test_until_it_is_marked_an_essay_is_worth_nothing_and_the_result_is_provisional(session: Session) -> None:
    room = a_room(session)
    done = a_submission(session, given_essay(session, room), room.pupils[0], right=2)
    assert result_of(session, done) == (1, 2, 1)
    assert queries.map_scores(session, [done.id])[done.id][ESSAY].state is State.UNMARKED


def test_marks_change_the_result_at_once_the_newest_counts_and_all_are_kept(session: Session) -> None:
    room = a_room(session)
    done = a_submission(session, given_essay(session, room), room.pupils[0], right=2)
    mark(session, room, done, 2, 0)
    assert result_of(session, done) == (1 + Fraction(2, 5), 2, 0)
    mark(session, room, done, 1, 3)
    assert result_of(session, done) == (1 + Fraction(4, 5), 2, 0)
    assert [one.criteria for one in session.scalars(select(Mark).order_by(Mark.id))] == [
        {"c1": 2, "c2": 0},
        {"c1": 1, "c2": 3},
    ]
    audits = session.scalars(select(AuditEvent).where(AuditEvent.verb == "answer.marked").order_by(AuditEvent.id))
    assert [(one.object_id, one.data) for one in audits] == [
        (done.public_id, {"slot": ESSAY, "points": 2}),
        (done.public_id, {"slot": ESSAY, "points": 4}),
    ]


def test_an_attempt_that_the_system_has_yet_to_submit_can_be_marked_and_is_submitted_by_it(session: Session) -> None:
    room = a_room(session)
    given = given_essay(session, room, minutes=10)
    attempt = an_attempt(session, given, room.pupils[0], now=NOW - 20 * MINUTE)
    an_answer(session, attempt, ESSAY, RIGHT["essay"], now=NOW - 15 * MINUTE)
    mark(session, room, attempt, 2, 3)
    assert queries.get_attempt(session, attempt.id).receipt is not None
    assert result_of(session, attempt) == (1, 2, 0)


def test_a_late_answer_that_is_accepted_after_marking_waits_again(session: Session) -> None:
    room = a_room(session)
    given = given_essay(session, room)
    done = a_submission(session, given, room.pupils[0], right=2)
    mark(session, room, done, 2, 3)
    an_answer(session, done, ESSAY, {"text": "Em viết lại."}, seq=9, now=CLOSES + GRACE + MINUTE)
    actions.decide_late(
        session, actor=a_viewer(room.teacher), attempt=done, accept=True, now=CLOSES + GRACE + 2 * MINUTE
    )
    assert result_of(session, done) == (1, 2, 1)
    with pytest.raises(Refused, match="answer_changed"):
        mark(session, room, done, 2, 3)
    mark(session, room, done, 0, 1, seen=body_hash({"text": "Em viết lại."}))
    assert result_of(session, done) == (1 + Fraction(1, 5), 2, 0)


def test_what_is_not_handed_in_left_empty_or_no_essay_cannot_be_marked(session: Session) -> None:
    room = a_room(session)
    given = given_essay(session, room)
    working = an_attempt(session, given, room.pupils[0])
    an_answer(session, working, ESSAY, RIGHT["essay"])
    with pytest.raises(Refused, match="not_submitted"):
        mark(session, room, working, 2, 3)
    empty = an_attempt(session, given, room.pupils[1])
    an_answer(session, empty, 1, RIGHT["choice"])
    actions.submit_attempt(session, attempt=empty, now=NOW)
    with pytest.raises(Refused, match="nothing_to_mark"):
        mark(session, room, empty, 2, 3)
    with pytest.raises(Refused, match="nothing_to_mark"):
        actions.mark_answer(
            session,
            actor=a_viewer(room.teacher),
            target=AttemptSlot(queries.get_attempt(session, empty.id), 1),
            criteria={},
            seen="",
            now=NOW,
        )
    assert session.scalars(select(Mark)).all() == []


def test_a_level_that_the_rubric_does_not_have_is_refused_beside_its_criterion(session: Session) -> None:
    room = a_room(session)
    done = a_submission(session, given_essay(session, room), room.pupils[0])
    with pytest.raises(Refused) as refused:
        mark(session, room, done, 2, 2)
    assert (refused.value.code, refused.value.field) == ("level_missing", "mark_c2")


def test_the_class_statistics_leave_unmarked_answers_out_of_the_mean(session: Session) -> None:
    room = a_room(session)
    given = given_essay(session, room)
    first, _second = (a_submission(session, given, pupil, right=2) for pupil in room.pupils[:2])
    mark(session, room, first, 2, 3)
    progress = report.class_progress(session, given, now=NOW + MINUTE)
    tally = progress.items[1].tally
    assert (tally.n, tally.right, tally.unmarked, tally.mean) == (2, 1, 1, 1)
    assert (progress.unmarked, progress.by_hand) == (1, True)


def test_a_survey_counts_in_no_total_no_statistics_and_no_report_on_a_pupil(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, assessment=a_quiz(session, types=("choice", "survey")))
    attempt = an_attempt(session, given, room.pupils[0])
    an_answer(session, attempt, 1, RIGHT["choice"])
    an_answer(session, attempt, 2, {"choice": "never"})
    actions.submit_attempt(session, attempt=attempt, now=NOW)
    fresh = queries.get_attempt(session, attempt.id)
    assert set(queries.map_scores(session, [attempt.id])[attempt.id]) == {1}
    for result in (report.own_result(session, fresh, now=NOW), report.attempt_for_teacher(session, fresh, now=NOW)):
        assert result.total is not None
        assert (result.total.earned, result.total.maximum) == (1, 1)
        assert [item.type for item in result.items] == ["choice"]
        assert [line.position for line in result.answers] == [1]
        assert (result.answered, result.asked) == (2, 2)
    assert [line.slot.type for line in report.class_progress(session, given, now=NOW).items] == ["choice"]


def test_a_forgotten_pupils_own_words_are_gone_and_the_result_stays(session: Session) -> None:
    room = a_room(session)
    given = given_essay(session, room)
    done, other = (a_submission(session, given, pupil, right=2) for pupil in room.pupils[:2])
    mark(session, room, done, 2, 3)
    actions.erase_person(session, room.pupils[0].id)
    left = {one.attempt_id: one.value for one in queries.list_responses(session, [done.id, other.id]) if one.slot == 2}
    assert left == {done.id: {"text": ""}, other.id: RIGHT["essay"]}
    assert queries.map_totals(session, [done.id])[done.id].earned == 2


# ---- Pages ----


class Setting:
    """A class of three with an essay; two pupils have handed it in."""

    def __init__(self, store: Store) -> None:
        with store() as session:
            self.room = a_room(session)
            given = given_essay(session, self.room, feedback_release=FeedbackRelease.AT_SUBMIT)
            self.group = given.group.public_id
            self.done = [a_submission(session, given, pupil, right=2) for pupil in self.room.pupils[:2]]
            self.principal = a_member(session, Role.PRINCIPAL, school=self.room.school)


def test_a_teacher_marks_one_answer_after_the_other_and_the_pupils_see_it(store: Store, client: Client) -> None:
    setting = Setting(store)
    with clock.at(NOW + MINUTE):
        client.sign_in(setting.room.pupils[0])
        assert (
            "Điểm tạm tính: còn 1 câu chờ thầy cô chấm."
            in client.get(f"/learn/results/{setting.done[0].public_id}").text
        )
        assert "tạm tính, còn 1 câu chờ chấm" in client.get("/learn/results").text
        client.sign_in(setting.room.teacher)
        assert "tạm tính" in client.get(f"/assignments/{setting.group}").text
        queue = client.get(f"/assignments/{setting.group}/marking")
        assert "Còn 2 bài chờ chấm" in queue.text
        order = sorted(setting.done, key=lambda attempt: attempt.public_id)
        first, second = (f"/attempts/{attempt.public_id}/marks/{ESSAY}" for attempt in order)
        page = client.get(first)
        assert "Em dừng lại, không bấm, rồi hỏi cô." in page.text
        marks = {"seen": SEEN, "mark_c1": "2", "mark_c2": "3"}
        answer = client.post(first, marks)
        assert answer.headers["Location"].endswith(second)
        assert "Lớp còn 1 bài chờ chấm" in client.follow(answer).text
        refused = client.post(second, {"seen": SEEN, "mark_c1": "2"})
        assert refused.status_code == 422
        assert "Hãy chọn một mức cho tiêu chí này." in refused.text
        end = client.follow(client.post(second, {**marks, "mark_c2": "0"}))
        assert "Đã chấm hết" in end.text
        assert "Các lần chấm" in client.get(second).text
        assert "Chấm lại câu này" in client.get(f"/attempts/{order[0].public_id}").text
        client.get(f"/assignments/{setting.group}/items")
        table = list(
            csv.reader(io.StringIO(client.get(f"/assignments/{setting.group}/results.csv").text.lstrip("\ufeff")))
        )
        assert "Câu trả lời chờ chấm" in table[0]
        client.sign_in(setting.room.pupils[0])
        seen = client.get(f"/learn/results/{setting.done[0].public_id}").text
        assert "tạm tính" not in seen
        assert "3 trên 3 điểm" in seen or "0 trên 3 điểm" in seen


def test_a_principal_sees_results_but_does_not_mark_and_an_unmarkable_answer_is_not_found(
    store: Store, client: Client
) -> None:
    setting = Setting(store)
    with clock.at(NOW + MINUTE):
        client.sign_in(setting.principal)
        assert client.get(f"/assignments/{setting.group}/marking").status_code == 403
        assert "Chấm câu này" not in client.get(f"/attempts/{setting.done[0].public_id}").text
        client.sign_in(setting.room.teacher)
        assert client.get(f"/attempts/{setting.done[0].public_id}/marks/1").status_code == 404


PAGES = {
    "grid": ({"r1": "risky", "r2": "ask"}, "Ô đúng"),
    "gap": ({"g1": "b", "g2": "a"}, "Từ đúng"),
    "short": ({"text": "mật khẩu"}, "Câu trả lời được chấp nhận"),
    "essay": ({"text": "Em sẽ dừng lại."}, "Chờ thầy cô chấm"),
    "survey": ({"choice": "often"}, None),
}


def test_every_type_is_answered_by_plain_posts_handed_in_and_reviewed(store: Store, client: Client) -> None:
    with store() as session:
        room = a_room(session)
        group = an_assignment(session, room, assessment=a_quiz(session, types=tuple(PAGES))).group.public_id
    with clock.at(NOW):
        client.sign_in(room.pupils[0])
        started = client.post(f"/learn/assignments/{group}/start")
        attempt = started.headers["Location"].split("/attempts/")[1].split("/")[0]
        for slot, (fields, _words) in enumerate(PAGES.values(), start=1):
            url = f"/learn/attempts/{attempt}/items/{slot}"
            assert client.get(url).status_code == 200
            filled = {f"q{slot}-{name}": value for name, value in fields.items()}
            assert client.post(url, {**filled, "go": "next"}).status_code == 303
            again = client.get(url).text
            assert "checked" in again or "selected" in again or fields.get("text", "-") in again
        assert client.follow(client.post(f"/learn/attempts/{attempt}/submit")).status_code == 200
        result = client.get(f"/learn/results/{attempt}").text
        for _fields, words in PAGES.values():
            assert words is None or words in result
        assert "Luôn" not in result
        client.sign_in(room.teacher)
        assert "Luôn" not in client.get(f"/attempts/{attempt}").text
