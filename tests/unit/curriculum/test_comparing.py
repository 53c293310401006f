"""What people are told about the difference between two contents of a lesson."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.curriculum.rules import Difference, Line, Run, Sign, compare_lessons, compare_texts, folded
from tests.unit.curriculum.bodies import a_body, a_source, both

LINES = st.lists(st.text(alphabet="ab .,\n", max_size=20), max_size=6).map("\n".join)


def shown(lines: tuple[Line, ...]) -> list[str]:
    """Lines as `[-gone-]` and `[+new+]`."""
    signs = {Sign.SAME: "{}", Sign.ADDED: "[+{}+]", Sign.REMOVED: "[-{}-]"}
    return ["".join(signs[run.sign].format(run.text) for run in line.runs) or f"({line.count})" for line in lines]


def test_the_same_lesson_has_no_difference() -> None:
    assert compare_lessons(a_body(), a_body()) == ()


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("Em đi học.", "Em đi học.", ["Em đi học."]),
        ("Em đi học buổi sáng.", "Em đi học buổi chiều.", ["Em đi học buổi [-sáng-][+chiều+]."]),
        ("Em đi học.", "Em cùng bạn đi học.", ["Em[+ cùng bạn+] đi học."]),
        ("Em cùng bạn đi học.", "Em đi học.", ["Em[- cùng bạn-] đi học."]),
        ("Một.\n\nHai.", "Một.\n\nHai.\n\nBa.", ["Một.", "Hai.", "[+Ba.+]"]),
        ("Một.\n\nHai.", "Hai.", ["[-Một.-]", "Hai."]),
        ("Một  hai.", "Một hai.\n\n", ["Một hai."]),
        ("Trời mưa to quá.", "Bạn Lan kể chuyện.", ["[-Trời mưa to quá.-]", "[+Bạn Lan kể chuyện.+]"]),
        ("a b c d e f x y", "a b Q d R f x y", ["a b [-c d e-][+Q d R+] f x y"]),
        ("", "Mới.", ["[+Mới.+]"]),
    ],
    ids=[
        "same",
        "word",
        "more",
        "fewer",
        "line added",
        "line gone",
        "spacing",
        "another line",
        "crumbs",
        "from nothing",
    ],
)
def test_two_texts_show_what_came_and_what_went(old: str, new: str, lines: list[str]) -> None:
    assert shown(compare_texts(old, new)) == lines


@given(LINES, LINES)
def test_both_texts_can_be_read_back_from_their_difference(old: str, new: str) -> None:
    found = compare_texts(old, new)
    for text, gone in ((old, Sign.ADDED), (new, Sign.REMOVED)):
        kept = ["".join(run.text for run in line.runs if run.sign is not gone) for line in found if line.sign != gone]
        assert kept == [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_a_changed_title_is_told_in_its_language_only() -> None:
    found = compare_lessons(a_body(), a_body(title=both("Mật khẩu mạnh", "Passwords")))
    assert found == (
        Difference(("title",), "vi", (Line(Sign.CHANGED, (Run(Sign.SAME, "Mật khẩu"), Run(Sign.ADDED, " mạnh"))),)),
    )


def test_an_objective_is_known_by_its_id_not_by_its_place() -> None:
    old = a_body(objectives=[{"id": "O1", "text": both("Một.", "One.")}, {"id": "O2", "text": both("Hai.", "Two.")}])
    new = a_body(objectives=[{"id": "O2", "text": both("Hai.", "Two.")}, {"id": "O3", "text": both("Ba.", "Three.")}])
    found = [(one.place, one.language, one.sign) for one in compare_lessons(old, new)]
    assert found == [
        (("objectives", "O1", "text"), "vi", Sign.REMOVED),
        (("objectives", "O1", "text"), "en", Sign.REMOVED),
        (("objectives", "O3", "text"), "vi", Sign.ADDED),
        (("objectives", "O3", "text"), "en", Sign.ADDED),
    ]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"flow_apply": {"minutes": 5}}, ("flow", "apply", "minutes")),
        ({"flow_opening": {"steps": both("Làm khác.", "Do opening.")}}, ("flow", "opening", "steps")),
        ({"teacher": both("Chuẩn bị giấy.", "Prepare.")}, ("teacher",)),
        ({"email": {"subject": both("Thư nhà", "Mail"), "body": both("Chào.", "Hello.")}}, ("email", "subject")),
        ({"grades": [6, 7]}, ("grades",)),
        ({"contacts": []}, ("contacts",)),
        ({"media": [{"file": "media/a.svg", "alt": both("Hình", "")}]}, ("media", "media/a.svg")),
        ({"sources": [a_source(both("Dài thì mạnh.", "Longer is stronger."))]}, ("sources",)),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else "",
)
def test_every_part_of_a_lesson_is_compared(changes: dict[str, object], place: tuple[str, ...]) -> None:
    assert [one.place for one in compare_lessons(a_body(), a_body(**changes))] == [place]


def test_a_claim_that_was_vietnamese_alone_gains_its_english_and_nothing_else_is_told() -> None:
    old = a_body(sources=[a_source("Dài thì mạnh.")])
    (found,) = compare_lessons(old, a_body())
    assert (found.place, found.language) == (("sources",), "en")
    assert "Long is strong." in [run.text.strip() for run in found.lines[0].runs if run.sign is Sign.ADDED]
    assert compare_lessons(old, old) == ()


def test_a_source_that_went_is_told_in_both_languages() -> None:
    found = compare_lessons(a_body(), a_body(sources=[]))
    assert [(one.place, one.language, one.sign) for one in found] == [
        (("sources",), "vi", Sign.REMOVED),
        (("sources",), "en", Sign.REMOVED),
    ]


def test_lines_far_from_a_change_are_counted_instead_of_shown() -> None:
    old = "\n".join(f"Dòng {number}." for number in range(1, 10))
    assert shown(folded(compare_texts(old, old.replace("Dòng 5", "Câu 5")))) == [
        "(3)",
        "Dòng 4.",
        "[-Dòng-][+Câu+] 5.",
        "Dòng 6.",
        "(3)",
    ]


def test_a_single_line_is_not_worth_skipping() -> None:
    assert shown(folded(compare_texts("Một.\nHai.\nBa.", "Một.\nHai.\nBốn năm."))) == [
        "Một.",
        "Hai.",
        "[-Ba.-]",
        "[+Bốn năm.+]",
    ]
