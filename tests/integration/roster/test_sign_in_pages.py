"""The doors over HTTP: who comes in, who is told what, and what survives a refusal."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from school_safety.access.policy import Role
from school_safety.kit import clock, secrets
from school_safety.roster.models import Account, Card, Enrolment, Person, SignInSession
from tests.client import RAW_TOKEN, Client
from tests.factories.classes import a_class_group, an_enrolment
from tests.factories.people import PASSWORD, PIN, Printed, a_card, a_member, an_account
from tests.factories.registry import a_year

Store = Callable[[], AbstractContextManager[Session]]

NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
CODE = "HM8A2K"
WRONG = "111222"


@pytest.fixture(autouse=True)
def _on_a_school_day() -> object:
    with clock.at(NOW):
        yield


@pytest.fixture
def pupil(store: Store) -> Printed:
    """Number 7 of the class HM8A2K, with a card; number 8 has one as well."""
    with store() as session:
        group = a_class_group(session, name="8A2", code=CODE)
        an_enrolment(session, class_group=group, number=6)
        a_card(session, enrolment=an_enrolment(session, class_group=group, number=8), pin="775533")
        return a_card(session, enrolment=an_enrolment(session, class_group=group, number=7, name="Trần Minh Khôi"))


def knock(client: Client, *, code: str = CODE, number: str = "7", pin: str = PIN) -> TestResponse:
    """Try the pupils' door."""
    return client.post(
        "/sign-in", {"door": "pupil", "class_code": code, "list_number": number, "pin": pin, "shared": "y"}
    )


def knock_as_staff(client: Client, email: str, password: str) -> TestResponse:
    """Try the staff's door."""
    return client.post("/sign-in", {"door": "staff", "email": email, "password": password})


def renew_token(client: Client) -> None:
    """Signing in gave the browser a new session with a new CSRF token; let the client know it."""
    with client.browser.session_transaction() as cookie:
        cookie["csrf_token"] = RAW_TOKEN


def is_inside(client: Client) -> bool:
    """Whether this browser is somebody."""
    return client.browser.get("/account/password").status_code not in (303, 401)


# ---- Pupils by class code, number and PIN ----


def test_the_front_page_has_both_doors_in_both_languages(client: Client) -> None:
    page = client.get("/sign-in").get_data(as_text=True)
    assert "Học sinh vào học" in page and "Thầy cô và cán bộ" in page
    assert client.get("/sign-in?lang=en").status_code == 200


@pytest.mark.parametrize("code", ["HM8A2K", "hm8 a2k", "hm-8a-2k"])
def test_a_pupil_comes_in_with_what_the_card_says(client: Client, pupil: Printed, code: str) -> None:
    answer = knock(client, code=code, number="07", pin="402 918")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/learn"
    assert client.get("/sign-in").get_data(as_text=True).count("Trần Minh Khôi") == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("code", "HM8A2", "Mã lớp có 6 chữ và số"),
        ("number", "0", "Số thứ tự là số từ 1 đến 99"),
        ("pin", "12345", "PIN có đúng 6 chữ số"),
        ("code", "", "Hãy điền mục này"),
        ("code", "A" * 50_000, "Mã lớp"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field_and_is_no_try(
    client: Client, pupil: Printed, field: str, value: str, words: str
) -> None:
    for _ in range(6):
        answer = knock(client, **{field: value})
        assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert knock(client).status_code == 303


def test_six_wrong_pins_are_a_429_that_says_when_to_try_again(client: Client, pupil: Printed) -> None:
    left = []
    for _ in range(5):
        answer = knock(client, pin=WRONG)
        assert answer.status_code == 422
        left.append(answer.get_data(as_text=True))
    assert "Còn 4 lần thử" in left[0] and "Còn 1 lần thử" in left[3] and "08:05" in left[4]

    sixth = knock(client, pin=WRONG)

    assert sixth.status_code == 429
    assert sixth.headers["Retry-After"] == "300"
    assert "08:05" in sixth.get_data(as_text=True)
    assert knock(client).status_code == 429, "the right PIN does not open a closed door"


def test_a_closed_door_closes_nobody_elses_and_opens_by_itself(
    client: Client, new_client: Callable[[], Client], pupil: Printed
) -> None:
    for _ in range(5):
        knock(client, pin=WRONG)

    assert knock(new_client(), number="8", pin="775533").status_code == 303
    assert knock(new_client(), pin=PIN).status_code == 429, "another address does not open it either"
    with clock.at(NOW + timedelta(minutes=5)):
        assert knock(client).status_code == 303


def test_a_door_behind_which_nobody_lives_looks_and_counts_like_any_other(client: Client, pupil: Printed) -> None:
    nobody = [knock(client, code="ZZZZZZ", pin=WRONG) for _ in range(6)]
    no_card = [knock(client, number="6", pin=WRONG) for _ in range(6)]
    somebody = [knock(client, pin=WRONG) for _ in range(6)]

    expected = [422] * 5 + [429]
    assert [a.status_code for a in nobody] == [a.status_code for a in no_card] == [a.status_code for a in somebody]
    assert [a.status_code for a in nobody] == expected
    texts = [
        [a.get_data(as_text=True).replace(code, "").replace(f'value="{number}"', "") for a in answers]
        for answers, code, number in ((nobody, "ZZZZZZ", "7"), (somebody, CODE, "7"))
    ]
    assert [_without_nonce(one) for one in texts[0]] == [_without_nonce(one) for one in texts[1]]


def _without_nonce(page: str) -> list[str]:
    return [line for line in page.splitlines() if "nonce" not in line and "csrf_token" not in line]


def test_the_right_pin_forgets_the_wrong_ones(client: Client, new_client: Callable[[], Client], pupil: Printed) -> None:
    for _ in range(4):
        knock(client, pin=WRONG)
    assert knock(client).status_code == 303
    assert "Còn 4 lần thử" in knock(new_client(), pin=WRONG).get_data(as_text=True)


# ---- Pupils by card ----


def test_a_card_opens_the_door_without_a_slow_hash(
    client: Client, pupil: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "_hasher", None)
    assert client.get("/k").status_code == 200
    answer = client.post("/k", {"token": pupil.token})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/learn")


@pytest.mark.parametrize("token", ["", "unknown", "x" * 100_000])
def test_an_unknown_card_is_answered_kindly(client: Client, pupil: Printed, token: str) -> None:
    answer = client.post("/k", {"token": token})
    assert answer.status_code == 422
    assert "Chưa mở được thẻ này" in answer.get_data(as_text=True)


def test_a_replaced_card_says_that_there_is_a_newer_one(client: Client, store: Store, pupil: Printed) -> None:
    with store() as session:
        session.get_one(Card, pupil.card.id).revoked_at = NOW
    answer = client.post("/k", {"token": pupil.token})
    assert answer.status_code == 422
    assert "thay bằng thẻ mới" in answer.get_data(as_text=True)
    assert knock(client).status_code == 422


def test_a_pupil_who_left_does_not_come_in_and_is_out_at_once(client: Client, store: Store, pupil: Printed) -> None:
    client.post("/k", {"token": pupil.token})
    renew_token(client)
    assert is_inside(client)
    with store() as session:
        enrolment = session.get_one(Enrolment, pupil.card.enrolment_id)
        enrolment.ends_on, enrolment.left_reason = date(2026, 11, 26), "left_school"

    assert not is_inside(client)
    assert "lớp cũ" in client.post("/k", {"token": pupil.token}).get_data(as_text=True)


def test_the_card_of_last_year_says_so(client: Client, store: Store) -> None:
    with store() as session:
        group = a_class_group(session, year=a_year(session))
        card = a_card(session, enrolment=an_enrolment(session, class_group=group))
    with clock.at(datetime(2027, 9, 10, tzinfo=UTC)):
        assert "năm học đã qua" in client.post("/k", {"token": card.token}).get_data(as_text=True)


# ---- Staff ----


@pytest.fixture
def teacher(store: Store) -> Person:
    with store() as session:
        a_member(session, Role.TEACHER, name="Lê Văn An", email="an@truong.example")
        return a_member(session, Role.TEACHER, email="ha@truong.example")


def test_staff_come_in_however_they_type_their_address(client: Client, teacher: Person) -> None:
    answer = knock_as_staff(client, "  HA@Truong.example ", PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_staff_are_stopped_after_five_wrong_tries_each_for_themselves(
    client: Client, new_client: Callable[[], Client], teacher: Person
) -> None:
    for _ in range(5):
        assert knock_as_staff(client, "ha@truong.example", "wrong wrong").status_code == 422

    sixth = knock_as_staff(client, "HA@truong.example", PASSWORD)
    assert sixth.status_code == 429
    assert sixth.headers["Retry-After"] == "300"
    assert knock_as_staff(new_client(), "an@truong.example", PASSWORD).status_code == 303


@pytest.mark.parametrize("email", ["nobody@truong.example", "chua-vao@truong.example"])
def test_an_unknown_or_waiting_account_answers_like_a_wrong_password(
    client: Client, store: Store, teacher: Person, email: str
) -> None:
    with store() as session:
        an_account(session, email="chua-vao@truong.example", password=None)
    unknown = knock_as_staff(client, email, "wrong wrong")
    known = knock_as_staff(client, "ha@truong.example", "wrong wrong")
    assert unknown.status_code == known.status_code == 422
    shown = _without_nonce(unknown.get_data(as_text=True).replace(email, ""))
    assert shown == _without_nonce(known.get_data(as_text=True).replace("ha@truong.example", ""))


def test_every_try_costs_one_slow_hash_whether_or_not_there_is_an_account(
    client: Client, teacher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    hasher = secrets._hasher

    class Counting:
        def verify(self, stored: str, given: str) -> bool:
            verified.append(stored)
            return hasher.verify(stored, given)

        check_needs_rehash = hasher.check_needs_rehash

    monkeypatch.setattr(secrets, "_hasher", Counting())
    for email in ("nobody@truong.example", "ha@truong.example", "not an address"):
        knock_as_staff(client, email, "wrong wrong")
    knock(client, code="ZZZZZZ")
    assert len(verified) == 4


def test_a_disabled_account_is_told_so_only_with_the_right_password(
    client: Client, store: Store, teacher: Person
) -> None:
    with store() as session:
        session.query(Account).filter_by(person_id=teacher.id).one().disabled_at = NOW
    assert "Chưa vào được" in knock_as_staff(client, "ha@truong.example", "wrong wrong").get_data(as_text=True)
    answer = knock_as_staff(client, "ha@truong.example", PASSWORD)
    assert answer.status_code == 422
    assert "đang bị khoá" in answer.get_data(as_text=True)


def test_a_megabyte_in_a_field_never_reaches_the_slow_hash(client: Client, teacher: Person) -> None:
    assert knock_as_staff(client, "x" * 1_000_000, "y" * 100_000).status_code in (413, 422)
    assert knock_as_staff(client, "ha@truong.example", "y" * 500_000).status_code in (413, 422)


def test_an_older_hash_is_renewed_at_sign_in(client: Client, store: Store, teacher: Person) -> None:
    weaker = type(secrets._hasher)(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with store() as session:
        session.query(Account).filter_by(person_id=teacher.id).one().password_hash = weaker
    assert knock_as_staff(client, "ha@truong.example", PASSWORD).status_code == 303
    with store() as session:
        stored = session.query(Account).filter_by(person_id=teacher.id).one().password_hash
        assert stored is not None and not secrets.needs_rehash(stored)


# ---- Sessions ----


def test_signing_in_gives_a_new_session_and_ends_the_one_before(client: Client, store: Store, pupil: Printed) -> None:
    client.post("/k", {"token": pupil.token})
    with client.browser.session_transaction() as cookie:
        first = cookie["_user_id"]
    renew_token(client)
    client.post("/k", {"token": pupil.token})
    with client.browser.session_transaction() as cookie:
        second = cookie["_user_id"]

    assert first != second
    with store() as session:
        rows = {row.token_hash: row.ended_at for row in session.query(SignInSession)}
    assert rows[secrets.digest(first)] is not None
    assert rows[secrets.digest(second)] is None


def test_signing_out_ends_the_session_on_the_server_and_a_replayed_cookie_opens_nothing(
    client: Client, new_client: Callable[[], Client], teacher: Person
) -> None:
    client.sign_in(teacher)
    with client.browser.session_transaction() as cookie:
        token = cookie["_user_id"]
    answer = client.post("/sign-out")

    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    thief = new_client()
    with thief.browser.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert not is_inside(thief)


def test_signing_out_needs_a_post_with_its_token(client: Client, teacher: Person) -> None:
    client.sign_in(teacher)
    assert client.get("/sign-out").status_code == 405
    assert client.browser.post("/sign-out").status_code == 400
    assert is_inside(client)


def test_signing_in_needs_its_token(client: Client, pupil: Printed) -> None:
    assert client.browser.post("/k", data={"token": pupil.token}).status_code == 400
    assert client.browser.post("/sign-in", data={"door": "pupil"}).status_code == 400


def test_a_session_idles_out_but_use_keeps_it_alive_until_its_last_hour(client: Client, teacher: Person) -> None:
    client.sign_in(teacher)
    for minutes in range(90, 12 * 60, 90):
        with clock.at(NOW + timedelta(minutes=minutes)):
            assert is_inside(client), f"after {minutes} minutes of use"
    with clock.at(NOW + timedelta(hours=12)):
        assert not is_inside(client)


def test_an_unused_session_is_gone_after_two_hours(client: Client, teacher: Person) -> None:
    client.sign_in(teacher)
    with clock.at(NOW + timedelta(hours=2)):
        assert not is_inside(client)


def test_a_write_keeps_a_session_alive_like_a_read(client: Client, teacher: Person) -> None:
    client.sign_in(teacher)
    with clock.at(NOW + timedelta(minutes=90)):
        assert client.post("/account/language", {"language": "vi"}).status_code == 303
    with clock.at(NOW + timedelta(minutes=180)):
        assert is_inside(client)


def test_disabling_an_account_ends_its_sessions_at_the_next_request(
    client: Client, store: Store, teacher: Person
) -> None:
    client.sign_in(teacher)
    assert is_inside(client)
    with store() as session:
        session.query(Account).filter_by(person_id=teacher.id).one().disabled_at = NOW
    assert not is_inside(client)


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "%09//evil.example"])
def test_no_address_from_outside_decides_where_a_sign_in_leads(client: Client, teacher: Person, target: str) -> None:
    for name in ("next", "url", "return_to"):
        answer = client.post(
            f"/sign-in?{name}={target}",
            {"door": "staff", "email": "ha@truong.example", "password": PASSWORD, name: target},
            headers={"Referer": target},
        )
        assert answer.headers["Location"] == "/"
        renew_token(client)


def test_a_forced_password_change_comes_before_everything_else(client: Client, store: Store, teacher: Person) -> None:
    with store() as session:
        session.query(Account).filter_by(person_id=teacher.id).one().must_change = True
    client.sign_in(teacher)

    assert client.get("/account").headers["Location"] == "/account/password"
    answer = client.post(
        "/account/password", {"current": PASSWORD, "password": "mua rao mua ha", "repeated": "mua rao mua ha"}
    )
    assert answer.status_code == 303
    assert client.get("/account").status_code == 200
