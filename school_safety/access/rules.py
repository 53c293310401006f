"""The chain of the audit log: what a seal covers and where a chain breaks."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

START = "0" * 64


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A seal and the event it covers; `event` is None when the event row is gone."""

    number: int
    hash: str
    event: dict[str, Any] | None


def seal_hash(previous: str, number: int, event: dict[str, Any]) -> str:
    """SHA-256 over the hash before, the number and the event as canonical JSON (sorted keys, no spaces, UTF-8)."""
    body = json.dumps([previous, number, event], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()


def first_broken(rows: Iterable[SealedRow], *, last_anchor: tuple[int, str] | None = None) -> int | None:
    """The number of the first seal that does not hold; None when the chain is whole.

    `last_anchor` (number, hash) is the last root kept outside the database: a chain that ends before it, or differs
    there, is broken at that number.
    """
    previous, anchored = START, None
    for count, row in enumerate(rows, start=1):
        if row.number != count or row.event is None or row.hash != seal_hash(previous, count, row.event):
            return count
        previous = row.hash
        if last_anchor is not None and count == last_anchor[0]:
            anchored = row.hash
    if last_anchor is not None and anchored != last_anchor[1]:
        return last_anchor[0]
    return None
