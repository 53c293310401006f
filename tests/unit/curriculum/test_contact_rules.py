"""Contacts as values: what may be typed, who stands for whom, and numbers in texts that are no longer right."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from school_safety.curriculum.rules import (
    FRESH_DAYS,
    ContactCard,
    cards_of,
    follow,
    goes_round,
    is_link,
    is_number,
    is_stale,
    plain_number,
    renumbered,
)

TODAY = date(2026, 11, 22)
WORDS = {"vi": "Tổng đài", "en": "Helpline"}
HELPLINE = ContactCard("helpline", "111", "https://tongdai111.vn", WORDS, WORDS, WORDS, True, True, TODAY)
POLICE = replace(HELPLINE, id="police", number="113", link="")


@pytest.mark.parametrize("number", ["111", "18008108", "+842838123456", "123456789012345"])
def test_a_number_that_can_be_dialled_is_taken(number: str) -> None:
    assert is_number(number)


@pytest.mark.parametrize("number", ["11", "1234567890123456", "111a", "++84", "", "một một một", "111;113"])
def test_what_nobody_can_dial_is_no_number(number: str) -> None:
    assert not is_number(number)


def test_digits_typed_in_groups_are_one_number() -> None:
    assert plain_number(" 1800 8108 ") == plain_number("1800.8108") == plain_number("(1800)-8108") == "18008108"


@pytest.mark.parametrize(
    ("link", "taken"),
    [
        ("https://tongdai111.vn", True),
        ("https://tongdai111.vn/tim?x=1", True),
        ("http://tongdai111.vn", False),
        ("javascript:alert(1)", False),
        ("https://an:mat@tongdai111.vn", False),
        ("https://tong dai.vn", False),
        ("https://localhost", False),
        ("https://[::1", False),
        (f"https://a.vn/{'a' * 200}", False),
    ],
)
def test_a_link_is_an_https_address_of_a_public_host(link: str, taken: bool) -> None:
    assert is_link(link) is taken


def test_after_180_days_somebody_has_to_look_again() -> None:
    assert not is_stale(TODAY - timedelta(days=FRESH_DAYS), TODAY)
    assert is_stale(TODAY - timedelta(days=FRESH_DAYS + 1), TODAY)


def test_nobody_takes_their_own_place_not_even_by_a_detour() -> None:
    assert goes_round("a", "a", {})
    assert goes_round("a", "b", {"b": "c", "c": "a"})
    assert not goes_round("a", "b", {"b": "c", "c": ""})
    assert not goes_round("a", "", {"b": "a"})


def test_who_was_replaced_twice_is_found_under_the_first_id_with_all_numbers_that_texts_may_say() -> None:
    first = replace(HELPLINE, id="first", number="1900", link="", replaced_by="second", former=("1800",))
    second = replace(HELPLINE, id="second", number="18001567", link="", replaced_by="helpline")
    now = follow({card.id: card for card in (first, second, HELPLINE)})
    assert [now[code].id for code in ("first", "second", "helpline")] == ["helpline"] * 3
    assert now["first"].former == ("1800", "18001567", "1900")
    assert now["second"].former == ("18001567",)
    assert now["helpline"].former == ()


def test_a_ring_or_a_stranger_in_the_way_ends_the_walk() -> None:
    ring = {"a": replace(HELPLINE, id="a", replaced_by="b"), "b": replace(HELPLINE, id="b", replaced_by="a")}
    assert follow(ring)["a"].id == "b"
    lost = {"a": replace(HELPLINE, id="a", replaced_by="nobody")}
    assert follow(lost)["a"].id == "a"


def test_pupils_see_each_confirmed_contact_meant_for_them_once() -> None:
    old = replace(HELPLINE, id="old", replaced_by="helpline")
    doubtful = replace(POLICE, id="doubtful", confirmed=False)
    staff = replace(POLICE, id="staff", for_pupils=False)
    cards = follow({card.id: card for card in (old, HELPLINE, doubtful, staff)})
    codes = ["old", "helpline", "doubtful", "staff", "nobody"]
    assert [card.id for card in cards_of(codes, cards, for_pupils=True)] == ["helpline"]
    assert [card.id for card in cards_of(codes, cards, for_pupils=False)] == ["helpline", "doubtful", "staff"]


MOVED = replace(HELPLINE, number="18001567", link="https://treem.vn", former=("111", "https://tongdai111.vn"))


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("Gọi 111, miễn phí.", "Gọi 18001567, miễn phí."),
        ("Hỏi? Gọi 111.", "Hỏi? Gọi 18001567."),
        ("bà con gọi số một một một, miễn phí", "bà con gọi số một tám không không một năm sáu bảy, miễn phí"),
        ("Một một một là số của trẻ em.", "Một tám không không một năm sáu bảy là số của trẻ em."),
        ("please call one one one.", "please call one eight zero zero one five six seven."),
        ("Xem tongdai111.vn hoặc gọi 111", "Xem treem.vn hoặc gọi 18001567"),
        ("Có 1.111 trường, 111,5 điểm, 0111 và 1112.", "Có 1.111 trường, 111,5 điểm, 0111 và 1112."),
        ("Khoảng 111.000 lượt", "Khoảng 111.000 lượt"),
        ("Gọi 113.", "Gọi 113."),
    ],
)
def test_a_text_says_the_number_of_today(text: str, now: str) -> None:
    assert renumbered(text, [MOVED, POLICE]) == now


def test_a_long_number_is_found_however_it_is_grouped() -> None:
    card = replace(HELPLINE, number="111", link="", former=("18008108",))
    assert renumbered("1800 8108, 1800.8108, 18008108", [card]) == "111, 111, 111"


def test_every_text_of_a_structure_is_set_right_and_nothing_else_is_touched() -> None:
    content = {"vi": "Gọi 111", "points": 111, "steps": ["Kể", ("gọi 111",)], "none": None}
    assert renumbered(content, [MOVED]) == {
        "vi": "Gọi 18001567",
        "points": 111,
        "steps": ["Kể", ("gọi 18001567",)],
        "none": None,
    }
    assert content["vi"] == "Gọi 111"


def test_two_contacts_that_change_at_once_do_not_run_after_each_other() -> None:
    helpline = replace(HELPLINE, number="113", link="", former=("111",))
    police = replace(POLICE, number="114", former=("113",))
    assert renumbered("Gọi 111 hoặc 113", [helpline, police]) == "Gọi 113 hoặc 113"


def test_without_a_change_or_a_confirmed_number_a_text_is_the_very_same() -> None:
    text = {"vi": "Gọi 111"}
    nowhere = replace(MOVED, number="", link="")
    doubtful = replace(MOVED, confirmed=False)
    for cards in ([], [HELPLINE, POLICE], [nowhere], [doubtful]):
        assert renumbered(text, cards) is text


def test_a_contact_that_is_only_a_page_now_is_named_by_its_address() -> None:
    page = replace(HELPLINE, number="", former=("111", "https://cu.vn"))
    assert renumbered("Gọi 111, một một một, cu.vn", [page]) == "Gọi tongdai111.vn, một một một, tongdai111.vn"
