"""What planning's actions refuse, and what the databases themselves refuse, on both engines."""

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Role
from school_safety.curriculum.rules import Strand
from school_safety.kit.db import Database
from school_safety.kit.errors import NotFound, Refused
from school_safety.planning import actions, queries
from school_safety.planning.models import Answer, Delivery, Evidence, Plan, Verification
from school_safety.planning.queries import Draft
from school_safety.planning.rules import (
    Comparator,
    Decision,
    MarkKind,
    PlanKind,
    Schedule,
    TargetIndicator,
    TargetScope,
    copied_unchanged,
)
from school_safety.registry.rules import SchoolKind
from tests.factories import planning as make
from tests.factories.classes import a_class_group, an_enrolment
from tests.factories.people import a_membership, a_person
from tests.factories.registry import a_placed_school, a_year, the_school

OS, ML = Strand.ONLINE_SAFETY, Strand.MEDIA_LITERACY


def refused(code: str, field: str | None = None) -> Any:
    """A context that wants exactly this refusal, at this field where one is named."""
    return pytest.raises(Refused, match=f"^{code}$") if field is None else _At(code, field)


class _At:
    def __init__(self, code: str, field: str) -> None:
        self.code, self.field = code, field

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        assert isinstance(error, Refused), f"not refused: {error!r}"
        assert (error.code, error.field) == (self.code, self.field)
        return True


# ---- Declarations ----


def test_the_same_answer_twice_is_one_fact(session: Session) -> None:
    here = make.a_declaration(session)
    again = actions.declare(session, actor=None, here=here, strand=OS, answer=Answer.YES, now=make.NOW)
    assert again is False


def test_only_a_yes_can_be_withdrawn(session: Session) -> None:
    here = make.a_declaration(session, answer=Answer.NO)
    with refused("nothing_to_withdraw"):
        actions.declare(session, actor=None, here=here, strand=OS, answer=Answer.WITHDRAWN, now=make.NOW)


def test_publishing_declares_what_it_serves_even_after_a_no(session: Session) -> None:
    here = make.a_declaration(session, answer=Answer.NO)
    make.a_publication(session, here=here)
    standing = queries.find_standings(session, school_id=here.school.school_id, year=here.year)
    assert standing[OS].declared is True and standing[ML].declared is True


# ---- Drafting and publishing ----


def test_one_document_a_school_and_year(session: Session) -> None:
    draft = make.a_draft(session)
    values = actions.ProgrammeValues("", "", [])
    here = queries.SchoolYear(draft.school, draft.year, None)
    with refused("already_begun"):
        actions.start_programme(session, actor=None, here=here, values=values, now=make.NOW)


def test_publishing_serves_the_strand_that_is_ready_and_leaves_the_other_undeclared(session: Session) -> None:
    published = make.a_publication(session, activities=[{}, {"elements": 4, "title": "Đọc tin"}])
    served = {part.strand: part.served for part in published.revision.strands}
    assert served == {OS: True, ML: False}
    standing = queries.find_standings(session, school_id=published.school.school_id, year=published.year)
    assert standing[OS].declared is True and standing[ML].declared is None


def test_what_is_published_names_no_person(session: Session) -> None:
    person = a_person(session, name="Hoàng Thị Người Ký")
    draft = make.a_draft(session)
    actor = make.a_viewer(person, post="Hiệu trưởng")
    revision = actions.publish_programme(
        session, actor=actor, draft=draft, edition=draft.programme.edition, now=make.NOW
    )
    assert revision.post == "Hiệu trưởng"
    assert "Người Ký" not in str(revision.content)


def test_a_one_off_activity_keeps_no_last_day_and_only_repeating_ones_say_how_often(session: Session) -> None:
    draft = make.a_draft(session, activities=[{"schedule": Schedule.ONE_OFF}])
    (activity,) = queries.list_activities(session, draft.programme.id)
    assert activity.ends_on is None and activity.recurrence is None


def test_copying_moves_last_years_days_into_this_years_calendar_and_needs_something_to_copy(session: Session) -> None:
    this_year, last_year = a_year(session), a_year(session, code="2025-2026")
    old = make.a_draft(session, here=make.a_school_year(session, year=last_year))
    here = make.a_school_year(session, school=old.school, year=this_year)
    programme = actions.copy_programme(session, actor=None, here=here, now=make.NOW)
    copies = queries.list_activities(session, programme.id)
    assert [(each.starts_on, each.ends_on) for each in copies] == [(date(2026, 10, 3), date(2026, 10, 8))] * 2
    assert copied_unchanged([queries.draft_of(each) for each in copies]), "until somebody changes a day"
    with refused("nothing_to_copy"):
        actions.copy_programme(session, actor=None, here=make.a_school_year(session), now=make.NOW)


def test_an_activity_of_another_school_is_not_found(session: Session) -> None:
    draft, other = make.a_draft(session), make.a_draft(session)
    (activity, *_rest) = queries.list_activities(session, other.programme.id)
    with pytest.raises(NotFound):
        queries.load_activity(session, draft.school.code, draft.year.code, activity.id)


# ---- Deliveries ----


def test_a_head_count_above_the_classes_present_is_refused_for_pupils_only(session: Session) -> None:
    school = a_placed_school(session)
    group = a_class_group(session, school=the_school(session, school), year=a_year(session))
    an_enrolment(session, class_group=group)
    here = make.a_school_year(session, school=school)
    published = make.a_publication(session, here=here, activities=[{}, {"parents": True, "elements": 12}])
    with refused("too_many_present", "head_count"):
        make.a_delivery(session, published=published, class_group_ids=(group.id,), head_count=2)
    make.a_delivery(session, published=published, class_group_ids=(group.id,), head_count=1)
    make.a_delivery(session, published=published, place=1, class_group_ids=(group.id,), head_count=2)


def test_lists_that_are_not_entered_yet_do_not_speak_against_a_count(session: Session) -> None:
    published = make.a_publication(session)
    school = the_school(session, published.school)
    listed, empty = (a_class_group(session, school=school, year=published.year, name=name) for name in ("6A1", "6A2"))
    an_enrolment(session, class_group=listed)
    make.a_delivery(session, published=published, head_count=480)
    make.a_delivery(session, published=published, class_group_ids=(listed.id, empty.id), head_count=80)


def test_a_class_of_another_school_is_refused(session: Session) -> None:
    elsewhere = a_class_group(session)
    with refused("foreign_class_group", "class_groups"):
        make.a_delivery(session, class_group_ids=(elsewhere.id,))


def test_a_withdrawn_delivery_can_be_recorded_again_and_an_edit_may_not_collide(session: Session) -> None:
    published = make.a_publication(session)
    first = make.a_delivery(session, published=published)
    with refused("already_recorded", "taught_on"):
        make.a_delivery(session, published=published)
    actions.withdraw_delivery(session, actor=None, found=make.in_school(session, first), now=make.NOW)
    again = make.a_delivery(session, published=published)
    other = make.a_delivery(session, published=published, taught_on=date(2026, 10, 7))
    found = make.in_school(session, other)
    entry = queries.get_entry(session, other)
    values = actions.DeliveryValues(again.taught_on, 10)
    with refused("already_recorded", "taught_on"):
        actions.change_delivery(
            session, actor=None, found=found, entry=entry, values=values, now=make.NOW, today=make.TODAY
        )


def test_two_people_changing_the_same_delivery_do_not_both_win(session: Session) -> None:
    delivery = make.a_delivery(session)
    seen_by_both = make.in_school(session, delivery)
    entry = queries.get_entry(session, delivery)

    def change(head_count: int) -> None:
        values = actions.DeliveryValues(delivery.taught_on, head_count)
        actions.change_delivery(
            session, actor=None, found=seen_by_both, entry=entry, values=values, now=make.NOW, today=make.TODAY
        )

    change(10)
    with pytest.raises(Refused):
        change(20)


def test_the_same_file_is_not_taken_twice_for_one_delivery(session: Session) -> None:
    delivery, file = make.a_delivery(session), make.a_file()
    piece = make.an_evidence(session, delivery=delivery, file=file)
    with refused("file_already_here", "file"):
        make.an_evidence(session, delivery=delivery, file=file)
    other = make.a_delivery(session)
    make.an_evidence(session, delivery=other, file=file)
    assert queries.count_other_uses(session, piece) == 1
    assert queries.names_file(session, file.sha256) and not queries.names_file(session, "0" * 64)


def test_double_clicks_on_two_connections_leave_one_delivery(database: Database) -> None:
    with database.writing() as session:
        published = make.a_publication(session)
        school, year = published.school.code, published.year.code
    outcomes: list[str] = []

    def click() -> None:
        try:
            with database.writing() as session:
                make.a_delivery(session, published=queries.find_public(session, school, year))
            outcomes.append("recorded")
        except Refused as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_recorded"] * 3 + ["recorded"]
    with database.reading() as session:
        assert len(session.scalars(select(Delivery)).all()) == 1


def test_two_writers_at_once_leave_the_standing_row_complete(database: Database) -> None:
    with database.writing() as session:
        published = make.a_publication(session)
        school, year = published.school.code, published.year.code

    def record(day: int) -> None:
        with database.writing() as session:
            make.a_delivery(
                session, published=queries.find_public(session, school, year), taught_on=date(2026, 10, day)
            )

    threads = [threading.Thread(target=record, args=(day,)) for day in (6, 7, 8, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        found = queries.find_public(session, school, year)
        standing = queries.find_standings(session, school_id=found.school.school_id, year=found.year)
        assert standing[OS].recorded == 4


# ---- Verification ----


def test_a_member_of_the_school_cannot_decide_not_even_past_our_own_rule(session: Session) -> None:
    delivery = make.a_delivery(session)
    make.an_evidence(session, delivery=delivery)
    teacher = a_person(session)
    school = the_school(session, make.in_school(session, delivery).school)
    a_membership(session, teacher, Role.TEACHER, school=school)
    with refused("own_school"):
        make.a_decision(session, delivery=delivery, by=make.a_viewer(teacher))
    nested = session.begin_nested()
    session.add(_verification(delivery, teacher.id))
    with pytest.raises(DBAPIError):
        session.flush()
    nested.rollback()
    assert session.scalars(select(Verification).where(Verification.delivery_id == delivery.id)).all() == []


def test_who_left_before_the_delivery_may_decide_and_who_left_after_may_not(session: Session) -> None:
    delivery = make.a_delivery(session, taught_on=date(2026, 10, 6))
    make.an_evidence(session, delivery=delivery)
    school = the_school(session, make.in_school(session, delivery).school)
    left_after, left_before = a_person(session), a_person(session)
    a_membership(session, left_after, Role.TEACHER, school=school, valid_to=date(2026, 10, 7))
    a_membership(session, left_before, Role.TEACHER, school=school, valid_to=date(2026, 10, 6))
    with refused("own_school"):
        make.a_decision(session, delivery=delivery, by=make.a_viewer(left_after))
    make.a_decision(session, delivery=delivery, by=make.a_viewer(left_before))


def _verification(delivery: Delivery, person_id: int) -> Verification:
    return Verification(
        delivery_id=delivery.id,
        evidence_upto=1,
        decision=Decision.ACCEPTED,
        reason="",
        decided_by=person_id,
        post="",
        decided_on=make.TODAY,
        recorded_at=make.NOW,
    )


def test_a_change_after_the_acceptance_has_to_be_verified_again(session: Session) -> None:
    delivery = make.a_delivery(session)
    make.an_evidence(session, delivery=delivery)
    make.a_decision(session, delivery=delivery)
    found = make.in_school(session, delivery)
    assert found.row.state == "accepted"
    entry = queries.get_entry(session, delivery)
    values = actions.DeliveryValues(delivery.taught_on, 50)
    actions.change_delivery(
        session, actor=None, found=found, entry=entry, values=values, now=make.NOW, today=make.TODAY
    )
    assert make.in_school(session, delivery).row.state == "waiting"


def test_new_evidence_after_a_rejection_waits_again(session: Session) -> None:
    delivery = make.a_delivery(session)
    make.an_evidence(session, delivery=delivery)
    make.a_decision(session, delivery=delivery, decision=Decision.REJECTED)
    assert make.in_school(session, delivery).row.state == "rejected"
    make.an_evidence(session, delivery=delivery)
    assert make.in_school(session, delivery).row.state == "waiting"


@pytest.mark.parametrize("statement", ["UPDATE delivery SET head_count = 1", "DELETE FROM evidence"])
def test_facts_cannot_be_changed_in_the_database(session: Session, statement: str) -> None:
    make.an_evidence(session)
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text(statement))
    assert session.scalars(select(Evidence)).all()


# ---- Marks, numbers, plans ----


def test_only_the_last_revision_can_be_returned(session: Session) -> None:
    published = make.a_publication(session)
    draft = Draft(published.school, published.year, published.programme)
    actions.add_activity(
        session, actor=None, draft=draft, values=make.activity_values(draft, title="Thêm"), now=make.NOW
    )
    make.publish(session, draft)
    with refused("not_the_last_revision"):
        actions.mark_programme(
            session,
            actor=None,
            published=published,
            kind=MarkKind.ACKNOWLEDGED,
            comment="",
            now=make.NOW,
        )


def test_a_corrected_number_keeps_the_one_before(session: Session) -> None:
    published = make.a_publication(session)
    for number in ("05/KH-A", "06/KH-A"):
        actions.number_document(
            session,
            actor=None,
            published=published,
            number=number,
            signed_on=date(2026, 9, 5),
            now=make.NOW,
            today=make.TODAY,
        )
    last = queries.find_document_number(session, published.revision.id)
    assert last is not None and last.number == "06/KH-A" and last.supersedes is not None


def test_targets_hold_on_their_days_and_national_ones_stand_beside(session: Session) -> None:
    plan = make.a_plan(session)
    make.a_target(session, plan=plan)
    make.a_target(session, plan=plan, scope=TargetScope.NATIONAL, comparator=Comparator.GE, percent=50)
    early = make.a_target(
        session, plan=plan, indicator=TargetIndicator.ML_PROGRAMME, percent=70, valid_to=date(2026, 6, 30)
    )

    def in_force(on: date) -> list[tuple[str, str, int]]:
        return [(each.indicator, each.scope, each.percent) for each in queries.list_targets_in_force(session, on)]

    assert in_force(date(2026, 6, 30)) == [
        ("os_programme", "province", 80),
        ("os_programme", "national", 50),
        ("ml_programme", "province", 70),
    ]
    assert in_force(date(2026, 7, 1)) == [("os_programme", "province", 80), ("os_programme", "national", 50)]
    actions.withdraw_target(session, actor=None, target=early)
    session.flush()
    assert ("ml_programme", "province", 70) not in in_force(date(2026, 6, 30))
    assert in_force(date(2025, 12, 31)) == []


def test_a_plan_cannot_shrink_away_from_its_targets_or_be_its_own_parent(session: Session) -> None:
    plan = make.a_plan(session)
    make.a_target(session, plan=plan)
    told: dict[str, Any] = {
        "kind": PlanKind.MULTI_YEAR,
        "parent_id": None,
        **{name: getattr(plan, name) for name in ("issuer", "number", "title", "signed_on", "starts_on", "basis")},
        "ends_on": date(2028, 12, 31),
        "vision_year": None,
    }
    with refused("outside_plan", "ends_on"), session.begin_nested():
        actions.save_plan(session, actor=None, values=actions.PlanValues(**told), plan=plan)
    session.refresh(plan)
    with refused("parent_not_multi_year", "parent_id"):
        actions.save_plan(session, actor=None, values=actions.PlanValues(**{**told, "parent_id": plan.id}), plan=plan)
    assert session.get_one(Plan, plan.id).ends_on == date(2030, 12, 31)


def test_the_audit_names_ids_and_codes_only(session: Session) -> None:
    make.an_evidence(session)
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    verbs = [event.verb for event in events]
    for verb in ("programme.started", "activity.added", "programme.published", "delivery.recorded", "evidence.added"):
        assert verb in verbs
    assert "Tuần lễ" not in str([event.data for event in events])


def test_a_school_of_upper_grades_needs_upper_grades(session: Session) -> None:
    school = a_placed_school(session, kind=SchoolKind.THPT)
    published = make.a_publication(session, here=make.a_school_year(session, school=school))
    assert published.revision.content["grades"] == [10, 11, 12]


def test_tasks_wait_for_the_principal_and_the_supervisor(session: Session) -> None:
    draft = make.a_draft(session)
    actor = make.a_viewer(a_person(session))
    actions.tell_principal(session, actor=actor, draft=draft, now=make.NOW)
    waiting = queries.list_awaiting_principal(session, make.EVERYWHERE)
    assert draft.programme.id in [programme.id for programme, _, _ in waiting]
    make.publish(session, draft, now=datetime(2026, 11, 20, 4, 0, tzinfo=UTC))
    assert draft.programme.id not in [
        each.id for each, _, _ in queries.list_awaiting_principal(session, make.EVERYWHERE)
    ]
    unmarked = queries.list_unmarked(session, make.EVERYWHERE, draft.year)
    assert draft.school.school_id in [school.school_id for _, school in unmarked]
