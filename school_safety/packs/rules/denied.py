"""Names and numbers that may not stand in what a lesson invents, wherever its folder invents something."""

from collections.abc import Iterator

from school_safety.assessment.rules import denied_in, mock_texts
from school_safety.packs.rules.values import ITEMS, Finding, Pack, Path


def check_denied(pack: Pack) -> Iterator[Finding]:
    """Real names and dialable numbers in what a lesson invents: mock parts of items, quoted posts, drawn screens."""
    for path, text in mock_texts(pack.items):
        yield from _denied(text, ITEMS, path, None)
    for file, outline in pack.outlines.items():
        for line, text in outline.quotes:
            yield from _denied(text, file, (), line)
    for file, medium in pack.media.items():
        for line, text in medium.words:
            yield from _denied(text, file, (), line)


def _denied(text: str, file: str, path: Path, line: int | None) -> Iterator[Finding]:
    for code, found in denied_in(text):
        yield Finding(code.value, file, path, line, {"name": found})
