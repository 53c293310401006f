"""Charts as server SVG: lengths in per cents, words in pixels, classes carry the colour, no inline style (CSP).

Every chart is drawn beside a table that holds the same numbers; `length` is the one place where a number becomes a
length, so that a test can compare the two.
"""

from dataclasses import dataclass

from flask import Flask
from markupsafe import Markup

HEIGHT = 20
TEXTURES = ("g1", "g2", "g3", "g4")


@dataclass(frozen=True, slots=True)
class TargetLine:
    """Where the dashed line of a target stands (0 to 100) and the words beside it, such as “mục tiêu: trên 80%”."""

    percent: int
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a ladder: its name, two counts, the share as printed, the texture of its bar.

    `headline`: this is the official row.
    """

    name: str
    words: str
    numerator: int
    denominator: int
    share: str
    texture: str
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """Shares against targets: a table whose last cell is the bar."""

    caption: str
    steps: tuple[Step, ...]
    targets: tuple[TargetLine, ...] = ()


def length(numerator: int, denominator: int) -> str:
    """A share as a length in per cents with at most two decimals, `33.33%`; nothing over nothing is `0%`."""
    if denominator == 0:
        return "0%"
    hundredths = (20_000 * numerator + denominator) // (2 * denominator)
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return f"{text}%"


def bar(step: Step, targets: tuple[TargetLine, ...] = ()) -> Markup:
    """The bar of one step on a track from 0 to 100 %, crossed by the dashed line of each target."""
    lines = Markup().join(
        Markup('<line class="line" x1="{0}%" x2="{0}%" y1="-3" y2="23"/>').format(target.percent) for target in targets
    )
    return Markup(
        '<svg class="bar" height="{height}" aria-hidden="true"><rect class="track" width="100%" height="16" y="2"/>'
        '<rect class="bar-{texture}" width="{width}" height="16" y="2"/>{lines}</svg>'
    ).format(height=HEIGHT, texture=step.texture, width=length(step.numerator, step.denominator), lines=lines)


def target_words(targets: tuple[TargetLine, ...]) -> Markup:
    """The words of each target under its line, one below the other, on the side where there is room."""
    marks = Markup().join(_target_word(target, row) for row, target in enumerate(targets))
    return Markup('<svg class="ladder-target" height="{}" aria-hidden="true">{}</svg>').format(
        HEIGHT * len(targets) + 4, marks
    )


def _target_word(target: TargetLine, row: int) -> Markup:
    x, anchor = (8, "end") if target.percent >= 50 else (-8, "start")
    return Markup(
        '<svg x="{percent}%" overflow="visible"><path class="target-tip" d="M0 1 5 9H-5Z"/>'
        '<text class="target-word" x="{x}" y="{y}" text-anchor="{anchor}">{words}</text></svg>'
    ).format(percent=target.percent, x=x, y=21 + HEIGHT * row, anchor=anchor, words=target.words)


def register(app: Flask) -> None:
    """Gives the drawing functions to the components that frame them."""
    app.jinja_env.globals.update(chart_bar=bar, chart_target_words=target_words)
