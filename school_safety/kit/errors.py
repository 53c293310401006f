"""The few ways in which a request can be refused, and the one place that turns them into answers."""

from typing import Any


class Refused(Exception):
    """A business rule says no: `code` names why, `field` the input it belongs to (None: the whole form)."""

    def __init__(self, code: str, field: str | None = None, **params: Any) -> None:
        super().__init__(code)
        self.code = str(code)
        self.field = field
        self.params = params


class NotAllowed(Exception):
    """The viewer is known but lacks the permission (403)."""


class NotFound(Exception):
    """There is nothing here, or nothing that this viewer may know of (404)."""


class Conflict(Exception):
    """The same key was used before with other content (409)."""

    def __init__(self, code: str = "conflict") -> None:
        super().__init__(code)
        self.code = str(code)


class TooMany(Exception):
    """Too many tries; `retry_after` seconds to wait (429)."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after
