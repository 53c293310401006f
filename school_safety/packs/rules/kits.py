"""An outreach kit as it leaves the school: its channels and files, their limits, how long it is read, whose it is."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from school_safety.packs.rules.lengths import (
    EMAIL,
    FAMILY_MOST,
    LEAFLET,
    LED_MOST,
    LOUDSPEAKER_MOST,
    ZALO_CHARACTERS,
)
from school_safety.packs.rules.words import sms_fits_one_part, sms_parts, syllables


class OutreachChannel(StrEnum):
    """The parts of a kit, each for one way of reaching people."""

    FAMILY = "family"
    LEAFLET = "leaflet"
    LOUDSPEAKER = "loudspeaker"
    LED = "led"
    ZALO = "zalo"
    SMS = "sms"
    EMAIL = "email"


class FileFormat(StrEnum):
    """How a part is handed out."""

    PDF = "pdf"
    PNG = "png"
    TXT = "txt"


class Partner(StrEnum):
    """For whom a public link was made; a kind, never a person."""

    COMMUNE_RADIO = "commune_radio"
    COMMUNITY_TEAM = "community_team"
    YOUTH_UNION = "youth_union"
    WOMEN_UNION = "women_union"
    PARENTS = "parents"
    PRESS = "press"
    OTHER = "other"


FORMATS: dict[OutreachChannel, tuple[FileFormat, ...]] = {
    OutreachChannel.FAMILY: (FileFormat.PDF,),
    OutreachChannel.LEAFLET: (FileFormat.PDF,),
    OutreachChannel.LOUDSPEAKER: (FileFormat.PDF,),
    OutreachChannel.LED: (FileFormat.PNG, FileFormat.PDF),
    OutreachChannel.ZALO: (FileFormat.TXT,),
    OutreachChannel.SMS: (FileFormat.TXT,),
    OutreachChannel.EMAIL: (FileFormat.TXT,),
}
"""The files of each channel, the usual one first."""

COPIED = tuple(channel for channel, formats in FORMATS.items() if FileFormat.TXT in formats)
"""The parts whose text is copied into another programme rather than printed or shown."""

LINK_DAYS = (7, 30, 90)
"""For how many days a public link may be open."""

SYLLABLES_A_MINUTE = {"vi": 160, "en": 140}
"""How fast a script is read over a loudspeaker: calm, so that it is understood in a street."""

_LIMITS: dict[OutreachChannel, tuple[int, int]] = {
    OutreachChannel.FAMILY: (0, FAMILY_MOST),
    OutreachChannel.LEAFLET: LEAFLET,
    OutreachChannel.LOUDSPEAKER: (0, LOUDSPEAKER_MOST),
    OutreachChannel.LED: (0, LED_MOST),
    OutreachChannel.EMAIL: EMAIL,
}


@dataclass(frozen=True, slots=True)
class Size:
    """How long a part is and may be; `unit` is `syllables`, `characters` or `parts` (of an SMS)."""

    found: int
    least: int
    most: int
    unit: str

    @property
    def fits(self) -> bool:
        """Whether the part keeps its limit."""
        return self.least <= self.found <= self.most


def size_of(channel: OutreachChannel, text: str, language: str) -> Size:
    """The length of a part beside its limit; the least length is asked of the Vietnamese original only."""
    if channel is OutreachChannel.SMS:
        return Size(sms_parts(text), 1, 1, "parts")
    if channel is OutreachChannel.ZALO:
        return Size(len(text), 1, ZALO_CHARACTERS, "characters")
    least, most = _LIMITS[channel]
    return Size(syllables(text), least if language == "vi" else 0, most, "syllables")


def text_of(content: Mapping[str, Any], channel: OutreachChannel, language: str) -> str:
    """What the kit says on a channel; of an e-mail its body."""
    part = content["email"]["body"] if channel is OutreachChannel.EMAIL else content[channel.value]
    return str(part[language])


def reading_seconds(text: str, language: str) -> int:
    """Seconds to read a script aloud at `SYLLABLES_A_MINUTE`, rounded up to five."""
    seconds = syllables(text) * 60 / SYLLABLES_A_MINUTE[language]
    return int(-(-seconds // 5) * 5)


def signed_zalo(text: str, school: str) -> str:
    """The post with the school's name at its end, where both keep the limit; else the post alone."""
    signed = f"{text} {school}." if school else text
    return signed if len(signed) <= ZALO_CHARACTERS else text


def signed_sms(text: str, school: str) -> str:
    """The SMS with the school's name without diacritics before it, where both go out as one part; else the text."""
    signed = f"{unaccented(school)}: {text}" if school else text
    return signed if sms_fits_one_part(signed) else text


def unaccented(text: str) -> str:
    """Vietnamese without diacritics, as an SMS of 160 characters needs it."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def is_open(*, expires_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    """Whether a public link still opens."""
    return revoked_at is None and now < expires_at


# ---- Names as they are read aloud ----

_SHORT = {
    "THCS": "Trung học cơ sở",
    "THPT": "Trung học phổ thông",
    "TH": "Tiểu học",
    "PTDTNT": "Phổ thông Dân tộc nội trú",
    "GDTX": "Giáo dục thường xuyên",
}
_LEVELS = re.compile(r"\b(?:TH|THCS|THPT)(?:-(?:TH|THCS|THPT))+\b")
_ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MOST_SPELT = 99


def spoken_school(name: str) -> str:
    """A school's name for a reader at the microphone: no abbreviation, no figure."""
    levels = _LEVELS.sub(lambda found: " và ".join(found[0].replace("-", ", ").rsplit(", ", 1)), name)
    words = re.sub(r"\b[A-ZĐ]+\b", lambda found: _SHORT.get(found[0], found[0]), levels.replace("-", " "))
    spelt = re.sub(r"\d+", lambda found: spelt_number(found[0]), words)
    return spelt if spelt.casefold().startswith("trường") else f"Trường {spelt}"


def spelt_number(digits: str) -> str:
    """A number in Vietnamese words, up to 99 as a number, longer ones figure by figure."""
    number = int(digits)
    if number > _MOST_SPELT or (digits.startswith("0") and digits != "0"):
        return " ".join(_ONES[int(digit)] for digit in digits)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _ONES[ones]
    last = "" if ones == 0 else "lăm" if ones == 5 else "mốt" if ones == 1 and tens > 1 else _ONES[ones]
    return " ".join(part for part in ("mười" if tens == 1 else f"{_ONES[tens]} mươi", last) if part)
