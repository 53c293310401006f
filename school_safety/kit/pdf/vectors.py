"""The path language of SVG as straight lines and Bézier curves, in the picture's own units."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reportlab.pdfgen.pdfgeom import bezierArc

Point = tuple[float, float]
Segment = tuple[str, tuple[float, ...]]
"""`M` x y, `L` x y, `C` x1 y1 x2 y2 x y, or `Z`; all absolute."""

_NUMBER = re.compile(r"[\s,]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_FLAG = re.compile(r"[\s,]*([01])")
_COMMAND = re.compile(r"[\s,]*([MmLlHhVvCcSsQqTtAaZz])")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def path_segments(data: str) -> list[Segment]:
    """The pieces of a path's `d`; raises ValueError when it is not one."""
    pen = _Pen()
    for command, numbers in _commands(data):
        pen.go(command, numbers)
    return pen.segments


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    at, command = 0, ""
    while data[at:].strip(" \t\r\n,"):
        found = _COMMAND.match(data, at)
        if found:
            command, at = found[1], found.end()
        elif not command or command in "Zz":
            raise ValueError(f"no path: {data[at:]!r}")
        numbers, at = _numbers(data, at, command.upper())
        yield command, numbers
        command = {"M": "L", "m": "l"}.get(command, command)


def _numbers(data: str, at: int, command: str) -> tuple[list[float], int]:
    numbers: list[float] = []
    for position in range(_COUNTS[command]):
        pattern = _FLAG if command == "A" and position in (3, 4) else _NUMBER
        found = pattern.match(data, at)
        if found is None:
            raise ValueError(f"a number is missing: {data[at:]!r}")
        numbers.append(float(found[1]))
        at = found.end()
    return numbers, at


@dataclass(slots=True)
class _Pen:
    """Where the pen is, where the figure began, and the control point that a smooth curve goes on from."""

    segments: list[Segment] = field(default_factory=list)
    here: Point = (0.0, 0.0)
    start: Point = (0.0, 0.0)
    control: Point = (0.0, 0.0)
    last: str = ""

    def go(self, command: str, numbers: list[float]) -> None:
        kind = command.upper()
        if command.islower():
            numbers = self._absolute(kind, numbers)
        _MOVES[kind](self, numbers)
        self.last = kind

    def _absolute(self, kind: str, numbers: list[float]) -> list[float]:
        x, y = self.here
        if kind == "H":
            return [numbers[0] + x]
        if kind == "V":
            return [numbers[0] + y]
        if kind == "A":
            return [*numbers[:5], numbers[5] + x, numbers[6] + y]
        return [number + (x, y)[position % 2] for position, number in enumerate(numbers)]

    def move(self, numbers: list[float]) -> None:
        self.here = self.start = (numbers[0], numbers[1])
        self.segments.append(("M", self.here))

    def line(self, numbers: list[float]) -> None:
        self.here = (numbers[0], numbers[1])
        self.segments.append(("L", self.here))

    def across(self, numbers: list[float]) -> None:
        self.line([numbers[0], self.here[1]])

    def down(self, numbers: list[float]) -> None:
        self.line([self.here[0], numbers[0]])

    def curve(self, numbers: list[float]) -> None:
        self.segments.append(("C", tuple(numbers)))
        self.control, self.here = (numbers[2], numbers[3]), (numbers[4], numbers[5])

    def smooth(self, numbers: list[float]) -> None:
        self.curve([*self._mirrored("CS"), *numbers])

    def quadratic(self, numbers: list[float]) -> None:
        (x, y), (cx, cy, ex, ey) = self.here, numbers
        first = (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3)
        second = (ex + (cx - ex) * 2 / 3, ey + (cy - ey) * 2 / 3)
        self.curve([*first, *second, ex, ey])
        self.control = (cx, cy)

    def smooth_quadratic(self, numbers: list[float]) -> None:
        self.quadratic([*self._mirrored("QT"), *numbers])

    def _mirrored(self, kinds: str) -> Point:
        if self.last not in kinds:
            return self.here
        return (2 * self.here[0] - self.control[0], 2 * self.here[1] - self.control[1])

    def arc(self, numbers: list[float]) -> None:
        end = (numbers[5], numbers[6])
        for piece in arc_curves(self.here, numbers[0], numbers[1], bool(numbers[3]), bool(numbers[4]), end):
            self.segments.append(("C", piece))
        self.here = end

    def close(self, _numbers: list[float]) -> None:
        self.here = self.start
        self.segments.append(("Z", ()))


_MOVES: dict[str, Callable[[_Pen, list[float]], None]] = {
    "M": _Pen.move,
    "L": _Pen.line,
    "H": _Pen.across,
    "V": _Pen.down,
    "C": _Pen.curve,
    "S": _Pen.smooth,
    "Q": _Pen.quadratic,
    "T": _Pen.smooth_quadratic,
    "A": _Pen.arc,
    "Z": _Pen.close,
}


def arc_curves(start: Point, rx: float, ry: float, large: bool, sweep: bool, end: Point) -> list[tuple[float, ...]]:
    """An arc of an upright ellipse as curves (SVG 1.1, appendix F.6.5); radii too small are made to reach."""
    rx, ry = abs(rx), abs(ry)
    if not rx or not ry or start == end:
        return [(*start, *end, *end)]
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    reach = (half_x / rx) ** 2 + (half_y / ry) ** 2
    if reach > 1:
        rx, ry = rx * math.sqrt(reach), ry * math.sqrt(reach)
    spread = rx**2 * half_y**2 + ry**2 * half_x**2
    factor = math.sqrt(max(0.0, rx**2 * ry**2 / spread - 1)) * (-1 if large == sweep else 1)
    offset_x, offset_y = factor * rx * half_y / ry, -factor * ry * half_x / rx
    centre_x, centre_y = offset_x + (start[0] + end[0]) / 2, offset_y + (start[1] + end[1]) / 2
    first = math.atan2((half_y - offset_y) / ry, (half_x - offset_x) / rx)
    turn = math.atan2((-half_y - offset_y) / ry, (-half_x - offset_x) / rx) - first
    if sweep and turn < 0:
        turn += 2 * math.pi
    elif not sweep and turn > 0:
        turn -= 2 * math.pi
    box = (centre_x - rx, centre_y - ry, centre_x + rx, centre_y + ry)
    pieces = bezierArc(*box, math.degrees(first), math.degrees(turn))  # type: ignore[arg-type]  # the stub says int
    return [tuple(piece[2:]) for piece in pieces]
