"""Forms of class groups, pupils and teaching, with the words of every refusal."""

from typing import ClassVar

from wtforms import (  # type: ignore[attr-defined]  # the stubs are older than SelectChoice
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional

from school_safety.kit.forms import REQUIRED, Form, LocalDateField
from school_safety.kit.i18n import LazyString, _l
from school_safety.roster.rules.classes import MAX_CLASS_NAME, ClassProblem, LeftReason, TeachingKind

LEFT_REASONS: dict[LeftReason, LazyString] = {
    LeftReason.LEFT_SCHOOL: _l("Thôi học hoặc chuyển đi nơi khác"),
    LeftReason.MOVED_SCHOOL: _l("Chuyển sang trường khác trong tỉnh"),
    LeftReason.MOVED_CLASS: _l("Chuyển sang lớp khác"),
    LeftReason.YEAR_OVER: _l("Hết năm học"),
    LeftReason.MISTAKE: _l("Ghi nhầm, không học ở lớp này"),
}

TEACHING_KINDS: dict[TeachingKind, LazyString] = {
    TeachingKind.HOMEROOM: _l("Chủ nhiệm"),
    TeachingKind.SUBJECT: _l("Dạy môn"),
}

CLASS_WORDS: dict[str, LazyString] = {
    ClassProblem.NAME_MISSING: _l("Ghi tên lớp, ví dụ 6A1."),
    ClassProblem.NAME_TAKEN: _l("Trường đã có lớp mang tên này trong năm học. Hãy ghi tên khác hoặc mở lớp đã có."),
    ClassProblem.GRADE_NOT_TAUGHT: _l("Trường không dạy khối này. Hãy chọn khối khác."),
    ClassProblem.NAME_OTHER_GRADE: _l("Tên lớp bắt đầu bằng một khối khác. Hãy sửa tên hoặc chọn lại khối."),
    ClassProblem.NUMBER_TAKEN: _l("Số thứ tự này đã có bạn khác. Số còn trống kế tiếp là %(free)s."),
    ClassProblem.NUMBER_RANGE: _l("Số thứ tự từ 1 đến 99."),
    ClassProblem.PERSON_NAME_MISSING: _l("Ghi họ và tên học sinh."),
    ClassProblem.BIRTH_DATE_MISSING: _l("Ghi ngày sinh."),
    ClassProblem.BIRTH_DATE_UNLIKELY: _l("Học sinh lớp 6 đến 12 từ 9 đến 25 tuổi. Hãy xem lại ngày sinh."),
    ClassProblem.OUTSIDE_YEAR: _l("Ngày này nằm ngoài năm học của lớp."),
    ClassProblem.BEFORE_START: _l("Ngày này sớm hơn ngày vào lớp."),
    ClassProblem.ALREADY_ENROLLED: _l("Học sinh đang ở một lớp khác."),
    ClassProblem.ALREADY_LEFT: _l("Học sinh đã rời lớp này rồi."),
    ClassProblem.SAME_CLASS: _l("Học sinh đang ở lớp này. Hãy chọn lớp khác."),
    ClassProblem.OTHER_SCHOOL: _l("Chỉ chuyển được trong cùng trường và cùng năm học."),
    ClassProblem.ALREADY_TEACHES: _l("Người này đã được phân công như vậy ở lớp."),
    ClassProblem.SUBJECT_MISSING: _l("Ghi môn dạy, ví dụ Tin học."),
    ClassProblem.NOT_STAFF: _l("Hãy chọn một thầy cô của trường."),
}


class _ClassForm(Form):
    WORDS: ClassVar[dict[str, LazyString]] = CLASS_WORDS


class SaveClassGroupForm(_ClassForm):
    """A class group's name and grade."""

    name = StringField(
        _l("Tên lớp"), [InputRequired(REQUIRED), Length(max=MAX_CLASS_NAME)], description=_l("Ví dụ 6A1, 10 Toán.")
    )
    grade = SelectField(_l("Khối"), [InputRequired(REQUIRED)], coerce=int)


class EnrolPupilForm(_ClassForm):
    """One pupil by hand; a whole class comes from a file."""

    full_name = StringField(_l("Họ và tên"), [InputRequired(REQUIRED), Length(max=120)])
    birth_date = LocalDateField(
        _l("Ngày sinh"), [InputRequired(REQUIRED)], description=_l("Ngày/tháng/năm, ví dụ 08/03/2014.")
    )
    list_number = IntegerField(_l("Số thứ tự"), [Optional()], description=_l("Để trống: số kế tiếp của lớp."))
    starts_on = LocalDateField(_l("Vào lớp từ ngày"), [InputRequired(REQUIRED)])


class CorrectPupilForm(_ClassForm):
    """A slip in a pupil's name, birth date or list number."""

    full_name = StringField(_l("Họ và tên"), [InputRequired(REQUIRED), Length(max=120)])
    birth_date = LocalDateField(_l("Ngày sinh"), [InputRequired(REQUIRED)])
    list_number = IntegerField(_l("Số thứ tự"), [InputRequired(REQUIRED)])


class MovePupilForm(_ClassForm):
    """Another class group of the same school and year, from a day on."""

    target = SelectField(_l("Sang lớp"), [InputRequired(REQUIRED)], coerce=int)
    on = LocalDateField(_l("Từ ngày"), [InputRequired(REQUIRED)])


class EndEnrolmentForm(_ClassForm):
    """The last day in the class group, and why."""

    on = LocalDateField(_l("Ngày cuối ở lớp"), [InputRequired(REQUIRED)])
    reason = RadioField(
        _l("Vì sao"),
        [InputRequired(REQUIRED)],
        choices=[
            SelectChoice(str(reason), LEFT_REASONS[reason])
            for reason in (LeftReason.LEFT_SCHOOL, LeftReason.MOVED_SCHOOL, LeftReason.MISTAKE)
        ],
        default=str(LeftReason.LEFT_SCHOOL),
    )


class AddTeachingForm(_ClassForm):
    """Who teaches a class group, and what."""

    person_id = SelectField(_l("Thầy cô"), [InputRequired(REQUIRED)], coerce=int)
    kind = RadioField(
        _l("Việc ở lớp"),
        [InputRequired(REQUIRED)],
        choices=[SelectChoice(str(kind), words) for kind, words in TEACHING_KINDS.items()],
        default=str(TeachingKind.HOMEROOM),
    )
    subject = StringField(_l("Môn"), [Length(max=80)], description=_l("Chỉ ghi khi dạy môn, ví dụ Tin học."))
