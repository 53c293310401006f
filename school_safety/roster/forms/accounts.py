"""Forms of the staff pages and of one's own account, with the words of their refusals."""

from collections.abc import Iterable
from typing import ClassVar

from wtforms import RadioField, SelectChoice, SelectField, StringField  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import InputRequired, Length

from school_safety.access.policy import Role
from school_safety.kit.forms import REQUIRED, Form
from school_safety.kit.i18n import LANGUAGES, LazyString, _l
from school_safety.roster.rules.accounts import EmailProblem
from school_safety.roster.rules.memberships import MembershipProblem

ROLE_NAMES: dict[Role, LazyString] = {
    Role.PUPIL: _l("Học sinh"),
    Role.TEACHER: _l("Giáo viên"),
    Role.COORDINATOR: _l("Người phụ trách chương trình"),
    Role.PRINCIPAL: _l("Hiệu trưởng"),
    Role.COMMUNE_OFFICER: _l("Cán bộ xã, phường"),
    Role.OFFICER: _l("Chuyên viên Sở"),
    Role.ADMIN: _l("Quản trị của Sở"),
    Role.EDITOR: _l("Biên tập nội dung"),
    Role.AUDITOR: _l("Kiểm tra, giám sát"),
}

STAFF_WORDS: dict[str, LazyString] = {
    EmailProblem.MISSING: _l("Hãy ghi địa chỉ thư điện tử."),
    EmailProblem.TOO_LONG: _l("Địa chỉ dài quá 254 ký tự. Hãy xem lại."),
    EmailProblem.MALFORMED: _l("Địa chỉ chưa đúng dạng ten@donvi.vn. Hãy xem lại."),
    "email_taken": _l("Địa chỉ này đã có tài khoản. Tìm trong danh sách, hoặc nhờ quản trị của Sở thêm vai trò."),
    "name_missing": _l("Hãy ghi họ và tên."),
    "no_province": _l("Chưa có tỉnh nào. Hãy nhập đơn vị trước: flask registry import."),
    "account_disabled": _l("Tài khoản đang bị khoá. Hãy mở lại trước khi đưa liên kết mới."),
    MembershipProblem.WRONG_PLACE: _l("Vai trò này không có ở đơn vị đã chọn. Hãy chọn đơn vị khác."),
    MembershipProblem.BEYOND_REACH: _l("Vai trò này vượt quá quyền của người đang làm. Hãy nhờ quản trị của Sở."),
    MembershipProblem.HELD_ALREADY: _l("Người này đã giữ vai trò đó ở đơn vị đã chọn."),
    MembershipProblem.OWN: _l("Không tự khoá tài khoản hoặc tự thôi vai trò của mình. Hãy nhờ người khác có quyền."),
}


class GiveRoleForm(Form):
    """A role at a place, with the printed post."""

    WORDS: ClassVar[dict[str, LazyString]] = STAFF_WORDS

    role = SelectField(_l("Vai trò"), validators=[InputRequired(REQUIRED)])
    seat = SelectField(_l("Đơn vị"), validators=[InputRequired(REQUIRED)])
    post = StringField(
        _l("Chức vụ"), description=_l("Như in trên văn bản, ví dụ: Phó Hiệu trưởng."), validators=[Length(max=120)]
    )

    def offer(self, roles: Iterable[Role], seats: Iterable[tuple[str, str]]) -> None:
        """Offer only what the viewer may give (seats as key and name); anything else in a forged form is no choice."""
        self.role.choices = [SelectChoice(role.value, ROLE_NAMES[role]) for role in roles]
        self.seat.choices = [SelectChoice(key, name) for key, name in seats]


class NewStaffForm(GiveRoleForm):
    """A new member of staff with a first role."""

    full_name = StringField(_l("Họ và tên"), validators=[InputRequired(REQUIRED), Length(max=120)])
    email = StringField(_l("Thư điện tử công vụ"), validators=[InputRequired(REQUIRED), Length(max=1000)])


class OwnNameForm(Form):
    """One's own name as pages show it."""

    WORDS: ClassVar[dict[str, LazyString]] = STAFF_WORDS

    full_name = StringField(_l("Họ và tên"), validators=[InputRequired(REQUIRED), Length(max=120)])


class LanguageForm(Form):
    """The language of the pages."""

    language = RadioField(
        _l("Ngôn ngữ của trang"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        validators=[InputRequired(REQUIRED)],
    )
