"""E-mails, passwords, throttles, links and lifetimes of sessions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.roster.rules.accounts import (
    FORGOTTEN_AFTER,
    PAUSE,
    TRIES,
    DoorKind,
    EmailProblem,
    LinkProblem,
    PasswordProblem,
    Tries,
    after_failure,
    email_problem,
    is_last_seen_due,
    is_session_alive,
    link_problem,
    normal_email,
    password_problem,
    seconds_to_wait,
    tries_left,
)

NOW = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    "typed",
    [
        "thuha@hoamai.example",
        "  ThuHa@HoaMai.Example ",
        "ｔｈｕｈａ@hoamai.example",
        "thu\u200bha@hoamai.example",
        "THUHA@hoamai\uff0eexample",
    ],
    ids=["plain", "case and spaces", "fullwidth", "zero-width", "fullwidth dot"],
)
def test_every_way_of_typing_an_address_has_one_normal_form(typed: str) -> None:
    assert normal_email(typed) == "thuha@hoamai.example"


@pytest.mark.parametrize(
    ("normal", "problem"),
    [
        ("a@b.example", None),
        ("thu.ha+lop8@thcs-hoamai.edu.vn", None),
        ("", EmailProblem.MISSING),
        ("a" * 250 + "@b.vn", EmailProblem.TOO_LONG),
        ("thuha", EmailProblem.MALFORMED),
        ("thuha@hoamai", EmailProblem.MALFORMED),
        ("thu ha@hoamai.vn", EmailProblem.MALFORMED),
        ("thuha@hoamai.vn\r\nbcc: x@y.vn", EmailProblem.MALFORMED),
        ("thu@ha@hoamai.vn", EmailProblem.MALFORMED),
    ],
)
def test_an_address_is_refused_for_what_is_wrong_with_it(normal: str, problem: EmailProblem | None) -> None:
    assert email_problem(normal) is problem


def test_a_megabyte_in_the_address_field_is_cut_before_it_is_looked_at() -> None:
    assert email_problem(normal_email("a" * 1_000_000)) is EmailProblem.TOO_LONG


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("bảy chữ", PasswordProblem.TOO_SHORT),
        ("x1y2z3w4", None),
        ("cau ca chieu nay", None),
        ("k" * 64 + "1a", None),
        ("ab1" * 43, PasswordProblem.TOO_LONG),
        ("12345678", PasswordProblem.COMMON),
        ("Mật khẩu 1", PasswordProblem.COMMON),
        ("matkhau2026", PasswordProblem.COMMON),
        ("PASSWORD", PasswordProblem.COMMON),
        ("aaaaaaaaaa", PasswordProblem.COMMON),
        ("ThuHa2026", PasswordProblem.PERSONAL),
        ("nguyễn thu hà", PasswordProblem.PERSONAL),
    ],
)
def test_a_new_password_is_refused_for_one_reason(password: str, problem: PasswordProblem | None) -> None:
    assert password_problem(password, personal=("Nguyễn Thu Hà", "thuha@hoamai.example")) is problem


def test_the_old_password_again_is_no_change() -> None:
    assert password_problem("cau ca chieu nay", is_same=True) is PasswordProblem.UNCHANGED


def test_the_fifth_wrong_try_closes_the_door_for_five_minutes_and_the_first_four_do_not() -> None:
    tries = Tries()
    for failure in range(1, TRIES):
        tries = after_failure(tries, NOW)
        assert (tries.failures, seconds_to_wait(tries, NOW), tries_left(tries)) == (failure, 0, TRIES - failure)
    tries = after_failure(tries, NOW)
    assert seconds_to_wait(tries, NOW) == 300
    assert tries_left(tries) == 0


def test_the_wait_counts_down_in_whole_seconds_and_ends_on_time() -> None:
    tries = Tries(TRIES, NOW, NOW + PAUSE)
    assert seconds_to_wait(tries, NOW + timedelta(milliseconds=500)) == 300
    assert seconds_to_wait(tries, NOW + PAUSE - SECOND) == 1
    assert seconds_to_wait(tries, NOW + PAUSE) == 0


def test_after_the_pause_there_are_five_tries_again() -> None:
    tries = after_failure(Tries(TRIES, NOW, NOW + PAUSE), NOW + PAUSE)
    assert tries == Tries(1, NOW + PAUSE, None)


def test_wrong_tries_of_half_an_hour_ago_are_forgotten() -> None:
    before = Tries(TRIES - 1, NOW, None)
    assert after_failure(before, NOW + FORGOTTEN_AFTER).failures == 1
    assert after_failure(before, NOW + FORGOTTEN_AFTER - SECOND).failures == TRIES


@given(st.lists(st.integers(min_value=0, max_value=900), max_size=60))
def test_no_way_of_spreading_tries_gives_more_than_five_in_five_minutes(gaps: list[int]) -> None:
    tries, now, counted = Tries(), NOW, []
    for gap in gaps:
        now += gap * SECOND
        if seconds_to_wait(tries, now) == 0:
            tries = after_failure(tries, now)
            counted.append(now)
    for start in counted:
        within = [moment for moment in counted if start <= moment < start + PAUSE]
        assert len(within) <= 2 * TRIES - 1  # a slow four, the pause's end, and the next five


@pytest.mark.parametrize(
    ("state", "problem"),
    [
        ({}, None),
        ({"used_at": NOW}, LinkProblem.USED),
        ({"revoked_at": NOW}, LinkProblem.REPLACED),
        ({"is_bound": False}, LinkProblem.REPLACED),
        ({"expires_at": NOW}, LinkProblem.EXPIRED),
        ({"used_at": NOW, "expires_at": NOW - SECOND, "is_bound": False}, LinkProblem.USED),
    ],
    ids=["fresh", "used", "replaced", "password changed since", "expired", "used wins"],
)
def test_a_link_says_why_it_no_longer_opens(state: dict[str, object], problem: LinkProblem | None) -> None:
    given_state: dict[str, object] = {
        "used_at": None,
        "revoked_at": None,
        "expires_at": NOW + SECOND,
        "is_bound": True,
        "now": NOW,
    }
    assert link_problem(**(given_state | state)) is problem  # type: ignore[arg-type]  # a table of mixed columns


def _is_alive(kind: DoorKind, *, idle: timedelta, held: timedelta | None = None, ended: bool = False) -> bool:
    return is_session_alive(
        kind,
        last_seen_at=NOW - idle,
        expires_at=NOW + SECOND,
        ended_at=NOW if ended else None,
        held_until=None if held is None else NOW + held,
        now=NOW,
    )


def test_a_session_idles_out_except_while_an_open_attempt_holds_it() -> None:
    assert _is_alive(DoorKind.STAFF, idle=timedelta(hours=2) - SECOND)
    assert not _is_alive(DoorKind.STAFF, idle=timedelta(hours=2))
    assert not _is_alive(DoorKind.PUPIL, idle=timedelta(hours=1))
    assert _is_alive(DoorKind.PUPIL, idle=timedelta(hours=3), held=SECOND)
    assert not _is_alive(DoorKind.PUPIL, idle=timedelta(hours=3), held=timedelta())


def test_an_ended_or_too_old_session_is_dead_even_while_held() -> None:
    assert not _is_alive(DoorKind.PUPIL, idle=timedelta(), held=SECOND, ended=True)
    assert not is_session_alive(
        DoorKind.PUPIL, last_seen_at=NOW, expires_at=NOW, ended_at=None, held_until=NOW + SECOND, now=NOW
    )


def test_the_last_seen_minute_is_written_every_five_minutes_at_most() -> None:
    assert not is_last_seen_due(NOW - timedelta(minutes=5) + SECOND, NOW)
    assert is_last_seen_due(NOW - timedelta(minutes=5), NOW)
