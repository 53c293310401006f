"""Running text of a print page as ReportLab's paragraph markup; boxes to tick stand in it."""

import re
from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import escape as _xml

from reportlab.pdfbase.ttfonts import TTFontFile
from reportlab.platypus import Flowable

from school_safety.kit.pdf.faces import fonts
from school_safety.kit.pdf.sans import sans_glyphs
from school_safety.kit.pdf.text import clean
from school_safety.kit.pdf.tree import Node

BOX = "paper-box"
SQUARE = "□"
_EMPHASIS = {"b": "b", "strong": "b", "dt": "b", "i": "i", "em": "i", "cite": "i", "mark": "b"}
_APART = "\u00a0\u00a0\u00a0\u00a0 "
"""Between answers that stand beside each other."""
_INVISIBLE = dict.fromkeys((0x2060, 0x200B, 0xFEFF))
_UNSEEN = frozenset({"mock-face", "only-read", "no-print"})


def inline(nodes: Sequence[Node]) -> str:
    """The markup of some nodes; runs of spaces are one when they are drawn."""
    return "".join(_one(node) for node in nodes).strip().removeprefix("<br/>")


def _one(node: Node, *, together: bool = False) -> str:
    if not node.tag:
        words = re.sub(r"[ \t\r\n\f]+", " ", node.text)  # a no-break space stays one
        return markup(words.replace(" ", "\u00a0") if together else words)
    if node.tag == "br":
        return "<br/>"
    if BOX in node.classes:
        return _box()
    if node.classes & _UNSEEN:
        return ""
    together = together or "nowrap" in node.classes
    if "paper-pair" in node.classes:
        return "<br/>" + _APART.join(_one(child).strip() for child in node.children if not child.is_blank)
    words = "".join(_one(child, together=together) for child in node.children)
    if node.tag in _EMPHASIS:
        name = _EMPHASIS[node.tag]
        return f"<{name}>{words}</{name}>"
    if "mock-label" in node.classes:
        return f'<font color="#3d3d3d">{words}:\u00a0</font>'
    if "muted" in node.classes:
        return f'<font color="#3d3d3d">{words}</font>'
    if "gap-said" in node.classes:
        return f"<b>…………{words}…………</b>"
    return words


def markup(text: str) -> str:
    """Text as it stands; a sign that only the official face has is set in it, one that none has is a question mark."""
    glyphs, others = sans_glyphs(), _official_glyphs()
    parts: list[str] = []
    for sign in clean(text).translate(_INVISIBLE):
        if ord(sign) in glyphs:
            parts.append(_xml(sign))
        elif ord(sign) in others:
            parts.append(f'<font name="{fonts().regular}">{_xml(sign)}</font>')
        else:
            parts.append("?")
    return "".join(parts)


@cache
def _official_glyphs() -> frozenset[int]:
    return frozenset(TTFontFile(str(fonts().files[0])).charToGlyph)


def _box() -> str:
    """An empty box to tick in running text; brackets where the official face has none."""
    if ord(SQUARE) not in _official_glyphs():
        return "[\u00a0\u00a0]"
    return f'<font name="{fonts().regular}" size="15">{SQUARE}</font>'


class TickBox(Flowable):
    """An empty box to tick, as high as a line of this size."""

    def __init__(self, size: float) -> None:
        super().__init__()
        self.side, self.height = size * 0.95, size * 1.3
        self.width = self.side

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setLineWidth(1)
        self.canv.rect(0.5, self.height - self.side - 1, self.side, self.side)
