"""Lists of units and schools, in XLSX or CSV, to plain rows with located problems."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from school_safety.kit.sheets import (
    CellProblem,
    Header,
    Sheet,
    cell_date,
    find_header,
    plain_label,
    read_table,
)
from school_safety.kit.text import legacy_encoding
from school_safety.registry.rules import (
    ImportProblem,
    SchoolKind,
    SchoolStatus,
    UnitKind,
    grade_mask,
    grades_of_kind,
    is_code,
    needs_grades,
)

_MEANINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        ("unit_code", r"ma (don vi|xa|phuong|xa phuong|dia ban|tinh)|unit code"),
        ("unit_name", r"ten (don vi|xa|phuong|xa phuong|dia ban|tinh)|unit name"),
        ("unit_kind", r"loai (don vi|dia ban)|cap don vi|unit kind"),
        ("code", r"ma truong|ma|school code"),
        ("name", r"ten truong|truong|school name"),
        ("kind", r"loai (hinh )?truong|loai hinh( truong)?|cap hoc|cap|school kind"),
        ("grades", r"khoi( lop)?( day)?|cac khoi|grades"),
        ("commune", r"(ma |ten )?(xa|phuong|xa phuong|dia ban)|thuoc (xa|phuong|xa phuong)|commune"),
        ("authority", r"(co quan|don vi) quan li|quan li|authority"),
        ("ministry_code", r"ma (bo|moet|csdl|nganh|so)( gd ?dt)?|ma dinh danh( truong)?|ministry code"),
        ("status", r"trang thai|tinh trang|status"),
        ("valid_from", r"(hieu luc )?tu ngay|ngay hieu luc|ngay thanh lap|valid from"),
        ("document", r"van ban|quyet dinh|so quyet dinh|document"),
    )
)

_KINDS: dict[str, SchoolKind] = {
    "thcs": SchoolKind.THCS,
    "trung hoc co so": SchoolKind.THCS,
    "th thcs": SchoolKind.TH_THCS,
    "tieu hoc va thcs": SchoolKind.TH_THCS,
    "thpt": SchoolKind.THPT,
    "trung hoc pho thong": SchoolKind.THPT,
    "thcs thpt": SchoolKind.THCS_THPT,
    "thcs va thpt": SchoolKind.THCS_THPT,
    "th thcs thpt": SchoolKind.TH_THCS_THPT,
    "ptdtnt": SchoolKind.BOARDING,
    "dan toc noi tru": SchoolKind.BOARDING,
    "pho thong dan toc noi tru": SchoolKind.BOARDING,
    "th": SchoolKind.PRIMARY,
    "tieu hoc": SchoolKind.PRIMARY,
    "gdtx": SchoolKind.CENTRE,
    "gdnn gdtx": SchoolKind.CENTRE,
    "trung tam gdtx": SchoolKind.CENTRE,
    "trung tam gdnn gdtx": SchoolKind.CENTRE,
    "cao dang": SchoolKind.COLLEGE,
    "trung cap": SchoolKind.COLLEGE,
}
_STATUSES: dict[str, SchoolStatus] = {
    "": SchoolStatus.OPEN,
    "dang hoat dong": SchoolStatus.OPEN,
    "hoat dong": SchoolStatus.OPEN,
    "mo": SchoolStatus.OPEN,
    "tam dung": SchoolStatus.SUSPENDED,
    "tam ngung": SchoolStatus.SUSPENDED,
    "giai the": SchoolStatus.CLOSED,
    "dong": SchoolStatus.CLOSED,
    "dong cua": SchoolStatus.CLOSED,
}
_UNIT_KINDS: dict[str, UnitKind] = {
    "tinh": UnitKind.PROVINCE,
    "thanh pho": UnitKind.PROVINCE,
    "xa": UnitKind.COMMUNE,
    "phuong": UnitKind.COMMUNE,
    "dac khu": UnitKind.COMMUNE,
    "so": UnitKind.DEPARTMENT,
}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A province, a commune or the department; province and commune stand for their committee too."""

    sheet: str
    row: int
    code: str
    name: str
    kind: UnitKind
    valid_from: date | None
    document: str


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school; `commune` and `authority` are codes or names, an empty authority follows from the grades."""

    sheet: str
    row: int
    code: str
    name: str
    kind: SchoolKind
    grades: int
    commune: str
    authority: str
    ministry_code: str
    status: SchoolStatus
    valid_from: date | None
    document: str


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """What a file says of units and schools."""

    units: tuple[UnitRow, ...] = ()
    schools: tuple[SchoolRow, ...] = ()
    problems: tuple[CellProblem, ...] = ()


def read_registry(data: bytes, filename: str) -> RegistryFile:
    """Every sheet that lists units or schools; raises kit.sheets.SheetError when the file is no table at all."""
    units: list[UnitRow] = []
    schools: list[SchoolRow] = []
    problems: list[CellProblem] = []
    has_header = False
    for sheet in read_table(data, filename):
        header = find_header(sheet, _meaning_of, wanted=_is_registry)
        if header is None:
            continue
        has_header = True
        legacy = legacy_encoding(
            header.text(row, "name") or header.text(row, "unit_name") for row in sheet.rows[header.after :]
        )
        if legacy:
            params = {"font": legacy.upper()}
            return RegistryFile(problems=(CellProblem(ImportProblem.LEGACY_FONT, sheet.name, params=params),))
        _read_sheet(sheet, header, units, schools, problems)
    if not has_header:
        return RegistryFile(problems=(CellProblem(ImportProblem.NO_HEADER),))
    return RegistryFile(
        tuple(_once(units, problems)), tuple(_once(schools, problems)), tuple(sorted(problems, key=_place))
    )


def _place(problem: CellProblem) -> tuple[str, int]:
    return problem.sheet, problem.row


def _meaning_of(label: str) -> str | None:
    return next((meaning for meaning, pattern in _MEANINGS if pattern.fullmatch(label)), None)


def _is_registry(meanings: set[str]) -> bool:
    return {"unit_code", "unit_name", "unit_kind"} <= meanings or {"code", "name", "kind"} <= meanings


def _read_sheet(
    sheet: Sheet, header: Header, units: list[UnitRow], schools: list[SchoolRow], problems: list[CellProblem]
) -> None:
    holds_schools = {"code", "name", "kind"} <= set(header.columns)
    for index, row in enumerate(sheet.rows[header.after :], start=header.after + 1):
        code = header.text(row, "code" if holds_schools else "unit_code")
        name = header.text(row, "name" if holds_schools else "unit_name")
        if not code and (not name or not header.text(row, "kind" if holds_schools else "unit_kind")):
            continue
        wrong = list(_common_problems(header, row, code, name, holds_schools))
        if holds_schools:
            wrong += _school_problems(header, row)
        else:
            wrong += _unit_problems(header, row)
        problems += [CellProblem(problem, sheet.name, index, header.title(meaning)) for meaning, problem in wrong]
        if not wrong and holds_schools:
            schools.append(_school(sheet.name, index, header, row))
        elif not wrong:
            units.append(_unit(sheet.name, index, header, row))


def _common_problems(
    header: Header, row: Sequence[str], code: str, name: str, holds_schools: bool
) -> Iterator[tuple[str, ImportProblem]]:
    if not is_code(code):
        yield "code" if holds_schools else "unit_code", ImportProblem.CODE_SHAPE
    if not name or len(name) > 200:
        yield "name" if holds_schools else "unit_name", ImportProblem.NAME_MISSING
    day = header.text(row, "valid_from")
    if day and cell_date(day) is None:
        yield "valid_from", ImportProblem.DATE_SHAPE


def _unit_problems(header: Header, row: Sequence[str]) -> Iterator[tuple[str, ImportProblem]]:
    if plain_label(header.text(row, "unit_kind")) not in _UNIT_KINDS:
        yield "unit_kind", ImportProblem.KIND_UNKNOWN


def _school_problems(header: Header, row: Sequence[str]) -> Iterator[tuple[str, ImportProblem]]:
    kind = _KINDS.get(plain_label(header.text(row, "kind")))
    grades = _grades(header.text(row, "grades"))
    if kind is None:
        yield "kind", ImportProblem.KIND_UNKNOWN
    if grades is None or (kind is not None and needs_grades(kind) and header.text(row, "grades") and not grades):
        yield "grades", ImportProblem.GRADES_SHAPE
    if not header.text(row, "commune"):
        yield "commune", ImportProblem.COMMUNE_MISSING
    if plain_label(header.text(row, "status")) not in _STATUSES:
        yield "status", ImportProblem.STATUS_UNKNOWN


def _grades(text: str) -> int | None:
    """A mask from `6-9`, `6,7,8,9` or nothing (0: as the kind says); None when it is neither."""
    grades: list[int] = []
    for part in re.split(r"[,;\s]+", text.strip()):
        span = re.fullmatch(r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?", part)
        if part and not span:
            return None
        if span:
            grades += range(int(span[1]), int(span[2] or span[1]) + 1)
    return grade_mask(grades)


def _school(sheet: str, index: int, header: Header, row: Sequence[str]) -> SchoolRow:
    kind = _KINDS[plain_label(header.text(row, "kind"))]
    return SchoolRow(
        sheet=sheet,
        row=index,
        code=header.text(row, "code"),
        name=header.text(row, "name"),
        kind=kind,
        grades=_grades(header.text(row, "grades")) or grades_of_kind(kind),
        commune=header.text(row, "commune"),
        authority=header.text(row, "authority"),
        ministry_code=header.text(row, "ministry_code")[:32],
        status=_STATUSES[plain_label(header.text(row, "status"))],
        valid_from=cell_date(header.text(row, "valid_from")),
        document=header.text(row, "document")[:200],
    )


def _unit(sheet: str, index: int, header: Header, row: Sequence[str]) -> UnitRow:
    return UnitRow(
        sheet=sheet,
        row=index,
        code=header.text(row, "unit_code"),
        name=header.text(row, "unit_name"),
        kind=_UNIT_KINDS[plain_label(header.text(row, "unit_kind"))],
        valid_from=cell_date(header.text(row, "valid_from")),
        document=header.text(row, "document")[:200],
    )


Row = TypeVar("Row", UnitRow, SchoolRow)


def _once(rows: Sequence[Row], problems: list[CellProblem]) -> Iterator[Row]:
    first: dict[str, int] = {}
    for row in rows:
        if row.code in first:
            params = {"first": first[row.code]}
            problems.append(CellProblem(ImportProblem.CODE_TWICE, row.sheet, row.row, "", params))
        else:
            first[row.code] = row.row
            yield row
