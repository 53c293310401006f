"""Pictures of lessons on paper: the part of SVG that they use, drawn with our own fonts so that no letter is lost."""

import io
import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree

from reportlab.lib.colors import Color, toColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image

from school_safety.kit.pdf.sans import sans
from school_safety.kit.pdf.text import clean
from school_safety.kit.pdf.vectors import path_segments

_INHERITED = (
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity"),
    *("font-size", "font-weight", "text-anchor"),
)
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_TRANSFORM = re.compile(r"(translate|scale)\(([^)]*)\)")
_BOLD = 600
Style = Mapping[str, str]


class Undrawable(ValueError):
    """The picture holds something that is not drawn here."""


class Drawing(Flowable):
    """An SVG scaled to a box; raises Undrawable when it is made of more than shapes, paths, groups and text."""

    def __init__(self, svg: bytes, width: float, height: float) -> None:
        super().__init__()
        try:
            self._root = ElementTree.fromstring(svg)  # noqa: S314  # lessons are checked for DOCTYPE and ENTITY before
        except ElementTree.ParseError as error:
            raise Undrawable(str(error)) from error
        for element in self._root.iter():
            if _name(element) not in _DRAWN and _name(element) not in _SILENT:
                raise Undrawable(_name(element))
        left, top, across, down = _view_box(self._root)
        self._origin, self._units = (left, top), down
        self._scale = min(width / across, height / down)
        self.width, self.height = across * self._scale, down * self._scale
        self.hAlign = "LEFT"

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(0, 0, self.width, self.height)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.translate(0, self.height)
        canvas.scale(self._scale, -self._scale)
        canvas.translate(-self._origin[0], -self._origin[1])
        _draw(canvas, self._root, {})
        canvas.restoreState()


def _view_box(root: ElementTree.Element) -> tuple[float, float, float, float]:
    given = root.get("viewBox") or f"0 0 {root.get('width', '')} {root.get('height', '')}"
    try:
        left, top, across, down = (float(number) for number in given.replace(",", " ").split())
    except ValueError as error:
        raise Undrawable("viewBox") from error
    if across <= 0 or down <= 0:
        raise Undrawable("viewBox")
    return left, top, across, down


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _draw(canvas: Canvas, element: ElementTree.Element, above: Style) -> None:
    name = _name(element)
    if name in _SILENT:
        return
    style = {**above, **{key: value for key in _INHERITED if (value := element.get(key)) is not None}}
    canvas.saveState()
    _transform(canvas, element.get("transform", ""))
    draw = _DRAWN[name]
    if draw is None:
        for child in element:
            _draw(canvas, child, style)
    else:
        _set(canvas, style)
        draw(canvas, element, style)
    canvas.restoreState()


def _transform(canvas: Canvas, text: str) -> None:
    if _TRANSFORM.sub("", text).strip():
        raise Undrawable(text)
    for name, numbers in _TRANSFORM.findall(text):
        first, *rest = (float(number) for number in numbers.replace(",", " ").split())
        if name == "translate":
            canvas.translate(first, rest[0] if rest else 0)
        else:
            canvas.scale(first, rest[0] if rest else first)


def _colour(words: str) -> Color | None:
    if words in ("", "none"):
        return None
    if re.fullmatch(r"#[0-9a-fA-F]{3}", words):
        words = "#" + "".join(digit * 2 for digit in words[1:])
    try:
        return toColor(words)
    except ValueError as error:
        raise Undrawable(words) from error


def _set(canvas: Canvas, style: Style) -> None:
    """Ink, line and opacity; the canvas keeps colours that are not painted."""
    fill, stroke = _colour(style.get("fill", "black")), _colour(style.get("stroke", "none"))
    if fill is not None:
        canvas.setFillColor(fill)
    if stroke is not None:
        canvas.setStrokeColor(stroke)
    canvas.setLineWidth(float(style.get("stroke-width", 1)))
    canvas.setLineCap(_CAPS.get(style.get("stroke-linecap", "butt"), 0))
    canvas.setLineJoin(_JOINS.get(style.get("stroke-linejoin", "miter"), 0))
    dashes = [float(number) for number in re.findall(r"[\d.]+", style.get("stroke-dasharray", ""))]
    canvas.setDash(dashes) if dashes else canvas.setDash()
    opacity = float(style.get("opacity", 1))
    if opacity < 1:
        canvas.setFillAlpha(opacity)
        canvas.setStrokeAlpha(opacity)


def _paint(style: Style) -> dict[str, int]:
    return {
        "fill": int(style.get("fill", "black") != "none"),
        "stroke": int(style.get("stroke", "none") != "none"),
    }


def _at(element: ElementTree.Element, name: str, default: float = 0.0) -> float:
    return float(element.get(name, default))


def _rect(canvas: Canvas, element: ElementTree.Element, style: Style) -> None:
    x, y, width, height = (_at(element, name) for name in ("x", "y", "width", "height"))
    radius = min(_at(element, "rx", _at(element, "ry")), width / 2, height / 2)
    if radius:
        canvas.roundRect(x, y, width, height, radius, **_paint(style))
    else:
        canvas.rect(x, y, width, height, **_paint(style))


def _circle(canvas: Canvas, element: ElementTree.Element, style: Style) -> None:
    canvas.circle(_at(element, "cx"), _at(element, "cy"), _at(element, "r"), **_paint(style))


def _ellipse(canvas: Canvas, element: ElementTree.Element, style: Style) -> None:
    x, y, across, down = (_at(element, name) for name in ("cx", "cy", "rx", "ry"))
    canvas.ellipse(x - across, y - down, x + across, y + down, **_paint(style))


def _line(canvas: Canvas, element: ElementTree.Element, style: Style) -> None:
    canvas.line(*(_at(element, name) for name in ("x1", "y1", "x2", "y2")))


def _path(canvas: Canvas, element: ElementTree.Element, style: Style) -> None:
    _trace(canvas, element.get("d", ""), style)


def _polygon(canvas: Canvas, element: ElementTree.Element, style: Style) -> None:
    _trace(canvas, f"M{element.get('points', '')}Z", style)


def _polyline(canvas: Canvas, element: ElementTree.Element, style: Style) -> None:
    _trace(canvas, f"M{element.get('points', '')}", style)


def _trace(canvas: Canvas, data: str, style: Style) -> None:
    path = canvas.beginPath()
    try:
        segments = path_segments(data)
    except ValueError as error:
        raise Undrawable(data) from error
    for kind, numbers in segments:
        if kind == "M":
            path.moveTo(*numbers)
        elif kind == "L":
            path.lineTo(*numbers)
        elif kind == "C":
            path.curveTo(*numbers)
        else:
            path.close()
    canvas.drawPath(path, **_paint(style))


def _text(canvas: Canvas, element: ElementTree.Element, style: Style) -> None:
    words = clean(" ".join("".join(element.itertext()).split()))
    weight = style.get("font-weight", "400")
    bold = weight == "bold" or (weight.isdigit() and int(weight) >= _BOLD)
    font, size = sans().bold if bold else sans().regular, float(style.get("font-size", 16))
    length = stringWidth(words, font, size)
    shift = {"middle": length / 2, "end": length}.get(style.get("text-anchor", "start"), 0.0)
    canvas.translate(_at(element, "x") - shift, _at(element, "y"))
    canvas.scale(1, -1)
    canvas.setFont(font, size)
    canvas.drawString(0, 0, words)


_SILENT = {"title", "desc", "metadata"}
_DRAWN: dict[str, Callable[[Canvas, ElementTree.Element, Any], None] | None] = {
    "svg": None,
    "g": None,
    "rect": _rect,
    "circle": _circle,
    "ellipse": _ellipse,
    "line": _line,
    "path": _path,
    "polygon": _polygon,
    "polyline": _polyline,
    "text": _text,
}
"""How each element is drawn; None: only what is in it."""


def picture(data: bytes, width: float, height: float) -> Flowable | None:
    """An SVG, PNG or JPEG as large as fits into the box; None when it cannot be drawn, which is tried."""
    if b"<svg" in data[:1000]:
        try:
            drawing = Drawing(data, width, height)
            drawing.drawOn(Canvas(io.BytesIO()), 0, 0)
        except ValueError:
            return None
        return drawing
    try:
        across, down = ImageReader(io.BytesIO(data)).getSize()
    except OSError:
        return None
    scale = min(width / across, height / down, 0.75)
    return Image(io.BytesIO(data), across * scale, down * scale, hAlign="LEFT")
