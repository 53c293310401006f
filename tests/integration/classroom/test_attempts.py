"""Starting, saving, submitting and closing on both databases."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.classroom import actions, queries, report
from school_safety.classroom.models import Attempt, Response, Submission
from school_safety.classroom.rules import GRACE, AttemptState, FeedbackRelease, StartProblem, SubmittedBy
from school_safety.kit import clock
from school_safety.kit.errors import Conflict, Refused
from tests.factories.classroom import (
    CLOSES,
    NOW,
    OPENS,
    RIGHT,
    WRONG,
    a_room,
    a_submission,
    a_viewer,
    an_answer,
    an_assignment,
    an_attempt,
)

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def stored(session: Session, attempt_id: int) -> dict[tuple[int, bool], object]:
    rows = session.execute(
        select(Response.slot, Response.late, Response.value).where(Response.attempt_id == attempt_id)
    )
    return {(slot, late): value for slot, late, value in rows}


def test_an_attempt_is_one_row_however_often_it_is_started(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, minutes=15)
    first = an_attempt(session, given, room.pupils[0])
    again = an_attempt(session, given, room.pupils[0], now=NOW + MINUTE)
    an_attempt(session, given, room.pupils[1])
    assert (again.id, again.number) == (first.id, 1)
    assert first.deadline_at == NOW + 15 * MINUTE
    assert session.scalar(select(func.count()).select_from(Attempt)) == 2


@pytest.mark.parametrize(
    ("now", "problem"),
    [(OPENS - SECOND, StartProblem.NOT_OPEN_YET), (CLOSES, StartProblem.WINDOW_CLOSED)],
)
def test_outside_the_window_nothing_starts(session: Session, now: object, problem: StartProblem) -> None:
    room = a_room(session)
    given = an_assignment(session, room)
    with pytest.raises(Refused) as refused:
        actions.start_attempt(session, actor=a_viewer(room.pupils[0]), given=given, now=now)  # type: ignore[arg-type]  # a moment
    assert refused.value.code == problem


def test_the_attempts_allowed_are_the_attempts_given(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, attempts_allowed=2)
    for _ in range(2):
        a_submission(session, given, room.pupils[0])
    with pytest.raises(Refused) as refused:
        an_attempt(session, given, room.pupils[0])
    assert refused.value.code == StartProblem.NO_ATTEMPTS_LEFT


def test_a_reading_has_nothing_to_start(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, only_reading=True)
    with pytest.raises(Refused) as refused:
        an_attempt(session, given, room.pupils[0])
    assert refused.value.code == StartProblem.NOTHING_TO_DO


def test_a_replay_gets_the_first_acknowledgement_and_changes_nothing(session: Session) -> None:
    room = a_room(session)
    attempt = an_attempt(session, an_assignment(session, room), room.pupils[0])
    first = an_answer(session, attempt, 1, RIGHT["choice"], seq=1, client_uuid="a" * 32)
    again = an_answer(session, attempt, 1, RIGHT["choice"], seq=1, client_uuid="a" * 32, now=NOW + MINUTE)
    assert again == first and first.kept and not first.late
    assert session.scalar(select(Response.saved_at)) == NOW


def test_an_older_sequence_is_acknowledged_but_never_overwrites(session: Session) -> None:
    room = a_room(session)
    attempt = an_attempt(session, an_assignment(session, room), room.pupils[0])
    an_answer(session, attempt, 1, RIGHT["choice"], seq=5)
    older = an_answer(session, attempt, 1, WRONG["choice"], seq=4)
    assert older.ack and not older.kept
    assert stored(session, attempt.id) == {(1, False): RIGHT["choice"]}


def test_a_newer_sequence_wins_and_an_answer_can_be_taken_back(session: Session) -> None:
    room = a_room(session)
    attempt = an_attempt(session, an_assignment(session, room), room.pupils[0])
    an_answer(session, attempt, 1, RIGHT["choice"], seq=1)
    an_answer(session, attempt, 1, WRONG["choice"], seq=2)
    assert stored(session, attempt.id) == {(1, False): WRONG["choice"]}
    an_answer(session, attempt, 1, None, seq=3)
    assert stored(session, attempt.id) == {(1, False): None}
    assert queries.get_attempt(session, attempt.id).answered == 0


def test_the_same_uuid_with_another_answer_is_a_conflict(session: Session) -> None:
    room = a_room(session)
    attempt = an_attempt(session, an_assignment(session, room), room.pupils[0])
    an_answer(session, attempt, 1, RIGHT["choice"], seq=1, client_uuid="a" * 32)
    for seq in (1, 2):
        with pytest.raises(Conflict):
            an_answer(session, attempt, 1, WRONG["choice"], seq=seq, client_uuid="a" * 32)
    assert stored(session, attempt.id) == {(1, False): RIGHT["choice"]}


def test_what_comes_within_the_grace_counts_and_what_comes_later_stands_beside_it(session: Session) -> None:
    room = a_room(session)
    attempt = an_attempt(session, an_assignment(session, room, minutes=15), room.pupils[0])
    end = attempt.deadline_at
    assert not an_answer(session, attempt, 1, RIGHT["choice"], seq=1, now=end + GRACE).late
    assert an_answer(session, attempt, 1, WRONG["choice"], seq=2, now=end + GRACE + SECOND).late
    assert stored(session, attempt.id) == {(1, False): RIGHT["choice"], (1, True): WRONG["choice"]}
    actions.close_forgotten(session, assignment_id=attempt.assignment_id, now=end + GRACE + SECOND)
    assert queries.map_totals(session, [attempt.id])[attempt.id].earned == 1


def test_a_late_answer_counts_only_once_the_teacher_accepts_it(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, minutes=15)
    attempt = an_attempt(session, given, room.pupils[0])
    an_answer(session, attempt, 1, WRONG["choice"], seq=1)
    actions.submit_attempt(session, attempt=attempt, now=NOW)
    late = an_answer(session, attempt, 1, RIGHT["choice"], seq=2, client_uuid="b" * 32, now=NOW + MINUTE)
    assert late.late
    assert queries.map_totals(session, [attempt.id])[attempt.id].earned == 0
    # When
    teacher = a_viewer(room.teacher)
    assert actions.decide_late(session, actor=teacher, attempt=attempt, accept=True, now=NOW + 2 * MINUTE) == 1
    # Then
    assert queries.map_totals(session, [attempt.id])[attempt.id].earned == 1
    replay = an_answer(session, attempt, 1, RIGHT["choice"], seq=2, client_uuid="b" * 32, now=NOW + 3 * MINUTE)
    assert replay == late
    with pytest.raises(Refused):
        actions.decide_late(session, actor=teacher, attempt=attempt, accept=True, now=NOW + 3 * MINUTE)


def test_submitting_twice_gives_the_same_receipt_and_one_row(session: Session) -> None:
    room = a_room(session)
    attempt = an_attempt(session, an_assignment(session, room), room.pupils[0])
    an_answer(session, attempt, 1, RIGHT["choice"])
    first = actions.submit_attempt(session, attempt=attempt, now=NOW)
    second = actions.submit_attempt(session, attempt=attempt, now=NOW + MINUTE)
    assert first == second
    row = session.scalars(select(Submission)).one()
    assert (row.submitted_at, row.submitted_by) == (NOW, SubmittedBy.PUPIL)


def test_the_total_is_exact(session: Session) -> None:
    room = a_room(session)
    attempt = an_attempt(session, an_assignment(session, room), room.pupils[0])
    an_answer(session, attempt, 1, RIGHT["choice"])
    an_answer(session, attempt, 2, {"choices": ["A"]})
    actions.submit_attempt(session, attempt=attempt, now=NOW)
    total = queries.map_totals(session, [attempt.id])[attempt.id]
    assert (total.earned, total.maximum) == (Fraction(3, 2), Fraction(3))


def test_a_forgotten_attempt_counts_as_submitted_before_and_after_the_worker_wrote_it(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room)
    forgotten, empty = (an_attempt(session, given, pupil) for pupil in room.pupils[:2])
    an_answer(session, forgotten, 1, RIGHT["choice"])
    after = CLOSES + GRACE + SECOND
    # Given: every read says submitted, nothing is written
    before = report.class_progress(session, given, now=after)
    assert session.scalar(select(func.count()).select_from(Submission)) == 0
    # When
    closed = [actions.close_forgotten(session, assignment_id=forgotten.assignment_id, now=after) for _ in range(2)]
    # Then
    assert closed == [1, 0]
    then = report.class_progress(session, given, now=after)
    assert [line.state for line in before.pupils] == [line.state for line in then.pupils]
    assert [line.total for line in before.pupils] == [line.total for line in then.pupils]
    assert [line.tally for line in before.items] == [line.tally for line in then.items]
    row = session.scalars(select(Submission)).one()
    assert (row.attempt_id, row.submitted_at, row.submitted_by) == (forgotten.id, CLOSES, SubmittedBy.SYSTEM)
    assert queries.get_attempt(session, empty.id).state(after) is AttemptState.LAPSED


def test_handing_in_after_the_system_did_keeps_the_systems_time(session: Session) -> None:
    room = a_room(session)
    attempt = an_attempt(session, an_assignment(session, room, minutes=15), room.pupils[0])
    an_answer(session, attempt, 1, RIGHT["choice"])
    actions.submit_attempt(session, attempt=attempt, now=attempt.deadline_at + 30 * MINUTE)
    row = session.scalars(select(Submission)).one()
    assert (row.submitted_at, row.submitted_by) == (attempt.deadline_at, SubmittedBy.SYSTEM)


def test_a_void_attempt_takes_no_answers_and_frees_its_place(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room)
    attempt = a_submission(session, given, room.pupils[0])
    actions.void_attempt(session, actor=a_viewer(room.teacher), attempt=attempt, reason="Nhầm em khác", now=NOW)
    with pytest.raises(Conflict):
        an_answer(session, attempt, 1, RIGHT["choice"], seq=9)
    again = an_attempt(session, given, room.pupils[0])
    assert again.number == 2
    progress = report.class_progress(session, given, now=NOW)
    assert all(line.total is None for line in progress.pupils)


def test_an_answer_fixed_for_its_feedback_cannot_change_any_more(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, feedback_release=FeedbackRelease.AFTER_EACH)
    attempt = an_attempt(session, given, room.pupils[0])
    target = queries.AttemptSlot(attempt, 1)
    with pytest.raises(Refused):
        actions.check_answer(session, target=target, now=NOW)
    an_answer(session, attempt, 1, WRONG["choice"], seq=1, client_uuid="c" * 32)
    actions.check_answer(session, target=target, now=NOW)
    actions.check_answer(session, target=target, now=NOW)
    with pytest.raises(Conflict):
        an_answer(session, attempt, 1, RIGHT["choice"], seq=2)
    assert an_answer(session, attempt, 1, WRONG["choice"], seq=1, client_uuid="c" * 32).kept
    assert stored(session, attempt.id) == {(1, False): WRONG["choice"]}


def test_only_minutes_of_answers_are_kept(session: Session) -> None:
    room = a_room(session)
    attempt = an_attempt(session, an_assignment(session, room), room.pupils[0])
    an_answer(session, attempt, 1, RIGHT["choice"], now=NOW + 47 * SECOND)
    assert session.scalar(select(Response.saved_at)) == NOW


def test_a_pupils_export_holds_answers_and_keeps_marks_back_until_they_may_be_shown(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, feedback_release=FeedbackRelease.AFTER_CLOSE)
    attempt = a_submission(session, given, room.pupils[0])
    a_submission(session, given, room.pupils[1])
    with clock.at(NOW):
        early = queries.export_person(session, room.pupils[0].id)
    with clock.at(CLOSES + GRACE + SECOND):
        later = queries.export_person(session, room.pupils[0].id)
    assert [one["receipt"] for one in early["attempts"]] == [attempt.receipt]
    assert early["attempts"][0]["answers"][0]["value"] == RIGHT["choice"]
    assert (early["attempts"][0]["earned"], later["attempts"][0]["earned"]) == (None, "3")
    actions.erase_person(session, room.pupils[0].id)
