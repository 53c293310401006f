"""Answers in a pupil's own words: the rubric by which a person marks them, and what the marks are worth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

from school_safety.assessment.rules.content import Inspection, Path
from school_safety.assessment.rules.values import BadAnswer, Part, ProblemCode, Score, State, Text

Marks: TypeAlias = Mapping[str, int]
"""What a marker gave: the points of each criterion, by its id."""

LEAST_LEVELS, MOST_LEVELS = 2, 5
MOST_LEVEL_POINTS = 20


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a criterion: what it looks like, and its whole points."""

    points: int
    text: Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is looked for in the answer; `levels` from 0 points up."""

    id: str
    text: Text
    levels: tuple[Level, ...]

    @property
    def most(self) -> int:
        """The points of the highest level."""
        return self.levels[-1].points


Rubric: TypeAlias = tuple[Criterion, ...]


def levels_of(levels: Iterable[Mapping[str, Any]]) -> tuple[Level, ...]:
    """The levels of a sound content as values."""
    return tuple(Level(level["points"], level["text"]) for level in levels)


def check_levels(inspection: Inspection, value: object, path: Path) -> None:
    """Note what is wrong with a list of levels: 2 to 5, whole points that ascend from 0, each with its words."""
    if not isinstance(value, list) or not all(isinstance(level, Mapping) for level in value):
        inspection.note(ProblemCode.WRONG_SHAPE, *path)
        return
    if len(value) < LEAST_LEVELS:
        inspection.note(ProblemCode.TOO_FEW_PARTS, *path)
    if len(value) > MOST_LEVELS:
        inspection.note(ProblemCode.TOO_MANY_PARTS, *path)
    for index, level in enumerate(value):
        inspection.fields(level, (*path, index), required=("points", "text"), optional=())
        inspection.texts(level, (*path, index), "text")
    points = [level.get("points") for level in value]
    if not _ascend_from_zero(points):
        inspection.note(ProblemCode.BAD_LEVELS, *path)


def _ascend_from_zero(points: list[Any]) -> bool:
    if any(isinstance(one, bool) or not isinstance(one, int) for one in points):
        return False
    rises = all(lower < higher for lower, higher in pairwise(points))
    return bool(points) and points[0] == 0 and rises and points[-1] <= MOST_LEVEL_POINTS


def accept_marks(rubric: Rubric, given: Mapping[str, object]) -> dict[str, int]:
    """The marks to store: one level of every criterion and nothing else. Raises BadAnswer naming the criterion."""
    marks: dict[str, int] = {}
    for criterion in rubric:
        points = given.get(criterion.id)
        if isinstance(points, bool) or not isinstance(points, int):
            raise BadAnswer(criterion.id)
        if points not in [level.points for level in criterion.levels]:
            raise BadAnswer(criterion.id)
        marks[criterion.id] = points
    return marks


def best_marks(rubric: Rubric) -> dict[str, int]:
    """The highest level of every criterion."""
    return {criterion.id: criterion.most for criterion in rubric}


def rubric_share(rubric: Rubric, marks: Marks) -> Fraction:
    """Points given / points possible, in [0, 1]."""
    return Fraction(sum(marks[criterion.id] for criterion in rubric), sum(criterion.most for criterion in rubric))


def awaiting(fraction: Fraction, parts: Iterable[Part] = ()) -> Score:
    """The score of an answer that nobody has marked yet: `fraction` is what it is worth until then."""
    return Score(fraction, tuple(parts), State.UNMARKED)
