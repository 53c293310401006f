"""HTML of our own templates as a small tree: what a printed sheet is drawn from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "input", "wbr"}
_LEFT_OUT = {"svg", "script", "style", "button", "nav", "form", "template"}
BLOCKS = frozenset(
    {
        *("article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "img", "li", "main", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "td", "th", "thead", "tr", "ul", "body", "html"),
    }
)
"""Elements that stand on lines of their own."""


@dataclass(slots=True)
class Node:
    """An element, or with an empty `tag` a piece of text."""

    tag: str
    classes: frozenset[str] = frozenset()
    attrs: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """Whether it stands on lines of its own."""
        return self.tag in BLOCKS

    @property
    def holds_blocks(self) -> bool:
        """Whether something in it stands on lines of its own."""
        return any(child.is_block or child.holds_blocks for child in self.children)

    @property
    def words(self) -> str:
        """All text in it, as it stands."""
        return self.text + "".join(child.words for child in self.children)

    @property
    def is_blank(self) -> bool:
        """Whether it is nothing but space between elements."""
        return not self.tag and not self.text.strip()

    def all(self, *tags: str) -> Iterator["Node"]:
        """Every element of these tags below, in order."""
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.all(*tags)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("body")
        self._open = [self.root]
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping or tag in _LEFT_OUT:
            self._skipping += 1 if tag in _LEFT_OUT else 0
            return
        given = {name: value or "" for name, value in attrs}
        node = Node(tag, frozenset(given.get("class", "").split()), given)
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self._skipping = max(0, self._skipping - 1)
        elif not self._skipping and any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._open[-1].children.append(Node("", text=data))


def parse(html: str) -> Node:
    """The tree of a fragment; what is for scripts and fingers alone (buttons, icons) is left out."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
