"""How the editor describes a short answer."""

from school_safety.assessment.rules.authoring import Description, Flag, Parts, Words, said
from school_safety.assessment.rules.authoring.common import IDEA, REASON, WEIGHT

_ACCEPT = Parts(
    "accept",
    said("Các câu trả lời được nhận", "Accepted answers"),
    one=said("Câu trả lời", "Answer"),
    hint=said("Câu đầu tiên khớp sẽ tính điểm.", "The first one that fits counts."),
    fields=(
        Words(
            "pattern",
            said("Mẫu", "Pattern"),
            hint=said("Dấu * thay cho chữ bất kỳ.", "* stands for any words."),
            required=True,
        ),
        WEIGHT,
        REASON,
        IDEA,
    ),
    required=True,
    least=1,
    most=20,
    start=1,
)
_MARKS = Flag("ignore_diacritics", said("Viết không dấu cũng được", "Diacritics do not matter"))
_CASE = Flag("case_sensitive", said("Phân biệt chữ hoa, chữ thường", "Capitals matter"), rare=True)

DESCRIPTION = Description((_ACCEPT, _MARKS, _CASE))
