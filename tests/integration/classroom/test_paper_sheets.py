"""A class without phones: the quiz printed, its sheets typed into the grid, corrected, and scored like any other."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.classroom import actions, queries
from school_safety.classroom.models import Attempt, Response, Result, Submission
from school_safety.classroom.rules import Channel, FeedbackRelease, SubmittedBy
from school_safety.kit import clock
from tests.client import Client
from tests.factories.classroom import NOW, a_quiz, a_room, a_submission, a_viewer, an_assignment, an_attempt

Store = Callable[[], AbstractContextManager[Session]]
TYPES = ("choice", "truefalse", "match", "short")


def test_sheets_are_stored_with_a_submission_by_the_teacher_and_scored_on_what_was_printed(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, assessment=a_quiz(session, types=TYPES))
    on_a_phone = a_submission(session, an_assignment(session, room), room.pupils[2])
    one, other = room.pupils[:2]
    sheets: dict[int, dict[int, Any]] = {
        one.id: {1: {"choice": "A"}, 2: {"value": True}},
        other.id: {1: None},
    }
    # When
    done = actions.enter_paper(session, actor=a_viewer(room.teacher), given=given, sheets=sheets, now=NOW)
    # Then
    assert (done.new, done.corrected, done.skipped) == ((one.id, other.id), (), ())
    attempt = queries.list_attempts_of(session, one.id, given.group.assignment_id)[0]
    assert (attempt.channel, attempt.submitted_by) == (Channel.PAPER, SubmittedBy.TEACHER)
    assert [slot.type for slot in attempt.paper.slots] == ["choice", "truefalse", "match"]
    assert queries.map_totals(session, [attempt.id])[attempt.id].share.as_integer_ratio() == (1, 3)
    assert {row.channel for row in queries.list_responses(session, [attempt.id])} == {Channel.PAPER}
    # When the teacher corrects one answer
    again = {one.id: {2: {"value": False}}}
    actions.enter_paper(session, actor=a_viewer(room.teacher), given=given, sheets=again, now=NOW)
    # Then it is the same attempt with the same receipt, scored again
    corrected = queries.list_attempts_of(session, one.id, given.group.assignment_id)
    assert [found.receipt for found in corrected] == [attempt.receipt]
    session.expire_all()
    assert queries.map_totals(session, [attempt.id])[attempt.id].share.as_integer_ratio() == (2, 3)
    audit = session.scalars(select(AuditEvent).where(AuditEvent.verb == "assignment.paper_entered")).all()
    assert [(row.data["new"], row.data["corrected"]) for row in audit] == [(2, 0), (0, 1)]
    assert on_a_phone.channel is Channel.WEB


def test_what_a_pupil_did_on_a_phone_is_never_written_over(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room)
    before = a_submission(session, given, room.pupils[0])
    sheets = {room.pupils[0].id: {1: {"choice": "B"}}}
    done = actions.enter_paper(session, actor=a_viewer(room.teacher), given=given, sheets=sheets, now=NOW)
    assert done.skipped == (room.pupils[0].id,)
    assert queries.list_attempts_of(session, room.pupils[0].id, given.group.assignment_id) == [before]


def fields(page: str) -> dict[str, str]:
    """The fields of the grid and what stands in them."""
    found = re.findall(r'<input class="input" id="(a-[^"]+)" name="[^"]+" value="([^"]*)"', page)
    return dict(found)


def test_the_grid_keeps_every_letter_when_one_is_wrong_and_says_so_beside_it(store: Store, client: Client) -> None:
    with store() as session:
        room = a_room(session)
        given = an_assignment(session, room, assessment=a_quiz(session, types=TYPES))
        an_attempt(session, given, room.pupils[1])
        url = f"/assignments/{given.group.public_id}/paper"
        names = [f"a-{pupil.public_id}-" for pupil in room.pupils]
    with clock.at(NOW):
        client.sign_in(room.teacher)
        page = client.get(url)
        assert len(fields(page.text)) == 6 and "Đã làm trên máy, không ghi đè" in page.text
        typed = {f"{names[0]}1": "a", f"{names[0]}2": "X", f"{names[2]}3": "ABC-"}
        # When one field is wrong
        refused = client.post(url, typed)
        assert refused.status_code == 422 and "Chưa lưu. Còn 1 ô cần sửa" in refused.text
        assert "Chỉ gõ A–B" in refused.text and f'aria-describedby="{names[0]}2-error"' in refused.text
        assert {name: text for name, text in fields(refused.text).items() if text} == typed
        with store() as session:
            assert session.scalars(select(Attempt).where(Attempt.channel == Channel.PAPER)).all() == []
        # When it is corrected
        saved = client.follow(client.post(url, {**typed, f"{names[0]}2": "B", f"{names[1]}1": "A"}))
        assert "Đã nhập bài của 2 em." in saved.text
        assert fields(saved.text) == {
            f"{names[0]}1": "A",
            f"{names[0]}2": "B",
            f"{names[0]}3": "-",
            f"{names[2]}1": "-",
            f"{names[2]}2": "-",
            f"{names[2]}3": "ABC-",
        }
        # Then leaving fields empty afterwards takes nothing away, and a dash does
        client.post(url, {f"{names[0]}2": "-"})
    with store() as session:
        attempts = session.scalars(select(Attempt).where(Attempt.channel == Channel.PAPER)).all()
        assert len(attempts) == 2 and len(session.scalars(select(Submission)).all()) == 2
        values = [row.answered for row in session.scalars(select(Response).where(Response.channel == Channel.PAPER))]
        assert values == [True, False, True] and session.get(Result, attempts[0].id) is not None


def test_the_printed_quiz_bears_codes_and_rules_and_names_what_was_left_out(store: Store, client: Client) -> None:
    with store() as session:
        room = a_room(session)
        given = an_assignment(
            session, room, assessment=a_quiz(session, types=TYPES), feedback_release=FeedbackRelease.NEVER
        )
        codes = [item.code for item in queries.map_coded_items(
            session, [slot.item_revision_id for slot in given.paper.slots]
        ).values()]  # fmt: skip
    with clock.at(NOW):
        client.sign_in(room.teacher)
        page = client.get(f"/assignments/{given.group.public_id}/paper/print").text
        named = client.get(f"/assignments/{given.group.public_id}/paper/print?named=1").text
    assert all(code in page for code in codes)
    assert "Đánh dấu một ô." in page and "Mỗi dòng đánh dấu một ô." in page
    assert "1 câu không làm được trên giấy" in page
    assert [named.count(pupil.full_name) >= 1 for pupil in room.pupils] == [True] * 3
    assert "Vì s1" not in page


def test_the_grid_of_a_large_class_asks_the_database_a_handful_of_questions(
    store: Store, client: Client, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with store() as session:
        room = a_room(session, pupils=45)
        given = an_assignment(session, room, assessment=a_quiz(session, types=("choice", "match") * 10))
        sheets = {pupil.id: {1: {"choice": "A"}} for pupil in room.pupils}
        actions.enter_paper(session, actor=a_viewer(room.teacher), given=given, sheets=sheets, now=NOW)
    with clock.at(NOW):
        client.sign_in(room.teacher)
        with count_queries() as statements:
            page = client.get(f"/assignments/{given.group.public_id}/paper")
    assert len(fields(page.text)) == 45 * 20 and len(statements) <= 12
