"""The shape of what teachers enter, and the words of what is refused to teachers and pupils."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from wtforms import (  # type: ignore[attr-defined]  # the stubs are older than SelectChoice
    BooleanField,
    IntegerField,
    RadioField,
    SelectChoice,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from school_safety.assessment.rules import Purpose
from school_safety.classroom.rules import (
    MAX_ATTEMPTS,
    MAX_MINUTES,
    AttemptPolicy,
    FeedbackRelease,
    StartProblem,
    WindowProblem,
)
from school_safety.kit.errors import Refused
from school_safety.kit.forms import REQUIRED, Form, LocalDateTimeField, TicksField
from school_safety.kit.i18n import LazyString, _l

POLICY_WORDS: Mapping[AttemptPolicy, LazyString] = {
    AttemptPolicy.BEST: _l("Lấy lượt cao điểm nhất"),
    AttemptPolicy.LAST: _l("Lấy lượt cuối"),
    AttemptPolicy.FIRST: _l("Lấy lượt đầu"),
    AttemptPolicy.AVERAGE: _l("Lấy trung bình các lượt"),
}
RELEASE_WORDS: Mapping[FeedbackRelease, LazyString] = {
    FeedbackRelease.AT_SUBMIT: _l("Ngay khi nộp bài"),
    FeedbackRelease.AFTER_CLOSE: _l("Sau khi cả lớp hết hạn làm bài"),
    FeedbackRelease.AFTER_EACH: _l("Sau từng câu (luyện tập: xem lời giải rồi thì không sửa câu đó nữa)"),
    FeedbackRelease.NEVER: _l("Không cho xem"),
}
PURPOSE_WORDS: Mapping[Purpose, LazyString] = {
    Purpose.PRACTICE: _l("luyện tập"),
    Purpose.PRE: _l("kiểm tra đầu vào"),
    Purpose.POST: _l("kiểm tra đầu ra"),
    Purpose.DELAYED: _l("kiểm tra sau thời gian"),
    Purpose.BOOSTER: _l("ôn nhắc lại"),
    Purpose.GRADED: _l("lấy điểm"),
}
START_WORDS: Mapping[StartProblem, LazyString] = {
    StartProblem.NOT_OPEN_YET: _l("Bài chưa mở. Em quay lại đúng giờ cô thầy hẹn nhé."),
    StartProblem.WINDOW_CLOSED: _l("Đã hết hạn làm bài. Nếu em vắng hôm đó, hãy nhờ cô thầy mở lại cho em."),
    StartProblem.NO_ATTEMPTS_LEFT: _l("Em đã dùng hết số lượt làm bài này."),
    StartProblem.NOTHING_TO_DO: _l("Bài này chỉ để đọc, không có câu hỏi."),
}
WINDOW_WORDS: dict[str, LazyString] = {
    WindowProblem.CLOSES_BEFORE_OPENING: _l("Hạn nộp phải sau lúc mở bài. Hãy chọn giờ muộn hơn."),
    WindowProblem.CLOSES_IN_THE_PAST: _l("Giờ này đã qua. Hãy chọn một giờ sắp tới."),
    WindowProblem.CLOSES_NO_LATER: _l("Hạn mới phải muộn hơn hạn hiện nay."),
    WindowProblem.OPENS_TOO_EARLY: _l("Giờ mở bài đã qua hơn một ngày. Hãy ghi từ hôm nay trở đi."),
    WindowProblem.WINDOW_TOO_LONG: _l("Từ lúc mở đến hạn nộp dài hơn một năm. Hãy chọn hạn gần hơn."),
}

FieldText = Annotated[str, StringConstraints(max_length=4000)]
FieldPair = Annotated[list[FieldText], Field(min_length=2, max_length=2)]


def choices_of(words: Mapping[Any, LazyString]) -> list[SelectChoice]:
    """Codes and their words as the choices of a field."""
    return [SelectChoice(code, label) for code, label in words.items()]


class PublishAssignmentForm(Form):
    """A lesson with its questions to class groups; the choices of classes and questions are the viewer's own."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        **WINDOW_WORDS,
        "no_classes": _l("Hãy chọn ít nhất một lớp."),
        "classes_of_two_schools": _l("Các lớp phải cùng một trường. Hãy giao riêng cho từng trường."),
        "nothing_to_give": _l("Hãy chọn bài đọc hoặc bộ câu hỏi."),
        "assessment_is_empty": _l("Bộ câu hỏi này chưa có câu nào. Hãy chọn bộ khác."),
        "minutes_out_of_range": _l("Thời gian làm bài từ 1 đến %(limit)s phút."),
        "attempts_out_of_range": _l("Số lượt làm bài từ 1 đến %(limit)s."),
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
    shuffle = BooleanField(_l("Mỗi em một thứ tự câu khác nhau"))


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


class SaveBody(BaseModel):
    """The body of one save from a script. The answer comes as the item type's JSON, or as the form's own fields."""

    model_config = ConfigDict(strict=True, extra="forbid")

    uuid: str = Field(pattern=r"^[0-9a-fA-F-]{32,36}$")
    seq: int = Field(ge=1, le=2**53)
    value: dict[str, Any] | None = None
    fields: list[FieldPair] | None = Field(default=None, max_length=200)


def read_save(data: object) -> SaveBody:
    """The body of a save; raises Refused when it has another shape."""
    return _read(SaveBody, data)


class SealedAnswer(BaseModel):
    """One answer of an upload: sealed on the pupil's device, bound to its slot, UUID and number."""

    model_config = ConfigDict(strict=True, extra="forbid")

    slot: int = Field(ge=1, le=1000)
    uuid: str = Field(pattern=r"^[0-9a-fA-F-]{32,36}$")
    seq: int = Field(ge=1, le=2**53)
    sealed: str = Field(max_length=32_000)


class UploadBody(BaseModel):
    """A batch of sealed answers of one attempt; `submit` is the sealed wish to hand in after them."""

    model_config = ConfigDict(strict=True, extra="forbid")

    attempt: str = Field(max_length=32)
    token: str = Field(max_length=100)
    answers: list[SealedAnswer] = Field(max_length=20)
    submit: str | None = Field(default=None, max_length=200)


class AnswerFields(BaseModel):
    """What a sealed answer says: the fields of the item's form, as the browser would post them."""

    model_config = ConfigDict(strict=True, extra="forbid")

    fields: list[FieldPair] = Field(max_length=200)


Body = TypeVar("Body", bound=BaseModel)


def read_upload(data: object) -> UploadBody:
    """The body of an upload; raises Refused when it has another shape."""
    return _read(UploadBody, data)


def read_fields(data: object) -> list[tuple[str, str]]:
    """The names and values of an answer's form fields; raises Refused when they have another shape."""
    return [(name, text) for name, text in _read(AnswerFields, data).fields]


def _read(model: type[Body], data: object) -> Body:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise Refused("bad_body") from error
