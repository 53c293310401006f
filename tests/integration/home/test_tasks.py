"""What waits for each role on its first page."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.assessment.models import Item, ItemRevision, ItemState
from school_safety.curriculum.models import LessonRevision, RevisionState
from school_safety.kit import clock
from tests.client import Client
from tests.factories.assessment import an_item
from tests.factories.classroom import NOW as LATER
from tests.factories.classroom import a_quiz, a_room, a_submission, an_assignment
from tests.factories.contacts import a_contact
from tests.factories.curriculum import a_lesson
from tests.factories.people import a_member
from tests.factories.registry import a_province, a_year

Store = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.at(NOW):
        yield


def today_page(client: Client) -> str:
    return str(client.get("/today").get_data(as_text=True))


def test_an_editor_sees_what_is_due_what_waits_for_the_second_person_and_what_came_back(
    client: Client, store: Store, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with store() as session:
        a_year(session)
        province = a_province(session)[1]
        editor, colleague = (a_member(session, Role.EDITOR, unit=province) for _ in range(2))
        due = [a_lesson(session, code=f"OS-06-0{number}", review_due="2026-11-01") for number in (1, 2)]
        a_lesson(session, code="OS-06-03", review_due="2027-11-01")
        items = [an_item(session) for _ in range(4)]
        session.execute(update(Item).where(Item.id == items[0].item_id).values(review_due=date(2026, 11, 20)))
        drafted = {"state": ItemState.DRAFT, "written_by": colleague.id}
        session.execute(update(ItemRevision).where(ItemRevision.id == items[1].id).values(**drafted))
        session.execute(update(ItemRevision).where(ItemRevision.id == items[2].id).values(state=ItemState.REVIEWED))
        back = {"state": ItemState.DRAFT, "written_by": editor.id, "returned_note": "Sửa câu nhiễu."}
        session.execute(update(ItemRevision).where(ItemRevision.id == items[3].id).values(**back))
        waiting = {"state": RevisionState.DRAFT, "written_by": colleague.id, "proposed_at": NOW}
        session.execute(update(LessonRevision).where(LessonRevision.id == due[1].id).values(**waiting))
    client.sign_in(editor)
    with count_queries() as asked:
        page = today_page(client)
    for words in (
        "1 bài học đến hạn rà soát",
        "1 câu hỏi đến hạn rà soát",
        "1 bản nháp bài học chờ người thứ hai",
        "2 bản nháp câu hỏi chờ người thứ hai",
        "1 bản nháp được trả lại để bạn sửa",
    ):
        assert words in page, words
    assert len([one for one in asked if "item_revision" in one]) == 1
    assert len([one for one in asked if "lesson_revision" in one]) == 1
    client.sign_in(colleague)
    page = today_page(client)
    assert "1 bản nháp câu hỏi chờ người thứ hai" in page and "được trả lại để bạn sửa" not in page


def test_a_teacher_sees_the_answers_that_wait_for_marks_in_the_own_classes_alone(client: Client, store: Store) -> None:
    with store() as session:
        a_year(session)
        room, beside = a_room(session), a_room(session, name="6B1")
        essays = a_quiz(session, types=("essay", "essay"))
        given = an_assignment(session, room, assessment=essays)
        for pupil in room.pupils[:2]:
            a_submission(session, given, pupil, right=2)
    with clock.at(LATER):
        page = today_page(client.sign_in(room.teacher))
        assert "4 bài viết chờ chấm" in page
        assert f"/assignments/{given.group.public_id}/marking" in page
        assert "chờ chấm" not in today_page(client.sign_in(beside.teacher))


def test_the_admin_sees_how_many_contacts_nobody_has_checked_for_long(client: Client, store: Store) -> None:
    with store() as session:
        a_contact(session, checked_on=date(2026, 1, 1))
        a_contact(session, "police", checked_on=date(2026, 11, 1))
        admin = a_member(session, Role.ADMIN, unit=a_province(session)[1])
    client.sign_in(admin)
    assert "1 nơi liên hệ quá hạn kiểm tra" in today_page(client)
    assert "/contacts?state=stale" in today_page(client)
