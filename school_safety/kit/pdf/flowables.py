"""What sheets are made of: blocks that stay together, room around them, lines to write on, borders."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

SOFT, LINE = "#3d3d3d", "#6b6b6b"
WRITING_LINE = 9 * mm
LONG = 70 * mm
"""A table or frame higher than this may begin low on a page and go on over it."""
ENDLESS = 100_000.0

BARE = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)
TIGHT = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
)
FRAME = TableStyle(
    [
        ("BOX", (0, 0), (-1, -1), 0.8, HexColor(LINE)),
        ("LEFTPADDING", (0, 0), (-1, -1), 9),
        ("RIGHTPADDING", (0, 0), (-1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 7),
        ("TOPPADDING", (0, 0), (-1, 0), 5),
    ]
)


class Together(KeepTogether):
    """Blocks on one page, which can be measured before there is a page."""

    def __init__(self, blocks: list[Flowable]) -> None:
        super().__init__(blocks)
        self.blocks = blocks


def height(block: Flowable, width: float) -> float:
    """How high a block is when it is `width` points wide."""
    if isinstance(block, Together):
        return sum(height(one, width) for one in block.blocks)
    return float(block.wrap(width, ENDLESS)[1])


def apart(blocks: Sequence[Flowable]) -> list[Flowable]:
    """The blocks as they stand in a cell, which keeps what it holds together by itself."""
    return [one for block in blocks for one in (block.blocks if isinstance(block, Together) else [block])]


def spaced(block: Flowable, before: float, after: float, width: float) -> list[Flowable]:
    """A block with room around it; a heading before it keeps with all of it, unless it is long and can be parted."""
    if isinstance(block, Table) and height(block, width) > LONG:
        return [Spacer(0, before), block, Spacer(0, after)]
    block.spaceBefore, block.spaceAfter = before, after
    return [block]


class WritingLine(Flowable):
    """A ruled line to write on."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.width, self.height = width, WRITING_LINE

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = min(self.width, available_width)
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setLineWidth(0.5)
        self.canv.setStrokeColor(HexColor(LINE))
        self.canv.setDash(1, 2)
        self.canv.line(0, 1, self.width, 1)
