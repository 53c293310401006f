"""Each pupil's own choice of a pool stays the same, and an edited item never reaches a running attempt."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from fractions import Fraction

from sqlalchemy.orm import Session

from school_safety.access.policy import Role, Standing, Viewer
from school_safety.assessment import actions as assessment
from school_safety.assessment.models import AssessmentRevision
from school_safety.assessment.rules import Purpose, Slot, Use
from school_safety.classroom import actions, queries
from school_safety.curriculum.rules import Strand
from school_safety.kit import clock
from tests.client import Client
from tests.factories.assessment import a_choice, an_item
from tests.factories.classroom import NOW, RIGHT, Room, a_room, an_answer, an_assignment, an_attempt
from tests.factories.words import words

Store = Callable[[], AbstractContextManager[Session]]


def a_pooled_quiz(session: Session, room: Room) -> AssessmentRevision:
    """One item for everybody, and two of six worth two points each; composed by the teacher."""
    author = Viewer(
        room.teacher.id,
        room.teacher.full_name,
        (Standing(Role.TEACHER, person_id=room.teacher.id),),
        session_id=1,
        school_id=room.school.id,
        school_code=room.school.code,
    )
    composed = assessment.create_assessment(
        session,
        actor=author,
        title=words("Đề rút câu"),
        purpose=Purpose.GRADED,
        slots=(Slot(an_item(session).id, 1), *(Slot(an_item(session).id, 2, pool=1) for _at in range(6))),
        pools={1: 2},
    )
    return assessment.publish_assessment(session, actor=author, assessment=composed)


def test_every_pupil_gets_an_own_choice_worth_the_same_and_only_that_is_scored(session: Session) -> None:
    room = a_room(session)
    given = an_assignment(session, room, assessment=a_pooled_quiz(session, room))
    attempts = [an_attempt(session, given, pupil) for pupil in room.pupils]
    drawn = [tuple(slot.slot for slot in attempt.paper.slots) for attempt in attempts]
    assert all(len(slots) == 3 and slots[0] == 1 for slots in drawn)
    again = [queries.get_attempt(session, attempt.id).paper for attempt in attempts]
    assert again == [attempt.paper for attempt in attempts]
    # When the first pupil answers all of them rightly
    for slot in drawn[0]:
        an_answer(session, attempts[0], slot, RIGHT["choice"])
    actions.submit_attempt(session, attempt=attempts[0], now=NOW)
    total = queries.map_totals(session, [attempts[0].id])[attempts[0].id]
    assert (total.earned, total.maximum) == (Fraction(5), Fraction(5))


def test_an_item_edited_and_published_meanwhile_stays_as_it_was_for_a_pupil_at_work(
    store: Store, client: Client
) -> None:
    with store() as session:
        room = a_room(session)
        item = an_item(session, code="OS-06-01-edit")
        given = an_assignment(session, room, assessment=assessment.freeze_assessment(
            session, actor=None, code="OS-06-01-q", lesson_code="OS-06-01", title=words("Bài"),
            purpose=Purpose.PRACTICE, items=[(item, 1)],
        )[0])  # fmt: skip
        attempt = an_attempt(session, given, room.pupils[0])
        an_answer(session, attempt, 1, RIGHT["choice"])
    page = f"/learn/attempts/{attempt.public_id}/items/1"
    with clock.at(NOW):
        client.sign_in(room.pupils[0])
        before = questions(client.get(page).text)
        # When the item becomes another one, with another key
        with store() as session:
            changed = a_choice(stem=words("Câu mới?"))
            changed["options"] = [{**option, "id": "XYZW"[at]} for at, option in enumerate(changed["options"])]
            assessment.freeze_item(
                session, actor=None, code="OS-06-01-edit", lesson_code="OS-06-01", strand=Strand.ONLINE_SAFETY,
                type="choice", use=Use.PRACTICE, objective="O1", points=5, content=changed,
            )  # fmt: skip
        # Then the pupil sees and is scored on what was given
        assert questions(client.get(page).text) == before
        receipt = client.follow(client.post(f"/learn/attempts/{attempt.public_id}/submit"))
        assert receipt.status_code == 200
        assert "1/1 điểm" in client.get(f"/learn/results/{attempt.public_id}").text


def questions(page: str) -> list[str]:
    """The options in the page, in their order."""
    return re.findall(r'name="q1-choice" value="(\w+)"', page)


def test_a_teacher_makes_a_pool_in_the_page_and_is_told_when_it_gives_everything(store: Store, client: Client) -> None:
    with store() as session:
        room = a_room(session)
        ids = [str(an_item(session).id) for _at in range(3)]
    client.sign_in(room.teacher)
    form = {"title_vi": "Đề nhóm", "purpose": "graded", "lesson_code": ""}
    picked = client.post("/assessments/new", form)
    code = re.search(r"/assessments/([\w-]+)/", picked.headers["Location"])
    assert code is not None
    edit = f"/assessments/{code[1]}/edit"

    def send(act: str, **changes: str) -> str:
        shown = client.get(edit).text
        seen = re.search(r'name="seen"[^>]*value="([^"]*)"', shown)
        assert seen is not None
        fields = {"title_vi": "Đề nhóm", "purpose": "graded", "seen": seen[1], "slot": ids, "act": act}
        points = {f"points-{one}": "1" for one in ids} | {f"pool-{one}": "1" for one in ids}
        answer = client.post(edit, {**fields, **points, **changes})
        return answer.text if answer.status_code == 422 else client.follow(answer).text

    saved = send("save")
    assert "Nhóm 1, trên 3 câu" in saved and "Mỗi em tối đa 1 điểm" in saved
    assert "ít hơn số câu của nhóm" in send("publish", **{"draw-1": "3"})
    assert "Đã công bố" in send("publish", **{"draw-1": "2"})
