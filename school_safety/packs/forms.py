"""The words for what `flask lessons check` finds, and the forms of what a school hands out."""

from typing import Any, ClassVar

import wtforms
from wtforms import FileField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from school_safety.assessment.forms import PROBLEM_WORDS
from school_safety.kit.files import FileProblem
from school_safety.kit.forms import REQUIRED, Form, TicksField
from school_safety.kit.i18n import LazyString, _l
from school_safety.packs.rules import (
    COPIED,
    LANGUAGES,
    LINK_DAYS,
    FileFormat,
    Finding,
    FindingCode,
    OutreachChannel,
    Partner,
    PrintPart,
)

FINDING_WORDS: dict[FindingCode, LazyString] = {
    FindingCode.MISSING_FILE: _l("Thiếu tệp này trong gói bài học."),
    FindingCode.UNEXPECTED_FILE: _l("Tệp này không thuộc gói bài học; hãy bỏ đi hoặc chuyển vào media/."),
    FindingCode.NOT_UTF8: _l("Tệp không ở dạng UTF-8; hãy lưu lại với bảng mã UTF-8."),
    FindingCode.BAD_YAML: _l("Không đọc được YAML: %(reason)s."),
    FindingCode.DUPLICATE_KEY: _l("Mục “%(reason)s” được ghi hai lần."),
    FindingCode.MISSING_FIELD: _l("Thiếu mục “%(name)s”."),
    FindingCode.UNKNOWN_FIELD: _l("Mục “%(name)s” không có trong cấu trúc; có thể gõ sai tên."),
    FindingCode.WRONG_SHAPE: _l("Mục “%(name)s” không đúng kiểu: %(reason)s."),
    FindingCode.MISSING_LANGUAGE: _l("Thiếu chữ ở một ngôn ngữ: phải có cả vi và en."),
    FindingCode.NOT_NFC: _l("Chữ chưa ở dạng Unicode dựng sẵn (NFC); hãy gõ lại hoặc chuyển mã dòng này."),
    FindingCode.UNWRITTEN: _l("Dòng này chưa viết: hãy thay chữ trong ngoặc."),
    FindingCode.WRONG_FOLDER: _l("Bài học này phải nằm trong thư mục %(expected)s."),
    FindingCode.CODE_MISMATCH: _l("Mã bài không khớp với mạch nội dung hoặc khối lớp."),
    FindingCode.FOREIGN_ELEMENTS: _l("Chưa có yếu tố nội dung nào thuộc mạch của bài."),
    FindingCode.MINUTES_SUM: _l("Các hoạt động cộng lại %(found)s phút, bài ghi %(limit)s phút."),
    FindingCode.FLOW_PHASES: _l("Tiến trình phải gồm bốn hoạt động theo thứ tự opening, explore, practise, apply."),
    FindingCode.DUPLICATE_ID: _l("Mã này đã được dùng."),
    FindingCode.UNKNOWN_OBJECTIVE: _l("Không có mục tiêu %(name)s trong lesson.yaml."),
    FindingCode.OBJECTIVE_TESTED_ONCE: _l("Mục tiêu %(name)s mới có %(found)s câu hỏi; cần ít nhất 2."),
    FindingCode.UNKNOWN_MISCONCEPTION: _l("Không có hiểu lầm %(name)s trong lesson.yaml."),
    FindingCode.UNUSED_MISCONCEPTION: _l("Chưa có lựa chọn sai nào ứng với hiểu lầm %(name)s."),
    FindingCode.UNUSED_OPTION: _l("Không mẩu nào thuộc nhóm %(name)s; hãy bỏ nhóm hoặc thêm mẩu."),
    FindingCode.UNKNOWN_CONTACT: _l("Không có liên hệ %(name)s trong config/contacts.toml."),
    FindingCode.UNCONFIRMED_CONTACT: _l("Liên hệ %(name)s chưa được xác nhận hoặc đã được thay."),
    FindingCode.STALE_CONTACT: _l("Liên hệ %(name)s đã %(days)s ngày chưa ai kiểm tra lại (quá 180 ngày)."),
    FindingCode.STALE_REVIEW: _l("Bài đã %(days)s ngày chưa được rà soát (quá 180 ngày)."),
    FindingCode.REVIEW_OVERDUE: _l("Đã quá hạn rà soát lại bài."),
    FindingCode.REVIEW_DATES: _l("Hạn rà soát phải sau ngày rà soát."),
    FindingCode.MISSING_MEDIA: _l("Hình %(name)s chưa có tệp hoặc chưa được ghi trong lesson.yaml."),
    FindingCode.UNLISTED_MEDIA: _l("Hình này chưa được ghi cùng lời thay thế trong lesson.yaml."),
    FindingCode.BAD_MEDIA: _l("Nội dung tệp không phải là hình SVG hoặc PNG đúng như tên tệp."),
    FindingCode.UNSAFE_MEDIA: _l("Hình có mã lệnh, khai báo hoặc liên kết ra ngoài."),
    FindingCode.RAW_HTML: _l("Không viết HTML trong bài; hãy dùng Markdown."),
    FindingCode.REMOTE_LINK: _l("Không dẫn ra ngoài (%(name)s); địa chỉ cần thiết ghi trong config/contacts.toml."),
    FindingCode.UNKNOWN_BOX: _l("Khung ::: không rõ tên hoặc chưa đóng; có lead, remember, think, answer."),
    FindingCode.EMPTY_TEXT: _l("Tệp chưa có chữ nào."),
    FindingCode.TOO_SHORT: _l("Mới có %(found)s, cần ít nhất %(limit)s."),
    FindingCode.TOO_LONG: _l("Có %(found)s, nhiều nhất là %(limit)s."),
    FindingCode.LONG_SENTENCES: _l("Câu dài trung bình %(found)s tiếng, nhiều nhất là %(limit)s."),
    FindingCode.TRANSLATION_LENGTH: _l("Bản tiếng Anh %(en)s từ so với %(vi)s tiếng: có thể thiếu hoặc thừa đoạn."),
    FindingCode.SPOKEN_DIGITS: _l("Lời phát thanh phải viết số bằng chữ để người đọc không vấp."),
    FindingCode.SPOKEN_LINK: _l("Lời phát thanh không đọc đường dẫn."),
    FindingCode.SMS_DIACRITIC: _l("Tin nhắn SMS tiếng Việt phải viết không dấu."),
    FindingCode.SMS_PARTS: _l("Tin nhắn dài %(found)s ký tự, quá một tin SMS."),
    FindingCode.DENIED_NAME: _l("Tên thật “%(name)s” không được dùng trong ví dụ mô phỏng; hãy bịa một tên."),
    FindingCode.DENIED_NUMBER: _l("Số %(name)s có thể gọi được; hãy che bớt số, ví dụ 09xx xxx xxx."),
    FindingCode.UNKNOWN_TYPE: _l("Chưa có loại câu hỏi %(name)s."),
    FindingCode.ITEM_CODE: _l("Mã câu hỏi phải bắt đầu bằng mã bài: %(expected)s."),
    FindingCode.TOO_FEW_ITEMS: _l("Mới có %(found)s câu %(name)s, cần ít nhất %(limit)s."),
    FindingCode.TOO_FEW_TYPES: _l("Mới có %(found)s loại câu hỏi, cần ít nhất %(limit)s."),
    FindingCode.FORM_WITHOUT_SET: _l("Đề %(name)s cần ít nhất một câu headlines hoặc đúng/sai."),
    FindingCode.LONGEST_KEY: _l("Đáp án đúng là lựa chọn dài nhất ở %(found)s trên %(limit)s câu (bản %(name)s)."),
    FindingCode.KEY_SAME_PLACE: _l("Đáp án đúng luôn ở vị trí thứ %(place)s."),
    FindingCode.SET_UNBALANCED: _l("%(found)s trên %(limit)s câu đúng/sai là đúng; phải từ 40%% đến 60%%."),
    FindingCode.MESSAGES_UNBALANCED: _l("%(found)s trên %(limit)s tin nhắn là tin thật; phải từ 40%% đến 60%%."),
}


DRAFT_WORDS: dict[str, LazyString] = {
    **{str(code): words for code, words in PROBLEM_WORDS.items()},
    **{str(code): words for code, words in FINDING_WORDS.items()},
    FindingCode.MISSING_FIELD: _l("Hãy điền mục này."),
    FindingCode.WRONG_SHAPE: _l("Còn trống, quá ít hay quá nhiều, hoặc chưa đúng dạng."),
    FindingCode.MISSING_LANGUAGE: _l("Hãy viết cả tiếng Việt và tiếng Anh."),
    FindingCode.EMPTY_TEXT: _l("Chưa có chữ nào."),
    FindingCode.CODE_MISMATCH: _l("Mã bài không khớp với mạch nội dung hoặc khối lớp."),
    FindingCode.UNKNOWN_CONTACT: _l("Không có nơi giúp đỡ %(name)s trong danh bạ."),
    FindingCode.UNUSED_MISCONCEPTION: _l("Chưa có lựa chọn sai nào của câu hỏi ứng với hiểu lầm %(name)s."),
    FindingCode.UNKNOWN_OBJECTIVE: _l("Câu hỏi đo mục tiêu %(name)s, nhưng bài không có mục tiêu này."),
    FindingCode.UNKNOWN_MISCONCEPTION: _l("Câu hỏi nêu hiểu lầm %(name)s, nhưng bài không có hiểu lầm này."),
    FindingCode.MISSING_MEDIA: _l("Bài nhắc đến hình %(name)s nhưng chưa có hình này ở phần Hình."),
    FindingCode.REMOTE_LINK: _l("Không dẫn ra ngoài (%(name)s); nơi giúp đỡ chọn ở phần Nguồn và nơi giúp đỡ."),
    FindingCode.RAW_HTML: _l("Không viết HTML trong bài; hãy dùng Markdown."),
}
"""The words for findings where a lesson is written in the web: they name parts where the checker names files."""


def words_of(finding: Finding) -> str:
    """What a finding says, in the language of the reader."""
    own = next((code for code in FINDING_WORDS if code == finding.code and _fits(code, finding)), None)
    if own is not None:
        words = str(FINDING_WORDS[own])
        return words % finding.params if finding.params else words
    return str(next(words for code, words in PROBLEM_WORDS.items() if code == finding.code))


def _fits(code: FindingCode, finding: Finding) -> bool:
    """Item types report some of the same codes without our numbers: then their words are used."""
    return bool(finding.params) or "%(" not in str(FINDING_WORDS[code])


# ---- Outreach kits ----

CHANNEL_NAMES: dict[OutreachChannel, LazyString] = {
    OutreachChannel.FAMILY: _l("Lời nhắn gia đình"),
    OutreachChannel.LEAFLET: _l("Tờ gấp"),
    OutreachChannel.LOUDSPEAKER: _l("Lời phát thanh"),
    OutreachChannel.LED: _l("Bảng điện tử"),
    OutreachChannel.ZALO: _l("Tin nhóm Zalo"),
    OutreachChannel.SMS: _l("Tin SMS"),
    OutreachChannel.EMAIL: _l("Thư điện tử"),
}

PARTNER_NAMES: dict[Partner, LazyString] = {
    Partner.COMMUNE_RADIO: _l("Đài truyền thanh xã, phường"),
    Partner.COMMUNITY_TEAM: _l("Tổ công nghệ số cộng đồng"),
    Partner.YOUTH_UNION: _l("Đoàn thanh niên"),
    Partner.WOMEN_UNION: _l("Hội Phụ nữ"),
    Partner.PARENTS: _l("Ban đại diện cha mẹ học sinh"),
    Partner.PRESS: _l("Báo, đài"),
    Partner.OTHER: _l("Đơn vị khác"),
}


def _choice(value: object, label: LazyString | str) -> Any:
    made: Any = wtforms.SelectChoice(value, label)  # type: ignore[attr-defined]  # newer than its stubs
    return made


PART_NAMES: dict[PrintPart, LazyString] = {
    PrintPart.PLAN: _l("Kế hoạch bài dạy (Công văn 5512)"),
    PrintPart.NOTES: _l("Ghi chú cho thầy cô"),
    PrintPart.HANDOUT: _l("Phiếu học sinh: bài đọc, từ cần nhớ, chỗ viết"),
    PrintPart.PICTURES: _l("Hình và tờ in, mỗi hình một trang"),
    PrintPart.QUIZ: _l("Bài luyện tập trên giấy, không có đáp án"),
    PrintPart.KEYS: _l("Đáp án, dành cho thầy cô"),
    PrintPart.LEAFLET: _l("Tờ gấp gửi gia đình"),
}


class PrintLessonForm(Form):
    """Which parts of a lesson to print into one file; all of them to begin with."""

    WORDS: ClassVar[dict[str, LazyString]] = {"nothing_to_print": _l("Hãy đánh dấu ít nhất một phần.")}

    parts = TicksField(_l("Các phần cần in"), validate_choice=False)
    text = SelectField(
        _l("Ngôn ngữ của tệp"), choices=[_choice("vi", _l("Tiếng Việt")), _choice("en", _l("Tiếng Anh"))]
    )


class OutreachFileForm(Form):
    """Which file of a kit, in which language of its text."""

    channel = SelectField(choices=[_choice(channel.value, CHANNEL_NAMES[channel]) for channel in OutreachChannel])
    format = SelectField(choices=[_choice(one.value, one.value) for one in FileFormat])
    text = SelectField(choices=[_choice(one, one) for one in LANGUAGES])


class OutreachCopyForm(Form):
    """Which text of a kit was copied, in which language."""

    channel = SelectField(choices=[_choice(channel.value, CHANNEL_NAMES[channel]) for channel in COPIED])
    text = SelectField(choices=[_choice(one, one) for one in LANGUAGES])


class OutreachLinkForm(Form):
    """For whom a public link is, and for how long it opens."""

    WORDS: ClassVar[dict[str, LazyString]] = {"days_foreign": _l("Hãy chọn một trong các thời hạn.")}

    partner = SelectField(
        _l("Đơn vị nhận"),
        choices=[_choice(partner.value, PARTNER_NAMES[partner]) for partner in Partner],
        validators=[InputRequired(REQUIRED)],
        description=_l("Chỉ ghi loại đơn vị, không ghi tên người."),
    )
    days = SelectField(
        _l("Mở trong"),
        coerce=int,
        choices=[_choice(days, _l("%(days)s ngày", days=days)) for days in LINK_DAYS],
        default=LINK_DAYS[1],
        validators=[AnyOf(LINK_DAYS)],
    )


# ---- Lessons written in the web ----

MOST_NOTE = 1000

LESSON_WRITING_WORDS: dict[str, LazyString] = {
    "changed_meanwhile": _l(
        "Chưa lưu: phần này vừa được người khác sửa. Những gì bạn viết còn nguyên bên dưới. "
        "Hãy mở bản nháp hiện nay ở một trang khác, chép phần cần giữ sang rồi lưu ở đó."
    ),
    "nothing_open": _l("Bản nháp này không còn: đã ban hành hoặc đã bỏ."),
    "has_errors": _l("Bản nháp còn chỗ phải sửa. Hãy sửa hết những chỗ được nêu rồi làm lại."),
    "open_already": _l("Bài này đang có một bản nháp. Hãy viết tiếp bản đó."),
    "code_taken": _l("Đã có bài mang mã này. Hãy chọn số khác."),
    "bad_code": _l("Mã bài gồm OS hoặc ML, khối lớp 06 đến 12 và số thứ tự, ví dụ OS-07-03."),
    "own_work": _l("Bản nháp này do chính bạn viết. Hãy nhờ một biên tập viên khác xem."),
    "not_proposed": _l("Bản nháp này chưa được gửi rà soát, hoặc vừa được sửa tiếp."),
    "proposed_already": _l("Bản nháp này đã được gửi rà soát rồi."),
    "not_reviewed": _l("Chưa có người thứ hai đồng ý nên chưa ban hành được."),
    "overtaken": _l(
        "Một bản khác của bài đã có hiệu lực sau khi bản nháp này được lưu. Hãy xem bản đó, rồi lưu lại bản nháp."
    ),
    "version_not_raised": _l(
        "Bản %(version)s đang có hiệu lực. Hãy ghi số bản cao hơn ở phần “Số bản, khối lớp, thời lượng”."
    ),
    "not_in_force": _l("Bài này không còn trong thư viện."),
    "note_missing": _l("Hãy ghi cần sửa gì, để người viết biết phải làm gì."),
    "picture_unsafe": _l(
        "Hình có mã lệnh, khai báo hoặc liên kết ra ngoài. Hãy xuất lại từ phần mềm vẽ, chọn “SVG thường”."
    ),
    "picture_kind": _l("Chỉ nhận hình SVG hoặc PNG. Hãy lưu lại hình ở một trong hai dạng này."),
    FileProblem.EMPTY: _l("Hãy chọn một tệp hình."),
    FileProblem.TOO_LARGE: _l("Tệp quá lớn. Hình SVG nhiều nhất 500 KB, hình PNG nhiều nhất 10 MB."),
    FileProblem.KIND_NOT_ALLOWED: _l("Chỉ nhận hình SVG hoặc PNG. Hãy lưu lại hình ở một trong hai dạng này."),
    FileProblem.BROKEN: _l("Không mở được hình này. Hãy lưu lại rồi tải lên lần nữa."),
    FileProblem.TOO_MANY_PIXELS: _l("Hình quá nhiều điểm ảnh. Hãy thu nhỏ rồi tải lên lại."),
}


class LessonPartForm(Form):
    """The frame of a part of a lesson; its fields are described by `packs.rules.parts`."""

    WORDS: ClassVar[dict[str, LazyString]] = LESSON_WRITING_WORDS

    seen = HiddenField()


class NewLessonForm(Form):
    """The code and the name of a lesson that somebody begins."""

    WORDS: ClassVar[dict[str, LazyString]] = LESSON_WRITING_WORDS

    code = StringField(
        _l("Mã bài"),
        description=_l(
            "OS là an toàn trên mạng, ML là đọc tin và tư duy phản biện; tiếp theo là khối lớp và số thứ tự."
        ),
        validators=[DataRequired(REQUIRED), Length(max=20)],
    )
    title_vi = StringField(_l("Tên bài"), validators=[DataRequired(REQUIRED), Length(max=200)])
    title_en = StringField(_l("Tên bài bằng tiếng Anh"), validators=[DataRequired(REQUIRED), Length(max=200)])


class ReturnLessonForm(Form):
    """Why a draft goes back to who wrote it."""

    WORDS: ClassVar[dict[str, LazyString]] = LESSON_WRITING_WORDS

    note = TextAreaField(
        _l("Cần sửa gì"),
        validators=[DataRequired(LESSON_WRITING_WORDS["note_missing"]), Length(max=MOST_NOTE)],
        description=_l("Người viết thấy ghi chú này ở bản nháp và trong danh sách rà soát."),
    )
    seen = HiddenField()


class PictureForm(Form):
    """A picture for a lesson, with the words that stand for it."""

    WORDS: ClassVar[dict[str, LazyString]] = LESSON_WRITING_WORDS

    picture = FileField(_l("Tệp hình"), description=_l("SVG hoặc PNG, do mình vẽ hoặc được phép dùng."))
    alt_vi = TextAreaField(_l("Lời thay hình"), validators=[DataRequired(REQUIRED), Length(max=1000)])
    alt_en = TextAreaField(_l("Lời thay hình bằng tiếng Anh"), validators=[DataRequired(REQUIRED), Length(max=1000)])
    seen = HiddenField()
