"""A small province in which every address of the application names something, and people who have no business there."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.assessment import actions as assessment
from school_safety.assessment.rules import Purpose, Slot
from school_safety.curriculum.queries import get_lesson
from school_safety.kit import files
from school_safety.kit.db import Session as Writing
from school_safety.planning.actions import DeliveryValues, mark_programme, tell_delivery
from school_safety.planning.models import ToldDelivery
from school_safety.planning.rules import MarkKind
from school_safety.privacy.models import PrivacyRequest
from school_safety.privacy.rules import Requester, RequestKind
from school_safety.registry.models import ImportDraft, School, Unit
from school_safety.registry.rules import ImportKind, SchoolKind
from school_safety.roster.models import Enrolment, Membership, Person
from tests.factories import classroom, planning
from tests.factories.adapting import a_draft
from tests.factories.assessment import an_item, words
from tests.factories.contacts import a_contact
from tests.factories.people import a_member
from tests.factories.registry import a_commune, a_placed_school, a_province, a_school, a_year, today_of

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 23, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Named:
    """What stands in the addresses: by the first part of the path and the argument's name, else by the name alone."""

    values: dict[str, Any]

    def of(self, rule: str, argument: str) -> Any:
        """The value of one argument; the longest beginning of a path that is known wins. KeyError: teach the world."""
        known = [key for key in self.values if key.endswith(f" {argument}") and rule.startswith(key.split()[0])]
        return self.values[max(known, key=len)]


@dataclass(frozen=True)
class World:
    """`insiders` may see what is theirs, `strangers` are of another school, another class, another role."""

    named: Named
    insiders: dict[str, Person]
    strangers: dict[str, Person]


def build(session: Writing, folder: Any) -> World:
    """Two communes with a school each, a class beside the class; everything named lies in school S1."""
    here, there = a_commune(session, code="X01"), a_commune(session, name="Xã Khác", code="X02")
    own, other = a_school(session, code="S1", commune=here), a_school(session, code="S2", commune=there)
    a_year(session)
    room, beside = classroom.a_room(session, school=own), classroom.a_room(session, name="6A2", school=own)
    insiders, strangers = _people(session, (own, here[1]), (other, there[1]))
    insiders |= {"teacher": room.teacher, "pupil": room.pupils[0], "pupil who handed in": room.pupils[1]}
    strangers |= {
        "teacher of the class beside": beside.teacher,
        "classmate": room.pupils[2],
        "pupil of the class beside": beside.pupils[0],
    }
    values = {
        **_of_schools(session, own, insiders),
        **_of_classes(session, room, insiders),
        **_of_planning(session, own, folder),
        "/told-deliveries told_id": _told(session, room).id,
    }
    return World(Named(values), insiders, strangers)


def _people(session: Session, own: tuple[School, Any], other: tuple[School, Any]) -> tuple[dict[str, Person], ...]:
    province = a_province(session)[1]
    insiders: dict[str, Person] = {}
    strangers: dict[str, Person] = {}
    for (school, committee), people in ((own, insiders), (other, strangers)):
        for role in (Role.COORDINATOR, Role.PRINCIPAL):
            people[role.value] = a_member(session, role, school=school)
        people["commune_officer"] = a_member(session, Role.COMMUNE_OFFICER, unit=committee)
    for role in (Role.OFFICER, Role.ADMIN, Role.AUDITOR):
        insiders[role.value] = a_member(session, role, unit=province)
    strangers["editor"] = insiders["editor"] = a_member(session, Role.EDITOR, unit=province)
    return insiders, strangers


def _of_schools(session: Session, own: School, insiders: dict[str, Person]) -> dict[str, Any]:
    drafts = {
        kind: ImportDraft(kind=kind, made_by=insiders[by].id, content={}, created_at=NOW, expires_at=LATER)
        for kind, by in (
            (ImportKind.CLASS_LIST, "coordinator"),
            (ImportKind.STAFF, "coordinator"),
            (ImportKind.REGISTRY, "admin"),
        )
    }
    drafts[ImportKind.CLASS_LIST].school_id = own.id
    drafts[ImportKind.CLASS_LIST].year_id = a_year(session).id
    session.add_all(drafts.values())
    session.flush()
    teacher = insiders["teacher"]
    membership = session.query(Membership).filter_by(person_id=teacher.id).one()
    return {
        "/ code": "S1",
        "/units code": "UBND-X01",
        "/years code": "2026-2027",
        "/ year": "2026-2027",
        "/ area": "X01",
        "/ shape": "csv",
        "/ ending": "csv",
        "/ filename": "css/site.css",
        "/imports public_id": drafts[ImportKind.CLASS_LIST].public_id,
        "/staff/imports public_id": drafts[ImportKind.STAFF].public_id,
        "/registry/imports public_id": drafts[ImportKind.REGISTRY].public_id,
        "/staff public_id": teacher.public_id,
        "/staff membership_id": membership.id,
        "/account session_id": 10_000,
        "/o token": "x" * 43,
        "/o channel": "leaflet",
        "/o file_format": "pdf",
        "/outreach-links link_id": 10_000,
        "/contacts code": a_contact(session).code,
    }


def _told(session: Session, room: classroom.Room) -> ToldDelivery:
    """What the class's teacher told the coordinator."""
    year, day = a_year(session), NOW.date()
    return tell_delivery(
        session,
        actor=planning.a_viewer(room.teacher),
        school=today_of(session, room.school),
        year=year,
        channel="class_meeting",
        lesson_code="OS-06-01",
        values=DeliveryValues(day, 3),
        class_group_ids=(),
        now=NOW,
        today=day,
    )


def _of_classes(session: Session, room: classroom.Room, insiders: dict[str, Person]) -> dict[str, Any]:
    quiz = classroom.a_quiz(session, types=("choice", "multi", "essay"))
    given = classroom.an_assignment(session, room, assessment=quiz)
    running = classroom.an_attempt(session, given, insiders["pupil"])
    finished = classroom.a_submission(session, given, insiders["pupil who handed in"])
    pupil = insiders["pupil"]
    enrolment = session.query(Enrolment).filter_by(person_id=pupil.id).one()
    item = an_item(session, code="OS-06-01-90")
    author = replace(classroom.a_viewer(room.teacher), school_id=room.school.id)
    composed = assessment.create_assessment(
        session, actor=author, title=words("Đề của cô"), purpose=Purpose.GRADED, slots=(Slot(item.id, 1),)
    )
    assessment.publish_assessment(session, actor=author, assessment=composed)
    adapted = a_draft(session, room.teacher, get_lesson(session, "OS-06-01"), school_id=room.school.id)
    request = PrivacyRequest(
        person_id=pupil.id,
        school_id=room.school.id,
        kind=RequestKind.EXPORT,
        requester=Requester.PARENT,
        received_on=NOW.date(),
        recorded_at=NOW,
        recorded_by=insiders["coordinator"].id,
    )
    session.add(request)
    session.flush()
    return {
        "/lessons code": "OS-06-01",
        "/lessons/<code>/own code": adapted.lesson.code,
        "/lessons part": "reading",
        "/lessons file_format": "pdf",
        "/assignments slot": 1,
        "/items code": "OS-06-01-90",
        "/assessments code": composed.code,
        "/media sha256": "0" * 64,
        "/ class_group_id": room.class_group.id,
        "/assignments public_id": given.group.public_id,
        "/learn/assignments public_id": given.group.public_id,
        "/assignments person": pupil.public_id,
        "/attempts public_id": finished.public_id,
        "/learn/attempts public_id": running.public_id,
        "/learn/attempts/<public_id>/receipt public_id": finished.public_id,
        "/learn/results public_id": finished.public_id,
        "/learn slot": 1,
        "/attempts slot": 3,
        "/enrolments public_id": enrolment.public_id,
        "/class-groups enrolment": enrolment.public_id,
        "/privacy/pupils public_id": enrolment.public_id,
        "/privacy/requests public_id": request.public_id,
    }


def _of_planning(session: Session, own: School, folder: Any) -> dict[str, Any]:
    here = planning.a_school_year(session, school=today_of(session, own))
    published = planning.a_publication(session, draft=planning.a_draft(session, here=here))
    delivery = planning.a_delivery(session, published=published, head_count=5)
    file = planning.a_file()
    files.store(folder, file)
    evidence = planning.an_evidence(session, delivery=delivery, file=file, recognisable=True)
    target = planning.a_target(session)
    commented = mark_programme(
        session, actor=None, published=published, kind=MarkKind.COMMENTED, comment="Đã đọc.", now=NOW
    )
    return {
        "/schools mark_id": commented.id,
        "/schools activity_id": planning.activity_of(session, published).id,
        "/schools number": published.revision.number,
        "/deliveries delivery_id": delivery.root_id,
        "/deliveries public_id": evidence.public_id,
        "/evidence public_id": evidence.public_id,
        "/plans plan_id": target.plan_id,
        "/plans target_id": target.id,
    }


def a_high_school(session: Session, *, commune: tuple[Unit, Unit]) -> None:
    """THPT S3, on the map of a commune but under the department."""
    a_placed_school(session, code="S3", name="THPT Sông Trăng", kind=SchoolKind.THPT, commune=commune)
