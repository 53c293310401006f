"""What nobody judges, as counts of a class."""

from fractions import Fraction

from school_safety.classroom.rules import FEWEST_SHOWN, count_survey
from tests.factories.written_items import a_survey, an_open_survey


def test_a_count_of_too_few_is_not_a_nought_and_says_nothing() -> None:
    few = count_survey(a_survey(), [{"choice": "never"}] * (FEWEST_SHOWN - 1))
    assert few.suppressed and few.answered == FEWEST_SHOWN - 1
    assert {option.count for option in few.options} == {None}
    assert few.share(few.options[0]) is None


def test_every_option_is_counted_over_those_who_answered() -> None:
    count = count_survey(a_survey(), [*[{"choice": "never"}] * 8, *[{"choice": "rarely"}] * 2, None])
    assert (count.answered, count.asked, count.suppressed) == (10, 11, False)
    assert [option.count for option in count.options][:2] == [8, 2]
    assert count.share(count.options[0]) == Fraction(4, 5)
    assert sum(option.count or 0 for option in count.options) == count.answered


def test_open_answers_follow_no_order_of_pupils_and_are_shown_of_enough_only() -> None:
    said = [{"text": f"Ý kiến số {number}"} for number in range(FEWEST_SHOWN)]
    open_survey = an_open_survey()
    assert count_survey(open_survey, said[1:]).texts == ()
    texts = count_survey(open_survey, said).texts
    assert texts == count_survey(open_survey, said[::-1]).texts
    assert sorted(texts) == [one["text"] for one in said] != list(texts)
