"""Fields that several forms of planning share."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import wtforms
from wtforms import Field, TextAreaField
from wtforms.widgets import TextInput

from school_safety.kit.errors import Refused
from school_safety.kit.forms import Form
from school_safety.kit.i18n import LazyString, _, format_date, format_number


class PlanningForm(Form):
    """A form whose refusals name days and counts as people write them."""

    def refuse(self, refused: Refused) -> None:
        """As the base, with dates and numbers in the reader's way."""
        refused.params = {name: _spoken(value) for name, value in refused.params.items()}
        super().refuse(refused)


def _spoken(value: object) -> object:
    if isinstance(value, date):
        return format_date(value)
    return format_number(value) if isinstance(value, int) else value


class WholeNumberField(Field):
    """A whole number as people type it (`1.240` and `1 240` too); what was typed comes back."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_number(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = None
        text = str(valuelist[0]).strip() if valuelist else ""
        if not text:
            return
        digits = text.replace(".", "").replace(" ", "").replace("\u00a0", "").removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
            raise ValueError(_("Ghi một số nguyên, ví dụ 312."))
        self.data = -int(digits) if text.startswith("-") else int(digits)


class LinesField(TextAreaField):
    """A list typed one entry a line; empty lines do not count."""

    @property
    def lines(self) -> list[str]:
        """The entries."""
        return [line.strip() for line in (self.data or "").splitlines() if line.strip()]


def choice(value: object, label: object, group: str | None = None) -> Any:
    """One choice of a field, in a named group of a long list."""
    made: Any = wtforms.SelectChoice(value, label, optgroup=group)  # type: ignore[attr-defined]  # newer than its stubs
    return made


def choices(words: Mapping[str, LazyString], empty: LazyString | None = None) -> list[Any]:
    """Codes with their words as choices of a field; `empty` offers to choose nothing."""
    none = [choice("", empty)] if empty is not None else []
    return [*none, *(choice(str(code), label) for code, label in words.items())]


def split_units(text: str | None) -> tuple[str, ...]:
    """Units typed in one line, apart by commas or semicolons."""
    return tuple(unit.strip() for unit in (text or "").replace(";", ",").split(",") if unit.strip())


def whole(text: str | None) -> int:
    """The number in a hidden field; -1, which no row has, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() else -1
