"""Paper that lets people in: sheets of pupils' cards and of invitation slips, A4 with lines to cut along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import fontpkg_be_vietnam_pro
import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from school_safety.kit.i18n import _, format_date
from school_safety.kit.pdf import clean
from school_safety.roster.rules.cards import spaced_code, spaced_pin

INK, SOFT, LINE = "#10262b", "#465a5e", "#6b8184"
REGULAR, BOLD = "Card", "Card-Bold"
PAGE_WIDTH, PAGE_HEIGHT = A4
CARD_WIDTH, CARD_HEIGHT, CARD_ROWS = 90 * mm, 52 * mm, 5
SLIP_WIDTH, SLIP_HEIGHT, SLIP_ROWS = 180 * mm, 52 * mm, 5
PAD = 5 * mm


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """What one card says; `link` stands behind the QR."""

    name: str
    list_number: int
    pin: str
    link: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What one invitation slip says; `link` stands behind the QR, `code` is for typing."""

    name: str
    post: str
    email: str
    code: str
    link: str


def draw_cards(cards: Sequence[PrintedCard], *, school: str, class_name: str, class_code: str, address: str) -> bytes:
    """The cards of one class as PDF, ten to a page; `address` is what a pupil types who cannot scan."""
    sheet = _Sheet(_("Thẻ đăng nhập lớp %(name)s", name=class_name), columns=2, rows=CARD_ROWS)
    for card in cards:
        x, y = sheet.next_place(
            CARD_WIDTH, CARD_HEIGHT, _("Cắt theo nét đứt. Phát tận tay từng em, không dán lên tường.")
        )
        _draw_card(sheet.canvas, x, y, card, school, class_name, class_code, address)
    return sheet.finish()


def _draw_card(
    canvas: Canvas, x: float, y: float, card: PrintedCard, school: str, class_name: str, code: str, address: str
) -> None:
    left, top, qr = x + PAD, y + CARD_HEIGHT - PAD, 28 * mm
    width = CARD_WIDTH - 3 * PAD - qr
    _line(canvas, left, top - 7, school, 7.5, CARD_WIDTH - 2 * PAD, colour=SOFT)
    _line(canvas, left, top - 22, card.name, 12, CARD_WIDTH - 2 * PAD, font=BOLD)
    place = _("Lớp %(name)s · Số thứ tự %(number)s", name=class_name, number=f"{card.list_number:02d}")
    _line(canvas, left, top - 38, place, 9.5, width)
    _line(canvas, left, top - 55, _("Mã lớp"), 7.5, width, colour=SOFT)
    _line(canvas, left, top - 69, spaced_code(code), 14, width, font=BOLD)
    _line(canvas, left, top - 83, _("PIN"), 7.5, width, colour=SOFT)
    _line(canvas, left, top - 97, spaced_pin(card.pin), 14, width, font=BOLD)
    _line(canvas, left, y + 3.2 * mm, _("Quét mã, hoặc vào %(address)s", address=address), 7, CARD_WIDTH - 2 * PAD)
    _qr(canvas, x + CARD_WIDTH - PAD - qr, y + 7.5 * mm, qr, card.link)


def draw_invitations(slips: Sequence[Slip], *, place: str, address: str, until: date) -> bytes:
    """The invitation slips of one school as PDF, five to a page."""
    sheet = _Sheet(_("Phiếu mời của %(place)s", place=place), columns=1, rows=SLIP_ROWS)
    for slip in slips:
        x, y = sheet.next_place(
            SLIP_WIDTH, SLIP_HEIGHT, _("Cắt theo nét đứt. Đưa tận tay từng người; mỗi mã dùng được một lần.")
        )
        _draw_slip(sheet.canvas, x, y, slip, place, address, until)
    return sheet.finish()


def _draw_slip(canvas: Canvas, x: float, y: float, slip: Slip, place: str, address: str, until: date) -> None:
    left, top, qr = x + PAD, y + SLIP_HEIGHT - PAD, 32 * mm
    width = SLIP_WIDTH - 3 * PAD - qr
    _line(canvas, left, top - 8, _("Trường học an toàn số · %(place)s", place=place), 8, width, colour=SOFT)
    _line(canvas, left, top - 25, slip.name, 13, width, font=BOLD)
    _line(canvas, left, top - 40, f"{slip.post} · {slip.email}", 9.5, width)
    _line(canvas, left, top - 60, _("Quét mã QR, hoặc mở %(address)s rồi gõ mã:", address=address), 9, width)
    _line(canvas, left, top - 80, slip.code, 15, width, font=BOLD)
    words = _("Tự đặt mật khẩu, dùng một lần, đến hết ngày %(date)s.", date=format_date(until))
    _line(canvas, left, top - 98, words, 9, width)
    _line(canvas, left, top - 111, _("Không chụp, không gửi phiếu này cho ai."), 8, width, colour=SOFT)
    _qr(canvas, x + SLIP_WIDTH - PAD - qr, y + (SLIP_HEIGHT - qr) / 2, qr, slip.link)


# ---- The sheet and what is drawn on it ----


class _Sheet:
    """Pages of equal places with dashed lines between them, filled row by row."""

    def __init__(self, title: str, *, columns: int, rows: int) -> None:
        _register_fonts()
        self._buffer = BytesIO()
        self.canvas = Canvas(self._buffer, pagesize=A4, pageCompression=1, initialFontName=REGULAR, lang="vi")  # type: ignore[arg-type]  # a name, says ReportLab
        self.canvas.setTitle(clean(title))
        self.canvas.setAuthor(clean(_("Trường học an toàn số")))
        self._title, self._columns, self._rows, self._used = title, columns, rows, 0

    def next_place(self, width: float, height: float, advice: str) -> tuple[float, float]:
        """The lower left corner of the next place, in points; begins a page when the last one is full."""
        at = self._used % (self._columns * self._rows)
        margin_x = (PAGE_WIDTH - self._columns * width) / 2
        top = PAGE_HEIGHT - (PAGE_HEIGHT - self._rows * height) / 2
        if at == 0:
            if self._used:
                self.canvas.showPage()
            _line(self.canvas, margin_x, top + 4 * mm, f"{self._title}. {advice}", 8, PAGE_WIDTH - 2 * margin_x)
        self._used += 1
        row, column = divmod(at, self._columns)
        x, y = margin_x + column * width, top - (row + 1) * height
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash(3, 3)
        self.canvas.rect(x, y, width, height)
        self.canvas.setDash()
        return x, y

    def finish(self) -> bytes:
        """The whole document."""
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()


def _line(
    canvas: Canvas, x: float, y: float, text: str, size: float, width: float, *, font: str = REGULAR, colour: str = INK
) -> None:
    """One line from `x` at most `width` points wide: drawn smaller when too long, cut with … when still too long."""
    shown = clean(text)
    size *= min(1.0, max(0.7, width / max(pdfmetrics.stringWidth(shown, font, size), 1)))
    while len(shown) > 1 and pdfmetrics.stringWidth(shown, font, size) > width + 0.5:
        shown = shown.rstrip("…")[:-1].rstrip() + "…"
    canvas.setFillColor(colour)
    canvas.setFont(font, size)
    canvas.drawString(x, y, shown)


def _qr(canvas: Canvas, x: float, y: float, size: float, content: str) -> None:
    """A QR symbol with its quiet zone in a square of `size` points, as one path."""
    rows = list(segno.make(content, error="m", micro=False).matrix_iter(border=2))
    module = size / len(rows)
    path = canvas.beginPath()
    for down, row in enumerate(rows, start=1):
        for across, dark in enumerate(row):
            if dark:
                path.rect(x + across * module, y + size - down * module, module * 1.02, module * 1.02)
    canvas.setFillColor("#000000")
    canvas.drawPath(path, stroke=0, fill=1)


@cache
def _register_fonts() -> None:
    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    for name, cut in ((REGULAR, "Regular"), (BOLD, "Bold")):
        pdfmetrics.registerFont(TTFont(name, str(next(iter(sorted(folder.rglob(f"BeVietnamPro-{cut}.ttf")))))))
