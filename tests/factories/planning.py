"""Plans, programmes, deliveries and evidence, made through planning's own actions."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from school_safety.access.policy import Reach, Viewer
from school_safety.curriculum.rules import Strand
from school_safety.kit.files import Prepared
from school_safety.planning import actions, queries
from school_safety.planning.models import Activity, Answer, Delivery, Evidence, Plan, ProgrammeRevision, Target
from school_safety.planning.queries import DeliveryInSchool, Draft, Published, SchoolYear
from school_safety.planning.rules import (
    Comparator,
    Decision,
    EvidenceKind,
    PlanKind,
    Schedule,
    TargetIndicator,
    TargetScope,
)
from school_safety.registry.models import AcademicYear, SchoolPath
from school_safety.roster.models import Person
from tests.factories.people import a_person
from tests.factories.registry import a_placed_school, a_year

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
EVERYWHERE = Reach(paths=("/",))
_numbers = count(1)


def a_viewer(person: Person, *, post: str = "") -> Viewer:
    """A person as actions know them, without any standing."""
    return Viewer(person_id=person.id, name=person.full_name, standings=(), session_id=0, post=post)


def a_plan(session: Session, *, kind: PlanKind = PlanKind.MULTI_YEAR, **values: Any) -> Plan:
    """The province's plan of 2026 to 2030 unless said otherwise."""
    told = {
        "kind": kind,
        "parent_id": None,
        "issuer": "UBND tỉnh Sông Trăng",
        "number": "118/KH-UBND",
        "title": "Tuyên truyền an toàn trên mạng giai đoạn 2026-2030",
        "signed_on": date(2026, 1, 15),
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2030, 12, 31),
        "vision_year": None,
        "basis": ["Căn cứ Luật An ninh mạng số 116/2025/QH15"],
        **values,
    }
    return actions.save_plan(session, actor=None, values=actions.PlanValues(**told))


def a_target(session: Session, *, plan: Plan | None = None, **values: Any) -> Target:
    """More than 80 per cent for online safety in the province, all through the plan, unless said otherwise."""
    plan = plan or a_plan(session)
    told = {
        "indicator": TargetIndicator.OS_PROGRAMME,
        "scope": TargetScope.PROVINCE,
        "comparator": Comparator.GT,
        "percent": 80,
        "valid_from": plan.starts_on,
        "valid_to": plan.ends_on,
        "basis": "Kế hoạch số 118/KH-UBND, mục II.1",
        **values,
    }
    return actions.set_target(session, actor=None, plan=plan, values=actions.TargetValues(**told))


def a_school_year(
    session: Session, *, school: SchoolPath | None = None, year: AcademicYear | None = None
) -> SchoolYear:
    """A school in a year, with its programme if there is one."""
    school, year = school or a_placed_school(session), year or a_year(session)
    return SchoolYear(school, year, queries.find_programme(session, school.school_id, year.id))


def a_declaration(
    session: Session,
    *,
    here: SchoolYear | None = None,
    strand: Strand = Strand.ONLINE_SAFETY,
    answer: Answer = Answer.YES,
    now: datetime = NOW,
) -> SchoolYear:
    """A school that has answered; returns the school and year."""
    here = here or a_school_year(session)
    actions.declare(session, actor=None, here=here, strand=strand, answer=answer, now=now)
    return here


def activity_values(here: SchoolYear | Draft, **values: Any) -> actions.ActivityValues:
    """A complete activity of online safety for every grade of the school."""
    told = {
        "title": "Tuần lễ An toàn trên mạng",
        "lead_unit": "Liên đội",
        "coordinating_units": ("Tổ Tin học",),
        "schedule": Schedule.WINDOW,
        "starts_on": here.year.starts_on.replace(month=10, day=5),
        "ends_on": here.year.starts_on.replace(month=10, day=9),
        "channel": "flag_ceremony",
        "grades": here.school.grades,
        "elements": 3,
        **values,
    }
    return actions.ActivityValues(**told)


BOTH_STRANDS: tuple[dict[str, Any], ...] = (
    {},
    {"title": "Chuyên đề Đọc tin", "channel": "class_talk", "elements": 12},
)


def a_draft(
    session: Session,
    *,
    here: SchoolYear | None = None,
    activities: Sequence[dict[str, Any]] = BOTH_STRANDS,
    now: datetime = NOW,
) -> Draft:
    """A programme being drafted, by default one whose checks hold for both strands."""
    here = here or a_school_year(session)
    values = actions.ProgrammeValues(title="An toàn trên mạng và đọc tin", purpose="Giúp học sinh an toàn.", basis=[])
    programme = actions.start_programme(session, actor=None, here=here, values=values, now=now)
    draft = Draft(here.school, here.year, programme)
    for change in activities:
        actions.add_activity(session, actor=None, draft=draft, values=activity_values(draft, **change), now=now)
    return draft


def a_publication(session: Session, *, draft: Draft | None = None, now: datetime = NOW, **options: Any) -> Published:
    """A published programme; options go to `a_draft`."""
    draft = draft or a_draft(session, now=now, **options)
    revision = publish(session, draft, now=now)
    return Published(draft.school, draft.year, draft.programme, revision)


def publish(session: Session, draft: Draft, *, now: datetime = NOW) -> ProgrammeRevision:
    """Publish the draft as it stands."""
    return actions.publish_programme(session, actor=None, draft=draft, edition=draft.programme.edition, now=now)


def activity_of(session: Session, published: Published, place: int = 0) -> Activity:
    """An activity of the published programme, by its place."""
    return session.get_one(Activity, published.revision.content["activities"][place]["id"])


def a_delivery(
    session: Session,
    *,
    published: Published | None = None,
    place: int = 0,
    taught_on: date = date(2026, 10, 6),
    head_count: int = 120,
    class_group_ids: tuple[int, ...] = (),
    note: str = "",
    now: datetime = NOW,
    today: date = TODAY,
) -> Delivery:
    """A delivery of the first activity (or the one at `place`) of a published programme."""
    published = published or a_publication(session)
    return actions.record_delivery(
        session,
        actor=None,
        published=published,
        activity_id=published.revision.content["activities"][place]["id"],
        values=actions.DeliveryValues(taught_on, head_count, class_group_ids, note),
        now=now,
        today=today,
    )


def in_school(session: Session, delivery: Delivery) -> DeliveryInSchool:
    """The delivery in force with its proof, as the guard hands it over."""
    return queries.load_delivery(session, delivery.root_id)[0]


def a_file(content: bytes | None = None) -> Prepared:
    """A checked file that is not stored anywhere; new bytes each time unless given."""
    data = content or f"%PDF-1.4 {next(_numbers)} startxref 0 %%EOF".encode()
    return Prepared(data, hashlib.sha256(data).hexdigest(), "application/pdf")


def an_evidence(
    session: Session,
    *,
    delivery: Delivery | None = None,
    kind: EvidenceKind = EvidenceKind.MINUTES,
    file: Prepared | None = None,
    link: str | None = None,
    recognisable: bool = False,
    now: datetime = NOW,
) -> Evidence:
    """A piece of evidence: minutes that show nobody, unless said otherwise."""
    delivery = delivery or a_delivery(session)
    needs_file = kind is not EvidenceKind.PUBLIC_LINK
    return actions.add_evidence(
        session,
        actor=None,
        found=in_school(session, delivery),
        kind=kind,
        file=(file or a_file()) if needs_file else None,
        link=link,
        recognisable=recognisable,
        now=now,
    )


def a_decision(
    session: Session,
    *,
    delivery: Delivery,
    decision: Decision = Decision.ACCEPTED,
    reason: str = "Ảnh của năm trước",
    by: Viewer | None = None,
    now: datetime = NOW,
    today: date = TODAY,
) -> None:
    """A decision of somebody who belongs to no school."""
    found = in_school(session, delivery)
    actions.verify_delivery(
        session,
        actor=by or a_viewer(a_person(session)),
        found=found,
        version=found.row.delivery.id,
        evidence_upto=actions.newest_evidence(found),
        decision=decision,
        reason=reason,
        now=now,
        today=today,
    )
