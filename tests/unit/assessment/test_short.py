"""A few typed words, compared with accepted forms."""

import fnmatch
import re
import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from school_safety.assessment.types.short import Short
from school_safety.assessment.types.short.patterns import matches
from tests.factories.assessment import words
from tests.factories.written_items import a_short
from tests.unit.assessment.test_every_type import Form

SHORT = TYPES["short"]


def worth(content: dict[str, Any], text: str) -> Fraction:
    """What these typed words earn."""
    return SHORT.score(content, SHORT.accept(content, {"text": text})).fraction


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("cụm mật khẩu", Fraction(1)),
        ("  CỤM  mật khẩu ", Fraction(1)),
        ("Cụm mật khẩu dài, dễ nhớ", Fraction(1)),
        ("passphrase", Fraction(1)),
        (unicodedata.normalize("NFD", "Cụm mật khẩu"), Fraction(1)),
        ("mật khẩu", Fraction(1, 2)),
        ("mật khẩu mạnh", Fraction(0)),
        ("cum mat khau", Fraction(0)),
        ("một cụm mật khẩu", Fraction(0)),
        ("ngày sinh", Fraction(0)),
    ],
    ids=repr,
)
def test_the_first_form_that_fits_gives_its_weight(text: str, fraction: Fraction) -> None:
    assert worth(a_short(), text) == fraction


def test_diacritics_count_unless_the_item_lets_them_go_and_then_đ_is_d() -> None:
    content = a_short(accept=[{"pattern": {"vi": "địa chỉ", "en": "address"}}], ignore_diacritics=True)
    assert worth(content, "dia chi") == 1
    assert worth(content, "Địa chỉ") == 1
    assert worth({**content, "ignore_diacritics": False}, "dia chi") == 0


def test_case_counts_only_where_the_item_says_so() -> None:
    content = a_short(accept=[{"pattern": words("OTP", "OTP")}])
    assert worth(content, "otp") == 1
    assert worth({**content, "case_sensitive": True}, "otp") == 0
    assert worth({**content, "case_sensitive": True}, " OTP ") == 1
    both = a_short(accept=[{"pattern": words("Đường dẫn")}], case_sensitive=True, ignore_diacritics=True)
    assert (worth(both, "Duong dan"), worth(both, "duong dan")) == (1, 0)


def test_the_place_of_the_tone_does_not_count() -> None:
    assert worth(a_short(accept=[{"pattern": words("khoá tài khoản")}]), "khóa tài khoản") == 1


def test_the_first_of_two_forms_that_fit_wins() -> None:
    forms = [
        {"pattern": words("link*"), "weight": 0.5, "feedback": words("Nói rõ hơn.")},
        {"pattern": words("*lạ")},
    ]
    assert worth(a_short(accept=forms), "link lạ") == Fraction(1, 2)
    assert worth(a_short(accept=forms[::-1]), "link lạ") == 1


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("*", "", True),
        ("a*", "a", True),
        ("a*b", "ab", True),
        ("a*b", "a", False),
        ("ab*ba", "aba", False),
        ("*a*a*", "a", False),
        ("*a*a*", "xaxa", True),
        (r"5\*5", "5*5", True),
        (r"5\*5", "5x5", False),
        ("a.b", "axb", False),
    ],
)
def test_a_star_is_any_text_or_none_and_nothing_else_is_special(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits


@given(pattern=st.text(alphabet="ab*", min_size=1, max_size=8), text=st.text(alphabet="ab", max_size=10))
def test_stars_match_as_file_names_do(pattern: str, text: str) -> None:
    assert matches(pattern, text) == (re.fullmatch(fnmatch.translate(pattern), text) is not None)


def test_guessing_earns_nothing_or_the_weight_of_a_form_that_takes_everything() -> None:
    every = {"pattern": words("*", "*"), "weight": 0.25, "feedback": words("Gần đúng.")}
    content = a_short()
    assert SHORT.guess(content) == 0
    content["accept"].append(every)
    assert SHORT.guess(content) == Fraction(1, 4)
    assert SHORT.check(content) == ()


def test_the_feedback_is_of_the_form_that_fits_and_the_accepted_words_can_be_shown() -> None:
    notes = SHORT.feedback(a_short(), {"text": "mật khẩu"}).notes
    assert [(note.id, note.state, note.text) for note in notes] == [("2", State.PARTIAL, words("Nói rõ hơn."))]
    assert [note.id for note in SHORT.feedback(a_short(), {"text": "gì đó"}).notes] == ["none"]
    assert isinstance(SHORT, Short)
    assert SHORT.accepted(a_short()) == ({"vi": "cụm mật khẩu", "en": "passphrase"},)


def test_an_answer_is_trimmed_an_empty_one_is_none_and_a_very_long_one_is_refused() -> None:
    assert SHORT.parse(a_short(), Form(q1__text="  a  b "), "q1") == {"text": "a b"}
    assert SHORT.parse(a_short(), Form(q1__text="   "), "q1") is None
    with pytest.raises(BadAnswer):
        SHORT.accept(a_short(), {"text": "a" * 201})


def _form(**own: Any) -> dict[str, Any]:
    return {"pattern": words("đúng"), **own}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"accept": []}, (ProblemCode.TOO_FEW_PARTS, ("accept",))),
        ({"accept": [_form()] * 21}, (ProblemCode.TOO_MANY_PARTS, ("accept",))),
        ({"accept": ["đúng"]}, (ProblemCode.WRONG_SHAPE, ("accept",))),
        ({"accept": [_form(weight=0.5, feedback=words("Vì"))]}, (ProblemCode.NO_KEY, ("accept",))),
        (
            {"accept": [_form(pattern=words("*", "*"), weight=0, feedback=words("Vì")), _form()]},
            (ProblemCode.NO_KEY, ("accept",)),
        ),
        ({"accept": [_form(), _form(weight=0.5)]}, (ProblemCode.NO_FEEDBACK, ("accept", 1))),
        ({"accept": [_form(weight=2)]}, (ProblemCode.BAD_WEIGHT, ("accept", 0, "weight"))),
        ({"accept": [_form(pattern=words("**", "*"))]}, (ProblemCode.EMPTY_PATTERN, ("accept", 0, "pattern"))),
        ({"accept": [_form(misconception="M1")]}, (ProblemCode.MISCONCEPTION_ON_KEY, ("accept", 0, "misconception"))),
        ({"accept": [_form(misconception=1)]}, (ProblemCode.WRONG_SHAPE, ("accept", 0, "misconception"))),
        ({"case_sensitive": "no"}, (ProblemCode.WRONG_SHAPE, ("case_sensitive",))),
    ],
    ids=str,
)
def test_a_short_answer_that_cannot_be_given_is_refused(
    changes: dict[str, Any], problem: tuple[ProblemCode, tuple[str | int, ...]]
) -> None:
    assert problem in {(found.code, found.path) for found in SHORT.check(a_short(**changes))}
