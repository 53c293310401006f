"""What an official document holds, as plain values; drawing is done elsewhere."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """A part (Roman number, `level` 1) or an article of it (Arabic number, `level` 2), bold."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Article:
    """A paragraph of running text, justified, with an indented first line."""

    text: str


@dataclass(frozen=True, slots=True)
class ListItem:
    """A line of a list; `text` brings its own sign, such as “a)” or “-”."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a repeated header row; `widths` are shares of the text's width."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


Block = Heading | Article | ListItem | Grid


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix on pages of its own, counted from one."""

    title: str
    reference: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """What stands on the paper.

    Attributes:
        superior: the body above the issuer, printed above its name.
        symbol: what follows the number, such as `KH-THCSHM`.
        number, signed_on: from the clerk; empty and None leave the dots to be filled in.
        place: where it is signed, before the date.
        kind: “KẾ HOẠCH”, “BÁO CÁO”; `subject` is the line below.
        basis: the “Căn cứ” lines, without the sign at their end.
        posts: the signer's lines, such as (“KT. HIỆU TRƯỞNG”, “PHÓ HIỆU TRƯỞNG”); the name stays blank.
        recipients: the lines of “Nơi nhận”, without dash and sign at their end.
        footnote: a small line at the foot of every page, empty for none.
    """

    superior: str
    issuer: str
    symbol: str
    place: str
    kind: str
    subject: str
    posts: tuple[str, ...]
    number: str = ""
    signed_on: date | None = None
    basis: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    recipients: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    footnote: str = ""
