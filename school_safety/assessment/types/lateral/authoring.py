"""How the editor describes a small frozen web."""

from dataclasses import replace

from school_safety.assessment.rules.authoring import Description, Group, Number, Parts, Pick, PickParts, Words, said
from school_safety.assessment.rules.authoring.common import IDEA, KEY, REASON, TEXT
from school_safety.assessment.types.lateral.checks import INDEPENDENT, ORIGIN, RELATED, SEARCH

_PAGES = Parts(
    "pages",
    said("Các trang", "Pages"),
    one=said("Trang", "Page"),
    fields=(
        Pick(
            "kind",
            said("Là", "It is"),
            choices=(
                (ORIGIN, said("Trang gốc, cần kiểm chứng", "The page to check")),
                (SEARCH, said("Kết quả tìm kiếm", "Search results")),
                (INDEPENDENT, said("Nguồn độc lập", "An independent source")),
                (RELATED, said("Trang liên quan đến trang gốc", "Related to the page to check")),
            ),
            required=True,
        ),
        Words("title", said("Tên trang", "Title"), required=True),
        Words("address", said("Địa chỉ, hư cấu", "Fictional address"), required=True),
        Parts(
            "body",
            said("Từng câu của trang", "The page, sentence by sentence"),
            one=said("Câu", "Sentence"),
            tick=said("Em có thể chọn làm bằng chứng", "Pupils can choose it as evidence"),
            fields=(TEXT, replace(REASON, rare=True)),
            required=True,
            least=1,
            most=20,
            start=2,
            ids="s",
        ),
    ),
    required=True,
    least=3,
    most=6,
    start=3,
    ids="p",
)
_VERDICTS = Parts(
    "verdicts",
    said("Các kết luận", "Verdicts"),
    one=said("Kết luận", "Verdict"),
    fields=(TEXT, KEY, REASON, IDEA),
    required=True,
    least=2,
    most=3,
    start=2,
    ids="v",
)
_EVIDENCE = PickParts(
    "evidence",
    said("Những câu chứng minh", "The sentences that prove it"),
    of=("pages", "*", "body"),
    required=True,
)
_WHY = Group(
    "why",
    said("Hỏi thêm “vì sao”", "Ask why"),
    hint=said("Thầy cô chấm câu này theo các mức.", "A teacher marks it by the levels."),
    fields=(
        Words("prompt", said("Câu hỏi", "Question"), required=True),
        Parts(
            "rubric",
            said("Các mức, từ 0 điểm lên", "Levels, from 0 points up"),
            one=said("Mức", "Level"),
            fields=(Number("points", said("Điểm", "Points"), required=True), TEXT),
            most=5,
        ),
    ),
    rare=True,
)

DESCRIPTION = Description((_PAGES, _VERDICTS, _EVIDENCE, _WHY))
