"""Class groups, pupils and who teaches them: each school imports its class list at the start of the year."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from school_safety.access.policy import Viewer
from school_safety.demo.actions.people import SchoolStaff, Staff, acting
from school_safety.demo.actions.places import Places
from school_safety.demo.rules import DEMO_SCHOOL, Namer, SchoolPlan, class_counts, class_sizes
from school_safety.demo.rules.province import Fate
from school_safety.kit import clock, secrets
from school_safety.kit.db import Session
from school_safety.registry.queries import get_school_row
from school_safety.roster import actions as roster
from school_safety.roster.models import ClassGroup
from school_safety.roster.queries import LoadedClassGroup, list_plain_class_groups
from school_safety.roster.readers import ClassList, PupilRow
from school_safety.roster.readers.class_lists import MOET_PURPOSE
from school_safety.roster.rules.classes import TeachingKind

EMPTY_CLASS = "6A5"
"""A class group of the demo school without pupils yet: its list waits to be imported."""


@dataclass(slots=True)
class Roster:
    """The class groups of the current year by school code, and the first day they hold."""

    starts_on: date
    groups: dict[str, list[ClassGroup]] = field(default_factory=dict)
    sizes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def named(self, school: str, name: str) -> ClassGroup:
        """A class group by its name; raises StopIteration when there is none."""
        return next(group for group in self.groups[school] if group.name == name)

    def size(self, school: str, groups: Iterable[ClassGroup]) -> int:
        """How many pupils these class groups have together."""
        return sum(self.sizes[school, group.name] for group in groups)


def make_classes(
    session: Session,
    plans: tuple[SchoolPlan, ...],
    places: Places,
    staff: Staff,
    namer: Namer,
    *,
    groups: int,
    pupils: int,
    today: date,
) -> Iterator[Roster | int]:
    """Yields how many pupils were enrolled, school by school; last the roster itself."""
    counts = class_counts(plans, groups - 1)
    sizes = iter(class_sizes(groups - 1, pupils))
    starts_on = min(places.year.starts_on + timedelta(days=3), today)
    roster_made = Roster(starts_on)
    for plan in plans:
        if plan.fate is not Fate.OPEN:
            continue
        listing = _listing(plan, counts, sizes, namer, places.year.starts_on)
        made = staff.schools[plan.code]
        with clock.at(clock.at_local(starts_on)):
            actor = acting(session, made.coordinator, starts_on)
            roster_made.groups[plan.code] = _import(session, plan, places, listing, actor, starts_on)
            _assign_teachers(session, plan, places, roster_made.groups[plan.code], made, actor, starts_on)
        roster_made.sizes.update((plan.code, row.class_name) for row in listing.rows)
        yield len(listing.rows)
    yield roster_made


def _listing(
    plan: SchoolPlan, counts: dict[tuple[str, int], int], sizes: Iterator[int], namer: Namer, year_starts: date
) -> ClassList:
    rows: list[PupilRow] = []
    for grade in plan.grades:
        for number in range(1, counts[plan.code, grade] + 1):
            for place in range(1, next(sizes) + 1):
                pupil = namer.pupil(grade, year_starts)
                moet_hash = secrets.keyed_hash(pupil.moet_code, purpose=MOET_PURPOSE)
                name, born = pupil.full_name, pupil.birth_date
                rows.append(PupilRow("6", len(rows) + 8, f"{grade}A{number}", grade, place, name, born, moet_hash))
    return ClassList(rows=tuple(rows))


def _import(
    session: Session, plan: SchoolPlan, places: Places, listing: ClassList, actor: Viewer, today: date
) -> list[ClassGroup]:
    school = get_school_row(session, places.schools[plan.code].id)
    planned = roster.plan_import(session, listing=listing, school=school, year=places.year)
    roster.import_class_list(
        session, actor=actor, plan=planned, school=school, year=places.year, end_missing=False, today=today
    )
    if plan.code == DEMO_SCHOOL:
        roster.add_class_group(session, actor=actor, school=school, year=places.year, name=EMPTY_CLASS, grade=6)
    return list_plain_class_groups(session, school_id=school.school_id, year_id=places.year.id)


def _assign_teachers(
    session: Session,
    plan: SchoolPlan,
    places: Places,
    groups: list[ClassGroup],
    made: SchoolStaff,
    actor: Viewer,
    today: date,
) -> None:
    school = get_school_row(session, places.schools[plan.code].id)
    for number, group in enumerate(groups):
        loaded = LoadedClassGroup(group, school, places.year)
        homeroom = made.teachers[number % len(made.teachers)].person_id
        if plan.code == DEMO_SCHOOL and group.name in ("6A1", "6A2", EMPTY_CLASS):
            homeroom = made.teachers[0].person_id
        roster.add_teaching(
            session, actor=actor, loaded=loaded, person_id=homeroom, kind=TeachingKind.HOMEROOM, subject="", today=today
        )
