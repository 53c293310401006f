"""How the editor describes a true or false."""

from school_safety.assessment.rules.authoring import Description, Flag, Pick, Words, said
from school_safety.assessment.rules.authoring.common import IDEA

_ANSWER = Pick(
    "answer",
    said("Câu này", "The statement is"),
    choices=((True, said("Đúng", "True")), (False, said("Sai", "False"))),
    required=True,
)
_IF_TRUE = Words("feedback_true", said("Nói với em chọn “Đúng”", "Said to whoever picks “True”"), long=True)
_IF_FALSE = Words("feedback_false", said("Nói với em chọn “Sai”", "Said to whoever picks “False”"), long=True)
_UNSURE = Flag("unsure", said("Có thêm lựa chọn “Chưa chắc”", "Offer “Not sure yet” too"))

DESCRIPTION = Description((_ANSWER, _IF_TRUE, _IF_FALSE, IDEA, _UNSURE))
