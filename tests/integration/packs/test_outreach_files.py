"""Every file of the outreach kit of every lesson, drawn once: within its limits, on its paper, with whole letters."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from pypdf import PdfReader

from school_safety.curriculum.readers import ContactCard
from school_safety.curriculum.readers import read_contacts as read_cards
from school_safety.packs.pdf import make_file
from school_safety.packs.readers import read_contacts, read_library
from school_safety.packs.report import Kit, make_kit
from school_safety.packs.rules import FileFormat, OutreachChannel, Pack
from tests.factories.curriculum import LESSONS

CONTACTS = LESSONS.parent / "config" / "contacts.toml"
SCHOOL = "Trường THCS-THPT Nguyễn Thị Minh Khai"
PDF, PNG, TXT = FileFormat.PDF, FileFormat.PNG, FileFormat.TXT
A4, A4_WIDE, SLIDE = (595, 842), (842, 595), (960, 540)
CODES = sorted(folder.name.upper() for folder in LESSONS.glob("*/*") if folder.is_dir())


@pytest.fixture(scope="module")
def cards() -> dict[str, ContactCard]:
    return read_cards(CONTACTS)


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    """The packs that come with the product."""
    library = read_library([LESSONS], read_contacts(CONTACTS), date(2026, 11, 22))
    return {reading.pack.code: reading.pack for reading in library.readings if reading.pack is not None}


@pytest.fixture(autouse=True)
def words(app: Flask) -> Any:
    with app.test_request_context():
        yield


def kit_of(pack: Pack, language: str, cards: dict[str, ContactCard], school: str = SCHOOL) -> Kit:
    """The kit of a pack as a school gets it."""
    revision: Any = SimpleNamespace(
        content=dict(pack.lesson),
        outreach=SimpleNamespace(content=dict(pack.outreach)),
        lesson=SimpleNamespace(code=pack.code),
        version=pack.lesson["version"],
    )
    return make_kit(revision, language=language, school=school, contacts=cards)


def pages_of(data: bytes) -> tuple[list[tuple[int, int]], str]:
    """The sizes of the pages in points, and their words."""
    reader = PdfReader(BytesIO(data))
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages]
    return sizes, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def last_words(text: str) -> str:
    """How a text ends, without Markdown."""
    return " ".join(text.replace("**", "").split()[-3:])


@pytest.mark.parametrize("code", CODES)
def test_every_file_of_a_kit_is_made_within_its_limits_in_both_languages(
    code: str, packs: dict[str, Pack], cards: dict[str, ContactCard]
) -> None:
    for language in ("vi", "en"):
        kit = kit_of(packs[code], language, cards)
        assert [channel for channel in OutreachChannel if not kit.size(channel).fits] == []
        for channel, sizes in {
            OutreachChannel.LEAFLET: [A4_WIDE, A4_WIDE],
            OutreachChannel.LOUDSPEAKER: [A4],
            OutreachChannel.FAMILY: [A4],
            OutreachChannel.LED: [SLIDE],
        }.items():
            found, text = pages_of(make_file(kit, channel, PDF))
            assert found == sizes, channel
            assert last_words(kit.text(channel)) in text, channel
            assert SCHOOL in text, channel
        for channel in (OutreachChannel.ZALO, OutreachChannel.SMS, OutreachChannel.EMAIL):
            assert make_file(kit, channel, TXT).decode()


def test_the_slide_is_a_picture_of_full_high_definition(packs: dict[str, Pack], cards: dict[str, ContactCard]) -> None:
    picture = Image.open(BytesIO(make_file(kit_of(packs["OS-11-01"], "vi", cards), OutreachChannel.LED, PNG)))
    assert (picture.format, picture.size) == ("PNG", (1920, 1080))
    assert len(picture.getcolors(1 << 20) or []) > 3


def test_a_text_that_is_too_long_for_its_paper_is_said_and_never_cut(
    packs: dict[str, Pack], cards: dict[str, ContactCard]
) -> None:
    pack = packs["OS-06-01"]
    long = {"vi": "Giữ kín mật khẩu của em. " * 300, "en": "x"}
    for channel in (OutreachChannel.LEAFLET, OutreachChannel.LOUDSPEAKER, OutreachChannel.LED):
        pack.outreach[channel.value], kept = long, pack.outreach[channel.value]  # type: ignore[index]  # a plain dict
        kit = kit_of(pack, "vi", cards)
        pack.outreach[channel.value] = kept  # type: ignore[index]  # as before
        with pytest.raises(ValueError, match="does not fit its paper"):
            make_file(kit, channel, PDF)


def test_a_preview_bears_no_schools_name_and_a_script_spells_it(
    packs: dict[str, Pack], cards: dict[str, ContactCard]
) -> None:
    named = pages_of(make_file(kit_of(packs["ML-06-03"], "vi", cards), OutreachChannel.LOUDSPEAKER, PDF))[1]
    plain = pages_of(make_file(kit_of(packs["ML-06-03"], "vi", cards, ""), OutreachChannel.LOUDSPEAKER, PDF))[1]
    assert "Trung học cơ sở và Trung học phổ thông Nguyễn Thị Minh Khai" in named
    assert "Minh Khai" not in plain


def test_the_longest_name_that_a_school_can_have_finds_room_on_every_paper(
    packs: dict[str, Pack], cards: dict[str, ContactCard]
) -> None:
    name = ("Trường Phổ thông Dân tộc nội trú Trung học cơ sở và Trung học phổ thông " * 3)[:200].strip()
    kit = kit_of(packs["OS-06-01"], "vi", cards, name)
    for channel in (OutreachChannel.LEAFLET, OutreachChannel.LOUDSPEAKER, OutreachChannel.FAMILY, OutreachChannel.LED):
        assert make_file(kit, channel, PDF).startswith(b"%PDF")
