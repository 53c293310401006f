"""How the editor describes a survey question."""

from school_safety.assessment.rules.authoring import Description, Flag, Parts, said
from school_safety.assessment.rules.authoring.common import TEXT

_OPTIONS = Parts(
    "options",
    said("Các lựa chọn", "Options"),
    one=said("Lựa chọn", "Option"),
    fields=(TEXT,),
    least=2,
    most=7,
    start=3,
    ids="A",
)
_OPEN = Flag(
    "open",
    said("Em tự viết câu trả lời", "Pupils write their own answer"),
    hint=said("Khi đó bỏ hết các lựa chọn.", "Then remove all options."),
)

DESCRIPTION = Description((_OPEN, _OPTIONS))
