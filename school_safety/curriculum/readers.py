"""The telephone numbers and addresses that lessons may name, from `config/contacts.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Somebody to turn to: number as dialled or "", https link or "", and who keeps it in which hours."""

    id: str
    number: str
    link: str
    name: Mapping[str, str]
    owner: Mapping[str, str]
    hours: Mapping[str, str]
    for_pupils: bool
    confirmed: bool
    checked_on: date


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
        confirmed=entry["status"] == "confirmed" and not entry["replaced_by"],
        checked_on=checked_on if isinstance(checked_on, date) else date.fromisoformat(checked_on),
    )
