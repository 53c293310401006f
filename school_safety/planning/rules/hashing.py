"""The content hash of what a school publishes: anybody can recompute it from the canonical JSON."""

import hashlib
import json
import unicodedata
from typing import Any


def canonical_json(content: Any) -> str:
    """JSON with sorted keys, no spaces, NFC text and no floats, so that equal content gives equal bytes."""
    return json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(content: Any) -> Any:
    if isinstance(content, str):
        return unicodedata.normalize("NFC", content)
    if isinstance(content, float):
        raise TypeError("a float has no single spelling; use an integer or text")
    if isinstance(content, dict):
        return {unicodedata.normalize("NFC", str(key)): _plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(value) for value in content]
    return content


def content_hash(content: Any) -> str:
    """SHA-256 of the canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def short_hash(digest: str) -> str:
    """The first eight digits as people read them aloud: `7F3A-91C2`."""
    return f"{digest[:4]}-{digest[4:8]}".upper()
