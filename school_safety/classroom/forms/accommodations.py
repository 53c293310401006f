"""The shape of what is given on top: more time, further attempts, for a class or for one pupil."""

from typing import ClassVar

from wtforms import IntegerField
from wtforms.validators import InputRequired, Optional

from school_safety.classroom.rules import (
    MAX_ATTEMPTS,
    MOST_EXTRA_MINUTES,
    MOST_EXTRA_PERCENT,
    Accommodation,
    AccommodationProblem,
)
from school_safety.kit.forms import REQUIRED, Form, LocalDateField
from school_safety.kit.i18n import LazyString, _l


class ClassExtraForm(Form):
    """More time and further attempts for every pupil of a class in one assignment."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        AccommodationProblem.NOTHING_GIVEN: _l("Hãy ghi thêm giờ hoặc thêm lượt."),
        AccommodationProblem.PERCENT_AND_MINUTES: _l("Chỉ ghi phần trăm hoặc số phút, không ghi cả hai."),
        AccommodationProblem.PERCENT_OUT_OF_RANGE: _l("Phần trăm từ 0 đến %(limit)s.", limit=MOST_EXTRA_PERCENT),
        AccommodationProblem.EXTRA_MINUTES_OUT_OF_RANGE: _l("Số phút từ 0 đến %(limit)s.", limit=MOST_EXTRA_MINUTES),
        AccommodationProblem.EXTRA_ATTEMPTS_OUT_OF_RANGE: _l("Số lượt thêm từ 0 đến %(limit)s.", limit=MAX_ATTEMPTS),
        AccommodationProblem.ENDS_BEFORE_START: _l("Ngày cuối sớm hơn ngày đầu. Hãy chọn ngày muộn hơn."),
    }

    percent = IntegerField(
        _l("Thêm giờ theo phần trăm"),
        [Optional()],
        description=_l("Ví dụ 50: bài 20 phút thành 30 phút. Bài không hẹn phút thì không đổi."),
    )
    minutes = IntegerField(
        _l("Hoặc thêm giờ (phút)"), [Optional()], description=_l("Cộng vào giờ kết thúc của mỗi lượt.")
    )
    attempts = IntegerField(_l("Thêm lượt"), [Optional()])

    @property
    def extra(self) -> Accommodation:
        """What was entered; an empty field is nothing."""
        return Accommodation(self.percent.data or 0, self.minutes.data or 0, self.attempts.data or 0)


class PupilExtraForm(ClassExtraForm):
    """The same for one pupil in every assignment, on dated days."""

    valid_from = LocalDateField(_l("Từ ngày"), [InputRequired(REQUIRED)])
    valid_to = LocalDateField(
        _l("Đến hết ngày"), [Optional()], description=_l("Bỏ trống: đến khi thầy cô thôi áp dụng.")
    )
