"""What a pupil's device holds and sends: the key that keeps answers unreadable, the token that lets anybody send them.

The key belongs to one attempt and is given only to its pupil's session; with the token alone nobody reads anything.
"""

import hmac
import json
from typing import Any

from school_safety.kit import secrets

_PURPOSE = "upload"


def queue_key(attempt: str) -> bytes:
    """The AES-256-GCM key of one attempt's answers, by the attempt's public id."""
    return secrets.derive_key(attempt, purpose="answer-queue")


def upload_token(attempt: str) -> str:
    """The write-only token of one attempt, by its public id; the same for as long as the server's secret."""
    return secrets.keyed_hash(attempt, purpose=_PURPOSE)


def is_upload_token(token: str, attempt: str) -> bool:
    """Whether the token is this attempt's, compared in constant time."""
    return hmac.compare_digest(token.encode(), upload_token(attempt).encode())


def answer_label(attempt: str, slot: int, uuid: str, seq: int) -> str:
    """What a sealed answer is bound to: nobody can pass it off as another one's, or as a newer one."""
    return f"{attempt}:{slot}:{uuid}:{seq}"


def submit_label(attempt: str) -> str:
    """What the sealed wish to hand in is bound to."""
    return f"{attempt}:submit"


def unseal_json(attempt: str, sealed: str, label: str) -> Any:
    """The JSON that the pupil's own device sealed. Raises kit.secrets.Unsealable."""
    try:
        return json.loads(secrets.unseal(queue_key(attempt), sealed, label))
    except ValueError as error:
        raise secrets.Unsealable from error
