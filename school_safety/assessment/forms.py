"""Shapes of input about assessments, and the words for what may be wrong."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from wtforms import (  # type: ignore[attr-defined]  # older stubs
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange

from school_safety.assessment.models import ItemState
from school_safety.assessment.rules import MOST_ITEMS, MOST_POINTS, ProblemCode, Purpose, State, Text, Use
from school_safety.kit.forms import REQUIRED, Form, LocalDateField
from school_safety.kit.i18n import LazyString, _l, local

PURPOSE_WORDS: dict[Purpose, LazyString] = {
    Purpose.PRACTICE: _l("Bài luyện tập"),
    Purpose.GRADED: _l("Bài lấy điểm"),
    Purpose.PRE: _l("Đo trước khi học"),
    Purpose.POST: _l("Đo sau khi học"),
    Purpose.DELAYED: _l("Đo lại sau vài tuần"),
    Purpose.BOOSTER: _l("Bài ôn nhắc lại"),
}
"""What an assessment is given for."""

USE_WORDS: dict[Use, LazyString] = {
    Use.PRACTICE: _l("Câu luyện tập"),
    Use.FORM_A: _l("Đề A"),
    Use.FORM_B: _l("Đề B"),
    Use.ANCHOR: _l("Câu neo, có trong cả hai đề"),
    Use.BOOSTER: _l("Câu ôn nhắc lại"),
}
"""What an item of the bank is meant for."""

STATE_WORDS: dict[State, LazyString] = {
    State.RIGHT: _l("Đúng"),
    State.PARTIAL: _l("Đúng một phần"),
    State.WRONG: _l("Chưa đúng"),
    State.GAVEUP: _l("Chưa trả lời"),
    State.UNMARKED: _l("Chờ thầy cô chấm"),
}
"""The word for a judged answer, as in tables and files."""

PROBLEM_WORDS: dict[ProblemCode, LazyString] = {
    ProblemCode.MISSING_FIELD: _l("Thiếu mục này."),
    ProblemCode.UNKNOWN_FIELD: _l("Mục này không có trong loại câu hỏi này; có thể gõ sai tên."),
    ProblemCode.WRONG_SHAPE: _l("Giá trị không đúng kiểu."),
    ProblemCode.MISSING_LANGUAGE: _l("Thiếu chữ ở một ngôn ngữ."),
    ProblemCode.NOT_NFC: _l("Chữ chưa ở dạng Unicode dựng sẵn (NFC)."),
    ProblemCode.BAD_ID: _l("Mã chỉ gồm chữ không dấu, số và dấu gạch dưới."),
    ProblemCode.DUPLICATE_ID: _l("Mã này đã dùng trong câu hỏi."),
    ProblemCode.UNKNOWN_ID: _l("Mã này không có trong câu hỏi."),
    ProblemCode.TOO_FEW_PARTS: _l("Quá ít phần."),
    ProblemCode.TOO_MANY_PARTS: _l("Quá nhiều phần."),
    ProblemCode.BAD_WEIGHT: _l("Trọng số nằm ngoài khoảng cho phép."),
    ProblemCode.KEY_AND_WEIGHT: _l("Chỉ ghi key hoặc weight, không ghi cả hai."),
    ProblemCode.NOT_ONE_KEY: _l("Phải có đúng một đáp án đáng giá 1."),
    ProblemCode.NO_KEY: _l("Chưa có đáp án đúng nào."),
    ProblemCode.NO_DISTRACTOR: _l("Chưa có lựa chọn sai nào."),
    ProblemCode.WEIGHTS_NOT_ONE: _l("Các trọng số phải cộng lại bằng 1."),
    ProblemCode.NO_FEEDBACK: _l("Lựa chọn sai phải có lời giải thích."),
    ProblemCode.MISCONCEPTION_ON_KEY: _l("Đáp án đúng không thể mang một hiểu lầm."),
    ProblemCode.BAD_BOUNDS: _l("Với các giá trị này không ai có thể được điểm."),
    ProblemCode.UNKNOWN_MODE: _l("Không có cách chấm này."),
    ProblemCode.TOO_FEW_OF_A_KIND: _l("Cần ít nhất 3 bài thật và 3 bài không thật."),
    ProblemCode.UNBALANCED: _l("Số bài thật phải chiếm từ 40 đến 60 phần trăm."),
    ProblemCode.BAD_DATE: _l("Ngày phải ghi theo dạng năm-tháng-ngày."),
    ProblemCode.FLAGS_AND_VERDICT: _l("Tin lừa đảo phải có ít nhất một dấu hiệu, tin thật thì không có dấu hiệu nào."),
    ProblemCode.END_OR_CHOICES: _l("Mỗi chặng phải có lựa chọn hoặc là đoạn kết, và chỉ một trong hai."),
    ProblemCode.CYCLE: _l("Câu chuyện quay vòng: từ chặng này có đường trở lại chính nó."),
    ProblemCode.UNREACHABLE: _l("Không có đường nào từ đầu câu chuyện đến chặng này."),
    ProblemCode.TOO_MANY_STEPS: _l("Đường dài nhất của câu chuyện có nhiều nhất 12 bước chọn."),
    ProblemCode.NOTHING_UNSAFE: _l(
        "Phải có lựa chọn an toàn, lựa chọn chưa an toàn và ít nhất một mục cần chỉnh lúc đầu."
    ),
    ProblemCode.WRONG_PAGES: _l("Phải có đúng một trang gốc và ít nhất một trang độc lập."),
    ProblemCode.EVIDENCE_PLACE: _l("Câu làm bằng chứng phải nằm ở trang độc lập hoặc trang liên quan."),
    ProblemCode.BAD_LEVELS: _l("Điểm của các mức là số nguyên tăng dần, bắt đầu từ 0, nhiều nhất 20."),
    ProblemCode.GAP_MISMATCH: _l("Mỗi chỗ trống phải có đúng một lần trong đoạn văn, ở cả hai ngôn ngữ."),
    ProblemCode.EMPTY_PATTERN: _l("Mẫu câu trả lời phải có chữ, không chỉ có dấu *."),
    ProblemCode.BAD_WORDS: _l("Số từ ít nhất và nhiều nhất phải là số nguyên từ 1 đến 1.000, theo thứ tự."),
    ProblemCode.OPEN_AND_OPTIONS: _l("Phải ghi options hoặc open: true, và chỉ một trong hai."),
    ProblemCode.DENIED_NAME: _l("Tên thật “%(name)s” không được dùng trong ví dụ mô phỏng; hãy bịa một tên."),
    ProblemCode.DENIED_NUMBER: _l("Số %(name)s có thể gọi được; hãy che bớt số, ví dụ 09xx xxx xxx."),
    ProblemCode.UNUSED_OPTION: _l("Không phần nào thuộc mục này; hãy bỏ mục này hoặc thêm một phần thuộc về nó."),
    ProblemCode.LONGEST_KEY: _l(
        "Đáp án đúng là lựa chọn dài nhất ở %(found)s trên %(limit)s câu của bài, dễ đoán. "
        "Hãy viết đáp án gọn lại, hoặc một lựa chọn sai dài hơn."
    ),
    ProblemCode.KEY_SAME_PLACE: _l(
        "Ở mọi câu của bài, đáp án đúng đều đứng ở vị trí thứ %(place)s. Hãy chuyển đáp án của câu này sang chỗ khác."
    ),
    ProblemCode.SET_UNBALANCED: _l(
        "Thêm câu này thì %(found)s trên %(limit)s câu đúng/sai của bài là đúng; phải từ 40%% đến 60%%. "
        "Hãy viết một câu theo chiều ngược lại."
    ),
    ProblemCode.MESSAGES_UNBALANCED: _l(
        "Thêm câu này thì %(found)s trên %(limit)s tin nhắn của bài là tin thật; phải từ 40%% đến 60%%. "
        "Hãy viết một tin theo chiều ngược lại."
    ),
}
"""What is wrong with the content of an item, for whoever writes it."""

COMPOSING_WORDS: dict[str, LazyString] = {
    "no_items": _l("Bài chưa có câu hỏi nào. Hãy thêm ít nhất một câu rồi công bố."),
    "too_many_items": _l("Một bài có nhiều nhất %(most)s câu. Hãy bỏ bớt câu.", most=MOST_ITEMS),
    "bad_points": _l("Điểm mỗi câu là số nguyên từ 1 đến %(most)s.", most=MOST_POINTS),
    "pool_gives_all": _l("Nhóm rút phải cho ít nhất một câu và ít hơn số câu của nhóm. Hãy sửa số câu em nhận."),
    "pool_of_unequal_points": _l("Các câu trong một nhóm rút phải bằng điểm nhau, để em nào cũng có cùng điểm tối đa."),
    "survey_in_pool": _l("Câu khảo sát phải hỏi mọi em như nhau. Hãy đưa câu đó ra khỏi nhóm rút."),
    "survey_in_graded": _l(
        "Bài lấy điểm không có câu khảo sát: em chỉ nói thật khi không bị chấm. "
        "Hãy bỏ câu đó hoặc đổi mục đích của bài."
    ),
    "same_item_twice": _l("Một câu đang có mặt hai lần. Hãy bỏ một lần."),
    "unknown_item": _l("Có câu hỏi không còn trong ngân hàng. Hãy tải lại trang."),
    "changed_meanwhile": _l("Bài này vừa được sửa ở nơi khác. Hãy tải lại trang để xem bản mới rồi sửa tiếp."),
    "no_single_school": _l(
        "Thầy cô thuộc nhiều trường nên chưa rõ đề này của trường nào. Hãy nhờ điều phối viên của trường tạo đề."
    ),
    "nothing_to_publish": _l("Không có thay đổi nào chờ công bố."),
    "unsound_item": _l("Câu %(item)s chưa đúng cách viết của loại câu hỏi."),
    "item_of_another_lesson": _l("Mã câu %(item)s đã thuộc một bài học khác."),
    "bad_answer": _l("Câu trả lời không khớp với câu hỏi. Hãy tải lại trang rồi trả lời lại."),
}


class AssessmentForm(Form):
    """The head of an assessment; its items are beside it in the same page."""

    WORDS: ClassVar[dict[str, LazyString]] = COMPOSING_WORDS

    title_vi = StringField(_l("Tên bài"), validators=[DataRequired(REQUIRED), Length(max=150)])
    title_en = StringField(
        _l("Tên bài bằng tiếng Anh"),
        description=_l("Để trống thì dùng tên tiếng Việt."),
        validators=[Length(max=150)],
    )
    purpose = SelectField(
        _l("Dùng để"), choices=[SelectChoice(str(purpose), words) for purpose, words in PURPOSE_WORDS.items()]
    )
    seen = HiddenField()

    @property
    def title(self) -> dict[str, str]:
        """The title in both languages."""
        vietnamese = self.title_vi.data or ""
        return {"vi": vietnamese, "en": self.title_en.data or vietnamese}


class NewAssessmentForm(AssessmentForm):
    """The head of a new assessment, with the lesson that it belongs to."""

    lesson_code = SelectField(_l("Theo bài học"), description=_l("Câu hỏi của bài này sẽ hiện ra trước."))

    def offer(self, lessons: Mapping[str, Text | None]) -> None:
        """Let the author choose one of these lessons (titles by code), or none."""
        none = SelectChoice("", _l("Không theo bài nào"))
        known = (SelectChoice(code, f"{code} {local(title)}".strip()) for code, title in lessons.items())
        self.lesson_code.choices = [none, *known]


STATE_NAMES: dict[ItemState, LazyString] = {
    ItemState.PUBLISHED: _l("Đang dùng"),
    ItemState.DRAFT: _l("Đang viết"),
    ItemState.REVIEWED: _l("Đã rà soát"),
    ItemState.RETIRED: _l("Đã thôi dùng"),
}
"""Where a revision of an item stands."""

WRITING_WORDS: dict[str, LazyString] = {
    "unsound_item": _l("Câu hỏi chưa đủ để rà soát. Hãy sửa những chỗ được đánh dấu bên dưới."),
    "unknown_idea": _l("Có hiểu lầm không còn trong bài học. Hãy chọn lại hiểu lầm."),
    "own_work": _l("Câu này do chính người rà soát viết. Hãy nhờ một biên tập viên khác xem."),
    "not_reviewed": _l("Câu này chưa có người thứ hai rà soát nên chưa đưa vào ngân hàng được."),
    "not_in_use": _l("Câu này không còn trong ngân hàng."),
    "changed_meanwhile": _l("Câu này vừa được sửa ở nơi khác. Hãy tải lại trang để xem bản mới rồi làm tiếp."),
    "return_own_work": _l("Bản nháp này do chính người rà soát viết nên không cần trả lại: cứ sửa tiếp."),
    "note_missing": _l("Hãy ghi cần sửa gì, để người viết biết phải làm gì."),
}


class ItemForm(Form):
    """The head of an item; its content is described by its type."""

    WORDS: ClassVar[dict[str, LazyString]] = WRITING_WORDS

    objective = SelectField(_l("Đo mục tiêu"))
    use = SelectField(_l("Dùng cho"), choices=[SelectChoice(str(use), words) for use, words in USE_WORDS.items()])
    points = IntegerField(_l("Điểm"), default=1, validators=[DataRequired(REQUIRED), NumberRange(1, MOST_POINTS)])
    seen = HiddenField()

    def offer(self, objectives: Iterable[tuple[str, Text]]) -> None:
        """Let the author choose one of the lesson's objectives."""
        self.objective.choices = [SelectChoice(name, f"{name}. {local(text)}") for name, text in objectives]


MOST_NOTE = 1000


class ReturnForm(Form):
    """Why a draft is sent back to its author."""

    WORDS: ClassVar[dict[str, LazyString]] = WRITING_WORDS

    note = TextAreaField(
        _l("Cần sửa gì"),
        validators=[
            DataRequired(WRITING_WORDS["note_missing"]),
            Length(max=MOST_NOTE, message=_l("Ghi chú dài quá 1.000 ký tự. Hãy viết gọn hơn.")),
        ],
        description=_l("Người viết thấy ghi chú này ở bản nháp và trong mục Rà soát."),
    )
    seen = HiddenField()


class ReviewDueForm(Form):
    """The day by which somebody looks at an item again."""

    WORDS: ClassVar[dict[str, LazyString]] = WRITING_WORDS

    review_due = LocalDateField(_l("Rà soát lại trước ngày"), validators=[DataRequired(REQUIRED)])
    seen = HiddenField()
