"""What an item, an answer and a score are, and the checks and arithmetic that all item types share."""

from school_safety.assessment.rules.codes import Purpose, Use
from school_safety.assessment.rules.content import ID_PATTERN, Inspection, Located, exact, is_text
from school_safety.assessment.rules.item_type import FormData, ItemType
from school_safety.assessment.rules.options import by_id, check_options, joined, option_order
from school_safety.assessment.rules.shuffle import item_seed, shuffled
from school_safety.assessment.rules.values import (
    BadAnswer,
    Content,
    Feedback,
    Note,
    Part,
    Problem,
    ProblemCode,
    Response,
    Score,
    State,
    Text,
    gave_up,
    score_of,
    state_of,
)

__all__ = [
    "ID_PATTERN",
    "BadAnswer",
    "Content",
    "Feedback",
    "FormData",
    "Inspection",
    "ItemType",
    "Located",
    "Note",
    "Part",
    "Problem",
    "ProblemCode",
    "Purpose",
    "Response",
    "Score",
    "State",
    "Text",
    "Use",
    "by_id",
    "check_options",
    "exact",
    "gave_up",
    "is_text",
    "item_seed",
    "joined",
    "option_order",
    "score_of",
    "shuffled",
    "state_of",
]
