"""The frozen paper of an assignment: which item revisions, worth how much, and what of it one pupil gets."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from school_safety.assessment.types import TYPES


@dataclass(frozen=True, slots=True)
class PaperSlot:
    """One place of the paper. `slot` counts from 1 and never changes; `type` is the code of the item type.

    `pool`: 0, or the number of the pool that the place belongs to; `printable`: it can be answered on paper.
    """

    slot: int
    item_revision_id: int
    type: str
    points: Fraction
    pool: int = 0
    printable: bool = False

    @property
    def scored(self) -> bool:
        """False for what is asked without being judged, such as a survey."""
        return TYPES[self.type].scored


@dataclass(frozen=True, slots=True)
class Paper:
    """All slots in the teacher's order; `shuffle`: every pupil sees them in an order of their own.

    `pools`: how many places of each pool a pupil gets, by the pool's number; all places of a pool are worth the same.
    """

    slots: tuple[PaperSlot, ...]
    shuffle: bool = False
    pools: tuple[tuple[int, int], ...] = ()

    def slot(self, number: int) -> PaperSlot | None:
        """The slot with this number, or None."""
        return next((slot for slot in self.slots if slot.slot == number), None)

    @property
    def maximum(self) -> Fraction:
        """The points that one pupil can earn."""
        return sum((slot.points for slot in self._typical() if slot.scored), Fraction(0))

    @property
    def scored_slots(self) -> tuple[PaperSlot, ...]:
        """The slots that totals and statistics are about."""
        return tuple(slot for slot in self.slots if slot.scored)

    @property
    def asks_opinions(self) -> bool:
        """True when some of it is asked without being judged."""
        return any(not slot.scored for slot in self.slots)

    @property
    def count(self) -> int:
        """How many items one pupil gets."""
        return len(self._typical())

    def _typical(self) -> tuple[PaperSlot, ...]:
        """A choice as any pupil gets one: as many places of every pool, worth as much."""
        return self.drawn(0).slots

    def drawn(self, seed: int) -> "Paper":
        """The paper of the pupil with this seed: of every pool as many places as it gives, always the same ones."""
        if not self.pools:
            return self
        kept: set[int] = set()
        for pool, count in self.pools:
            members = [slot.slot for slot in self.slots if slot.pool == pool]
            kept.update(sorted(members, key=lambda number: _draw(seed, "pool", number))[:count])
        return Paper(tuple(slot for slot in self.slots if not slot.pool or slot.slot in kept), self.shuffle)

    def with_items(self, revisions: Mapping[int, int]) -> "Paper":
        """The paper with these item revisions in place of its own, by slot."""
        if not revisions:
            return self
        slots = (replace(slot, item_revision_id=revisions.get(slot.slot, slot.item_revision_id)) for slot in self.slots)
        return replace(self, slots=tuple(slots))

    def printed(self, seed: int) -> "Paper":
        """The paper as a class without devices gets it: the same places for everybody, in the teacher's order."""
        return Paper(tuple(slot for slot in self.drawn(seed).slots if slot.printable))

    def order_for(self, seed: int) -> tuple[int, ...]:
        """The slot numbers in the order in which the pupil with this seed meets them."""
        numbers = [slot.slot for slot in self.slots]
        if self.shuffle:
            numbers.sort(key=lambda number: _draw(seed, number))
        return tuple(numbers)


def _draw(*parts: object) -> bytes:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()


def paper_seed(assignment_id: int) -> int:
    """The seed of everybody who answers this assignment on paper."""
    return int.from_bytes(_draw("paper", assignment_id)[:4]) >> 1


def freeze_paper(
    items: Sequence[tuple[int, str, Fraction]],
    *,
    shuffle: bool,
    pooled: Sequence[int] = (),
    pools: Mapping[int, int] | None = None,
    printable: Sequence[bool] = (),
) -> dict[str, Any]:
    """The JSON of a paper made of (item revision id, type, points) in order; points as exact `"3/2"` or `"1"`.

    `pooled` and `printable` say of each item its pool (0: none) and whether it can be answered on paper; `pools` how
    many places each pool gives.
    """
    slots = []
    for index, (revision_id, type_code, points) in enumerate(items):
        slot: dict[str, Any] = {"slot": index + 1, "item": revision_id, "type": type_code, "points": str(points)}
        if index < len(pooled) and pooled[index]:
            slot["pool"] = pooled[index]
        if index < len(printable) and printable[index]:
            slot["printable"] = True
        slots.append(slot)
    drawn = {"pools": [[pool, count] for pool, count in sorted(pools.items())]} if pools else {}
    return {"slots": slots, "shuffle": shuffle, **drawn}


def read_paper(frozen: Mapping[str, Any]) -> Paper:
    """The whole paper from its JSON; an assignment without questions has an empty one."""
    slots = tuple(
        PaperSlot(
            slot["slot"],
            slot["item"],
            slot["type"],
            _exact(slot["points"]),
            slot.get("pool", 0),
            slot.get("printable", False),
        )
        for slot in frozen["slots"]
    )
    pools = tuple((pool, count) for pool, count in frozen.get("pools", ()))
    return Paper(slots, shuffle=frozen["shuffle"], pools=pools)


def own_paper(
    frozen: Mapping[str, Any], *, seed: int, on_paper: bool, regraded: Mapping[str, int] | None = None
) -> Paper:
    """The paper of one attempt: what its seed draws, or what the class without devices had printed.

    `regraded`: the corrected items that it was scored anew by, as they are stored.
    """
    whole = read_paper(frozen)
    own = whole.printed(seed) if on_paper else whole.drawn(seed)
    return own.with_items({int(slot): revision for slot, revision in (regraded or {}).items()})


def with_question(frozen: Mapping[str, Any], slot: int, revision_id: int, *, printable: bool) -> dict[str, Any]:
    """The JSON of a paper with another item of the same type in one place; its points and its pool stay."""
    slots = [dict(one) for one in frozen["slots"]]
    for one in slots:
        if one["slot"] == slot:
            one["item"] = revision_id
            one.pop("printable", None)
            one |= {"printable": True} if printable else {}
    return {**frozen, "slots": slots}


@lru_cache(maxsize=256)
def _exact(points: str) -> Fraction:
    """The points of a slot; whole numbers, which they nearly always are, without the parser of fractions."""
    return Fraction(int(points)) if points.isdigit() else Fraction(points)
