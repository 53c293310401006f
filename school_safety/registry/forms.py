"""Forms of the registry, with the words of every refusal."""

from typing import ClassVar

from flask_wtf.file import FileField, FileRequired
from wtforms import (  # type: ignore[attr-defined]  # the stubs are older than SelectChoice
    BooleanField,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length

from school_safety.kit.forms import REQUIRED, Form, LocalDateField, TicksField
from school_safety.kit.i18n import LazyString, _l
from school_safety.kit.sheets import FileProblem
from school_safety.registry.rules import (
    SECONDARY_GRADES,
    ImportProblem,
    RegistryProblem,
    SchoolKind,
    SchoolStatus,
    UnitKind,
)

KIND_NAMES: dict[SchoolKind, LazyString] = {
    SchoolKind.THCS: _l("THCS"),
    SchoolKind.TH_THCS: _l("TH và THCS"),
    SchoolKind.THPT: _l("THPT"),
    SchoolKind.THCS_THPT: _l("THCS và THPT"),
    SchoolKind.TH_THCS_THPT: _l("TH, THCS và THPT"),
    SchoolKind.BOARDING: _l("Phổ thông dân tộc nội trú"),
    SchoolKind.PRIMARY: _l("Tiểu học"),
    SchoolKind.CENTRE: _l("Trung tâm GDNN-GDTX"),
    SchoolKind.COLLEGE: _l("Trường nghề, cao đẳng"),
}

STATUS_NAMES: dict[SchoolStatus, LazyString] = {
    SchoolStatus.OPEN: _l("Đang hoạt động"),
    SchoolStatus.SUSPENDED: _l("Tạm dừng"),
    SchoolStatus.CLOSED: _l("Đã giải thể"),
    SchoolStatus.PLANNED: _l("Chưa mở"),
}

UNIT_KIND_NAMES: dict[UnitKind, LazyString] = {
    UnitKind.PROVINCE: _l("Tỉnh"),
    UnitKind.COMMUNE: _l("Xã, phường"),
    UnitKind.DEPARTMENT: _l("Sở Giáo dục và Đào tạo"),
    UnitKind.COMMITTEE: _l("UBND xã, phường"),
}

REGISTRY_WORDS: dict[str, LazyString] = {
    RegistryProblem.CODE_TAKEN: _l("Mã này đã dùng. Hãy ghi mã khác."),
    RegistryProblem.CODE_SHAPE: _l("Mã gồm 1 đến 32 chữ không dấu, chữ số, dấu chấm hoặc gạch ngang."),
    RegistryProblem.NAME_MISSING: _l("Ghi tên."),
    RegistryProblem.WRONG_PARENT: _l("Chưa có cấp trên phù hợp. Hãy nhập tỉnh trước; mỗi hệ thống chỉ có một tỉnh."),
    RegistryProblem.UNIT_UNKNOWN: _l("Không có đơn vị này."),
    RegistryProblem.UNIT_CLOSED: _l("Đơn vị này không còn hoặc chưa có vào ngày đó. Hãy chọn ngày khác."),
    RegistryProblem.UNIT_IN_USE: _l("Còn trường hoặc đơn vị cấp dưới ở đây. Hãy chuyển hoặc đóng chúng trước."),
    RegistryProblem.WRONG_TREE: _l("Đơn vị này không giữ được vai trò đó. Hãy chọn đơn vị khác."),
    RegistryProblem.SCHOOL_UNKNOWN: _l("Không có trường này."),
    RegistryProblem.SAME_SCHOOL: _l("Chọn ít nhất một trường khác với trường tiếp nhận."),
    RegistryProblem.ALREADY_CLOSED: _l("Đã đóng từ trước ngày này."),
    RegistryProblem.NOT_CLOSED: _l("Trường đang hoạt động vào ngày này."),
    RegistryProblem.GRADES_MISSING: _l("Chọn ít nhất một khối từ 6 đến 12."),
    RegistryProblem.BEFORE_FIRST_DAY: _l("Ngày này sớm hơn ngày đầu tiên trong hồ sơ."),
    RegistryProblem.NOTHING_CHANGED: _l("Không có gì khác với hồ sơ đang có."),
    RegistryProblem.ENDS_BEFORE_START: _l("Ngày kết thúc phải sau ngày bắt đầu."),
    RegistryProblem.TERM_OUTSIDE_YEAR: _l("Học kỳ II phải bắt đầu trong năm học, sau ngày khai giảng."),
    RegistryProblem.YEARS_OVERLAP: _l("Trùng ngày với một năm học khác."),
    RegistryProblem.YEAR_CODE: _l("Mã năm học phải khớp ngày bắt đầu, ví dụ 2026-2027 cho năm bắt đầu năm 2026."),
}

FILE_WORDS: dict[str, LazyString] = {
    FileProblem.EMPTY: _l("Tệp không có dòng nào. Hãy chọn tệp có danh sách."),
    FileProblem.TOO_LARGE: _l("Tệp lớn hơn %(megabytes)s MB. Hãy chia nhỏ rồi nhập từng tệp."),
    FileProblem.TOO_MANY_ROWS: _l("Tệp có quá %(rows)s dòng. Hãy chia nhỏ rồi nhập từng tệp."),
    FileProblem.OLD_EXCEL: _l(
        "Đây là tệp Excel đời cũ (.xls) hoặc tệp đặt mật khẩu. "
        "Hãy mở bằng Excel, bỏ mật khẩu, chọn Lưu thành .xlsx rồi tải lại."
    ),
    FileProblem.NOT_A_TABLE: _l("Không đọc được tệp này như một bảng. Hãy chọn tệp .xlsx hoặc .csv."),
    FileProblem.ENCODING: _l("Chữ trong tệp CSV không phải Unicode (UTF-8). Hãy lưu lại thành .xlsx hoặc “CSV UTF-8”."),
    "draft_gone": _l("Lần nhập này đã xong hoặc đã quá 24 giờ. Hãy tải tệp lên lại."),
    "draft_changed": _l("Hồ sơ vừa thay đổi. Hãy xem lại bảng đối chiếu dưới đây rồi xác nhận."),
    "nothing_to_import": _l("Tệp không có dòng nào dùng được. Hãy sửa các dòng nêu dưới đây rồi tải lại."),
    "registry_row": _l("Dòng %(row)s không ghi được (%(problem)s). Chưa ghi gì cả."),
}

IMPORT_WORDS: dict[str, LazyString] = {
    ImportProblem.NO_HEADER: _l(
        "Không thấy dòng tiêu đề. Bảng đơn vị cần cột Mã đơn vị, Tên đơn vị, Loại đơn vị; "
        "bảng trường cần cột Mã trường, Tên trường, Loại hình."
    ),
    ImportProblem.LEGACY_FONT: _l(
        "Chữ trong tệp gõ bằng bảng mã cũ %(font)s, đọc ra sẽ sai tên. "
        "Hãy chuyển mã sang Unicode (trong Unikey: Công cụ chuyển mã) rồi tải lại."
    ),
    ImportProblem.CODE_SHAPE: _l("Mã gồm 1 đến 32 chữ không dấu, chữ số, dấu chấm hoặc gạch ngang."),
    ImportProblem.NAME_MISSING: _l("Thiếu tên hoặc tên quá dài."),
    ImportProblem.DATE_SHAPE: _l("Ngày không đọc được. Ghi theo dạng ngày/tháng/năm."),
    ImportProblem.KIND_UNKNOWN: _l(
        "Chưa rõ loại. Ví dụ: THCS, THPT, THCS&THPT, TH&THCS, PTDTNT, GDTX; với đơn vị: Tỉnh, Sở, Xã, Phường."
    ),
    ImportProblem.GRADES_SHAPE: _l("Khối ghi dạng 6-9 hoặc 6, 7, 8, 9."),
    ImportProblem.COMMUNE_MISSING: _l("Thiếu xã, phường nơi trường đóng."),
    ImportProblem.COMMUNE_UNKNOWN: _l("Không có xã, phường “%(place)s” trong hệ thống hay trong tệp."),
    ImportProblem.AUTHORITY_UNKNOWN: _l("Chưa rõ cơ quan quản lý. Ghi “Sở” hoặc “UBND xã”, hoặc để trống."),
    ImportProblem.STATUS_UNKNOWN: _l("Trạng thái ghi: Đang hoạt động, Tạm dừng, Giải thể, hoặc để trống."),
    ImportProblem.CODE_TWICE: _l("Mã này đã có ở dòng %(first)s của tệp."),
    ImportProblem.NO_PROVINCE: _l("Chưa có tỉnh. Thêm một dòng loại Tỉnh vào tệp."),
    ImportProblem.KIND_DIFFERS: _l("Mã này đang là một loại đơn vị khác."),
}

CHANGE_NAMES: dict[str, LazyString] = {
    "added": _l("Thêm mới"),
    "changed": _l("Thay đổi"),
    "same": _l("Giữ nguyên"),
}

FIELD_NAMES: dict[str, LazyString] = {
    "name": _l("tên"),
    "kind": _l("loại hình"),
    "grades": _l("khối"),
    "status": _l("trạng thái"),
    "commune": _l("xã, phường"),
    "authority": _l("cơ quan quản lý"),
    "ministry_code": _l("mã của Bộ"),
}


class _RegistryForm(Form):
    WORDS: ClassVar[dict[str, LazyString]] = REGISTRY_WORDS


_DOCUMENT_HINT = _l("Số và ngày của quyết định hoặc nghị quyết.")
_DAY_HINT = _l("Ngày/tháng/năm, ví dụ 01/07/2026.")


class AddUnitForm(_RegistryForm):
    """A province, a commune or the department."""

    kind = SelectField(
        _l("Loại đơn vị"),
        [InputRequired(REQUIRED)],
        choices=[
            SelectChoice(str(kind), UNIT_KIND_NAMES[kind])
            for kind in (UnitKind.COMMUNE, UnitKind.DEPARTMENT, UnitKind.PROVINCE)
        ],
    )
    code = StringField(_l("Mã đơn vị"), [InputRequired(REQUIRED)], description=_l("Mã hành chính; không đổi về sau."))
    name = StringField(_l("Tên đơn vị"), [InputRequired(REQUIRED), Length(max=200)])
    valid_from = LocalDateField(_l("Có từ ngày"), [InputRequired(REQUIRED)], description=_DAY_HINT)
    document = StringField(_l("Văn bản"), [Length(max=200)], description=_DOCUMENT_HINT)


class RenameUnitForm(_RegistryForm):
    """Another name from a day on."""

    name = StringField(_l("Tên mới"), [InputRequired(REQUIRED), Length(max=200)])
    valid_from = LocalDateField(_l("Từ ngày"), [InputRequired(REQUIRED)], description=_DAY_HINT)
    document = StringField(_l("Văn bản"), [Length(max=200)], description=_DOCUMENT_HINT)


class CloseUnitForm(_RegistryForm):
    """The day from which a unit no longer exists."""

    valid_to = LocalDateField(_l("Không còn từ ngày"), [InputRequired(REQUIRED)], description=_DAY_HINT)


class PlacementForm(_RegistryForm):
    """What a deed says of a school from a day on."""

    name = StringField(_l("Tên trường"), [InputRequired(REQUIRED), Length(max=200)])
    kind = SelectField(
        _l("Loại hình"),
        [InputRequired(REQUIRED)],
        choices=[SelectChoice(str(kind), words) for kind, words in KIND_NAMES.items()],
    )
    grades = TicksField(
        _l("Các khối"), coerce=int, choices=[SelectChoice(str(grade), str(grade)) for grade in SECONDARY_GRADES]
    )
    area_unit_id = SelectField(_l("Xã, phường"), [InputRequired(REQUIRED)], coerce=int)
    authority_unit_id = SelectField(_l("Cơ quan quản lý"), [InputRequired(REQUIRED)], coerce=int)
    status = SelectField(
        _l("Trạng thái"),
        [InputRequired(REQUIRED)],
        choices=[
            SelectChoice(str(status), STATUS_NAMES[status])
            for status in (SchoolStatus.OPEN, SchoolStatus.SUSPENDED, SchoolStatus.CLOSED)
        ],
    )
    ministry_code = StringField(_l("Mã của Bộ"), [Length(max=32)])
    valid_from = LocalDateField(_l("Từ ngày"), [InputRequired(REQUIRED)], description=_DAY_HINT)
    document = StringField(_l("Văn bản"), [Length(max=200)], description=_DOCUMENT_HINT)


class AddSchoolForm(PlacementForm):
    """A new school with its first placement."""

    code = StringField(_l("Mã trường"), [InputRequired(REQUIRED)], description=_l("Không đổi về sau."))


class SchoolDeedForm(_RegistryForm):
    """Closing or reopening a school."""

    on = LocalDateField(_l("Từ ngày"), [InputRequired(REQUIRED)], description=_DAY_HINT)
    document = StringField(_l("Văn bản"), [Length(max=200)], description=_DOCUMENT_HINT)


class MergeSchoolsForm(SchoolDeedForm):
    """Which schools go into this one."""

    sources = SelectMultipleField(
        _l("Các trường sáp nhập vào"), description=_l("Các trường này đóng từ ngày đó; hồ sơ và kết quả cũ vẫn còn.")
    )


class SplitSchoolForm(SchoolDeedForm):
    """Which schools came out of this one, and whether it goes on."""

    targets = SelectMultipleField(
        _l("Các trường tách ra"), description=_l("Các trường này đã có trong danh bạ và đang hoạt động từ ngày đó.")
    )
    closes = BooleanField(_l("Trường cũ thôi hoạt động từ ngày đó"))


class SaveYearForm(_RegistryForm):
    """The dates of a school year."""

    code = StringField(_l("Năm học"), [InputRequired(REQUIRED), Length(max=9)], description=_l("Ví dụ 2026-2027."))
    starts_on = LocalDateField(_l("Khai giảng"), [InputRequired(REQUIRED)], description=_DAY_HINT)
    second_term_starts_on = LocalDateField(_l("Học kỳ II từ"), [InputRequired(REQUIRED)])
    ends_on = LocalDateField(_l("Kết thúc năm học"), [InputRequired(REQUIRED)])
    decision = StringField(_l("Quyết định"), [Length(max=200)], description=_DOCUMENT_HINT)


class UploadRegistryForm(Form):
    """A file of units and schools."""

    WORDS: ClassVar[dict[str, LazyString]] = FILE_WORDS | IMPORT_WORDS
    file = FileField(
        _l("Tệp đơn vị và trường"),
        [FileRequired(_l("Hãy chọn một tệp."))],
        description=_l("XLSX (có thể hai trang tính: đơn vị, trường) hoặc CSV; tối đa 10 MB."),
    )


class ConfirmRegistryForm(Form):
    """Yes, write it; `seen` is the fingerprint of what was shown."""

    WORDS: ClassVar[dict[str, LazyString]] = FILE_WORDS
    seen = HiddenField()
