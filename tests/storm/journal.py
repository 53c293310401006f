"""What clients saw, on disk before they act on it: one JSON line an event, fsynced where the server gave its word."""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Journal:
    """An append-only file that outlives the process writing it."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        self._lock = threading.Lock()

    def note(self, event: str, **facts: Any) -> None:
        """Write down what is about to be tried; kept by the system if this process dies."""
        line = json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n"
        with self._lock:
            os.write(self._file, line.encode())

    def swear(self, event: str, **facts: Any) -> None:
        """Write down what the server promised; on the disk before anything else happens."""
        self.note(event, **facts)
        os.fsync(self._file)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The events, first to last; a last line that was cut off is none."""
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.endswith("\n"):
            yield json.loads(line)
