"""The base of every form: text normalised at the door, refusals beside their field, dates as people write them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from school_safety.kit import clock
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import LazyString, _, _l
from school_safety.kit.text import nfc


def clean(value: str | None) -> str | None:
    """NFC, no spaces at the ends, no control characters but line ends; the filter of every text field."""
    if value is None:
        return None
    return "".join(sign for sign in nfc(value).strip() if sign in "\n\t" or sign >= " ").replace("\r", "")


NOT_OFFERED = _l("Lựa chọn này không có trong danh sách. Hãy chọn lại.")
BUILT_IN: dict[str, LazyString] = {
    "Not a valid choice.": NOT_OFFERED,
    "Invalid Choice: could not coerce.": NOT_OFFERED,
    "Invalid choice(s): one or more data inputs could not be coerced.": NOT_OFFERED,
    "'%(value)s' is not a valid choice for this field.": NOT_OFFERED,
    "Not a valid integer value.": _l("Ghi một số nguyên, ví dụ 312."),
    "Field must be at least %(min)d character long.": _l("Ngắn quá: ít nhất %(min)d ký tự."),
    "Field cannot be longer than %(max)d character.": _l("Dài quá: nhiều nhất %(max)d ký tự."),
    "Field must be exactly %(max)d character long.": _l("Phải có đúng %(max)d ký tự."),
    "Field must be between %(min)d and %(max)d characters long.": _l("Cần từ %(min)d đến %(max)d ký tự."),
    "Number must be at least %(min)s.": _l("Ghi số từ %(min)s trở lên."),
    "Number must be at most %(max)s.": _l("Ghi số không quá %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Ghi số từ %(min)s đến %(max)s."),
    "This field is required.": _l("Hãy điền mục này."),
    "Invalid input.": _l("Nội dung này chưa đúng dạng. Hãy xem lại."),
}
"""Our words for what WTForms' own fields and validators say."""


class _Words:
    """WTForms' messages in the reader's language."""

    def gettext(self, message: str) -> str:
        """Our words for a message of WTForms; the message itself where we have none."""
        return str(BUILT_IN.get(message, message))

    def ngettext(self, one: str, many: str, count: int) -> str:
        """As `gettext`; Vietnamese has one form."""
        return self.gettext(one)


class Form(FlaskForm):
    """A form of ours. `WORDS` maps the codes of refusals to sentences (what is wrong, what to do)."""

    WORDS: ClassVar[dict[str, LazyString]] = {}

    class Meta(FlaskForm.Meta):
        """Text is cleaned at the door; the messages of WTForms' own fields and validators are ours."""

        def get_translations(self, form: Any) -> _Words:
            return _Words()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            if issubclass(unbound_field.field_class, StringField | TextAreaField):
                options["filters"] = [clean, *unbound_field.kwargs.get("filters", ())]
            field: Field = unbound_field.bind(form=form, **options)
            return field

    def submitted(self) -> bool:
        """True when the form was sent and its shape is right."""
        return bool(self.validate_on_submit())

    def refuse(self, refused: Refused) -> None:
        """Put the words of a refusal beside its field, or above the form when it concerns no single field."""
        words = self.WORDS.get(refused.code)
        text = str(words) if words is not None else _("Không thực hiện được (%(code)s).", code=refused.code)
        message = text % refused.params if refused.params else text
        field = self._fields.get(refused.field) if refused.field else None
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]

    @property
    def is_refused(self) -> bool:
        """True when something must be said: the answer is 422."""
        return bool(self.errors)


class LocalDateField(Field):
    """A date typed as dd/mm/yyyy (a bare yyyy-mm-dd is understood too); what was typed comes back."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%d/%m/%Y") if self.data else ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = None
        text = str(valuelist[0]).strip() if valuelist else ""
        if not text:
            return
        self.data = parse_date(text)
        if self.data is None:
            raise ValueError(_("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/09/2026."))


class LocalDateTimeField(Field):
    """A moment typed as dd/mm/yyyy hh:mm on the Vietnamese clock; `data` is aware UTC."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return clock.local(self.data).strftime("%d/%m/%Y %H:%M") if self.data else ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = None
        text = str(valuelist[0]).strip() if valuelist else ""
        if not text:
            return
        self.data = parse_moment(text)
        if self.data is None:
            raise ValueError(_("Ghi ngày và giờ theo dạng ngày/tháng/năm giờ:phút, ví dụ 27/11/2026 21:00."))


class TicksField(SelectMultipleField):
    """Several of few, as native checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def parse_date(text: str) -> date | None:
    """A date from dd/mm/yyyy, d-m-yyyy or yyyy-mm-dd; None if it is no date between 1900 and 2200."""
    for shape in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text, shape).date()  # noqa: DTZ007  # a date has no zone
        except ValueError:
            continue
        return day if 1900 <= day.year <= 2200 else None
    return None


def parse_moment(text: str) -> datetime | None:
    """A UTC moment from `dd/mm/yyyy hh:mm` (or `yyyy-mm-ddThh:mm`) on the Vietnamese clock; None if it is none."""
    parts = text.replace("T", " ").split()
    if len(parts) != 2:
        return None
    day = parse_date(parts[0])
    try:
        at = time.fromisoformat(parts[1].rjust(5, "0"))
    except ValueError:
        return None
    return clock.at_local(day, at) if day else None


REQUIRED = _l("Hãy điền mục này.")
