"""What waits for a member of staff today: a few tasks, the standing of the own school, the open assignments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from school_safety.access.policy import Permission, Role, Viewer
from school_safety.assessment.queries import count_item_work
from school_safety.classroom.queries import GivenRow, list_given, list_to_mark
from school_safety.classroom.rules import WindowState
from school_safety.coverage.report import CoverageReport, build_report
from school_safety.curriculum.queries import count_lesson_work, count_stale_contacts
from school_safety.curriculum.rules import Strand
from school_safety.kit.db import Session
from school_safety.planning import queries as planning
from school_safety.planning.rules import Grade, Judgement, Reason, judge
from school_safety.registry.models import AcademicYear
from school_safety.registry.queries import find_current_year, get_school_row

MOST_ASSIGNMENTS = 5


class TaskCode(StrEnum):
    """Kinds of things that wait."""

    DECLARE = "declare"
    DRAFT = "draft"
    PUBLISH = "publish"
    RETURNED = "returned"
    RECORD = "record"
    VERIFY = "verify"
    SUPERVISE = "supervise"
    ASSIGN = "assign"
    MARK = "mark"
    TOLD = "told"
    ITEM_DRAFTS = "item_drafts"
    LESSON_DRAFTS = "lesson_drafts"
    DRAFTS_BACK = "drafts_back"
    ITEMS_DUE = "items_due"
    LESSONS_DUE = "lessons_due"
    CONTACTS_STALE = "contacts_stale"
    IMPORT_REGISTRY = "import_registry"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: how many, and the endpoint where it is done."""

    code: TaskCode
    endpoint: str
    args: dict[str, Any] = field(default_factory=dict)
    count: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """The staff's first page; the first task is the one to do now."""

    year: str | None
    tasks: tuple[Task, ...]
    strands: dict[Strand, Judgement]
    assignments: tuple[GivenRow, ...]
    coverage: CoverageReport | None


def build_today(session: Session, *, viewer: Viewer, today: date, now: datetime) -> Today:
    """Everything of the page, from what the viewer's permissions reach."""
    year = find_current_year(session, today)
    library = (*_editor_tasks(session, viewer, today), *_contact_tasks(session, viewer, today))
    if year is None:
        start = (Task(TaskCode.IMPORT_REGISTRY, "registry.school_index"),)
        return Today(None, (*(start if viewer.may(Permission.MANAGE_REGISTRY) else ()), *library), {}, (), None)
    strands = _strands(session, viewer, year)
    assignments = _open_assignments(session, viewer, now)
    tasks = (
        *_school_tasks(session, viewer, strands),
        *_told_tasks(session, viewer, year),
        *_marking_tasks(session, viewer),
        *_supervisor_tasks(session, viewer, year),
        *library,
    )
    if viewer.may(Permission.ASSIGN) and not viewer.may(Permission.DRAFT_PROGRAMME) and not assignments:
        tasks = (*tasks, Task(TaskCode.ASSIGN, "curriculum.lesson_index"))
    reach = viewer.reach(Permission.SEE_COVERAGE)
    above_schools = viewer.may(Permission.SEE_COVERAGE) and viewer.school_id is None
    coverage = build_report(session, year=year, as_of=today, reach=reach) if above_schools else None
    return Today(year.code, tasks, strands, assignments, coverage)


def _strands(session: Session, viewer: Viewer, year: AcademicYear) -> dict[Strand, Judgement]:
    if viewer.school_id is None or not viewer.may(Permission.SEE_PROGRAMME):
        return {}
    levels = get_school_row(session, viewer.school_id).grades
    standings = planning.find_standings(session, school_id=viewer.school_id, year=year)
    return {strand: judge(facts, levels) for strand, facts in standings.items()}


def _open_assignments(session: Session, viewer: Viewer, now: datetime) -> tuple[GivenRow, ...]:
    if not viewer.may(Permission.ASSIGN):
        return ()
    reach = viewer.reach(Permission.ASSIGN)
    return tuple(
        list_given(session, reach, state=WindowState.OPEN, search="", now=now, limit=MOST_ASSIGNMENTS, offset=0)
    )


def _school_tasks(session: Session, viewer: Viewer, strands: dict[Strand, Judgement]) -> Iterator[Task]:
    here = {"code": viewer.school_code}
    if viewer.may(Permission.PUBLISH_PROGRAMME):
        waiting = planning.list_awaiting_principal(session, viewer.reach(Permission.PUBLISH_PROGRAMME))
        if waiting:
            yield Task(TaskCode.PUBLISH, "planning.programme_show", here, len(waiting))
    reasons = [judged.reason for judged in strands.values()]
    if Reason.RETURNED in reasons:
        yield Task(TaskCode.RETURNED, "planning.programme_show", here, reasons.count(Reason.RETURNED))
    undeclared = sum(judged.grade is Grade.UNKNOWN for judged in strands.values())
    if undeclared and viewer.may(Permission.DECLARE):
        yield Task(TaskCode.DECLARE, "planning.programme_show", here, undeclared)
    if Reason.NOT_PUBLISHED in reasons and viewer.may(Permission.DRAFT_PROGRAMME):
        yield Task(TaskCode.DRAFT, "planning.programme_show", here, reasons.count(Reason.NOT_PUBLISHED))
    if Reason.NO_EVIDENCED_DELIVERY in reasons and viewer.may(Permission.RECORD_DELIVERY):
        yield Task(TaskCode.RECORD, "planning.delivery_index", here, reasons.count(Reason.NO_EVIDENCED_DELIVERY))


def _supervisor_tasks(session: Session, viewer: Viewer, year: AcademicYear) -> Iterator[Task]:
    if viewer.may(Permission.VERIFY):
        reach = viewer.reach(Permission.VERIFY)
        waiting = planning.list_to_verify(session, reach, year_id=year.id, person_id=viewer.person_id)
        if waiting:
            yield Task(TaskCode.VERIFY, "planning.verification_index", count=len(waiting))
    if viewer.may(Permission.SUPERVISE):
        unmarked = planning.list_unmarked(session, viewer.reach(Permission.SUPERVISE), year)
        if unmarked:
            yield Task(TaskCode.SUPERVISE, "planning.verification_index", count=len(unmarked))


def _told_tasks(session: Session, viewer: Viewer, year: AcademicYear) -> Iterator[Task]:
    """What teachers of the own school told, to be recorded or passed over."""
    if viewer.school_id is not None and viewer.may(Permission.RECORD_DELIVERY):
        waiting = planning.count_told(session, school_id=viewer.school_id, year_id=year.id)
        if waiting:
            yield Task(TaskCode.TOLD, "planning.delivery_index", {"code": viewer.school_code}, waiting)


def _marking_tasks(session: Session, viewer: Viewer) -> Iterator[Task]:
    """Answers in their own words of the classes that the viewer teaches."""
    if viewer.has_role(Role.TEACHER):
        waiting = list_to_mark(session, viewer.reach(Permission.MARK).class_group_ids)
        if waiting:
            first = {"public_id": waiting[0][0]}
            yield Task(TaskCode.MARK, "classroom.marking_index", first, sum(count for _given, count in waiting))


def _editor_tasks(session: Session, viewer: Viewer, today: date) -> Iterator[Task]:
    if not viewer.may(Permission.WRITE_ITEMS):
        return
    items = count_item_work(session, person_id=viewer.person_id, today=today)
    lessons = count_lesson_work(session, person_id=viewer.person_id, today=today)
    of_items, of_lessons = "assessment.item_reviews", "packs.lesson_reviews"
    counts = (
        (TaskCode.DRAFTS_BACK, of_items if items.returned else of_lessons, items.returned + lessons.returned),
        (TaskCode.LESSON_DRAFTS, of_lessons, lessons.waiting),
        (TaskCode.ITEM_DRAFTS, of_items, items.waiting),
        (TaskCode.LESSONS_DUE, of_lessons, lessons.due),
        (TaskCode.ITEMS_DUE, of_items, items.due),
    )
    yield from (Task(code, endpoint, count=count) for code, endpoint, count in counts if count)


def _contact_tasks(session: Session, viewer: Viewer, today: date) -> Iterator[Task]:
    if viewer.may(Permission.MANAGE_CONTACTS):
        stale = count_stale_contacts(session, today)
        if stale:
            yield Task(TaskCode.CONTACTS_STALE, "curriculum.contact_index", {"state": "stale"}, stale)
