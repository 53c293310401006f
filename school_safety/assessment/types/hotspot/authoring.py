"""How the editor describes a message with its warning signs."""

from school_safety.assessment.rules.authoring import (
    Description,
    Group,
    Idea,
    Number,
    Parts,
    Pick,
    PickPart,
    Words,
    said,
)
from school_safety.assessment.rules.authoring.common import IDEA, REASON, TEXT, WEIGHT

_SPANS = Parts(
    "spans",
    said("Từng đoạn của tin, theo thứ tự đọc", "The message bit by bit, in reading order"),
    one=said("Đoạn", "Bit"),
    tick=said("Em có thể đánh dấu đoạn này", "Pupils can mark this bit"),
    fields=(
        Pick(
            "role",
            said("Là", "It is"),
            choices=(
                ("sender", said("Người gửi", "The sender")),
                ("address", said("Địa chỉ", "The address")),
                ("subject", said("Tiêu đề", "The subject")),
                ("time", said("Thời gian", "The time")),
                ("text", said("Lời trong tin", "Words of the message")),
                ("link", said("Đường dẫn", "A link")),
                ("button", said("Nút bấm", "A button")),
            ),
            required=True,
        ),
        TEXT,
        Words(
            "feedback",
            said("Nói gì nếu em đánh dấu nhầm", "Said when marked by mistake"),
            hint=said("Chỉ cho đoạn vô hại.", "Only for a harmless bit."),
            rare=True,
        ),
    ),
    required=True,
    least=3,
    most=40,
    start=4,
    ids="s",
)
_SCREEN = Group(
    "screen",
    said("Tin nhắn", "The message"),
    fields=(
        Pick(
            "kind",
            said("Hiện ra như", "Looks like"),
            choices=(
                ("sms", said("Tin nhắn SMS", "A text message")),
                ("chat", said("Tin trò chuyện", "A chat")),
                ("mail", said("Thư điện tử", "An e-mail")),
                ("web", said("Trang web", "A web page")),
            ),
            required=True,
        ),
        _SPANS,
    ),
    required=True,
)
_VERDICT = Pick(
    "verdict",
    said("Tin này", "The message is"),
    choices=(("phish", said("Lừa đảo", "A scam")), ("genuine", said("Thật", "Genuine"))),
    required=True,
)
_FLAGS = Parts(
    "flags",
    said("Các dấu hiệu lừa đảo", "Warning signs"),
    one=said("Dấu hiệu", "Sign"),
    hint=said("Tin thật thì không có dấu hiệu nào.", "A genuine message has none."),
    fields=(
        PickPart("id", said("Nằm ở đoạn", "Stands in"), of=("screen", "spans"), required=True),
        Words("why", said("Vì sao đáng ngờ", "Why it is suspicious"), required=True, long=True),
        Words("act", said("Nên làm gì", "What to do"), rare=True),
    ),
    required=True,
    most=12,
    start=1,
)
_ACTIONS = Parts(
    "actions",
    said("Em nên làm gì", "What to do now"),
    one=said("Cách làm", "Action"),
    fields=(TEXT, WEIGHT, REASON, IDEA),
    required=True,
    least=2,
    most=4,
    start=3,
    ids="A",
)
_WEIGHTS = Group(
    "weights",
    said("Phần điểm", "Shares of the points"),
    hint=said("Để trống: 0,4, 0,4 và 0,2. Cộng lại bằng 1.", "Left empty: 0.4, 0.4 and 0.2. They add up to 1."),
    fields=(
        Number("verdict", said("Thật hay lừa đảo", "Genuine or scam")),
        Number("flags", said("Tìm dấu hiệu", "Finding the signs")),
        Number("action", said("Cách làm", "Action")),
    ),
    rare=True,
)
_VERDICT_IDEA = Idea(
    "verdict_misconception", said("Hiểu lầm nếu kết luận sai", "Misconception behind the wrong verdict")
)

DESCRIPTION = Description((_SCREEN, _VERDICT, _VERDICT_IDEA, _FLAGS, _ACTIONS, _WEIGHTS))
