"""The kinds of field that describe an item's content; each reads itself from a plain form post and writes itself.

A field's name in the form is its path in the content joined by hyphens: `c-options-0-text-vi`. What cannot be
understood (letters where a number belongs) is kept as it was typed, for the type's own `check` to refuse: nothing is
ever lost.
"""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, TypeAlias

from school_safety.assessment.rules.content import LANGUAGES
from school_safety.assessment.rules.values import Text

ROOT = "c"
"""What the names of all fields of a content begin with."""

Posted: TypeAlias = Mapping[str, Sequence[str]]
"""A form post: every value under its name."""

Entries: TypeAlias = Iterator[tuple[str, str]]
"""The names and values that a form would post."""

Of: TypeAlias = tuple[str, ...]
"""Where the parts stand whose ids are to be picked: `*` goes into every part, a leading `.` starts at the holder."""

_WHOLE = re.compile(r"-?\d{1,9}")
_DECIMAL = re.compile(r"-?\d{1,9}[.,]\d{1,9}")


def said(vi: str, en: str) -> Text:
    """Words of a description in both languages."""
    return {"vi": vi, "en": en}


def typed(posted: Posted, name: str) -> str:
    """What stands under a name: NFC, plain line ends, no control characters; spaces stay, they may mean something."""
    values = posted.get(name, ())
    text = unicodedata.normalize("NFC", values[0]).replace("\r\n", "\n") if values else ""
    return "".join(sign for sign in text if sign == "\n" or sign >= " ")


@dataclass(frozen=True, slots=True)
class Field(ABC):
    """One field of a content. `required`: an empty one is kept as empty where it can be; `rare`: shown on demand."""

    kind: ClassVar[str] = ""
    """Names the template that draws it."""

    name: str
    label: Text
    _: KW_ONLY
    hint: Text | None = None
    required: bool = False
    rare: bool = False

    @abstractmethod
    def read(self, posted: Posted, at: str) -> Any:
        """The value that was posted under the name `at`; None if the content shall be without it."""

    @abstractmethod
    def write(self, value: Any, at: str) -> Entries:
        """What a form with this value posts."""


@dataclass(frozen=True, slots=True)
class Words(Field):
    """A text in both languages; a language left empty is left out."""

    kind: ClassVar[str] = "words"
    _: KW_ONLY
    long: bool = False
    tall: bool = False
    """For a whole text with headings and paragraphs."""

    def read(self, posted: Posted, at: str) -> dict[str, str] | None:
        """The languages that have words."""
        found = {language: typed(posted, f"{at}-{language}") for language in LANGUAGES}
        return {language: words for language, words in found.items() if words.strip()} or None

    def write(self, value: Any, at: str) -> Entries:
        """One text for each language."""
        for language in LANGUAGES:
            yield f"{at}-{language}", value.get(language, "")


@dataclass(frozen=True, slots=True)
class Line(Field):
    """One plain line without language, such as the id of something."""

    kind: ClassVar[str] = "line"

    def read(self, posted: Posted, at: str) -> str | None:
        """The line without spaces at its ends."""
        return typed(posted, at).strip() or None

    def write(self, value: Any, at: str) -> Entries:
        """The line."""
        yield at, str(value)


@dataclass(frozen=True, slots=True)
class Day(Line):
    """A date."""

    kind: ClassVar[str] = "day"


@dataclass(frozen=True, slots=True)
class Number(Line):
    """A whole number or a weight; a decimal comma is understood."""

    kind: ClassVar[str] = "number"

    def read(self, posted: Posted, at: str) -> Any:
        """The number; anything else as it was typed."""
        text = typed(posted, at).strip()
        if _WHOLE.fullmatch(text):
            return int(text)
        return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else text or None


@dataclass(frozen=True, slots=True)
class Flag(Field):
    """Yes, or nothing; an explicit no of an older content stays one."""

    kind: ClassVar[str] = "flag"

    def read(self, posted: Posted, at: str) -> bool | None:
        """True if ticked."""
        return True if at in posted else False if f"{at}-off" in posted else None

    def write(self, value: Any, at: str) -> Entries:
        """The tick, or the explicit no."""
        yield (at if value is True else f"{at}-off"), "1"


@dataclass(frozen=True, slots=True)
class Pick(Field):
    """One value of a fixed list: strings, or true and false."""

    kind: ClassVar[str] = "pick"
    _: KW_ONLY
    choices: tuple[tuple[str | bool, Text], ...]

    def read(self, posted: Posted, at: str) -> Any:
        """The value; one that is not of the list as it was posted."""
        text = typed(posted, at)
        return next((value for value, _ in self.choices if token(value) == text), text or None)

    def write(self, value: Any, at: str) -> Entries:
        """The value's token."""
        yield at, token(value)


@dataclass(frozen=True, slots=True)
class PickPart(Line):
    """The id of a part that stands in another list of the content."""

    kind: ClassVar[str] = "pick_part"
    _: KW_ONLY
    of: Of


@dataclass(frozen=True, slots=True)
class PickParts(Field):
    """The ids of several parts of another list."""

    kind: ClassVar[str] = "pick_parts"
    _: KW_ONLY
    of: Of

    def read(self, posted: Posted, at: str) -> list[str]:
        """All ids that were ticked."""
        return list(posted.get(at, ()))

    def write(self, value: Any, at: str) -> Entries:
        """Each id under the same name."""
        for one in value:
            yield at, one


@dataclass(frozen=True, slots=True)
class Idea(Line):
    """A misconception of the lesson, by its id."""

    kind: ClassVar[str] = "idea"


@dataclass(frozen=True, slots=True)
class ByPart(Field):
    """One value for each part of another list, by its id."""

    kind: ClassVar[str] = "by_part"
    _: KW_ONLY
    of: Of
    each: Line

    def read(self, posted: Posted, at: str) -> dict[str, Any] | None:
        """The values that were given; ids of parts hold no hyphen."""
        names = {name: name.removeprefix(f"{at}-") for name in posted if name.startswith(f"{at}-")}
        found = {part: self.each.read(posted, name) for name, part in names.items()}
        return {part: value for part, value in found.items() if value is not None} or None

    def write(self, value: Any, at: str) -> Entries:
        """Each value under its part's id."""
        for part, one in value.items():
            yield from self.each.write(one, f"{at}-{part}")


@dataclass(frozen=True, slots=True)
class Group(Field):
    """Fields that stand together under one name."""

    kind: ClassVar[str] = "group"
    _: KW_ONLY
    fields: tuple[Field, ...]

    def read(self, posted: Posted, at: str) -> dict[str, Any] | None:
        """The fields; a group that is not required and holds nothing is left out."""
        found = read_fields(self.fields, posted, at)
        return found if self.required or any(value not in ([], {}) for value in found.values()) else None

    def write(self, value: Any, at: str) -> Entries:
        """The fields, one after the other."""
        yield from write_fields(self.fields, value, at)


@dataclass(frozen=True, slots=True)
class Parts(Field):
    """A list of parts with the same fields.

    `ids`: what their ids begin with, a single capital or small letter for ids that count in letters, "" for parts
    without an id of their own. `tick`: the words beside the tick that gives a part its id, where it may be without one.
    """

    kind: ClassVar[str] = "parts"
    _: KW_ONLY
    one: Text
    fields: tuple[Field, ...]
    least: int = 0
    most: int = 20
    start: int = 0
    ids: str = ""
    tick: Text | None = None

    def read(self, posted: Posted, at: str) -> list[dict[str, Any]] | None:
        """The parts, in the order in which they stand in the page; an id to be given is "" for now."""
        parts: list[dict[str, Any]] = []
        while f"{at}-{len(parts)}-id" in posted:
            place = f"{at}-{len(parts)}"
            named = self.ids and (self.tick is None or f"{place}-named" in posted)
            own = {"id": typed(posted, f"{place}-id")} if named else {}
            parts.append({**own, **read_fields(self.fields, posted, place)})
        return parts if parts or self.required else None

    def write(self, value: Any, at: str) -> Entries:
        """Each part with a mark of its own, by which the reader counts."""
        for index, part in enumerate(value):
            place = f"{at}-{index}"
            if all(field.name != "id" for field in self.fields):
                yield f"{place}-id", str(part.get("id", ""))
            if self.tick is not None and "id" in part:
                yield f"{place}-named", "1"
            yield from write_fields(self.fields, part, place)


def token(value: object) -> str:
    """How a picked value stands in a form."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_fields(fields: tuple[Field, ...], posted: Posted, at: str) -> dict[str, Any]:
    """The values of several fields; those left empty are left out."""
    found = {field.name: field.read(posted, f"{at}-{field.name}") for field in fields}
    return {name: value for name, value in found.items() if value is not None}


def write_fields(fields: tuple[Field, ...], values: Mapping[str, Any], at: str) -> Entries:
    """What a form with these values posts; a field without a value posts nothing that says anything."""
    for field in fields:
        if field.name in values:
            yield from field.write(values[field.name], f"{at}-{field.name}")
