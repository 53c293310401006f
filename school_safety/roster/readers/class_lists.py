"""A class list as a school's system exports it: only class, number, name, birth date and a keyed hash come out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from school_safety.kit import secrets
from school_safety.kit.sheets import (
    CellProblem,
    Header,
    Sheet,
    cell_date,
    cell_number,
    find_header,
    plain_label,
    read_table,
)
from school_safety.kit.text import fold, legacy_encoding, sort_key
from school_safety.roster.readers.columns import Dropped, meaning_of
from school_safety.roster.rules.classes import MAX_CLASS_NAME, birth_date_problem, grade_of_class_name
from school_safety.roster.rules.imports import MAX_NAME, RowProblem, list_numbers

MOET_PURPOSE = "moet"
"""The purpose under which mã định danh is hashed, everywhere."""

_CLASS_IN_TITLE = re.compile(
    r"\blớp\s*:?\s*(\d{1,2}[^\s\d,;()][^\s,;()]*|\d{1,2} (?!năm|trường|học|gvcn|giáo|sĩ|tổng|kỳ|hk)[^\W\d_]{2,12}\d?)",
    re.IGNORECASE,
)
_CLASS_WORD = re.compile(r"^lớp\s*:?\s*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil as the file has them, cleaned; `moet_hash` stands for mã định danh, which is kept nowhere."""

    sheet: str
    row: int
    class_name: str
    grade: int
    number: int
    full_name: str
    birth_date: date
    moet_hash: str | None


@dataclass(frozen=True, slots=True)
class Original:
    """A row that was not taken, as typed: of the kept columns only, so that it can be corrected."""

    sheet: str
    row: int
    class_name: str
    number: str
    full_name: str
    birth_date: str


@dataclass(frozen=True, slots=True)
class ClassList:
    """What a file says: pupils, problems located in it, and what was left aside, said aloud."""

    rows: tuple[PupilRow, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    renumbered: tuple[str, ...] = ()
    rejected: tuple[tuple[str, str], ...] = ()
    originals: tuple[Original, ...] = ()


@dataclass(slots=True)
class _Reading:
    today: date
    class_name: str
    rows: list[PupilRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    skipped: list[tuple[str, int]] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)
    originals: list[Original] = field(default_factory=list)


def read_class_list(data: bytes, filename: str, *, today: date, class_name: str = "") -> ClassList:
    """Every pupil of every sheet that has a class list; `class_name` is used where the file names no class.

    Raises kit.sheets.SheetError when the file is no table at all.
    """
    reading = _Reading(today, class_name)
    found: list[tuple[Sheet, Header]] = []
    for sheet in read_table(data, filename):
        header = find_header(sheet, meaning_of, wanted=_is_class_list)
        if header is not None:
            found.append((sheet, header))
    if not found:
        return ClassList(problems=(CellProblem(RowProblem.NO_HEADER),))
    for sheet, header in found:
        _read_sheet(sheet, with_untitled_names(sheet, header), reading)
    if any(problem.row == 0 for problem in reading.problems):
        return ClassList(problems=tuple(problem for problem in reading.problems if problem.row == 0))
    rows, renumbered = _number(_without_repeats(reading))
    return ClassList(
        rows=tuple(rows),
        problems=tuple(sorted(reading.problems, key=lambda problem: (problem.sheet, problem.row))),
        dropped=_dropped(found),
        unknown_columns=_unknown(found),
        skipped=tuple(reading.skipped),
        renumbered=tuple(renumbered),
        rejected=tuple(reading.rejected),
        originals=tuple(reading.originals),
    )


def _is_class_list(meanings: set[str]) -> bool:
    has_name = "full_name" in meanings or {"family", "given"} <= meanings
    return has_name and bool(meanings & {"birth_date", "number", "class_name", "moet"})


# ---- One sheet ----


def with_untitled_names(sheet: Sheet, header: Header) -> Header:
    """A title over the first of two name columns stands for both: the given names beside it are not lost."""
    columns = header.columns.get("full_name", ())
    beside = columns[-1] + 1 if columns else 0
    if len(columns) != 1 or beside in header.titles:
        return header
    rows = [row for row in sheet.rows[header.after :] if len(row) > beside and row[columns[0]]]
    if 2 * sum(bool(row[beside]) for row in rows) <= len(rows):
        return header
    return replace(header, columns={**header.columns, "full_name": (columns[0], beside)})


def _read_sheet(sheet: Sheet, header: Header, reading: _Reading) -> None:
    legacy = legacy_encoding(_full_name(header, row) for row in sheet.rows[header.after :])
    if legacy:
        reading.problems.append(CellProblem(RowProblem.LEGACY_FONT, sheet.name, params={"font": legacy.upper()}))
        return
    if "birth_date" not in header.columns:
        reading.problems.append(CellProblem(RowProblem.NO_BIRTH_COLUMN, sheet.name))
        return
    class_name = _class_of_sheet(sheet, header) or reading.class_name
    for index, row in enumerate(sheet.rows[header.after :], start=header.after + 1):
        section = _section(row)
        if section:
            class_name = section
        elif any(row):
            _read_row(sheet.name, index, row, header, class_name, reading)


def _class_of_sheet(sheet: Sheet, header: Header) -> str:
    for row in sheet.rows[: header.top]:
        for cell in row:
            if found := _CLASS_IN_TITLE.search(cell):
                return found[1]
    return sheet.name if re.fullmatch(r"(lớp\s*)?\d{1,2}\S{0,8}", sheet.name, re.IGNORECASE) else ""


def _section(row: Sequence[str]) -> str:
    """`Lớp 6A2` alone in a row (or merged across it) begins the next class."""
    texts = {cell for cell in row if cell}
    found = _CLASS_IN_TITLE.match(texts.pop()) if len(texts) == 1 else None
    return found[1] if found else ""


def _read_row(sheet: str, index: int, row: Sequence[str], header: Header, class_name: str, reading: _Reading) -> None:
    name, born = _full_name(header, row), header.text(row, "birth_date")
    number, code = header.text(row, "number"), header.text(row, "moet")
    if (not name and not born and not code) or not any((number.isdigit(), born, code)) or plain_label(name) in _TOTALS:
        reading.skipped.append((sheet, index))
        return
    group = _CLASS_WORD.sub("", header.text(row, "class_name") or header.text(row, "class_code") or class_name)
    grade = grade_of_class_name(group) or cell_number(header.text(row, "grade").casefold().removeprefix("khối").strip())
    birth_date = cell_date(born)
    wrong = [
        *_name_problems(name),
        *_birth_problems(born, birth_date, reading.today),
        *_class_problems(group, grade),
    ]
    for meaning, problem in wrong:
        title = header.title(meaning) or (header.title("class_code") if meaning == "class_name" else "")
        reading.problems.append(CellProblem(problem, sheet, index, title))
    moet_hash, doubt = _moet_hash(code)
    if doubt:
        reading.problems.append(CellProblem(doubt, sheet, index, header.title("moet")))
    if wrong:
        reading.rejected.append((group, name))
        reading.originals.append(Original(sheet, index, group, number, name, born))
    elif birth_date is not None and grade is not None:
        listed = cell_number(number) or 0
        reading.rows.append(PupilRow(sheet, index, group, grade, listed, name, birth_date, moet_hash))


_TOTALS = {"tong", "tong so", "tong cong", "cong", "si so"}


def _full_name(header: Header, row: Sequence[str]) -> str:
    if {"family", "given"} <= set(header.columns):
        return f"{header.text(row, 'family')} {header.text(row, 'given')}".strip()
    return " ".join(part for part in (header.text(row, "full_name"), header.text(row, "given")) if part)


def _name_problems(name: str) -> Iterator[tuple[str, str]]:
    if not name:
        yield "full_name", RowProblem.NAME_MISSING
    elif len(name) > MAX_NAME or any(sign.isdigit() for sign in name) or not _LETTER.search(name):
        yield "full_name", RowProblem.NAME_SHAPE


def _birth_problems(born: str, birth_date: date | None, today: date) -> Iterator[tuple[str, str]]:
    shape = RowProblem.BIRTH_DATE_SHAPE if born and birth_date is None else None
    problem = shape or birth_date_problem(birth_date, today)
    if problem is not None:
        yield "birth_date", problem


def _class_problems(group: str, grade: int | None) -> Iterator[tuple[str, str]]:
    if not group:
        yield "class_name", RowProblem.CLASS_MISSING
    elif len(group) > MAX_CLASS_NAME:
        yield "class_name", RowProblem.CLASS_SHAPE
    elif grade is None or not 6 <= grade <= 12:
        yield "class_name", RowProblem.GRADE_MISSING


def _moet_hash(code: str) -> tuple[str | None, str | None]:
    """The keyed hash of a ten-digit code (a sheet may have eaten its first zeros); a personal ID is not taken."""
    digits = code.replace(" ", "").replace(".", "")
    if not digits:
        return None, None
    if not (digits.isascii() and digits.isdigit()):
        return None, RowProblem.MOET_SHAPE
    if len(digits) == 12:
        return None, RowProblem.MOET_PERSONAL_ID
    if not 7 <= len(digits) <= 10:
        return None, RowProblem.MOET_SHAPE
    return secrets.keyed_hash(digits.zfill(10), purpose=MOET_PURPOSE), None


# ---- The file as a whole ----


def _without_repeats(reading: _Reading) -> list[PupilRow]:
    """The same code twice, or the same name and birth date twice in one class without codes, is one pupil too many."""
    kept: list[PupilRow] = []
    seen: dict[object, PupilRow] = {}
    for row in reading.rows:
        keys: list[object] = [row.moet_hash] if row.moet_hash else []
        keys.append((fold(row.full_name), row.birth_date, sort_key(row.class_name)))
        twin = next((seen[key] for key in keys if key in seen and not _differ(seen[key], row)), None)
        if twin is None:
            kept.append(row)
            seen.update(dict.fromkeys(keys, row))
        else:
            params = {"first": twin.row}
            reading.problems.append(CellProblem(RowProblem.PUPIL_TWICE, row.sheet, row.row, "", params))
            reading.originals.append(original_of(row))
    return kept


def original_of(row: PupilRow) -> Original:
    """A row that was read well but cannot be taken, as people would type it."""
    born = f"{row.birth_date:%d/%m/%Y}"
    return Original(row.sheet, row.row, row.class_name, str(row.number or ""), row.full_name, born)


def _differ(one: PupilRow, other: PupilRow) -> bool:
    return bool(one.moet_hash and other.moet_hash and one.moet_hash != other.moet_hash)


def _number(rows: list[PupilRow]) -> tuple[list[PupilRow], list[str]]:
    """List numbers of each class: the file's own where they are such, else its order within the class."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[sort_key(row.class_name)].append(index)
    numbers = {key: [rows[index].number for index in indexes] for key, indexes in groups.items()}
    renumbered: list[str] = []
    result = list(rows)
    for key, fresh in list_numbers(numbers).items():
        renumbered.append(rows[groups[key][0]].class_name)
        for index, number in zip(groups[key], fresh, strict=True):
            result[index] = replace(rows[index], number=number)
    return result, renumbered


def _dropped(found: list[tuple[Sheet, Header]]) -> tuple[Dropped, ...]:
    meanings = {meaning for _, header in found for meaning in header.columns}
    return tuple(kind for kind in Dropped if f"-{kind}" in meanings)


def _unknown(found: list[tuple[Sheet, Header]]) -> tuple[str, ...]:
    titles: dict[str, None] = {}
    for _, header in found:
        known = {index for indexes in header.columns.values() for index in indexes}
        titles.update({title[:60]: None for index, title in header.titles.items() if index not in known})
    return tuple(titles)
