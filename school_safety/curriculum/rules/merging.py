"""Taking over a newer original into a school's own lesson: part by part, by who changed what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from school_safety.curriculum.rules.comparing import LessonBody
from school_safety.curriculum.rules.joining import Clash, joined_value

LESSON_PARTS = ("title", "summary", "vocabulary")
KIT_PARTS = ("family", "leaflet", "loudspeaker", "led", "zalo", "sms", "email")
FLOW = "flow"
FLOW_PARTS = ("flow.opening", "flow.explore", "flow.practise", "flow.apply")
PROSE_PARTS = ("reading", "teacher")
OWN_PARTS = (*LESSON_PARTS, *FLOW_PARTS, *PROSE_PARTS, *KIT_PARTS)
"""What a school may say in its own words; all else of a lesson stays the original's."""


class Side(StrEnum):
    """Whose words a part takes."""

    OWN = "own"
    ORIGINAL = "original"


class Fate(StrEnum):
    """What happened to a part since the school began from the original."""

    SAME = "same"
    OWN_CHANGED = "own_changed"
    ORIGINAL_CHANGED = "original_changed"
    BOTH_SAME = "both_same"
    JOINED = "joined"
    """Both changed it, in places that do not touch."""
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Versions:
    """Three contents: the original that the school began from, the original of today, the school's own."""

    began: LessonBody
    today: LessonBody
    own: LessonBody


def parts_of(body: LessonBody) -> dict[str, Any]:
    """What a school may change of a lesson, by part; both languages are one part, so that they stay together."""
    lesson = {name: body.lesson[name] for name in LESSON_PARTS}
    flow = {f"{FLOW}.{step['phase']}": step for step in body.lesson[FLOW]}
    kit = {name: body.outreach[name] for name in KIT_PARTS}
    return lesson | flow | kit | {"reading": dict(body.reading), "teacher": dict(body.teacher)}


def with_parts(original: LessonBody, parts: Mapping[str, Any]) -> LessonBody:
    """The original with these parts in place of its own; the minutes are those of the flow."""
    lesson = {**original.lesson, **{name: parts[name] for name in LESSON_PARTS if name in parts}}
    lesson[FLOW] = [parts.get(f"{FLOW}.{step['phase']}", step) for step in original.lesson[FLOW]]
    lesson["minutes"] = sum(step["minutes"] for step in lesson[FLOW] if isinstance(step["minutes"], int))
    return LessonBody(
        lesson=lesson,
        reading=parts.get("reading", original.reading),
        teacher=parts.get("teacher", original.teacher),
        outreach={**original.outreach, **{name: parts[name] for name in KIT_PARTS if name in parts}},
    )


def own_words(before: LessonBody, typed: LessonBody) -> LessonBody:
    """A school's draft with what was typed, as far as it is the school's to say; the minutes are those of the flow."""
    return with_parts(before, parts_of(typed))


def fates(versions: Versions) -> dict[str, Fate]:
    """What happened to each part, by who changed it."""
    began, today, own = parts_of(versions.began), parts_of(versions.today), parts_of(versions.own)
    return {name: _fate(began[name], today[name], own[name]) for name in OWN_PARTS}


def _fate(began: Any, today: Any, own: Any) -> Fate:
    if own == today:
        return Fate.SAME if began == today else Fate.BOTH_SAME
    if began == own:
        return Fate.ORIGINAL_CHANGED
    if began == today:
        return Fate.OWN_CHANGED
    try:
        joined_value(began, today, own)
    except Clash:
        return Fate.CONFLICT
    return Fate.JOINED


def conflicts(versions: Versions) -> tuple[str, ...]:
    """The parts of which both changed the same place, each in its own way: somebody has to choose."""
    return tuple(name for name, fate in fates(versions).items() if fate is Fate.CONFLICT)


def take_over(versions: Versions, choices: Mapping[str, Side]) -> LessonBody:
    """The school's changes on the original of today; where both changed one place the choice, else the school's."""
    return with_parts(versions.today, dict(_kept(versions, choices)))


def _kept(versions: Versions, choices: Mapping[str, Side]) -> Iterator[tuple[str, Any]]:
    began, today, own = parts_of(versions.began), parts_of(versions.today), parts_of(versions.own)
    for name, fate in fates(versions).items():
        if fate is Fate.JOINED:
            yield name, joined_value(began[name], today[name], own[name])
        elif fate is Fate.OWN_CHANGED or (fate is Fate.CONFLICT and choices.get(name, Side.OWN) is Side.OWN):
            yield name, own[name]
