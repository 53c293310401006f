"""The LED slide, 16:9: one message in letters that are read across a street, as PDF and as PNG of 1920 × 1080."""

from io import BytesIO
from threading import Lock

import pypdfium2
from reportlab.lib.colors import HexColor

from school_safety.kit import pdf
from school_safety.kit.i18n import _
from school_safety.packs.pdf.paper import BOARD, CHALK, ON_BOARD, ON_BOARD_2, Paper, draw_fitting, words
from school_safety.packs.report import Kit
from school_safety.packs.rules import OutreachChannel

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 60.0
SIZES = (72.0, 68.0, 64.0, 60.0, 56.0, 52.0, 48.0)
"""Type sizes in points on a slide 540 points high: the smallest is a letter of a tenth of the slide, with its line."""
NAME_SIZES = (26.0, 22.0, 20.0, 16.0, 13.0, 10.0)
PIXELS_A_POINT = 2
_pdfium = Lock()
"""PDFium is not safe to use from two threads."""


def slide(kit: Kit) -> bytes:
    """The slide as PDF; raises ValueError when the message does not fit."""
    paper = Paper(kit, _("Bảng điện tử"), (WIDTH, HEIGHT))
    canvas = paper.canvas
    canvas.setFillColor(HexColor(BOARD))
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.setFillColor(HexColor(CHALK))
    canvas.rect(MARGIN, HEIGHT - 52, 120, 6, stroke=0, fill=1)
    text = kit.text(OutreachChannel.LED)
    room = pdf.Box(MARGIN, 104, WIDTH - 2 * MARGIN, HEIGHT - 104 - 88)

    def message(size: float) -> list[pdf.ProseBlock]:
        return [words(text, pdf.Type(size, ON_BOARD, CHALK), bold=True, leading=1.34)]

    draw_fitting(canvas, [room], SIZES, message, "LED slide", centred=True)
    name = kit.school or _("Trường học an toàn số")
    foot = pdf.Box(MARGIN, 24, WIDTH - 2 * MARGIN, 62)
    draw_fitting(canvas, [foot], NAME_SIZES, lambda size: [words(name, pdf.Type(size, ON_BOARD_2, CHALK))], "school")
    return paper.finish()


def slide_picture(data: bytes) -> bytes:
    """The first page of a slide as PNG."""
    with _pdfium:
        document = pypdfium2.PdfDocument(data)
        try:
            picture = document[0].render(scale=PIXELS_A_POINT).to_pil()
        finally:
            document.close()
    out = BytesIO()
    picture.convert("RGB").save(out, "PNG")
    return out.getvalue()
