"""Pictures of a pack: what they are by their bytes, and what in them could do harm."""

import hashlib
import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from school_safety.packs.rules import MediaFile

_PNG = b"\x89PNG\r\n\x1a\n"
_TAG = re.compile(r"<[^>]*>")
_HARM = re.compile(
    r"<\s*(?:\w+:)?(?:script|foreignObject|iframe|object|embed|audio|video)\b|<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet"
    r"|\son\w+\s*=|javascript:|@import"
    r"|(?:href|src)\s*=\s*[\"']\s*(?!#|data:image/png;base64,)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


def read_media(data: bytes) -> MediaFile:
    """Kind by content, lines with scripts, remote references or entities, and the hash of the bytes."""
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(_PNG):
        return MediaFile("png", (), digest)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return MediaFile(None, (), digest)
    unsafe = tuple(number for number, line in enumerate(text.split("\n"), 1) if _HARM.search(line))
    return MediaFile("svg" if unsafe or _is_svg(text) else None, unsafe, digest, tuple(_words(text)))


def _words(text: str) -> Iterator[tuple[int, str]]:
    """What can be read in a drawing, line by line, without its tags."""
    for number, line in enumerate(text.split("\n"), 1):
        words = html.unescape(_TAG.sub(" ", line)).strip()
        if words:
            yield number, words


def _is_svg(text: str) -> bool:
    """Whether the text is well-formed SVG; asked only of text without entity declarations."""
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # no entities: DOCTYPE and ENTITY were refused before
    except ElementTree.ParseError:
        return False
    return root.tag == "{http://www.w3.org/2000/svg}svg"
