"""PDF with Vietnamese letters that are really there: fonts found by content, text in NFC, official layout."""

from school_safety.kit.pdf.document import (
    Appendix,
    Article,
    Block,
    Grid,
    Heading,
    ListItem,
    OfficialDocument,
)
from school_safety.kit.pdf.faces import (
    PREVIEW_NOTE,
    VIETNAMESE_LETTERS,
    FontFaces,
    find_faces,
    fonts,
    lacks_letters,
)
from school_safety.kit.pdf.official import render_official
from school_safety.kit.pdf.text import Look, clean, escape, para, style

__all__ = [
    "PREVIEW_NOTE",
    "VIETNAMESE_LETTERS",
    "Appendix",
    "Article",
    "Block",
    "FontFaces",
    "Grid",
    "Heading",
    "ListItem",
    "Look",
    "OfficialDocument",
    "clean",
    "escape",
    "find_faces",
    "fonts",
    "lacks_letters",
    "para",
    "render_official",
    "style",
]
