"""How the editor describes a multiple choice."""

from dataclasses import replace

from school_safety.assessment.rules.authoring import ByPart, Description, Flag, Number, Parts, Pick, said
from school_safety.assessment.rules.authoring.common import IDEA, KEY, REASON, TEXT, WEIGHT

_WEIGHT = replace(
    WEIGHT,
    rare=True,
    hint=said(
        "Từ -1 đến 1, thay cho ô đáp án đúng; để trống thì máy tự chia.",
        "From -1 to 1, in place of the tick; left empty it is shared out.",
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
_MODE = Pick(
    "mode",
    said("Cách chấm", "Scoring"),
    choices=(
        ("default", said("Mỗi lựa chọn sai trừ phần của nó", "Each wrong tick takes off its share")),
        ("exact", said("Phải đúng tất cả", "All or nothing")),
        ("canvas", said("Mỗi lựa chọn sai trừ bằng một lựa chọn đúng", "A wrong tick undoes a right one")),
        ("map", said("Theo bảng giá trị (QTI)", "By a table of values (QTI)")),
    ),
)
_TELL = Flag("tell_count", said("Cho em biết có mấy đáp án đúng", "Tell how many are right"))
_MAPPING = ByPart(
    "mapping",
    said("Bảng giá trị", "Table of values"),
    of=("options",),
    each=Number("value", said("Giá trị", "Value")),
    hint=said("Chỉ dùng với cách chấm theo bảng giá trị.", "Only for scoring by a table of values."),
    rare=True,
)
_BOUNDS = (
    Number("default", said("Giá trị của lựa chọn không có trong bảng", "Value of options not in the table"), rare=True),
    Number("lower", said("Tổng thấp nhất", "Lowest sum"), rare=True),
    Number("upper", said("Tổng cao nhất", "Highest sum"), rare=True),
)

DESCRIPTION = Description((_OPTIONS, _MODE, _TELL, _MAPPING, *_BOUNDS))
