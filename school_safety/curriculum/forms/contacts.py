"""Forms of the contacts: looking for them, and writing what everybody sees from then on."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import (  # type: ignore[attr-defined]  # the stubs are older than SelectChoice
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Regexp

from school_safety.curriculum.queries import ContactOrder, ContactSearch, ContactState
from school_safety.curriculum.rules import LONGEST_LINK, ContactCard, plain_number
from school_safety.kit.forms import REQUIRED, Form, LocalDateField
from school_safety.kit.i18n import LazyString, _l

STATE_NAMES: dict[ContactState, LazyString] = {
    ContactState.STALE: _l("Quá 180 ngày chưa kiểm tra"),
    ContactState.UNCONFIRMED: _l("Chưa xác nhận"),
    ContactState.REPLACED: _l("Đã được thay"),
}
ORDER_NAMES: dict[ContactOrder, LazyString] = {
    ContactOrder.CHECKED: _l("Lâu chưa kiểm tra nhất"),
    ContactOrder.NAME: _l("Tên"),
}
FIELD_NAMES: dict[str, LazyString] = {
    "number": _l("Số điện thoại"),
    "link": _l("Trang mạng"),
    "name": _l("Tên"),
    "owner": _l("Đơn vị phụ trách"),
    "hours": _l("Giờ làm việc"),
    "for_pupils": _l("Đưa cho học sinh"),
    "confirmed": _l("Đã xác nhận"),
    "checked_on": _l("Ngày kiểm tra"),
    "verified": _l("Đã kiểm tra những gì"),
    "replaced_by": _l("Được thay bằng"),
}
CONTACT_WORDS: dict[str, LazyString] = {
    "changed_meanwhile": _l("Có người vừa sửa nơi liên hệ này. Hãy mở lại trang để xem bản mới rồi sửa tiếp."),
    "not_a_number": _l("Số gồm 3 đến 15 chữ số, có thể có dấu + ở đầu. Nơi không có số thì để trống."),
    "not_a_link": _l("Địa chỉ phải bắt đầu bằng https:// và là một trang công khai, ví dụ https://tongdai111.vn."),
    "checked_later": _l("Ngày kiểm tra không được sau hôm nay."),
    "unknown_contact": _l("Không có nơi liên hệ này. Hãy chọn lại."),
    "goes_round": _l("Nơi được chọn cuối cùng lại được thay bằng chính nơi này. Hãy chọn nơi khác."),
    "id_taken": _l("Mã này đã dùng. Hãy ghi mã khác."),
}

_ID = r"^[a-z][a-z0-9_]{2,39}$"
_TEXT = (InputRequired(REQUIRED), Length(max=200))


class ContactSearchForm(Form):
    """Which contacts to list; it comes with the address, and what makes no sense there is passed over."""

    class Meta(Form.Meta):
        """A search changes nothing: no token."""

        csrf: ClassVar[bool] = False

    q = StringField(_l("Tên, số hoặc đơn vị"), [Length(max=100)])
    state = SelectField(
        _l("Tình trạng"),
        choices=[
            SelectChoice("", _l("Tất cả")),
            *(SelectChoice(str(code), name) for code, name in STATE_NAMES.items()),
        ],
        default="",
    )
    sort = SelectField(
        _l("Xếp theo"),
        choices=[SelectChoice(str(code), name) for code, name in ORDER_NAMES.items()],
        default=str(ContactOrder.CHECKED),
    )

    def search(self) -> ContactSearch:
        """The search that the address asks for."""
        self.validate()
        for field in self:
            if field.errors:
                field.data, field.errors = field.default or "", ()
        state = ContactState(self.state.data) if self.state.data else None
        return ContactSearch(self.q.data or "", state, ContactOrder(self.sort.data))

    def kept(self) -> dict[str, Any]:
        """The filters in use, to carry from page to page; the order is one when it is not the usual."""
        return {name: value for name, value in self.data.items() if value and value != ContactOrder.CHECKED}


class EditContactForm(Form):
    """Everything that a contact says, in both languages."""

    WORDS: ClassVar[dict[str, LazyString]] = CONTACT_WORDS

    name_vi = StringField(_l("Tên, tiếng Việt"), _TEXT)
    name_en = StringField(_l("Tên, tiếng Anh"), _TEXT)
    number = StringField(
        FIELD_NAMES["number"],
        [Length(max=40)],
        filters=[lambda typed: plain_number(typed or "")],
        description=_l("Như khi bấm gọi, ví dụ 111 hoặc 1800 8108. Nơi mỗi trường có số riêng thì để trống."),
    )
    link = StringField(
        FIELD_NAMES["link"], [Length(max=LONGEST_LINK)], description=_l("Địa chỉ bắt đầu bằng https://, nếu có.")
    )
    owner_vi = StringField(_l("Đơn vị phụ trách, tiếng Việt"), _TEXT)
    owner_en = StringField(_l("Đơn vị phụ trách, tiếng Anh"), _TEXT)
    hours_vi = StringField(_l("Giờ làm việc, tiếng Việt"), _TEXT)
    hours_en = StringField(_l("Giờ làm việc, tiếng Anh"), _TEXT)
    for_pupils = BooleanField(
        _l("Đưa cho học sinh"), description=_l("Không chọn: chỉ thầy cô và gia đình thấy nơi này.")
    )
    confirmed = RadioField(
        _l("Đã xác nhận với trang công khai của đơn vị phụ trách chưa?"),
        [InputRequired(REQUIRED)],
        choices=[
            SelectChoice("yes", _l("Đã xác nhận")),
            SelectChoice("no", _l("Chưa: không đưa cho học sinh và gia đình")),
        ],
    )
    checked_on = LocalDateField(
        FIELD_NAMES["checked_on"], [InputRequired(REQUIRED)], description=_l("Ngày/tháng/năm, ví dụ 22/11/2026.")
    )
    verified = TextAreaField(
        FIELD_NAMES["verified"],
        [InputRequired(REQUIRED), Length(max=2000)],
        description=_l("Xem ở đâu, điều gì đã rõ, điều gì chưa, đã gọi thử hay chưa."),
    )
    replaced_by = SelectField(
        FIELD_NAMES["replaced_by"],
        description=_l("Khi nơi này không còn: mọi bài nêu nơi này sẽ hiện nơi được chọn."),
        default="",
    )
    seen = HiddenField(default="0")

    def offer(self, cards: Mapping[str, ContactCard], words: Mapping[str, str], own: str = "") -> None:
        """Fill in which contacts may take this one's place, under the names `words`."""
        others = [SelectChoice(code, f"{words[code]} ({code})") for code in cards if code != own]
        self.replaced_by.choices = [SelectChoice("", _l("Không: vẫn dùng nơi này")), *others]

    def card(self, code: str) -> ContactCard:
        """What was typed, as the contact of an id."""
        typed = self.data
        both = {
            name: {language: typed[f"{name}_{language}"] for language in ("vi", "en")}
            for name in ("name", "owner", "hours")
        }
        return ContactCard(
            id=code,
            number=typed["number"] or "",
            link=typed["link"] or "",
            for_pupils=typed["for_pupils"],
            confirmed=typed["confirmed"] == "yes",
            checked_on=typed["checked_on"],
            verified=typed["verified"],
            replaced_by=typed["replaced_by"] or "",
            name=both["name"],
            owner=both["owner"],
            hours=both["hours"],
        )

    @property
    def began_from(self) -> int:
        """The number of the revision that the editor saw."""
        return int(self.seen.data) if self.seen.data and self.seen.data.isdigit() else 0


class NewContactForm(EditContactForm):
    """A contact of the department's own: the id by which lessons name it, for good."""

    id = StringField(
        _l("Mã"),
        [
            InputRequired(REQUIRED),
            Regexp(
                r"^[a-z][a-z0-9_]{2,39}$", message=_l("Mã gồm 3 đến 40 chữ thường không dấu, chữ số, dấu gạch dưới.")
            ),
        ],
        description=_l("Bài học gọi nơi này bằng mã, không đổi về sau, ví dụ bank_hotline."),
    )


def typed_of(card: ContactCard, seen: int) -> dict[str, Any]:
    """What stands in the form of a contact when it is opened."""
    texts = {
        f"{name}_{language}": getattr(card, name)[language]
        for name in ("name", "owner", "hours")
        for language in ("vi", "en")
    }
    return texts | {
        "number": card.number,
        "link": card.link,
        "for_pupils": card.for_pupils,
        "confirmed": "yes" if card.confirmed else "no",
        "checked_on": card.checked_on,
        "verified": card.verified,
        "replaced_by": card.replaced_by,
        "seen": str(seen),
    }
