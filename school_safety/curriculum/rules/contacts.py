"""Contacts as values: who takes whose place, what is old, and texts that say a number which is no longer right."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

FRESH_DAYS = 180
"""For how many days what somebody has checked counts as checked."""

LONGEST_LINK = 200
_HTTPS = "https://"
_NUMBER = re.compile(r"\+?\d{3,15}")
_SEPARATORS = re.compile(r"[\s.()-]")
_LEAST_GROUPED = 5
"""Digits from which on a number is also written in groups: 1800 8108."""
_SPOKEN = {
    "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Somebody to turn to, as it stands today.

    Attributes:
        number: as dialled, or "".
        link: https address, or "".
        confirmed: a public page of the owner says so; others stay out of what pupils and families see.
        replaced_by: id of the contact that took this one's place, or "".
        former: numbers and links that texts may still say, which this card's own stand for today.
    """

    id: str
    number: str
    link: str
    name: Mapping[str, str]
    owner: Mapping[str, str]
    hours: Mapping[str, str]
    for_pupils: bool
    confirmed: bool
    checked_on: date
    verified: str = ""
    replaced_by: str = ""
    former: tuple[str, ...] = ()


def contact_content(card: ContactCard) -> dict[str, Any]:
    """Everything that can be typed of a contact, as plain JSON values: what a revision keeps."""
    return {
        "number": card.number,
        "link": card.link,
        "name": dict(card.name),
        "owner": dict(card.owner),
        "hours": dict(card.hours),
        "for_pupils": card.for_pupils,
        "confirmed": card.confirmed,
        "checked_on": card.checked_on.isoformat(),
        "verified": card.verified,
        "replaced_by": card.replaced_by,
    }


def card_from(code: str, content: Mapping[str, Any]) -> ContactCard:
    """The contact that a revision's content describes."""
    return ContactCard(id=code, **{**content, "checked_on": date.fromisoformat(content["checked_on"])})


def plain_number(typed: str) -> str:
    """A number without the signs that people group digits with."""
    return _SEPARATORS.sub("", typed)


def is_number(number: str) -> bool:
    """Whether this can be dialled: 3 to 15 digits, a plus before them or not."""
    return _NUMBER.fullmatch(number) is not None


def is_link(link: str) -> bool:
    """Whether this is an https address of a public host, without a name and a password in it."""
    if len(link) > LONGEST_LINK or re.search(r"\s", link):
        return False
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in parts.netloc and "@" not in parts.netloc


def days_old(checked_on: date, today: date) -> int:
    """How many days ago somebody checked."""
    return (today - checked_on).days


def is_stale(checked_on: date, today: date) -> bool:
    """Whether nobody has checked for more than `FRESH_DAYS` days."""
    return days_old(checked_on, today) > FRESH_DAYS


def goes_round(code: str, replaced_by: str, replacements: Mapping[str, str]) -> bool:
    """Whether a contact would in the end take its own place; `replacements` says who took whose place so far."""
    met = {code}
    while replaced_by:
        if replaced_by in met:
            return True
        met.add(replaced_by)
        replaced_by = replacements.get(replaced_by, "")
    return False


def follow(cards: Mapping[str, ContactCard]) -> dict[str, ContactCard]:
    """Under every id the contact that stands for it today, knowing the numbers of those whose place it took."""
    return {code: _last(code, cards) for code in cards}


def _last(code: str, cards: Mapping[str, ContactCard]) -> ContactCard:
    card, met = cards[code], {code}
    former = set(card.former)
    while card.replaced_by in cards and card.replaced_by not in met:
        former |= {card.number, card.link}
        card = cards[card.replaced_by]
        met.add(card.id)
        former |= set(card.former)
    return replace(card, former=tuple(sorted(former - {card.number, card.link, ""})))


def cards_of(codes: Iterable[str], cards: Mapping[str, ContactCard], *, for_pupils: bool) -> list[ContactCard]:
    """Whom a lesson names, each once; for pupils only those meant for them, and only confirmed ones."""
    named = {cards[code].id: cards[code] for code in codes if code in cards}
    return [card for card in named.values() if not for_pupils or (card.for_pupils and card.confirmed)]


# ---- Texts that say a number ----


def renumbered(value: Value, cards: Iterable[ContactCard]) -> Value:
    """A text, or everything in a structure of texts, with the numbers and links of today.

    What a confirmed card was reached by before becomes what it is reached by now: digits, addresses, and numbers
    spelt for a loudspeaker. A former number that another of the cards has today is left alone.
    """
    known = [card for card in cards if card.confirmed and (card.number or card.link)]
    if not any(card.former for card in known):
        return value
    taken = {way for card in known for way in (card.number, card.link)}
    changes = tuple((old, card.number, card.link) for card in known for old in card.former if old not in taken and old)
    result: Value = _walk(value, _replacer(changes)) if changes else value
    return result


def _walk(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _walk(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_walk(one, change) for one in value)
    return value


@lru_cache(maxsize=64)
def _replacer(changes: tuple[tuple[str, str, str], ...]) -> Callable[[str], str]:
    """One pass over a text for all changes (old, number now, link now), so that no result is replaced again."""
    words: dict[str, str] = {}
    for old, number, link in changes:
        words |= _spellings(old, number, link)
    anything = "|".join(_pattern(old) for old in sorted(words, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w+])(?<!\d[.,])(?:{anything})(?!\w|[.,]\d)", re.IGNORECASE)

    def today(found: re.Match[str]) -> str:
        said = found[0]
        new = words.get(said.casefold()) or words[plain_number(said)]
        return new[0].upper() + new[1:] if said[0].isupper() else new

    return lambda text: pattern.sub(today, text)


def _spellings(old: str, number: str, link: str) -> dict[str, str]:
    bare = link.removeprefix(_HTTPS)
    if old.startswith(_HTTPS):
        return {old.removeprefix(_HTTPS).casefold(): bare or number}
    spoken = {_spelt(old, language): _spelt(number, language) for language in _SPOKEN if number}
    return {old: number or bare, **spoken}


def _spelt(number: str, language: str) -> str:
    return " ".join(_SPOKEN[language][int(digit)] for digit in number if digit.isdigit())


def _pattern(old: str) -> str:
    if old.isdigit() and len(old) >= _LEAST_GROUPED:
        return r"[ .]?".join(old)
    return re.escape(old)
