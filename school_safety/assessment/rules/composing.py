"""Composing an assessment: which items stand where and what each is worth, as plain values."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from school_safety.assessment.rules.codes import Purpose
from school_safety.assessment.rules.values import Text

MOST_ITEMS = 50
MOST_POINTS = 20
MOST_POOLS = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of an assessment: the frozen item that stands there and what it is worth.

    `pool` 0: everybody gets the item; else it is one of the pool of that number, from which each pupil gets some.
    """

    item_revision_id: int
    points: int
    pool: int = 0


Slots = tuple[Slot, ...]
Pools = Mapping[int, int]
"""How many items a pupil gets of each pool, by the pool's number."""


class ComposingProblem(StrEnum):
    """Why an assessment cannot be saved or published as it is."""

    NO_ITEMS = "no_items"
    TOO_MANY_ITEMS = "too_many_items"
    BAD_POINTS = "bad_points"
    SAME_ITEM_TWICE = "same_item_twice"
    POOL_GIVES_ALL = "pool_gives_all"
    POOL_OF_UNEQUAL_POINTS = "pool_of_unequal_points"
    SURVEY_IN_POOL = "survey_in_pool"
    SURVEY_IN_GRADED = "survey_in_graded"


def composing_problem(slots: Slots, *, pools: Pools | None = None, publishing: bool) -> ComposingProblem | None:
    """What is wrong with these places; a draft may be empty and its pools unfinished."""
    if publishing and not slots:
        return ComposingProblem.NO_ITEMS
    if publishing and (problem := _pool_problem(slots, pools or {})) is not None:
        return problem
    if len(slots) > MOST_ITEMS:
        return ComposingProblem.TOO_MANY_ITEMS
    if any(not 1 <= slot.points <= MOST_POINTS for slot in slots):
        return ComposingProblem.BAD_POINTS
    if len({slot.item_revision_id for slot in slots}) < len(slots):
        return ComposingProblem.SAME_ITEM_TWICE
    return None


def _pool_problem(slots: Slots, pools: Pools) -> ComposingProblem | None:
    """A pool gives at least one item and fewer than it has, and all of them are worth the same."""
    for pool in sorted({slot.pool for slot in slots} - {0}):
        members = [slot for slot in slots if slot.pool == pool]
        if not 1 <= pools.get(pool, 0) < len(members):
            return ComposingProblem.POOL_GIVES_ALL
        if len({slot.points for slot in members}) > 1:
            return ComposingProblem.POOL_OF_UNEQUAL_POINTS
    return None


def survey_problem(pools_of_unscored: Sequence[int], purpose: Purpose) -> ComposingProblem | None:
    """What keeps items that are asked without being judged out; given is the pool of each (0: none).

    Where each pupil gets other items their answers could not be counted together; where marks are given nobody would
    answer freely.
    """
    if any(pools_of_unscored):
        return ComposingProblem.SURVEY_IN_POOL
    if pools_of_unscored and purpose is Purpose.GRADED:
        return ComposingProblem.SURVEY_IN_GRADED
    return None


def pools_in_use(slots: Slots, pools: Pools) -> dict[int, int]:
    """How many items of each pool that stands in these places; 1 where nothing was said."""
    return {pool: pools.get(pool, 1) for pool in sorted({slot.pool for slot in slots} - {0})}


def points_of_one(slots: Slots, pools: Pools) -> int:
    """The points that one pupil can earn: all places outside pools, and of each pool as many as it gives."""
    fixed = sum(slot.points for slot in slots if not slot.pool)
    drawn = [[slot.points for slot in slots if slot.pool == pool][:count] for pool, count in pools.items()]
    return fixed + sum(map(sum, drawn))


def rearranged(slots: Slots, act: str) -> Slots:
    """The places after one press of a button, `"up:3"`, `"down:3"` or `"remove:3"` (positions from 1).

    Anything else, and a move over the edge, leaves them as they are.
    """
    verb, _, place = act.partition(":")
    at = int(place) - 1 if place.isascii() and place.isdigit() else -1
    if not 0 <= at < len(slots):
        return slots
    if verb == "remove":
        return slots[:at] + slots[at + 1 :]
    other = {"up": at - 1, "down": at + 1}.get(verb, -1)
    if not 0 <= other < len(slots):
        return slots
    changed = list(slots)
    changed[at], changed[other] = changed[other], changed[at]
    return tuple(changed)


def swapped(slots: Slots, position: int, item_revision_id: int) -> Slots:
    """The places with another item at one position (from 1); its points stay."""
    return tuple(
        replace(slot, item_revision_id=item_revision_id) if at == position else slot
        for at, slot in enumerate(slots, start=1)
    )


def added(slots: Slots, items: Sequence[Slot]) -> Slots:
    """The places with more items at the end; those already there are not added twice."""
    there = {slot.item_revision_id for slot in slots}
    return slots + tuple(slot for slot in items if slot.item_revision_id not in there)


def fingerprint(value: Any) -> str:
    """SHA-256 of a JSON value in one spelling, so that equal contents have equal hashes."""
    spelling = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(spelling.encode()).hexdigest()


def words_of(value: object) -> Iterator[str]:
    """Every sentence inside a content, in both languages, for the search text."""
    if isinstance(value, Mapping):
        if _is_bilingual(value):
            yield from (value["vi"], value["en"])
            return
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from words_of(part)


def _is_bilingual(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("vi"), str) and isinstance(value.get("en"), str)


def assessment_hash(
    title: Text,
    purpose: str,
    items: Sequence[tuple[str, str, int]],
    *,
    pooled: Sequence[int] = (),
    pools: Pools | None = None,
) -> str:
    """The hash of an assessment: title, purpose, of each item the code, the content hash and the points; its pools."""
    drawn = {"pooled": list(pooled), "pools": sorted(pools.items())} if pools else {}
    return fingerprint({"title": dict(title), "purpose": purpose, "items": [list(item) for item in items], **drawn})
