"""How the editor describes a grid."""

from school_safety.assessment.rules.authoring import ByPart, Description, Parts, Pick, PickPart, said
from school_safety.assessment.rules.authoring.common import IDEA, REASON, TEXT

_COLUMNS = Parts(
    "columns",
    said("Các cột", "Columns"),
    one=said("Cột", "Column"),
    fields=(TEXT,),
    required=True,
    least=2,
    most=4,
    start=2,
    ids="k",
)
_ROWS = Parts(
    "rows",
    said("Các dòng", "Rows"),
    one=said("Dòng", "Row"),
    fields=(
        TEXT,
        PickPart("key", said("Đúng là", "The right one"), of=("columns",), required=True),
        REASON,
        ByPart(
            "misconceptions",
            said("Hiểu lầm nếu chọn cột khác", "Misconception behind another column"),
            of=("columns",),
            each=IDEA,
            rare=True,
        ),
    ),
    required=True,
    least=2,
    most=10,
    start=3,
    ids="r",
)
_MODE = Pick(
    "mode",
    said("Cách chấm", "Scoring"),
    choices=(
        ("share", said("Theo số dòng đúng", "By the rows that are right")),
        ("exact", said("Phải đúng tất cả", "All or nothing")),
    ),
)

DESCRIPTION = Description((_COLUMNS, _ROWS, _MODE))
