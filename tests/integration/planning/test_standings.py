"""The standing rows say exactly what the facts say, today and on any past day, in Python and in SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from school_safety.curriculum.rules import Strand, grade_mask, strands_of
from school_safety.kit import clock
from school_safety.kit.errors import Refused
from school_safety.planning import actions, queries
from school_safety.planning.models import (
    Answer,
    Declaration,
    Delivery,
    Evidence,
    Programme,
    ProgrammeRevision,
    ProgrammeStrand,
    SupervisorMark,
    Verification,
)
from school_safety.planning.queries import Draft, Published, SchoolYear
from school_safety.planning.rules import (
    Check,
    Decision,
    Grade,
    MarkKind,
    StrandFacts,
    VerificationFact,
    is_accepted,
    is_evidenced,
    no_facts,
    strand_grade,
)
from school_safety.registry.models import SchoolPath
from tests.factories import planning as make
from tests.factories.registry import a_year

OS, ML = Strand.ONLINE_SAFETY, Strand.MEDIA_LITERACY
START = datetime(2026, 9, 20, 2, 0, tzinfo=UTC)


class History:
    """One school living through random events, a day apart."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.here = make.a_school_year(session)
        self.draft: Draft | None = None
        self.now = START

    @property
    def today(self) -> date:
        return clock.local(self.now).date()

    def live(self, event: str, number: int) -> None:
        """Let one thing happen, if it can; refusals are part of life and change nothing."""
        self.now += timedelta(days=1)
        try:
            with self.session.begin_nested():
                getattr(self, event)(number)
        except Refused:
            pass

    def declare(self, number: int) -> None:
        strand, answer = list(Strand)[number % 2], list(Answer)[number % 3]
        actions.declare(self.session, actor=None, here=self.here, strand=strand, answer=answer, now=self.now)

    def plan(self, number: int) -> None:
        changes: list[dict[str, Any]] = [
            {},
            {"elements": 12},
            {"grades": grade_mask([6])},
            {"lead_unit": ""},
            {"elements": 15},
        ]
        change = changes[number % 5]
        if self.draft is None:
            self.draft = make.a_draft(self.session, here=self.here, activities=[change], now=self.now)
            return
        activities = queries.list_activities(self.session, self.draft.programme.id)
        values = make.activity_values(self.draft, title=f"Hoạt động {number}", **change)
        if number % 2:
            actions.add_activity(self.session, actor=None, draft=self.draft, values=values, now=self.now)
        elif activities:
            chosen = activities[number % len(activities)]
            actions.edit_activity(
                self.session, actor=None, draft=self.draft, activity=chosen, values=values, now=self.now
            )

    def publish(self, number: int) -> None:
        if self.draft is not None:
            make.publish(self.session, self.draft, now=self.now)

    def mark(self, number: int) -> None:
        published = self.published()
        if published is not None:
            actions.mark_programme(
                self.session,
                actor=None,
                published=published,
                kind=list(MarkKind)[number % 3],
                comment="Xem lại",
                strand=[None, *Strand][number % 4 % 3],
                failing=list(Check)[number % 4],
                now=self.now,
            )

    def take_back(self, number: int) -> None:
        published = self.published()
        marks = queries.list_marks(self.session, published.revision.id) if published is not None else []
        if published is not None and marks:
            mark = marks[number % len(marks)]
            actions.take_back_return(self.session, actor=None, published=published, mark=mark, now=self.now)

    def deliver(self, number: int) -> None:
        published = self.published()
        if published is not None:
            place = number % len(published.revision.content["activities"])
            day = self.today - timedelta(days=number % 9)
            make.a_delivery(
                self.session, published=published, place=place, taught_on=day, now=self.now, today=self.today
            )

    def prove(self, number: int) -> None:
        for delivery in self.chosen(number):
            make.an_evidence(self.session, delivery=delivery, now=self.now)

    def withdraw_proof(self, number: int) -> None:
        for delivery in self.chosen(number):
            found = make.in_school(self.session, delivery)
            for piece in found.row.evidence[:1]:
                actions.withdraw_evidence(
                    self.session, actor=None, found=found, public_id=piece.public_id, now=self.now
                )

    def decide(self, number: int) -> None:
        for delivery in self.chosen(number):
            decision = list(Decision)[number % 2]
            make.a_decision(self.session, delivery=delivery, decision=decision, now=self.now, today=self.today)

    def change(self, number: int) -> None:
        for delivery in self.chosen(number):
            found = make.in_school(self.session, delivery)
            if number % 3 == 0:
                actions.withdraw_delivery(self.session, actor=None, found=found, now=self.now)
                continue
            values = actions.DeliveryValues(delivery.taught_on, delivery.head_count + 1)
            entry = {"parents": True, "staff": False}
            actions.change_delivery(
                self.session,
                actor=None,
                found=found,
                entry=entry,
                values=values,
                now=self.now,
                today=self.today,
            )

    def published(self) -> Published | None:
        if self.draft is None:
            return None
        revision = queries.find_revision(self.session, self.draft.programme.id)
        return Published(self.draft.school, self.draft.year, self.draft.programme, revision) if revision else None

    def chosen(self, number: int) -> list[Delivery]:
        rows = queries.list_deliveries(self.session, school_id=self.here.school.school_id, year_id=self.here.year.id)
        return [rows[number % len(rows)].delivery] if rows else []


EVENTS = ("declare", "plan", "publish", "mark", "take_back", "deliver", "prove", "withdraw_proof", "decide", "change")
events = st.tuples(st.sampled_from(EVENTS + EVENTS[3:]), st.integers(0, 20))
openings = st.sampled_from(
    [[], [("plan", 4), ("publish", 0)], [("plan", 4), ("publish", 0), ("deliver", 0), ("prove", 0)]]
)


def counted_by_hand(session: Session, here: SchoolYear, strand: Strand, until: datetime, on: date) -> StrandFacts:
    """The same facts by reading every row one by one: shares nothing with the queries."""
    found: dict[str, Any] = {}
    for answer in _rows(session, Declaration, until):
        if answer.school_id == here.school.school_id and answer.strand is strand:
            found.update(declared=answer.answer is Answer.YES, withdrawn=answer.answer is Answer.WITHDRAWN)
    for revision in session.scalars(select(ProgrammeRevision).order_by(ProgrammeRevision.number)):
        programme = session.get_one(Programme, revision.programme_id)
        if programme.school_id == here.school.school_id and revision.published_at < until:
            found["last"] = revision
    last = found.pop("last", None)
    if last is not None:
        part = next(part for part in last.strands if part.strand is strand)
        found.update(revision=last.number, elements=part.elements, grades=part.grades, complete=part.complete)
        marks = _rows(session, SupervisorMark, until)
        for mark in marks:
            if mark.id in {each.supersedes for each in marks}:
                continue
            if mark.revision_id == last.id and mark.kind is MarkKind.RETURNED and mark.strand in (None, strand):
                found["returned"] = mark.failing
    states = [_delivery_state(session, each, until) for each in _in_force(session, here, strand, until, on)]
    found.update(
        recorded=len(states),
        evidenced=sum(evidenced for evidenced, _ in states),
        accepted=sum(evidenced and accepted for evidenced, accepted in states),
    )
    return StrandFacts(here.school.school_id, here.year.id, strand, **found)


def _rows(session: Session, table: Any, until: datetime) -> list[Any]:
    return [row for row in session.scalars(select(table).order_by(table.id)) if row.recorded_at < until]


def _in_force(session: Session, here: SchoolYear, strand: Strand, until: datetime, on: date) -> list[Delivery]:
    rows = [row for row in _rows(session, Delivery, until) if row.school_id == here.school.school_id]
    gone = {row.supersedes for row in rows}
    return [
        row
        for row in rows
        if row.id not in gone and not row.withdrawn and row.taught_on <= on and strand in strands_of(row.elements)
    ]


def _delivery_state(session: Session, delivery: Delivery, until: datetime) -> tuple[bool, bool]:
    pieces = [row for row in _rows(session, Evidence, until) if row.delivery_id == delivery.root_id]
    gone = {row.supersedes for row in pieces}
    standing = [row.id for row in pieces if row.id not in gone and not row.withdrawn]
    versions = {delivery.root_id} | {
        row.id for row in _rows(session, Delivery, until) if row.first_id == delivery.root_id
    }
    fact = None
    for decision in _rows(session, Verification, until):
        if decision.delivery_id in versions:
            fact = VerificationFact(decision.decision, decision.delivery_id, decision.evidence_upto)
    return is_evidenced(delivery.head_count, standing, fact), is_accepted(delivery.id, fact)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(openings, st.lists(events, max_size=10), st.integers(0, 14))
def test_after_any_history_the_standing_row_is_what_the_facts_say_today_and_on_every_past_day(
    session: Session, opening: list[tuple[str, int]], lived: list[tuple[str, int]], days_ago: int
) -> None:
    history = History(session)
    for happening, number in [*opening, *lived]:
        history.live(happening, number)
    here, today = history.here, history.today
    standing = queries.find_standings(session, school_id=here.school.school_id, year=here.year)
    for strand in Strand:
        by_hand = counted_by_hand(session, here, strand, history.now + timedelta(days=1), today)
        assert standing[strand] == by_hand
    past = today - timedelta(days=days_ago)
    end = clock.at_local(past + timedelta(days=1))
    then = {
        (facts.school_id, facts.strand): facts for facts in queries.list_standings(session, year=here.year, as_of=past)
    }
    for strand in Strand:
        key = (here.school.school_id, strand)
        assert then.get(key, no_facts(here.school.school_id, here.year.id, strand)) == counted_by_hand(
            session, here, strand, end, past
        )


facts_columns = st.fixed_dictionaries(
    {
        "declared": st.sampled_from([None, True, True, False]),
        "withdrawn": st.booleans(),
        "revision": st.sampled_from([None, 1]),
        "elements": st.integers(0, 15),
        "grades": st.sampled_from([0, grade_mask([6, 7, 8, 9]), grade_mask(range(6, 13))]),
        "complete": st.booleans(),
        "returned": st.sampled_from([None, None, *Check]),
        "evidenced": st.integers(0, 1),
        "accepted": st.integers(0, 1),
    }
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts_columns, st.sampled_from(Strand))
def test_the_grade_in_sql_is_the_grade_in_python(session: Session, columns: dict[str, Any], strand: Strand) -> None:
    here = make.a_school_year(session)
    row = ProgrammeStrand(school_id=here.school.school_id, year_id=here.year.id, strand=strand, recorded=0, **columns)
    session.add(row)
    session.flush()
    levels = here.school.grades
    in_sql = session.scalars(
        select(queries.grade_case(SchoolPath.grades))
        .select_from(ProgrammeStrand)
        .join(SchoolPath, SchoolPath.school_id == ProgrammeStrand.school_id)
        .where(ProgrammeStrand.id == row.id)
    ).one()
    assert Grade(in_sql) is strand_grade(queries.facts_of(row), levels)


def test_the_ladder_is_climbed_fact_by_fact_and_each_strand_for_itself(session: Session) -> None:
    # Given a school nobody has heard of
    here = make.a_school_year(session)
    levels = here.school.grades

    def grades() -> tuple[str, str]:
        standing = queries.find_standings(session, school_id=here.school.school_id, year=here.year)
        return strand_grade(standing[OS], levels).code, strand_grade(standing[ML], levels).code

    assert grades() == ("unknown", "unknown")
    # When it declares, publishes, delivers, proves, and another unit accepts
    make.a_declaration(session, here=here, strand=OS)
    assert grades() == ("G1", "unknown")
    published = make.a_publication(session, here=here)
    assert grades() == ("G2", "G2")
    delivery = make.a_delivery(session, published=published)
    assert grades() == ("G2", "G2")
    make.an_evidence(session, delivery=delivery)
    assert grades() == ("G3", "G2")
    make.a_decision(session, delivery=delivery)
    # Then only that strand stands at the top
    assert grades() == ("G4", "G2")


def test_a_past_day_is_told_as_it_was_known_then(session: Session) -> None:
    here = make.a_declaration(session, now=datetime(2026, 10, 1, 3, 0, tzinfo=UTC))
    before = queries.list_standings(session, year=here.year, as_of=date(2026, 9, 30))
    after = queries.list_standings(session, year=here.year, as_of=date(2026, 10, 1))
    assert here.school.school_id not in {facts.school_id for facts in before}
    assert here.school.school_id in {facts.school_id for facts in after}


def test_another_year_and_another_school_stay_apart(session: Session) -> None:
    here = make.a_declaration(session)
    other_year = a_year(session, code="2025-2026")
    other_school = make.a_school_year(session)
    assert queries.find_standings(session, school_id=here.school.school_id, year=other_year)[OS].declared is None
    assert queries.find_standings(session, school_id=other_school.school.school_id, year=here.year)[OS].declared is None


@contextmanager
def counting(session: Session) -> Iterator[list[str]]:
    """Collects the statements that run inside the block."""
    statements: list[str] = []
    connection = session.connection()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield statements
    event.remove(connection, "before_cursor_execute", note)


@pytest.mark.parametrize("as_of", [None, date(2026, 11, 20)], ids=["today", "from the facts"])
def test_the_standings_of_many_schools_take_the_same_few_statements(session: Session, as_of: date | None) -> None:
    year = a_year(session)
    for _ in range(3):
        make.a_declaration(session)
    with counting(session) as few:
        queries.list_standings(session, year=year, as_of=as_of)
    make.an_evidence(session)
    with counting(session) as many:
        queries.list_standings(session, year=year, as_of=as_of)
    assert len(few) == len(many) <= 4
