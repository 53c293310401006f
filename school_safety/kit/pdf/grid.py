"""A table of a print page: every column as wide as what it says asks for, the header on every page."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Table, TableStyle

PADDING = 4.0
MOST_ASKED = 90
"""Letters beyond which a longer text asks for no wider column."""

_STYLE = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.6, HexColor("#6b6b6b")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)


def column_widths(texts: Sequence[Sequence[str]], whole: float, *, size: float) -> list[float]:
    """The widths in points of the columns of these rows, `whole` together, for letters of this size.

    Each has room for its longest word; the rest is shared by each column's longest text.
    """
    columns = list(zip(*texts, strict=True))
    least = [
        max((len(word) for text in column for word in text.split()), default=0) * size * 0.62 + 2 * PADDING
        for column in columns
    ]
    rest = whole - sum(least)
    if rest <= 0:
        return [whole / len(columns)] * len(columns)
    asked = [min(max(map(len, column)), MOST_ASKED) or 1 for column in columns]
    return [own + rest * share / sum(asked) for own, share in zip(least, asked, strict=True)]


def draw_grid(cells: Sequence[list[list[Flowable] | str]], widths: Sequence[float], *, has_head: bool) -> Table:
    """The table; its first row stands on every page if it is a head."""
    return Table(cells, colWidths=widths, style=_STYLE, hAlign="LEFT", repeatRows=int(has_head))
