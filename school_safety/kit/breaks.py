"""Where a long address in a plain text may break: after a dot or a slash, not within a name that is to be read."""

import re

from flask import Flask
from markupsafe import Markup, escape

_LONG_WORD = re.compile(r"\S{16,}")
_JOINT = re.compile(r"(?<=\w)([./])(?=\w)")


def register(app: Flask) -> None:
    """Offer it to templates: `{{ text | breakable }}`."""
    app.jinja_env.filters["breakable"] = breakable


def breakable(text: str) -> Markup:
    """The text, escaped, with the places at which its long words may break."""
    return Markup(_LONG_WORD.sub(lambda word: _JOINT.sub(r"\1<wbr>", word[0]), str(escape(text))))  # noqa: S704  # escaped
