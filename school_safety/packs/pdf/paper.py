"""What every paper of a kit shares: colours, the page, lines of text that fit, contacts."""

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from school_safety.kit import pdf
from school_safety.kit.i18n import _
from school_safety.packs.report import Kit

INK, SOFT, ACCENT, LINE = "#10262b", "#465a5e", "#0b5f6c", "#6b8184"
WHOLE_LISTS_COST = 2.0
"""By how many points the type may shrink so that no list goes over a fold."""
EVEN_STEP = 6.0
"""By how many points columns are shortened to end together."""
BOARD, ON_BOARD, ON_BOARD_2, CHALK = "#0c3d46", "#f4fbfb", "#bcd8db", "#ffd25e"


BlocksAt = Callable[[float], list[pdf.ProseBlock]]
"""The blocks of a text set in a size."""


class Paper:
    """A canvas with its title, closed by `finish`; the same kit gives the same bytes."""

    def __init__(self, kit: Kit, title: str, size: tuple[float, float]) -> None:
        pdf.sans()
        self._buffer = BytesIO()
        self.width, self.height = size
        self.canvas = Canvas(self._buffer, pagesize=size, pageCompression=1, invariant=1, lang=kit.language)
        self.canvas.setTitle(pdf.clean(f"{title}: {kit.title}"))
        self.canvas.setAuthor(pdf.clean(kit.school or _("Trường học an toàn số")))

    def finish(self) -> bytes:
        """The whole document."""
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()


def words(
    text: str,
    of: pdf.Type,
    *,
    before: float = 0,
    bold: bool = False,
    size: float | None = None,
    colour: str | None = None,
    centred: bool = False,
    leading: float | None = None,
) -> pdf.ProseBlock:
    """One paragraph of plain text."""
    style = pdf.prose_style(of, size=size, bold=bold, colour=colour, centred=centred, leading=leading)
    return pdf.ProseBlock(Paragraph(pdf.bind_last_word(pdf.sans_markup(text)), style), before)


def contact_blocks(kit: Kit, of: pdf.Type) -> list[pdf.ProseBlock]:
    """Whom to turn to: number large, then who that is and when; dots where the school writes a local number."""
    blocks: list[pdf.ProseBlock] = []
    for contact in kit.contacts:
        if contact.number:
            blocks.append(words(contact.number, of, before=of.size, bold=True, size=of.size * 1.7, colour=ACCENT))
        blocks.append(words(contact.name, of, before=0 if contact.number else of.size, bold=True))
        if contact.number or contact.link:
            blocks.append(words(contact.hours, of, colour=SOFT))
        else:
            blocks.append(words(_("Số điện thoại: %(dots)s", dots="…" * 14), of, before=4, colour=SOFT))
        if contact.link and not contact.number:
            blocks.append(words(contact.link.removeprefix("https://"), of, colour=ACCENT))
    return blocks


def source_line(kit: Kit) -> str:
    """Where a paper comes from."""
    told = {"code": kit.code, "version": kit.version, "licence": kit.licence}
    return str(_("Bài %(code)s, bản %(version)s. Giấy phép %(licence)s.", **told))


def draw_fitting(
    canvas: Canvas,
    boxes: Sequence[pdf.Box],
    sizes: Sequence[float],
    blocks_at: BlocksAt,
    what: str,
    *,
    centred: bool = False,
) -> None:
    """Draw blocks at the largest size at which they fit their boxes; raises ValueError when none does.

    Several columns end at about the same height, and a list is kept in one of them where that costs no more than a
    little of the size; `centred` puts the blocks of one box in its middle.
    """
    size = next((size for size in sizes if pdf.place(blocks_at(size), boxes) is not None), None)
    if size is None:
        raise ValueError(f"{what} does not fit its paper")
    blocks = blocks_at(size)
    if len(boxes) > 1:
        whole = (pdf.whole_lists(blocks_at(one)) for one in sizes if size - WHOLE_LISTS_COST <= one <= size)
        blocks = next((each for each in whole if pdf.place(each, boxes) is not None), blocks)
        boxes = _even(blocks, boxes)
    placed = pdf.place(blocks, boxes) or []
    shift = (placed[-1][1].y - boxes[0].y) / 2 if centred and placed else 0
    pdf.draw_blocks(canvas, [(block, _lower(box, shift)) for block, box in placed])


def _lower(box: pdf.Box, shift: float) -> pdf.Box:
    return pdf.Box(box.x, box.y - shift, box.width, box.height)


def _even(blocks: list[pdf.ProseBlock], boxes: Sequence[pdf.Box]) -> list[pdf.Box]:
    """The boxes cut at the bottom as far as everything still fits."""
    shorter = list(boxes)
    while True:
        tried = [pdf.Box(box.x, box.y + EVEN_STEP, box.width, box.height - EVEN_STEP) for box in shorter]
        if tried[0].height <= EVEN_STEP or pdf.place(blocks, tried) is None:
            return shorter
        shorter = tried


def rule(canvas: Canvas, x: float, y: float, width: float, *, colour: str = LINE, weight: float = 0.6) -> None:
    """A thin line across."""
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(weight)
    canvas.line(x, y, x + width, y)
