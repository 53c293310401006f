"""A tenth of a class's essays is marked by a second person who does not see the first marks."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Role
from school_safety.classroom import actions, queries
from school_safety.classroom.models import Mark
from school_safety.classroom.queries import AttemptFacts, AttemptSlot
from school_safety.classroom.rules import body_hash, second_sample
from school_safety.kit import clock
from school_safety.kit.errors import Refused
from school_safety.roster.models import Person
from school_safety.roster.rules.classes import TeachingKind
from tests.client import Client
from tests.factories.classes import a_teaching
from tests.factories.classroom import NOW, RIGHT, Room, a_quiz, a_room, a_submission, a_viewer, an_assignment
from tests.factories.people import a_member

Store = Callable[[], AbstractContextManager[Session]]
SEEN = body_hash(RIGHT["essay"])
MINUTE = timedelta(minutes=1)


class Essays:
    """A class of three that wrote an essay each, its teacher and a colleague who teaches there too."""

    def __init__(self, session: Session) -> None:
        self.room: Room = a_room(session)
        self.colleague: Person = a_member(session, Role.TEACHER, school=self.room.school)
        a_teaching(session, person=self.colleague, class_group=self.room.class_group, kind=TeachingKind.SUBJECT)
        given = an_assignment(session, self.room, assessment=a_quiz(session, types=("choice", "essay")))
        self.group = given.group.public_id
        self.done = [a_submission(session, given, pupil) for pupil in self.room.pupils]
        ((drawn, _slot),) = second_sample(self.group, [(one.public_id, 2) for one in self.done])
        self.drawn: AttemptFacts = next(one for one in self.done if one.public_id == drawn)

    def mark(self, session: Session, person: Person, c1: int, *, blind: bool) -> None:
        act = actions.mark_again if blind else actions.mark_answer
        target = AttemptSlot(queries.get_attempt(session, self.drawn.id), 2)
        act(session, actor=a_viewer(person), target=target, criteria={"c1": c1, "c2": 3}, seen=SEEN, now=NOW + MINUTE)


def test_a_second_persons_marks_change_no_result_and_nobody_is_the_second_of_the_own(session: Session) -> None:
    essays = Essays(session)
    essays.mark(session, essays.room.teacher, 2, blind=False)
    before = queries.map_totals(session, [essays.drawn.id])
    essays.mark(session, essays.colleague, 0, blind=True)
    assert queries.map_totals(session, [essays.drawn.id]) == before
    assert [mark.criteria["c1"] for mark in queries.map_marks(session, [essays.drawn.id])[essays.drawn.id]] == [2]
    with pytest.raises(Refused) as refused:
        essays.mark(session, essays.room.teacher, 2, blind=True)
    assert refused.value.code == "own_mark"
    assert [mark.blind for mark in session.scalars(select(Mark).order_by(Mark.id))] == [False, True]
    verbs = list(session.scalars(select(AuditEvent.verb).order_by(AuditEvent.id)))
    assert verbs[-2:] == ["answer.marked", "answer.marked_again"]


def test_the_second_marker_sees_no_first_marks_and_what_differs_is_settled_by_marking_again(
    store: Store, client: Client, new_client: Callable[[], Client]
) -> None:
    with store() as session:
        essays = Essays(session)
        essays.mark(session, essays.room.teacher, 2, blind=False)
    index, own = f"/assignments/{essays.group}/second-marking", f"/attempts/{essays.drawn.public_id}/second-marks/2"
    other = next(one for one in essays.done if one.id != essays.drawn.id)
    with clock.at(NOW + MINUTE):
        client.sign_in(essays.room.teacher)
        assert "Chờ người khác chấm" in client.get(index).text
        assert client.post(own, {"seen": SEEN, "mark_c1": "1", "mark_c2": "3"}).status_code == 422
        second = new_client().sign_in(essays.colleague)
        page = second.get(own).text
        assert "Em dừng lại, không bấm" in page and "checked" not in page and essays.room.teacher.full_name not in page
        assert second.get(f"/attempts/{other.public_id}/second-marks/2").status_code == 404
        assert "Chờ chấm chéo" in second.get(index).text
        done = second.follow(second.post(own, {"seen": SEEN, "mark_c1": "0", "mark_c2": "3"})).text
        assert "Khác nhau, cần thống nhất" in done and "Mới có 2 cặp điểm tiêu chí từ 1 bài." in done
        history = client.get(f"/attempts/{essays.drawn.public_id}/marks/2").text
        assert "chấm chéo, không tự tính" in history and "đang tính" in history
        client.post(f"/attempts/{essays.drawn.public_id}/marks/2", {"seen": SEEN, "mark_c1": "1", "mark_c2": "3"})
        assert "Đã thống nhất" in client.get(index).text
