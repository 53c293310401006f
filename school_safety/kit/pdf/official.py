"""An official document as NĐ 30/2020/NĐ-CP, Phụ lục I lays it out: in Vietnamese, number and date left to the clerk."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)

from school_safety.kit.pdf.document import Appendix, Block, Grid, Heading, OfficialDocument
from school_safety.kit.pdf.faces import PREVIEW_NOTE, FontFaces, fonts
from school_safety.kit.pdf.text import FIRST_LINE, Look, clean, para, style

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TOP, BOTTOM, LEFT, RIGHT = 20 * mm, 20 * mm, 30 * mm, 15 * mm
WIDTH = A4[0] - LEFT - RIGHT
LEFT_COLUMN = 66 * mm
BODY_SIZE = 13
ROOM_AFTER_HEADING = 35 * mm


def render_official(document: OfficialDocument) -> bytes:
    """The document as PDF bytes; the same document gives the same bytes."""
    story: list[Flowable] = [*_head(document), *_basis(document), *_blocks(document.blocks), _foot(document)]
    for number, appendix in enumerate(document.appendices, 1):
        story += [NextPageTemplate(f"appendix{number}"), PageBreak(), *_appendix(document, number, appendix)]
    out = io.BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=A4,
        title=clean(f"{document.kind} {document.subject}"),
        author=clean(document.issuer),
        lang="vi",
        invariant=1,
    )
    template.addPageTemplates(
        [_page(name, document.footnote) for name in ("body", *_appendix_names(document.appendices))]
    )
    template.build(story, canvasmaker=partial(Canvas, initialFontName=fonts().regular))  # type: ignore[arg-type]  # the stub says float
    return out.getvalue()


def _appendix_names(appendices: Sequence[Appendix]) -> list[str]:
    return [f"appendix{number}" for number, _ in enumerate(appendices, 1)]


# ---- Pages ----


def _page(name: str, footnote: str) -> PageTemplate:
    frame = Frame(LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPage=_numbering(footnote))


def _numbering(footnote: str) -> Callable[[Canvas, Any], None]:
    """Draws the number in the top margin, from the second page of its section on, and the small lines at the foot."""
    count = 0

    def on_page(canvas: Canvas, template: Any) -> None:
        nonlocal count
        count += 1
        faces = fonts()
        canvas.setFillColor(black)
        if count > 1:
            canvas.setFont(faces.regular, 13)
            canvas.drawCentredString(LEFT + WIDTH / 2, A4[1] - 12 * mm, str(count))
        _draw_notes(canvas, footnote, faces)

    return on_page


def _draw_notes(canvas: Canvas, footnote: str, faces: FontFaces) -> None:
    notes = [clean(footnote)] if footnote else []
    if not faces.standard:
        notes.insert(0, PREVIEW_NOTE)
    for line, note in enumerate(reversed(notes)):
        canvas.setFont(faces.italic, 9)
        canvas.drawString(LEFT, 9 * mm + line * 11, note)


# ---- Head ----


class _Rule(Flowable):
    """A thin line, centred, as long as it is told."""

    def __init__(self, length: float, gap: float = 2) -> None:
        super().__init__()
        self.length, self.gap = length, gap
        self.room = 0.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.room = available_width
        return available_width, self.gap + 3

    def draw(self) -> None:
        start = (self.room - self.length) / 2
        self.canv.setLineWidth(0.7)
        self.canv.line(start, 3, start + self.length, 3)


def _head(document: OfficialDocument) -> list[Flowable]:
    faces = fonts()
    caps = style(12, align="center")
    issuer = style(12, Look.BOLD, align="center")
    middle = style(13, align="center")
    left: list[Flowable] = [para(document.superior.upper(), caps)] if document.superior else []
    left += [para(document.issuer.upper(), issuer), _Rule(_issuer_line(document.issuer))]
    right: list[Flowable] = [
        para(NATION, style(12, Look.BOLD, align="center")),
        para(MOTTO, style(13, Look.BOLD, align="center")),
        _Rule(stringWidth(MOTTO, faces.bold, 13), gap=1),
    ]
    number = para(f"Số: {document.number or '……'}/{document.symbol}", middle)
    place = para(f"{document.place}, {_date(document.signed_on)}", style(13, Look.ITALIC, align="center"))
    columns = (LEFT_COLUMN, WIDTH - LEFT_COLUMN)
    head = Table([[left, right], [number, place]], colWidths=columns, style=_BARE)
    kind = para(document.kind.upper(), style(14, Look.BOLD, align="center", before=14))
    subject = style(14, Look.BOLD, align="center")
    line = _Rule(min(stringWidth(clean(document.subject), faces.bold, 14), WIDTH) * 0.4)
    return [head, kind, para(document.subject, subject), line, Spacer(0, 8)]


_BARE = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)


def _issuer_line(issuer: str) -> float:
    """Between a third and a half of the issuer's name, as far as it fits on one line of its column."""
    return min(stringWidth(clean(issuer).upper(), fonts().bold, 12), LEFT_COLUMN) * 0.42


def _date(signed_on: date | None) -> str:
    """The date in words; a zero before days under ten and the months 1 and 2 only."""
    if signed_on is None:
        return "ngày …… tháng …… năm ………"
    month = f"{signed_on.month:02}" if signed_on.month < 3 else str(signed_on.month)
    return f"ngày {signed_on.day:02} tháng {month} năm {signed_on.year}"


def _basis(document: OfficialDocument) -> list[Flowable]:
    italic = style(BODY_SIZE, Look.ITALIC, align="justify", after=6, first_line=FIRST_LINE)
    last = len(document.basis) - 1
    return [
        para(f"{line.rstrip(' ;.')}{'.' if number == last else ';'}", italic)
        for number, line in enumerate(document.basis)
    ]


# ---- Body ----


def _blocks(blocks: Sequence[Block]) -> list[Flowable]:
    return [flowable for block in blocks for flowable in _block(block)]


def _block(block: Block) -> list[Flowable]:
    if isinstance(block, Heading):
        indent = FIRST_LINE if block.level > 1 else 0
        bold = style(BODY_SIZE, Look.BOLD, before=4, after=6, first_line=indent)
        return [CondPageBreak(ROOM_AFTER_HEADING), para(block.text, bold)]
    if isinstance(block, Grid):
        return [_grid(block), Spacer(0, 8)]
    return [para(block.text, style(BODY_SIZE, align="justify", after=6, first_line=FIRST_LINE))]


def _grid(grid: Grid) -> Table:
    header = style(12, Look.BOLD, align="center", leading=1.2)
    cell = style(12, leading=1.2)
    rows = [[para(word, header) for word in grid.header]]
    rows += [[para(word, cell) for word in row] for row in grid.rows]
    whole = sum(grid.widths)
    table = Table(rows, colWidths=[WIDTH * share / whole for share in grid.widths], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, black),
                ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
                ("VALIGN", (0, 1), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


def _foot(document: OfficialDocument) -> Flowable:
    """Recipients on the left, the signer's post on the right, with room for signature, seal and name."""
    label = para("Nơi nhận:", style(12, Look.BOLD_ITALIC))
    last = len(document.recipients) - 1
    small = style(11, leading=1.2)
    lines = [
        para(f"- {line.rstrip(' ;.')}{'.' if number == last else ';'}", small)
        for number, line in enumerate(document.recipients)
    ]
    posts = [para(post.upper(), style(13, Look.BOLD, align="center")) for post in document.posts]
    table = Table([[[label, *lines], [*posts, Spacer(0, 30 * mm)]]], colWidths=(WIDTH * 0.5, WIDTH * 0.5), style=_BARE)
    return KeepTogether([Spacer(0, 10), table])


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def _appendix(document: OfficialDocument, number: int, appendix: Appendix) -> list[Flowable]:
    word = f"Phụ lục {_ROMAN[number - 1]}" if len(document.appendices) > 1 else "Phụ lục"
    return [
        para(word, style(14, Look.BOLD, align="center")),
        para(appendix.title.upper(), style(13, Look.BOLD, align="center")),
        para(f"({appendix.reference})", style(13, Look.ITALIC, align="center", after=10)),
        *_blocks(appendix.blocks),
    ]
