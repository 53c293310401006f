"""Questions that nobody judges: for the whole class only, the same on the page and in the files, never with a name."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from school_safety.assessment.rules import Purpose
from school_safety.classroom import actions, queries
from school_safety.classroom.models import Attempt
from school_safety.classroom.rules import GRACE
from school_safety.kit import clock
from school_safety.kit.errors import Refused
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories.classes import an_enrolment
from tests.factories.classroom import CLOSES, NOW, a_quiz, a_room, an_answer, an_assignment, an_attempt

Store = Callable[[], AbstractContextManager[Session]]


def a_class_that_answered(store: Store, *, pupils: int) -> tuple[Person, str]:
    """Everybody chose the first option but the first pupil, whose answer came late; the teacher and the group."""
    with store() as session:
        room = a_room(session, pupils=0)
        given = an_assignment(session, room, assessment=a_quiz(session, types=("choice", "survey")))
        for number in range(1, pupils + 1):
            enrolment = an_enrolment(session, class_group=room.class_group, number=number)
            attempt = an_attempt(session, given, session.get_one(Person, enrolment.person_id))
            an_answer(session, attempt, 1, {"choice": "A"})
            late = CLOSES + GRACE + timedelta(seconds=1)
            an_answer(session, attempt, 2, {"choice": "never"}, now=late if number == 1 else NOW)
            actions.submit_attempt(session, attempt=attempt, now=late if number == 1 else NOW)
        return room.teacher, given.group.public_id


def test_page_csv_and_xlsx_of_a_survey_say_the_same_and_name_nobody(store: Store, client: Client) -> None:
    teacher, group = a_class_that_answered(store, pupils=12)
    with clock.at(CLOSES + timedelta(days=1)):
        client.sign_in(teacher)
        page = client.get(f"/assignments/{group}/survey").text
        rows = list(csv.reader(io.StringIO(client.get(f"/assignments/{group}/survey.csv").data.decode("utf-8-sig"))))
        book = client.get(f"/assignments/{group}/survey.xlsx").data
        late = client.get(f"/assignments/{group}/late").text
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert "11 em trả lời, trên 12 em đã nộp." in page
    assert rows[1][3:7] == ["11", "100.0", "11", "12"] and sheet[1][3:7] == [11.0, 100.0, 11.0, 12.0]
    with store() as session:
        names = [session.get_one(Person, attempt.person_id).full_name for attempt in session.query(Attempt)]
    assert not any(name in page + str(rows) for name in names)
    assert "ý kiến riêng của em, không hiện ở đây" in late


def test_of_too_few_answers_neither_page_nor_file_says_anything(store: Store, client: Client) -> None:
    teacher, group = a_class_that_answered(store, pupils=10)
    with clock.at(NOW):
        client.sign_in(teacher)
        page = client.get(f"/assignments/{group}/survey").text
        rows = list(csv.reader(io.StringIO(client.get(f"/assignments/{group}/survey.csv").data.decode("utf-8-sig"))))
    assert "Chưa đủ 10 em trả lời" in page
    assert rows[1][3:5] == ["", ""] and "Chưa đủ 10 em" in rows[1][7]


def test_a_survey_stands_neither_in_a_pool_nor_where_marks_are_given(session: Session) -> None:
    with pytest.raises(Refused) as refused:
        a_quiz(session, types=("choice", "survey"), purpose=Purpose.GRADED)
    assert refused.value.code == "survey_in_graded"
    quiz = a_quiz(session, types=("choice", "survey", "survey"))
    quiz.items[1].pool = quiz.items[2].pool = 1
    quiz.pools = {"1": 1}
    session.flush()
    with pytest.raises(Refused) as refused:
        an_assignment(session, assessment=quiz)
    assert (refused.value.code, refused.value.field) == ("survey_in_pool", "assessment")


def test_lists_and_the_form_count_what_one_pupil_gets_of_a_pool(store: Store, client: Client) -> None:
    with store() as session:
        room = a_room(session)
        quiz = a_quiz(session, types=("choice", "multi", "truefalse", "match"))
        for placed in quiz.items[1:]:
            placed.pool = 1
        quiz.pools = {"1": 2}
        session.flush()
        given = an_assignment(session, room, assessment=quiz)
        (choice,) = queries.list_assessment_choices(session, lesson_code="OS-06-01", school_ids=set())
        assert choice.items == given.paper.count == 3
    with clock.at(NOW):
        client.sign_in(room.teacher)
        assert "(3 câu" in client.get("/assignments/new?lesson=OS-06-01").text
        listed = " ".join(client.get("/assessments").text.split())
        assert 'data-name="Số câu" class="num">3</td>' in listed
