"""The world that is measured: a school with cards, an assignment of twenty items, and answers of earlier months."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session

from school_safety.assessment.report import prefix_of
from school_safety.assessment.rules import Content
from school_safety.assessment.types import TYPES
from school_safety.classroom import actions
from school_safety.classroom.models import Assignment
from school_safety.classroom.queries import ClassChoice
from school_safety.classroom.rules import AttemptPolicy, FeedbackRelease
from school_safety.kit import clock, secrets
from school_safety.kit.db import Database, Json, UtcDateTime, insert_many
from school_safety.roster.models import Card, ClassGroup, Enrolment, Person
from tests.factories.assessment import an_assessment, an_item
from tests.factories.classes import a_class_group, a_teaching
from tests.factories.classroom import a_viewer
from tests.factories.curriculum import a_lesson
from tests.factories.people import a_member
from tests.factories.registry import a_school
from tests.factories.uploads import form_of

ITEMS = 20
QUIZ = (("choice", "truefalse", "multi", "match", "order", "headlines") * 4)[:ITEMS]
CLASS_SIZE = 40


@dataclass
class World:
    """What the load client needs to be the pupils of one school."""

    tokens: list[str] = field(default_factory=list)
    assignments: dict[str, list[str]] = field(default_factory=dict)
    """For each round its address per pupil: the same place in the list as the token."""
    items: list[tuple[str, Content]] = field(default_factory=list)
    """The type and the content at each slot."""

    @property
    def values(self) -> list[Any]:
        """The right answer to each slot."""
        return [TYPES[name].key(content) for name, content in self.items]

    @property
    def forms(self) -> list[list[list[str]]]:
        """The right answers as the fields of each slot's form."""
        return [
            form_of(name, content, TYPES[name].key(content), prefix_of(slot))
            for slot, (name, content) in enumerate(self.items, 1)
        ]


def build(
    database: Database,
    *,
    pupils: int,
    rounds: list[str],
    old_answers: int,
    types: Sequence[str] = QUIZ,
    attempts: int = 10,
) -> World:
    """A school whose pupils hold cards; one assignment a round for all classes; answers of earlier months.

    `attempts`: how many a pupil may make at each assignment.
    """
    world = World()
    with database.writing() as session:
        school = a_school(session, name="THCS Đo lường")
        groups = [a_class_group(session, school=school, name=f"6A{n + 1}") for n in range(-(-pupils // CLASS_SIZE))]
        homes = [list(chunk) for chunk in _enrol(session, groups, pupils, world)]
        items = [an_item(session, type=name) for name in types]
        assessment, lesson = an_assessment(session, items=items), a_lesson(session)
        world.items = [(item.type, item.content) for item in items]
        teacher = a_member(session, school=school)
        for group in groups:
            a_teaching(session, person=teacher, class_group=group)
        choices = [
            ClassChoice(group.id, group.name, group.grade, school.id, "", len(home))
            for group, home in zip(groups, homes, strict=True)
        ]
        for name in [*rounds, "old"]:
            given = _give(session, teacher, choices, lesson, assessment, attempts)
            by_group = {one.class_group_id: one.public_id for one in given.groups}
            world.assignments[name] = [
                by_group[group.id] for group, home in zip(groups, homes, strict=True) for _ in home
            ]
        _answer_long_ago(session, given, world.values, old_answers)
    return world


def _enrol(session: Session, groups: list[ClassGroup], pupils: int, world: World) -> Iterator[list[str]]:
    pin_hash, now = secrets.hash_pin("402918"), clock.now()
    for place, group in enumerate(groups):
        count = min(CLASS_SIZE, pupils - place * CLASS_SIZE)
        people = [Person(full_name=f"Nguyễn Văn Đo {place:02}{number:02}") for number in range(count)]
        session.add_all(people)
        session.flush()
        enrolments = [
            Enrolment(
                public_id=secrets.public_id(),
                person_id=person.id,
                class_group_id=group.id,
                list_number=number,
                starts_on=clock.today() - timedelta(days=30),
            )
            for number, person in enumerate(people, 1)
        ]
        session.add_all(enrolments)
        session.flush()
        tokens = [secrets.token(bits=128) for _ in enrolments]
        cards = [
            {"enrolment_id": one.id, "token_hash": secrets.digest(token), "pin_hash": pin_hash, "issued_at": now}
            for one, token in zip(enrolments, tokens, strict=True)
        ]
        insert_many(session, Card, cards)
        world.tokens += tokens
        yield tokens


def _give(
    session: Session, teacher: Person, choices: list[ClassChoice], lesson: Any, assessment: Any, attempts: int
) -> Any:
    now = clock.now()
    best, at_submit = AttemptPolicy.BEST, FeedbackRelease.AT_SUBMIT
    terms = actions.Terms(now - timedelta(hours=1), now + timedelta(days=3), None, attempts, best, at_submit, True)
    return actions.publish_assignment(
        session,
        actor=a_viewer(teacher),
        classes=choices,
        lesson=lesson,
        assessment=assessment,
        terms=terms,
        now=now,
    )


OLD_ATTEMPTS = """
INSERT INTO attempt (
  public_id, assignment_id, class_group_id, person_id, number, seed, channel, started_at, deadline_at)
SELECT 'old-' || id, :assignment_id, :class_group_id, id, 1, 7, 'web', :moment, :moment FROM person WHERE id > :after
"""
OLD_ANSWERS = """
INSERT INTO response (attempt_id, slot, late, seq, client_uuid, body_hash, value, answered, saved_at, channel)
SELECT id, :slot, :no, 1, 'old', 'old', :value, :yes, :moment, 'web' FROM attempt WHERE assignment_id = :assignment_id
"""


def _answer_long_ago(session: Session, given: Assignment, values: list[Any], answers: int) -> None:
    """Fill the table of answers with the attempts of other pupils, so that it has the size of a school's years."""
    after = session.scalar(select(func.max(Person.id)))
    people = [
        {"full_name": f"Trần Văn Cũ {number}", "public_id": secrets.public_id()} for number in range(answers // ITEMS)
    ]
    insert_many(session, Person, people)
    facts = {"assignment_id": given.id, "moment": clock.now() - timedelta(days=20)}
    group = given.groups[0].class_group_id
    session.execute(text(OLD_ATTEMPTS).bindparams(*MOMENT), {**facts, "class_group_id": group, "after": after})
    add = text(OLD_ANSWERS).bindparams(*MOMENT, bindparam("value", type_=Json))
    for slot, value in enumerate(values, 1):
        session.execute(add, {**facts, "slot": slot, "value": value, "no": False, "yes": True})


MOMENT = (bindparam("moment", type_=UtcDateTime()),)
