"""Strands, elements and grades as masks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.curriculum.rules import (
    SECONDARY_GRADES,
    Element,
    Strand,
    content_hash,
    covers_strand,
    element_mask,
    elements_of,
    grade_mask,
    grades_of,
    media_for,
    numbered_steps,
    reading_minutes,
    strands_of,
)


@given(st.sets(st.sampled_from(list(SECONDARY_GRADES))))
def test_a_mask_of_grades_gives_the_grades_back(grades: set[int]) -> None:
    assert grades_of(grade_mask(grades)) == tuple(sorted(grades))


@pytest.mark.parametrize("grade", [5, 13, 0, -1])
def test_a_grade_outside_secondary_school_has_no_bit(grade: int) -> None:
    with pytest.raises(ValueError, match="not one of 6 to 12"):
        grade_mask([grade])


@given(st.sets(st.sampled_from(list(Element))))
def test_a_mask_of_elements_gives_the_elements_back(elements: set[Element]) -> None:
    assert set(elements_of(element_mask(elements))) == elements


@pytest.mark.parametrize(
    ("elements", "strands", "covered"),
    [
        ("", set(), set()),
        ("a", {Strand.ONLINE_SAFETY}, set()),
        ("ab", {Strand.ONLINE_SAFETY}, {Strand.ONLINE_SAFETY}),
        ("bd", set(Strand), set()),
        ("bcd", set(Strand), {Strand.MEDIA_LITERACY}),
        ("abcd", set(Strand), set(Strand)),
    ],
)
def test_one_element_serves_a_strand_and_both_cover_it(
    elements: str, strands: set[Strand], covered: set[Strand]
) -> None:
    mask = element_mask(elements)
    assert strands_of(mask) == strands
    assert {strand for strand in Strand if covers_strand(mask, strand)} == covered


def test_an_unknown_letter_is_no_element() -> None:
    with pytest.raises(ValueError, match="e"):
        element_mask(["e"])


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("1. Đọc bài. 2. Xếp thẻ, 5 phút. 3. Chữa.", ("Đọc bài.", "Xếp thẻ, 5 phút.", "Chữa.")),
        ("1. Đọc mục 2. 3 của bài. 2. Trả lời.", ("Đọc mục 2. 3 của bài.", "Trả lời.")),
        ("Học sinh đọc 2. Rồi viết.", ("Học sinh đọc 2. Rồi viết.",)),
        ("1. Chỉ một bước", ("1. Chỉ một bước",)),
        ("Mở đầu. 1. Đọc. 2. Viết.", ("Mở đầu. 1. Đọc. 2. Viết.",)),
        ("1. Một\n2. Hai", ("Một", "Hai")),
        ("", ("",)),
    ],
)
def test_steps_are_counted_only_where_the_text_counts_them(text: str, steps: tuple[str, ...]) -> None:
    assert numbered_steps(text) == steps


def test_pictures_of_the_other_language_are_left_out() -> None:
    files = ["media/a.svg", "media/b.vi.svg", "media/b.en.svg", "media/c.d.png"]
    media = [{"file": file} for file in files]
    assert [one["file"] for one in media_for(media, "en")] == ["media/a.svg", "media/b.en.svg", "media/c.d.png"]


def test_the_same_content_has_the_same_hash_whatever_the_order_of_its_keys() -> None:
    assert content_hash({"a": 1, "b": ["ạ"]}) == content_hash({"b": ["ạ"], "a": 1})
    assert content_hash([1, 2]) != content_hash([2, 1])


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (120, 1), (121, 2), (480, 4)])
def test_minutes_of_reading_are_rounded_up(words: int, minutes: int) -> None:
    assert reading_minutes("tiếng " * words) == minutes
