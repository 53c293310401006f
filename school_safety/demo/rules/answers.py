"""What invented pupils answer: the key, or a likely mistake of the item's type."""

import random
from typing import Any

from school_safety.assessment.types import TYPES


def invented_answer(source: random.Random, kind: str, content: dict[str, Any], skill: float) -> dict[str, Any]:
    """The key with probability `skill`, else a mistake that the item's type allows."""
    key: dict[str, Any] = TYPES[kind].key(content)
    return key if source.random() < skill else _mistake(source, kind, content, key)


def _mistake(source: random.Random, kind: str, content: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
    if kind == "choice":
        others = [option["id"] for option in content["options"] if option["id"] != key["choice"]]
        return {"choice": source.choice(others)}
    if kind == "multi":
        return {"choices": [source.choice(content["options"])["id"]]}
    if kind == "truefalse":
        return {"value": not key["value"]}
    if kind == "match":
        stem = source.choice(content["stems"])
        other = source.choice([one["id"] for one in content["categories"] if one["id"] != stem["key"]])
        return {"pairs": {**key["pairs"], stem["id"]: other}}
    if kind == "order":
        order = list(key["order"])
        place = source.randrange(len(order) - 1)
        order[place], order[place + 1] = order[place + 1], order[place]
        return {"order": order}
    return {"judg": {name: source.choice(("true", "false")) for name in key["judg"]}}
