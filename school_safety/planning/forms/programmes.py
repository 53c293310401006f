"""Forms of a programme, its activities, the clerk's number and the supervisor's mark."""

from typing import Any, ClassVar

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from school_safety.kit.forms import REQUIRED, LocalDateField, TicksField
from school_safety.kit.i18n import LazyString, _l
from school_safety.planning.forms.fields import LinesField, PlanningForm, choice, choices
from school_safety.planning.report.words import (
    CHANNEL_GROUP_WORDS,
    CHANNEL_WORDS,
    CHECK_WORDS,
    ELEMENT_WORDS,
    NEW_MARK_WORDS,
    RECURRENCE_WORDS,
    SCHEDULE_WORDS,
    STRAND_WORDS,
)
from school_safety.planning.rules import CHANNELS, ChannelGroup, DraftingProblem, ProblemCode

DRAFT_WORDS: dict[str, LazyString] = {
    DraftingProblem.NOTHING_TO_WITHDRAW: _l("Trường chưa khai báo “có” nên không có gì để rút."),
    DraftingProblem.ALREADY_BEGUN: _l("Chương trình của năm học này đã được bắt đầu. Hãy mở bản đang soạn."),
    DraftingProblem.NOTHING_TO_COPY: _l("Chưa có chương trình năm trước để chép. Hãy soạn bản mới."),
    DraftingProblem.CHANGED_MEANWHILE: _l("Bản nháp vừa được người khác sửa. Hãy xem lại nội dung mới rồi công bố."),
    DraftingProblem.CHECKS_FAIL: _l("Chưa công bố được vì chưa mạch nào đủ điều kiện:"),
    DraftingProblem.NOTHING_NEW: _l("Nội dung không khác bản đã công bố. Hãy sửa trước khi công bố bản mới."),
    DraftingProblem.SIGNED_IN_FUTURE: _l("Ngày ký ở tương lai. Hãy ghi ngày trên văn bản đã ký."),
    DraftingProblem.NOT_RETURNED: _l("Việc trả lại này đã được thu hồi."),
    DraftingProblem.NOT_THE_LAST_REVISION: _l("Trường đã công bố bản mới hơn. Hãy xem bản mới trước khi ghi nhận."),
    DraftingProblem.RETURN_WITHOUT_CHECK: _l("Trả lại phải nêu điều chưa đạt. Hãy chọn một trong bốn điều."),
    DraftingProblem.COMMENT_MISSING: _l("Hãy ghi vài lời để trường biết cần làm gì."),
    DraftingProblem.NOTHING_CHOSEN: _l("Chưa chọn dòng nào. Hãy giữ lại ít nhất một hoạt động."),
    DraftingProblem.NO_DAY_LEFT: _l("Sau ngày này không còn ngày học nào trong năm."),
    DraftingProblem.NOTHING_TO_UNDO: _l("Không còn hoạt động nào từ mẫu mà chưa ai sửa."),
    ProblemCode.NO_START: _l("Hãy ghi ngày."),
    ProblemCode.NO_END: _l("Hãy ghi ngày kết thúc."),
    ProblemCode.NO_TITLE: _l("Hãy đặt tên cho hoạt động."),
    ProblemCode.NO_ACTIVITY: _l("Chưa có hoạt động nào. Hãy thêm ít nhất một hoạt động."),
    ProblemCode.ENDS_BEFORE_START: _l("Ngày kết thúc sớm hơn ngày bắt đầu. Hãy nhập từ %(starts)s trở đi."),
    ProblemCode.OUTSIDE_YEAR: _l("Ngày này nằm ngoài năm học. Hãy chọn ngày từ %(first)s đến %(last)s."),
}


class ProgrammeForm(PlanningForm):
    """The words of the document around its activities."""

    WORDS: ClassVar[dict[str, LazyString]] = DRAFT_WORDS

    title = StringField(
        _l("Trích yếu"),
        validators=[InputRequired(REQUIRED), Length(max=300)],
        description=_l("Dòng dưới chữ KẾ HOẠCH; năm học được in kèm."),
    )
    purpose = TextAreaField(
        _l("Mục đích, yêu cầu"), validators=[Length(max=6000)], description=_l("Mỗi dòng là một đoạn trên văn bản.")
    )
    basis = LinesField(_l("Căn cứ"), validators=[Length(max=8000)], description=_l("Mỗi dòng một văn bản."))


class ActivityForm(PlanningForm):
    """One activity; only its name is needed to keep it in the draft."""

    WORDS: ClassVar[dict[str, LazyString]] = DRAFT_WORDS

    title = StringField(_l("Tên hoạt động"), validators=[InputRequired(REQUIRED), Length(max=200)])
    lead_unit = StringField(_l("Đơn vị chủ trì"), validators=[Length(max=200)])
    coordinating_units = StringField(
        _l("Đơn vị phối hợp"), validators=[Length(max=600)], description=_l("Cách nhau bằng dấu phẩy.")
    )
    schedule = RadioField(_l("Lịch"), choices=choices(SCHEDULE_WORDS), validators=[InputRequired(REQUIRED)])
    starts_on = LocalDateField(_l("Bắt đầu từ ngày"), description=_l("Ngày/tháng/năm"))
    ends_on = LocalDateField(_l("Đến ngày"), description=_l("Bỏ trống nếu chỉ một ngày"))
    recurrence = SelectField(
        _l("Bao lâu một lần"),
        choices=choices(RECURRENCE_WORDS, empty=_l("Không lặp lại")),
        validators=[Optional()],
        description=_l("Chỉ dùng cho lịch lặp lại"),
    )
    channel = SelectField(_l("Hình thức"), validators=[Optional()])
    grades = TicksField(_l("Dành cho khối"), coerce=int)
    parents = BooleanField(_l("Dành cho cha mẹ học sinh"))
    staff = BooleanField(_l("Dành cho giáo viên, nhân viên"))
    elements = TicksField(_l("Nội dung có trong hoạt động"), choices=choices(ELEMENT_WORDS))
    lessons = TicksField(_l("Bài học trong thư viện"))
    note = TextAreaField(
        _l("Ghi chú"),
        validators=[Length(max=2000)],
        description=_l("Chỉ người của trường đọc; không công bố, không in ra kế hoạch."),
    )


class PublishForm(PlanningForm):
    """The one click, with the edition that was looked at."""

    WORDS: ClassVar[dict[str, LazyString]] = DRAFT_WORDS

    edition = HiddenField(validators=[InputRequired(REQUIRED)])


class NumberForm(PlanningForm):
    """What the clerk wrote on the signed paper."""

    WORDS: ClassVar[dict[str, LazyString]] = DRAFT_WORDS

    number = StringField(
        _l("Số, ký hiệu"),
        validators=[InputRequired(REQUIRED), Length(max=60)],
        description=_l("Như trên văn bản đã ký, ví dụ 05/KH-THCSHM."),
    )
    signed_on = LocalDateField(_l("Ngày ký"), validators=[InputRequired(REQUIRED)])


class MarkForm(PlanningForm):
    """What the supervisor says; a return names the failing check."""

    WORDS: ClassVar[dict[str, LazyString]] = DRAFT_WORDS

    kind = RadioField(_l("Ý kiến"), choices=choices(NEW_MARK_WORDS), validators=[InputRequired(REQUIRED)])
    failing = SelectField(
        _l("Điều chưa đạt"),
        choices=choices(CHECK_WORDS, empty=_l("Chọn khi trả lại")),
        validators=[Optional()],
    )
    strand = SelectField(_l("Ở mạch"), choices=choices(STRAND_WORDS, empty=_l("Cả hai mạch")), validators=[Optional()])
    comment = TextAreaField(_l("Lời nhắn cho trường"), validators=[Length(max=4000)])


def channel_choices() -> list[Any]:
    """The channels in their groups, the empty choice first."""
    grouped = (
        choice(code, CHANNEL_WORDS[code], group=str(CHANNEL_GROUP_WORDS[group]))
        for group in ChannelGroup
        for code, channel in CHANNELS.items()
        if channel.group is group
    )
    return [choice("", _l("Chưa chọn")), *grouped]
