"""Tiếng, sentences and SMS parts are counted as people and networks count them."""

import pytest

from school_safety.packs.rules import average_sentence, sentences, sms_fits_one_part, syllables


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("Giữ kín mật khẩu.", 4), ("a – b", 2), ("“Ai nói?” – thầy hỏi", 4), ("12 ký tự", 3)],
)
def test_signs_standing_alone_are_no_words(text: str, count: int) -> None:
    assert syllables(text) == count


def test_a_list_item_without_a_full_stop_is_a_sentence() -> None:
    assert sentences(["Một hai ba. Bốn năm?", "sáu bảy"]) == ["Một hai ba", "Bốn năm", "sáu bảy"]
    assert average_sentence(["Một hai ba. Bốn năm?", "sáu bảy"]) == pytest.approx(7 / 3)
    assert average_sentence(["…"]) == 0.0


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("", True),
        ("a" * 160, True),
        ("a" * 161, False),
        ("a" * 158 + "[", True),
        ("a" * 159 + "[", False),
        ("ữ" * 70, True),
        ("ữ" * 71, False),
    ],
)
def test_an_sms_is_160_septets_or_70_characters(text: str, fits: bool) -> None:
    assert sms_fits_one_part(text) is fits
