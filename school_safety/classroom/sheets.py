"""A class's results as CSV and XLSX: the same rows and figures as on the page; numbers stay numbers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from school_safety.classroom.report import ClassProgress, PupilLine
from school_safety.classroom.report.surveys import SurveyLine
from school_safety.classroom.rules import FEWEST_SHOWN, PupilState, Total
from school_safety.kit import sheets
from school_safety.kit.i18n import LazyString, _, _l, local
from school_safety.kit.sheets import Cell

STATE_WORDS: Mapping[PupilState, LazyString] = {
    PupilState.SUBMITTED: _l("Đã nộp"),
    PupilState.WORKING: _l("Đang làm"),
    PupilState.STUCK: _l("Đang làm, lâu chưa gửi thêm"),
    PupilState.LAPSED: _l("Hết giờ, chưa trả lời câu nào"),
    PupilState.NOT_STARTED: _l("Chưa vào"),
}


def results_table(progress: ClassProgress) -> tuple[list[str], list[list[Cell]]]:
    """Header and one row per pupil."""
    slots = progress.given.paper.scored_slots
    header = [
        *(_("Số"), _("Họ và tên"), _("Tình trạng"), _("Số câu đã trả lời"), _("Số câu"), _("Số lượt")),
        *(_("Điểm"), _("Điểm tối đa"), _("Thang 10"), _("Nộp lúc"), _("Biên nhận"), _("Câu trả lời muộn chưa nhận")),
        _("Câu trả lời chờ chấm"),
        *(_("Câu %(number)s", number=slot.slot) for slot in slots),
    ]
    return header, [_row(line, progress) for line in progress.pupils]


def _row(line: PupilLine, progress: ClassProgress) -> list[Cell]:
    paper = progress.given.paper
    facts = line.shown.facts if line.shown else None
    return [
        *(line.pupil.list_number, line.pupil.name, str(STATE_WORDS[line.state]), line.answered, len(paper.slots)),
        len(line.attempts),
        *_total(line.total),
        facts.submitted_at if facts else None,
        facts.receipt if facts else None,
        line.late,
        line.unmarked,
        *(_exact(line.points.get(slot.slot)) for slot in paper.scored_slots),
    ]


def _total(total: Total | None) -> tuple[Cell, Cell, Cell]:
    return (_exact(total.earned), _exact(total.maximum), total.ten) if total is not None else (None, None, None)


def _exact(points: Fraction | None) -> Cell:
    """A whole number as such, else up to six decimals."""
    if points is None:
        return None
    if points.denominator == 1:
        return points.numerator
    return round(Decimal(points.numerator) / Decimal(points.denominator), 6)


def results_csv(progress: ClassProgress) -> bytes:
    """The table as CSV."""
    return sheets.write_csv(*results_table(progress))


def results_xlsx(progress: ClassProgress) -> bytes:
    """The table as XLSX."""
    header, rows = results_table(progress)
    return sheets.write_xlsx(header, rows, sheet=progress.given.group.class_group.name)


def survey_table(lines: Sequence[SurveyLine]) -> tuple[list[str], list[list[Cell]]]:
    """Header and one row per option; a count that may not be shown is an empty cell, never a nought."""
    header = [
        *(_("Câu"), _("Nội dung câu hỏi"), _("Lựa chọn"), _("Số em chọn"), _("Tỉ lệ (%)")),
        *(_("Số em trả lời"), _("Số em đã nộp"), _("Ghi chú")),
    ]
    rows: list[list[Cell]] = []
    for line in lines:
        count = line.count
        note = too_few() if count.suppressed else None
        tail: list[Cell] = [count.answered, count.asked, note]
        for option in count.options:
            share = count.share(option)
            percent = None if share is None else round(Decimal(share.numerator * 100) / share.denominator, 1)
            rows.append([line.slot, local(line.stem), local(option.text), option.count, percent, *tail])
        if count.open:
            rows.append(
                [line.slot, local(line.stem), _("(câu trả lời bằng lời, chỉ đọc trên trang)"), None, None, *tail]
            )
    return header, rows


def too_few() -> str:
    """Why a count is not shown."""
    return str(_("Chưa đủ %(fewest)s em trả lời nên không hiện số", fewest=FEWEST_SHOWN))


def survey_file(lines: Sequence[SurveyLine], kind: str) -> bytes:
    """The counts as CSV or XLSX."""
    header, rows = survey_table(lines)
    return sheets.write_xlsx(header, rows, sheet=_("Khảo sát")) if kind == "xlsx" else sheets.write_csv(header, rows)


MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
