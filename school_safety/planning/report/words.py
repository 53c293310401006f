"""The words of planning's codes, in both languages, shared by page, form and paper."""

from collections.abc import Mapping, Sequence

from school_safety.curriculum.rules import Element, Strand
from school_safety.kit.i18n import LazyString, _, _l
from school_safety.planning.models import Answer
from school_safety.planning.rules import (
    ChannelGroup,
    Check,
    Decision,
    EvidenceKind,
    MarkKind,
    PlanKind,
    Reason,
    Recurrence,
    Schedule,
    TargetIndicator,
    TargetScope,
    WorkGroup,
)

Words = Mapping[str, LazyString]

STRAND_WORDS: Words = {
    Strand.ONLINE_SAFETY: _l("An toàn trên mạng"),
    Strand.MEDIA_LITERACY: _l("Đọc tin và tư duy phản biện"),
}
ELEMENT_WORDS: Words = {
    Element.A: _l("(a) nguy cơ"),
    Element.B: _l("(b) kỹ năng an toàn"),
    Element.C: _l("(c) đọc tin"),
    Element.D: _l("(d) phản biện tin sai"),
}
SCHEDULE_WORDS: Words = {
    Schedule.ONE_OFF: _l("Một ngày"),
    Schedule.WINDOW: _l("Trong một đợt"),
    Schedule.RECURRING: _l("Lặp lại"),
    Schedule.CONTINUOUS: _l("Thường xuyên"),
}
RECURRENCE_WORDS: Words = {
    Recurrence.WEEKLY: _l("Hằng tuần"),
    Recurrence.FORTNIGHTLY: _l("Hai tuần một lần"),
    Recurrence.MONTHLY: _l("Hằng tháng"),
}
CHANNEL_GROUP_WORDS: Words = {
    ChannelGroup.IN_SCHOOL: _l("Trong trường, lớp"),
    ChannelGroup.MEETINGS: _l("Hội nghị, tập huấn"),
    ChannelGroup.BROADCAST: _l("Phát thanh, báo đài, màn hình"),
    ChannelGroup.PRINTED: _l("Ấn phẩm"),
    ChannelGroup.ONLINE: _l("Mạng và tin nhắn"),
}
CHANNEL_WORDS: Words = {
    "class_talk": _l("Chuyên đề tại lớp"),
    "subject_lesson": _l("Bài dạy trong môn học"),
    "class_meeting": _l("Sinh hoạt lớp"),
    "flag_ceremony": _l("Sinh hoạt dưới cờ"),
    "experience": _l("Hoạt động trải nghiệm, hướng nghiệp"),
    "contest": _l("Cuộc thi, sân khấu hoá"),
    "online_quiz": _l("Bài học và câu hỏi trên nền tảng"),
    "parents_meeting": _l("Họp cha mẹ học sinh"),
    "conference": _l("Hội nghị, toạ đàm, giải đáp thắc mắc"),
    "staff_training": _l("Tập huấn giáo viên, nhân viên"),
    "loudspeaker": _l("Phát thanh"),
    "press": _l("Báo chí"),
    "television": _l("Truyền hình"),
    "led": _l("Màn hình LED"),
    "leaflet": _l("Tờ gấp"),
    "poster": _l("Pa nô, áp phích"),
    "zalo": _l("Zalo"),
    "sms": _l("Tin nhắn SMS"),
    "email": _l("Thư điện tử"),
    "website": _l("Trang thông tin điện tử"),
    "social_network": _l("Mạng xã hội"),
}
WORK_GROUP_WORDS: Words = {
    WorkGroup.CONFERENCES: _l("Hội nghị, hội thảo, toạ đàm"),
    WorkGroup.MEDIA: _l("Báo, đài, thông tin cơ sở"),
    WorkGroup.TELECOM_AND_WEB: _l("Mạng viễn thông, trang thông tin điện tử"),
    WorkGroup.DIRECT: _l("Trực tiếp tại cơ quan, trường học"),
    WorkGroup.INSPECTION: _l("Kiểm tra, giám sát"),
}
ANSWER_WORDS: Words = {
    Answer.YES: _l("Có chương trình hàng năm"),
    Answer.NO: _l("Không có chương trình năm nay"),
    Answer.WITHDRAWN: _l("Đã rút khai báo"),
}
CHECK_WORDS: Words = {
    Check.PUBLISHED: _l("(i) Người đứng đầu phê duyệt và công bố"),
    Check.COMPLETE: _l("(ii) Chủ trì, phối hợp, thời gian, hình thức, đối tượng"),
    Check.ELEMENTS: _l("(iii) Đủ nội dung của mạch"),
    Check.GRADES: _l("(iv) Mọi khối đều có hoạt động"),
}
MARK_WORDS: Words = {
    MarkKind.ACKNOWLEDGED: _l("Đã xem, ghi nhận"),
    MarkKind.COMMENTED: _l("Góp ý"),
    MarkKind.RETURNED: _l("Trả lại"),
    MarkKind.TAKEN_BACK: _l("Thu hồi việc trả lại"),
}
NEW_MARK_WORDS: Words = {kind: text for kind, text in MARK_WORDS.items() if kind is not MarkKind.TAKEN_BACK}
EVIDENCE_WORDS: Words = {
    EvidenceKind.MINUTES: _l("Biên bản"),
    EvidenceKind.CLASS_RESULTS: _l("Màn hình kết quả của lớp"),
    EvidenceKind.PUBLIC_LINK: _l("Liên kết trang công khai"),
    EvidenceKind.PHOTO: _l("Ảnh"),
}
DECISION_WORDS: Words = {Decision.ACCEPTED: _l("Chấp nhận"), Decision.REJECTED: _l("Không chấp nhận")}
STATE_WORDS: Words = {
    "bare": _l("Chưa có minh chứng"),
    "waiting": _l("Chờ xác minh"),
    "accepted": _l("Đã xác minh"),
    "rejected": _l("Minh chứng bị từ chối"),
}
STATE_LOOKS: Mapping[str, str] = {"bare": "warn", "waiting": "rest", "accepted": "good", "rejected": "bad"}
PLAN_KIND_WORDS: Words = {PlanKind.MULTI_YEAR: _l("Kế hoạch nhiều năm"), PlanKind.ANNUAL: _l("Kế hoạch năm")}
INDICATOR_WORDS: Words = {
    TargetIndicator.OS_PROGRAMME: _l("Trường có chương trình An toàn trên mạng"),
    TargetIndicator.ML_PROGRAMME: _l("Trường có chương trình Đọc tin và tư duy phản biện"),
    TargetIndicator.PUPILS_REACHED: _l("Học sinh được tiếp cận"),
}
SCOPE_WORDS: Words = {TargetScope.PROVINCE: _l("Chỉ tiêu của tỉnh"), TargetScope.NATIONAL: _l("Chỉ tiêu toàn quốc")}
COMPARATOR_WORDS: Words = {">": _l("trên"), ">=": _l("từ mức này trở lên")}
REASON_WORDS: Words = {
    Reason.NOT_DECLARED: _l("Trường chưa khai báo"),
    Reason.DECLARED_NO: _l("Trường khai báo không có"),
    Reason.WITHDRAWN: _l("Trường đã rút khai báo"),
    Reason.NOT_PUBLISHED: _l("Chưa công bố chương trình"),
    Reason.RETURNED: _l("Cơ quan quản lý trả lại, chờ bản mới"),
    Reason.INCOMPLETE: _l("Hoạt động còn thiếu thông tin"),
    Reason.MISSING_ELEMENTS: _l("Chương trình thiếu nội dung"),
    Reason.MISSING_GRADES: _l("Chương trình còn bỏ sót khối"),
    Reason.NO_EVIDENCED_DELIVERY: _l("Chưa có hoạt động nào có minh chứng"),
    Reason.NONE_ACCEPTED: _l("Chưa hoạt động nào được xác minh"),
    Reason.VERIFIED: _l("Đã được đơn vị khác xác minh"),
}


def target_words(comparator: str, percent: int) -> str:
    """“trên 80%” or “từ 80% trở lên”."""
    if comparator == ">":
        return str(_("trên %(percent)s%%", percent=percent))
    return str(_("từ %(percent)s%% trở lên", percent=percent))


def grades_words(grades: Sequence[int]) -> str:
    """“khối 6, 7”; a run of three or more is “khối 6–9”; nothing for none."""
    if not grades:
        return ""
    whole = len(grades) > 2 and list(grades) == list(range(grades[0], grades[-1] + 1))
    text = f"{grades[0]}–{grades[-1]}" if whole else ", ".join(str(grade) for grade in grades)
    return str(_("khối %(grades)s", grades=text))


def elements_words(elements: Sequence[str]) -> str:
    """“(a) (b)”."""
    return " ".join(f"({element})" for element in elements)
