"""Marks that a person gave for answers in a pupil's own words: which of them count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from school_safety.assessment.rules import Marks, Response
from school_safety.classroom.rules.saving import body_hash

_WORDS = ("text", "why")
"""The fields of answers that hold a pupil's own words."""


class MarkProblem(StrEnum):
    """Why an answer cannot be marked now."""

    NOT_SUBMITTED = "not_submitted"
    NOTHING_TO_MARK = "nothing_to_mark"
    ANSWER_CHANGED = "answer_changed"
    LEVEL_MISSING = "level_missing"
    OWN_MARK = "own_mark"


@dataclass(frozen=True, slots=True)
class GivenMark:
    """Points per criterion, given to the answer of one slot that had this hash."""

    slot: int
    body_hash: str
    criteria: Marks


def effective_marks(given: Iterable[GivenMark], answers: Mapping[int, Response | None]) -> dict[int, Marks]:
    """The marks that count by slot, of marks from the oldest to the newest.

    The newest of the answer that counts now; one that was given to another answer, such as the one in time before a
    late one was accepted, does not count.
    """
    marks: dict[int, Marks] = {}
    for mark in given:
        answer = answers.get(mark.slot)
        if answer is not None and body_hash(answer) == mark.body_hash:
            marks[mark.slot] = mark.criteria
    return marks


def without_words(response: Response) -> Response:
    """What stays of an answer when its pupil is forgotten: the choices, not the pupil's own words."""
    return {name: "" if name in _WORDS else value for name, value in response.items()}
