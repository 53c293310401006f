"""Vietnamese text: one form, what counts as the same word, the order of names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.kit.breaks import breakable
from school_safety.kit.text import fold, legacy_encoding, name_key, nfc, search_key, sort_key, squeeze


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hoà"),
        ("thủy", "thuỷ"),
        ("khỏe", "khoẻ"),
        ("kĩ thuật", "Kỹ  Thuật"),
        ("LÝ LỊCH", "lí lịch"),
        (unicodedata.normalize("NFD", "Nguyễn Văn Ân"), "nguyễn văn ân"),
        ("Trần\u00a0Thị\u200b Bình ", "trần thị bình"),
    ],
)
def test_two_spellings_of_the_same_words_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("an", "ân"), ("Vy", "Vi"), ("quý", "quí"), ("hoa", "hoà"), ("toán", "toan"), ("đ", "d")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("word", ["hoàn", "quỳnh", "thoải", "quả", "khuya", "giày"])
def test_words_that_have_one_spelling_are_left_as_they_are(word: str) -> None:
    assert fold(word) == word


def test_a_search_without_diacritics_finds_what_has_them() -> None:
    assert search_key("Đông Hoà") == search_key("DONG HÒA") == "dong hoa"


def test_people_are_sorted_by_given_name_in_the_order_of_the_vietnamese_alphabet() -> None:
    names = [
        "Phan Ái", "Dương An", "Đinh An", "Lê An", "Võ Anh", "Phạm Văn Ánh", "Hoàng Ăn", "Trần Thị Ân", "Trần Ẩn",
        "Đỗ Văn Dũng", "Nguyễn Văn Đức", "Bùi Hoa", "An Hòa", "Bùi Hoà", "Trần Oanh", "Trần Ôn", "Trần Ơn", "Trần Út",
        "Trần Ước", "Lý Vy", "Bùi Ý", "Lý Yến",
    ]  # fmt: skip
    shuffled = dict.fromkeys(reversed(names))
    assert sorted(shuffled, key=name_key) == names


def test_the_five_tones_follow_no_tone_in_the_order_of_the_dictionary() -> None:
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "man"]
    shuffled = dict.fromkeys(reversed(words))
    assert sorted(shuffled, key=sort_key) == words


def test_class_names_are_sorted_by_their_numbers() -> None:
    assert sorted(["10A1", "6A10", "6A2", "6a1"], key=sort_key) == ["6a1", "6A2", "6A10", "10A1"]


@given(st.text(max_size=60))
def test_keys_are_ascii_so_that_every_database_sorts_them_alike_and_folding_twice_changes_nothing(text: str) -> None:
    assert sort_key(text).isascii()
    assert name_key(text).isascii()
    assert fold(fold(text)) == fold(text)


def test_stored_names_are_composed_without_invisible_signs_and_single_spaced() -> None:
    assert squeeze(" Trần\ufeff \t Thị\u00adBình ") == "Trần ThịBình"
    assert nfc(unicodedata.normalize("NFD", "ộ")) == "ộ"


@pytest.mark.parametrize(
    "name",
    ["H'Hen Niê", "Y Moan Êban", "Thạch Sà Rươl", "Sơn Thị Ma Rê", "Kiều Ngoét", "Huỳnh", "Đỗ Loan", "Phạm Ngoãn"],
)
def test_names_of_every_people_of_the_country_are_no_old_font(name: str) -> None:
    assert legacy_encoding([name]) is None


def test_old_fonts_are_named() -> None:
    assert legacy_encoding(["NguyÔn V¨n An", "Lª §øc"]) == "tcvn3"
    assert legacy_encoding(["Nguyeãn Vaên An", "Leâ Ñöùc"]) == "vni"
    assert legacy_encoding([]) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Xem mua.tangxu.example/gat nhé", "Xem mua.<wbr>tangxu.<wbr>example/<wbr>gat nhé"),
        ("Ngắn: a.vn", "Ngắn: a.vn"),
        ("<b>không.phai.the.html</b>", "&lt;b&gt;không.<wbr>phai.<wbr>the.<wbr>html&lt;/b&gt;"),
    ],
)
def test_a_long_address_breaks_between_its_names_and_stays_text(text: str, shown: str) -> None:
    assert breakable(text) == shown
