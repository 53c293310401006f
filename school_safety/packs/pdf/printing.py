"""A lesson's sheets as PDF, and all of them in one file with a page of contents."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer, Table, TableStyle

from school_safety.kit import pdf
from school_safety.kit.i18n import _

BLACK = "#000000"
SIZE = 11.5
PICTURE_HEIGHT = 130 * mm
_TYPE = pdf.Type(SIZE, BLACK, BLACK)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the lesson to print on a page of its own, with what it shows in words."""

    data: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished part of the file: what the contents call it, and its pages."""

    name: str
    data: bytes

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(PdfReader(io.BytesIO(self.data)).pages)


def sheet_pdf(html: str, sheet: pdf.Sheet, pictures: dict[str, bytes], *, answers: bool = True) -> bytes:
    """A print page's HTML as PDF; `pictures` by their addresses. Without `answers` what opens on demand is left out."""

    def found(address: str, width: float) -> Flowable | None:
        data = pictures.get(address)
        return pdf.picture(data, width, PICTURE_HEIGHT) if data is not None else None

    story = pdf.html_blocks(html, width=pdf.SHEET_WIDTH, of=_TYPE, pictures=found, answers=answers)
    return pdf.draw_sheet(story, sheet)


def pictures_pdf(pictures: Sequence[Picture], sheet: pdf.Sheet) -> bytes:
    """Each picture on a page of its own, as large as the page; its words where it cannot be drawn."""
    story: list[Flowable] = []
    for one in pictures:
        drawn = pdf.picture(one.data, pdf.SHEET_WIDTH, pdf.SHEET_HEIGHT - 2 * mm)
        shown = drawn or Paragraph(pdf.sans_markup(one.words), pdf.prose_style(_TYPE))
        shown.hAlign = "CENTER"
        story += [shown, PageBreak()]
    return pdf.draw_sheet(story[:-1], sheet)


def bundle_pdf(parts: Sequence[Printed], sheet: pdf.Sheet, *, intro: str) -> bytes:
    """Contents, then every part; each part is also a bookmark. Parts have to be drawn from `first_pages` on."""
    writer = PdfWriter()
    writer.append(io.BytesIO(_contents(parts, sheet, intro)))
    for part in parts:
        writer.append(io.BytesIO(part.data), outline_item=part.name)
    writer.add_metadata({"/Title": pdf.clean(sheet.title), "/Author": pdf.clean(sheet.author)})
    writer.root_object[NameObject("/Lang")] = TextStringObject(sheet.language)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def first_pages(parts: Sequence[Printed]) -> list[int]:
    """On which page of the whole file each part begins; the contents are page 1."""
    starts, page = [], 2
    for part in parts:
        starts.append(page)
        page += part.pages
    return starts


_LINES = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, "#6b6b6b"),
        ("ALIGN", (1, 0), (1, -1), "RIGHT"),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
)


def _contents(parts: Sequence[Printed], sheet: pdf.Sheet, intro: str) -> bytes:
    plain, bold = pdf.prose_style(_TYPE, size=13), pdf.prose_style(_TYPE, size=13, bold=True)
    rows = [
        [Paragraph(pdf.sans_markup(part.name), plain), Paragraph(str(start), bold)]
        for part, start in zip(parts, first_pages(parts), strict=True)
    ]
    story: list[Flowable] = [
        Paragraph(pdf.sans_markup(sheet.title), pdf.prose_style(_TYPE, size=20, bold=True, leading=1.32)),
        Spacer(0, 3 * mm),
        Paragraph(pdf.sans_markup(intro), pdf.prose_style(_TYPE)),
        Spacer(0, 8 * mm),
        Paragraph(pdf.sans_markup(_("Trong tệp này")), bold),
        Table(rows, colWidths=[pdf.SHEET_WIDTH - 18 * mm, 18 * mm], style=_LINES, hAlign="LEFT"),
    ]
    return pdf.draw_sheet(story, replace(sheet, first=1))
