"""The leaflet: A4 landscape, printed on both sides, folded twice into three panels of 99 mm."""

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from school_safety.kit import pdf
from school_safety.kit.i18n import _
from school_safety.packs.pdf.paper import (
    ACCENT,
    INK,
    LINE,
    SOFT,
    Paper,
    contact_blocks,
    draw_fitting,
    source_line,
    words,
)
from school_safety.packs.report import Kit
from school_safety.packs.rules import OutreachChannel

WIDTH, HEIGHT = landscape(A4)
PANEL = WIDTH / 3
SIDE, TOP, FOOT = 9 * mm, 12 * mm, 11 * mm
SIZES = (15, 14.5, 14, 13.5, 13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5)
"""Type sizes in points that are tried, the largest first; nothing smaller is readable for grandparents."""
FLAP_SIZES = (13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5)
NAME_SIZES = (12.0, 10.5, 9.0, 8.0, 7.0)
TITLE_SIZES = (24.0, 22.0, 20.0, 18.0, 16.0)


def leaflet(kit: Kit) -> bytes:
    """Outside: flap, back, cover. Inside: the text in three panels. Raises ValueError when a text does not fit."""
    paper = Paper(kit, _("Tờ gấp"), (WIDTH, HEIGHT))
    _flap(paper.canvas, kit)
    _back(paper.canvas, kit)
    _cover(paper.canvas, kit)
    _folds(paper.canvas)
    paper.canvas.showPage()
    text = kit.text(OutreachChannel.LEAFLET)
    panels = [_panel(number) for number in range(3)]
    draw_fitting(paper.canvas, panels, SIZES, lambda size: pdf.prose(text, pdf.Type(size, INK, ACCENT)), "leaflet")
    _folds(paper.canvas)
    return paper.finish()


def _panel(number: int, *, above: float = 0, below: float = 0) -> pdf.Box:
    """What can be printed of a panel, counted from the left."""
    return pdf.Box(PANEL * number + SIDE, FOOT + below, PANEL - 2 * SIDE, HEIGHT - TOP - FOOT - above - below)


def _folds(canvas: Canvas) -> None:
    """Short dashes at the edges where the sheet is folded."""
    canvas.setStrokeColor(HexColor(LINE))
    canvas.setLineWidth(0.5)
    canvas.setDash(2, 2)
    for number in (1, 2):
        for bottom in (0.0, HEIGHT - 6 * mm):
            canvas.line(PANEL * number, bottom, PANEL * number, bottom + 6 * mm)
    canvas.setDash()


def _flap(canvas: Canvas, kit: Kit) -> None:
    """What is seen first when the leaflet opens: what the family can do this week."""
    text = kit.text(OutreachChannel.FAMILY)

    def blocks(size: float) -> list[pdf.ProseBlock]:
        of = pdf.Type(size, INK, ACCENT)
        return [words(_("Ở nhà, cùng con"), of, bold=True, size=size * 1.45, colour=ACCENT), *pdf.prose(text, of)]

    draw_fitting(canvas, [_panel(0)], FLAP_SIZES, blocks, "family tips")


def _back(canvas: Canvas, kit: Kit) -> None:
    """Whom to turn to, and whose leaflet it is."""
    of = pdf.Type(10.5, INK, ACCENT)
    head = [words(_("Khi cần hỏi hoặc cần giúp"), of, bold=True, size=15, colour=ACCENT), *contact_blocks(kit, of)]
    if kit.school:
        ask = _("Thầy cô của %(school)s luôn sẵn lòng nghe gia đình.", school=kit.school)
        head.append(words(ask, of, before=16))
    draw_fitting(canvas, [_panel(1, below=24 * mm)], (1,), lambda _size: head, "contacts")
    box = _panel(1)

    def foot(size: float) -> list[pdf.ProseBlock]:
        return [
            words(kit.school or _("Trường học an toàn số"), of, bold=True, size=size, centred=True),
            words(source_line(kit), of, before=3, size=8, colour=SOFT, centred=True),
        ]

    draw_fitting(canvas, [pdf.Box(box.x, box.y, box.width, 20 * mm)], NAME_SIZES, foot, "school")


def _cover(canvas: Canvas, kit: Kit) -> None:
    """The title in a label with a double line, as on an exercise book."""
    label = pdf.Box(PANEL * 2 + SIDE, HEIGHT * 0.36, PANEL - 2 * SIDE, HEIGHT * 0.42)
    canvas.setStrokeColor(HexColor(ACCENT))
    for inset, weight in ((0.0, 1.6), (2.2 * mm, 0.6)):
        canvas.setLineWidth(weight)
        canvas.roundRect(label.x + inset, label.y + inset, label.width - 2 * inset, label.height - 2 * inset, 7, fill=0)
    inner = pdf.Box(label.x + 7 * mm, label.y + 7 * mm, label.width - 14 * mm, label.height - 14 * mm)

    def title(size: float) -> list[pdf.ProseBlock]:
        of = pdf.Type(11.5, INK, ACCENT)
        return [
            words(kit.title, of, bold=True, size=size, colour=ACCENT, centred=True, leading=1.32),
            words(kit.summary, of, before=14, centred=True),
        ]

    draw_fitting(canvas, [inner], TITLE_SIZES, title, "title", centred=True)
    of = pdf.Type(11, INK, ACCENT)
    above = pdf.Box(label.x, label.y + label.height, label.width, HEIGHT - TOP - label.y - label.height)
    name = kit.school or _("Trường học an toàn số")
    draw_fitting(
        canvas, [above], NAME_SIZES, lambda size: [words(name, of, bold=True, size=size, centred=True)], "school"
    )
    below = pdf.Box(label.x, FOOT, label.width, label.y - FOOT - 6 * mm)
    invite = [words(_("Tờ gấp gửi gia đình và bà con"), of, colour=SOFT, centred=True)]
    draw_fitting(canvas, [below], (1,), lambda _size: invite, "cover")
