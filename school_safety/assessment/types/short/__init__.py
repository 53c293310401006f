"""`short`: a few words typed by the pupil, compared with accepted forms; the first that fits gives its weight.

Response: `{"text": "cụm mật khẩu"}`.
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
    exact,
    gave_up,
    score_of,
    state_of,
)
from school_safety.assessment.types.short.patterns import is_catch_all, rule_for, sample, weight_of
from school_safety.kit.text import squeeze

LONGEST = 200
MOST_FORMS = 20
_OPTIONAL = ("weight", "misconception", "feedback")


class Short(ItemType):
    """Short answer (Moodle question/type/shortanswer); never for the names of people."""

    code = "short"
    parts = ""

    def check(self, content: Content) -> tuple[Problem, ...]:
        """Some form is worth 1 and its own words earn that; a form worth less says why."""
        inspection = Inspection(content)
        inspection.frame(required=("accept",), optional=("ignore_diacritics", "case_sensitive"))
        inspection.flag("ignore_diacritics", "case_sensitive")
        forms = content.get("accept", [])
        if not isinstance(forms, list) or not all(isinstance(form, Mapping) for form in forms):
            inspection.note(ProblemCode.WRONG_SHAPE, "accept")
            return inspection.problems
        if not forms and "accept" in content:
            inspection.note(ProblemCode.TOO_FEW_PARTS, "accept")
        if len(forms) > MOST_FORMS:
            inspection.note(ProblemCode.TOO_MANY_PARTS, "accept")
        for index, form in enumerate(forms):
            _check_form(inspection, form, ("accept", index))
        if forms and not inspection.problems and _key_form(content) is None:
            inspection.note(ProblemCode.NO_KEY, "accept")
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """One text field."""
        text = form.get(f"{prefix}-text")
        return {"text": text} if text else None

    def accept(self, content: Content, value: object) -> Response | None:
        """One line of text, trimmed; an empty one is no answer."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"text"} or not isinstance(value["text"], str):
            raise BadAnswer("shape")
        text = squeeze(value["text"])
        if len(text) > LONGEST:
            raise BadAnswer("too long")
        return {"text": text} if text else None

    def score(self, content: Content, response: Response | None) -> Score:
        """The weight of the first accepted form that fits; nothing if none does."""
        if response is None:
            return gave_up()
        place = rule_for(content, response["text"])
        return score_of(Fraction(0) if place is None else weight_of(content["accept"][place]))

    def key(self, content: Content) -> Response:
        """The words of a form that is worth 1."""
        return {"text": _key_form(content) or ""}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on the form that the answer fits, by its place from 1; one with the id `none` if it fits none."""
        if response is None:
            return Feedback((), content.get("feedback"))
        place = rule_for(content, response["text"])
        if place is None:
            return Feedback((Note("none", True, State.WRONG, None),), content.get("feedback"))
        form = content["accept"][place]
        note = Note(str(place + 1), True, state_of(weight_of(form)), form.get("feedback"))
        return Feedback((note,), content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The words as they were typed."""
        words = response["text"] if response else ""
        return {"vi": words, "en": words}

    def guess(self, content: Content) -> Fraction:
        """Nothing, or the weight of a form that takes every answer."""
        for form in content["accept"]:
            if any(is_catch_all(pattern) for pattern in form["pattern"].values()):
                return weight_of(form)
        return Fraction(0)

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconception behind the form that the answer fits."""
        place = rule_for(content, response["text"]) if response else None
        named = content["accept"][place].get("misconception") if place is not None else None
        return frozenset({named} if named else ())

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind the forms."""
        return frozenset(form["misconception"] for form in content["accept"] if "misconception" in form)

    def accepted(self, content: Content) -> tuple[Text, ...]:
        """The forms that are worth 1, in words for people."""
        whole = (form for form in content["accept"] if weight_of(form) == 1)
        return tuple({language: sample(words) for language, words in form["pattern"].items()} for form in whole)


def _key_form(content: Content) -> str | None:
    """Words of a form worth 1 that no earlier form takes for less."""
    for form in content["accept"]:
        words = sample(form["pattern"]["vi"])
        if weight_of(form) == 1 and words:
            place = rule_for(content, words)
            if place is not None and weight_of(content["accept"][place]) == 1:
                return words
    return None


def _check_form(inspection: Inspection, form: Mapping[str, Any], path: tuple[str, int]) -> None:
    inspection.fields(form, path, required=("pattern",), optional=_OPTIONAL)
    inspection.texts(form, path, "pattern", "feedback")
    weight = exact(form.get("weight", 1))
    if weight is None or not 0 <= weight <= 1:
        inspection.note(ProblemCode.BAD_WEIGHT, *path, "weight")
        return
    if weight < 1 and "feedback" not in form:
        inspection.note(ProblemCode.NO_FEEDBACK, *path)
    if not isinstance(form.get("misconception", ""), str):
        inspection.note(ProblemCode.WRONG_SHAPE, *path, "misconception")
    elif weight == 1 and "misconception" in form:
        inspection.note(ProblemCode.MISCONCEPTION_ON_KEY, *path, "misconception")
    patterns = form.get("pattern")
    words = patterns.values() if isinstance(patterns, Mapping) else ()
    if weight == 1 and any(isinstance(pattern, str) and is_catch_all(pattern) for pattern in words):
        inspection.note(ProblemCode.EMPTY_PATTERN, *path, "pattern")


TYPE = Short()
