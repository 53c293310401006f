"""Due dates of requests, the notice in force, and retention as data."""

from datetime import date, timedelta

import pytest

from school_safety.privacy.rules import (
    NOTICES,
    RETENTION,
    Kept,
    RequestState,
    Until,
    answer_due,
    complete_due,
    is_overdue,
    notice_in_force,
)

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (MONDAY, date(2026, 11, 25)),
        (date(2026, 11, 26), date(2026, 11, 30)),
        (date(2026, 11, 27), date(2026, 12, 1)),
        (date(2026, 11, 28), date(2026, 12, 1)),
        (date(2026, 11, 29), date(2026, 12, 1)),
    ],
    ids=["Monday", "Thursday", "Friday", "Saturday", "Sunday"],
)
def test_an_answer_is_due_within_two_working_days(received: date, due: date) -> None:
    assert answer_due(received) == due


def test_a_request_is_carried_out_in_fifteen_days_or_thirty_when_extended() -> None:
    assert complete_due(MONDAY, is_extended=False) == date(2026, 12, 8)
    assert complete_due(MONDAY, is_extended=True) == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("state", "extended", "today", "overdue"),
    [
        (RequestState.RECEIVED, False, date(2026, 11, 25), False),
        (RequestState.RECEIVED, False, date(2026, 11, 26), True),
        (RequestState.ANSWERED, False, date(2026, 12, 8), False),
        (RequestState.ANSWERED, False, date(2026, 12, 9), True),
        (RequestState.ANSWERED, True, date(2026, 12, 9), False),
        (RequestState.ANSWERED, True, date(2026, 12, 24), True),
        (RequestState.DONE, False, date(2027, 12, 9), False),
        (RequestState.DECLINED, False, date(2027, 12, 9), False),
    ],
)
def test_an_open_request_is_overdue_the_day_after_its_due_date(
    state: RequestState, extended: bool, today: date, overdue: bool
) -> None:
    assert is_overdue(state, MONDAY, is_extended=extended, today=today) is overdue


def test_there_is_a_notice_on_every_day() -> None:
    assert notice_in_force(date(2020, 1, 1)) == NOTICES[0]
    assert notice_in_force(NOTICES[-1].valid_from) == NOTICES[-1]
    assert [one.number for one in NOTICES] == list(range(1, len(NOTICES) + 1))


def test_everything_kept_has_one_term_and_only_the_audit_log_has_none() -> None:
    assert sorted(rule.kept for rule in RETENTION) == sorted(Kept)
    assert [rule.kept for rule in RETENTION if rule.term is None] == [Kept.AUDIT]
    assert all((rule.term is None) == (rule.after is Until.ALWAYS) for rule in RETENTION)
    assert all(rule.term is None or rule.term >= timedelta(0) for rule in RETENTION)
