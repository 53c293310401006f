"""The papers on A4: the loudspeaker script in large type, and the page for the family."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from school_safety.kit import pdf
from school_safety.kit.i18n import _
from school_safety.packs.pdf.paper import (
    ACCENT,
    INK,
    SOFT,
    Paper,
    contact_blocks,
    draw_fitting,
    rule,
    source_line,
    words,
)
from school_safety.packs.report import Kit
from school_safety.packs.rules import SYLLABLES_A_MINUTE, OutreachChannel, syllables

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, FOOT = 25 * mm, 20 * mm, 18 * mm, 16 * mm
SCRIPT_SIZES = (20.0, 19.0, 18.0, 17.0, 16.0)
"""Type sizes in points of the script: read standing, at arm's length."""
FAMILY_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0)
FOOT_HEIGHT = 10 * mm


def loudspeaker_script(kit: Kit) -> bytes:
    """One page to read aloud, with its reading time; raises ValueError when it does not fit."""
    paper = Paper(kit, _("Lời phát thanh"), A4)
    text = kit.text(OutreachChannel.LOUDSPEAKER)
    if kit.school:
        text += "\n\n" + _("Nội dung do %(school)s gửi tới bà con.", school=kit.spoken_school)
    _page(paper, kit, [_("Lời phát thanh"), reading_words(kit)], text, SCRIPT_SIZES)
    return paper.finish()


def reading_words(kit: Kit) -> str:
    """How long the script is and how long it takes, with the rate."""
    count = syllables(kit.text(OutreachChannel.LOUDSPEAKER))
    said = _(
        "%(count)s tiếng, đọc khoảng %(seconds)s giây (%(rate)s tiếng một phút). Số viết bằng chữ, không có đường dẫn.",
        count=count,
        seconds=kit.seconds,
        rate=SYLLABLES_A_MINUTE[kit.language],
    )
    return str(said)


def family_sheet(kit: Kit) -> bytes:
    """One page for the fridge door: three actions and whom to call; raises ValueError when it does not fit."""
    paper = Paper(kit, _("Lời nhắn gia đình"), A4)
    _page(
        paper, kit, [_("Lời nhắn gia đình"), kit.summary], kit.text(OutreachChannel.FAMILY), FAMILY_SIZES, contacts=True
    )
    return paper.finish()


def _page(
    paper: Paper,
    kit: Kit,
    heads: list[str],
    text: str,
    sizes: tuple[float, ...],
    *,
    leading: float = 1.5,
    contacts: bool = False,
) -> None:
    """A page: whose it is, what it is, the text, where it comes from."""
    canvas, width = paper.canvas, WIDTH - LEFT - RIGHT
    small = pdf.Type(10.5, INK, ACCENT)
    above = [
        words(kit.school or _("Trường học an toàn số"), small, bold=True, size=12),
        words(f"{heads[0]}: {kit.title}", small, before=8, bold=True, size=17, colour=ACCENT, leading=1.32),
        words(heads[1], small, before=4, colour=SOFT),
    ]
    placed = pdf.place(above, [pdf.Box(LEFT, 0, width, HEIGHT - TOP)]) or []
    pdf.draw_blocks(canvas, placed)
    line = placed[-1][1].y - 4 * mm
    rule(canvas, LEFT, line, width)

    def blocks(size: float) -> list[pdf.ProseBlock]:
        of = pdf.Type(size, INK, ACCENT, leading=1.5)
        help_for = pdf.Type(11.5, INK, ACCENT)
        return [*pdf.prose(text, of), *(contact_blocks(kit, help_for) if contacts else [])]

    body = pdf.Box(LEFT, FOOT + FOOT_HEIGHT, width, line - 5 * mm - FOOT - FOOT_HEIGHT)
    draw_fitting(canvas, [body], sizes, blocks, heads[0])
    foot = [words(source_line(kit), small, size=8.5, colour=SOFT)]
    draw_fitting(canvas, [pdf.Box(LEFT, FOOT - 6 * mm, width, FOOT_HEIGHT)], (1,), lambda _size: foot, "source")
