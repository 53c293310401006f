"""Forms of plans and targets, with the words of their refusals."""

from typing import ClassVar

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from school_safety.kit.forms import REQUIRED, LocalDateField
from school_safety.kit.i18n import LazyString, _l
from school_safety.planning.forms.fields import LinesField, PlanningForm, WholeNumberField, choices
from school_safety.planning.report.words import COMPARATOR_WORDS, INDICATOR_WORDS, PLAN_KIND_WORDS, SCOPE_WORDS
from school_safety.planning.rules import PlanProblem, TargetProblem

PLAN_WORDS: dict[str, LazyString] = {
    PlanProblem.ENDS_BEFORE_START: _l("Ngày kết thúc sớm hơn ngày bắt đầu. Hãy xem lại hai ngày."),
    PlanProblem.PARENT_MISSING: _l("Kế hoạch năm phải thuộc một kế hoạch nhiều năm. Hãy chọn trong danh sách."),
    PlanProblem.PARENT_NOT_MULTI_YEAR: _l("Kế hoạch cấp trên phải là một kế hoạch nhiều năm khác. Hãy chọn lại."),
    PlanProblem.OUTSIDE_PARENT: _l("Ngày bắt đầu nằm ngoài thời gian của kế hoạch nhiều năm. Hãy xem lại."),
    TargetProblem.PERCENT_OUT_OF_RANGE: _l("Tỷ lệ là số nguyên từ 0 đến 100."),
    TargetProblem.NOTHING_ABOVE_100: _l("Không thể trên một trăm phần trăm. Hãy chọn “từ mức này trở lên”."),
    TargetProblem.ENDS_BEFORE_START: _l("Ngày hết hiệu lực sớm hơn ngày bắt đầu. Hãy xem lại hai ngày."),
    TargetProblem.OUTSIDE_PLAN: _l("Chỉ tiêu phải nằm trong thời gian của kế hoạch. Hãy xem lại ngày."),
    TargetProblem.OVERLAPS: _l("Đã có chỉ tiêu này trong thời gian đó. Hãy sửa chỉ tiêu cũ hoặc chọn ngày khác."),
}


class PlanForm(PlanningForm):
    """A plan's own words and dates."""

    WORDS: ClassVar[dict[str, LazyString]] = PLAN_WORDS

    kind = RadioField(_l("Loại kế hoạch"), choices=choices(PLAN_KIND_WORDS), validators=[InputRequired(REQUIRED)])
    parent_id = SelectField(_l("Thuộc kế hoạch nhiều năm"), validators=[Optional()], description=_l("Cho kế hoạch năm"))
    title = StringField(_l("Trích yếu"), validators=[InputRequired(REQUIRED), Length(max=400)])
    issuer = StringField(_l("Cơ quan ban hành"), validators=[InputRequired(REQUIRED), Length(max=200)])
    number = StringField(_l("Số, ký hiệu"), validators=[InputRequired(REQUIRED), Length(max=60)])
    signed_on = LocalDateField(_l("Ngày ký"), validators=[InputRequired(REQUIRED)])
    starts_on = LocalDateField(_l("Thực hiện từ ngày"), validators=[InputRequired(REQUIRED)])
    ends_on = LocalDateField(_l("Đến ngày"), validators=[InputRequired(REQUIRED)])
    vision_year = WholeNumberField(
        _l("Tầm nhìn đến năm"), validators=[Optional(), NumberRange(2000, 2100, _l("Ghi một năm từ 2000 đến 2100."))]
    )
    basis = LinesField(
        _l("Căn cứ"),
        validators=[Length(max=8000)],
        description=_l("Mỗi dòng một văn bản, theo thứ tự in trên kế hoạch."),
    )


class TargetForm(PlanningForm):
    """One dated target."""

    WORDS: ClassVar[dict[str, LazyString]] = PLAN_WORDS

    indicator = SelectField(_l("Chỉ tiêu"), choices=choices(INDICATOR_WORDS), validators=[InputRequired(REQUIRED)])
    scope = RadioField(_l("Của ai"), choices=choices(SCOPE_WORDS), validators=[InputRequired(REQUIRED)])
    comparator = RadioField(_l("So sánh"), choices=choices(COMPARATOR_WORDS), validators=[InputRequired(REQUIRED)])
    percent = WholeNumberField(_l("Tỷ lệ phần trăm"), validators=[InputRequired(REQUIRED)])
    valid_from = LocalDateField(_l("Có hiệu lực từ"), validators=[InputRequired(REQUIRED)])
    valid_to = LocalDateField(_l("Đến hết ngày"), validators=[InputRequired(REQUIRED)])
    basis = StringField(
        _l("Căn cứ của chỉ tiêu"),
        validators=[InputRequired(REQUIRED), Length(max=300)],
        description=_l("Văn bản và mục nêu chỉ tiêu này."),
    )
