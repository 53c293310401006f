"""Two changes of one text or value joined into one, where they do not touch the same lines."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any


class Clash(Exception):
    """Both changed the same place, each in its own way."""


def joined_value(began: Any, today: Any, own: Any) -> Any:
    """What a value becomes by both changes: field by field, text line by line; raises Clash."""
    if own == today or today == began:
        return own
    if own == began:
        return today
    if all(isinstance(one, Mapping) for one in (began, today, own)) and began.keys() == today.keys() == own.keys():
        return {name: joined_value(began[name], today[name], own[name]) for name in began}
    if all(isinstance(one, str) for one in (began, today, own)):
        return "\n".join(_joined_lines(began.split("\n"), today.split("\n"), own.split("\n")))
    raise Clash


def _joined_lines(began: list[str], today: list[str], own: list[str]) -> Iterator[str]:
    here, there = _places(began, today), _places(began, own)
    anchors = [at for at in range(len(began)) if at in here and at in there]
    at = in_today = in_own = 0
    for anchor in [*anchors, len(began)]:
        end_today = here.get(anchor, len(today))
        end_own = there.get(anchor, len(own))
        yield from _either(began[at:anchor], today[in_today:end_today], own[in_own:end_own])
        if anchor < len(began):
            yield began[anchor]
        at, in_today, in_own = anchor + 1, end_today + 1, end_own + 1


def _places(began: list[str], after: list[str]) -> dict[int, int]:
    """Where each line that stayed stands now."""
    blocks = SequenceMatcher(None, began, after, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _either(began: list[str], today: list[str], own: list[str]) -> list[str]:
    if own in (today, began):
        return today
    if today == began:
        return own
    raise Clash
