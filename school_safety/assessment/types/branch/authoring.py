"""How the editor describes a story."""

from dataclasses import replace

from school_safety.assessment.rules.authoring import Description, Group, Number, Parts, Pick, PickPart, Words, said
from school_safety.assessment.rules.authoring.common import IDEA, REASON, TEXT

_SAYS = Parts(
    "says",
    said("Lời kể và lời thoại", "What is told and said"),
    one=said("Lời", "Line"),
    fields=(
        Words(
            "who",
            said("Ai nói", "Who speaks"),
            hint=said("Để trống là lời kể.", "Left empty it is told."),
        ),
        TEXT,
    ),
    required=True,
    least=1,
    most=6,
    start=1,
)
_CHOICES = Parts(
    "choices",
    said("Các lựa chọn của em", "What the pupil can choose"),
    one=said("Lựa chọn", "Choice"),
    hint=said("Đoạn kết thì không có lựa chọn.", "An end has no choices."),
    fields=(
        TEXT,
        PickPart("to", said("Dẫn đến chặng", "Leads to"), of=("nodes",), required=True),
        Number("score", said("Điểm của bước này", "Points of this step")),
        replace(REASON, required=True),
        IDEA,
    ),
    most=4,
    ids="a",
)
_END = Group(
    "end",
    said("Đoạn kết", "The end"),
    hint=said("Chỉ điền khi câu chuyện dừng ở chặng này.", "Only where the story ends here."),
    fields=(
        Words("text", said("Kết cục", "How it ends"), required=True, long=True),
        Words("help", said("Ai giúp được em", "Who can help"), required=True, long=True),
        Number("value", said("Đáng giá (khi chấm theo kết cục)", "Worth (when scored by the end)")),
    ),
    rare=True,
)
_NODES = Parts(
    "nodes",
    said("Các chặng của câu chuyện", "Places of the story"),
    one=said("Chặng", "Place"),
    fields=(_SAYS, _CHOICES, _END),
    required=True,
    least=2,
    most=40,
    start=3,
    ids="n",
)
_START = PickPart("start", said("Bắt đầu từ chặng", "Begins at"), of=("nodes",), required=True)
_MODE = Pick(
    "mode",
    said("Cách chấm", "Scoring"),
    choices=(
        ("path", said("Theo các bước đã chọn", "By the steps taken")),
        ("outcome", said("Theo kết cục", "By the end reached")),
    ),
)

DESCRIPTION = Description((_START, _NODES, _MODE))
