"""Forms of deliveries, evidence and verification, with the words of their refusals."""

from typing import ClassVar

from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from school_safety.kit.files import FileProblem
from school_safety.kit.forms import REQUIRED, LocalDateField, TicksField
from school_safety.kit.i18n import LazyString, _l
from school_safety.planning.forms.fields import PlanningForm, WholeNumberField, choices
from school_safety.planning.report.words import DECISION_WORDS, EVIDENCE_WORDS
from school_safety.planning.rules import DeliveryProblem, EvidenceProblem, VerificationProblem

DELIVERY_WORDS: dict[str, LazyString] = {
    DeliveryProblem.FUTURE_DATE: _l("Ngày này chưa tới. Chỉ ghi hoạt động đã làm."),
    DeliveryProblem.BEFORE_YEAR: _l("Ngày này trước khi năm học bắt đầu. Hãy xem lại ngày."),
    DeliveryProblem.AFTER_YEAR: _l("Ngày này sau khi năm học kết thúc. Hãy xem lại ngày."),
    DeliveryProblem.NOBODY_PRESENT: _l("Phải có ít nhất một người tham dự. Hãy đếm lại."),
    DeliveryProblem.TOO_MANY_PRESENT: _l("Nhiều hơn số có thể tham dự (%(most)s). Kiểm tra lại con số."),
    DeliveryProblem.ALREADY_RECORDED: _l("Hoạt động này đã được ghi cho ngày và các lớp đó. Hãy mở bản đã ghi để sửa."),
    DeliveryProblem.ALREADY_CHANGED: _l("Người khác vừa sửa bản ghi này. Hãy mở lại để xem bản mới."),
    DeliveryProblem.FOREIGN_CLASS_GROUP: _l("Có lớp không thuộc trường trong năm học này. Hãy chọn lại."),
    EvidenceProblem.FILE_MISSING: _l("Hãy chọn một tệp ảnh hoặc PDF."),
    EvidenceProblem.LINK_MISSING: _l("Hãy dán địa chỉ của trang công khai."),
    EvidenceProblem.LINK_NOT_WEB: _l("Địa chỉ phải bắt đầu bằng https:// hoặc http://."),
    EvidenceProblem.RECOGNISABLE_UNANSWERED: _l("Hãy cho biết có nhận ra học sinh trong tệp không."),
    EvidenceProblem.FILE_ALREADY_HERE: _l("Tệp này đã có ở hoạt động này. Hãy chọn tệp khác."),
    EvidenceProblem.ALREADY_WITHDRAWN: _l("Minh chứng này đã được rút."),
    FileProblem.EMPTY: _l("Tệp rỗng. Hãy chọn lại tệp."),
    FileProblem.TOO_LARGE: _l("Tệp lớn hơn 10 MB. Hãy chụp lại ở cỡ nhỏ hơn hoặc chia tệp."),
    FileProblem.KIND_NOT_ALLOWED: _l("Chỉ nhận ảnh JPEG, PNG, WebP hoặc tệp PDF. Hãy chọn tệp khác."),
    FileProblem.BROKEN: _l("Tệp bị hỏng, không mở được. Hãy chọn hoặc chụp lại."),
    FileProblem.TOO_MANY_PIXELS: _l("Ảnh có quá nhiều điểm ảnh. Hãy chụp lại ở cỡ nhỏ hơn."),
    VerificationProblem.OWN_SCHOOL: _l("Không ai xác minh cho trường mình thuộc về. Hãy để người của đơn vị khác xem."),
    VerificationProblem.REASON_MISSING: _l("Hãy ghi lý do để trường biết cần bổ sung gì."),
    VerificationProblem.NOTHING_TO_ACCEPT: _l("Chưa có minh chứng để chấp nhận."),
    VerificationProblem.CHANGED_MEANWHILE: _l("Trường vừa thay đổi bản ghi này. Hãy xem lại trước khi quyết định."),
}


class DeliveryForm(PlanningForm):
    """What took place."""

    WORDS: ClassVar[dict[str, LazyString]] = DELIVERY_WORDS

    taught_on = LocalDateField(
        _l("Ngày thực hiện"), validators=[InputRequired(REQUIRED)], description=_l("Ngày/tháng/năm")
    )
    class_groups = TicksField(
        _l("Lớp tham dự"), coerce=int, description=_l("Bỏ trống nếu là cả trường hoặc người lớn.")
    )
    head_count = WholeNumberField(
        _l("Số người tham dự"),
        validators=[InputRequired(REQUIRED)],
        description=_l("Đếm người có mặt, không lấy sĩ số."),
    )
    note = TextAreaField(_l("Ghi chú"), validators=[Length(max=2000)], description=_l("Không ghi tên học sinh ở đây."))


class RecordDeliveryForm(DeliveryForm):
    """What took place, and of which activity."""

    activity = SelectField(_l("Hoạt động"), coerce=int, validators=[InputRequired(REQUIRED)])


class EvidenceForm(PlanningForm):
    """A proof: kinds that show no pupil come first."""

    WORDS: ClassVar[dict[str, LazyString]] = DELIVERY_WORDS

    kind = RadioField(_l("Loại minh chứng"), choices=choices(EVIDENCE_WORDS), validators=[InputRequired(REQUIRED)])
    file = FileField(_l("Ảnh hoặc tệp PDF"), description=_l("Tối đa 10 MB. Thông tin vị trí trong ảnh sẽ bị xoá."))
    link = StringField(
        _l("Địa chỉ trang công khai"),
        validators=[Length(max=500)],
        description=_l("Chỉ cho liên kết trang công khai."),
    )
    recognisable = RadioField(
        _l("Có nhận ra học sinh nào trong tệp không?"),
        choices=choices({"no": _l("Không nhận ra ai"), "yes": _l("Có, tệp chỉ lưu trong trường")}),
        validators=[Optional()],
        description=_l("Nếu có, người ngoài trường chỉ thấy loại, cỡ, mã băm, ngày và chức vụ người gửi."),
    )


class VerificationForm(PlanningForm):
    """The decision of another unit, about what was looked at."""

    WORDS: ClassVar[dict[str, LazyString]] = DELIVERY_WORDS

    version = HiddenField(validators=[InputRequired(REQUIRED)])
    evidence_upto = HiddenField(validators=[InputRequired(REQUIRED)])
    decision = RadioField(_l("Quyết định"), choices=choices(DECISION_WORDS), validators=[InputRequired(REQUIRED)])
    reason = TextAreaField(
        _l("Lý do"), validators=[Length(max=2000)], description=_l("Cần khi không chấp nhận; trường sẽ đọc được.")
    )
