"""Forms at the doors: pupils, staff, one-time links and new passwords, with the words of their refusals."""

from typing import ClassVar

from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from school_safety.kit.forms import REQUIRED, Form
from school_safety.kit.i18n import LazyString, _l
from school_safety.roster.rules.accounts import MAX_PASSWORD, MIN_PASSWORD, LinkProblem, PasswordProblem
from school_safety.roster.rules.cards import CardProblem

LINK_WORDS: dict[str, LazyString] = {
    LinkProblem.UNKNOWN: _l("Không có mã này. Hãy xem lại từng ký tự trên phiếu mời, hoặc xin một phiếu mới."),
    LinkProblem.USED: _l("Mã này đã được dùng. Nếu quên mật khẩu, hãy xin một liên kết mới."),
    LinkProblem.EXPIRED: _l("Mã này đã hết hạn sau 14 ngày. Hãy xin một phiếu mới."),
    LinkProblem.REPLACED: _l("Mã này đã được thay bằng mã mới hơn. Hãy dùng phiếu mới nhất, hoặc xin phiếu khác."),
}
PASSWORD_WORDS: dict[str, LazyString] = {
    PasswordProblem.TOO_SHORT: _l("Mật khẩu cần ít nhất 8 ký tự. Một câu ngắn dễ nhớ là tốt nhất."),
    PasswordProblem.TOO_LONG: _l("Mật khẩu dài nhất 128 ký tự."),
    PasswordProblem.COMMON: _l("Mật khẩu này nhiều người dùng nên dễ bị đoán. Hãy chọn một câu của riêng mình."),
    PasswordProblem.PERSONAL: _l("Mật khẩu này trùng với tên hoặc địa chỉ của thầy cô. Hãy chọn một câu khác."),
    PasswordProblem.UNCHANGED: _l("Đây là mật khẩu đang dùng. Hãy chọn mật khẩu khác."),
    "passwords_differ": _l("Hai lần nhập chưa giống nhau. Hãy nhập lại."),
    "wrong_password": _l("Mật khẩu đang dùng chưa đúng. Hãy nhập lại."),
}


class PupilSignInForm(Form):
    """Class code, list number and PIN as the card shows them."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        "class_code_shape": _l("Mã lớp có 6 chữ và số, xem trên thẻ."),
        "list_number_shape": _l("Số thứ tự là số từ 1 đến 99, xem trên thẻ."),
        "pin_shape": _l("PIN có đúng 6 chữ số, xem trên thẻ."),
        "wrong_pair": _l("Chưa vào được. Mã lớp, số thứ tự hoặc PIN chưa đúng. Còn %(tries)s lần thử."),
        "closed": _l("Đã thử quá 5 lần. Em thử lại lúc %(at)s, hoặc nhờ thầy cô mở khoá."),
        CardProblem.UNKNOWN: _l("Chưa mở được thẻ này. Em xem có phải thẻ mới nhất không, rồi quét lại."),
        CardProblem.REVOKED: _l("Thẻ này đã được thay bằng thẻ mới. Em dùng thẻ mới, hoặc nhờ thầy cô in lại."),
        CardProblem.LEFT: _l("Thẻ này của lớp cũ. Em dùng thẻ của lớp đang học, hoặc nhờ thầy cô in thẻ mới."),
        CardProblem.OVER: _l("Thẻ này của năm học đã qua. Em chờ thẻ mới của năm học này."),
    }

    class_code = StringField(_l("Mã lớp"), validators=[InputRequired(REQUIRED), Length(max=40)])
    list_number = StringField(_l("Số thứ tự"), validators=[InputRequired(REQUIRED), Length(max=10)])
    pin = PasswordField(_l("PIN (6 số)"), validators=[InputRequired(REQUIRED), Length(max=20)])
    shared = BooleanField(_l("Máy này nhiều bạn dùng chung"), default=True)


class StaffSignInForm(Form):
    """E-mail and password."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        "wrong_pair": _l("Chưa vào được. Thư điện tử hoặc mật khẩu chưa đúng. Còn %(tries)s lần thử."),
        "closed": _l("Đã thử quá 5 lần. Hãy thử lại lúc %(at)s, hoặc xin một liên kết mới để đặt mật khẩu."),
        "account_disabled": _l("Tài khoản này đang bị khoá. Hãy hỏi người phụ trách của trường hoặc quản trị của Sở."),
    }

    email = StringField(_l("Thư điện tử công vụ"), validators=[InputRequired(REQUIRED), Length(max=1000)])
    password = PasswordField(_l("Mật khẩu"), validators=[InputRequired(REQUIRED)])


class InvitationCodeForm(Form):
    """The code of a one-time link, typed or read from the address."""

    WORDS: ClassVar[dict[str, LazyString]] = LINK_WORDS

    code = StringField(
        _l("Mã trên phiếu mời"),
        description=_l("20 chữ và số; dấu cách, gạch ngang, chữ hoa hay thường đều được."),
        validators=[InputRequired(REQUIRED), Length(max=80)],
    )


class NewPasswordForm(Form):
    """A password that its owner chooses, twice."""

    WORDS: ClassVar[dict[str, LazyString]] = PASSWORD_WORDS | LINK_WORDS

    password = PasswordField(
        _l("Mật khẩu mới"),
        description=_l(
            "Từ %(least)s đến %(most)s ký tự. Một câu ngắn dễ nhớ là tốt nhất.", least=MIN_PASSWORD, most=MAX_PASSWORD
        ),
        validators=[InputRequired(REQUIRED)],
    )
    repeated = PasswordField(_l("Nhập lại mật khẩu mới"), validators=[InputRequired(REQUIRED)])


class AcceptInvitationForm(NewPasswordForm):
    """A new password for the account behind a one-time code."""

    code = HiddenField()


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of the one in use."""

    current = PasswordField(_l("Mật khẩu đang dùng"), validators=[InputRequired(REQUIRED)])
