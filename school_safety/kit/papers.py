"""What stands on a paper that is drawn as PDF and as Word file alike: plain values, no layout."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 for parts, 2 and 3 below."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `label` stands bold before it."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list; `sign` is its number or dash."""

    text: str
    sign: str = "-"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a repeated header row; `widths` are shares of the text's width."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


Block = Heading | Text | Entry | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    Attributes:
        title: the large line; `name` is the document's own name, for its properties.
        left, right: the lines at the head, beside each other.
        below: the centred lines under the title.
        head, foot: what every page says small, above and below.
    """

    name: str
    title: str
    author: str
    language: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    below: tuple[str, ...]
    blocks: tuple[Block, ...]
    head: str
    foot: str
