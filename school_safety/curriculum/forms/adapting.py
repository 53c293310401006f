"""The choice between a school's own words and the original's, and the words of what is refused to a school."""

from collections.abc import Sequence
from typing import Any, ClassVar

from wtforms import HiddenField, RadioField, SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import InputRequired

from school_safety.curriculum.forms.comparing import part_words
from school_safety.curriculum.rules import Side
from school_safety.kit.forms import Form
from school_safety.kit.i18n import LazyString, _l

ADAPTING_WORDS: dict[str, LazyString] = {
    "adapted_already": _l("Trường đã có bản của bài này."),
    "not_an_original": _l("Chỉ điều chỉnh được bài của tỉnh."),
    "open_already": _l("Đã có một bản nháp đang viết. Hãy viết tiếp bản đó."),
    "changed_meanwhile": _l("Nội dung vừa được đổi ở nơi khác. Hãy xem lại rồi làm lại việc này."),
    "overtaken": _l("Một bản khác vừa được dùng. Hãy mở bản nháp, lưu lại rồi dùng."),
    "has_errors": _l("Bản nháp còn chỗ phải sửa. Hãy sửa các chỗ ghi “phải sửa” bên dưới."),
    "nothing_changed": _l("Bản nháp chưa khác bản gốc chỗ nào. Hãy sửa ít nhất một chỗ, hoặc bỏ bản nháp."),
    "version_not_raised": _l("Số bản phải cao hơn bản đang dùng (%(version)s)."),
    "not_in_force": _l("Bản của trường hiện không được dùng."),
}
SIDE_WORDS: dict[Side, LazyString] = {
    Side.OWN: _l("Giữ chữ của trường"),
    Side.ORIGINAL: _l("Lấy chữ của bản gốc mới"),
}
PREFIX = "choice-"


class OriginalForm(Form):
    """Take a newer original over: one choice for each part that both changed."""

    WORDS: ClassVar[dict[str, LazyString]] = ADAPTING_WORDS

    seen = HiddenField()

    @property
    def choices(self) -> dict[str, Side]:
        """The chosen side of each part."""
        return {
            field.name.removeprefix(PREFIX): Side(field.data)
            for field in self
            if field.name.startswith(PREFIX) and field.data
        }

    def field_of(self, part: str) -> Any:
        """The choice of one part."""
        return self[f"{PREFIX}{part}"]


def original_form(parts: Sequence[str]) -> type[OriginalForm]:
    """The form for these parts that both changed."""
    choices = [SelectChoice(str(side), words) for side, words in SIDE_WORDS.items()]
    fields = {
        f"{PREFIX}{part}": RadioField(
            part_words(part),
            choices=choices,
            validators=[InputRequired(_l("Hãy chọn một trong hai."))],
        )
        for part in parts
    }
    return type("ChosenOriginalForm", (OriginalForm,), fields)
