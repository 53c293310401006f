"""What becomes of a school's own lesson when the original has moved on."""

from collections.abc import Mapping

import pytest

from school_safety.curriculum.rules import (
    OWN_PARTS,
    Fate,
    LessonBody,
    Side,
    Versions,
    conflicts,
    fates,
    own_words,
    parts_of,
    take_over,
    with_parts,
)
from tests.unit.curriculum.bodies import a_body, both

OURS, THEIRS = both("Của trường", "The school's"), both("Bản gốc mới", "The new original")


def versions(*, today: Mapping[str, object] | None = None, own: Mapping[str, object] | None = None) -> Versions:
    """Three contents from one beginning."""
    return Versions(began=a_body(), today=a_body(**(today or {})), own=a_body(**(own or {})))


@pytest.mark.parametrize(
    ("today", "own", "fate", "vietnamese"),
    [
        ({}, {}, Fate.SAME, "Mật khẩu"),
        ({}, {"title": OURS}, Fate.OWN_CHANGED, "Của trường"),
        ({"title": THEIRS}, {}, Fate.ORIGINAL_CHANGED, "Bản gốc mới"),
        ({"title": OURS}, {"title": OURS}, Fate.BOTH_SAME, "Của trường"),
        ({"title": THEIRS}, {"title": OURS}, Fate.CONFLICT, "Của trường"),
    ],
    ids=lambda value: str(value) if isinstance(value, Fate) else "",
)
def test_each_part_follows_whoever_changed_it(
    today: Mapping[str, object], own: Mapping[str, object], fate: Fate, vietnamese: str
) -> None:
    found = versions(today=today, own=own)
    assert fates(found)["title"] is fate
    assert take_over(found, {}).lesson["title"]["vi"] == vietnamese


def test_a_part_that_both_changed_takes_the_side_that_was_chosen() -> None:
    found = versions(today={"reading": THEIRS, "sms": THEIRS}, own={"reading": OURS, "sms": OURS})
    assert conflicts(found) == ("reading", "sms")
    merged = take_over(found, {"reading": Side.ORIGINAL, "sms": Side.OWN})
    assert (merged.reading, merged.outreach["sms"]) == (THEIRS, OURS)


READING = both("Một.\n\nHai.\n\nBa.", "One.")


@pytest.mark.parametrize(
    ("today", "own", "joined"),
    [
        ("Một!\n\nHai.\n\nBa.", "Một.\n\nHai.\n\nBa của trường.", "Một!\n\nHai.\n\nBa của trường."),
        ("Hai.\n\nBa.", "Một.\n\nHai.\n\nBa.\n\nBốn.", "Hai.\n\nBa.\n\nBốn."),
        ("Một.\n\nHai của tỉnh.\n\nBa.", "Một.\n\nHai của trường.\n\nBa.", None),
        ("Một.\n\nHai.\n\nBa.\n\nBốn.", "Một.\n\nHai.\n\nBa.\n\nNăm.", None),
    ],
    ids=["far apart", "gone and added", "the same line", "added at the same place"],
)
def test_changes_of_one_text_that_do_not_touch_are_joined(today: str, own: str, joined: str | None) -> None:
    found = Versions(
        began=a_body(reading=READING), today=a_body(reading=both(today, "One.")), own=a_body(reading=both(own, "One."))
    )
    assert fates(found)["reading"] is (Fate.JOINED if joined else Fate.CONFLICT)
    assert take_over(found, {}).reading["vi"] == (joined or own)


def test_fields_of_one_activity_changed_by_either_side_are_joined() -> None:
    found = versions(
        today={"flow_opening": {"minutes": 20}}, own={"flow_opening": {"steps": both("Hỏi nhau.", "Ask.")}}
    )
    step = take_over(found, {}).lesson["flow"][0]
    assert (step["minutes"], step["steps"]) == (20, both("Hỏi nhau.", "Ask."))


def test_a_list_of_words_that_both_changed_needs_a_choice() -> None:
    word = {"term": both("mã", "code"), "meaning": both("Số.", "A number.")}
    assert conflicts(versions(today={"vocabulary": []}, own={"vocabulary": [word]})) == ("vocabulary",)


def test_what_a_school_may_not_change_follows_the_original() -> None:
    objectives = [{"id": "O9", "text": both("Mới.", "New.")}]
    merged = take_over(versions(today={"objectives": objectives, "contacts": []}, own={"title": OURS}), {})
    assert (merged.lesson["objectives"], merged.lesson["contacts"]) == (objectives, [])


def test_a_phase_changed_by_the_school_and_one_changed_by_the_original_are_both_kept() -> None:
    own, today = {"flow_opening": {"minutes": 5}}, {"flow_apply": {"minutes": 20}}
    merged = take_over(versions(today=today, own=own), {})
    assert [step["minutes"] for step in merged.lesson["flow"]] == [5, 10, 10, 20]
    assert merged.lesson["minutes"] == 45


def test_the_parts_of_a_lesson_put_back_make_the_same_lesson() -> None:
    body = a_body()
    assert set(parts_of(body)) == set(OWN_PARTS)
    assert with_parts(body, parts_of(body)) == body
    assert isinstance(with_parts(body, {}), LessonBody)


def test_a_school_changes_its_own_parts_only_and_the_minutes_follow_its_flow() -> None:
    typed = a_body(title=OURS, flow_apply={"minutes": 5}, objectives=[], grades=[12], contacts=[], minutes=90)
    body = own_words(a_body(), typed)
    assert (body.lesson["title"], body.lesson["minutes"]) == (OURS, 35)
    for name in ("objectives", "grades", "contacts"):
        assert body.lesson[name] == a_body().lesson[name], name


def test_minutes_that_are_no_number_yet_do_not_count() -> None:
    assert own_words(a_body(), a_body(flow_apply={"minutes": "năm"})).lesson["minutes"] == 30
