"""The words of coverage's codes, for pages, files and the command line alike."""

from collections.abc import Mapping

from school_safety.coverage.rules import Exclusion, Threshold, Verdict
from school_safety.curriculum.rules import Strand
from school_safety.kit.i18n import LazyString, _l
from school_safety.planning.models import Answer
from school_safety.planning.rules import Comparator, Grade, Reason, TargetScope
from school_safety.registry.rules import SchoolKind

STRANDS: Mapping[Strand, LazyString] = {
    Strand.ONLINE_SAFETY: _l("An toàn trên mạng"),
    Strand.MEDIA_LITERACY: _l("Đọc tin và tư duy phản biện"),
}

GRADES: Mapping[Grade, LazyString] = {
    Grade.UNKNOWN: _l("Chưa khai báo"),
    Grade.G0: _l("Không có chương trình"),
    Grade.G1: _l("Đã khai báo"),
    Grade.G2: _l("Đã công bố"),
    Grade.G3: _l("Đã thực hiện"),
    Grade.G4: _l("Đã xác minh"),
}

REASONS: Mapping[Reason, LazyString] = {
    Reason.NOT_DECLARED: _l("Chưa khai báo gì trong năm học."),
    Reason.DECLARED_NO: _l("Trường khai báo năm nay không có chương trình."),
    Reason.WITHDRAWN: _l("Trường đã rút lại khai báo có."),
    Reason.NOT_PUBLISHED: _l("Chưa công bố chương trình."),
    Reason.RETURNED: _l("Đơn vị quản lý đã trả lại, chờ công bố bản mới."),
    Reason.INCOMPLETE: _l("Có hoạt động thiếu chủ trì, phối hợp, thời gian, hình thức hoặc đối tượng."),
    Reason.MISSING_ELEMENTS: _l("Thiếu nội dung bắt buộc của chương trình."),
    Reason.MISSING_GRADES: _l("Một phần: còn khối lớp chưa có hoạt động nào."),
    Reason.NO_EVIDENCED_DELIVERY: _l("Chưa có hoạt động nào kèm minh chứng."),
    Reason.NONE_ACCEPTED: _l("Chưa có hoạt động nào được đơn vị khác xác minh."),
    Reason.VERIFIED: _l("Đủ cả bốn bậc."),
}

EXCLUSIONS: Mapping[Exclusion, LazyString] = {
    Exclusion.PLANNED: _l("Chưa mở"),
    Exclusion.CLOSED: _l("Đã giải thể"),
    Exclusion.MERGED: _l("Đã sáp nhập vào trường khác"),
    Exclusion.CENTRE: _l("Báo cáo ở dòng riêng (trung tâm, cao đẳng)"),
    Exclusion.PRIMARY_ONLY: _l("Không có cấp THCS, THPT"),
    Exclusion.SUSPENDED: _l("Tạm dừng cả năm học"),
    Exclusion.OPENED_LATE: _l("Mở sau khi học kỳ II bắt đầu, tính từ năm học sau"),
}

KINDS: Mapping[SchoolKind, LazyString] = {
    SchoolKind.THCS: _l("THCS"),
    SchoolKind.TH_THCS: _l("TH và THCS"),
    SchoolKind.THPT: _l("THPT"),
    SchoolKind.THCS_THPT: _l("THCS và THPT"),
    SchoolKind.TH_THCS_THPT: _l("TH, THCS và THPT"),
    SchoolKind.BOARDING: _l("Phổ thông nội trú"),
    SchoolKind.PRIMARY: _l("Tiểu học"),
    SchoolKind.CENTRE: _l("Trung tâm GDNN-GDTX"),
    SchoolKind.COLLEGE: _l("Cao đẳng, trung cấp"),
}

SCOPES: Mapping[TargetScope, LazyString] = {
    TargetScope.PROVINCE: _l("chỉ tiêu của tỉnh"),
    TargetScope.NATIONAL: _l("chỉ tiêu cả nước"),
}

LINES: Mapping[TargetScope, LazyString] = {
    TargetScope.PROVINCE: _l("mục tiêu: %(target)s"),
    TargetScope.NATIONAL: _l("cả nước: %(target)s"),
}

COMPARATORS: Mapping[Comparator, LazyString] = {
    Comparator.GT: _l("trên %(percent)s%%"),
    Comparator.GE: _l("từ %(percent)s%% trở lên"),
}

VERDICTS: Mapping[Verdict, LazyString] = {
    Verdict.MET: _l("Đạt"),
    Verdict.NOT_MET: _l("Chưa đạt"),
    Verdict.NO_TARGET: _l("Chưa có chỉ tiêu"),
    Verdict.NO_DENOMINATOR: _l("Không có trường thuộc diện tính"),
}

ANSWERS: Mapping[Answer, LazyString] = {
    Answer.YES: _l("Có chương trình"),
    Answer.NO: _l("Không có chương trình"),
    Answer.WITHDRAWN: _l("Đã rút lại khai báo có"),
}

UNSETTLED = _l("Tạm thời chưa đạt")


def target_words(threshold: Threshold) -> str:
    """“trên 80%” or “từ 80% trở lên”."""
    return str(COMPARATORS[threshold.comparator]) % {"percent": threshold.percent}


def line_words(scope: TargetScope, threshold: Threshold) -> str:
    """What stands at the line of a target in a chart: “mục tiêu: trên 80%”."""
    return str(LINES[scope]) % {"target": target_words(threshold)}


def verdict_words(verdict: Verdict, *, settled: bool) -> str:
    """The words beside the mark; not met and not settled is *tạm thời chưa đạt*."""
    return str(UNSETTLED if verdict is Verdict.NOT_MET and not settled else VERDICTS[verdict])
