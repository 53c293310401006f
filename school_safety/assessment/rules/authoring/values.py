"""Kinds of field for what is no item: several plain values in one line, ticks of a fixed list, a picture's file."""

from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from school_safety.assessment.rules.authoring.fields import Entries, Field, Line, Posted, typed
from school_safety.assessment.rules.values import Text


@dataclass(frozen=True, slots=True)
class Listed(Line):
    """Several short values without language in one line, with semicolons between them."""

    kind: ClassVar[str] = "listed"

    def read(self, posted: Posted, at: str) -> Any:
        """The values, each without spaces at its ends."""
        return [one for part in typed(posted, at).split(";") if (one := part.strip())]

    def write(self, value: Any, at: str) -> Entries:
        """All of them in one line."""
        yield at, "; ".join(map(str, value))


@dataclass(frozen=True, slots=True)
class Picture(Line):
    """A picture that is there already, by its file; only its words are written."""

    kind: ClassVar[str] = "picture"


@dataclass(frozen=True, slots=True)
class Ticks(Field):
    """Several values of a fixed list: strings or whole numbers, in the order of the list."""

    kind: ClassVar[str] = "pick_parts"
    _: KW_ONLY
    choices: tuple[tuple[str | int, Text], ...]

    def read(self, posted: Posted, at: str) -> list[str | int]:
        """The values that were ticked; what the list does not know is passed over."""
        ticked = posted.get(at, ())
        return [value for value, _ in self.choices if str(value) in ticked]

    def write(self, value: Any, at: str) -> Entries:
        """Each value under the same name."""
        for one in value:
            yield at, str(one)
