"""Publishing, extending, reopening for one pupil, undoing; concurrency of start and submit."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Reach
from school_safety.assessment.actions import freeze_assessment
from school_safety.assessment.rules import Purpose
from school_safety.classroom import actions, jobs, queries, report
from school_safety.classroom.models import Assignment, Attempt, Submission
from school_safety.classroom.rules import (
    GRACE,
    AttemptPolicy,
    AttemptState,
    FeedbackRelease,
    PupilState,
    StartProblem,
    WindowProblem,
    WindowState,
)
from school_safety.kit import clock
from school_safety.kit.db import Database
from school_safety.kit.errors import Refused
from school_safety.kit.jobs import Job, work_once
from tests.factories.assessment import an_item, words
from tests.factories.classroom import (
    CLOSES,
    NOW,
    OPENS,
    RIGHT,
    a_quiz,
    a_room,
    a_submission,
    a_viewer,
    an_answer,
    an_assignment,
    an_attempt,
    given_to,
)

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def test_publishing_freezes_the_paper(session: Session) -> None:
    room = a_room(session)
    quiz = a_quiz(session, code="OS-06-01-quiz")
    given = an_assignment(session, room, assessment=quiz)
    before = [slot.item_revision_id for slot in given.paper.slots]
    # When the assessment is changed afterwards
    freeze_assessment(
        session,
        actor=None,
        code="OS-06-01-quiz",
        lesson_code="OS-06-01",
        title=words("Bản mới"),
        purpose=Purpose.PRACTICE,
        items=[(an_item(session), 1)],
    )
    # Then the class keeps what it was given
    attempt = an_attempt(session, given, room.pupils[0])
    assert [slot.item_revision_id for slot in attempt.paper.slots] == before
    audit = session.scalars(select(AuditEvent).where(AuditEvent.verb == "assignment.published")).one()
    assert audit.data == {"classes": [room.class_group.id]}


def test_publishing_has_the_worker_close_what_is_forgotten(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room)
    attempt = an_attempt(session, given, room.pupils[0])
    an_answer(session, attempt, 1, RIGHT["choice"])
    job = session.scalars(select(Job).where(Job.kind == actions.CLOSE_JOB)).one()
    assert job.due_at == CLOSES + GRACE + SECOND
    with clock.at(job.due_at):
        jobs.close_forgotten(session, job.payload)
    assert session.scalar(select(func.count()).select_from(Submission)) == 1


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"closes_at": OPENS}, WindowProblem.CLOSES_BEFORE_OPENING, "closes_at"),
        ({"opens_at": OPENS - 2 * DAY}, WindowProblem.OPENS_TOO_EARLY, "opens_at"),
        ({"minutes": 0}, "minutes_out_of_range", "minutes"),
        ({"minutes": 241}, "minutes_out_of_range", "minutes"),
        ({"attempts_allowed": 11}, "attempts_out_of_range", "attempts_allowed"),
        ({"attempts_allowed": 0}, "attempts_out_of_range", "attempts_allowed"),
    ],
)
def test_wrong_terms_are_refused_beside_their_field_and_nothing_is_given(
    session: Session, changes: dict[str, Any], code: str, field: str
) -> None:
    room = a_room(session)
    terms: dict[str, Any] = {
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "minutes": None,
        "attempts_allowed": 1,
        "attempt_policy": "best",
        "feedback_release": "at_submit",
        "shuffle": False,
    } | changes
    with pytest.raises(Refused) as refused:
        actions.publish_assignment(
            session,
            actor=a_viewer(room.teacher),
            classes=[room.choice],
            lesson=None,
            assessment=a_quiz(session),
            terms=actions.Terms(**terms),
            now=OPENS,
        )
    assert (refused.value.code, refused.value.field) == (code, field)
    assert session.scalar(select(func.count()).select_from(Assignment)) == 0


def test_classes_must_be_chosen_and_belong_to_one_school(session: Session) -> None:
    one, other = a_room(session), a_room(session, name="7B")
    with pytest.raises(Refused) as refused:
        an_assignment(session, one, more=[other])
    assert refused.value.code == "classes_of_two_schools"


def test_extending_one_class_moves_its_running_attempts_and_not_the_other_class(session: Session) -> None:
    one = a_room(session)
    other = a_room(session, name="6A2", school=one.school)
    given = an_assignment(session, one, more=[other])
    beside = given_to(session, given.group.assignment, other)
    running, finished = an_attempt(session, given, one.pupils[0]), a_submission(session, given, one.pupils[1])
    elsewhere = an_attempt(session, beside, other.pupils[0])
    # When
    actions.extend_window(session, actor=a_viewer(one.teacher), given=given, closes_at=CLOSES + DAY, now=NOW)
    # Then
    deadlines = [queries.get_attempt(session, each.id).deadline_at for each in (running, finished, elsewhere)]
    assert deadlines == [CLOSES + DAY, CLOSES, CLOSES]
    assert given.window.state(CLOSES + SECOND) is WindowState.OPEN
    assert beside.window.state(CLOSES + SECOND) is WindowState.CLOSED


@pytest.mark.parametrize(
    ("closes_at", "code"),
    [(CLOSES, WindowProblem.CLOSES_NO_LATER), (NOW, WindowProblem.CLOSES_IN_THE_PAST)],
)
def test_an_extension_must_be_later(session: Session, closes_at: datetime, code: str) -> None:
    given = an_assignment(session)
    with pytest.raises(Refused) as refused:
        actions.extend_window(
            session, actor=a_viewer(a_room(session).teacher), given=given, closes_at=closes_at, now=NOW
        )
    assert refused.value.code == code


def test_extending_after_the_close_keeps_submitted_what_the_reads_called_submitted(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room)
    attempt = an_attempt(session, given, room.pupils[0])
    an_answer(session, attempt, 1, RIGHT["choice"])
    later = CLOSES + DAY
    assert queries.get_attempt(session, attempt.id).state(later) is AttemptState.SUBMITTED
    actions.extend_window(session, actor=a_viewer(room.teacher), given=given, closes_at=later + DAY, now=later)
    assert queries.get_attempt(session, attempt.id).state(later) is AttemptState.SUBMITTED


def reopen(session: Session, room: Any, given: Any, *, now: datetime, one_more: bool = False) -> queries.PupilOfGroup:
    target = queries.load_pupil_of_group(session, given.group.public_id, room.pupils[0].public_id)[0]
    actions.reopen_for_pupil(
        session, actor=a_viewer(room.teacher), target=target, closes_at=now + DAY, one_more=one_more, now=now
    )
    return target


def test_one_absent_pupil_can_work_after_the_close_and_nobody_else(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room)
    late = CLOSES + DAY
    target = reopen(session, room, given, now=late)
    attempt = an_attempt(session, given, room.pupils[0], now=late)
    assert attempt.deadline_at == late + DAY
    with pytest.raises(Refused):
        an_attempt(session, given, room.pupils[1], now=late)
    # When it is undone, the running attempt ends now and no other can start
    actions.withdraw_reopening(session, actor=a_viewer(room.teacher), target=target, now=late + SECOND)
    fresh = queries.get_attempt(session, attempt.id)
    assert fresh.state(late + SECOND + GRACE + SECOND) is AttemptState.LAPSED
    with pytest.raises(Refused):
        actions.withdraw_reopening(session, actor=a_viewer(room.teacher), target=target, now=late + SECOND)


def test_a_pupil_who_used_all_attempts_gets_one_more_only_when_told_so(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room)
    a_submission(session, given, room.pupils[0])
    with pytest.raises(Refused) as refused:
        reopen(session, room, given, now=NOW)
    assert (refused.value.code, refused.value.field) == (StartProblem.NO_ATTEMPTS_LEFT, "one_more")
    reopen(session, room, given, now=NOW, one_more=True)
    reopen(session, room, given, now=NOW, one_more=True)
    assert a_submission(session, given, room.pupils[0]).number == 2
    with pytest.raises(Refused):
        an_attempt(session, given, room.pupils[0])


def test_the_list_and_its_counts_follow_the_window_and_the_reach(session: Session) -> None:
    room, other = a_room(session), a_room(session, name="9C")
    given = an_assignment(session, room)
    an_assignment(session, other)
    a_submission(session, given, room.pupils[0])
    an_attempt(session, given, room.pupils[1])
    reach = Reach(class_group_ids=frozenset({room.class_group.id}))
    for now, state in ((OPENS - SECOND, "scheduled"), (NOW, "open"), (CLOSES, "closed")):
        counts = queries.count_given(session, reach, search="", now=now)
        assert counts == {one: int(one == state) for one in WindowState}
    rows = queries.list_given(session, reach, state=WindowState.OPEN, search="", now=NOW, limit=9, offset=0)
    assert [(row.class_name, row.pupils, row.started, row.submitted) for row in rows] == [("6A1", 3, 2, 1)]
    for search, found in (("thong tin", 1), ("os-06-01", 1), ("6a1", 1), ("9c", 0), ("%", 0)):
        assert sum(queries.count_given(session, reach, search=search, now=NOW).values()) == found


def test_the_list_and_the_class_page_count_the_same_pupils_as_done(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, attempts_allowed=2, minutes=15)
    a_submission(session, given, room.pupils[0])
    an_attempt(session, given, room.pupils[0])
    forgotten = an_attempt(session, given, room.pupils[1])
    an_answer(session, forgotten, 1, RIGHT["choice"])
    an_attempt(session, given, room.pupils[2])
    reach = Reach(class_group_ids=frozenset({room.class_group.id}))
    for now in (NOW, NOW + timedelta(hours=1)):
        (row,) = queries.list_given(session, reach, state=WindowState.OPEN, search="", now=now, limit=9, offset=0)
        progress = report.class_progress(session, given, now=now)
        assert row.submitted == progress.count(PupilState.SUBMITTED) == (1 if now == NOW else 2)
        assert row.started == len(progress.pupils) - progress.count(PupilState.NOT_STARTED) == 3


def test_twenty_starts_at_once_make_one_attempt(database: Database) -> None:
    with database.writing() as session:
        room = a_room(session)
        group_id = an_assignment(session, room, attempts_allowed=3).group.public_id
        pupil = a_viewer(room.pupils[0])

    def start(_number: int) -> int:
        with database.writing() as session:
            given = queries.load_group(session, group_id)[0]
            return actions.start_attempt(session, actor=pupil, given=given, now=NOW).id

    with ThreadPoolExecutor(20) as pool:
        started = set(pool.map(start, range(20)))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == len(started) == 1


def test_submissions_and_saves_at_once_leave_one_receipt_and_score_every_answer_said_to_be_in_time(
    database: Database,
) -> None:
    with database.writing() as session:
        room = a_room(session)
        attempt = an_attempt(session, an_assignment(session, room), room.pupils[0])

    def save(seq: int) -> tuple[int, bool]:
        with database.writing() as session:
            target, _place = queries.load_slot_to_save(session, attempt.public_id, 1)
            revision_id = attempt.paper.slots[0].item_revision_id
            _content, submitted_at, checked_at = queries.get_slot_facts(
                session, attempt_id=attempt.id, slot=1, item_revision_id=revision_id
            )
            ack = actions.save_answer(
                session,
                target=target,
                value={"choice": "ABCD"[seq % 4]},
                seq=seq,
                client_uuid=f"{seq:032}",
                channel="web",  # type: ignore[arg-type]  # as the column takes it
                submitted_at=submitted_at,
                checked_at=checked_at,
                now=NOW,
            )
            return seq, ack.kept and not ack.late

    def submit(_number: int) -> str:
        with database.writing() as session:
            return actions.submit_attempt(session, attempt=attempt, now=NOW)

    with ThreadPoolExecutor(12) as pool:
        saves = [pool.submit(save, seq) for seq in range(1, 13)]
        receipts = [pool.submit(submit, number) for number in range(6)]
        in_time = [seq for seq, kept in (one.result() for one in saves) if kept]
        assert len({one.result() for one in receipts}) == 1
    with database.reading() as session:
        earned = queries.map_totals(session, [attempt.id])[attempt.id].earned
        answers = [one for one in queries.list_responses(session, [attempt.id]) if not one.late]
    expected = max(in_time, default=0)
    assert [one.seq for one in answers] == ([expected] if in_time else [])
    assert earned == int(bool(in_time) and expected % 4 == 0)


def test_the_worker_itself_closes_what_is_forgotten(database: Database) -> None:
    with database.writing() as session:
        room = a_room(session)
        attempt = an_attempt(session, an_assignment(session, room), room.pupils[0])
        an_answer(session, attempt, 1, RIGHT["choice"])
    with clock.at(CLOSES + GRACE):
        assert not work_once(database)
    with clock.at(CLOSES + GRACE + SECOND):
        assert work_once(database)
    with database.reading() as session:
        assert queries.find_receipt(session, attempt.id)


def test_an_assessment_can_be_given_without_its_lesson(session: Session) -> None:
    room = a_room(session)
    assignment = actions.publish_assignment(
        session,
        actor=a_viewer(room.teacher),
        classes=[room.choice],
        lesson=None,
        assessment=a_quiz(session, title="Ôn giữa kỳ"),
        terms=actions.Terms(OPENS, CLOSES, 20, 1, AttemptPolicy.BEST, FeedbackRelease.NEVER, shuffle=True),
        now=OPENS,
    )
    assert assignment.title["vi"] == "Ôn giữa kỳ"
    assert given_to(session, assignment, room).paper.shuffle


def test_a_pupils_pages_tell_the_same_story_on_both_databases(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, attempts_allowed=2)
    done = a_submission(session, given, room.pupils[0])
    running = an_attempt(session, given, room.pupils[0])
    an_answer(session, running, 1, RIGHT["choice"])
    given_reach = Reach(class_group_ids=frozenset({room.class_group.id}))
    own_reach = Reach(person_id=room.pupils[0].id)
    today = report.today_of(session, given_reach, own_reach, person_id=room.pupils[0].id, now=NOW)
    assert today.next is not None and today.next.running is not None
    assert (today.next.next_position, today.next.left, today.next.finished) == (2, 0, 1)
    assert [line.attempt.id for line in today.results] == [done.id]
    page = report.item_page(session, queries.load_attempt_slot(session, running.public_id, 1)[0], now=NOW)
    assert (page.seq, page.saved, page.review) == (1, True, False)
    result = report.own_result(session, queries.get_attempt(session, done.id), now=NOW)
    assert result.total is not None and result.total.earned == 3 and len(result.items) == 3
