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
from school_safety.kit.pdf.drawing import Drawing, Undrawable, picture
from school_safety.kit.pdf.faces import (
    PREVIEW_NOTE,
    VIETNAMESE_LETTERS,
    FontFaces,
    find_faces,
    fonts,
    lacks_letters,
)
from school_safety.kit.pdf.html import Pictures, html_blocks
from school_safety.kit.pdf.official import render_official
from school_safety.kit.pdf.paper import paper_pdf
from school_safety.kit.pdf.prose import (
    Box,
    ProseBlock,
    Type,
    bind_last_word,
    draw_blocks,
    place,
    prose,
    prose_style,
    whole_lists,
)
from school_safety.kit.pdf.sans import SansFaces, sans, sans_markup
from school_safety.kit.pdf.sheet import SHEET_HEIGHT, SHEET_WIDTH, Sheet, draw_sheet
from school_safety.kit.pdf.text import Look, clean, escape, para, style

__all__ = [
    "PREVIEW_NOTE",
    "SHEET_HEIGHT",
    "SHEET_WIDTH",
    "VIETNAMESE_LETTERS",
    "Appendix",
    "Article",
    "Block",
    "Box",
    "Drawing",
    "FontFaces",
    "Grid",
    "Heading",
    "ListItem",
    "Look",
    "OfficialDocument",
    "Pictures",
    "ProseBlock",
    "SansFaces",
    "Sheet",
    "Type",
    "Undrawable",
    "bind_last_word",
    "clean",
    "draw_blocks",
    "draw_sheet",
    "escape",
    "find_faces",
    "fonts",
    "html_blocks",
    "lacks_letters",
    "paper_pdf",
    "para",
    "picture",
    "place",
    "prose",
    "prose_style",
    "render_official",
    "sans",
    "sans_markup",
    "style",
    "whole_lists",
]
