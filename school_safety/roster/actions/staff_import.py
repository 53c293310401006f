"""Staff lists into the roster: people, roles and the classes they teach, planned first and written whole."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Role, Viewer
from school_safety.kit.db import Session
from school_safety.kit.sheets import CellProblem
from school_safety.kit.text import fold, sort_key
from school_safety.registry.actions import check_draft, finish_draft
from school_safety.registry.models import AcademicYear, ImportDraft
from school_safety.roster import queries
from school_safety.roster.actions.accounts import add_staff, give_role_to
from school_safety.roster.models import Account, Person, Teaching
from school_safety.roster.queries.people import Post, Seat
from school_safety.roster.readers import StaffList, StaffRow
from school_safety.roster.rules.classes import TeachingKind
from school_safety.roster.rules.imports import RowProblem
from school_safety.roster.rules.memberships import PROVINCE_ROLES, membership_problem


@dataclass(frozen=True, slots=True)
class StaffStep:
    """What one row does: added, role_added, classes_added or same; `classes` are (class group, kind) still to give."""

    change: str
    row: StaffRow
    seat: Seat
    person_id: int | None = None
    classes: tuple[tuple[int, TeachingKind], ...] = ()


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """Everything a staff list would do, what it cannot, and what is worth a remark (unknown classes)."""

    steps: tuple[StaffStep, ...]
    refusals: tuple[CellProblem, ...]
    remarks: tuple[CellProblem, ...]
    fingerprint: str

    @property
    def changes_nothing(self) -> bool:
        """Whether writing it would write nothing."""
        return all(step.change == "same" for step in self.steps)

    def counts(self) -> dict[str, int]:
        """How many rows do what."""
        counted = Counter(step.change for step in self.steps)
        return {change: counted[change] for change in ("added", "role_added", "classes_added", "same")}


# ---- Planning ----


def plan_staff(
    session: Session, *, actor: Viewer | None, listing: StaffList, year: AcademicYear | None, today: date
) -> StaffPlan:
    """What a staff list would do now, for somebody who may give these roles (`actor` None: the command line)."""
    planner = _Planner(session, actor, year, today, listing.rows)
    steps: list[StaffStep] = []
    refusals: list[CellProblem] = []
    for row in listing.rows:
        step = planner.step(row)
        if isinstance(step, CellProblem):
            refusals.append(step)
        else:
            steps.append(step)
    told = [(step.change, step.person_id, step.seat.path, step.classes, step.row) for step in steps]
    fingerprint = hashlib.sha256(repr(told).encode()).hexdigest()
    return StaffPlan(tuple(steps), tuple(refusals), tuple(planner.remarks), fingerprint)


class _Planner:
    """Looks everything up once, then judges row by row."""

    def __init__(
        self,
        session: Session,
        actor: Viewer | None,
        year: AcademicYear | None,
        today: date,
        rows: Sequence[StaffRow],
    ) -> None:
        self.session, self.actor, self.year = session, actor, year
        self.accounts = queries.list_accounts_by_email(session, [row.email for row in rows])
        people = [person.id for _, person in self.accounts.values()]
        self.posts: dict[int, list[Post]] = queries.list_posts(session, people, today)
        self.seats: dict[tuple[str, Role], Seat | None] = {}
        self.remarks: list[CellProblem] = []

    def step(self, row: StaffRow) -> StaffStep | CellProblem:
        """What one row does, or why it cannot be taken."""
        seat = self._seat(row)
        if seat is None:
            code = RowProblem.PLACE_UNKNOWN if row.place else RowProblem.PLACE_MISSING
            return CellProblem(code, row.sheet, row.row, "", {"place": row.place})
        standings = self.actor.standings if self.actor is not None else None
        is_school = seat.school_id is not None
        problem = membership_problem(standings, row.role, seat.path, is_school=is_school, unit_kind=seat.unit_kind)
        if problem is not None:
            return CellProblem(problem, row.sheet, row.row)
        known = self.accounts.get(row.email)
        if known is not None and fold(known[1].full_name) != fold(row.full_name):
            return CellProblem(RowProblem.EMAIL_OTHER_NAME, row.sheet, row.row)
        return self._judge(row, seat, known)

    def _judge(self, row: StaffRow, seat: Seat, known: tuple[Account, Person] | None) -> StaffStep:
        person_id = known[1].id if known is not None else None
        classes = self._classes(row, seat, person_id)
        if person_id is None:
            return StaffStep("added", row, seat, None, classes)
        held = self.posts.get(person_id, [])
        if not any(post.role is row.role and post.seat.path == seat.path for post in held):
            return StaffStep("role_added", row, seat, person_id, classes)
        return StaffStep("classes_added" if classes else "same", row, seat, person_id, classes)

    def _seat(self, row: StaffRow) -> Seat | None:
        """The place of a row; without a code the reader's own school, for department roles the province."""
        own = self.actor.school_code if self.actor is not None else None
        place = row.place or own or ""
        if (place, row.role) not in self.seats:
            self.seats[place, row.role] = self._look_up(place, row)
        return self.seats[place, row.role]

    def _look_up(self, place: str, row: StaffRow) -> Seat | None:
        if not place or (not row.place and row.role in PROVINCE_ROLES):
            return queries.find_root(self.session) if row.role in PROVINCE_ROLES else None
        return queries.find_seat(self.session, school_code=place) or queries.find_seat(self.session, unit_code=place)

    def _classes(self, row: StaffRow, seat: Seat, person_id: int | None) -> tuple[tuple[int, TeachingKind], ...]:
        if seat.school_id is None or self.year is None or not (row.homeroom or row.taught):
            return ()
        groups = {
            group.name_key: group.id
            for group in queries.list_plain_class_groups(self.session, school_id=seat.school_id, year_id=self.year.id)
        }
        given = {
            (teaching.class_group_id, teaching.kind)
            for teaching in queries.list_teachings(self.session, list(groups.values()))
            if teaching.person_id == person_id
        }
        wanted: dict[tuple[int, TeachingKind], None] = {}
        for names, kind in ((row.homeroom, TeachingKind.HOMEROOM), (row.taught, TeachingKind.SUBJECT)):
            for name in names:
                group_id = groups.get(sort_key(name))
                if group_id is None:
                    problem = CellProblem(RowProblem.CLASS_UNKNOWN, row.sheet, row.row, "", {"class_name": name})
                    self.remarks.append(problem)
                elif (group_id, kind) not in given:
                    wanted[group_id, kind] = None
        return tuple(wanted)


# ---- Writing ----


def import_staff(session: Session, *, actor: Viewer | None, plan: StaffPlan, today: date) -> dict[str, int]:
    """Write a plan in one unit of work; returns how many rows did what."""
    fresh: dict[str, int] = {}
    for step in plan.steps:
        row = step.row
        person_id = step.person_id or fresh.get(row.email)
        if person_id is None:
            account = add_staff(
                session,
                actor=actor,
                full_name=row.full_name,
                email=row.email,
                role=row.role,
                seat=step.seat,
                post=row.post,
                today=today,
            )
            person_id = fresh[row.email] = account.person_id
        elif step.change in ("added", "role_added"):
            give_role_to(
                session, actor=actor, person_id=person_id, role=row.role, seat=step.seat, post=row.post, today=today
            )
        for group_id, kind in step.classes:
            _teach(session, person_id, group_id, kind, row.subject, today)
    if not plan.changes_nothing:
        data: dict[str, Any] = plan.counts()
        record_audit(session, actor=actor, verb="staff.imported", object_type="staff", data=data)
    return plan.counts()


def _teach(session: Session, person_id: int, group_id: int, kind: TeachingKind, subject: str, today: date) -> None:
    words = (subject or "—") if kind is TeachingKind.SUBJECT else ""
    session.add(Teaching(person_id=person_id, class_group_id=group_id, kind=kind, subject=words, valid_from=today))
    session.flush()


def confirm_staff(
    session: Session,
    *,
    actor: Viewer,
    draft: ImportDraft,
    seen: str,
    year: AcademicYear | None,
    today: date,
    now: datetime,
) -> dict[str, int]:
    """Write a staff list that was looked at; raises Refused, or Conflict when it would now do something else."""
    plan = plan_staff(session, actor=actor, listing=staff_from(draft.content), year=year, today=today)
    check_draft(draft, now=now, seen=seen, planned=plan.fingerprint)
    done = import_staff(session, actor=actor, plan=plan, today=today)
    finish_draft(session, draft, now=now, result=done)
    return done


def staff_content(listing: StaffList) -> dict[str, Any]:
    """A staff list as plain JSON."""
    return asdict(listing)


def staff_from(content: dict[str, Any]) -> StaffList:
    """The staff list that `staff_content` wrote; an emptied one has no rows."""
    rows = (
        StaffRow(
            **{
                **row,
                "role": Role(row["role"]),
                "homeroom": tuple(row["homeroom"]),
                "taught": tuple(row["taught"]),
            }
        )
        for row in content.get("rows", ())
    )
    return StaffList(tuple(rows), tuple(CellProblem(**problem) for problem in content.get("problems", ())))
