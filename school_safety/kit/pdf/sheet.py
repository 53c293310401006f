"""Sheets for the classroom: A4, black on white, one quiet head and foot on every page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from school_safety.kit.pdf.sans import sans
from school_safety.kit.pdf.text import clean

LEFT, RIGHT, TOP, BOTTOM = 20 * mm, 18 * mm, 22 * mm, 18 * mm
SHEET_WIDTH = A4[0] - LEFT - RIGHT
SHEET_HEIGHT = A4[1] - TOP - BOTTOM
_SMALL = 8.5
_GREY = "#3d3d3d"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is the same on every page; `first` is the number of the first page.

    `head` stands above the text on every page, `foot` below it; both are cut where they do not fit on a line.
    """

    title: str
    author: str
    language: str
    head: str
    foot: str
    first: int = 1


def draw_sheet(story: Sequence[Flowable], sheet: Sheet) -> bytes:
    """The sheet as PDF bytes; the same story gives the same bytes."""
    out = io.BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=A4,
        title=clean(sheet.title),
        author=clean(sheet.author),
        lang=sheet.language,
        invariant=1,
        initialFontName=sans().regular,
    )
    frame = Frame(LEFT, BOTTOM, SHEET_WIDTH, SHEET_HEIGHT, 0, 0, 0, 0)
    template.addPageTemplates([PageTemplate("sheet", [frame], onPage=partial(_dress, sheet))])
    template.build(list(story))
    return out.getvalue()


def _dress(sheet: Sheet, canvas: Canvas, template: Any) -> None:
    faces = sans()
    canvas.saveState()
    canvas.setFillColor(HexColor(_GREY))
    canvas.setFont(faces.regular, _SMALL)
    canvas.drawString(LEFT, A4[1] - 13 * mm, _cut(sheet.head, SHEET_WIDTH))
    canvas.setStrokeColor(HexColor("#6b6b6b"))
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, A4[1] - 15 * mm, LEFT + SHEET_WIDTH, A4[1] - 15 * mm)
    canvas.drawString(LEFT, 10 * mm, _cut(sheet.foot, SHEET_WIDTH - 20 * mm))
    canvas.setFillColor(black)
    canvas.setFont(faces.bold, 10)
    canvas.drawRightString(LEFT + SHEET_WIDTH, 10 * mm, str(sheet.first + canvas.getPageNumber() - 1))
    canvas.restoreState()


def _cut(text: str, room: float) -> str:
    words = clean(text)
    while words and stringWidth(words, sans().regular, _SMALL) > room:
        words = words[:-2].rstrip() + "…"
    return words
