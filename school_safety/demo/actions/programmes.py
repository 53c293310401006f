"""Declarations, programmes, deliveries and their verification: every school goes as far as its plan says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from school_safety.access.policy import Viewer
from school_safety.curriculum.rules import Strand
from school_safety.demo.actions.classes import Roster
from school_safety.demo.actions.minutes import minutes_image
from school_safety.demo.actions.people import Staff, acting
from school_safety.demo.actions.places import Places
from school_safety.demo.rules import SchoolPlan, Standing
from school_safety.demo.rules.programmes import ACTIVITIES, BASIS, PURPOSE, RETURN_WORDS, PlannedActivity
from school_safety.demo.rules.province import Fate
from school_safety.kit import clock, files
from school_safety.kit.db import Session
from school_safety.planning import actions as planning
from school_safety.planning import queries as planning_queries
from school_safety.planning.actions import ActivityValues, DeliveryValues, ProgrammeValues
from school_safety.planning.models import Answer, ProgrammeRevision
from school_safety.planning.rules import Check, Decision, EvidenceKind, MarkKind, Recurrence, Schedule
from school_safety.registry.models import AcademicYear
from school_safety.roster.models import Account

PUBLISHING = {Standing.RETURNED, Standing.PUBLISHED, Standing.DELIVERED, Standing.VERIFIED}
HEADS_LAST_YEAR = 76
LESSONS = {Strand.ONLINE_SAFETY: "OS-06-01", Strand.MEDIA_LITERACY: "ML-06-03"}
LAST_YEAR = {Standing.VERIFIED: Standing.VERIFIED, Standing.DELIVERED: Standing.PUBLISHED}
"""How far a school had come a year ago: fewer had delivered."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One school in one year: who acts, how far it goes in each strand, and the last day that may be used."""

    plan: SchoolPlan
    year: AcademicYear
    goals: dict[Strand, Standing]
    coordinator: Viewer
    principal: Viewer
    supervisor: Viewer
    today: date
    class_group_ids: tuple[int, ...]
    heads: int
    files_root: Path

    def day(self, number: int) -> date:
        """A day of the year, counted from its first; never after today."""
        return min(self.year.starts_on + timedelta(days=number), self.today, self.year.ends_on)

    def morning(self, number: int) -> datetime:
        """A quarter past eight on that day; never later than now."""
        return min(clock.at_local(self.day(number), time(8, 15)), clock.now())


def make_programmes(
    session: Session,
    plans: tuple[SchoolPlan, ...],
    places: Places,
    staff: Staff,
    roster: Roster,
    *,
    today: date,
    files_root: Path,
) -> Iterator[str]:
    """Last year's and this year's programmes; yields the code of each school that is done."""
    for plan in plans:
        if plan.fate is not Fate.OPEN:
            continue
        for year, goals in (
            (
                places.last_year,
                {Strand.ONLINE_SAFETY: LAST_YEAR.get(plan.os), Strand.MEDIA_LITERACY: LAST_YEAR.get(plan.ml)},
            ),
            (places.year, {Strand.ONLINE_SAFETY: plan.os, Strand.MEDIA_LITERACY: plan.ml}),
        ):
            known = {strand: goal or Standing.UNKNOWN for strand, goal in goals.items()}
            groups = roster.groups[plan.code][:4] if year is places.year else []
            case = _Case(
                plan=plan,
                year=year,
                goals=known,
                coordinator=acting(session, staff.schools[plan.code].coordinator, today),
                principal=acting(session, staff.schools[plan.code].principal, today),
                supervisor=acting(session, _supervisor(plan, staff), today),
                today=today,
                class_group_ids=tuple(group.id for group in groups),
                heads=roster.size(plan.code, groups) if groups else HEADS_LAST_YEAR,
                files_root=files_root,
            )
            _run(session, case)
        yield plan.code


def _supervisor(plan: SchoolPlan, staff: Staff) -> Account:
    return staff.officer if plan.under_department else staff.commune_officers[plan.commune]


def _run(session: Session, case: _Case) -> None:
    for strand, goal in case.goals.items():
        if goal in (Standing.NO, Standing.DECLARED):
            _declare(session, case, strand, Answer.NO if goal is Standing.NO else Answer.YES)
    publishing = {strand for strand, goal in case.goals.items() if goal in PUBLISHING}
    if not publishing:
        return
    revision = _publish(session, case, publishing)
    returned = {strand for strand, goal in case.goals.items() if goal is Standing.RETURNED}
    _mark(session, case, revision, returned)
    for strand in sorted(publishing - returned):
        if case.goals[strand] in (Standing.DELIVERED, Standing.VERIFIED):
            _deliver(session, case, revision, strand)


def _declare(session: Session, case: _Case, strand: Strand, answer: Answer) -> None:
    with clock.at(case.morning(7)):
        here, _ = planning_queries.load_school_year(session, case.plan.code, case.year.code)
        planning.declare(session, actor=case.principal, here=here, strand=strand, answer=answer, now=clock.now())


def _publish(session: Session, case: _Case, strands: set[Strand]) -> ProgrammeRevision:
    with clock.at(case.morning(12)):
        here, _ = planning_queries.load_school_year(session, case.plan.code, case.year.code)
        values = ProgrammeValues(
            title="Chương trình an toàn số",
            purpose=PURPOSE,
            basis=list(BASIS),
        )
        planning.start_programme(session, actor=case.coordinator, here=here, values=values, now=clock.now())
        draft, _ = planning_queries.load_draft(session, case.plan.code, case.year.code)
        for activity in ACTIVITIES:
            if activity.strand in strands:
                planning.add_activity(
                    session, actor=case.coordinator, draft=draft, values=_values(case, activity), now=clock.now()
                )
    with clock.at(case.morning(15)):
        draft, _ = planning_queries.load_draft(session, case.plan.code, case.year.code)
        return planning.publish_programme(
            session, actor=case.principal, draft=draft, edition=draft.programme.edition, now=clock.now()
        )


def _values(case: _Case, activity: PlannedActivity) -> ActivityValues:
    starts_on = case.year.starts_on + timedelta(days=activity.day)
    schedule = Schedule.RECURRING if activity.weekly else Schedule.WINDOW if activity.days > 1 else Schedule.ONE_OFF
    return ActivityValues(
        title=activity.title,
        lead_unit=activity.lead,
        coordinating_units=activity.partners,
        schedule=schedule,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=activity.days - 1),
        recurrence=Recurrence.WEEKLY if activity.weekly else None,
        channel=activity.channel,
        grades=sum(1 << grade for grade in case.plan.grades),
        elements=activity.elements,
        lessons=(LESSONS[activity.strand],) if 6 in case.plan.grades and activity.days == 5 else (),
    )


def _mark(session: Session, case: _Case, revision: ProgrammeRevision, returned: set[Strand]) -> None:
    with clock.at(case.morning(20)):
        published, _ = planning_queries.load_revision(session, case.plan.code, case.year.code, revision.number)
        for strand in sorted(returned):
            planning.mark_programme(
                session,
                actor=case.supervisor,
                published=published,
                kind=MarkKind.RETURNED,
                comment=RETURN_WORDS,
                now=clock.now(),
                strand=strand,
                failing=Check.COMPLETE,
            )
        if not returned:
            planning.mark_programme(
                session,
                actor=case.supervisor,
                published=published,
                kind=MarkKind.ACKNOWLEDGED,
                comment="",
                now=clock.now(),
            )


def _deliver(session: Session, case: _Case, revision: ProgrammeRevision, strand: Strand) -> None:
    wanted = next(activity for activity in ACTIVITIES if activity.strand is strand)
    entry = next(one for one in revision.content["activities"] if one["title"] == wanted.title)
    taught_on = case.day(wanted.day + 3)
    with clock.at(case.morning(wanted.day + 5)):
        published, _ = planning_queries.load_revision(session, case.plan.code, case.year.code, revision.number)
        delivery = planning.record_delivery(
            session,
            actor=case.coordinator,
            published=published,
            activity_id=entry["id"],
            values=DeliveryValues(taught_on, case.heads, case.class_group_ids),
            now=clock.now(),
            today=clock.today(),
        )
        found, _ = planning_queries.load_delivery(session, delivery.id)
        minutes = files.prepare(minutes_image(published.school.name, wanted.title, taught_on, case.heads))
        files.store(case.files_root, minutes)
        planning.add_evidence(
            session,
            actor=case.coordinator,
            found=found,
            kind=EvidenceKind.MINUTES,
            file=minutes,
            link=None,
            recognisable=False,
            now=clock.now(),
        )
    if case.goals[strand] is Standing.VERIFIED:
        _verify(session, case, delivery.id, wanted.day + 10)


def _verify(session: Session, case: _Case, delivery_id: int, day: int) -> None:
    with clock.at(case.morning(day)):
        found, _ = planning_queries.load_delivery(session, delivery_id)
        planning.verify_delivery(
            session,
            actor=case.supervisor,
            found=found,
            version=found.row.delivery.id,
            evidence_upto=planning.newest_evidence(found),
            decision=Decision.ACCEPTED,
            reason="",
            now=clock.now(),
            today=clock.today(),
        )
