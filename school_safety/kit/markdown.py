"""Markdown of lessons to safe HTML, and what a text holds (headings, links, pictures, raw HTML) for those who check it.

Besides CommonMark and tables there are four boxes, each closed by `:::` on a line of its own:
`::: lead` the opening sentences, `::: remember` a numbered list to keep in mind, `::: think Title` something to think
about, and inside it `::: answer Words of the summary` what opens on demand.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

MediaUrl = Callable[[str], str | None]

CARDS_FROM = 3
"""From how many columns on a table is shown as cards on a phone."""
BOXES = ("lead", "remember", "think", "answer")

_OPENING = re.compile(r"^:::\s*([a-z]+)[ \t]*(.*)$")
_CLOSING = re.compile(r"^:::\s*$")
_TAGS = {
    *("p", "br", "b", "strong", "i", "em", "code", "pre", "ol", "ul", "li", "blockquote", "hr", "a", "img"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "div", "details", "summary"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "th": {"role", "scope"},
    "td": {"role", "data-name"},
    **{key: {"role"} for key in ("table", "thead", "tbody", "tr")},
}
_CLASSES = {
    "div": {"think", "stack", "stack-s"},
    "p": {"think-title", "lead"},
    "ol": {"remember"},
    "details": {"more"},
    "table": {"table", "table-tight", "table-cards"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link or picture points to, and the line (from 1) on which its paragraph begins."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What a Markdown text holds: words as they are read, one string a block; headings; pointers; lines of raw HTML."""

    blocks: tuple[str, ...]
    headings: tuple[str, ...]
    quotes: tuple[tuple[int, str], ...]
    links: tuple[Link, ...]
    images: tuple[Link, ...]
    html_lines: tuple[int, ...]
    unknown_boxes: tuple[int, ...]


def render(text: str, *, top: int = 2, media_url: MediaUrl | None = None) -> Markup:
    """Safe HTML of a text; headings start at `<h{top}>`; a picture that `media_url` does not know is left out."""
    env: EnvType = {"top": top, "media_url": media_url}
    html = _RENDERER.render(text, env)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704  # sanitised on the line above


def outline(text: str) -> Outline:
    """The parts of a text that a checker asks about; nothing is rendered."""
    tokens = _CHECKER.parse(text)
    inlines = [token for token in tokens if token.type == "inline"]
    return Outline(
        blocks=tuple(_words(token) for token in inlines),
        headings=tuple(_words(inline) for opening, inline in _pairs(tokens) if opening.type == "heading_open"),
        quotes=tuple((_line(token), _words(token)) for token in _quoted(tokens)),
        links=tuple(_pointers(inlines, "link_open", "href")),
        images=tuple(_pointers(inlines, "image", "src")),
        html_lines=tuple(_html_lines(tokens)),
        unknown_boxes=tuple(_strays(inlines)),
    )


def register(app: Flask) -> None:
    """Offer the one filter through which Markdown reaches a page: `{{ text|markdown(top=3) }}`."""
    app.jinja_env.filters["markdown"] = render


# ---- Reading what the parser found ----


def _pairs(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    return pairwise(tokens)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _words(token: Token) -> str:
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    ]
    return "".join(parts)


def _quoted(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("blockquote") else 0
        if depth and token.type == "inline":
            yield token


def _pointers(inlines: Sequence[Token], kind: str, attribute: str) -> Iterator[Link]:
    for token in inlines:
        for child in token.children or ():
            if child.type == kind:
                yield Link(str(child.attrGet(attribute) or ""), _line(token))


def _html_lines(tokens: Sequence[Token]) -> Iterator[int]:
    for token in tokens:
        if token.type == "html_block" or any(child.type == "html_inline" for child in token.children or ()):
            yield _line(token)


def _strays(inlines: Sequence[Token]) -> Iterator[int]:
    """Lines on which a box was meant but not understood: an unknown name, or an opening without its end."""
    for token in inlines:
        for number, words in enumerate(token.content.split("\n")):
            if words.startswith(":::"):
                yield _line(token) + number


# ---- Boxes ----


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opening = _OPENING.match(_source(state, start))
    if opening is None or opening[1] not in BOXES:
        return False
    closing = _closing_line(state, start, end)
    if closing is None:
        return False
    if silent:
        return True
    _push(state, f"box_{opening[1]}_open", 1, opening[2].strip(), [start, closing])
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", closing
    state.md.block.tokenize(state, start + 1, closing)
    state.parentType, state.lineMax = parent, line_max
    _push(state, f"box_{opening[1]}_close", -1, "", [closing, closing + 1])
    state.line = closing + 1
    return True


def _push(state: StateBlock, kind: str, nesting: int, info: str, lines: list[int]) -> None:
    token = state.push(kind, "", nesting)  # type: ignore[arg-type]  # 1 and -1 are the two nestings used here
    token.info, token.map, token.block = info, lines, True


def _source(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _closing_line(state: StateBlock, start: int, end: int) -> int | None:
    depth = 0
    for line in range(start, end):
        words = _source(state, line)
        depth += 1 if _OPENING.match(words) else -1 if _CLOSING.match(words) else 0
        if depth == 0:
            return line
    return None


def _dress(state: StateCore) -> None:
    """Give lists, paragraphs and tables the classes of the look, by the box they stand in."""
    boxes: list[str] = []
    for token in state.tokens:
        if token.type.startswith("box_"):
            boxes = [*boxes, token.type] if token.nesting == 1 else boxes[:-1]
        box = boxes[-1] if boxes else ""
        if token.type == "ordered_list_open" and box == "box_remember_open":
            token.attrSet("class", "remember")
        elif token.type.startswith("paragraph") and box == "box_remember_open":
            token.hidden = False  # the number stands in a grid column: the words must be one element
        elif token.type == "paragraph_open" and box == "box_lead_open":
            token.attrSet("class", "lead")
        elif token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(2, int(token.tag[1])) + state.env.get('top', 2) - 2)}"


_TABLE_ROLES = {"table_open": "table", "thead_open": "rowgroup", "tbody_open": "rowgroup", "tr_open": "row"}


def _dress_tables(state: StateCore) -> None:
    """Tables of three columns or more become cards on a phone, as all tables do: each cell knows its column's name."""
    names: list[str] = []
    column = 0
    for at, token in enumerate(state.tokens):
        if role := _TABLE_ROLES.get(token.type):
            token.attrSet("role", role)
        if token.type == "table_open":
            names = [_words(state.tokens[place + 1]) for place in _head_cells(state.tokens, at)]
            token.attrSet("class", f"table {'table-cards' if len(names) >= CARDS_FROM else 'table-tight'}")
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            token.attrs |= {"role": "columnheader", "scope": "col"}
        elif token.type == "td_open" and column == 0:
            token.tag = "th"
            token.attrs |= {"role": "rowheader", "scope": "row"}
        elif token.type == "td_open":
            token.attrs |= {"role": "cell", "data-name": names[column]}
        elif token.type == "td_close":
            token.tag = "td" if column else "th"
            column += 1


def _head_cells(tokens: Sequence[Token], table: int) -> Iterator[int]:
    """Where the cells of a table's head begin."""
    for at in range(table, len(tokens)):
        if tokens[at].type == "thead_close":
            return
        if tokens[at].type == "th_open":
            yield at


def _think(renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    title = nh3.clean_text(tokens[at].info)
    return '<div class="think stack stack-s">' + (f'<p class="think-title">{title}</p>' if title else "")


def _answer(renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    return f'<details class="more"><summary>{nh3.clean_text(tokens[at].info)}</summary>'


def _constant(html: str) -> Callable[..., str]:
    def draw(*_: Any) -> str:
        return html

    return draw


def _image(renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    media_url: MediaUrl | None = env.get("media_url")
    url = media_url(str(token.attrGet("src") or "")) if media_url else None
    if url is None:
        return ""
    return f'<img src="{nh3.clean_text(url)}" alt="{nh3.clean_text(token.content)}">'


def _parser(*, html: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html}).enable("table")
    parser.block.ruler.before("fence", "box", _box, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.core.ruler.push("dress", _dress)
    parser.core.ruler.push("dress_tables", _dress_tables)
    draw: dict[str, Callable[..., str]] = {
        "box_think_open": _think,
        "box_answer_open": _answer,
        "image": _image,
        "box_think_close": _constant("</div>\n"),
        "box_answer_close": _constant("</details>\n"),
    }
    draw |= {f"box_{name}_{end}": _constant("") for name in ("lead", "remember") for end in ("open", "close")}
    for kind, function in draw.items():
        parser.add_render_rule(kind, function)
    return parser


_RENDERER = _parser(html=False)
_CHECKER = _parser(html=True)
