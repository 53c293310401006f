"""What invented pupils answer: the key, or a likely mistake of the item's type."""

import random
from collections.abc import Callable, Mapping
from typing import Any

from school_safety.assessment.types import TYPES

Answer = dict[str, Any]


def invented_answer(source: random.Random, kind: str, content: dict[str, Any], skill: float) -> Answer:
    """The key with probability `skill`, else a mistake that the item's type allows; to a survey any answer."""
    if not TYPES[kind].scored:
        return _opinion(source, content)
    key: Answer = TYPES[kind].key(content)
    return key if source.random() < skill else _MISTAKES.get(kind, _none)(source, content, key)


def _opinion(source: random.Random, content: Answer) -> Answer:
    if "options" in content:
        return {"choice": source.choice(content["options"])["id"]}
    return {"text": "Em thấy bài này gần với chuyện hằng ngày."}


def _none(source: random.Random, content: Answer, key: Answer) -> Answer:
    return key


def _choice(source: random.Random, content: Answer, key: Answer) -> Answer:
    others = [option["id"] for option in content["options"] if option["id"] != key["choice"]]
    return {"choice": source.choice(others)}


def _moved(source: random.Random, pairs: Mapping[str, str], others: list[str]) -> dict[str, str]:
    """The same pairs with one part in another place."""
    part = source.choice(sorted(pairs))
    return {**pairs, part: source.choice([other for other in others if other != pairs[part]])}


def _match(source: random.Random, content: Answer, key: Answer) -> Answer:
    return {"pairs": _moved(source, key["pairs"], [one["id"] for one in content["categories"]])}


def _grid(source: random.Random, content: Answer, key: Answer) -> Answer:
    return {"rows": _moved(source, key["rows"], [one["id"] for one in content["columns"]])}


def _gap(source: random.Random, content: Answer, key: Answer) -> Answer:
    gap = source.choice(content["gaps"])
    wrong = [option["id"] for option in gap["options"] if not option.get("key")]
    return {"gaps": {**key["gaps"], gap["id"]: source.choice(wrong)}}


def _order(source: random.Random, content: Answer, key: Answer) -> Answer:
    order = list(key["order"])
    place = source.randrange(len(order) - 1)
    order[place], order[place + 1] = order[place + 1], order[place]
    return {"order": order}


_MISTAKES: dict[str, Callable[[random.Random, Answer, Answer], Answer]] = {
    "choice": _choice,
    "multi": lambda source, content, key: {"choices": [source.choice(content["options"])["id"]]},
    "truefalse": lambda source, content, key: {"value": not key["value"]},
    "match": _match,
    "grid": _grid,
    "gap": _gap,
    "order": _order,
    "headlines": lambda source, content, key: {
        "judg": {name: source.choice(("true", "false")) for name in key["judg"]}
    },
    "short": lambda source, content, key: {"text": "em không nhớ"},
    "essay": lambda source, content, key: {"text": "Em sẽ hỏi thầy cô."},
}
"""The likely mistakes by type; the scenes, which have no short ones, are answered by their key."""
