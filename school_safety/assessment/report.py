"""What a page needs to draw one item: as the pupil meets it, with its answer and its feedback, or on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from school_safety.assessment.rules import Content, Feedback, Response, Score, by_id
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

    @property
    def parts(self) -> tuple[Mapping[str, Any], ...]:
        """The options, stems, steps or headlines in the order in which they are shown."""
        parts = by_id(self.content[TYPES[self.type].parts])
        return tuple(parts[part_id] for part_id in self.order)

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
        score=kind.score(content, response),
        feedback=kind.feedback(content, response),
        prefix=prefix_of(slot),
        level=level,
        show_key=show_key,
    )


def prefix_of(slot: int) -> str:
    """The beginning of the names of an item's form fields."""
    return f"q{slot}"
