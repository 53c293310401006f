"""A printed sheet from the very HTML of its print page: elements and print classes of our templates as flowables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, Spacer, Table, TableStyle

from school_safety.kit.pdf.flowables import BARE, FRAME, LONG, SOFT, TIGHT, Together, WritingLine, apart, height, spaced
from school_safety.kit.pdf.grid import PADDING, column_widths, draw_grid
from school_safety.kit.pdf.inline import BOX, TickBox, inline
from school_safety.kit.pdf.prose import Type, prose_style
from school_safety.kit.pdf.tree import Node, parse

Pictures = Callable[[str, float], Flowable | None]
"""The picture behind an address, at most so wide; None when there is none or it cannot be drawn."""

_HEADINGS = {"h1": 1.55, "h2": 1.28, "h3": 1.12, "h4": 1.0, "h5": 1.0, "h6": 1.0}
_FRAMES = {"mock", "clipping", "app", "paper-node", "think", "paper-box-group", "callout"}
_ROOM_AFTER_HEADING = 22 * mm
ANSWER_LINES = 2
MOST_TOGETHER = 110 * mm


@dataclass(frozen=True, slots=True)
class _Place:
    """How what stands here is set."""

    of: Type
    width: float
    pictures: Pictures
    answers: bool
    small: bool = False
    bold: bool = False


def html_blocks(html: str, *, width: float, of: Type, pictures: Pictures, answers: bool = True) -> list[Flowable]:
    """The flowables of a fragment of a print page, `width` points wide.

    What opens on demand on the page (`details`) is printed open, or without `answers` as lines to write on.
    """
    return _children(parse(html).children, _Place(of, width, pictures, answers))


def _children(nodes: Sequence[Node], at: _Place) -> list[Flowable]:
    blocks: list[Flowable] = []
    waiting: list[Node] = []
    for node in nodes:
        if node.is_block or node.holds_blocks:
            blocks += [*_words(waiting, at), *_block(node, at)]
            waiting = []
        else:
            waiting.append(node)
    return [*blocks, *_words(waiting, at)]


def _words(nodes: Sequence[Node], at: _Place, *, before: float | None = None) -> list[Flowable]:
    markup = inline(nodes).strip()
    return [_paragraph(markup, at, before=before)] if markup else []


def _paragraph(markup: str, at: _Place, *, before: float | None = None) -> Paragraph:
    of = at.of
    style = prose_style(of, size=of.size * 0.9 if at.small else None, bold=at.bold, colour=SOFT if at.small else None)
    style.spaceBefore = of.size * 0.4 if before is None else before
    style.allowWidows = style.allowOrphans = 0
    style.keepWithNext = int(markup.endswith(":") or (markup.startswith("<b>") and markup.endswith("</b>")))
    return Paragraph(markup, style)


def _block(node: Node, at: _Place) -> list[Flowable]:
    if "new-page" in node.classes:
        return [PageBreak(), *_block(replace_classes(node, "new-page"), at)]
    if "paper-item" in node.classes:
        return _item(node, at)
    if "paper-line" in node.classes:
        return [WritingLine(at.width)]
    if node.tag in _HEADINGS:
        return _heading(node, at)
    if node.tag in ("ul", "ol"):
        return _list(node, at)
    if node.tag == "table":
        return _table(node, at)
    if node.tag == "img":
        return _picture(node, at)
    if node.tag == "hr":
        return [Spacer(0, 4 * mm)]
    if node.tag == "details":
        return _opened(node, at)
    if node.tag == "dd":
        return _indented(node, at)
    if node.classes & _FRAMES or node.tag == "blockquote":
        return _framed(node, at)
    return _children(node.children, _narrowed(node, at))


def _item(node: Node, at: _Place) -> list[Flowable]:
    """A question on one page where it is short; a long one begins where there is room for its beginning."""
    blocks = [one for one in _children(node.children, at) if not isinstance(one, CondPageBreak)]
    gap = Spacer(0, at.of.size * 0.8)
    if sum(height(block, at.width) for block in blocks) < MOST_TOGETHER:
        return [gap, Together(blocks)]
    return [gap, CondPageBreak(LONG), *blocks]


def _opened(node: Node, at: _Place) -> list[Flowable]:
    if not at.answers:
        return [WritingLine(at.width) for _line in range(ANSWER_LINES)]
    return _children([child for child in node.children if child.tag != "summary"], at)


def replace_classes(node: Node, left_out: str) -> Node:
    """The same element without one of its classes."""
    return Node(node.tag, node.classes - {left_out}, node.attrs, node.text, node.children)


def _narrowed(node: Node, at: _Place) -> _Place:
    """What the element's own classes say of its text."""
    bold = at.bold or bool(node.classes & {"lead", "think-title", "app-title"}) or node.tag == "dt"
    return replace(at, small=at.small or bool(node.classes & {"small", "web-address", "provenance"}), bold=bold)


def _heading(node: Node, at: _Place) -> list[Flowable]:
    stem = "item-stem" in node.classes
    size = at.of.size * (1.05 if stem else _HEADINGS[node.tag])
    style = prose_style(at.of, size=size, bold=True, leading=1.3)
    style.spaceBefore, style.spaceAfter, style.keepWithNext = size * (0.1 if stem else 0.75), size * 0.15, 1
    return [CondPageBreak(_ROOM_AFTER_HEADING), Paragraph(inline(node.children).strip(), style)]


def _indented(node: Node, at: _Place) -> list[Flowable]:
    step = at.of.size * 1.2
    return _beside("", _children(node.children, replace(at, width=at.width - step)), at.width, step)


def _beside(label: str | Flowable, blocks: list[Flowable], width: float, step: float) -> list[Flowable]:
    """Blocks moved in by `step`, with a label in the room before them."""
    if not blocks:
        return []
    return [Table([[label, apart(blocks)]], colWidths=[step, width - step], style=TIGHT, hAlign="LEFT")]


# ---- Lists ----


def _list(node: Node, at: _Place) -> list[Flowable]:
    items = [child for child in node.children if child.tag == "li"]
    if node.classes & {"paper-list", "app-list"}:
        return [row for item in items for row in _paper_row(item, at)]
    step = at.of.size * 1.6
    start = int(node.attrs.get("start", 1))
    blocks: list[Flowable] = []
    for number, item in enumerate(items, start):
        label = f"{number}." if node.tag == "ol" else "•"
        blocks += _labelled(label, item.children, replace(at, width=at.width - step), step)
    return [Together(blocks)] if "remember" in node.classes else blocks


def _labelled(label: str, children: Sequence[Node], at: _Place, step: float) -> list[Flowable]:
    """An item whose first paragraph bears its number or dot."""
    inner = _children(children, at)
    style = prose_style(at.of, indent=step, size=at.of.size * 0.9 if at.small else None)
    style.spaceBefore = at.of.size * 0.25
    if len(inner) == 1 and isinstance(inner[0], Paragraph):
        return [Paragraph(_markup_of(children), style, bulletText=label)]
    return _beside(Paragraph(f"<b>{label}</b>", prose_style(at.of)), inner, at.width + step, step)


def _markup_of(children: Sequence[Node]) -> str:
    """The words of an item's first paragraph."""
    first: list[Node] = []
    for child in children:
        if child.is_block or child.holds_blocks:
            if inline(first).strip():
                break
            return inline(child.children).strip() if child.tag == "p" else _markup_of(child.children)
        first.append(child)
    return inline(first).strip()


def _paper_row(item: Node, at: _Place) -> list[Flowable]:
    """A line to answer: its box or number stands before the words, which stay together."""
    signs: list[str | Flowable] = []
    rest: list[Node] = []
    for child in item.children:
        if not rest and BOX in child.classes:
            signs.append(TickBox(at.of.size))
        elif not rest and "headline-number" in child.classes:
            signs.append(Paragraph(f"<b>{inline(child.children).strip()}</b>", prose_style(at.of)))
        elif rest or not child.is_blank:
            rest.append(child)
    step = at.of.size * 1.9
    widths = [*(step for _sign in signs), at.width - step * len(signs)]
    inner = _children(rest, replace(at, width=widths[-1]))
    table = Table([[*signs, apart(inner) or ""]], colWidths=widths, style=BARE, hAlign="LEFT")
    table.spaceBefore = 1
    return [table]


# ---- Frames, tables, pictures, lines ----


def _framed(node: Node, at: _Place) -> list[Flowable]:
    """A frame around what belongs together; it may go on over the page, row by row."""
    inner = _children(node.children, replace(at, width=at.width - 20))
    rows = [[block] for block in apart(inner) if not isinstance(block, CondPageBreak)]
    if not rows:
        return []
    frame = Table([[row] for row in rows], colWidths=[at.width], style=FRAME, hAlign="LEFT")
    whole = height(frame, at.width) < MOST_TOGETHER
    if len(rows) > 1:
        frame.setStyle(TableStyle([("NOSPLIT", (0, 0), (0, -1 if whole else 1))]))
    return spaced(frame, at.of.size * 0.5, at.of.size * 0.3, at.width)


def _table(node: Node, at: _Place) -> list[Flowable]:
    rows = [[cell for cell in row.children if cell.tag in ("td", "th")] for row in node.all("tr")]
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return []
    rows = [[*row, *[Node("td")] * (columns - len(row))] for row in rows]
    small = replace(at, small=True)
    widths = column_widths([[cell.words for cell in row] for row in rows], at.width, size=at.of.size)
    cells = [
        [
            apart(_children(cell.children, replace(small, width=width - 2 * PADDING, bold=cell.tag == "th"))) or ""
            for cell, width in zip(row, widths, strict=True)
        ]
        for row in rows
    ]
    return spaced(draw_grid(cells, widths, has_head=all(cell.tag == "th" for cell in rows[0])), 4, 4, at.width)


def _picture(node: Node, at: _Place) -> list[Flowable]:
    picture = at.pictures(node.attrs.get("src", ""), at.width)
    words = node.attrs.get("alt", "")
    if picture is not None:
        return spaced(picture, at.of.size * 0.6, at.of.size * 0.4, at.width)
    return _framed(Node("div", frozenset({"think"}), children=[Node("", text=words)]), at) if words else []
