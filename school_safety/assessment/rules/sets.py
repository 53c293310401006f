"""What the items of one lesson must be together, so that nobody earns points by a pattern: no habit gives keys away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from school_safety.assessment.rules.content import LANGUAGES, Path
from school_safety.assessment.rules.values import Content, Problem, ProblemCode

Item = Mapping[str, Any]
"""An item with its `type` beside the fields of its content."""

GENUINE_SHARE = (40, 60)
"""Between which shares of a set, in per cent, what is true or genuine lies."""

_SMALLEST_SET = 4
_SMALLEST_MESSAGES = 2
_HABIT_FROM = 3


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A habit of a set of items. `first`: where the set begins; `members`: which items add to it, and where in them."""

    code: ProblemCode
    first: int
    members: Mapping[int, Path]
    params: Mapping[str, Any]


def imbalances(items: Sequence[Item]) -> Iterator[Imbalance]:
    """Every habit of these items."""
    yield from _keys(items)
    yield from _statements(items)
    yield from _messages(items)


def set_problems(item: Item, others: Sequence[Item]) -> Iterator[Problem]:
    """What is wrong with an item beside the others of its lesson: habits of the whole set that it adds to."""
    for habit in imbalances([*others, item]):
        if len(others) in habit.members:
            yield Problem(habit.code, habit.members[len(others)], habit.params)


def unused_options(content: Content) -> Iterator[Problem]:
    """Every category of a match, and every column of a grid, that is the right one for nothing."""
    for parts, places in (("stems", "categories"), ("rows", "columns")):
        offered, asked = content.get(places), content.get(parts)
        if not isinstance(asked, list) or not isinstance(offered, list):
            continue
        keys = [part.get("key") for part in asked if isinstance(part, Mapping)]
        for number, place in enumerate(offered):
            if isinstance(place, Mapping) and place.get("id") not in keys:
                yield Problem(ProblemCode.UNUSED_OPTION, (places, number), {"name": place.get("id")})


def key_place(item: Item) -> int | None:
    """The place (from 0) of the one key among the options of a single-answer item; None for any other item."""
    options = item.get("options")
    if item["type"] != "choice" or not isinstance(options, list):
        return None
    keys = [
        place
        for place, option in enumerate(options)
        if isinstance(option, Mapping) and (option.get("key") is True or option.get("weight") == 1)
    ]
    return keys[0] if len(keys) == 1 else None


def _keys(items: Sequence[Item]) -> Iterator[Imbalance]:
    keyed = {index: place for index, item in enumerate(items) if (place := key_place(item)) is not None}
    for language in LANGUAGES:
        longest = [index for index, place in keyed.items() if _is_longest(items[index]["options"], place, language)]
        if len(keyed) >= _HABIT_FROM and 2 * len(longest) > len(keyed):
            params = {"name": language, "found": len(longest), "limit": len(keyed)}
            members: dict[int, Path] = {index: ("options", keyed[index], "text", language) for index in longest}
            yield Imbalance(ProblemCode.LONGEST_KEY, longest[0], members, params)
    places = set(keyed.values())
    if len(keyed) >= _HABIT_FROM and len(places) == 1:
        beside: dict[int, Path] = {index: ("options", place) for index, place in keyed.items()}
        yield Imbalance(ProblemCode.KEY_SAME_PLACE, next(iter(keyed)), beside, {"place": places.pop() + 1})


def _is_longest(options: Sequence[Item], key: int, language: str) -> bool:
    lengths = [_length(option, language) for option in options]
    return all(lengths[key] > length for place, length in enumerate(lengths) if place != key)


def _length(option: Any, language: str) -> int:
    text = option.get("text") if isinstance(option, Mapping) else None
    return len(str(text.get(language, ""))) if isinstance(text, Mapping) else 0


def _statements(items: Sequence[Item]) -> Iterator[Imbalance]:
    """The statements that are judged true or false are one set: 40 to 60 % of them are true."""
    answers = {index: item["answer"] for index, item in enumerate(items) if isinstance(item.get("answer"), bool)}
    true = sum(answers.values())
    if len(answers) >= _SMALLEST_SET and not _is_fair(true, len(answers)):
        yield _tipped(ProblemCode.SET_UNBALANCED, answers, "answer")


def _messages(items: Sequence[Item]) -> Iterator[Imbalance]:
    """The messages are one set: 40 to 60 % of them are genuine, as near as their number allows."""
    known = {"phish": False, "genuine": True}
    hotspots = [(index, item.get("verdict")) for index, item in enumerate(items) if item["type"] == "hotspot"]
    verdicts = {index: known[said] for index, said in hotspots if isinstance(said, str) and said in known}
    genuine, total = sum(verdicts.values()), len(verdicts)
    if total < _SMALLEST_MESSAGES or abs(2 * genuine - total) <= 1 or _is_fair(genuine, total):
        return
    yield _tipped(ProblemCode.MESSAGES_UNBALANCED, verdicts, "verdict")


def _is_fair(found: int, total: int) -> bool:
    low, high = GENUINE_SHARE
    return low * total <= 100 * found <= high * total


def _tipped(code: ProblemCode, said: Mapping[int, bool], name: str) -> Imbalance:
    true = sum(said.values())
    heavy = 2 * true > len(said)
    members: dict[int, Path] = {index: (name,) for index, value in said.items() if value is heavy}
    return Imbalance(code, next(iter(said)), members, {"found": true, "limit": len(said)})
