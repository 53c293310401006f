"""How the editor describes a piece of writing."""

from school_safety.assessment.rules.authoring import Description, Group, Number, Parts, Words, said
from school_safety.assessment.rules.authoring.common import TEXT

_WORDS = Group(
    "words",
    said("Độ dài", "Length"),
    fields=(
        Number("least", said("Ít nhất (từ)", "At least (words)"), required=True),
        Number("most", said("Nhiều nhất (từ)", "At most (words)"), required=True),
    ),
    required=True,
)
LEVELS = Parts(
    "levels",
    said("Các mức, từ 0 điểm lên", "Levels, from 0 points up"),
    one=said("Mức", "Level"),
    fields=(Number("points", said("Điểm", "Points"), required=True), TEXT),
    required=True,
    least=2,
    most=5,
    start=3,
)
_RUBRIC = Parts(
    "rubric",
    said("Tiêu chí chấm", "Criteria"),
    one=said("Tiêu chí", "Criterion"),
    fields=(TEXT, LEVELS),
    required=True,
    least=1,
    most=5,
    start=1,
    ids="c",
)
_MODEL = Words("model", said("Bài mẫu", "Sample answer"), long=True)

DESCRIPTION = Description((_WORDS, _RUBRIC, _MODEL))
