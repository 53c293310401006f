"""The pictures of the lessons on paper: what is written in a box stays in it."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from school_safety.kit import pdf

LESSONS = Path(__file__).parents[3] / "lessons"
SVG = "{http://www.w3.org/2000/svg}"
BOLD_FROM, CLOSEST = 600, 2.0
"""From which weight letters are bold; how near, in units of the picture, a line may come to the border of its box."""
TYPE = pdf.Type(11, "#000000", "#000000")


def texts_past_their_box(path: Path) -> Iterator[str]:
    """The lines that are wider than the smallest box around their beginning, in the letters of our PDFs."""
    root = ElementTree.parse(path).getroot()  # noqa: S314  # our own files
    whole = tuple(map(float, root.attrib["viewBox"].split()))
    boxes = [
        whole,
        *(tuple(float(box.get(name, 0)) for name in ("x", "y", "width", "height")) for box in root.iter(f"{SVG}rect")),
    ]
    for line in root.iter(f"{SVG}text"):
        words, size, bold = (
            "".join(line.itertext()),
            float(line.get("font-size", 16)),
            int(line.get("font-weight", 400)),
        )
        width = stringWidth(words, pdf.prose_style(TYPE, bold=bold >= BOLD_FROM).fontName, size)
        x, y = float(line.get("x", 0)), float(line.get("y", 0)) - size * 0.3
        left = x - width * {"start": 0, "middle": 0.5, "end": 1}[line.get("text-anchor", "start")]
        around = [box for box in boxes if box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]]
        own = min(around, key=lambda box: box[2] * box[3], default=whole)
        if left < own[0] + CLOSEST or left + width > own[0] + own[2] - CLOSEST:
            yield words


@pytest.mark.parametrize(
    "path", sorted(LESSONS.glob("*/*/media/*.svg")), ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_what_is_written_in_a_box_of_a_picture_stays_in_it(path: Path) -> None:
    assert list(texts_past_their_box(path)) == []
