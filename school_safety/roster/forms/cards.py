"""The form that chooses whose cards are printed."""

from typing import ClassVar

from school_safety.kit.forms import Form, TicksField
from school_safety.kit.i18n import LazyString, _l


class IssueCardsForm(Form):
    """Pupils of a class group, by list number."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        "none_chosen": _l("Chưa chọn em nào. Hãy đánh dấu ít nhất một em."),
        "too_many_chosen": _l("Mỗi lần in tối đa %(most)s thẻ. Hãy chọn bớt rồi in làm nhiều lần."),
        "not_in_class": _l("Danh sách lớp vừa thay đổi. Hãy xem lại các em được chọn."),
    }

    pupils = TicksField(_l("Học sinh"), validate_choice=False)
