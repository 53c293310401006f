"""Writing class groups, enrolments and who teaches: one business fact each."""

from datetime import date, timedelta
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit import db, secrets
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.text import name_key, search_key, sort_key, squeeze
from school_safety.registry.models import AcademicYear, SchoolPath
from school_safety.registry.rules import grades_of
from school_safety.roster import queries
from school_safety.roster.models import ClassGroup, Enrolment, Person, Teaching
from school_safety.roster.queries.classes import LoadedClassGroup, LoadedEnrolment
from school_safety.roster.rules.classes import (
    MAX_LIST_NUMBER,
    ClassProblem,
    LeftReason,
    TeachingKind,
    birth_date_problem,
    class_problem,
    enrolment_problem,
    free_number,
)


def add_class_group(
    session: Session, *, actor: Viewer | None, school: SchoolPath, year: AcademicYear, name: str, grade: int
) -> ClassGroup:
    """Add a class group to a school and year with a fresh class code; raises Refused."""
    name = squeeze(name)
    _check_class(school, name, grade)
    group = ClassGroup(
        school_id=school.school_id,
        year_id=year.id,
        grade=grade,
        name=name,
        name_key=sort_key(name),
        code=_fresh_code(session),
    )
    with db.refusing(session, ClassProblem.NAME_TAKEN, "name"):
        session.add(group)
        session.flush()
    _audit(session, actor, "class_group.added", school, "class_group", group.id, {"grade": grade, "year": year.code})
    return group


def change_class_group(
    session: Session, *, actor: Viewer | None, loaded: LoadedClassGroup, name: str, grade: int
) -> ClassGroup:
    """Correct the name or grade of a class group; raises Refused."""
    name = squeeze(name)
    _check_class(loaded.school, name, grade)
    group = loaded.group
    with db.refusing(session, ClassProblem.NAME_TAKEN, "name"):
        group.name, group.name_key, group.grade = name, sort_key(name), grade
        session.flush()
    _audit(session, actor, "class_group.changed", loaded.school, "class_group", group.id, {"grade": grade})
    return group


def _check_class(school: SchoolPath, name: str, grade: int) -> None:
    problem = class_problem(name, grade, grades_of(school.grades))
    if problem is not None:
        raise Refused(*problem)


def _fresh_code(session: Session) -> str:
    code = secrets.class_code()
    while queries.is_class_code_taken(session, code):
        code = secrets.class_code()
    return code


# ---- Enrolments ----


def enrol_pupil(
    session: Session,
    *,
    actor: Viewer | None,
    loaded: LoadedClassGroup,
    full_name: str,
    birth_date: date | None,
    list_number: int | None,
    starts_on: date,
    today: date,
) -> Enrolment:
    """Put one new pupil into a class group; raises Refused. A known pupil comes by `move_pupil` or by a class list."""
    name = squeeze(full_name)
    if not name:
        raise Refused(ClassProblem.PERSON_NAME_MISSING, "full_name")
    problem = birth_date_problem(birth_date, today)
    if problem is not None:
        raise Refused(problem, "birth_date")
    problem = enrolment_problem(starts_on, None, loaded.year.starts_on, loaded.year.ends_on)
    if problem is not None:
        raise Refused(problem, "starts_on")
    number = _number(session, loaded.group.id, list_number)
    person = Person(full_name=name, birth_date=birth_date)
    session.add(person)
    session.flush()
    enrolment = _enrol(session, person.id, loaded.group.id, number, starts_on)
    _audit(session, actor, "enrolment.added", loaded.school, "enrolment", enrolment.id, {"class": loaded.group.id})
    return enrolment


def _number(session: Session, class_group_id: int, wanted: int | None) -> int:
    taken = queries.list_taken_numbers(session, class_group_id)
    if wanted is None:
        return free_number(taken)
    if not 1 <= wanted <= MAX_LIST_NUMBER:
        raise Refused(ClassProblem.NUMBER_RANGE, "list_number")
    if wanted in taken:
        raise Refused(ClassProblem.NUMBER_TAKEN, "list_number", free=free_number(taken))
    return wanted


def _enrol(session: Session, person_id: int, class_group_id: int, number: int, starts_on: date) -> Enrolment:
    enrolment = Enrolment(person_id=person_id, class_group_id=class_group_id, list_number=number, starts_on=starts_on)
    with db.refusing(session, ClassProblem.NUMBER_TAKEN, "list_number"):
        session.add(enrolment)
        session.flush()
    return enrolment


def correct_pupil(
    session: Session,
    *,
    actor: Viewer | None,
    loaded: LoadedEnrolment,
    full_name: str,
    birth_date: date | None,
    list_number: int,
    today: date,
) -> None:
    """Correct a pupil's name, birth date or list number; raises Refused."""
    name = squeeze(full_name)
    if not name:
        raise Refused(ClassProblem.PERSON_NAME_MISSING, "full_name")
    problem = birth_date_problem(birth_date, today)
    if problem is not None:
        raise Refused(problem, "birth_date")
    if list_number != loaded.enrolment.list_number:
        loaded.enrolment.list_number = _number(session, loaded.group.id, list_number)
    rename_pupil(loaded.person, name, birth_date)
    session.flush()
    _audit(session, actor, "pupil.corrected", loaded.school, "enrolment", loaded.enrolment.id, {})


def rename_pupil(person: Person, name: str, birth_date: date | None) -> None:
    """Write a person's name, its keys and the birth date."""
    person.full_name, person.birth_date = name, birth_date
    person.name_key, person.name_search = name_key(name), search_key(name)


def move_pupil(
    session: Session, *, actor: Viewer | None, loaded: LoadedEnrolment, target: LoadedClassGroup, on: date
) -> Enrolment:
    """Move a pupil to another class group of the same school and year on a day; raises Refused."""
    if target.group.id == loaded.group.id:
        raise Refused(ClassProblem.SAME_CLASS, "target")
    if (target.group.school_id, target.group.year_id) != (loaded.group.school_id, loaded.group.year_id):
        raise Refused(ClassProblem.OTHER_SCHOOL, "target")
    problem = enrolment_problem(on, None, loaded.year.starts_on, loaded.year.ends_on)
    if problem is not None:
        raise Refused(problem, "on")
    end_open(session, loaded.enrolment, on - timedelta(days=1), LeftReason.MOVED_CLASS)
    number = free_number(queries.list_taken_numbers(session, target.group.id))
    enrolment = _enrol(session, loaded.person.id, target.group.id, number, max(on, loaded.enrolment.starts_on))
    data = {"from": loaded.group.id, "to": target.group.id, "new": enrolment.id}
    _audit(session, actor, "enrolment.moved", loaded.school, "enrolment", loaded.enrolment.id, data)
    return enrolment


def end_enrolment(
    session: Session, *, actor: Viewer | None, loaded: LoadedEnrolment, on: date, reason: LeftReason
) -> None:
    """A pupil leaves the class group; `on` is the last day in it. Raises Refused."""
    if loaded.enrolment.ends_on is not None:
        raise Refused(ClassProblem.ALREADY_LEFT)
    problem = enrolment_problem(loaded.enrolment.starts_on, on, loaded.year.starts_on, loaded.year.ends_on)
    if problem is not None:
        raise Refused(problem, "on")
    end_open(session, loaded.enrolment, on, reason)
    data = {"on": str(on), "reason": str(reason)}
    _audit(session, actor, "enrolment.ended", loaded.school, "enrolment", loaded.enrolment.id, data)


def end_open(session: Session, enrolment: Enrolment, on: date, reason: LeftReason) -> None:
    """Close an open enrolment on its last day, never before it began; raises Refused when it is closed already."""
    if enrolment.ends_on is not None:
        raise Refused(ClassProblem.ALREADY_LEFT)
    close(enrolment, on, reason)
    session.flush()


def close(enrolment: Enrolment, on: date, reason: LeftReason) -> None:
    """Write the last day and the reason on an enrolment; the caller flushes."""
    enrolment.ends_on, enrolment.left_reason = max(on, enrolment.starts_on), reason


# ---- Teaching ----


def add_teaching(
    session: Session,
    *,
    actor: Viewer | None,
    loaded: LoadedClassGroup,
    person_id: int,
    kind: TeachingKind,
    subject: str,
    today: date,
) -> Teaching:
    """Say that a member of the school's staff teaches a class group from today; raises Refused."""
    subject = squeeze(subject) if kind is TeachingKind.SUBJECT else ""
    if kind is TeachingKind.SUBJECT and not subject:
        raise Refused(ClassProblem.SUBJECT_MISSING, "subject")
    if person_id not in dict(queries.list_school_staff(session, loaded.school.school_id, today)):
        raise Refused(ClassProblem.NOT_STAFF, "person_id")
    teaching = Teaching(
        person_id=person_id, class_group_id=loaded.group.id, kind=kind, subject=subject, valid_from=today
    )
    with db.refusing(session, ClassProblem.ALREADY_TEACHES, "person_id"):
        session.add(teaching)
        session.flush()
    data = {"person": person_id, "kind": str(kind)}
    _audit(session, actor, "teaching.added", loaded.school, "class_group", loaded.group.id, data)
    return teaching


def end_teaching(
    session: Session, *, actor: Viewer | None, loaded: LoadedClassGroup, teaching_id: int, today: date
) -> None:
    """Somebody no longer teaches a class group from today; raises NotFound."""
    teaching = queries.find_teaching(session, teaching_id, loaded.group.id)
    if teaching is None:
        raise NotFound
    teaching.valid_to = max(today, teaching.valid_from)
    data = {"person": teaching.person_id, "kind": str(teaching.kind)}
    _audit(session, actor, "teaching.ended", loaded.school, "class_group", loaded.group.id, data)


def _audit(
    session: Session,
    actor: Viewer | None,
    verb: str,
    school: SchoolPath,
    object_type: str,
    object_id: int,
    data: dict[str, Any],
) -> None:
    record_audit(
        session,
        actor=actor,
        verb=verb,
        object_type=object_type,
        object_id=object_id,
        place=school.path,
        data={"school": school.code, **data},
    )
