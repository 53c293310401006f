"""What a pupil's device sends: answers sealed with the attempt's key, in the shape of one upload."""

import json
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any
from uuid import uuid4

from school_safety.assessment.rules import Content, Response
from school_safety.assessment.types import TYPES
from school_safety.classroom.readers import answer_label, queue_key, submit_label, upload_token
from school_safety.kit import secrets


def a_sealed_answer(attempt: str, slot: int, fields: Any, *, seq: int = 1, uuid: str | None = None) -> dict[str, Any]:
    """One answer as the device keeps it: `fields` are the names and values of the item's form."""
    own = uuid or str(uuid4())
    text = json.dumps({"fields": fields}).encode()
    sealed = secrets.seal(queue_key(attempt), text, answer_label(attempt, slot, own, seq))
    return {"slot": slot, "uuid": own, "seq": seq, "sealed": sealed}


def an_upload(attempt: str, *answers: dict[str, Any], submit: bool = False) -> dict[str, Any]:
    """The body of `POST /learn/upload`."""
    body: dict[str, Any] = {"attempt": attempt, "token": upload_token(attempt), "answers": list(answers)}
    if submit:
        body["submit"] = secrets.seal(queue_key(attempt), b"{}", submit_label(attempt))
    return body


def form_of(type_code: str, content: Content, response: Response | None, prefix: str) -> list[list[str]]:
    """The fields that a browser would post for this answer: what `ItemType.read` reads, the other way round."""
    if response is None:
        return []
    return [[f"{prefix}-{name}", text] for name, text in _FORMS[type_code](content, response)]


Fields = Iterator[tuple[str, str]]


def _order(content: Content, response: Response) -> Fields:
    yield "touched", "1"
    yield from (("order", TYPES["order"].form_value(content, step)) for step in response["order"])


def _headlines(content: Content, response: Response) -> Fields:
    yield from response["judg"].items()
    yield from ((f"{name}-sure", str(level)) for name, level in response.get("conf", {}).items())


def _hotspot(content: Content, response: Response) -> Fields:
    yield from ((name, response[name]) for name in ("verdict", "action") if name in response)
    yield from (("flags", span) for span in response["flags"])


_FORMS: dict[str, Callable[[Content, Response], Iterable[tuple[str, str]]]] = {
    "choice": lambda content, response: [("choice", response["choice"])],
    "multi": lambda content, response: [("choices", option) for option in response["choices"]],
    "truefalse": lambda content, response: [("value", str(response["value"]).lower())],
    "match": lambda content, response: list(response["pairs"].items()),
    "order": _order,
    "headlines": _headlines,
    "grid": lambda content, response: list(response["rows"].items()),
    "gap": lambda content, response: list(response["gaps"].items()),
    "short": lambda content, response: [("text", response["text"])],
    "essay": lambda content, response: [("text", response["text"])],
    "survey": lambda content, response: list(response.items()),
    "hotspot": _hotspot,
    "settings": lambda content, response: [("settings", "1"), *response["state"].items()],
}


def some_answer(type_code: str, content: Content, dice: Random) -> Response:
    """An answer to this item, right or wrong as the dice fall."""
    return _ANSWERS[type_code](content, dice)


def _ids(content: Content, name: str) -> list[str]:
    return [part["id"] for part in content[name] if "id" in part]


def _each(parts: list[str], choices: list[Any], dice: Random) -> dict[str, Any]:
    return {part: dice.choice(choices) for part in parts}


_WORDS = ("mật khẩu", "cụm mật khẩu dài", "Em hỏi thầy cô trước khi bấm.", "không biết", "OTP là chìa khoá; “giữ kín”")
_ANSWERS: dict[str, Callable[[Content, Random], Response]] = {
    "choice": lambda content, dice: {"choice": dice.choice(_ids(content, "options"))},
    "multi": lambda content, dice: {"choices": sorted(dice.sample(_ids(content, "options"), 2))},
    "truefalse": lambda content, dice: {"value": dice.random() < 0.5},
    "match": lambda content, dice: {"pairs": _each(_ids(content, "stems"), _ids(content, "categories"), dice)},
    "order": lambda content, dice: {"order": dice.sample(_ids(content, "steps"), len(content["steps"]))},
    "headlines": lambda content, dice: {"judg": _each(_ids(content, "headlines"), ["true", "false"], dice)},
    "grid": lambda content, dice: {"rows": _each(_ids(content, "rows"), _ids(content, "columns"), dice)},
    "gap": lambda content, dice: {"gaps": {gap["id"]: dice.choice(_ids(gap, "options")) for gap in content["gaps"]}},
    "short": lambda content, dice: {"text": dice.choice(_WORDS)},
    "essay": lambda content, dice: {"text": dice.choice(_WORDS)},
    "survey": lambda content, dice: {"choice": dice.choice(_ids(content, "options"))},
    "hotspot": lambda content, dice: {
        "verdict": dice.choice(("phish", "genuine")),
        "flags": dice.sample(_ids(content["screen"], "spans"), 2),
        "action": dice.choice(_ids(content, "actions")),
    },
    "settings": lambda content, dice: {
        "state": {setting["id"]: dice.choice(_ids(setting, "options")) for setting in content["settings"]}
    },
}
