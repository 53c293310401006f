"""What the checker must know of the contacts of `config/contacts.toml`."""

from collections.abc import Mapping
from pathlib import Path

from school_safety.curriculum.readers import read_contacts as read_cards
from school_safety.curriculum.rules import ContactCard
from school_safety.packs.rules import Contact


def read_contacts(file: Path) -> dict[str, Contact]:
    """The contacts by id; raises KeyError, ValueError or TOMLDecodeError when the file is broken."""
    return checked_contacts(read_cards(file))


def checked_contacts(cards: Mapping[str, ContactCard]) -> dict[str, Contact]:
    """What the checker asks of contacts, wherever they were read."""
    return {name: Contact(card.checked_on, card.confirmed and not card.replaced_by) for name, card in cards.items()}
