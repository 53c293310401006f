"""The shape of what teachers enter about an assignment, and the words of what is refused."""

from typing import ClassVar

from wtforms import BooleanField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from school_safety.assessment.forms import COMPOSING_WORDS
from school_safety.classroom.forms.words import POLICY_WORDS, RELEASE_WORDS, WINDOW_WORDS, choices_of
from school_safety.classroom.rules import (
    MAX_ATTEMPTS,
    MAX_MINUTES,
    AttemptPolicy,
    FeedbackRelease,
    StartProblem,
)
from school_safety.kit.forms import REQUIRED, Form, LocalDateTimeField, TicksField
from school_safety.kit.i18n import LazyString, _l

_UNITS = {"minutes": 1, "hours": 60, "days": 24 * 60}


class PublishAssignmentForm(Form):
    """A lesson with its questions to class groups; the choices of classes and questions are the viewer's own."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        **WINDOW_WORDS,
        "no_classes": _l("Hãy chọn ít nhất một lớp."),
        "classes_of_two_schools": _l("Các lớp phải cùng một trường. Hãy giao riêng cho từng trường."),
        "nothing_to_give": _l("Hãy chọn bài đọc hoặc bộ câu hỏi."),
        "survey_in_pool": COMPOSING_WORDS["survey_in_pool"],
        "survey_in_graded": COMPOSING_WORDS["survey_in_graded"],
        "assessment_is_empty": _l("Bộ câu hỏi này chưa có câu nào. Hãy chọn bộ khác."),
        "minutes_out_of_range": _l("Thời gian làm bài từ 1 đến %(limit)s phút."),
        "attempts_out_of_range": _l("Số lượt làm bài từ 1 đến %(limit)s."),
        "delay_out_of_range": _l("Thời gian nghỉ giữa hai lượt dài nhất là %(limit)s ngày."),
        "keys_before_second": _l(
            "Em sẽ thấy lời giải trước khi làm lượt thứ hai. Hãy chọn lúc xem khác, hoặc đánh dấu ô xác nhận bên dưới."
        ),
    }

    classes = TicksField(_l("Lớp nhận bài"), validate_choice=False)
    assessment = RadioField(_l("Câu hỏi"))
    opens_at = LocalDateTimeField(
        _l("Mở bài lúc"), [InputRequired(REQUIRED)], description=_l("Ngày/tháng/năm giờ:phút, ví dụ 27/11/2026 07:30.")
    )
    closes_at = LocalDateTimeField(
        _l("Hạn nộp"), [InputRequired(REQUIRED)], description=_l("Câu trả lời đến muộn không quá 2 phút vẫn được tính.")
    )
    minutes = IntegerField(
        _l("Thời gian làm bài (phút)"),
        [Optional()],
        description=_l(
            "Tính từ lúc em bấm Bắt đầu, tối đa %(limit)s phút. Bỏ trống: làm đến hạn nộp.", limit=MAX_MINUTES
        ),
    )
    attempts_allowed = IntegerField(
        _l("Số lượt được làm"),
        [InputRequired(REQUIRED)],
        default=1,
        description=_l("Từ 1 đến %(limit)s.", limit=MAX_ATTEMPTS),
    )
    delay = IntegerField(
        _l("Nghỉ giữa hai lượt"),
        [Optional()],
        description=_l("Tính từ lúc nộp lượt trước. Bỏ trống: làm lại được ngay."),
    )
    delay_unit = SelectField(
        _l("Đơn vị của thời gian nghỉ"),
        choices=choices_of({"minutes": _l("phút"), "hours": _l("giờ"), "days": _l("ngày")}),
        default="hours",
    )
    attempt_policy = RadioField(
        _l("Khi làm nhiều lượt, điểm tính theo"),
        choices=choices_of(POLICY_WORDS),
        default=AttemptPolicy.BEST,
        coerce=AttemptPolicy,
    )
    feedback_release = RadioField(
        _l("Học sinh xem điểm và lời giải"),
        choices=choices_of(RELEASE_WORDS),
        default=FeedbackRelease.AT_SUBMIT,
        coerce=FeedbackRelease,
    )
    keys_seen = BooleanField(
        _l("Tôi biết: em thấy lời giải rồi mới làm lượt sau"),
        description=_l("Chỉ cần khi cho làm nhiều lượt mà lời giải mở ngay khi nộp hoặc sau từng câu."),
    )
    shuffle = BooleanField(_l("Mỗi em một thứ tự câu khác nhau"))

    @property
    def delay_minutes(self) -> int:
        """The waiting time between two attempts; nothing where nothing was entered."""
        return (self.delay.data or 0) * _UNITS.get(self.delay_unit.data or "", 1)


class ExtendWindowForm(Form):
    """A later close for one class."""

    WORDS: ClassVar[dict[str, LazyString]] = WINDOW_WORDS

    closes_at = LocalDateTimeField(_l("Hạn nộp mới"), [InputRequired(REQUIRED)])


class ReopenForm(Form):
    """A later close, and perhaps one more attempt, for one pupil."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        **WINDOW_WORDS,
        StartProblem.NO_ATTEMPTS_LEFT: _l("Em đã dùng hết số lượt. Hãy đánh dấu ô này để em làm thêm một lượt."),
    }

    closes_at = LocalDateTimeField(
        _l("Em được làm đến"), [InputRequired(REQUIRED)], description=_l("Chỉ em này được thêm giờ, cả lớp giữ nguyên.")
    )
    one_more = BooleanField(_l("Cho em làm thêm một lượt"))


class VoidAttemptForm(Form):
    """Why an attempt no longer counts."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        "already_void": _l("Lượt này đã huỷ rồi."),
        "reason_missing": _l("Hãy ghi lý do, để em và đồng nghiệp hiểu vì sao lượt này không tính."),
        "reason_too_long": _l("Lý do dài quá %(limit)s ký tự. Hãy viết gọn hơn."),
    }

    reason = TextAreaField(
        _l("Lý do huỷ"),
        [InputRequired(REQUIRED), Length(max=300, message=_l("Lý do dài quá 300 ký tự. Hãy viết gọn hơn."))],
        description=_l("Em sẽ đọc được lý do này."),
    )
