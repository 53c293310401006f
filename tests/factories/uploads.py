"""What a pupil's device sends: answers sealed with the attempt's key, in the shape of one upload."""

import json
from typing import Any
from uuid import uuid4

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
