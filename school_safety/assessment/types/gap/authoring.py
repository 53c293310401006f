"""How the editor describes a text with gaps."""

from school_safety.assessment.rules.authoring import Description, Parts, Words, said
from school_safety.assessment.rules.authoring.common import IDEA, KEY, REASON, TEXT

_TEXT = Words(
    "text",
    said("Đoạn văn có chỗ trống", "Text with gaps"),
    hint=said(
        "Đặt [[g1]], [[g2]]… vào chỗ trống, mỗi mã một lần ở cả hai ngôn ngữ. Mã ghi ở đầu mỗi chỗ trống bên dưới.",
        "Put [[g1]], [[g2]]… where the gaps are, each once in both languages. The ids stand at the gaps below.",
    ),
    required=True,
    long=True,
)
_GAPS = Parts(
    "gaps",
    said("Các chỗ trống", "Gaps"),
    one=said("Chỗ trống", "Gap"),
    fields=(
        Parts(
            "options",
            said("Từ để chọn", "Words to choose from"),
            one=said("Từ", "Word"),
            fields=(TEXT, KEY, REASON, IDEA),
            required=True,
            least=2,
            most=5,
            start=3,
            ids="a",
        ),
        REASON,
    ),
    required=True,
    least=1,
    most=8,
    start=1,
    ids="g",
)

DESCRIPTION = Description((_TEXT, _GAPS))
