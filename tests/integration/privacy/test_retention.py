"""What is past its term is forgotten at night, and not a day earlier; counts, results and hashes stay."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.classroom.models import Response, Result
from school_safety.kit import clock
from school_safety.planning import queries as planning
from school_safety.planning.models import Evidence, EvidenceTombstone
from school_safety.privacy import actions
from school_safety.registry.models import AcademicYear
from school_safety.roster.models import Card, Enrolment
from school_safety.roster.rules.classes import LeftReason
from tests.factories import planning as make
from tests.factories.classes import a_class_group, an_enrolment
from tests.factories.classroom import a_room, a_submission, an_assignment
from tests.factories.people import a_card, a_member
from tests.factories.registry import a_year


def noon(day: date) -> datetime:
    return clock.at_local(day) + timedelta(hours=5)


def test_answers_and_pupils_are_kept_to_the_last_day_of_their_term_and_then_forgotten(session: Session) -> None:
    # Given a class of this year with an answered quiz, one pupil who went on to the next year, and a teacher
    room = a_room(session)
    goes_on, leaves = room.pupils[:2]
    given = an_assignment(session, room)
    a_submission(session, given, leaves)
    answered = set(map(str, session.scalars(select(Response.value))))
    places = {place.person_id: place for place in session.scalars(select(Enrolment))}
    a_card(session, enrolment=places[leaves.id])
    places[goes_on.id].ends_on = session.get_one(AcademicYear, room.class_group.year_id).ends_on
    places[goes_on.id].left_reason = LeftReason.YEAR_OVER
    session.flush()
    next_year = a_year(session, code="2027-2028")
    an_enrolment(session, class_group=a_class_group(session, school=room.school, year=next_year), person=goes_on)
    teacher = a_member(session)
    ends_on = session.get_one(AcademicYear, room.class_group.year_id).ends_on
    # When the last day of the year comes, and then the last day of the term
    for day in (ends_on, ends_on + timedelta(days=365)):
        actions.apply_retention(session, now=noon(day))
        session.expire_all()
        assert set(map(str, session.scalars(select(Response.value)))) == answered
        assert leaves.full_name and leaves.birth_date
    assert session.scalar(select(func.count()).select_from(Card)) == 0, "a card lives as long as its year"
    # Then the night after, the answer and the pupil are forgotten; the result, the others and the staff stay
    for _night in range(2):
        assert not actions.apply_retention(session, now=noon(ends_on + timedelta(days=366)))
        session.expire_all()
        assert set(session.scalars(select(Response.value))) == {None}
        assert set(session.scalars(select(Response.body_hash))) == {""}
        assert (leaves.full_name, leaves.birth_date) == ("", None)
        assert goes_on.full_name and teacher.full_name
    assert session.scalar(select(func.count()).select_from(Result)) == 1


def test_a_file_past_its_term_becomes_a_tombstone_and_its_delivery_still_counts(session: Session) -> None:
    old, young = make.an_evidence(session), make.an_evidence(session)
    moment = old.recorded_at
    year = session.scalars(select(AcademicYear)).first()
    assert year is not None and old.sha256 is not None
    before = planning.standings_from_facts(session, year=year)
    actions.apply_retention(session, now=moment + timedelta(days=730))
    assert planning.names_file(session, old.sha256)
    actions.apply_retention(session, now=moment + timedelta(days=730, seconds=1))
    assert set(session.scalars(select(EvidenceTombstone.evidence_id))) == {old.id, young.id}
    assert not planning.names_file(session, old.sha256)
    assert session.get_one(Evidence, old.id).sha256, "the hash stays"
    assert planning.standings_from_facts(session, year=year) == before


def test_many_leavers_are_forgotten_in_parts(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    room = a_room(session)
    ends_on = session.get_one(AcademicYear, room.class_group.year_id).ends_on
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    night = noon(ends_on + timedelta(days=400))
    assert actions.apply_retention(session, now=night)
    assert not actions.apply_retention(session, now=night)
    session.expire_all()
    assert all(pupil.erased_at for pupil in room.pupils)
