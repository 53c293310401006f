"""How the editor describes an order."""

from school_safety.assessment.rules.authoring import Description, Parts, Pick, said
from school_safety.assessment.rules.authoring.common import REASON, TEXT

_STEPS = Parts(
    "steps",
    said("Các bước, theo thứ tự đúng", "The steps, in their right order"),
    one=said("Bước", "Step"),
    fields=(TEXT, REASON),
    required=True,
    least=3,
    most=10,
    start=4,
    ids="b",
)
_MODE = Pick(
    "mode",
    said("Cách chấm", "Scoring"),
    choices=(
        ("all_prev_next", said("Theo số cặp đúng thứ tự", "By the pairs in the right order")),
        ("exact", said("Phải đúng tất cả", "All or nothing")),
        ("absolute", said("Theo số bước đúng chỗ", "By the steps in their place")),
        ("relative", said("Theo các bước đứng trước và sau", "By what stands before and after")),
        ("next", said("Theo bước kế tiếp, không tính bước cuối", "By the next step, without the last")),
        ("next_with_last", said("Theo bước kế tiếp, tính cả bước cuối", "By the next step, the last too")),
        ("one_prev_next", said("Theo bước liền trước và liền sau", "By the step before and the step after")),
        ("longest", said("Theo dãy dài nhất đúng thứ tự", "By the longest ordered run")),
        ("longest_contiguous", said("Theo đoạn liền dài nhất", "By the longest unbroken run")),
    ),
)

DESCRIPTION = Description((_STEPS, _MODE))
