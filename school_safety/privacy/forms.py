"""Forms of privacy requests and of erasure, and the words for every code of the rules."""

from typing import ClassVar

from wtforms import RadioField, SelectChoice, StringField, TextAreaField  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import InputRequired, Length

from school_safety.kit.forms import REQUIRED, Form, LocalDateField
from school_safety.kit.i18n import LazyString, _l
from school_safety.privacy.rules import (
    Basis,
    Kept,
    PrivacyProblem,
    Requester,
    RequestKind,
    RequestState,
    Until,
)

KIND_NAMES: dict[RequestKind, LazyString] = {
    RequestKind.EXPORT: _l("Xem hoặc nhận bản sao dữ liệu"),
    RequestKind.CORRECTION: _l("Sửa thông tin sai"),
    RequestKind.RESTRICTION: _l("Hạn chế sử dụng"),
    RequestKind.ERASURE: _l("Xoá dữ liệu"),
}
REQUESTER_NAMES: dict[Requester, LazyString] = {
    Requester.PUPIL: _l("Học sinh"),
    Requester.PARENT: _l("Cha mẹ, người giám hộ"),
    Requester.SCHOOL: _l("Nhà trường"),
}
STATE_NAMES: dict[RequestState, LazyString] = {
    RequestState.RECEIVED: _l("Mới nhận"),
    RequestState.ANSWERED: _l("Đã trả lời, đang làm"),
    RequestState.DONE: _l("Đã làm xong"),
    RequestState.DECLINED: _l("Không làm, đã nói lý do"),
}
KEPT_NAMES: dict[Kept, LazyString] = {
    Kept.IDENTITY: _l("Họ tên, ngày sinh của học sinh và mã băm của mã định danh"),
    Kept.ENROLMENT: _l("Học sinh học lớp nào, số thứ tự, từ ngày nào đến ngày nào"),
    Kept.CARD: _l("Thẻ đăng nhập của học sinh (chỉ giữ bản băm của PIN và mã QR)"),
    Kept.SESSION: _l("Phiên đăng nhập: lúc vào, lúc dùng gần nhất"),
    Kept.TRIES: _l("Số lần gõ sai PIN hoặc mật khẩu"),
    Kept.DRAFT: _l("Danh sách lớp đang chờ xác nhận khi nhập từ tệp"),
    Kept.ANSWER: _l("Câu trả lời của học sinh trong bài làm"),
    Kept.RESULT: _l("Điểm, biên nhận và giấy chứng nhận của học sinh"),
    Kept.EVIDENCE_FILE: _l("Tệp minh chứng của hoạt động, kể cả ảnh"),
    Kept.STAFF_ACCOUNT: _l("Tài khoản và vai trò của thầy cô, cán bộ"),
    Kept.INVITATION: _l("Mã mời dùng một lần"),
    Kept.REQUEST: _l("Yêu cầu về dữ liệu và việc đã làm"),
    Kept.SERVER_LOG: _l("Nhật ký máy chủ, không có tên học sinh"),
    Kept.AUDIT: _l("Nhật ký kiểm tra: chỉ có mã số, không có tên"),
}
UNTIL_NAMES: dict[Until, LazyString] = {
    Until.LEAVING: _l("từ khi rời trường"),
    Until.YEAR_END: _l("từ khi hết năm học"),
    Until.MADE: _l("từ khi tạo"),
    Until.ENDED: _l("từ khi kết thúc"),
    Until.ALWAYS: _l("lâu dài"),
}
AT_ONCE_NAMES: dict[Until, LazyString] = {
    Until.LEAVING: _l("đến khi rời trường"),
    Until.YEAR_END: _l("đến hết năm học"),
}
"""For rules without a further term."""
BASIS_NAMES: dict[Basis, LazyString] = {
    Basis.SCHOOL_TASK: _l("Nhiệm vụ giáo dục của nhà trường theo luật (Luật 91/2025/QH15, Điều 19)"),
    Basis.SECURITY: _l("Bảo đảm an toàn hệ thống (Luật 116/2025/QH15)"),
    Basis.ACCOUNTABILITY: _l("Trách nhiệm giải trình của cơ quan nhà nước (Nghị định 356/2025/NĐ-CP)"),
}
PRIVACY_WORDS: dict[str, LazyString] = {
    PrivacyProblem.IN_FUTURE: _l("Ngày nhận ở tương lai. Hãy ghi ngày hôm nay hoặc sớm hơn."),
    PrivacyProblem.ALREADY_CLOSED: _l("Yêu cầu này đã kết thúc."),
    PrivacyProblem.EXTENDED_ALREADY: _l("Yêu cầu này đã được gia hạn một lần, không gia hạn thêm."),
    PrivacyProblem.NAME_DIFFERS: _l("Họ tên gõ vào chưa giống. Hãy gõ đúng họ tên của học sinh cần xoá."),
    PrivacyProblem.NOTE_TOO_LONG: _l("Ghi chú dài nhất %(most)s ký tự."),
}


class RecordRequestForm(Form):
    """What was asked, by whom, when."""

    WORDS: ClassVar[dict[str, LazyString]] = PRIVACY_WORDS

    kind = RadioField(
        _l("Yêu cầu gì"),
        choices=[SelectChoice(kind.value, words) for kind, words in KIND_NAMES.items()],
        validators=[InputRequired(REQUIRED)],
    )
    requester = RadioField(
        _l("Ai yêu cầu"),
        choices=[SelectChoice(who.value, words) for who, words in REQUESTER_NAMES.items()],
        validators=[InputRequired(REQUIRED)],
    )
    received_on = LocalDateField(_l("Ngày nhận"), validators=[InputRequired(REQUIRED)])
    note = TextAreaField(
        _l("Ghi chú"),
        description=_l("Chỉ ghi điều cần để làm việc, không chép giấy tờ của gia đình."),
        validators=[Length(max=5000)],
    )


class ErasePupilForm(Form):
    """The name of the pupil, typed, since erasing cannot be undone."""

    WORDS: ClassVar[dict[str, LazyString]] = PRIVACY_WORDS

    typed_name = StringField(_l("Gõ lại họ tên của học sinh"), validators=[InputRequired(REQUIRED), Length(max=200)])


class StepForm(Form):
    """A button of a request; it exists for the words of its refusals."""

    WORDS: ClassVar[dict[str, LazyString]] = PRIVACY_WORDS
