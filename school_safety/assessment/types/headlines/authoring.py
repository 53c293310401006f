"""How the editor describes a set of headlines."""

from school_safety.assessment.rules.authoring import Day, Description, Flag, Parts, Pick, Words, said
from school_safety.assessment.rules.authoring.common import IDEA, REASON, TEXT

_HEADLINES = Parts(
    "headlines",
    said("Các bài đăng", "Headlines"),
    one=said("Bài đăng", "Headline"),
    hint=said(
        "Ít nhất 3 bài thật và 3 bài không thật; bài thật chiếm từ 40 đến 60 phần trăm.",
        "At least 3 true and 3 untrue ones; 40 to 60 per cent are true.",
    ),
    fields=(
        TEXT,
        Pick(
            "truth",
            said("Bài này", "This one is"),
            choices=((True, said("Thật", "True")), (False, said("Không thật", "Not true"))),
            required=True,
        ),
        REASON,
        IDEA,
        Words("source", said("Nguồn ghi dưới bài", "Source under it")),
        Words("technique", said("Chiêu thức", "Technique"), rare=True),
    ),
    required=True,
    least=6,
    most=20,
    start=6,
    ids="h",
)
_ASKS = Pick(
    "asks",
    said("Học sinh xét điều gì", "What pupils judge"),
    choices=(
        ("truth", said("Tin, lời nói đúng sự thật hay không", "Whether posts or claims are true")),
        ("genuine", said("Tin nhắn, cuộc gọi thật hay giả danh, lừa đảo", "Whether messages or callers are genuine")),
    ),
    rare=True,
)
_MODE = Pick(
    "mode",
    said("Cách chấm", "Scoring"),
    choices=(
        ("balanced", said("Nửa cho bài thật, nửa cho bài không thật", "Half for the true, half for the untrue")),
        ("youden", said("Đoán bừa không được điểm nào", "Guessing earns nothing")),
    ),
    rare=True,
)
_SURE = Flag("confidence", said("Hỏi thêm em chắc đến đâu", "Ask how sure the pupil is"))
_DAY = Day("archived_on", said("Ngày lưu các bài", "Day on which they were kept"))

DESCRIPTION = Description((_HEADLINES, _SURE, _DAY, _ASKS, _MODE))
