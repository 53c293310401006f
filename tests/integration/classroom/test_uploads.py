"""Sealed answers in batches, on both databases: acknowledged, replayed, refused one by one, never given back."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.classroom import actions, queries
from school_safety.classroom.actions import Acknowledgement, SentAnswer
from school_safety.classroom.models import Response, Submission
from school_safety.classroom.queries import AttemptFacts
from school_safety.classroom.readers import upload_token
from school_safety.classroom.rules import GRACE
from school_safety.kit import clock
from tests.client import Client
from tests.conftest import counting
from tests.factories.classroom import NOW, a_quiz, a_room, an_assignment, an_attempt
from tests.factories.uploads import a_sealed_answer, an_upload

CHOSE = {letter: {"choice": letter} for letter in "AB"}
LATE = NOW + timedelta(minutes=10) + GRACE + timedelta(seconds=1)


def an_open_attempt(session: Session) -> AttemptFacts:
    room = a_room(session)
    return an_attempt(session, an_assignment(session, room, minutes=10), room.pupils[0])


def sent(slot: int, value: Any, seq: int = 1, uuid: str = "1" * 32) -> SentAnswer:
    return SentAnswer(slot, uuid, seq, value)


def take(session: Session, attempt: AttemptFacts, *answers: SentAnswer, now: Any = NOW) -> list[Acknowledgement | str]:
    locked = queries.lock_attempt(session, attempt.public_id, to_submit=False)
    return actions.take_answers(session, attempt=locked, sent=answers, now=now)


def stored(session: Session) -> list[tuple[int, bool, Any]]:
    rows = session.execute(select(Response.slot, Response.late, Response.value).order_by(Response.slot, Response.late))
    return [tuple(row) for row in rows]


def test_a_batch_is_two_statements_and_its_replay_gets_the_same_acknowledgements(session: Session) -> None:
    attempt = an_open_attempt(session)
    batch = (sent(1, CHOSE["A"]), sent(2, {"choices": ["A"]}, uuid="2" * 32), sent(3, None, uuid="3" * 32))
    with counting(session.connection().engine) as statements:
        first = take(session, attempt, *batch)
    assert len(statements) == 2
    assert all(isinstance(ack, Acknowledgement) and ack.kept and not ack.late for ack in first)
    assert take(session, attempt, *batch) == first
    assert stored(session) == [(1, False, CHOSE["A"]), (2, False, {"choices": ["A"]}), (3, False, None)]


def test_within_and_across_batches_the_highest_number_stays(session: Session) -> None:
    attempt = an_open_attempt(session)
    newer, older = sent(1, CHOSE["B"], seq=3, uuid="3" * 32), sent(1, CHOSE["A"], seq=2, uuid="2" * 32)
    kept = [ack.kept for ack in take(session, attempt, newer, older) if isinstance(ack, Acknowledgement)]
    assert kept == [True, False]
    (still,) = take(session, attempt, sent(1, CHOSE["A"], seq=1))
    assert isinstance(still, Acknowledgement) and not still.kept
    assert stored(session) == [(1, False, CHOSE["B"])]


def test_one_uuid_for_two_answers_is_an_error_of_that_answer_alone(session: Session) -> None:
    attempt = an_open_attempt(session)
    take(session, attempt, sent(1, CHOSE["A"]))
    wrong, right = take(session, attempt, sent(1, CHOSE["B"], seq=2), sent(2, {"choices": ["A"]}, uuid="2" * 32))
    assert wrong == "uuid_used"
    assert isinstance(right, Acknowledgement) and right.kept


@pytest.mark.parametrize("submitted", [False, True])
def test_what_comes_late_or_after_handing_in_is_kept_beside_and_marked(session: Session, submitted: bool) -> None:
    attempt = an_open_attempt(session)
    take(session, attempt, sent(1, CHOSE["A"]))
    if submitted:
        actions.submit_attempt(session, attempt=attempt, now=NOW)
    (ack,) = take(session, attempt, sent(1, CHOSE["B"], seq=2, uuid="2" * 32), now=NOW if submitted else LATE)
    assert isinstance(ack, Acknowledgement) and ack.kept and ack.late
    assert stored(session) == [(1, False, CHOSE["A"]), (1, True, CHOSE["B"])]


def test_an_answer_that_was_fixed_or_an_attempt_that_is_void_takes_nothing(session: Session) -> None:
    attempt = an_open_attempt(session)
    session.execute(queries.ADD_CHECK, {"attempt_id": attempt.id, "slot": 1, "checked_at": NOW})
    assert take(session, attempt, sent(1, CHOSE["A"])) == ["answer_fixed"]
    teacher = a_room(session, name="6A2").teacher
    void = {"attempt_id": attempt.id, "at": NOW, "by": teacher.id, "reason": "Nhầm bài"}
    session.connection().execute(queries.VOID_ATTEMPT, void)
    assert take(session, attempt, sent(2, {"choices": ["A"]})) == ["attempt_void"]
    assert stored(session) == []


# ---- Over HTTP: no session, the token is the proof ----


@pytest.fixture
def attempt(app: Flask) -> str:
    """A pupil's open attempt, by its public id; nobody is signed in."""
    with app.extensions["database"].writing() as session:
        return an_open_attempt(session).public_id


def upload(client: Client, body: Any) -> Any:
    with clock.at(NOW):
        return client.browser.post("/learn/upload", json=body)


def test_whoever_is_online_sends_the_answers_and_the_wish_to_hand_in(app: Flask, client: Client, attempt: str) -> None:
    one, two = a_sealed_answer(attempt, 1, [["q1-choice", "A"]]), a_sealed_answer(attempt, 2, [["q2-choices", "A"]])
    said = upload(client, an_upload(attempt, one, two, submit=True))
    assert said.status_code == 200
    assert [(line["slot"], line["uuid"], line["saved"], line["late"]) for line in said.json["answers"]] == [
        (1, one["uuid"], True, False),
        (2, two["uuid"], True, False),
    ]
    assert said.json["submitted"] and said.json["remaining"] == 600
    again = upload(client, an_upload(attempt, one, two, submit=True))
    assert again.json == said.json
    with app.extensions["database"].reading() as session:
        assert [value for _, _, value in stored(session)] == [CHOSE["A"], {"choices": ["A"]}]
        receipt = session.scalars(select(Submission.receipt)).one()
    assert receipt not in said.get_data(as_text=True)


def test_a_bad_answer_is_told_and_the_others_are_kept(client: Client, attempt: str) -> None:
    good = a_sealed_answer(attempt, 1, [["q1-choice", "A"]])
    stranger = {**a_sealed_answer(attempt, 2, [["q2-choices", "A"]]), "slot": 3}
    answers = (
        good,
        a_sealed_answer(attempt, 2, [["q2-choices", "Z"]]),
        stranger,
        {**good, "seq": 9},
        a_sealed_answer(attempt, 4, []),
        a_sealed_answer(attempt, 3, "không phải danh sách"),
        {**good, "slot": 2, "sealed": "###"},
    )
    lines = upload(client, an_upload(attempt, *answers)).json["answers"]
    assert lines[0]["saved"]
    assert [line.get("error") for line in lines[1:]] == [
        *("bad_answer", "unsealable", "unsealable", "unknown_slot", "bad_answer", "unsealable"),
    ]


def test_without_the_attempt_s_own_token_nothing_is_taken(app: Flask, client: Client, attempt: str) -> None:
    body = an_upload(attempt, a_sealed_answer(attempt, 1, [["q1-choice", "A"]]))
    assert upload(client, {**body, "token": upload_token("x" * 20)}).status_code == 403
    assert upload(client, {**body, "attempt": "x" * 20, "token": upload_token("x" * 20)}).status_code == 404
    for shape in ([], {}, {**body, "more": 1}, {**body, "answers": [{"slot": 1}]}, {**body, "answers": None}):
        assert upload(client, shape).status_code == 422
    with app.extensions["database"].reading() as session:
        assert stored(session) == []


# ---- Types whose answers go on from what stands ----


def path(*steps: str) -> dict[str, Any]:
    return {"path": [{"n": step[:2], "c": step[3:]} for step in steps]}


def a_story_begun(session: Session) -> AttemptFacts:
    room = a_room(session)
    quiz = a_quiz(session, types=("choice", "branch", "lateral"))
    return an_attempt(session, an_assignment(session, room, assessment=quiz, minutes=10), room.pupils[0])


def told(slot: int, value: Any, seq: int) -> SentAnswer:
    return SentAnswer(slot, f"{slot}{seq:031}", seq, value, "branch" if slot == 2 else "lateral")


def test_a_first_choice_stays_whatever_another_device_sends_afterwards(session: Session) -> None:
    attempt = a_story_begun(session)
    take(session, attempt, told(2, path("n1:c"), 1))
    with counting(session.connection().engine) as statements:
        take(session, attempt, sent(1, CHOSE["A"]), told(2, path("n1:a"), 2))
    assert len(statements) == (4 if session.connection().dialect.name == "postgresql" else 3)
    (older,) = take(session, attempt, told(2, path("n1:c"), 1))
    assert isinstance(older, Acknowledgement) and not older.kept
    take(session, attempt, told(2, path("n1:a", "n2:a"), 3))
    take(session, attempt, told(2, None, 4))
    assert (2, False, path("n1:c", "n1:a", "n2:a")) in stored(session)
    actions.submit_attempt(session, attempt=attempt, now=NOW)
    take(session, attempt, told(2, path("n1:a", "n2:a", "n2:b"), 5))
    assert (2, True, path("n1:c", "n1:a", "n2:a", "n2:b")) in stored(session)


def test_pages_looked_at_after_judging_are_not_put_before_the_verdict(session: Session) -> None:
    attempt = a_story_begun(session)
    answer = {"opened": [], "verdict": "yes", "evidence": []}
    take(session, attempt, told(3, answer, 1))
    take(session, attempt, told(3, {**answer, "opened": ["p2"]}, 2))
    assert (3, False, answer) in stored(session)
    take(session, attempt, told(3, {**answer, "opened": ["p2"], "verdict": "no"}, 3))
    assert (3, False, {**answer, "opened": ["p2"], "verdict": "no"}) in stored(session)
