"""The fonts of printed documents, found by what they contain, never by their file's promise.

Official documents want Times New Roman (NĐ 30/2020, Phụ lục I). Tinos and Liberation Serif 2 have its measures; the
older Liberation Serif 1 lacks most Vietnamese letters and draws nothing for them: every face is asked for every letter.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_be_vietnam_pro
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFile

PREVIEW_NOTE = "Bản xem trước – thiếu phông chữ chuẩn"

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_LOWER = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES) + "đ"
VIETNAMESE_LETTERS = _LOWER + _LOWER.upper()
"""The 146 letters beyond ASCII and the plain vowels that Vietnamese is written with, both cases."""
_NEEDED = VIETNAMESE_LETTERS + "“”‘’–…"

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
FAMILIES = ("Tinos", "Liberation Serif", "Times New Roman")
_FILE = re.compile(r"(tinos|liberationserif|liberation-serif|times).*\.ttf", re.IGNORECASE)
_CUTS = ("Regular", "Bold", "Italic", "Bold Italic")
_FALLBACK = ("Regular", "Bold", "Italic", "BoldItalic")


@dataclass(frozen=True, slots=True)
class FontFaces:
    """The four faces in use, by their ReportLab names; `standard`: they have the measures that the decree asks for."""

    regular: str
    bold: str
    italic: str
    bold_italic: str
    standard: bool
    files: tuple[Path, Path, Path, Path]


def lacks_letters(path: Path, letters: str = _NEEDED) -> str:
    """The letters that a font file has no glyph for; all of them when it cannot be read."""
    try:
        glyphs = TTFontFile(str(path)).charToGlyph
    except (TTFError, OSError, ValueError, KeyError, IndexError):
        return letters
    return "".join(letter for letter in letters if not glyphs.get(ord(letter)))


def find_faces(folders: Iterable[Path] = FOLDERS) -> tuple[Path, Path, Path, Path] | None:
    """The four files of the first family with every Vietnamese letter in every face; None without such a family."""
    found: dict[tuple[str, str], Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if _FILE.fullmatch(path.name.replace(" ", "")):
                found.setdefault(_named(path), path)
    for family in FAMILIES:
        files = [found[family, cut] for cut in _CUTS if (family, cut) in found]
        if len(files) == len(_CUTS) and not any(lacks_letters(path) for path in files):
            return files[0], files[1], files[2], files[3]
    return None


def _named(path: Path) -> tuple[str, str]:
    """Family and cut as the font itself names them."""
    try:
        font = TTFontFile(str(path))
    except (TTFError, OSError, ValueError, KeyError, IndexError):
        return ("", "")
    return _plain(font.familyName), _plain(font.styleName)


def _plain(name: bytes | str) -> str:
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)


_lock = threading.Lock()


def fonts() -> FontFaces:
    """The faces to draw with, registered with ReportLab once; Be Vietnam Pro where no standard family is found."""
    with _lock:
        return _registered()


@cache
def _registered() -> FontFaces:
    standard = find_faces()
    files = standard or _fallback_files()
    names = tuple(f"Official{suffix}" for suffix in ("", "-Bold", "-Italic", "-BoldItalic"))
    for name, path in zip(names, files, strict=True):
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(names[0], normal=names[0], bold=names[1], italic=names[2], boldItalic=names[3])
    return FontFaces(names[0], names[1], names[2], names[3], standard is not None, files)


def _fallback_files() -> tuple[Path, Path, Path, Path]:
    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    files = [next(iter(sorted(folder.rglob(f"BeVietnamPro-{cut}.ttf")))) for cut in _FALLBACK]
    return files[0], files[1], files[2], files[3]
