"""A wrong question: another one in its place before anybody begins, scoring anew of chosen attempts afterwards."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.classroom import actions, queries
from school_safety.classroom.models import Regrading
from school_safety.classroom.queries import AttemptFacts, GroupFacts
from school_safety.kit import clock
from school_safety.kit.errors import Refused
from tests.client import Client
from tests.factories.assessment import a_choice, an_assessment, an_item, an_option
from tests.factories.classroom import NOW, Room, a_room, a_submission, a_viewer, an_answer, an_assignment, an_attempt
from tests.factories.words import words

Store = Callable[[], AbstractContextManager[Session]]
CODE = "OS-06-01-X1"


def a_wrong_key(session: Session) -> tuple[Room, GroupFacts]:
    """A class whose paper begins with a question that says A is right."""
    room = a_room(session)
    items = [an_item(session, code=CODE, type="choice"), an_item(session, type="truefalse")]
    return room, an_assignment(session, room, assessment=an_assessment(session, items=items))


def corrected(session: Session) -> int:
    """The bank says B now; the new revision's id."""
    options = [an_option("A"), an_option("B", key=True, feedback=words("B mới đúng.")), an_option("C"), an_option("D")]
    content = a_choice(options=options, feedback=words("Lời giải đã sửa"))
    return an_item(session, code=CODE, type="choice", content=content).id


def total(session: Session, attempt: AttemptFacts) -> Fraction:
    return queries.map_totals(session, [attempt.id])[attempt.id].earned


def regrade(session: Session, room: Room, given: GroupFacts, revision: int, *attempts: AttemptFacts) -> int:
    return actions.regrade(
        session,
        actor=a_viewer(room.teacher),
        given=given,
        slot=1,
        revision_id=revision,
        chosen=[attempt.public_id for attempt in attempts],
        now=NOW,
    )


def test_only_the_chosen_attempts_are_scored_by_the_correction_and_what_they_had_stays_on_record(
    session: Session,
) -> None:
    room, given = a_wrong_key(session)
    first = a_submission(session, given, room.pupils[0], right=2)
    other = a_submission(session, given, room.pupils[1], right=2)
    revision = corrected(session)
    assert total(session, first) == total(session, other) == 2
    assert regrade(session, room, given, revision, first) == 1
    assert total(session, first) == 1 and total(session, other) == 2
    fresh = queries.get_attempt(session, first.id)
    assert (fresh.receipt, fresh.paper.slots[0].item_revision_id) == (first.receipt, revision)
    row = session.scalars(select(Regrading)).one()
    assert (row.attempt_id, row.slot, row.earned_before, row.earned_after) == (first.id, 1, 2, 1)
    verbs = list(session.scalars(select(AuditEvent.verb).order_by(AuditEvent.id)))
    assert verbs[-1] == "assignment.regraded"


def test_a_correction_that_nobody_saw_that_changes_the_parts_or_that_is_none_scores_nothing(session: Session) -> None:
    room, given = a_wrong_key(session)
    attempt = a_submission(session, given, room.pupils[0], right=2)
    for revision, code in ((given.paper.slots[0].item_revision_id, "no_correction"), (0, "no_correction")):
        with pytest.raises(Refused) as refused:
            regrade(session, room, given, revision, attempt)
        assert refused.value.code == code
    revision = corrected(session)
    for chosen, seen, code in (([attempt], revision + 99, "correction_changed"), ([], revision, "nobody_chosen")):
        with pytest.raises(Refused) as refused:
            regrade(session, room, given, seen, *chosen)
        assert refused.value.code == code
    parts = an_item(session, code=CODE, type="choice", content=a_choice(options=a_choice()["options"][:3])).id
    with pytest.raises(Refused) as refused:
        regrade(session, room, given, parts, attempt)
    assert refused.value.code == "other_parts"
    assert total(session, attempt) == 2


def test_the_dry_run_shows_the_difference_and_after_confirming_the_pupil_reads_the_corrected_solution(
    store: Store, client: Client, new_client: Callable[[], Client]
) -> None:
    with store() as session:
        room, given = a_wrong_key(session)
        attempt = a_submission(session, given, room.pupils[0], right=2)
        group = given.group.public_id
        url = f"/assignments/{group}/items/1/regrade"
    with clock.at(NOW):
        client.sign_in(room.teacher)
        assert "Câu này chưa có bản sửa" in client.get(url).text
        with store() as session:
            revision = corrected(session)
        assert "Xem chấm lại" in client.get(f"/assignments/{group}/items").text
        page = client.get(url).text
        assert "1 bài sẽ đổi điểm" in page and "<b>1/2 điểm</b>" in page and "2/2 điểm" in page
        pupil = new_client().sign_in(room.pupils[0])
        assert "Lời giải đã sửa" not in pupil.get(f"/learn/results/{attempt.public_id}").text
        refused = client.post(url, {"seen": str(revision), "attempts": []})
        assert refused.status_code == 422 and "Hãy chọn ít nhất một bài" in refused.text
        done = client.follow(client.post(url, {"seen": str(revision), "attempts": [attempt.public_id]}))
        assert "Đã chấm lại 1 bài." in done.text
        own = pupil.get(f"/learn/results/{attempt.public_id}").text
        assert "Lời giải đã sửa" in own and "1/2 điểm" in own and "đã chấm lại" in own
        teachers = client.get(f"/attempts/{attempt.public_id}").text
        assert "câu 1 theo bản 2 của câu hỏi (trước là bản 1), cả bài từ 2 thành 1 điểm" in teachers
        assert "Không còn bài nào chấm theo bản cũ" in client.get(url).text
        assert client.get(f"/assignments/{group}").status_code == 200


def test_a_question_is_swapped_with_an_equivalent_one_until_somebody_begins(store: Store, client: Client) -> None:
    with store() as session:
        room, given = a_wrong_key(session)
        other = an_item(session, code="OS-06-01-X9", type="choice", content=a_choice(stem=words("Câu tương đương")))
        group, there = given.group.public_id, given.paper.slots[0].item_revision_id
    url = f"/assignments/{group}/items/1/swap"
    with clock.at(NOW):
        client.sign_in(room.teacher)
        assert url in client.get(f"/assignments/{group}/items").text
        assert "OS-06-01-X9: Câu tương đương" in client.get(url).text
        assert client.post(url, {}).status_code == 422
        assert client.post(url, {"item": str(there)}).status_code == 422
        assert "Đã đổi câu 1" in client.follow(client.post(url, {"item": str(other.id)})).text
        with store() as session:
            fresh = queries.load_group(session, group)[0]
            assert fresh.paper.slots[0].item_revision_id == other.id
            assert fresh.paper.slots[0].points == given.paper.slots[0].points
            attempt = an_attempt(session, fresh, room.pupils[0])
            an_answer(session, attempt, 1, {"choice": "A"})
        locked = client.get(url).text
        assert "Đã có em vào làm nên đề không đổi nữa" in locked
        refused = client.post(url, {"item": str(there)})
        assert refused.status_code == 422 and "Đã có em vào làm" in refused.text
