"""What a page needs to draw items: as the pupil meets them, with the answers and their feedback, or on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from school_safety.assessment.queries import FrozenAssessment
from school_safety.assessment.rules import (
    Content,
    Feedback,
    FormData,
    ItemType,
    Marks,
    Response,
    Rubric,
    Score,
    by_id,
)
from school_safety.assessment.types import TYPES


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item in front of somebody. `slot` counts from 1; form fields and HTML ids begin with `prefix`."""

    slot: int
    type: str
    content: Content
    points: int
    order: tuple[str, ...]
    response: Response | None
    score: Score
    feedback: Feedback
    prefix: str
    level: int
    show_key: bool
    """Whether the right answer is told beside the pupil's own."""
    show_all: bool = False
    """Whether the reason of every option is told, as to a teacher."""
    marks: Marks | None = None
    """What a person gave by the rubric; None before that, and for items that nobody has to mark."""

    @property
    def parts(self) -> tuple[Mapping[str, Any], ...]:
        """The options, stems, steps or headlines in the order in which they are shown."""
        parts = by_id(self.content[TYPES[self.type].parts])
        return tuple(parts[part_id] for part_id in self.order)

    def form_value(self, part_id: str) -> str:
        """What stands for a part in the pupil's form."""
        return TYPES[self.type].form_value(self.content, part_id)

    @property
    def scene(self) -> Mapping[str, Any]:
        """What the type's own templates draw beside the content."""
        return TYPES[self.type].scene(self.content, self.response, self.order)

    @property
    def kind(self) -> ItemType:
        """The item's type, for what its own pages ask it."""
        return TYPES[self.type]

    @property
    def rubric(self) -> Rubric:
        """By what a person marks the answer; () where nobody has to."""
        return self.kind.rubric(self.content)

    @property
    def mark(self) -> Fraction:
        """What the answer earns, in points."""
        return self.score.fraction * self.points

    @property
    def key(self) -> Response:
        """The answer that is worth everything."""
        return TYPES[self.type].key(self.content)


def show_item(
    item_type: str,
    content: Content,
    *,
    seed: str | int,
    slot: int = 1,
    points: int = 1,
    response: Response | None = None,
    marks: Marks | None = None,
    level: int = 2,
    show_key: bool = True,
) -> ShownItem:
    """The item as the pupil with this seed meets it; `level` is the rank of its heading in the page."""
    kind = TYPES[item_type]
    return ShownItem(
        slot=slot,
        type=item_type,
        content=content,
        points=points,
        order=kind.order_for(content, seed),
        response=response,
        score=kind.marked(content, response, marks),
        feedback=kind.feedback(content, response),
        prefix=prefix_of(slot),
        level=level,
        show_key=show_key,
        marks=marks,
    )


def prefix_of(slot: int) -> str:
    """The beginning of the names of an item's form fields."""
    return f"q{slot}"


def show_assessment(
    frozen: FrozenAssessment,
    *,
    seed: str | int,
    answers: Mapping[int, Response | None] | None = None,
) -> tuple[ShownItem, ...]:
    """All items of an assessment as the pupil with this seed meets them; `answers` by position."""
    given = answers or {}
    return tuple(
        show_item(
            placed.item.type,
            placed.item.content,
            seed=seed,
            slot=placed.position,
            points=placed.points,
            response=given.get(placed.position),
        )
        for placed in frozen.items
    )


def read_answers(frozen: FrozenAssessment, form: FormData) -> dict[int, Response | None]:
    """The answers that a plain form post carries, by position. Raises BadAnswer."""
    return {
        placed.position: TYPES[placed.item.type].parse(placed.item.content, form, prefix_of(placed.position))
        for placed in frozen.items
    }


def with_reasons(item: ShownItem) -> ShownItem:
    """The item as a teacher reads it: the key and the reason of every option."""
    return replace(item, show_all=True)


def earned(items: tuple[ShownItem, ...]) -> Fraction:
    """What the answers earn together, in points."""
    return sum((item.mark for item in items if item.kind.scored), Fraction(0))
