"""Coverage as rows: the figures with the names that scripts rely on, the list of schools with words for people."""

from collections.abc import Iterable

from school_safety.coverage.report import LADDER, CoverageReport, SchoolRow
from school_safety.coverage.report.words import EXCLUSIONS, GRADES, KINDS, REASONS, STRANDS
from school_safety.curriculum.rules import Strand
from school_safety.kit.i18n import _
from school_safety.kit.sheets import Cell
from school_safety.planning.rules import Grade

Rows = tuple[list[str], list[list[Cell]]]

REPORT_COLUMNS = ("area", "year", "as_of", "phase", "borders", "definition")


def figure_rows(report: CoverageReport) -> Rows:
    """One row per indicator and target, with the names and values of the JSON; the grades are columns of their own."""
    whole = report.as_json()
    entries = whole["indicators"]
    columns = [name for name in (entries[0] if entries else {}) if name != "grades"]
    header = [*REPORT_COLUMNS, *columns, *(grade.code for grade in LADDER)]
    rows = [
        [
            *(whole[name] for name in REPORT_COLUMNS),
            *(_cell(entry[name]) for name in columns),
            *entry["grades"].values(),
        ]
        for entry in entries
    ]
    return header, rows


def school_table(schools: Iterable[SchoolRow]) -> Rows:
    """One row per school: where, what, whether it counts and why not, and per strand its grade and what is missing."""
    header = [_("Mã trường"), _("Tên trường"), _("Xã, phường"), _("Loại trường"), _("Thuộc diện tính"), _("Lý do")]
    parts = (_("bậc"), _("mã lý do"), _("vì sao"))
    header += [f"{STRANDS[strand]}: {part}" for strand in Strand for part in parts]
    return header, [_school_cells(row) for row in schools]


def _school_cells(row: SchoolRow) -> list[Cell]:
    cells: list[Cell] = [
        row.code,
        row.name,
        row.commune,
        str(KINDS[row.kind]),
        _("có") if row.excluded is None else _("không"),
        "" if row.excluded is None else str(EXCLUSIONS[row.excluded]),
    ]
    for strand in Strand:
        grade, reason = row.grade(strand), row.reason(strand)
        cells += [
            f"{grade.code} {GRADES[grade]}" if grade >= 1 else str(GRADES[grade]),
            str(reason),
            str(REASONS[reason]),
        ]
    return cells


def _grade_words(grade: Grade) -> str:
    return f"{grade.code} {GRADES[grade]}" if grade >= Grade.G1 else str(GRADES[grade])


def _cell(value: object) -> Cell:
    """A JSON value as a cell: `true`, `false`, nothing for null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None or isinstance(value, int | str) else str(value)
