"""Short Markdown on paper: headings, paragraphs, lists and emphasis as blocks that fill one column after another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from school_safety.kit.pdf.sans import sans, sans_markup

_PARSER = MarkdownIt("commonmark", {"html": False})
_ENOUGH = 10_000.0
_LAST_WORDS = re.compile(r"(?<!\S)(\S{1,9}) (\S{1,6})$")
_EMPHASIS = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>"}


@dataclass(frozen=True, slots=True)
class Type:
    """How prose is set: sizes in points, colours as #rrggbb."""

    size: float
    ink: str
    accent: str
    leading: float = 1.42
    heading: float = 1.3


@dataclass(frozen=True, slots=True)
class ProseBlock:
    """A paragraph, heading or list item; `before` is the space above it, `keep` binds it to the next one."""

    paragraph: Paragraph
    before: float
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A column on the page, from its lower left corner, in points."""

    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class _Lists:
    """The lists that are open, each with the number of its next item, None for dots."""

    numbers: list[int | None] = field(default_factory=list)
    label: str = ""

    def open(self, token: Token) -> None:
        ordered = token.type == "ordered_list_open"
        self.numbers.append(int(token.attrGet("start") or 1) if ordered else None)

    def begin_item(self) -> None:
        number = self.numbers[-1]
        self.label = "•" if number is None else f"{number}."
        if number is not None:
            self.numbers[-1] = number + 1


def prose(text: str, of: Type) -> list[ProseBlock]:
    """The blocks of a Markdown text, in order."""
    blocks: list[ProseBlock] = []
    lists, heading, first = _Lists(), False, 0
    for token in _PARSER.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            first = first if lists.numbers else len(blocks)
            lists.open(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.numbers.pop()
            if not lists.numbers:
                _bind_ends(blocks, first)
        elif token.type == "list_item_open":
            lists.begin_item()
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "inline":
            blocks.append(_block(_markup(token), of, lists, heading))
            lists.label = ""
    return blocks


def whole_lists(blocks: Sequence[ProseBlock]) -> list[ProseBlock]:
    """The same blocks, with each list kept in one column."""
    listed = [block.paragraph.style.leftIndent > 0 for block in blocks]
    return [
        replace(block, keep=block.keep or (listed[number] and listed[number + 1 : number + 2] == [True]))
        for number, block in enumerate(blocks)
    ]


def _bind_ends(blocks: list[ProseBlock], first: int) -> None:
    """Neither the first nor the last item of the list that begins at `first` stands alone in a column."""
    for place_of in {first, len(blocks) - 2} & set(range(first, len(blocks) - 1)):
        blocks[place_of] = replace(blocks[place_of], keep=True)


def _block(markup: str, of: Type, lists: _Lists, heading: bool) -> ProseBlock:
    if heading:
        style = prose_style(of, size=of.size * of.heading, bold=True, colour=of.accent, leading=1.3)
        return ProseBlock(Paragraph(markup, style), before=of.size * 1.1, keep=True)
    if lists.numbers:
        style = prose_style(of, indent=of.size * 1.5 * len(lists.numbers))
        return ProseBlock(Paragraph(markup, style, bulletText=lists.label or None), before=of.size * 0.22)
    whole = markup.startswith("<b>") and markup.endswith("</b>") and markup.count("<b>") == 1
    return ProseBlock(Paragraph(markup, prose_style(of)), before=of.size * 0.55, keep=whole)


def prose_style(
    of: Type,
    *,
    size: float | None = None,
    bold: bool = False,
    colour: str | None = None,
    leading: float | None = None,
    indent: float = 0,
    centred: bool = False,
) -> ParagraphStyle:
    """A paragraph style of a type; `leading` in lines."""
    faces, points = sans(), size or of.size
    return ParagraphStyle(
        "prose",
        fontName=faces.bold if bold else faces.regular,
        fontSize=points,
        leading=points * (leading or of.leading),
        textColor=HexColor(colour or of.ink),
        leftIndent=indent,
        bulletIndent=max(0.0, indent - points * 1.5),
        bulletFontName=faces.bold,
        bulletFontSize=points,
        bulletColor=HexColor(of.accent),
        alignment=1 if centred else 0,
        splitLongWords=1,
    )


def _markup(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in _EMPHASIS:
            parts.append(_EMPHASIS[child.type])
        elif child.type == "hardbreak":
            parts.append("<br/>")
        elif child.type == "softbreak":
            parts.append(" ")
        else:
            parts.append(sans_markup(child.content))
    return bind_last_word("".join(parts))


def bind_last_word(markup: str) -> str:
    """No short word stands alone on the last line."""
    return _LAST_WORDS.sub("\\1\u00a0\\2", markup)


def place(blocks: Sequence[ProseBlock], boxes: Sequence[Box]) -> list[tuple[ProseBlock, Box]] | None:
    """Each block with the box it is drawn in, column after column; None when they do not all fit.

    A block is never cut in two, and a heading stands in the column of what follows it.
    """
    placed: list[tuple[ProseBlock, Box]] = []
    waiting = list(boxes)
    left = waiting[0].height if waiting else 0.0
    for group in _groups(blocks):
        heights = [block.paragraph.wrap(boxes[0].width, _ENOUGH)[1] for block in group]
        while waiting:
            fresh = left == waiting[0].height
            needed = sum(heights) + sum(block.before for block in group[1 if fresh else 0 :])
            if needed <= left:
                break
            waiting.pop(0)
            left = waiting[0].height if waiting else 0.0
        if not waiting:
            return None
        for block, height in zip(group, heights, strict=True):
            left -= height + (0 if left == waiting[0].height else block.before)
            box = waiting[0]
            placed.append((block, Box(box.x, box.y + left, box.width, height)))
    return placed


def _groups(blocks: Sequence[ProseBlock]) -> list[list[ProseBlock]]:
    groups: list[list[ProseBlock]] = []
    bound = False
    for block in blocks:
        if bound:
            groups[-1].append(block)
        else:
            groups.append([block])
        bound = block.keep
    return groups


def draw_blocks(canvas: Canvas, placed: Sequence[tuple[ProseBlock, Box]]) -> None:
    """Draw blocks where `place` put them."""
    for block, box in placed:
        block.paragraph.wrapOn(canvas, box.width, _ENOUGH)
        block.paragraph.drawOn(canvas, box.x, box.y)
