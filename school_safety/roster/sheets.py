"""Rows of a class list that were not taken, as a table to correct and send again."""

from collections.abc import Iterable, Mapping

from school_safety.kit.i18n import _
from school_safety.kit.sheets import Cell
from school_safety.roster.readers import Original

Rows = tuple[list[str], list[list[Cell]]]


def problem_rows(problems: Iterable[Mapping[str, object]], originals: Iterable[Original]) -> Rows:
    """One row per problem: where, what is wrong, and the row as typed where it was not taken; kept columns only."""
    header = [_("Trang tính"), _("Dòng"), _("Cột"), _("Cần xem")]
    header += [_("Lớp"), _("Số thứ tự"), _("Họ và tên"), _("Ngày sinh")]
    typed = {(one.sheet, one.row): one for one in originals}
    rows: list[list[Cell]] = []
    for problem in problems:
        where: list[Cell] = [str(problem["sheet"]), int(str(problem["row"])), str(problem["column"] or "")]
        one = typed.get((str(problem["sheet"]), int(str(problem["row"]))))
        values = [one.class_name, one.number, one.full_name, one.birth_date] if one else ["", "", "", ""]
        rows.append([*where, str(problem["words"]), *values])
    return header, rows
