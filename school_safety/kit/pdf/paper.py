"""A paper (`kit.papers`) as PDF in the letters of official documents."""

from reportlab.lib.colors import black
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, TableStyle
from reportlab.platypus import Table as Grid

from school_safety.kit.papers import Block, Entry, Heading, Paper, Table
from school_safety.kit.pdf.faces import fonts
from school_safety.kit.pdf.sheet import SHEET_WIDTH, Sheet, draw_sheet
from school_safety.kit.pdf.text import Look, escape, para, style

SIZE = 13
_STEP = 18.0
_ROOM_AFTER_HEADING = 90.0


def paper_pdf(paper: Paper, *, first: int = 1) -> bytes:
    """The paper as PDF bytes, its pages counted from `first`; the same paper gives the same bytes."""
    story = [*_head(paper), *(flowable for block in paper.blocks for flowable in _block(block))]
    sheet = Sheet(paper.name, paper.author, paper.language, paper.head, paper.foot, first)
    return draw_sheet(story, sheet)


def _head(paper: Paper) -> list[Flowable]:
    bold, line = style(SIZE, Look.BOLD), style(SIZE)
    columns = [[para(words, line) for words in column] for column in (paper.left, paper.right)]
    table = Grid([columns], colWidths=[SHEET_WIDTH / 2] * 2, style=_BARE)
    title = style(SIZE + 2, Look.BOLD, align="center", before=12, after=4)
    centred = style(SIZE, align="center", after=2)
    below = [para(words, centred) for words in paper.below]
    return [table, para(paper.title, title), *below, Spacer(0, 6), para("", bold)]


_BARE = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ]
)
_GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
)


def _block(block: Block) -> list[Flowable]:
    if isinstance(block, Heading):
        look = Look.BOLD if block.level < 3 else Look.BOLD_ITALIC
        bold = style(SIZE + 1 if block.level == 1 else SIZE, look, before=12 if block.level == 1 else 7, after=3)
        return [CondPageBreak(_ROOM_AFTER_HEADING), para(block.text, bold)]
    if isinstance(block, Table):
        return [_table(block), Spacer(0, 6)]
    if isinstance(block, Entry):
        entry = style(SIZE, after=3).clone(
            "entry", leftIndent=_STEP, bulletIndent=2, bulletFontName=fonts().regular, bulletFontSize=SIZE
        )
        return [Paragraph(escape(block.text), entry, bulletText=block.sign)]
    body = style(SIZE, align="justify", after=4)
    label = f"<b>{escape(block.label)}</b> " if block.label else ""
    if not block.text:
        body = body.clone("label", keepWithNext=1)
    return [Paragraph(label + escape(block.text), body)]


def _table(block: Table) -> Grid:
    head, cell = style(12, Look.BOLD, align="center"), style(12)
    rows = [
        [para(words, head) for words in block.header],
        *([para(words, cell) for words in row] for row in block.rows),
    ]
    whole = sum(block.widths)
    return Grid(rows, colWidths=[SHEET_WIDTH * share / whole for share in block.widths], style=_GRID, repeatRows=1)
