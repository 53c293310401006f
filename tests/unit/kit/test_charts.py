"""Charts: a length is the number of the table beside it, words are escaped, nothing needs an inline style."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.kit.charts import Step, TargetLine, bar, length, target_words


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(20, 25, "80%"), (1, 3, "33.33%"), (5, 6, "83.33%"), (1, 8, "12.5%"), (0, 9, "0%"), (9, 9, "100%"), (0, 0, "0%")],
)
def test_a_length_is_the_share_with_two_decimals_at_most(numerator: int, denominator: int, expected: str) -> None:
    assert length(numerator, denominator) == expected


@given(st.integers(1, 20_000), st.data())
def test_no_length_is_off_by_more_than_half_a_hundredth_and_none_leaves_the_track(
    denominator: int, data: st.DataObject
) -> None:
    numerator = data.draw(st.integers(0, denominator))
    hundredths = round(float(length(numerator, denominator)[:-1]) * 100)
    assert 0 <= hundredths <= 10_000
    assert abs(2 * (hundredths * denominator - 10_000 * numerator)) <= denominator


def test_a_bar_is_drawn_at_its_share_with_a_line_for_every_target() -> None:
    step = Step("G3", "đã thực hiện", 20, 25, "80,0%", "g3", headline=True)
    svg = bar(step, (TargetLine(80, "mục tiêu: trên 80%"), TargetLine(50, "cả nước: trên 50%")))
    assert '<rect class="bar-g3" width="80%"' in svg
    assert re.findall(r'class="line" x1="(\d+)%"', svg) == ["80", "50"]
    assert "style=" not in svg


def test_the_words_of_a_target_stand_on_the_side_with_room_and_are_escaped() -> None:
    svg = target_words((TargetLine(80, "trên <80>"), TargetLine(20, "trên 20%")))
    assert "trên &lt;80&gt;" in svg
    assert re.findall(r'text-anchor="(\w+)"', svg) == ["end", "start"]
