"""How the editor describes a single choice."""

from dataclasses import replace

from school_safety.assessment.rules.authoring import Description, Flag, Parts, said
from school_safety.assessment.rules.authoring.common import IDEA, KEY, REASON, TEXT, WEIGHT

_WEIGHT = replace(
    WEIGHT,
    rare=True,
    hint=said(
        "Chỉ khi có nhiều mức đúng: từ 0 đến 1, thay cho ô đáp án đúng.",
        "Only where there are degrees: from 0 to 1, in place of the right answer’s tick.",
    ),
)
_FIXED = Flag("fixed", said("Giữ nguyên chỗ khi xáo trộn", "Keeps its place when shuffled"), rare=True)
_OPTIONS = Parts(
    "options",
    said("Các lựa chọn", "Options"),
    one=said("Lựa chọn", "Option"),
    fields=(TEXT, KEY, REASON, IDEA, _WEIGHT, _FIXED),
    required=True,
    least=2,
    most=8,
    start=4,
    ids="A",
)
DESCRIPTION = Description((_OPTIONS,))
