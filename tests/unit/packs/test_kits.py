"""What a kit says of itself: lengths, reading time, the school's name, parts of an SMS."""

from datetime import UTC, datetime, timedelta

import pytest

from school_safety.packs.rules import (
    OutreachChannel,
    is_open,
    reading_seconds,
    signed_sms,
    signed_zalo,
    size_of,
    sms_parts,
    spelt_number,
    spoken_school,
    unaccented,
)

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ế" * 70, 1),
        ("ế" * 71, 2),
        ("ế" * 135, 3),
        ("", 1),
    ],
)
def test_parts_of_an_sms_are_counted_as_operators_bill_them(text: str, parts: int) -> None:
    assert sms_parts(text) == parts


def test_the_schools_name_is_added_only_where_the_message_keeps_its_limit() -> None:
    assert signed_sms("Goi 111.", "THCS Đồng Khởi") == "THCS Dong Khoi: Goi 111."
    assert signed_sms("a" * 150, "THCS Đồng Khởi") == "a" * 150
    assert signed_sms("Goi 111.", "") == "Goi 111."
    assert signed_zalo("Gọi 111.", "THCS Đồng Khởi") == "Gọi 111. THCS Đồng Khởi."
    assert signed_zalo("a" * 150, "THCS Đồng Khởi") == "a" * 150
    assert signed_zalo("Gọi 111.", "") == "Gọi 111."


def test_a_name_without_diacritics_is_plain_ascii() -> None:
    assert unaccented("Trường Đồng Khởi, ấp Ông Đạo") == "Truong Dong Khoi, ap Ong Dao"


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("THCS Hoa Mai", "Trường Trung học cơ sở Hoa Mai"),
        ("Trường THCS-THPT Số 2", "Trường Trung học cơ sở và Trung học phổ thông Số hai"),
        ("TH-THCS-THPT Phù Sa", "Trường Tiểu học, Trung học cơ sở và Trung học phổ thông Phù Sa"),
        ("THCS-THPT Bà Rịa-Đất Đỏ", "Trường Trung học cơ sở và Trung học phổ thông Bà Rịa Đất Đỏ"),
        ("THCS 19/5", "Trường Trung học cơ sở mười chín/năm"),
    ],
)
def test_a_schools_name_is_read_aloud_without_abbreviation_or_figure(name: str, spoken: str) -> None:
    assert spoken_school(name) == spoken


@pytest.mark.parametrize(
    ("digits", "spelt"),
    [
        ("0", "không"),
        ("7", "bảy"),
        ("10", "mười"),
        ("11", "mười một"),
        ("15", "mười lăm"),
        ("21", "hai mươi mốt"),
        ("40", "bốn mươi"),
        ("111", "một một một"),
        ("05", "không năm"),
    ],
)
def test_numbers_are_spelt_as_people_say_them(digits: str, spelt: str) -> None:
    assert spelt_number(digits) == spelt


def test_reading_time_follows_from_the_count_of_syllables() -> None:
    assert reading_seconds("một " * 160, "vi") == 60
    assert reading_seconds("một " * 161, "vi") == 65
    assert reading_seconds("one " * 140, "en") == 60


def test_a_size_knows_its_limit_and_asks_the_least_of_the_original_only() -> None:
    short = "một hai"
    assert not size_of(OutreachChannel.LEAFLET, short, "vi").fits
    assert size_of(OutreachChannel.LEAFLET, short, "en").fits
    assert size_of(OutreachChannel.ZALO, "a" * 160, "vi").fits
    assert not size_of(OutreachChannel.ZALO, "a" * 161, "vi").fits
    assert not size_of(OutreachChannel.SMS, "ế" * 71, "vi").fits


def test_a_link_opens_until_its_day_or_until_it_is_closed() -> None:
    later = NOW + timedelta(days=1)
    assert is_open(expires_at=later, revoked_at=None, now=NOW)
    assert not is_open(expires_at=NOW, revoked_at=None, now=NOW)
    assert not is_open(expires_at=later, revoked_at=NOW, now=NOW)
