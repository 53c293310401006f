"""Forgetting a pupil: the identity row is emptied, the ways in are gone, what was done stays under a number."""

from datetime import date, datetime

from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.roster import queries
from school_safety.roster.actions.sign_in import door_key, forget_failures
from school_safety.roster.rules.accounts import DoorKind
from school_safety.roster.rules.cards import door_of
from school_safety.roster.rules.classes import LeftReason


def erase_person(session: Session, person_id: int, *, now: datetime) -> None:
    """Empty a pupil's identity row, end the places in classes, delete cards, sessions and waiting import drafts."""
    for code, number in queries.list_doors_of(session, person_id):
        forget_failures(session, door=door_key(DoorKind.PUPIL, door_of(code, number)))
    for statement in (queries.FORGET_CARDS, queries.FORGET_SESSIONS, queries.FORGET_DRAFTS):
        session.execute(statement, {"of_person": person_id})
    today = clock.local(now).date()
    for enrolment in queries.list_open_enrolments_of(session, person_id):
        enrolment.ends_on = max(today, enrolment.starts_on)
        enrolment.left_reason = LeftReason.LEFT_SCHOOL
    person = queries.get_person(session, person_id)
    person.full_name = person.name_key = person.name_search = ""
    person.birth_date = person.moet_hash = None
    person.erased_at = now
    session.flush()


def forget_old_cards(session: Session, *, today: date) -> None:
    """Delete the cards of school years that are over."""
    session.execute(queries.FORGET_OLD_CARDS, {"today": today})
