"""Class lists into the roster: planned against what is there, written whole or not at all."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit import db, secrets
from school_safety.kit.db import Session
from school_safety.kit.text import fold, sort_key
from school_safety.registry.models import AcademicYear, SchoolPath
from school_safety.registry.rules import grades_of
from school_safety.roster import queries
from school_safety.roster.actions.classes import add_class_group, close, end_open, rename_pupil
from school_safety.roster.models import ClassGroup, Enrolment, Person
from school_safety.roster.readers import ClassList, PupilRow
from school_safety.roster.rules.classes import LeftReason
from school_safety.roster.rules.import_plan import (
    Change,
    ClassFacts,
    ClassListPlan,
    Listed,
    Present,
    Step,
    final_numbers,
    plan_class_list,
)

# ---- Planning ----


def plan_import(
    session: Session, *, listing: ClassList, school: SchoolPath, year: AcademicYear, only: ClassGroup | None = None
) -> ClassListPlan:
    """What a class list would do to a school's year now; reads only."""
    classes = {
        group.name_key: ClassFacts(group.id, group.name, group.grade)
        for group in queries.list_plain_class_groups(session, school_id=school.school_id, year_id=year.id)
    }
    listed = [_listed(row) for row in listing.rows]
    return plan_class_list(
        listed,
        _present(session, listed, school, year),
        classes,
        grades_taught=grades_of(school.grades),
        only_class=only.name_key if only is not None else None,
        rejected=[(sort_key(group), fold(name)) for group, name in listing.rejected],
    )


def _listed(row: PupilRow) -> Listed:
    return Listed(
        sheet=row.sheet,
        row=row.row,
        class_key=sort_key(row.class_name),
        class_name=row.class_name,
        grade=row.grade,
        number=row.number,
        full_name=row.full_name,
        name_key=fold(row.full_name),
        birth_date=row.birth_date,
        moet_hash=row.moet_hash,
    )


def _present(session: Session, listed: list[Listed], school: SchoolPath, year: AcademicYear) -> list[Present]:
    here = [
        Present(
            person_id=person.id,
            enrolment_id=enrolment.id,
            class_key=group.name_key,
            class_name=group.name,
            number=enrolment.list_number,
            full_name=person.full_name,
            name_key=fold(person.full_name),
            birth_date=person.birth_date,
            moet_hash=person.moet_hash,
        )
        for enrolment, person, group in queries.list_roster(session, school_id=school.school_id, year_id=year.id)
    ]
    known = {who.person_id for who in here}
    hashes = [row.moet_hash for row in listed if row.moet_hash]
    others = [person for person in queries.list_people_by_hash(session, hashes) if person.id not in known]
    open_now = queries.list_open_enrolments(session, [person.id for person in others])
    for person in others:
        _, elsewhere = open_now.get(person.id, (None, None))
        here.append(_stranger(person, elsewhere is not None and elsewhere.starts_on >= year.starts_on))
    return here


def _stranger(person: Person, is_elsewhere: bool) -> Present:
    return Present(
        person_id=person.id,
        enrolment_id=None,
        class_key="",
        class_name="",
        number=0,
        full_name=person.full_name,
        name_key=fold(person.full_name),
        birth_date=person.birth_date,
        moet_hash=person.moet_hash,
        is_here=False,
        is_elsewhere=is_elsewhere,
    )


# ---- Writing ----


@dataclass(frozen=True, slots=True)
class Imported:
    """How many pupils a class list added, brought from elsewhere, moved, corrected, left alone and ended."""

    added: int
    transferred: int
    moved: int
    changed: int
    same: int
    left: int
    missing_kept: int


def import_class_list(
    session: Session,
    *,
    actor: Viewer | None,
    plan: ClassListPlan,
    school: SchoolPath,
    year: AcademicYear,
    end_missing: bool,
    today: date,
) -> Imported:
    """Write a plan in one unit of work; pupils missing from the file are ended only when told so."""
    writer = _Writer(session, actor, school, year, min(max(today, year.starts_on), year.ends_on))
    writer.open_classes(plan)
    missing = plan.of(Change.LEFT)
    for step in missing if end_missing else ():
        writer.leave(step)
    steps = [step for step in plan.steps if step.listed is not None]
    writer.clear_the_way(steps)
    writer.write(steps)
    count = {change: len(plan.of(change)) for change in Change}
    imported = Imported(
        added=count[Change.ADDED],
        transferred=count[Change.TRANSFERRED],
        moved=count[Change.MOVED],
        changed=count[Change.CHANGED],
        same=count[Change.SAME],
        left=len(missing) if end_missing else 0,
        missing_kept=0 if end_missing else len(missing),
    )
    if not plan.changes_nothing:
        writer.audit(imported)
    return imported


class _Writer:
    """Writes the steps of one plan in few statements."""

    def __init__(
        self, session: Session, actor: Viewer | None, school: SchoolPath, year: AcademicYear, today: date
    ) -> None:
        self.session, self.actor, self.school, self.year, self.today = session, actor, school, year, today
        self.groups: dict[str, int] = {}
        self.fresh: set[int] = set()

    def open_classes(self, plan: ClassListPlan) -> None:
        """Make the class groups that the file names first, and find those that exist."""
        for _, name, grade in plan.new_classes:
            group = add_class_group(
                self.session, actor=self.actor, school=self.school, year=self.year, name=name, grade=grade
            )
            self.fresh.add(group.id)
        groups = queries.list_plain_class_groups(self.session, school_id=self.school.school_id, year_id=self.year.id)
        wanted = {step.listed.class_key for step in plan.steps if step.listed}
        self.groups = {group.name_key: group.id for group in groups if group.name_key in wanted}
        filled = queries.count_pupils(self.session, list(self.groups.values()))
        self.fresh |= {group_id for group_id in self.groups.values() if group_id not in filled}

    def audit(self, imported: Imported) -> None:
        """One row for the whole import: counts, the year and the class groups."""
        record_audit(
            self.session,
            actor=self.actor,
            verb="roster.imported",
            object_type="school",
            object_id=self.school.code,
            place=self.school.path,
            data={**asdict(imported), "year": self.year.code, "classes": sorted(self.groups.values())},
        )

    def leave(self, step: Step) -> None:
        """End a pupil who is missing from the file."""
        if step.present is not None and step.present.enrolment_id is not None:
            enrolment = self.session.get_one(Enrolment, step.present.enrolment_id)
            end_open(self.session, enrolment, self.today, LeftReason.LEFT_SCHOOL)

    def clear_the_way(self, steps: list[Step]) -> None:
        """End what ends (class changes, transfers, last year), and take list numbers out of each other's way."""
        ids = {step.present.person_id for step in steps if step.present and step.change in _COMING}
        here = {step.present.enrolment_id for step in steps if step.present}
        for enrolment, year in queries.list_open_enrolments(self.session, ids).values():
            if year.starts_on < self.year.starts_on:
                close(enrolment, year.ends_on, LeftReason.YEAR_OVER)
            else:
                reason = LeftReason.MOVED_CLASS if enrolment.id in here else LeftReason.MOVED_SCHOOL
                close(enrolment, self.today - timedelta(days=1), reason)
        self.session.flush()

    def write(self, steps: list[Step]) -> None:
        """Write people, enrolments and list numbers."""
        people = self._people(steps)
        staying = self._staying()
        wanted: dict[int, dict[int, int]] = defaultdict(dict)
        coming: list[dict[str, Any]] = []
        for step, person_id in zip(steps, people, strict=True):
            assert step.listed is not None  # noqa: S101  # `write` gets listed steps only
            group_id = self.groups[step.listed.class_key]
            if step.change in _COMING:
                starts_on = self.year.starts_on if group_id in self.fresh else self.today
                coming.append({"person_id": person_id, "class_group_id": group_id, "starts_on": starts_on})
                wanted[group_id][-len(coming)] = step.listed.number
            elif step.present is not None and step.present.enrolment_id is not None:
                wanted[group_id][step.present.enrolment_id] = step.listed.number
        self._number(coming, wanted, staying)

    def _people(self, steps: list[Step]) -> list[int]:
        """The person of each step, corrected where the file says so; new ones are inserted together."""
        known = queries.list_people(self.session, [step.present.person_id for step in steps if step.present])
        fresh: list[dict[str, Any]] = []
        people: list[int | str] = []
        for step in steps:
            row = step.listed
            assert row is not None  # noqa: S101  # as above
            if step.present is None:
                values = {"full_name": row.full_name, "birth_date": row.birth_date, "moet_hash": row.moet_hash}
                fresh.append({"public_id": secrets.public_id(), **values})
                people.append(fresh[-1]["public_id"])
                continue
            person = known[step.present.person_id]
            if {"name", "birth_date"} & set(step.fields):
                rename_pupil(person, row.full_name, row.birth_date)
            if "code" in step.fields:
                person.moet_hash = row.moet_hash
            people.append(person.id)
        self.session.flush()
        db.insert_many(self.session, Person, fresh)
        ids = queries.list_person_ids(self.session, [row["public_id"] for row in fresh])
        return [ids[person] if isinstance(person, str) else person for person in people]

    def _staying(self) -> dict[int, dict[int, int]]:
        staying: dict[int, dict[int, int]] = defaultdict(dict)
        for enrolment, _, group in queries.list_roster(
            self.session, school_id=self.school.school_id, year_id=self.year.id
        ):
            staying[group.id][enrolment.id] = enrolment.list_number
        return staying

    def _number(
        self,
        coming: list[dict[str, Any]],
        wanted: dict[int, dict[int, int]],
        staying: dict[int, dict[int, int]],
    ) -> None:
        """Give every pupil of the touched class groups a list number, those in the file the file's; coming ones have
        the keys -1, -2, … until they are inserted.
        """
        moving: dict[int, int] = {}
        for group_id, numbers in wanted.items():
            others = {key: number for key, number in staying[group_id].items() if key not in numbers}
            moving |= {
                key: number
                for key, number in final_numbers(numbers, others).items()
                if staying[group_id].get(key) != number
            }
        there = queries.list_enrolments(self.session, [key for key in moving if key > 0])
        if there:
            self.session.execute(queries.FREE_NUMBERS.where(Enrolment.id.in_(list(there))))
        for key, enrolment in there.items():
            self.session.expire(enrolment, ["list_number"])
            enrolment.list_number = moving[key]
        self.session.flush()
        rows = [{**row, "list_number": moving[-key]} for key, row in enumerate(coming, start=1)]
        db.insert_many(self.session, Enrolment, rows)


_COMING = frozenset({Change.ADDED, Change.TRANSFERRED, Change.MOVED})
