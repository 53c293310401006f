"""What a pupil's device sends: answers sealed with the attempt's key, in the shape of one upload."""

import json
from collections.abc import Callable, Iterable, Iterator
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


_FORMS: dict[str, Callable[[Content, Response], Iterable[tuple[str, str]]]] = {
    "choice": lambda content, response: [("choice", response["choice"])],
    "multi": lambda content, response: [("choices", option) for option in response["choices"]],
    "truefalse": lambda content, response: [("value", str(response["value"]).lower())],
    "match": lambda content, response: list(response["pairs"].items()),
    "order": _order,
    "headlines": _headlines,
}
