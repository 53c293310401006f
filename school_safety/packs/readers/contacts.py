"""The telephone numbers and addresses that lessons may name, from `config/contacts.toml`."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from school_safety.packs.rules import Contact


def read_contacts(file: Path) -> dict[str, Contact]:
    """The contacts by id, as the checker needs them; raises KeyError or TOMLDecodeError when the file is broken."""
    entries: Mapping[str, Mapping[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        name: Contact(_day(entry["checked_on"]), entry["status"] == "confirmed" and not entry["replaced_by"])
        for name, entry in entries.items()
    }


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
