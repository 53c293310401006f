"""What happens in two classes of the demo school: cards, an assignment that is open, one with results to look at."""

import random
import uuid
from datetime import datetime, time, timedelta

from school_safety.access.policy import Permission, Role, Standing, Viewer
from school_safety.assessment import queries as bank
from school_safety.classroom import actions as classroom
from school_safety.classroom import queries as classroom_queries
from school_safety.classroom.actions import Terms
from school_safety.classroom.models import Assignment
from school_safety.classroom.rules import AttemptPolicy, Channel, FeedbackRelease
from school_safety.demo.actions.classes import Roster
from school_safety.demo.actions.people import SignIn
from school_safety.demo.rules import DEMO_SCHOOL
from school_safety.demo.rules.answers import invented_answer
from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.roster import actions as roster_actions
from school_safety.roster import queries as roster_queries
from school_safety.roster.models import ClassGroup

OPEN_CLASS, FINISHED_CLASS = "6A1", "6A2"


def make_learning(
    session: Session, roster: Roster, teacher: Viewer, *, source: random.Random, now: datetime, external_url: str
) -> SignIn:
    """Cards for one class, an open assignment there, and a finished one next door; returns a pupil's way in."""
    open_class, finished = (roster.named(DEMO_SCHOOL, name) for name in (OPEN_CLASS, FINISHED_CLASS))
    pupil, number = _issue_cards(session, teacher, open_class, now, external_url)
    opened = _at(now, -2, 7)
    running = _give(session, teacher, open_class, "OS-06-01", opened, opened, _at(now, 6, 21))
    _attempts(session, running, open_class, source, now - timedelta(days=1), share=0.45, but=number)
    opened = _at(now, -12, 7)
    done = _give(session, teacher, finished, "ML-06-03", opened, opened, _at(now, -5, 21))
    _attempts(session, done, finished, source, opened + timedelta(days=1), share=0.92)
    with clock.at(now):
        classroom.close_forgotten(session, assignment_id=done.id, now=now)
    return pupil


def _at(now: datetime, days: int, hour: int) -> datetime:
    """A full hour so many days from now, on the Vietnamese clock."""
    return clock.at_local(clock.local(now).date() + timedelta(days=days), time(hour))


def _issue_cards(
    session: Session, teacher: Viewer, group: ClassGroup, now: datetime, external_url: str
) -> tuple[SignIn, int]:
    """Cards for the whole class; one of them, with the list number of its pupil."""
    holders = roster_queries.list_card_holders(session, group.id)
    cards = roster_actions.make_cards(holders)
    sheet = roster_queries.get_card_sheet(session, group.id)
    roster_actions.issue_cards(session, actor=teacher, sheet=sheet, cards=cards, now=now)
    last = cards[-1]
    number = last.holder.list_number
    by_hand = f"{group.code} · {number} · PIN {last.pin}"
    return SignIn(Role.PUPIL, last.holder.name, f"{external_url}/k#{last.token}", by_hand), number


def _give(
    session: Session,
    teacher: Viewer,
    group: ClassGroup,
    lesson: str,
    at: datetime,
    opens_at: datetime,
    closes_at: datetime,
) -> Assignment:
    assessment = bank.find_assessment(session, f"{lesson}-quiz")
    revision = bank.find_published(session, assessment.id) if assessment is not None else None
    choices = classroom_queries.list_class_choices(session, teacher.reach(Permission.ASSIGN), today=clock.today())
    terms = Terms(
        opens_at=opens_at,
        closes_at=closes_at,
        minutes=None,
        attempts_allowed=1,
        attempt_policy=AttemptPolicy.LAST,
        feedback_release=FeedbackRelease.AT_SUBMIT,
        shuffle=True,
    )
    with clock.at(at):
        return classroom.publish_assignment(
            session,
            actor=teacher,
            classes=[choice for choice in choices if choice.id == group.id],
            lesson=classroom_queries.find_lesson(session, lesson),
            assessment=revision,
            terms=terms,
            now=at,
        )


def _attempts(
    session: Session,
    assignment: Assignment,
    group: ClassGroup,
    source: random.Random,
    at: datetime,
    *,
    share: float,
    but: int | None = None,
) -> None:
    """The given share of the class begins, never the pupil with the number `but`; most submit, some stop half-way."""
    given_id = classroom_queries.list_groups(session, assignment.id)[0].public_id
    given, _ = classroom_queries.load_given(session, given_id)
    contents = classroom_queries.get_contents(session, [slot.item_revision_id for slot in given.paper.slots])
    pupils = classroom_queries.list_pupils(session, class_group_id=group.id, assignment_id=assignment.id)
    beginners = [pupil for pupil in pupils if but is None or pupil.list_number != but]
    for number, pupil in enumerate(beginners[: round(share * len(pupils))]):
        skill, moment = source.uniform(0.45, 0.95), at + timedelta(minutes=source.randrange(40))
        standing = Standing(Role.PUPIL, class_group_ids=frozenset({group.id}), person_id=pupil.person_id)
        viewer = Viewer(person_id=pupil.person_id, name="", standings=(standing,), session_id=0)
        with clock.at(moment):
            attempt = classroom.start_attempt(session, actor=viewer, given=given, now=moment)
            for slot in given.paper.slots[: 2 if number % 9 == 8 else None]:
                answer = invented_answer(source, slot.type, dict(contents[slot.item_revision_id]), skill)
                target, _ = classroom_queries.load_slot_to_save(session, attempt.public_id, slot.slot)
                classroom.save_answer(
                    session,
                    target=target,
                    value=answer,
                    seq=1,
                    client_uuid=str(uuid.UUID(int=source.getrandbits(128), version=4)),
                    channel=Channel.WEB,
                    submitted_at=None,
                    checked_at=None,
                    now=moment,
                )
            if number % 9 != 8:
                classroom.submit_attempt(session, attempt=attempt, now=moment + timedelta(minutes=9))
