"""The words for the codes of the classroom, for teachers and pupils."""

from collections.abc import Mapping
from typing import Any

from wtforms import SelectChoice  # type: ignore[attr-defined]  # the stubs are older than SelectChoice

from school_safety.assessment.rules import Purpose
from school_safety.classroom.rules import (
    AttemptPolicy,
    CellProblem,
    FeedbackRelease,
    StartProblem,
    WindowProblem,
)
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
    StartProblem.NOT_OPEN_YET: _l("Bài chưa mở. Em quay lại đúng giờ thầy cô hẹn nhé."),
    StartProblem.WINDOW_CLOSED: _l("Đã hết hạn làm bài. Nếu em vắng hôm đó, hãy nhờ thầy cô mở lại cho em."),
    StartProblem.NO_ATTEMPTS_LEFT: _l("Em đã dùng hết số lượt làm bài này."),
    StartProblem.TOO_SOON_AGAIN: _l("Giữa hai lượt em cần nghỉ một lúc."),
    StartProblem.NOTHING_TO_DO: _l("Bài này chỉ để đọc, không có câu hỏi."),
}
WINDOW_WORDS: dict[str, LazyString] = {
    WindowProblem.CLOSES_BEFORE_OPENING: _l("Hạn nộp phải sau lúc mở bài. Hãy chọn giờ muộn hơn."),
    WindowProblem.CLOSES_IN_THE_PAST: _l("Giờ này đã qua. Hãy chọn một giờ sắp tới."),
    WindowProblem.CLOSES_NO_LATER: _l("Hạn mới phải muộn hơn hạn hiện nay."),
    WindowProblem.OPENS_TOO_EARLY: _l("Giờ mở bài đã qua hơn một ngày. Hãy ghi từ hôm nay trở đi."),
    WindowProblem.WINDOW_TOO_LONG: _l("Từ lúc mở đến hạn nộp dài hơn một năm. Hãy chọn hạn gần hơn."),
}

CELL_WORDS: Mapping[CellProblem, LazyString] = {
    CellProblem.UNKNOWN_SIGN: _l("Chỉ gõ %(signs)s"),
    CellProblem.MORE_THAN_ONE: _l("Chỉ một chữ"),
    CellProblem.SAME_TWICE: _l("Có dấu gõ hai lần"),
    CellProblem.WRONG_LENGTH: _l("Cần đúng %(length)s dấu"),
}


def choices_of(words: Mapping[Any, LazyString]) -> list[SelectChoice]:
    """Codes and their words as the choices of a field."""
    return [SelectChoice(code, label) for code, label in words.items()]
