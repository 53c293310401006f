"""The frozen paper of an assignment: which item revisions, worth how much, and their order for one pupil."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class PaperSlot:
    """One place of the paper. `slot` counts from 1 and never changes; `type` is the code of the item type."""

    slot: int
    item_revision_id: int
    type: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Paper:
    """All slots in the teacher's order; `shuffle`: every pupil sees them in an order of their own."""

    slots: tuple[PaperSlot, ...]
    shuffle: bool = False

    def slot(self, number: int) -> PaperSlot | None:
        """The slot with this number, or None."""
        return next((slot for slot in self.slots if slot.slot == number), None)

    @property
    def maximum(self) -> Fraction:
        """The points of all slots together."""
        return sum((slot.points for slot in self.slots), Fraction(0))

    def order_for(self, seed: int) -> tuple[int, ...]:
        """The slot numbers in the order in which the pupil with this seed meets them."""
        numbers = [slot.slot for slot in self.slots]
        if self.shuffle:
            numbers.sort(key=lambda number: hashlib.sha256(f"{seed}\x1f{number}".encode()).digest())
        return tuple(numbers)


def freeze_paper(items: Sequence[tuple[int, str, Fraction]], *, shuffle: bool) -> dict[str, Any]:
    """The JSON of a paper made of (item revision id, type, points) in order; points as exact `"3/2"` or `"1"`."""
    slots = [
        {"slot": number, "item": revision_id, "type": type_code, "points": str(points)}
        for number, (revision_id, type_code, points) in enumerate(items, start=1)
    ]
    return {"slots": slots, "shuffle": shuffle}


def read_paper(frozen: Mapping[str, Any]) -> Paper:
    """The paper from its JSON; an assignment without questions has an empty one."""
    slots = tuple(
        PaperSlot(slot["slot"], slot["item"], slot["type"], _exact(slot["points"])) for slot in frozen["slots"]
    )
    return Paper(slots, shuffle=frozen["shuffle"])


@lru_cache(maxsize=256)
def _exact(points: str) -> Fraction:
    """The points of a slot; whole numbers, which they nearly always are, without the parser of fractions."""
    return Fraction(int(points)) if points.isdigit() else Fraction(points)
