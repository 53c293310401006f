"""Fields that many types have."""

from school_safety.assessment.rules.authoring.fields import Flag, Idea, Number, Words, said

TEXT = Words("text", said("Nội dung", "Text"), required=True)
REASON = Words(
    "feedback",
    said("Lời giải thích", "Reason"),
    hint=said("Nói với em vì sao, không trách.", "Tell the pupil why, without blame."),
    long=True,
)
IDEA = Idea("misconception", said("Hiểu lầm đằng sau", "Misconception behind it"))
KEY = Flag("key", said("Đây là đáp án đúng", "This is the right answer"))
WEIGHT = Number(
    "weight",
    said("Đáng giá", "Worth"),
    hint=said("Từ 0 đến 1, ví dụ 0,5. Đúng nhất là 1.", "From 0 to 1, for example 0.5. The best is worth 1."),
)
