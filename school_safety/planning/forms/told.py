"""The form with which a teacher tells what was done."""

from typing import ClassVar

from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length

from school_safety.kit.forms import REQUIRED
from school_safety.kit.i18n import LazyString, _l
from school_safety.planning.forms.deliveries import DELIVERY_WORDS, DeliveryForm
from school_safety.planning.forms.fields import choices
from school_safety.planning.report.words import CHANNEL_WORDS


class TellDeliveryForm(DeliveryForm):
    """What a teacher taught or gave out: when, how, for whom."""

    WORDS: ClassVar[dict[str, LazyString]] = DELIVERY_WORDS | {
        "already_told": _l("Thầy cô đã báo việc này rồi, đang chờ điều phối viên ghi."),
        "channel_foreign": _l("Hãy chọn một cách làm trong danh sách."),
    }

    channel = SelectField(
        _l("Đã làm bằng cách nào"), choices=choices(CHANNEL_WORDS), validators=[InputRequired(REQUIRED)]
    )
    lesson = HiddenField(validators=[Length(max=20)])
