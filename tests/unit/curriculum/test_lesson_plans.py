"""What a lesson plan takes from a lesson's parts, and in which order a grade's lessons are taught."""

import pytest

from school_safety.curriculum.rules import (
    GENERAL_COMPETENCES,
    QUALITIES,
    Strand,
    builds_on,
    bullets,
    comes_after,
    periods,
    plain,
    section,
    subjects_of,
    teaching_order,
    without_section,
)

NOTES = """## Nếu thầy cô chỉ có năm phút

- **Ý chính:** mật khẩu dài.

## Chuẩn bị

- In tờ 10 thẻ, mỗi nhóm
  một bộ.
- Một *hộp chữ*.

## Đáp án

Không có.
"""


def test_a_section_is_found_by_its_heading_without_it() -> None:
    assert section(NOTES, "chuẩn bị").startswith("- In tờ 10 thẻ")
    assert section(NOTES, "Đáp án") == "Không có."
    assert section(NOTES, "Luật") == ""
    assert section("Chỉ có chữ.", "Luật") == ""


def test_the_notes_without_a_section_keep_the_others() -> None:
    rest = without_section(NOTES, "Nếu thầy cô chỉ có năm phút")
    assert "Ý chính" not in rest
    assert rest.startswith("## Chuẩn bị")
    assert rest.endswith("Không có.\n")
    assert without_section(NOTES, "Luật") == NOTES


def test_a_list_becomes_plain_sentences() -> None:
    assert bullets(section(NOTES, "Chuẩn bị")) == ("In tờ 10 thẻ, mỗi nhóm một bộ.", "Một hộp chữ.")
    assert bullets("Một đoạn văn.") == ()
    nested = "1. In thẻ:\n   - thẻ đỏ\n   - thẻ xanh\n2. Xếp bàn."
    assert bullets(nested) == ("In thẻ: thẻ đỏ; thẻ xanh.", "Xếp bàn.")
    assert bullets("- Bốn thẻ:\n  1. Bạn.\n  2. Mẹ.\n") == ("Bốn thẻ: 1. Bạn; 2. Mẹ.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [("**đậm** và *nghiêng*", "đậm và nghiêng"), ("2 * 3 = 6", "2 * 3 = 6"), ("ten_dang_nhap", "ten_dang_nhap")],
)
def test_emphasis_is_taken_off_and_other_signs_stay(text: str, said: str) -> None:
    assert plain(text) == said


@pytest.mark.parametrize(("minutes", "count"), [(20, 1), (45, 1), (46, 2), (90, 2), (91, 3)])
def test_a_lesson_takes_whole_periods(minutes: int, count: int) -> None:
    assert periods(minutes) == count


def test_subjects_are_named_once() -> None:
    assert subjects_of(["Tin học 9 C", "GDCD 9", "Tin học 9 D", "Ngữ văn"]) == ("Tin học", "GDCD", "Ngữ văn")


@pytest.mark.parametrize("words", [GENERAL_COMPETENCES, QUALITIES], ids=["competences", "qualities"])
def test_each_strand_has_competences_and_qualities_in_both_languages(
    words: dict[Strand, tuple[dict[str, str]]],
) -> None:
    assert set(words) == set(Strand)
    assert all(set(one) == {"vi", "en"} and all(one.values()) for own in words.values() for one in own)


@pytest.mark.parametrize(
    ("codes", "order"),
    [
        (["ML-06-03", "OS-06-01"], ["OS-06-01", "ML-06-03"]),
        (["OS-06-01", "OS-06-02", "ML-06-01"], ["OS-06-01", "ML-06-01", "OS-06-02"]),
        (["ML-06-01", "ML-06-02"], ["ML-06-01", "ML-06-02"]),
        (["XX-06-01", "OS-06-01"], ["OS-06-01", "XX-06-01"]),
        ([], []),
    ],
    ids=["one each", "two and one", "one strand", "unknown last", "none"],
)
def test_the_strands_take_turns_and_online_safety_begins(codes: list[str], order: list[str]) -> None:
    assert teaching_order(codes) == order


@pytest.mark.parametrize(
    ("code", "before"),
    [("ML-09-01", "ML-07-02"), ("ML-07-02", None), ("ML-10-03", "ML-09-01"), ("OS-09-04", None)],
)
def test_a_lesson_goes_on_from_the_nearest_one_on_its_spine_that_the_library_has(code: str, before: str | None) -> None:
    assert builds_on(code, {"ML-07-02", "ML-09-01", "OS-07-02"}) == before


def test_the_lesson_before_is_the_last_of_the_strand_in_a_lower_grade() -> None:
    library = {"OS-06-01", "OS-07-02", "ML-07-02", "OS-09-04"}
    assert comes_after("OS-09-04", library) == "OS-07-02"
    assert comes_after("OS-06-01", library) is None
