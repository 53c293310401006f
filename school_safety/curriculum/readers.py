"""The contacts that come with the product, from `config/contacts.toml`."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from school_safety.curriculum.rules import ContactCard


def read_contacts(file: Path) -> dict[str, ContactCard]:
    """The contacts by id; raises KeyError, ValueError or TOMLDecodeError when the file is broken."""
    entries: Mapping[str, Mapping[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: _card(name, entry) for name, entry in entries.items()}


def _card(name: str, entry: Mapping[str, Any]) -> ContactCard:
    checked_on = entry["checked_on"]
    return ContactCard(
        id=name,
        number=entry["number"],
        link=entry["link"],
        name=entry["name"],
        owner=entry["owner"],
        hours=entry["hours"],
        for_pupils=entry["for_pupils"],
        confirmed=entry["status"] == "confirmed",
        checked_on=checked_on if isinstance(checked_on, date) else date.fromisoformat(checked_on),
        verified=entry.get("verified", ""),
        replaced_by=entry["replaced_by"],
    )
