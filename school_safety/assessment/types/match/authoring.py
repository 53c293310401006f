"""How the editor describes a match."""

from school_safety.assessment.rules.authoring import ByPart, Description, Parts, PickPart, said
from school_safety.assessment.rules.authoring.common import IDEA, REASON, TEXT

_CATEGORIES = Parts(
    "categories",
    said("Các nhóm", "Categories"),
    one=said("Nhóm", "Category"),
    fields=(TEXT,),
    required=True,
    least=2,
    most=8,
    start=2,
    ids="k",
)
_STEMS = Parts(
    "stems",
    said("Các mẩu cần xếp", "What is to be sorted"),
    one=said("Mẩu", "Piece"),
    fields=(
        TEXT,
        PickPart("key", said("Thuộc nhóm", "Belongs to"), of=("categories",), required=True),
        REASON,
        ByPart(
            "misconceptions",
            said("Hiểu lầm nếu xếp vào nhóm khác", "Misconception behind another category"),
            of=("categories",),
            each=IDEA,
            rare=True,
        ),
    ),
    required=True,
    least=2,
    most=12,
    start=3,
    ids="s",
)

DESCRIPTION = Description((_CATEGORIES, _STEMS))
