"""What the items of a pack must be together: enough, of several types, testing every objective and wrong idea."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from school_safety.assessment.rules import imbalances, unused_options
from school_safety.assessment.types import TYPES
from school_safety.packs.rules.values import ITEMS, LESSON, Finding, FindingCode, Pack, Path, content_of

LEAST_BY_USE = {"practice": 5, "form_a": 4, "form_b": 4, "anchor": 2, "booster": 1}
LEAST_TYPES = 4
TESTED_TWICE = 2
SET_TYPES = frozenset({"headlines", "truefalse", "grid"})

Item = Mapping[str, Any]


def check_items(pack: Pack) -> Iterator[Finding]:
    """Everything about the items of one pack."""
    yield from _each(pack)
    yield from _enough(pack)
    yield from _objectives(pack)
    yield from _misconceptions(pack)
    yield from _categories(pack.items)
    yield from _habits(pack.items)


def _each(pack: Pack) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, item in enumerate(pack.items):
        if not item["id"].startswith(f"{pack.code}-"):
            yield Finding(FindingCode.ITEM_CODE, ITEMS, (index, "id"), params={"expected": f"{pack.code}-…"})
        if item["id"] in seen:
            yield Finding(FindingCode.DUPLICATE_ID, ITEMS, (index, "id"))
        seen.add(item["id"])
        kind = TYPES.get(item["type"])
        if kind is None:
            yield Finding(FindingCode.UNKNOWN_TYPE, ITEMS, (index, "type"), params={"name": item["type"]})
            continue
        for problem in kind.check(content_of(item)):
            yield Finding(problem.code.value, ITEMS, (index, *problem.path))


def _enough(pack: Pack) -> Iterator[Finding]:
    uses = Counter(item["use"] for item in pack.items if _is_scored(item))
    for use, least in LEAST_BY_USE.items():
        if uses[use] < least:
            params = {"name": use, "found": uses[use], "limit": least}
            yield Finding(FindingCode.TOO_FEW_ITEMS, ITEMS, params=params)
    types = {item["type"] for item in pack.items}
    if len(types) < LEAST_TYPES:
        yield Finding(FindingCode.TOO_FEW_TYPES, ITEMS, params={"found": len(types), "limit": LEAST_TYPES})
    for form in ("form_a", "form_b"):
        if not any(item["use"] == form and item["type"] in SET_TYPES for item in pack.items):
            yield Finding(FindingCode.FORM_WITHOUT_SET, ITEMS, params={"name": form})


def _is_scored(item: Item) -> bool:
    """A survey tests nothing: it is none of the questions that a lesson needs."""
    return item["type"] not in TYPES or TYPES[item["type"]].scored


def _objectives(pack: Pack) -> Iterator[Finding]:
    known = {objective["id"] for objective in pack.lesson["objectives"]}
    tested = Counter(item["objective"] for item in pack.items if _is_scored(item))
    for index, item in enumerate(pack.items):
        if item["objective"] not in known:
            params = {"name": item["objective"]}
            yield Finding(FindingCode.UNKNOWN_OBJECTIVE, ITEMS, (index, "objective"), params=params)
    for index, objective in enumerate(pack.lesson["objectives"]):
        if tested[objective["id"]] < TESTED_TWICE:
            params = {"name": objective["id"], "found": tested[objective["id"]]}
            yield Finding(FindingCode.OBJECTIVE_TESTED_ONCE, LESSON, ("objectives", index, "id"), params=params)


def _misconceptions(pack: Pack) -> Iterator[Finding]:
    known = {idea["id"] for idea in pack.lesson["misconceptions"]}
    used: set[str] = set()
    for index, item in enumerate(pack.items):
        for path, name in named_ideas(content_of(item)):
            used.add(name)
            if name not in known:
                yield Finding(FindingCode.UNKNOWN_MISCONCEPTION, ITEMS, (index, *path), params={"name": name})
    for index, idea in enumerate(pack.lesson["misconceptions"]):
        if idea["id"] not in used:
            params = {"name": idea["id"]}
            yield Finding(FindingCode.UNUSED_MISCONCEPTION, LESSON, ("misconceptions", index, "id"), params=params)


def named_ideas(content: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Where a content names a misconception: `misconception: M1`, or in a match `misconceptions: {category: M1}`."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            if key == "misconception" and isinstance(value, str):
                yield (*path, key), value
            elif key == "misconceptions" and isinstance(value, Mapping):
                yield from (((*path, key, part), name) for part, name in value.items() if isinstance(name, str))
            else:
                yield from named_ideas(value, (*path, key))
    elif isinstance(content, Sequence) and not isinstance(content, str):
        for index, value in enumerate(content):
            yield from named_ideas(value, (*path, index))


def _categories(items: Sequence[Item]) -> Iterator[Finding]:
    """Every category of a match, and every column of a grid, is the right one for something."""
    for index, item in enumerate(items):
        for problem in unused_options(item):
            yield Finding(problem.code.value, ITEMS, (index, *problem.path), params=problem.params)


def _habits(items: Sequence[Item]) -> Iterator[Finding]:
    for habit in imbalances(items):
        yield Finding(habit.code.value, ITEMS, (habit.first,), params=habit.params)
