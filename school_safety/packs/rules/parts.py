"""The parts in which a lesson is written in the web, and the fields of each."""

from enum import StrEnum
from typing import TypeAlias

from school_safety.assessment.rules.authoring import (
    Day,
    Description,
    Field,
    Group,
    Line,
    Listed,
    Number,
    Parts,
    Pick,
    Picture,
    Ticks,
    Words,
    said,
)
from school_safety.curriculum.rules import SECONDARY_GRADES
from school_safety.packs.rules.lesson import PHASES
from school_safety.packs.rules.values import Text

Choices: TypeAlias = tuple[tuple[str, Text], ...]


class LessonPart(StrEnum):
    """A page of the editor."""

    NAME = "name"
    FACTS = "facts"
    OBJECTIVES = "objectives"
    MISCONCEPTIONS = "misconceptions"
    VOCABULARY = "vocabulary"
    FLOW = "flow"
    READING = "reading"
    TEACHER = "teacher"
    OUTREACH = "outreach"
    SOURCES = "sources"
    MEDIA = "media"


ELEMENT_LABELS = (
    ("a", said("(a) Nguy cơ trên mạng", "(a) Online risks")),
    ("b", said("(b) Kỹ năng tự bảo vệ", "(b) Protecting oneself")),
    ("c", said("(c) Kỹ năng đọc tin", "(c) Reading news")),
    ("d", said("(d) Tư duy phản biện", "(d) Critical thinking")),
)
SENSITIVITIES: tuple[tuple[str | bool, Text], ...] = (
    ("none", said("Không có nội dung nhạy cảm", "Nothing sensitive")),
    ("teacher_prep", said("Thầy cô đọc kỹ ghi chú trước khi dạy", "Teachers read the notes before the lesson")),
    ("counsellor", said("Báo trước cho tổ tư vấn học đường", "Tell the school counsellors beforehand")),
)
PHASE_LABELS = {
    "opening": said("Mở đầu", "Opening"),
    "explore": said("Hình thành kiến thức", "Building knowledge"),
    "practise": said("Luyện tập", "Practice"),
    "apply": said("Vận dụng và tổng kết", "Application and summary"),
}
_MARKDOWN = said(
    "Viết bằng Markdown: ## mở đầu một mục, - một ý, **chữ đậm**, ![lời thay hình](media/tên-tệp), khung ::: remember.",
    "Written in Markdown: ## begins a section, - an item, **bold**, ![words](media/file), a ::: remember box.",
)
_MOST_FACTS = 30


def _text(name: str, vi: str, en: str, *, long: bool = True, hint: Text | None = None, tall: bool = False) -> Words:
    return Words(name, said(vi, en), hint=hint, required=True, long=long, tall=tall)


_NAME = (_text("title", "Tên bài", "Title", long=False), _text("summary", "Tóm tắt một câu", "Summary in one sentence"))
_FACTS = (
    Line(
        "version",
        said("Số bản", "Version"),
        hint=said("Ba số, cao hơn bản đang dùng. Ví dụ 1.1.0.", "Three numbers, higher than in force. Such as 1.1.0."),
        required=True,
    ),
    Ticks(
        "grades", said("Khối lớp", "Grades"), choices=tuple((one, said(str(one), str(one))) for one in SECONDARY_GRADES)
    ),
    Ticks("elements", said("Yếu tố nội dung", "Content elements"), choices=ELEMENT_LABELS),
    Number("minutes", said("Thời lượng (phút)", "Duration (minutes)"), required=True),
    Pick("sensitivity", said("Lưu ý khi dạy", "When teaching"), required=True, choices=SENSITIVITIES),
    Day("reviewed_on", said("Ngày rà soát", "Reviewed on"), required=True),
    Day("review_due", said("Rà soát lại trước ngày", "Review again by"), required=True),
    Line("licence", said("Giấy phép", "Licence"), required=True),
)
_OBJECTIVES = Parts(
    "objectives",
    said("Mục tiêu", "Objectives"),
    hint=said(
        "Từ 2 đến 4 mục tiêu; mỗi mục tiêu được ít nhất 2 câu hỏi đo.", "2 to 4, each tested by 2 items or more."
    ),
    one=said("Mục tiêu", "Objective"),
    required=True,
    most=4,
    start=2,
    ids="O",
    fields=(
        _text("text", "Học sinh làm được gì", "What pupils can do"),
        Listed(
            "competences",
            said("Năng lực số", "Digital competences"),
            hint=said("Cách nhau bằng dấu chấm phẩy.", "With semicolons between them."),
            required=True,
        ),
        Listed("curriculum", said("Chương trình môn học", "Curriculum"), required=True),
    ),
)
_IDEAS = Parts(
    "misconceptions",
    said("Hiểu lầm thường gặp", "Common misconceptions"),
    one=said("Hiểu lầm", "Misconception"),
    required=True,
    most=10,
    start=1,
    ids="M",
    fields=(
        _text("text", "Em nghĩ rằng", "Pupils think"),
        _text("correction", "Điều đúng", "What is right"),
        _text("reteach", "Dạy lại trong 10 phút", "Ten minutes to teach it again"),
    ),
)
_VOCABULARY = Parts(
    "vocabulary",
    said("Từ cần nhớ", "Words to know"),
    one=said("Từ", "Word"),
    required=True,
    start=1,
    fields=(_text("term", "Từ", "Word", long=False), _text("meaning", "Nghĩa", "Meaning")),
)
_STEP = (
    Number("minutes", said("Số phút", "Minutes"), required=True),
    _text("goal", "Mục tiêu", "Goal"),
    _text("content", "Nội dung", "Content"),
    _text("product", "Sản phẩm", "Product"),
    _text("steps", "Tổ chức thực hiện", "Steps", hint=said("Đánh số từng bước: 1. … 2. …", "Count them: 1. … 2. …")),
)
_FLOW = Group(
    "flow",
    said("Tiến trình", "Flow"),
    hint=said("Số phút của bốn hoạt động cộng lại bằng thời lượng của bài.", "Their minutes add up to the lesson's."),
    required=True,
    fields=tuple(Group(phase, PHASE_LABELS[phase], required=True, fields=_STEP) for phase in PHASES),
)
_KIT = (
    _text("family", "Lời nhắn gia đình", "Message to families"),
    _text("leaflet", "Tờ gấp", "Leaflet", hint=said("Viết bằng Markdown.", "Written in Markdown.")),
    _text("loudspeaker", "Lời phát thanh", "Loudspeaker script"),
    _text("led", "Bảng điện tử", "LED board", long=False),
    _text("zalo", "Tin nhóm Zalo", "Zalo message"),
    _text(
        "sms",
        "Tin SMS",
        "SMS",
        hint=said("Tiếng Việt viết không dấu, vừa một tin.", "Vietnamese without marks, one part."),
    ),
    Group(
        "email",
        said("Thư điện tử", "E-mail"),
        required=True,
        fields=(_text("subject", "Tiêu đề", "Subject", long=False), _text("body", "Nội dung", "Body")),
    ),
)
_SOURCES = Parts(
    "sources",
    said("Nguồn", "Sources"),
    one=said("Nguồn", "Source"),
    required=True,
    most=_MOST_FACTS,
    start=1,
    fields=(
        _text("claim", "Điều được nói trong bài", "What the lesson says", long=False),
        Line("title", said("Tên tài liệu", "Title"), required=True),
        Line("publisher", said("Nơi ban hành", "Publisher"), required=True),
        Number("year", said("Năm", "Year"), required=True),
    ),
)
_MEDIA = Parts(
    "media",
    said("Hình", "Pictures"),
    one=said("Hình", "Picture"),
    required=True,
    most=0,
    fields=(
        Picture("file", said("Tệp", "File"), required=True),
        _text(
            "alt",
            "Lời thay hình",
            "Words instead of the picture",
            hint=said(
                "Nói điều hình cho thấy, cho người không xem được hình.", "What it shows, for people who cannot see it."
            ),
        ),
    ),
)

FIELDS: dict[LessonPart, tuple[Field, ...]] = {
    LessonPart.NAME: _NAME,
    LessonPart.FACTS: _FACTS,
    LessonPart.OBJECTIVES: (_OBJECTIVES,),
    LessonPart.MISCONCEPTIONS: (_IDEAS,),
    LessonPart.VOCABULARY: (_VOCABULARY,),
    LessonPart.FLOW: (_FLOW,),
    LessonPart.READING: (_text("reading", "Bài đọc của học sinh", "The pupil's text", tall=True, hint=_MARKDOWN),),
    LessonPart.TEACHER: (_text("teacher", "Ghi chú cho thầy cô", "Teacher's notes", tall=True, hint=_MARKDOWN),),
    LessonPart.OUTREACH: _KIT,
    LessonPart.SOURCES: (_SOURCES,),
    LessonPart.MEDIA: (_MEDIA,),
}
PART_LABELS: dict[LessonPart, Text] = {
    LessonPart.NAME: said("Tên và tóm tắt", "Title and summary"),
    LessonPart.FACTS: said("Số bản, khối lớp, thời lượng", "Version, grades, duration"),
    LessonPart.OBJECTIVES: said("Mục tiêu", "Objectives"),
    LessonPart.MISCONCEPTIONS: said("Hiểu lầm thường gặp", "Misconceptions"),
    LessonPart.VOCABULARY: said("Từ cần nhớ", "Words to know"),
    LessonPart.FLOW: said("Tiến trình bốn hoạt động", "The four activities"),
    LessonPart.READING: said("Bài đọc của học sinh", "The pupil's text"),
    LessonPart.TEACHER: said("Ghi chú cho thầy cô", "Teacher's notes"),
    LessonPart.OUTREACH: said("Lời nhắn gia đình và cộng đồng", "Families and community"),
    LessonPart.SOURCES: said("Nguồn và nơi giúp đỡ", "Sources and help"),
    LessonPart.MEDIA: said("Hình", "Pictures"),
}
_WHOLE = said("Cả phần này", "The whole part")


def describe(part: LessonPart, contacts: Choices = ()) -> Description:
    """The fields of a part; `contacts` (id, name) are those that a lesson may name."""
    fields = FIELDS[part]
    if part is LessonPart.SOURCES:
        fields = (*fields, Ticks("contacts", said("Nơi giúp đỡ", "Where to find help"), choices=contacts))
    return Description(fields, framed=False, whole=_WHOLE)
