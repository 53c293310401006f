"""One pupil's data on paper: every section of the export, line by line, in words a parent can follow."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer

from school_safety.kit.i18n import LazyString, _, _l, format_date, format_datetime, local
from school_safety.kit.pdf import Look, para, style

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*\+00:00")

SECTIONS: dict[str, LazyString] = {
    "person": _l("Em là ai"),
    "enrolments": _l("Các lớp đã học"),
    "cards": _l("Thẻ đăng nhập"),
    "sign_ins": _l("Các lần đăng nhập"),
    "attempts": _l("Bài đã làm"),
    "reopenings": _l("Các lần được mở lại bài"),
    "accommodations": _l("Giờ và lượt được thêm"),
    "requests": _l("Yêu cầu về dữ liệu"),
}
LABELS: dict[str, LazyString] = {
    "full_name": _l("Họ và tên"),
    "birth_date": _l("Ngày sinh"),
    "has_identifier_hash": _l("Có mã băm của mã định danh"),
    "known_since": _l("Được ghi từ"),
    "school": _l("Trường"),
    "year": _l("Năm học"),
    "class": _l("Lớp"),
    "list_number": _l("Số thứ tự"),
    "starts_on": _l("Từ ngày"),
    "ends_on": _l("Đến ngày"),
    "left_reason": _l("Lý do rời lớp"),
    "issued_at": _l("Phát lúc"),
    "revoked_at": _l("Hết dùng lúc"),
    "began_at": _l("Vào lúc"),
    "last_seen_at": _l("Dùng gần nhất"),
    "title": _l("Tên bài"),
    "number": _l("Lần làm"),
    "started_at": _l("Bắt đầu"),
    "submitted_at": _l("Nộp"),
    "receipt": _l("Biên nhận"),
    "void_reason": _l("Lý do huỷ"),
    "earned": _l("Điểm"),
    "maximum": _l("Điểm tối đa"),
    "answers": _l("Câu trả lời"),
    "slot": _l("Câu"),
    "value": _l("Trả lời"),
    "saved_at": _l("Lưu lúc"),
    "late": _l("Gửi muộn"),
    "accepted": _l("Được nhận"),
    "closes_at": _l("Mở đến"),
    "extra_attempts": _l("Thêm lượt"),
    "kind": _l("Yêu cầu"),
    "requester": _l("Người yêu cầu"),
    "state": _l("Trạng thái"),
    "received_on": _l("Ngày nhận"),
    "note": _l("Ghi chú"),
}


def draw_export(data: Mapping[str, Any], *, made_on: str, names: Mapping[str, Mapping[Any, LazyString]]) -> bytes:
    """The export of one pupil as PDF; sections without rows say so. `names` holds the words of codes, by key."""
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        title=_("Dữ liệu của một học sinh"),
        lang="vi",
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
    )
    story: list[Flowable] = [
        para(_("Dữ liệu của một học sinh"), style(17, Look.BOLD, after=4)),
        para(_("Lập ngày %(date)s từ hệ thống Trường học an toàn số.", date=made_on), style(10.5, after=8)),
    ]
    for section, title in SECTIONS.items():
        story += [Spacer(1, 8), para(str(title), style(13, Look.BOLD, after=4))]
        rows = data.get(section) or []
        rows = [rows] if isinstance(rows, Mapping) else rows
        story += [line for row in rows for line in _row(row, 0, names)] or [para(_("Không có."), style(11))]
    document.build(story)
    return buffer.getvalue()


def _row(row: Mapping[str, Any], depth: int, names: Mapping[str, Mapping[Any, LazyString]]) -> Iterable[Flowable]:
    shown = ((key, value) for key, value in row.items() if not _is_list(value))
    words = "; ".join(f"{LABELS.get(key, key)}: {_worded(names.get(key), value)}" for key, value in shown)
    yield para(("– " if depth else "• ") + words, style(10.5 if depth else 11, after=2, leading=1.35))
    for value in row.values():
        if _is_list(value):
            for inner in value:
                yield from _row(inner, depth + 1, names)


def _worded(words: Mapping[Any, LazyString] | None, value: object) -> str:
    return str(words[value]) if words and value in words else _shown(value)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _shown(value: object) -> str:
    """A value as people read it; texts in two languages in the reader's."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("có") if value else _("không"))
    if isinstance(value, Mapping) and set(value) <= {"vi", "en"}:
        return local(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    return _as_day_or_moment(str(value))


def _as_day_or_moment(text: str) -> str:
    """An ISO day or moment as people write it; any other text as it stands."""
    try:
        if _DAY.fullmatch(text):
            return format_date(date.fromisoformat(text))
        return format_datetime(datetime.fromisoformat(text)) if _MOMENT.fullmatch(text) else text
    except ValueError:
        return text
