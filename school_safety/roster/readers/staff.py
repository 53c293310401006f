"""A staff list: who, with which e-mail address, in which role and where; every other column is dropped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from school_safety.access.policy import Role
from school_safety.kit.sheets import CellProblem, Header, Sheet, find_header, plain_label, read_table
from school_safety.kit.text import legacy_encoding, squeeze
from school_safety.roster.readers.class_lists import with_untitled_names
from school_safety.roster.rules.accounts import email_problem, normal_email
from school_safety.roster.rules.imports import MAX_NAME, RowProblem

_MEANINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        ("number", r"stt|so tt|tt|so thu tu"),
        ("family", r"ho|ho (va )?(ten |chu )?(dem|lot)"),
        ("given", r"ten"),
        ("full_name", r"ho (va )?ten( (can bo|giao vien|gv|nhan vien|cb gv nv))?|full name|name"),
        ("email", r"(dia chi )?(e mail|email|thu dien tu)( (cong vu|ca nhan))?|hop thu( dien tu)?"),
        ("role", r"vai tro( tren he thong)?|quyen|role"),
        ("post", r"chuc vu|chuc danh|vi tri( viec lam)?|post"),
        ("place", r"ma (truong|don vi|co quan)|school|unit"),
        ("homeroom", r"(lop )?chu nhiem( lop)?"),
        ("taught", r"(cac )?lop (day|giang day|phu trach)|phan cong( giang day)?|day( cac)? lop"),
        ("subject", r"mon( day| hoc)?|bo mon|subject"),
    )
)

_ROLES: dict[str, Role] = {
    "giao vien": Role.TEACHER,
    "gv": Role.TEACHER,
    "teacher": Role.TEACHER,
    "dieu phoi": Role.COORDINATOR,
    "dieu phoi vien": Role.COORDINATOR,
    "coordinator": Role.COORDINATOR,
    "hieu truong": Role.PRINCIPAL,
    "principal": Role.PRINCIPAL,
    "can bo xa": Role.COMMUNE_OFFICER,
    "chuyen vien xa": Role.COMMUNE_OFFICER,
    "can bo phuong": Role.COMMUNE_OFFICER,
    "commune officer": Role.COMMUNE_OFFICER,
    "chuyen vien so": Role.OFFICER,
    "can bo so": Role.OFFICER,
    "officer": Role.OFFICER,
    "quan tri": Role.ADMIN,
    "admin": Role.ADMIN,
    "bien tap": Role.EDITOR,
    "bien tap vien": Role.EDITOR,
    "editor": Role.EDITOR,
    "kiem tra": Role.AUDITOR,
    "giam sat": Role.AUDITOR,
    "auditor": Role.AUDITOR,
}


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One member of staff; `place` is the code of a school or unit, empty for the importer's own school."""

    sheet: str
    row: int
    full_name: str
    email: str
    role: Role
    place: str
    post: str
    homeroom: tuple[str, ...]
    taught: tuple[str, ...]
    subject: str


@dataclass(frozen=True, slots=True)
class StaffList:
    """Rows that are whole, and located problems of those that are not."""

    rows: tuple[StaffRow, ...] = ()
    problems: tuple[CellProblem, ...] = ()


def read_staff_list(data: bytes, filename: str) -> StaffList:
    """Every member of staff of every sheet that lists some; raises kit.sheets.SheetError when it is no table at all."""
    rows: list[StaffRow] = []
    problems: list[CellProblem] = []
    has_header = False
    for sheet in read_table(data, filename):
        header = find_header(sheet, _meaning_of, wanted=_is_staff_list)
        if header is None:
            continue
        has_header = True
        header = with_untitled_names(sheet, header)
        legacy = legacy_encoding(_full_name(header, row) for row in sheet.rows[header.after :])
        if legacy:
            return StaffList(
                problems=(CellProblem(RowProblem.LEGACY_FONT, sheet.name, params={"font": legacy.upper()}),)
            )
        for index, row in enumerate(sheet.rows[header.after :], start=header.after + 1):
            found, wrong = _read_row(sheet, index, row, header)
            rows += found
            problems += wrong
    if not has_header:
        return StaffList(problems=(CellProblem(RowProblem.NO_STAFF_HEADER),))
    return StaffList(*_without_repeats(rows, problems))


def _meaning_of(label: str) -> str | None:
    return next((meaning for meaning, pattern in _MEANINGS if pattern.fullmatch(label)), None)


def _is_staff_list(meanings: set[str]) -> bool:
    return "email" in meanings and ("full_name" in meanings or {"family", "given"} <= meanings)


def _full_name(header: Header, row: Sequence[str]) -> str:
    if {"family", "given"} <= set(header.columns):
        return f"{header.text(row, 'family')} {header.text(row, 'given')}".strip()
    return header.text(row, "full_name")


def _read_row(sheet: Sheet, index: int, row: Sequence[str], header: Header) -> tuple[list[StaffRow], list[CellProblem]]:
    name, email = _full_name(header, row), normal_email(header.text(row, "email"))
    if not email and not header.text(row, "number") and not header.text(row, "role"):
        return [], []
    homeroom, taught = (_classes(header.text(row, meaning)) for meaning in ("homeroom", "taught"))
    role = _role(header.text(row, "role"), header.text(row, "post"), bool(homeroom or taught))
    wrong = list(_problems(name, email, role))
    if wrong or role is None:
        return [], [CellProblem(code, sheet.name, index, header.title(meaning)) for meaning, code in wrong]
    place, post, subject = (header.text(row, meaning) for meaning in ("place", "post", "subject"))
    found = StaffRow(sheet.name, index, name, email, role, place, post[:120], homeroom, taught, subject[:80])
    return [found], []


def _problems(name: str, email: str, role: Role | None) -> Iterator[tuple[str, str]]:
    if not name:
        yield "full_name", RowProblem.NAME_MISSING
    elif len(name) > MAX_NAME or any(sign.isdigit() for sign in name):
        yield "full_name", RowProblem.NAME_SHAPE
    problem = email_problem(email)
    if problem is not None:
        yield "email", problem
    if role is None:
        yield "role", RowProblem.ROLE_UNKNOWN


def _role(role: str, post: str, teaches: bool) -> Role | None:
    """What the role column says; without one, a post that names a role, or teaching a class; never a guess upwards."""
    label = plain_label(role)
    if label:
        return _ROLES.get(label)
    return _ROLES.get(plain_label(post)) or (Role.TEACHER if teaches else None)


def _classes(text: str) -> tuple[str, ...]:
    names = (re.sub(r"^lớp\s*", "", squeeze(name), flags=re.IGNORECASE) for name in re.split(r"[,;+\n]|\s-\s", text))
    return tuple(dict.fromkeys(name[:40] for name in names if name))


def _without_repeats(
    rows: list[StaffRow], problems: list[CellProblem]
) -> tuple[tuple[StaffRow, ...], tuple[CellProblem, ...]]:
    """One row for each address, role and place; a second one is said, not merged."""
    kept: dict[tuple[str, Role, str], StaffRow] = {}
    for row in rows:
        first = kept.setdefault((row.email, row.role, row.place), row)
        if first is not row:
            problems.append(CellProblem(RowProblem.STAFF_TWICE, row.sheet, row.row, "", {"first": first.row}))
    return tuple(kept.values()), tuple(sorted(problems, key=lambda problem: (problem.sheet, problem.row)))
