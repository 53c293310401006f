"""The shapes of the three YAML files of a pack: which fields, of which kind. What they mean together, rules say."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from school_safety.curriculum.rules import HIGHEST_GRADE, LOWEST_GRADE
from school_safety.packs.rules import ITEMS, LANGUAGES, LESSON, OUTREACH, Finding, FindingCode

Words = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Grade = Annotated[int, Field(ge=LOWEST_GRADE, le=HIGHEST_GRADE)]


class Shape(BaseModel):
    """Nothing is guessed: a number in quotes is no number, a field nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Text(Shape):
    """A text in both languages."""

    vi: Words
    en: Words


class Objective(Shape):
    """What a pupil can do after the lesson, with its places in the frameworks."""

    id: Code
    text: Text
    competences: Annotated[list[Words], Field(min_length=1)]
    curriculum: Annotated[list[Words], Field(min_length=1)]


class Vocabulary(Shape):
    """A word worth learning."""

    term: Text
    meaning: Text


class Misconception(Shape):
    """A named wrong idea, what is right, and ten minutes in class to set it right."""

    id: Code
    text: Text
    correction: Text
    reteach: Text


class FlowStep(Shape):
    """One of the four activities of a lesson."""

    phase: Literal["opening", "explore", "practise", "apply"]
    minutes: Annotated[int, Field(ge=1, le=180)]
    goal: Text
    content: Text
    product: Text
    steps: Text


class Medium(Shape):
    """A picture and its words."""

    file: Annotated[str, StringConstraints(pattern=r"^media/[a-z0-9][a-z0-9._-]*\.(svg|png)$")]
    alt: Text


def _in_both(value: Any) -> Any:
    return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value


class Source(Shape):
    """Where a claim of the lesson comes from. Older lessons have their claims in Vietnamese alone, as plain strings."""

    claim: Annotated[Text, BeforeValidator(_in_both)]
    title: Words
    publisher: Words
    year: Annotated[int, Field(ge=1900, le=2200)]


class LessonShape(Shape):
    """`lesson.yaml`."""

    code: Words
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    strand: Literal["online_safety", "media_literacy"]
    elements: Annotated[list[Literal["a", "b", "c", "d"]], Field(min_length=1)]
    grades: Annotated[list[Grade], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=180)]
    title: Text
    summary: Text
    objectives: Annotated[list[Objective], Field(min_length=2, max_length=4)]
    vocabulary: Annotated[list[Vocabulary], Field(min_length=1)]
    misconceptions: Annotated[list[Misconception], Field(min_length=1)]
    flow: list[FlowStep]
    sensitivity: Literal["none", "teacher_prep", "counsellor"]
    media: list[Medium]
    sources: Annotated[list[Source], Field(min_length=1)]
    contacts: Annotated[list[Words], Field(min_length=1)]
    reviewed_on: Day
    review_due: Day
    licence: Words


class ItemShape(BaseModel):
    """The frame of one entry of `items.yaml`; what stands in it beside belongs to the type and is checked there."""

    model_config = ConfigDict(extra="allow", strict=True)

    id: Code
    type: Words
    use: Literal["practice", "form_a", "form_b", "anchor", "booster"]
    objective: Words
    points: Annotated[int, Field(ge=1, le=100)]


class Email(Shape):
    """A message to families."""

    subject: Text
    body: Text


class OutreachShape(Shape):
    """`outreach.yaml`."""

    family: Text
    leaflet: Text
    loudspeaker: Text
    led: Text
    zalo: Text
    sms: Text
    email: Email


_SHAPES: dict[str, TypeAdapter[Any]] = {
    LESSON: TypeAdapter(LessonShape),
    ITEMS: TypeAdapter(Annotated[list[ItemShape], Field(min_length=1)]),
    OUTREACH: TypeAdapter(OutreachShape),
}
_CODES = {"missing": FindingCode.MISSING_FIELD, "extra_forbidden": FindingCode.UNKNOWN_FIELD}


def shape_findings(file: str, value: Any) -> Iterator[Finding]:
    """What keeps a document from having the shape of its file."""
    try:
        _SHAPES[file].validate_python(value)
    except ValidationError as error:
        for details in error.errors(include_url=False, include_input=False):
            yield _finding(file, details)
    else:
        yield from _dates(file, value)


def _finding(file: str, details: ErrorDetails) -> Finding:
    path = details["loc"]
    code = _CODES.get(details["type"], FindingCode.WRONG_SHAPE)
    if path and path[-1] in LANGUAGES and details["type"] in ("missing", "string_too_short", "string_type"):
        code = FindingCode.MISSING_LANGUAGE
    return Finding(code, file, path, params={"name": str(path[-1]) if path else file, "reason": details["msg"]})


def _dates(file: str, value: Any) -> Iterator[Finding]:
    for name in ("reviewed_on", "review_due") if file == LESSON else ():
        try:
            date.fromisoformat(value[name])
        except ValueError:
            params = {"name": name, "reason": value[name]}
            yield Finding(FindingCode.WRONG_SHAPE, file, (name,), params=params)
