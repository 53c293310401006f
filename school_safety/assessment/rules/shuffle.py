"""A shuffle that depends on nothing but its seed, so that a page drawn again shows the same order."""

import hashlib
from collections.abc import Collection, Sequence

from school_safety.assessment.rules.values import Content


def shuffled(ids: Sequence[str], seed: str, *, fixed: Collection[str] = ()) -> tuple[str, ...]:
    """The same ids in an order drawn from `seed`; those in `fixed` keep their place."""
    loose = sorted((part for part in ids if part not in fixed), key=lambda part: _draw(seed, part))
    rest = iter(loose)
    return tuple(part if part in fixed else next(rest) for part in ids)


def _draw(seed: str, part: str) -> bytes:
    return hashlib.sha256(f"{seed}\x1f{part}".encode()).digest()


def item_seed(content: Content, seed: str | int) -> str:
    """The pupil's seed made different for each item, so that two items with options A to D differ in their order."""
    return f"{seed}\x1f{content['stem']['vi']}"
