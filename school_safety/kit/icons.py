"""Icons of a page: each drawn once, in one sprite at its end that holds only those used."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import Flask, g
from markupsafe import Markup

SOURCE = Path(__file__).resolve().parent.parent / "static" / "img" / "symbols.svg"
_DRAWING = re.compile(r'<(?P<kind>symbol|pattern) id="(?P<id>[^"]+)".*?</(?P=kind)>', re.DOTALL)


@cache
def drawings() -> dict[str, str]:
    """Every symbol and pattern of the drawing file, by its id."""
    return {found["id"]: found[0] for found in _DRAWING.finditer(SOURCE.read_text(encoding="utf-8"))}


def _need(drawing: str) -> None:
    g.setdefault("drawings", {})[drawing] = True


@cache
def _use(kind: str, drawing: str) -> Markup:
    if drawing not in drawings():
        raise LookupError(f"no drawing {drawing!r} in {SOURCE.name}")
    return Markup('<svg class="{}" aria-hidden="true"><use href="#{}"/></svg>').format(kind, drawing)


def icon(name: str) -> Markup:
    """The icon of that name, decorative: a word always stands beside it. Raises LookupError for an unknown name."""
    _need(f"i-{name}")
    return _use("icon", f"i-{name}")


def mark(name: str) -> Markup:
    """The mark of a state, such as `met` or `right`: its shape carries the meaning with the word beside it."""
    _need(f"m-{name}")
    return _use("mark", f"m-{name}")


def texture(name: str) -> Markup:
    """Nothing to see: says that the page's charts fill with this pattern, so that the sprite holds it."""
    _need(f"p-{name}")
    return Markup()


def sprite() -> Markup:
    """The drawings that the page has used so far; the base template puts it at the end of the body."""
    used = [drawings()[name] for name in g.get("drawings", [])]
    if not used:
        return Markup()
    inside = Markup("".join(used))  # noqa: S704  # our own drawing file, no input of anybody
    return Markup('<svg class="sprite" aria-hidden="true">{}</svg>').format(inside)


def register(app: Flask) -> None:
    """Gives `icon`, `mark`, `texture` and `sprite` to every template and macro."""
    app.jinja_env.globals.update(icon=icon, mark=mark, texture=texture, sprite=sprite)
