"""`essay`: a longer text in the pupil's own words, marked by a person by a rubric.

Response: `{"text": "…"}`.
"""

import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from school_safety.assessment.rules import (
    BadAnswer,
    Content,
    Criterion,
    Feedback,
    FormData,
    Inspection,
    ItemType,
    Marks,
    Note,
    Part,
    Problem,
    ProblemCode,
    Response,
    Rubric,
    Score,
    Text,
    awaiting,
    check_levels,
    gave_up,
    levels_of,
    rubric_share,
    score_of,
)

LONGEST = 12_000
MOST_WORDS = 1_000


class Essay(ItemType):
    """Essay or reflection; the fraction is points given / points possible over all criteria."""

    code = "essay"
    parts = ""

    def check(self, content: Content) -> tuple[Problem, ...]:
        """The length makes sense, and every criterion has its levels."""
        inspection = Inspection(content)
        inspection.frame(required=("words", "rubric"), optional=("model",))
        inspection.texts(content, (), "model")
        if "words" in content:
            _check_words(inspection, content["words"])
        criteria = inspection.parts("rubric", least=1, most=5, required=("text", "levels"))
        for index, criterion in criteria:
            inspection.texts(criterion, ("rubric", index), "text")
            if "levels" in criterion:
                check_levels(inspection, criterion["levels"], ("rubric", index, "levels"))
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """One large text field."""
        text = form.get(f"{prefix}-text")
        return {"text": text} if text else None

    def accept(self, content: Content, value: object) -> Response | None:
        """A text with its paragraphs, NFC and trimmed; an empty one is no answer, a short one is."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"text"} or not isinstance(value["text"], str):
            raise BadAnswer("shape")
        text = unicodedata.normalize("NFC", value["text"].replace("\r\n", "\n").replace("\x00", "")).strip()
        if len(text) > LONGEST:
            raise BadAnswer("too long")
        return {"text": text} if text else None

    def score(self, content: Content, response: Response | None) -> Score:
        """Nothing until a person has marked it."""
        return self.marked(content, response, None)

    def rubric(self, content: Content) -> Rubric:
        """The criteria of the item."""
        return tuple(
            Criterion(criterion["id"], criterion["text"], levels_of(criterion["levels"]))
            for criterion in content["rubric"]
        )

    def written(self, response: Response) -> str:
        """The whole text."""
        return str(response["text"])

    def marked(self, content: Content, response: Response | None, marks: Marks | None) -> Score:
        """Points given / points possible, one part per criterion."""
        if response is None:
            return gave_up()
        if marks is None:
            return awaiting(Fraction(0))
        rubric = self.rubric(content)
        parts = (Part(criterion.id, Fraction(marks[criterion.id], criterion.most)) for criterion in rubric)
        return score_of(rubric_share(rubric, marks), parts)

    def key(self, content: Content) -> Response:
        """The sample answer; without one, the highest level of every criterion in words."""
        if "model" in content:
            return {"text": content["model"]["vi"]}
        return {"text": " ".join(criterion.levels[-1].text["vi"] for criterion in self.rubric(content))}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every criterion, not judged: the points stand in the marks."""
        notes = tuple(Note(criterion["id"], False, None, criterion["text"]) for criterion in content["rubric"])
        return Feedback(notes, content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The text in one line."""
        words = " ".join(response["text"].split()) if response else ""
        return {"vi": words, "en": words}

    def guess(self, content: Content) -> None:
        """Not known: a person reads it."""
        return

    def word_count(self, response: Response | None) -> int:
        """How many words (in Vietnamese: tiếng) the answer has; signs standing alone do not count."""
        words = response["text"].split() if response else []
        return sum(any(sign.isalnum() for sign in word) for word in words)


def _check_words(inspection: Inspection, words: object) -> None:
    if not isinstance(words, Mapping):
        inspection.note(ProblemCode.WRONG_SHAPE, "words")
        return
    inspection.fields(words, ("words",), required=("least", "most"), optional=())
    least, most = words.get("least", 0), words.get("most", 0)
    whole = all(isinstance(limit, int) and not isinstance(limit, bool) for limit in (least, most))
    if not whole or not 1 <= least <= most <= MOST_WORDS:
        inspection.note(ProblemCode.BAD_WORDS, "words")


TYPE = Essay()
