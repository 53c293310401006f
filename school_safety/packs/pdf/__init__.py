"""The files of a kit: leaflet, loudspeaker script, family page, LED slide; each drawn once for the same text."""

from functools import lru_cache

from school_safety.kit.i18n import speaking
from school_safety.packs.pdf.leaflet import leaflet
from school_safety.packs.pdf.sheets import family_sheet, loudspeaker_script
from school_safety.packs.pdf.slide import slide, slide_picture
from school_safety.packs.report import Kit
from school_safety.packs.rules import FileFormat, OutreachChannel

MEDIA_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.PNG: "image/png",
    FileFormat.TXT: "text/plain; charset=utf-8",
}
_DRAWN = {
    OutreachChannel.FAMILY: family_sheet,
    OutreachChannel.LEAFLET: leaflet,
    OutreachChannel.LOUDSPEAKER: loudspeaker_script,
    OutreachChannel.LED: slide,
}


@lru_cache(maxsize=64)
def make_file(kit: Kit, channel: OutreachChannel, file_format: FileFormat) -> bytes:
    """One file of a kit; raises ValueError when a text does not fit its paper."""
    if file_format is FileFormat.TXT:
        words = kit.email if channel is OutreachChannel.EMAIL else kit.text(channel)
        return f"{words}\n".encode()
    with speaking(kit.language):
        data = _DRAWN[channel](kit)
    return slide_picture(data) if file_format is FileFormat.PNG else data


__all__ = ["MEDIA_TYPES", "make_file"]
