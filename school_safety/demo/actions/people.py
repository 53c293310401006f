"""The staff of the demo province and their sign-ins; the passwords alone are random."""

from dataclasses import dataclass
from datetime import date

from school_safety.access.policy import Role, Viewer
from school_safety.demo.rules import DEMO_SCHOOL, Namer, SchoolPlan, email_of
from school_safety.demo.rules.province import PROVINCE, Fate
from school_safety.kit import clock, secrets
from school_safety.kit.db import Session
from school_safety.registry.models import Unit
from school_safety.roster import actions as roster
from school_safety.roster import queries as roster_queries
from school_safety.roster.models import Account

TEACHERS_PER_SCHOOL = 4


@dataclass(frozen=True, slots=True)
class SignIn:
    """How one role enters the demo: an address and a password, or a card."""

    role: str
    name: str
    address: str
    secret: str


@dataclass(frozen=True, slots=True)
class SchoolStaff:
    """The accounts of one school."""

    principal: Account
    coordinator: Account
    teachers: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who is not a pupil."""

    admin: Account
    officer: Account
    editor: Account
    second_editor: Account
    """Nobody approves the own draft."""
    auditor: Account
    commune_officers: dict[int, Account]
    schools: dict[str, SchoolStaff]


def make_staff(
    session: Session, plans: tuple[SchoolPlan, ...], committees: dict[int, Unit], namer: Namer, today: date
) -> Staff:
    """Department, communes and schools get their people."""
    taken: set[str] = set()

    def add(role: Role, post: str, at: str, *, unit: str | None = None, school: str | None = None) -> Account:
        name = namer.person()
        seat = roster_queries.find_seat(session, unit_code=unit, school_code=school)
        if seat is None:
            raise LookupError(f"no seat for {unit or school}")
        email = email_of(name, at, taken)
        return roster.add_staff(
            session, actor=None, full_name=name, email=email, role=role, seat=seat, post=post, today=today
        )

    root, office = f"UBND-{PROVINCE[0]}", "Phòng Chính trị và Công tác học sinh"
    return Staff(
        admin=add(Role.ADMIN, "Quản trị hệ thống", "minhson", unit=root),
        officer=add(Role.OFFICER, office, "minhson", unit=root),
        editor=add(Role.EDITOR, "Biên tập bài học", "minhson", unit=root),
        auditor=add(Role.AUDITOR, "Thanh tra", "minhson", unit=root),
        commune_officers={
            number: add(Role.COMMUNE_OFFICER, "Phòng Văn hóa - Xã hội", f"xa{number + 1:02d}", unit=committee.code)
            for number, committee in committees.items()
        },
        schools={
            plan.code: SchoolStaff(
                principal=add(Role.PRINCIPAL, "Hiệu trưởng", _domain(plan), school=plan.code),
                coordinator=add(Role.COORDINATOR, "Phụ trách chương trình", _domain(plan), school=plan.code),
                teachers=tuple(
                    add(Role.TEACHER, "Giáo viên", _domain(plan), school=plan.code) for _ in range(TEACHERS_PER_SCHOOL)
                ),
            )
            for plan in plans
            if plan.fate in (Fate.OPEN, Fate.CENTRE)
        },
        second_editor=add(Role.EDITOR, "Biên tập bài học", "minhson", unit=root),
    )


def _domain(plan: SchoolPlan) -> str:
    return plan.code.removeprefix("MS-").lower()


def acting(session: Session, account: Account, on: date) -> Viewer:
    """The viewer that this member of staff is on a day, for actions that ask who acts."""
    person = account.person
    posts = roster_queries.list_posts(session, [person.id], on).get(person.id, [])
    seat = next((post.seat for post in posts if post.seat.school_id is not None), None)
    return Viewer(
        person_id=person.id,
        name=person.full_name,
        standings=roster_queries.list_standings(session, person.id, on),
        session_id=0,
        account_id=account.id,
        school_id=seat.school_id if seat else None,
        school_code=seat.school_code if seat else None,
        post=next((post.post for post in posts), None),
    )


def open_doors(session: Session, staff: Staff) -> list[SignIn]:
    """Give one account of each role, and two editors, a random password; they skip the forced change."""
    school = staff.schools[DEMO_SCHOOL]
    chosen = (
        (Role.TEACHER, school.teachers[0]),
        (Role.COORDINATOR, school.coordinator),
        (Role.PRINCIPAL, school.principal),
        (Role.COMMUNE_OFFICER, staff.commune_officers[0]),
        (Role.OFFICER, staff.officer),
        (Role.ADMIN, staff.admin),
        (Role.EDITOR, staff.editor),
        (Role.EDITOR, staff.second_editor),
        (Role.AUDITOR, staff.auditor),
    )
    doors = []
    for role, account in chosen:
        password = secrets.token(bits=80)
        roster.set_password(
            session,
            account=account,
            password_hash=secrets.hash_password(password),
            must_change=False,
            now=clock.now(),
        )
        doors.append(SignIn(role, account.person.full_name, account.email, password))
    return doors
