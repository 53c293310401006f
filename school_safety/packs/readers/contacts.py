"""What the checker must know of the contacts of `config/contacts.toml`."""

from pathlib import Path

from school_safety.curriculum.readers import read_contacts as read_cards
from school_safety.packs.rules import Contact


def read_contacts(file: Path) -> dict[str, Contact]:
    """The contacts by id; raises KeyError, ValueError or TOMLDecodeError when the file is broken."""
    return {name: Contact(card.checked_on, card.confirmed) for name, card in read_cards(file).items()}
