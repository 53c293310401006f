"""Forms of imports, and the words of everything that can be wrong with a file or with one of its rows."""

from typing import ClassVar

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired

from school_safety.kit.forms import REQUIRED, Form
from school_safety.kit.i18n import LazyString, _l
from school_safety.kit.sheets import FileProblem
from school_safety.roster.readers import Dropped
from school_safety.roster.rules.accounts import EmailProblem
from school_safety.roster.rules.classes import ClassProblem
from school_safety.roster.rules.import_plan import Change
from school_safety.roster.rules.imports import RowProblem

FILE_WORDS: dict[str, LazyString] = {
    FileProblem.EMPTY: _l("Tệp không có dòng nào. Hãy chọn tệp có danh sách."),
    FileProblem.TOO_LARGE: _l("Tệp lớn hơn %(megabytes)s MB. Hãy chia nhỏ, mỗi tệp một khối lớp, rồi nhập từng tệp."),
    FileProblem.TOO_MANY_ROWS: _l("Tệp có quá %(rows)s dòng. Hãy chia nhỏ rồi nhập từng tệp."),
    FileProblem.OLD_EXCEL: _l(
        "Đây là tệp Excel đời cũ (.xls) hoặc tệp đặt mật khẩu. "
        "Hãy mở bằng Excel, bỏ mật khẩu, chọn Lưu thành .xlsx rồi tải lại."
    ),
    FileProblem.NOT_A_TABLE: _l("Không đọc được tệp này như một bảng. Hãy chọn tệp .xlsx hoặc .csv."),
    FileProblem.ENCODING: _l("Chữ trong tệp CSV không phải Unicode (UTF-8). Hãy lưu lại thành .xlsx hoặc “CSV UTF-8”."),
    "draft_gone": _l("Lần nhập này đã xong hoặc đã quá 24 giờ. Hãy tải tệp lên lại."),
    "draft_changed": _l("Danh sách của trường vừa thay đổi. Hãy xem lại bảng đối chiếu dưới đây rồi xác nhận."),
    "nothing_to_import": _l("Tệp không có dòng nào dùng được. Hãy sửa các dòng nêu dưới đây rồi tải lại."),
}

PROBLEM_WORDS: dict[str, LazyString] = {
    RowProblem.NO_HEADER: _l(
        "Không thấy dòng tiêu đề có cột Họ và tên cùng cột Ngày sinh, Lớp hoặc STT. "
        "Hãy xuất lại danh sách từ hệ thống của trường."
    ),
    RowProblem.NO_BIRTH_COLUMN: _l(
        "Danh sách không có cột Ngày sinh. Hãy xuất lại có cột này: cần nó để phân biệt học sinh trùng tên."
    ),
    RowProblem.NO_STAFF_HEADER: _l("Không thấy dòng tiêu đề có cột Họ và tên và cột Thư điện tử."),
    RowProblem.LEGACY_FONT: _l(
        "Chữ trong tệp gõ bằng bảng mã cũ %(font)s, đọc ra sẽ sai tên. "
        "Hãy chuyển mã sang Unicode (trong Unikey: Công cụ chuyển mã) rồi tải lại."
    ),
    RowProblem.NAME_MISSING: _l("Thiếu họ và tên."),
    RowProblem.NAME_SHAPE: _l("Họ và tên có chữ số hoặc quá dài."),
    RowProblem.BIRTH_DATE_SHAPE: _l("Ngày sinh không đọc được. Ghi theo dạng ngày/tháng/năm, ví dụ 08/03/2014."),
    ClassProblem.BIRTH_DATE_MISSING: _l("Thiếu ngày sinh."),
    ClassProblem.BIRTH_DATE_UNLIKELY: _l("Ngày sinh cho ra tuổi ngoài khoảng 9 đến 25. Hãy xem lại."),
    RowProblem.CLASS_MISSING: _l("Thiếu tên lớp: không có ở cột Lớp, ở dòng tiêu đề hay tên trang tính."),
    RowProblem.CLASS_SHAPE: _l("Tên lớp quá dài."),
    RowProblem.GRADE_MISSING: _l(
        "Không biết lớp này thuộc khối nào từ 6 đến 12. Tên lớp nên bắt đầu bằng khối, ví dụ 6A1."
    ),
    RowProblem.MOET_SHAPE: _l("Mã định danh không phải 10 chữ số, nên bỏ qua mã; học sinh vẫn được nhập."),
    RowProblem.MOET_PERSONAL_ID: _l(
        "Cột mã định danh ghi số định danh cá nhân 12 chữ số. Số này không được lưu; học sinh vẫn được nhập."
    ),
    RowProblem.PUPIL_TWICE: _l("Trùng với học sinh ở dòng %(first)s của tệp."),
    RowProblem.OTHER_CLASS: _l("Dòng này thuộc lớp %(class_name)s, không phải lớp đang nhập."),
    RowProblem.IN_OTHER_CLASS: _l("Học sinh đang ở lớp %(other)s. Nhờ người phụ trách của trường chuyển lớp."),
    RowProblem.CLASS_GRADE_DIFFERS: _l("Lớp %(class_name)s đã có ở một khối khác với khối ghi trong tệp."),
    RowProblem.GRADE_NOT_TAUGHT: _l("Trường không dạy khối của lớp %(class_name)s."),
    RowProblem.MOET_OTHER_PERSON: _l(
        "Mã định danh này đang thuộc một học sinh có tên và ngày sinh khác. Hãy xem lại mã."
    ),
    RowProblem.ROLE_UNKNOWN: _l(
        "Chưa rõ vai trò. Ghi cột Vai trò: giáo viên, điều phối, hiệu trưởng, cán bộ xã, chuyên viên sở."
    ),
    RowProblem.STAFF_TWICE: _l("Trùng với dòng %(first)s của tệp."),
    RowProblem.PLACE_UNKNOWN: _l("Không có trường hay đơn vị mang mã %(place)s trong phạm vi của thầy cô."),
    RowProblem.PLACE_MISSING: _l("Thiếu mã trường hoặc mã đơn vị."),
    RowProblem.CLASS_UNKNOWN: _l("Trường chưa có lớp %(class_name)s trong năm học này. Hãy nhập danh sách lớp trước."),
    RowProblem.EMAIL_OTHER_NAME: _l("Thư điện tử này đang là của một người tên khác. Hãy xem lại."),
    "role_wrong_place": _l("Vai trò này không giữ ở nơi có mã đã ghi."),
    "role_beyond_reach": _l("Thầy cô không được giao vai trò này. Hãy nhờ quản trị của tỉnh."),
    EmailProblem.MISSING: _l("Thiếu thư điện tử."),
    EmailProblem.TOO_LONG: _l("Thư điện tử quá dài."),
    EmailProblem.MALFORMED: _l("Thư điện tử sai dạng. Ví dụ đúng: ha.nguyen@truong.edu.vn."),
}

DROPPED_WORDS: dict[Dropped, LazyString] = {
    Dropped.GENDER: _l("giới tính"),
    Dropped.ETHNICITY: _l("dân tộc, tôn giáo, quốc tịch"),
    Dropped.PERSONAL_ID: _l("số định danh cá nhân"),
    Dropped.PARENTS: _l("cha mẹ, người giám hộ"),
    Dropped.ADDRESS: _l("địa chỉ, nơi sinh"),
    Dropped.CONTACT: _l("điện thoại, thư điện tử"),
    Dropped.OTHER: _l("cột khác"),
}

CHANGE_WORDS: dict[Change, LazyString] = {
    Change.ADDED: _l("Thêm mới"),
    Change.TRANSFERRED: _l("Chuyển đến từ trường khác"),
    Change.MOVED: _l("Chuyển lớp"),
    Change.CHANGED: _l("Sửa"),
    Change.SAME: _l("Giữ nguyên"),
    Change.LEFT: _l("Không còn trong tệp"),
}

FIELD_WORDS: dict[str, LazyString] = {
    "name": _l("họ tên"),
    "birth_date": _l("ngày sinh"),
    "number": _l("số thứ tự"),
    "code": _l("mã định danh"),
}

STAFF_CHANGE_WORDS: dict[str, LazyString] = {
    "added": _l("Thêm người"),
    "role_added": _l("Giao thêm vai trò"),
    "classes_added": _l("Phân công lớp"),
    "same": _l("Giữ nguyên"),
}


class UploadClassListForm(Form):
    """A class list and the school year it is for."""

    WORDS: ClassVar[dict[str, LazyString]] = FILE_WORDS | PROBLEM_WORDS
    year = SelectField(_l("Năm học"), [InputRequired(REQUIRED)])
    file = FileField(
        _l("Tệp danh sách lớp"),
        [FileRequired(_l("Hãy chọn một tệp."))],
        description=_l("XLSX hoặc CSV, như hệ thống của trường xuất ra; tối đa 10 MB. Không cần xoá cột nào."),
    )


class UploadStaffForm(Form):
    """A staff list."""

    WORDS: ClassVar[dict[str, LazyString]] = FILE_WORDS | PROBLEM_WORDS
    file = FileField(
        _l("Tệp danh sách thầy cô"),
        [FileRequired(_l("Hãy chọn một tệp."))],
        description=_l("XLSX hoặc CSV; tối đa 10 MB."),
    )


class ConfirmImportForm(Form):
    """Yes, write it; `seen` is the fingerprint of what was shown."""

    WORDS: ClassVar[dict[str, LazyString]] = FILE_WORDS
    seen = HiddenField()
    end_missing = BooleanField(_l("Cho những học sinh không còn trong tệp rời lớp từ hôm nay"))
