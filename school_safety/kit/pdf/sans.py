"""Be Vietnam Pro for paper and slides that are not official documents; every Vietnamese letter is in it."""

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape as _xml

import fontpkg_be_vietnam_pro
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFile

from school_safety.kit.pdf.text import clean

_CUTS = {"Sans": "Regular", "Sans-Bold": "Bold", "Sans-Italic": "Italic", "Sans-BoldItalic": "BoldItalic"}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class SansFaces:
    """The faces by their ReportLab names."""

    regular: str = "Sans"
    bold: str = "Sans-Bold"
    italic: str = "Sans-Italic"
    bold_italic: str = "Sans-BoldItalic"


def sans() -> SansFaces:
    """The faces, registered with ReportLab once."""
    with _lock:
        return _registered()


@cache
def _registered() -> SansFaces:
    for name, cut in _CUTS.items():
        pdfmetrics.registerFont(TTFont(name, str(_file(cut))))
    faces = SansFaces()
    pdfmetrics.registerFontFamily(
        faces.regular, normal=faces.regular, bold=faces.bold, italic=faces.italic, boldItalic=faces.bold_italic
    )
    return faces


def _file(cut: str) -> Path:
    return Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / f"BeVietnamPro-{cut}.ttf"


@cache
def sans_glyphs() -> frozenset[int]:
    """The code points that the regular face has a glyph for."""
    return frozenset(TTFontFile(str(_file("Regular"))).charToGlyph)


def sans_markup(text: str) -> str:
    """Text that ReportLab's paragraph markup shows as it stands; a sign without a glyph becomes a question mark."""
    glyphs = sans_glyphs()
    return _xml("".join(sign if ord(sign) in glyphs else "?" for sign in clean(text)))
