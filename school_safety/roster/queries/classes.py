"""Reading class groups, who is in them and who teaches them; what an import compares its file with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from school_safety.access.policy import Place, Reach
from school_safety.access.queries import within
from school_safety.kit.errors import NotFound
from school_safety.registry.models import AcademicYear, ImportDraft, SchoolPath
from school_safety.roster.models import ClassGroup, Enrolment, Person, Teaching
from school_safety.roster.rules.classes import LeftReason, TeachingKind

FREE_NUMBERS = update(Enrolment).values(list_number=-Enrolment.id)
"""Takes list numbers out of each other's way before new ones are given; give it a condition."""


@dataclass(frozen=True, slots=True)
class ClassGroupRow:
    """A class group on a list: how many pupils are in it now, and its homeroom teachers' names."""

    id: int
    name: str
    grade: int
    code: str
    pupils: int
    homeroom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadedClassGroup:
    """A class group with its school's row of today and its school year."""

    group: ClassGroup
    school: SchoolPath
    year: AcademicYear


@dataclass(frozen=True, slots=True)
class PupilInClass:
    """A pupil as the class list shows them."""

    enrolment_id: int
    public_id: str
    person_id: int
    number: int
    name: str
    birth_date: date | None
    starts_on: date
    ends_on: date | None
    left_reason: LeftReason | None


@dataclass(frozen=True, slots=True)
class TeacherInClass:
    """Who teaches a class group, and what."""

    teaching_id: int
    person_id: int
    name: str
    kind: TeachingKind
    subject: str


# ---- Class groups ----


def list_class_groups(session: Session, *, school_id: int, year_id: int, reach: Reach) -> list[ClassGroupRow]:
    """The class groups of a school and year in reach, by grade and name; three statements whatever their number."""
    statement = (
        select(ClassGroup)
        .join(SchoolPath, SchoolPath.school_id == ClassGroup.school_id)
        .where(ClassGroup.school_id == school_id, ClassGroup.year_id == year_id)
        .where(within(reach, path=SchoolPath.path, class_group=ClassGroup.id))
        .order_by(ClassGroup.grade, ClassGroup.name_key)
    )
    groups = list(session.scalars(statement))
    ids = [group.id for group in groups]
    pupils = count_pupils(session, ids)
    homeroom: dict[int, list[str]] = {}
    for group_id, teacher in _teachers(session, ids):
        if teacher.kind is TeachingKind.HOMEROOM:
            homeroom.setdefault(group_id, []).append(teacher.name)
    return [
        ClassGroupRow(g.id, g.name, g.grade, g.code, pupils.get(g.id, 0), tuple(homeroom.get(g.id, ()))) for g in groups
    ]


def count_pupils(session: Session, class_group_ids: Sequence[int]) -> dict[int, int]:
    """Pupils now in each of these class groups."""
    counted = (
        select(Enrolment.class_group_id, func.count())
        .where(Enrolment.class_group_id.in_(class_group_ids), Enrolment.ends_on.is_(None))
        .group_by(Enrolment.class_group_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def find_class_group(session: Session, *, school_id: int, year_id: int, name_key: str) -> ClassGroup | None:
    """The class group of a name in a school and year, or None."""
    same = (ClassGroup.school_id == school_id, ClassGroup.year_id == year_id, ClassGroup.name_key == name_key)
    return session.scalars(select(ClassGroup).where(*same)).first()


def list_plain_class_groups(session: Session, *, school_id: int, year_id: int) -> list[ClassGroup]:
    """Every class group of a school and year, by grade and name."""
    statement = select(ClassGroup).where(ClassGroup.school_id == school_id, ClassGroup.year_id == year_id)
    return list(session.scalars(statement.order_by(ClassGroup.grade, ClassGroup.name_key)))


def is_class_code_taken(session: Session, code: str) -> bool:
    """Whether a class code is in use, in any school and year."""
    return session.scalars(select(ClassGroup.id).where(ClassGroup.code == code)).first() is not None


def load_class_group(session: Session, class_group_id: int) -> tuple[LoadedClassGroup, Place]:
    """A class group and where it lives: below its school's path, and as itself for those who teach it."""
    row = session.execute(
        select(ClassGroup, SchoolPath, AcademicYear)
        .join(SchoolPath, SchoolPath.school_id == ClassGroup.school_id)
        .join(AcademicYear, AcademicYear.id == ClassGroup.year_id)
        .where(ClassGroup.id == class_group_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return LoadedClassGroup(*row), Place(path=row[1].path, class_group_id=class_group_id)


# ---- Pupils ----


def list_pupils(session: Session, class_group_id: int, *, with_left: bool = False) -> list[PupilInClass]:
    """The pupils of a class group by given name; `with_left` adds those who left it."""
    statement = (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_group_id == class_group_id, Person.erased_at.is_(None))
        .order_by(Person.name_key, Enrolment.list_number, Enrolment.id)
    )
    if not with_left:
        statement = statement.where(Enrolment.ends_on.is_(None))
    return [_pupil(enrolment, person) for enrolment, person in session.execute(statement)]


def _pupil(enrolment: Enrolment, person: Person) -> PupilInClass:
    return PupilInClass(
        enrolment_id=enrolment.id,
        public_id=enrolment.public_id,
        person_id=person.id,
        number=enrolment.list_number,
        name=person.full_name,
        birth_date=person.birth_date,
        starts_on=enrolment.starts_on,
        ends_on=enrolment.ends_on,
        left_reason=enrolment.left_reason,
    )


@dataclass(frozen=True, slots=True)
class LoadedEnrolment:
    """One pupil's place in a class group, with everything around it."""

    enrolment: Enrolment
    person: Person
    group: ClassGroup
    school: SchoolPath
    year: AcademicYear


def load_enrolment(session: Session, public_id: str) -> tuple[LoadedEnrolment, Place]:
    """An enrolment and where it lives: its school's path and its class group.

    Raises NotFound also for an ended one of a pupil who is at another school now: the person is that school's.
    """
    now, there = aliased(Enrolment), aliased(ClassGroup)
    elsewhere = (
        select(now.id)
        .join(there, there.id == now.class_group_id)
        .where(now.person_id == Enrolment.person_id, now.ends_on.is_(None), there.school_id != ClassGroup.school_id)
    )
    row = session.execute(
        select(Enrolment, Person, ClassGroup, SchoolPath, AcademicYear)
        .join(Person, Person.id == Enrolment.person_id)
        .join(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
        .join(SchoolPath, SchoolPath.school_id == ClassGroup.school_id)
        .join(AcademicYear, AcademicYear.id == ClassGroup.year_id)
        .where(Enrolment.public_id == public_id, Person.erased_at.is_(None))
        .where(or_(Enrolment.ends_on.is_(None), ~elsewhere.exists()))
    ).one_or_none()
    if row is None:
        raise NotFound
    return LoadedEnrolment(*row), Place(path=row[3].path, class_group_id=row[2].id)


def list_taken_numbers(session: Session, class_group_id: int) -> list[int]:
    """The list numbers in use in a class group."""
    open_ones = (Enrolment.class_group_id == class_group_id, Enrolment.ends_on.is_(None))
    return list(session.scalars(select(Enrolment.list_number).where(*open_ones)))


def list_open_enrolments(session: Session, person_ids: Iterable[int]) -> dict[int, tuple[Enrolment, AcademicYear]]:
    """The open enrolment of each of these people with its school year, wherever it is."""
    statement = (
        select(Enrolment, AcademicYear)
        .join(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
        .join(AcademicYear, AcademicYear.id == ClassGroup.year_id)
        .where(Enrolment.person_id.in_(list(person_ids)), Enrolment.ends_on.is_(None))
    )
    return {enrolment.person_id: (enrolment, year) for enrolment, year in session.execute(statement)}


# ---- What an import compares with ----


def list_roster(session: Session, *, school_id: int, year_id: int) -> list[tuple[Enrolment, Person, ClassGroup]]:
    """Every open enrolment of a school and year with its person and class group."""
    statement = (
        select(Enrolment, Person, ClassGroup)
        .join(Person, Person.id == Enrolment.person_id)
        .join(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
        .where(ClassGroup.school_id == school_id, ClassGroup.year_id == year_id)
        .where(Enrolment.ends_on.is_(None), Person.erased_at.is_(None))
        .order_by(ClassGroup.name_key, Enrolment.list_number)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def list_enrolments(session: Session, ids: Sequence[int]) -> dict[int, Enrolment]:
    """Enrolments by id."""
    return {row.id: row for row in session.scalars(select(Enrolment).where(Enrolment.id.in_(ids)))}


def list_people_by_hash(session: Session, hashes: Sequence[str]) -> list[Person]:
    """The people with these hashes of mã định danh, anywhere in the installation."""
    known = (Person.moet_hash.in_(hashes), Person.erased_at.is_(None))
    return list(session.scalars(select(Person).where(*known).order_by(Person.id)))


def list_people(session: Session, ids: Sequence[int]) -> dict[int, Person]:
    """People by id."""
    return {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))}


def list_person_ids(session: Session, public_ids: Sequence[str]) -> dict[str, int]:
    """Ids of people by the ids of their URLs."""
    wanted = select(Person.public_id, Person.id).where(Person.public_id.in_(public_ids))
    return {row[0]: row[1] for row in session.execute(wanted)}


def get_draft_scope(session: Session, draft: ImportDraft) -> tuple[SchoolPath, AcademicYear, ClassGroup | None]:
    """The school, the year and the one class group (if any) that a draft of a class list is for; raises NotFound."""
    school, year = session.get(SchoolPath, draft.school_id), session.get(AcademicYear, draft.year_id)
    if school is None or year is None:
        raise NotFound
    return school, year, session.get(ClassGroup, draft.class_group_id) if draft.class_group_id else None


# ---- Teaching ----


def _is_open(on: date | None = None) -> ColumnElement[bool]:
    return Teaching.valid_to.is_(None) if on is None else or_(Teaching.valid_to.is_(None), Teaching.valid_to > on)


def _teachers(session: Session, class_group_ids: Sequence[int]) -> list[tuple[int, TeacherInClass]]:
    statement = (
        select(Teaching, Person.full_name)
        .join(Person, Person.id == Teaching.person_id)
        .where(Teaching.class_group_id.in_(class_group_ids), _is_open())
        .order_by(Teaching.kind, Person.name_key, Teaching.id)
    )
    return [
        (row.class_group_id, TeacherInClass(row.id, row.person_id, name, row.kind, row.subject))
        for row, name in session.execute(statement)
    ]


def list_teachers(session: Session, class_group_id: int) -> list[TeacherInClass]:
    """Who teaches a class group now: homeroom first, then by given name."""
    return [teacher for _, teacher in _teachers(session, [class_group_id])]


def list_teachings(session: Session, class_group_ids: Sequence[int]) -> list[Teaching]:
    """The open teachings of these class groups."""
    return list(session.scalars(select(Teaching).where(Teaching.class_group_id.in_(class_group_ids), _is_open())))


def find_teaching(session: Session, teaching_id: int, class_group_id: int) -> Teaching | None:
    """An open teaching of a class group by its id, or None."""
    wanted = (Teaching.id == teaching_id, Teaching.class_group_id == class_group_id, _is_open())
    return session.scalars(select(Teaching).where(*wanted)).first()
