"""A lesson plan as Công văn 5512/BGDĐT-GDTrH, phụ lục IV asks for it, in one language, for one teacher."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.rules import (
    FIVE_MINUTES,
    GENERAL_COMPETENCES,
    PREPARATION,
    QUALITIES,
    ContactCard,
    bullets,
    cards_of,
    grades_of,
    numbered_steps,
    periods,
    plain,
    renumbered,
    section,
    subjects_of,
    without_section,
)


@dataclass(frozen=True, slots=True)
class Taught:
    """Who will teach it, as far as the system knows; empty parts become dots to fill in."""

    school: str = ""
    teacher: str = ""
    class_groups: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """What a pupil can do afterwards, with its places in the frameworks."""

    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """One of the four activities; `number` counts from 1."""

    number: int
    phase: str
    minutes: int
    goal: str
    content: str
    product: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong idea to expect, what is right, and how to teach it again."""

    id: str
    text: str
    correction: str
    reteach: str


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """Everything that the plan says.

    Attributes:
        terms: the words worth knowing; `knowledge` the right ideas that the lesson builds.
        equipment: what the teacher gets ready, from the notes.
        brief: the Markdown of the notes for somebody with five minutes; `notes` the rest of them.
    """

    code: str
    version: str
    number: int
    language: str
    title: str
    summary: str
    licence: str
    grades: tuple[int, ...]
    minutes: int
    taught: Taught
    terms: tuple[str, ...]
    knowledge: tuple[str, ...]
    aims: tuple[Aim, ...]
    general: tuple[str, ...]
    qualities: tuple[str, ...]
    equipment: tuple[str, ...]
    activities: tuple[Activity, ...]
    misconceptions: tuple[Misconception, ...]
    brief: str
    notes: str

    @property
    def periods(self) -> int:
        """How many periods of 45 minutes it takes."""
        return periods(self.minutes)


def make_plan(
    revision: LessonRevision,
    *,
    language: str,
    cards: Mapping[str, ContactCard],
    taught: Taught | None = None,
) -> LessonPlan:
    """The plan of a revision, whosever lesson it is; a part without a text in the language is in Vietnamese.

    `cards` are the contacts of today: their numbers stand where the lesson names one.
    """

    current = cards_of(revision.content["contacts"], cards, for_pupils=False)
    content = renumbered(revision.content, current)
    notes = renumbered(_in(language, revision.teacher), current)
    strand = revision.lesson.strand
    return LessonPlan(
        code=revision.lesson.code,
        version=revision.version,
        number=revision.number,
        language=language,
        title=_in(language, content["title"]),
        summary=_in(language, content["summary"]),
        licence=content["licence"],
        grades=grades_of(revision.grades),
        minutes=revision.minutes,
        taught=_taught(taught or Taught(), content),
        terms=tuple(_in(language, word["term"]) for word in content["vocabulary"]),
        knowledge=tuple(_in(language, idea["correction"]) for idea in content["misconceptions"]),
        aims=_aims(language, content),
        general=tuple(_in(language, one) for one in GENERAL_COMPETENCES[strand]),
        qualities=tuple(_in(language, one) for one in QUALITIES[strand]),
        equipment=bullets(section(notes, PREPARATION[language]) or section(notes, PREPARATION["vi"])),
        activities=_activities(language, content),
        misconceptions=_misconceptions(language, content),
        brief=section(notes, FIVE_MINUTES[language]),
        notes=without_section(notes, FIVE_MINUTES[language]),
    )


def _in(language: str, texts: Mapping[str, str]) -> str:
    return (texts.get(language) or texts["vi"]).strip()


def _taught(given: Taught, content: Mapping[str, Any]) -> Taught:
    """Where nobody's subject is known, the subjects of the curriculum that the lesson belongs to."""
    tags = [tag for objective in content["objectives"] for tag in objective["curriculum"]]
    return replace(given, subjects=given.subjects or subjects_of(tags))


def _aims(language: str, content: Mapping[str, Any]) -> tuple[Aim, ...]:
    return tuple(
        Aim(_in(language, objective["text"]), (*objective["competences"], *objective["curriculum"]))
        for objective in content["objectives"]
    )


def _activities(language: str, content: Mapping[str, Any]) -> tuple[Activity, ...]:
    return tuple(
        Activity(
            number=number,
            phase=step["phase"],
            minutes=step["minutes"],
            goal=_in(language, step["goal"]),
            content=_in(language, step["content"]),
            product=_in(language, step["product"]),
            steps=tuple(plain(one) for one in numbered_steps(_in(language, step["steps"]))),
        )
        for number, step in enumerate(content["flow"], 1)
    )


def _misconceptions(language: str, content: Mapping[str, Any]) -> tuple[Misconception, ...]:
    return tuple(
        Misconception(idea["id"], *(_in(language, idea[part]) for part in ("text", "correction", "reteach")))
        for idea in content["misconceptions"]
    )
