"""`truefalse`: is a sentence true? With `unsure`, saying "not sure yet" is a third answer: worth 0, but no mistake.

Response: `{"value": true | false | "unsure"}`.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from school_safety.assessment.rules import (
    BadAnswer,
    Content,
    Feedback,
    FormData,
    Inspection,
    ItemType,
    Note,
    Problem,
    ProblemCode,
    Response,
    Score,
    State,
    Text,
    gave_up,
    score_of,
)

UNSURE = "unsure"
_POSTED = {"true": True, "false": False, UNSURE: UNSURE}
_WORDS: dict[object, Text] = {
    True: {"vi": "Đúng", "en": "True"},
    False: {"vi": "Sai", "en": "False"},
    UNSURE: {"vi": "Chưa chắc", "en": "Not sure yet"},
    None: {"vi": "", "en": ""},
}


class TrueFalse(ItemType):
    """True or false; 1 or 0."""

    code = "truefalse"
    parts = ""

    def check(self, content: Content) -> tuple[Problem, ...]:
        """The answer is true or false, and whoever picks the other one is told why."""
        inspection = Inspection(content)
        inspection.frame(required=("answer",), optional=("unsure", "misconception", "feedback_true", "feedback_false"))
        inspection.flag("answer", "unsure")
        inspection.texts(content, (), "feedback_true", "feedback_false")
        wrong = "feedback_false" if content.get("answer") else "feedback_true"
        if wrong not in content:
            inspection.note(ProblemCode.NO_FEEDBACK, wrong)
        if not isinstance(content.get("misconception", ""), str):
            inspection.note(ProblemCode.WRONG_SHAPE, "misconception")
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """The chosen radio button."""
        posted = form.get(f"{prefix}-value")
        return {"value": _POSTED.get(posted, posted)} if posted else None

    def accept(self, content: Content, value: object) -> Response | None:
        """True, false, or unsure where the item allows it."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"value"}:
            raise BadAnswer("shape")
        said = value["value"]
        if not isinstance(said, bool) and not (said == UNSURE and content.get("unsure")):
            raise BadAnswer("unknown value")
        return {"value": said}

    def score(self, content: Content, response: Response | None) -> Score:
        """1 for the right word, else 0."""
        return gave_up() if response is None else score_of(Fraction(int(response["value"] is content["answer"])))

    def key(self, content: Content) -> Response:
        """The right word."""
        return {"value": content["answer"]}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on "true" and on "false"."""
        said = response["value"] if response else None
        notes = tuple(
            Note(
                word,
                said is _POSTED[word],
                State.RIGHT if content["answer"] is _POSTED[word] else State.WRONG,
                content.get(f"feedback_{word}"),
            )
            for word in ("true", "false")
        )
        return Feedback(notes, content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The word that was chosen."""
        return _WORDS[response["value"] if response else None]

    def guess(self, content: Content) -> Fraction:
        """One half."""
        return Fraction(1, 2)

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The item's misconception, when the wrong word was chosen; being unsure shows none."""
        if response is None or response["value"] == UNSURE or response["value"] is content["answer"]:
            return frozenset()
        return self.named_misconceptions(content)

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconception behind the wrong word."""
        return frozenset({content["misconception"]} if "misconception" in content else ())


TYPE = TrueFalse()
