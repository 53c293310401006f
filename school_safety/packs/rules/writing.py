"""The way from a lesson to the form of one of its parts, and back; and where in the forms a finding is told."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from school_safety.assessment.rules.authoring import Draft, Field, Group, Listed, Number, Parts, Ticks, Words
from school_safety.curriculum.rules import LessonBody, bilingual
from school_safety.packs.rules.lesson import PHASES
from school_safety.packs.rules.parts import FIELDS, LessonPart, describe
from school_safety.packs.rules.values import LANGUAGES, LESSON, OUTREACH, READING, TEACHER, Finding, Path


def form_of(part: LessonPart, body: LessonBody) -> Draft:
    """What the form of a part holds."""
    if part in (LessonPart.READING, LessonPart.TEACHER):
        return {part.value: dict(body.reading if part is LessonPart.READING else body.teacher)}
    if part is LessonPart.OUTREACH:
        return dict(deepcopy(body.outreach))
    if part is LessonPart.FLOW:
        steps = {step["phase"]: step for step in body.lesson["flow"]}
        return {"flow": {phase: deepcopy(steps.get(phase, {})) for phase in PHASES}}
    form = {name: deepcopy(body.lesson[name]) for name in _names(part) if name in body.lesson}
    for source in form.get("sources", ()):
        source["claim"] = bilingual(source["claim"])
    return form


def with_form(part: LessonPart, body: LessonBody, form: Mapping[str, Any]) -> LessonBody:
    """The lesson with one part as the form has it; what was left empty is there as empty."""
    whole = completed(describe(part).fields, form)
    if part is LessonPart.READING:
        return LessonBody(body.lesson, whole["reading"], body.teacher, body.outreach)
    if part is LessonPart.TEACHER:
        return LessonBody(body.lesson, body.reading, whole["teacher"], body.outreach)
    if part is LessonPart.OUTREACH:
        return LessonBody(body.lesson, body.reading, body.teacher, whole)
    if part is LessonPart.FLOW:
        whole = {"flow": [{"phase": phase, **whole["flow"][phase]} for phase in PHASES]}
    if part is LessonPart.SOURCES:
        whole["contacts"] = list(form.get("contacts", ()))
    return LessonBody({**body.lesson, **whole}, body.reading, body.teacher, body.outreach)


def _names(part: LessonPart) -> list[str]:
    return [field.name for field in describe(part).fields]


def blank_body(code: str, facts: Mapping[str, Any]) -> LessonBody:
    """A lesson of which only `facts` are known (title, strand, grades, elements, dates): everything is there, empty."""
    body = LessonBody({"code": code, **facts}, {}, {}, {})
    for part in LessonPart:
        blank = {**describe(part).blank(), **form_of(part, body)} if part is not LessonPart.FLOW else {"flow": {}}
        body = with_form(part, body, blank)
    return body


def completed(fields: Iterable[Field], values: Mapping[str, Any]) -> Draft:
    """The values with something empty for every field that has none, so that every reader finds the whole shape."""
    return {field.name: _whole(field, values.get(field.name)) for field in fields}


def _whole(field: Field, value: Any) -> Any:
    if isinstance(field, Words):
        return {language: (value or {}).get(language, "") for language in LANGUAGES}
    if isinstance(field, Group):
        return completed(field.fields, value or {})
    if isinstance(field, Parts):
        return [
            {**({"id": part["id"]} if "id" in part else {}), **completed(field.fields, part)} for part in value or ()
        ]
    if isinstance(field, Ticks | Listed):
        return list(value or ())
    if isinstance(field, Number):
        return 0 if value is None else value
    return "" if value is None else value


def place_of(finding: Finding, body: LessonBody) -> tuple[LessonPart | None, Path]:
    """The part in which somebody can mend a finding, and the path in that part's form; None: not in the editor."""
    path = finding.path
    if finding.file == OUTREACH:
        return LessonPart.OUTREACH, path
    for part, name in ((LessonPart.READING, READING), (LessonPart.TEACHER, TEACHER)):
        if finding.file.startswith(f"{name}."):
            return part, (part.value, finding.file.split(".")[1])
    if finding.file.startswith("media/"):
        files = [medium["file"] for medium in body.lesson["media"]]
        return LessonPart.MEDIA, ("media", files.index(finding.file)) if finding.file in files else ()
    if finding.file != LESSON or not path:
        return None, path
    if path[0] == "flow" and len(path) > 1 and isinstance(path[1], int) and path[1] < len(PHASES):
        return LessonPart.FLOW, ("flow", PHASES[path[1]], *path[2:])
    if path[0] == "contacts":
        return LessonPart.SOURCES, ("contacts",)
    return next((part for part in _OF_LESSON if path[0] in _HOMES[part]), None), path


_HOMES = {part: frozenset(field.name for field in fields) for part, fields in FIELDS.items()}
_OF_LESSON = [part for part in LessonPart if part is not LessonPart.OUTREACH]
