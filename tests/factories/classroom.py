"""A class with its teacher, its pupils and an assignment, made through the classroom's own actions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from school_safety.access.policy import Role, Viewer
from school_safety.assessment.models import AssessmentRevision
from school_safety.classroom import actions, queries
from school_safety.classroom.models import Assignment, AssignmentGroup
from school_safety.classroom.queries import AttemptFacts, AttemptSlot, ClassChoice, GroupFacts
from school_safety.classroom.rules import AttemptPolicy, Channel, FeedbackRelease
from school_safety.curriculum.models import LessonRevision
from school_safety.registry.models import School
from school_safety.roster.models import ClassGroup, Person
from tests.factories.assessment import an_assessment, an_item
from tests.factories.classes import a_class_group, a_teaching, an_enrolment
from tests.factories.curriculum import a_lesson
from tests.factories.people import a_member
from tests.factories.registry import a_school

OPENS = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
NAMES = ("Lê Thị Hồng Ân", "Hoàng Gia Bảo", "Vũ Minh Châu", "Đặng Quốc Duy", "Phan Thị Mỹ Hạnh")


def a_viewer(person: Person) -> Viewer:
    """Somebody as actions see them."""
    return Viewer(person_id=person.id, name=person.full_name, standings=(), session_id=0)


@dataclass
class Room:
    """A class group with its teacher and pupils."""

    school: School
    class_group: ClassGroup
    teacher: Person
    pupils: list[Person]
    given: list[AssignmentGroup] = field(default_factory=list)

    @property
    def choice(self) -> ClassChoice:
        """The class as the form of a new assignment offers it."""
        group = self.class_group
        return ClassChoice(group.id, group.name, group.grade, group.school_id, "", len(self.pupils))


def a_room(session: Session, *, pupils: int = 3, name: str = "6A1", school: School | None = None) -> Room:
    """A class with a homeroom teacher and pupils from NAMES."""
    school = school or a_school(session)
    group = a_class_group(session, school=school, name=name)
    teacher = a_member(session, Role.TEACHER, school=school, name="Nguyễn Thị Thu Hà")
    a_teaching(session, person=teacher, class_group=group)
    people = []
    for number in range(pupils):
        enrolment = an_enrolment(session, class_group=group, name=NAMES[number % len(NAMES)], number=number + 1)
        people.append(session.get_one(Person, enrolment.person_id))
    return Room(school, group, teacher, people)


def a_quiz(
    session: Session, *, types: Sequence[str] = ("choice", "multi", "truefalse"), **own: Any
) -> AssessmentRevision:
    """A frozen assessment of OS-06-01 with one item of each of these types."""
    return an_assessment(session, items=[an_item(session, type=type_code) for type_code in types], **own)


def an_assignment(
    session: Session,
    room: Room | None = None,
    *,
    more: Sequence[Room] = (),
    lesson: LessonRevision | None = None,
    assessment: AssessmentRevision | None = None,
    only_reading: bool = False,
    opens_at: datetime = OPENS,
    closes_at: datetime = CLOSES,
    minutes: int | None = None,
    attempts_allowed: int = 1,
    attempt_policy: AttemptPolicy = AttemptPolicy.BEST,
    feedback_release: FeedbackRelease = FeedbackRelease.AT_SUBMIT,
    shuffle: bool = False,
    delay_minutes: int = 0,
) -> GroupFacts:
    """OS-06-01 with three questions given to a class (and to `more` classes); returns the first class's."""
    room = room or a_room(session)
    assignment = actions.publish_assignment(
        session,
        actor=a_viewer(room.teacher),
        classes=[one.choice for one in (room, *more)],
        lesson=lesson or a_lesson(session),
        assessment=None if only_reading else assessment or a_quiz(session),
        terms=actions.Terms(
            opens_at, closes_at, minutes, attempts_allowed, attempt_policy, feedback_release, shuffle, delay_minutes
        ),
        now=opens_at,
    )
    return given_to(session, assignment, room)


def given_to(session: Session, assignment: Assignment, room: Room) -> GroupFacts:
    """The assignment in one class."""
    group = next(one for one in assignment.groups if one.class_group_id == room.class_group.id)
    return queries.load_group(session, group.public_id)[0]


def an_attempt(session: Session, given: GroupFacts, pupil: Person, *, now: datetime = NOW) -> AttemptFacts:
    """A pupil at work."""
    return actions.start_attempt(session, actor=a_viewer(pupil), given=given, now=now)


RIGHT: dict[str, Any] = {
    "choice": {"choice": "A"},
    "multi": {"choices": ["A", "C"]},
    "truefalse": {"value": False},
    "essay": {"text": "Em dừng lại, không bấm, rồi hỏi cô."},
}
"""The answers worth everything to the factory's items."""
WRONG: dict[str, Any] = {
    "choice": {"choice": "B"},
    "multi": {"choices": ["B"]},
    "truefalse": {"value": True},
    "essay": {"text": "Em bấm."},
}


def an_answer(
    session: Session,
    attempt: AttemptFacts,
    slot: int,
    value: dict[str, Any] | None,
    *,
    seq: int = 1,
    client_uuid: str | None = None,
    now: datetime = NOW,
) -> actions.Acknowledgement:
    """One save, as the endpoint makes it: the facts of the slot are read first."""
    fresh = queries.get_attempt(session, attempt.id)
    place = fresh.paper.slot(slot)
    assert place is not None
    _content, submitted_at, checked_at = queries.get_slot_facts(
        session, attempt_id=attempt.id, slot=slot, item_revision_id=place.item_revision_id
    )
    return actions.save_answer(
        session,
        target=AttemptSlot(fresh, slot),
        value=value,
        seq=seq,
        client_uuid=client_uuid or str(uuid4()),
        channel=Channel.WEB,
        submitted_at=submitted_at,
        checked_at=checked_at,
        now=now,
    )


def a_submission(
    session: Session, given: GroupFacts, pupil: Person, *, right: int = 3, now: datetime = NOW
) -> AttemptFacts:
    """A handed-in attempt with the first `right` answers right and the others wrong."""
    attempt = an_attempt(session, given, pupil, now=now)
    for slot in attempt.paper.slots:
        an_answer(session, attempt, slot.slot, (RIGHT if slot.slot <= right else WRONG)[slot.type], now=now)
    actions.submit_attempt(session, attempt=attempt, now=now)
    return queries.get_attempt(session, attempt.id)
