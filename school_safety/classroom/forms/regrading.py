"""The forms for scoring anew and for putting another question in a place of the paper."""

from typing import ClassVar

from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from school_safety.classroom.rules import Edit, RegradeProblem
from school_safety.kit.forms import Form, TicksField
from school_safety.kit.i18n import LazyString, _l

EDIT_WORDS: dict[Edit, LazyString] = {
    Edit.WORDS: _l("Bản mới chỉ sửa lời, đáp án giữ nguyên: điểm không đổi, lời giải thích theo bản mới."),
    Edit.KEY: _l("Bản mới đổi đáp án hoặc cách chấm, các lựa chọn vẫn như cũ."),
    Edit.PARTS: _l(
        "Bản mới có phần khác với câu các em đã làm nên không chấm lại được. "
        "Hãy giao bài lại với bản mới; bài đã nộp giữ nguyên."
    ),
}


class RegradeForm(Form):
    """Which attempts are scored anew, by the revision whose dry run was seen."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        RegradeProblem.NO_CORRECTION: _l("Câu này chưa có bản sửa trong ngân hàng."),
        RegradeProblem.CORRECTION_CHANGED: _l(
            "Câu này vừa có bản mới hơn. Hãy xem lại bảng thử bên dưới rồi xác nhận."
        ),
        RegradeProblem.OTHER_PARTS: EDIT_WORDS[Edit.PARTS],
        RegradeProblem.NOBODY_CHOSEN: _l("Hãy chọn ít nhất một bài để chấm lại."),
        RegradeProblem.ANSWERS_DO_NOT_FIT: _l("Có câu trả lời không khớp với bản mới. Hãy bỏ chọn bài đó."),
    }

    attempts = TicksField(_l("Bài được chấm lại"), validate_choice=False)
    seen = HiddenField()

    @property
    def seen_revision(self) -> int:
        """The revision whose dry run was on the page; 0 for anything that is no number."""
        seen = self.seen.data or ""
        return int(seen) if seen.isascii() and seen.isdigit() else 0


class SwapForm(Form):
    """Another question in the same place."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        "begun_already": _l("Đã có em vào làm nên đề không đổi nữa. Hãy tải lại trang để xem còn làm được gì."),
        "given_by_another": _l("Bài này giao cho nhiều lớp. Chỉ người đã giao bài mới đổi được câu."),
        "no_equivalent": _l("Câu này không còn trong danh sách. Hãy chọn câu khác."),
    }

    item = RadioField(
        _l("Câu thay vào"), [InputRequired(_l("Hãy chọn một câu để thay vào."))], coerce=int, validate_choice=False
    )
