"""Text on its way into a PDF: composed (NFC), stripped of what no font draws, escaped, in the styles of the decree."""

import unicodedata
from enum import StrEnum
from functools import cache
from typing import Literal
from xml.sax.saxutils import escape as _xml

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.ttfonts import TTFontFile
from reportlab.platypus import Paragraph

from school_safety.kit.pdf.faces import fonts

_ALIGN: dict[str, Literal[0, 1, 2, 4]] = {"left": 0, "center": 1, "right": 2, "justify": 4}
FIRST_LINE = 28.35
"""One centimetre, in points."""


class Look(StrEnum):
    """Weight and slant of a line."""

    REGULAR = "regular"
    BOLD = "bold"
    ITALIC = "italic"
    BOLD_ITALIC = "bold_italic"


def clean(text: str) -> str:
    """Composed text without control characters: decomposed marks are drawn out of place, controls break the drawing."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if char in "\t\r\n" else char for char in composed if char in "\t\r\n" or _drawable(char))


def _drawable(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs", "Cn", "Co")


def escape(text: str) -> str:
    """Text that ReportLab's paragraph markup shows as it stands; a letter without a glyph becomes a question mark."""
    glyphs = _glyphs()
    return _xml("".join(char if ord(char) in glyphs else "?" for char in clean(text)))


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(TTFontFile(str(fonts().files[0])).charToGlyph)


@cache
def style(
    size: float = 13,
    look: Look = Look.REGULAR,
    *,
    align: Literal["left", "center", "right", "justify"] = "left",
    leading: float = 1.25,
    before: float = 0,
    after: float = 0,
    first_line: float = 0,
) -> ParagraphStyle:
    """A paragraph style; sizes and spaces in points, `leading` in lines."""
    return ParagraphStyle(
        f"{look}-{size}-{align}",
        fontName=getattr(fonts(), look.value),
        fontSize=size,
        leading=size * leading,
        alignment=_ALIGN[align],
        spaceBefore=before,
        spaceAfter=after,
        firstLineIndent=first_line,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )


def para(text: str, of: ParagraphStyle) -> Paragraph:
    """A paragraph that shows `text` as it stands, whatever people typed into it."""
    return Paragraph(escape(text), of)
