"""`survey`: what somebody thinks or does; there is no right answer, and it counts in no total and no statistics.

Response: `{"choice": "a"}`, or `{"text": "…"}` for an open question.
"""

import unicodedata
from collections.abc import Mapping
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
    Text,
    by_id,
    gave_up,
)

LONGEST = 2_000


class Survey(ItemType):
    """A question about attitude or behaviour; kept out of everything that judges a pupil."""

    code = "survey"
    parts = "options"
    scored = False

    def check(self, content: Content) -> tuple[Problem, ...]:
        """Either options or an open field."""
        inspection = Inspection(content)
        inspection.frame(required=(), optional=("options", "open"))
        inspection.flag("open")
        if ("options" in content) == (content.get("open") is True):
            inspection.note(ProblemCode.OPEN_AND_OPTIONS, "options")
        for index, option in inspection.parts("options", least=2, most=7, required=("text",)):
            inspection.texts(option, ("options", index), "text")
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """The chosen radio button, or the text."""
        name = "text" if content.get("open") else "choice"
        said = form.get(f"{prefix}-{name}")
        return {name: said} if said else None

    def accept(self, content: Content, value: object) -> Response | None:
        """One option of this item, or a trimmed text; an empty one is no answer."""
        if value is None:
            return None
        name = "text" if content.get("open") else "choice"
        if not isinstance(value, Mapping) or set(value) != {name} or not isinstance(value[name], str):
            raise BadAnswer("shape")
        if name == "choice":
            if value[name] not in by_id(content["options"]):
                raise BadAnswer("unknown option")
            return {"choice": value[name]}
        text = unicodedata.normalize("NFC", value[name].replace("\r\n", "\n").replace("\x00", "")).strip()
        if len(text) > LONGEST:
            raise BadAnswer("too long")
        return {"text": text} if text else None

    def score(self, content: Content, response: Response | None) -> Score:
        """Nothing to judge, whatever was said."""
        return gave_up()

    def key(self, content: Content) -> Response:
        """No answer is the right one."""
        return {}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """Which option was chosen; nothing is judged."""
        chosen = response.get("choice") if response else None
        notes = tuple(Note(option["id"], option["id"] == chosen, None, None) for option in content.get("options", ()))
        return Feedback(notes, content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The words of the chosen option, or the text in one line."""
        if response and "choice" in response:
            return dict(by_id(content["options"])[response["choice"]]["text"])
        words = " ".join(response["text"].split()) if response else ""
        return {"vi": words, "en": words}

    def guess(self, content: Content) -> None:
        """There is nothing to guess."""
        return

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The author's order: the options are mostly a scale."""
        return tuple(option["id"] for option in content.get("options", ()))


TYPE = Survey()
