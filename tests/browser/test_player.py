"""A pupil's answers in a real browser: what the page says about each of them, with and without a network."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from school_safety.classroom.models import Attempt, Response
from school_safety.kit import assets
from tests.browser.phones import (
    FULL,
    SAVED,
    UNSENT,
    UPLOAD,
    WAITING,
    Phones,
    Store,
    a_class_with_phones,
    copied,
    cut,
    place,
    states,
    unsent,
)
from tests.canaries import found_in

COPIED = "Mất mạng em vẫn làm tiếp được trên máy này."


@pytest.fixture
def phones(app: Flask, store: Store, browser: Browser) -> Iterator[Phones]:
    with a_class_with_phones(app, store, browser) as made:
        yield made


def next_item(page: Page) -> None:
    page.locator(".answer-bar button").last.click()


def test_an_answer_is_called_safe_only_after_the_server_said_so(phones: Phones) -> None:
    page = phones.begin(phones.phone())
    assert states(page) == ["Chưa trả lời"]
    page.route(UPLOAD, cut)
    page.get_by_label("Lựa chọn B").check()
    expect(place(page, WAITING)).to_be_visible()
    assert states(page) == [UNSENT, WAITING] and phones.answers() == {}
    # What lies on the device cannot be read
    row = unsent(page)[0]
    assert row["slot"] == 1 and "choice" not in json.dumps(row)
    page.unroute(UPLOAD)
    expect(place(page, SAVED)).to_be_visible()
    assert phones.answers() == {1: {"choice": "B"}} and unsent(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).response["violations"] == []


def test_a_whole_quiz_without_a_network_is_answered_handed_in_and_done_on_return(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    expect(page.get_by_text(COPIED)).to_be_visible()
    # Given the device's copy, which says nothing of keys, marks or whose it is
    copy = copied(page)
    whole = "".join(copy.values())
    assert sum("/items/" in path for path in copy) == 3
    key = page.locator("#quiz").get_attribute("data-key")
    assert key and not [secret for secret in (key, phones.room.pupils[0].full_name) if secret in whole]
    assert found_in(whole) == set()
    phones.line.cut()
    page.get_by_label("Lựa chọn A").check()
    next_item(page)
    expect(page.get_by_text("Câu 2 trên 3", exact=True)).to_be_visible()
    page.get_by_role("button", name="Xuống").first.click()
    expect(place(page, WAITING)).to_be_visible()
    typed = page.locator(".order-text").all_inner_texts()
    page.reload()
    expect(place(page, UNSENT)).to_be_visible()
    assert page.locator(".order-text").all_inner_texts() == typed
    assert page.get_by_text(phones.room.pupils[0].full_name).is_visible()
    next_item(page)
    page.get_by_label("Lựa chọn A").check()
    next_item(page)
    expect(page.get_by_text("Mới lưu trên máy này, chưa gửi:")).to_be_visible()
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_text("Bài chưa nộp được: máy đang chờ mạng.")).to_be_visible()
    assert phones.answers() == {} and phones.receipts() == []
    assert Axe().run(page).response["violations"] == []
    # When the network is back, everything goes by itself, once
    phones.line.mend()
    expect(page.get_by_role("heading", name="Em đã nộp bài")).to_be_visible(timeout=20_000)
    assert sorted(phones.answers()) == [1, 2, 3] and len(phones.receipts()) == 1
    expect(page.get_by_role("heading", name=phones.receipts()[0])).to_be_visible()
    assert unsent(page) == []
    # And what may be read now is not kept on the device
    page.get_by_role("link", name="Xem kết quả và lời giải").click()
    page.wait_for_load_state("load")
    assert found_in(page.content()) != set()
    copy = copied(page)
    assert not [path for path in copy if path.startswith("attempt:")] and found_in("".join(copy.values())) == set()


def test_what_a_killed_tab_had_not_sent_is_shown_again_and_sent(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    address = page.url.replace("/items/1", "/items/2")
    page.goto(address)
    phones.line.cut()
    page.get_by_role("button", name="Lên").last.click()
    expect(place(page, WAITING)).to_be_visible()
    typed = page.locator(".order-text").all_inner_texts()
    other = phone.new_page()
    page.close(run_before_unload=False)
    phones.line.mend()
    other.goto(address)
    expect(place(other, SAVED)).to_be_visible()
    assert other.locator(".order-text").all_inner_texts() == typed
    assert list(phones.answers()) == [2]


def test_two_tabs_and_another_phone_never_put_an_older_answer_over_a_newer(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    second = phone.new_page()
    second.goto(page.url)
    page.get_by_label("Lựa chọn A").check()
    expect(second.get_by_text("vừa được trả lời ở một trang khác")).to_be_visible()
    expect(second.get_by_label("Lựa chọn A")).to_be_checked()
    second.get_by_label("Lựa chọn B").check()
    expect(page.get_by_label("Lựa chọn B")).to_be_checked()
    expect(place(page, SAVED)).to_be_visible()
    second.close()
    # Given another phone that answers later, while this one cannot send
    page.context.route(UPLOAD, cut)
    page.get_by_label("Lựa chọn C").check()
    expect(place(page, UNSENT)).to_be_visible()
    other = phones.phone().new_page()
    other.goto(page.url)
    expect(other.get_by_label("Lựa chọn B")).to_be_checked()
    for choice in "DAD":
        other.get_by_label(f"Lựa chọn {choice}").check()
        expect(place(other, SAVED)).to_be_visible()
    page.context.unroute(UPLOAD)
    expect(place(page, "Máy khác đã gửi câu này. Tải lại trang để xem")).to_be_visible()
    assert phones.answers() == {1: {"choice": "D"}}
    page.reload()
    expect(page.get_by_label("Lựa chọn D")).to_be_checked()


def test_on_a_shared_phone_the_next_pupil_reads_nothing_and_sends_what_was_left(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    expect(page.get_by_text(COPIED)).to_be_visible()
    phone.route(UPLOAD, cut)
    page.get_by_label("Lựa chọn A").check()
    expect(place(page, WAITING)).to_be_visible()
    page.get_by_role("button", name="Không phải em?").click()
    expect(page.get_by_text("Trên máy này còn 1 câu trả lời chưa gửi.")).to_be_visible()
    page.get_by_role("button", name="Vẫn thoát").click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate("sessionStorage.length") == 0
    assert not [name for name in page.evaluate("caches.keys()") if name.startswith("attempt:")]
    assert len(unsent(page)) == 1 and "choice" not in json.dumps(unsent(page))
    # When another pupil is online on it, the answer arrives where it belongs
    phones.sign_in(phone, phones.room.pupils[1])
    phone.unroute(UPLOAD)
    own = phones.begin(phone)
    expect(place(own, "Chưa trả lời")).to_be_visible()
    assert not own.get_by_label("Lựa chọn A").is_checked()
    phones.until(own, phones.answers)
    with phones.store() as session:
        owners = session.scalars(select(Attempt.person_id).join(Response, Response.attempt_id == Attempt.id)).all()
    assert owners == [phones.room.pupils[0].id]


NO_ROOM = "Object.defineProperty(window, 'indexedDB', { value: undefined });"


def test_a_device_without_room_says_so_keeps_the_page_and_sends_directly(phones: Phones) -> None:
    phone = phones.phone()
    phone.add_init_script(NO_ROOM)
    page = phones.begin(phone)
    page.route(UPLOAD, cut)
    page.get_by_label("Lựa chọn A").check()
    expect(place(page, FULL)).to_be_visible()
    assert states(page) == [FULL]
    next_item(page)
    page.wait_for_timeout(300)
    assert page.url.endswith("/items/1") and page.get_by_label("Lựa chọn A").is_checked()
    page.unroute(UPLOAD)
    phones.until(page, phones.answers)
    assert phones.answers() == {1: {"choice": "A"}}


def test_with_the_network_cut_at_random_each_last_answer_arrives_once_and_a_lost_reply_is_asked_for_again(
    phones: Phones,
) -> None:
    chance = random.Random(4)  # noqa: S311  # the same cuts every time
    phone = phones.phone()
    sent: list[str] = []

    def unreliable(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        fate = chance.choice(("gone", "reply lost", "busy", "through", "through"))
        if "submit" in body:
            fate = "through" if "submit" in sent else "reply lost"
        sent.extend(name for name in ("submit",) if name in body)
        if fate == "gone":
            route.abort()
        elif fate == "busy":
            route.fulfill(status=503, headers={"Retry-After": "1"})
        elif fate == "reply lost":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page = phones.begin(phone)
    phone.route(UPLOAD, unreliable)
    for choice in "ACB":
        page.get_by_label(f"Lựa chọn {choice}").check()
        page.wait_for_timeout(chance.randrange(500))
    next_item(page)
    page.get_by_role("button", name="Giữ thứ tự này").click()
    next_item(page)
    page.get_by_label("Lựa chọn A").check()
    page.get_by_label("Lựa chọn C").check()
    next_item(page)
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("heading", name="Em đã nộp bài")).to_be_visible(timeout=30_000)
    answers = phones.answers()
    assert answers[1] == {"choice": "B"} and answers[3] == {"choices": ["A", "C"]} and sorted(answers) == [1, 2, 3]
    assert len(phones.receipts()) == 1 and unsent(page) == []
    assert sent == ["submit", "submit"], "handing in got no reply, so it is sent again"


def test_an_update_in_the_middle_of_an_attempt_leaves_it_whole(
    phones: Phones, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    expect(page.get_by_text(COPIED)).to_be_visible()
    phones.line.cut()
    page.get_by_label("Lựa chọn A").check()
    # When another version is installed and the server comes back
    static = tmp_path / "static"
    shutil.copytree(assets.STATIC, static)
    shutil.copytree(assets.STATIC.parent / "templates", tmp_path / "templates")
    with (static / "js" / "player" / "words.js").open("a") as words:
        words.write('\ndocument.documentElement.dataset.release = "new";\n')
    monkeypatch.setattr(assets, "STATIC", static)
    phones.line.mend()
    next_item(page)
    expect(page.get_by_text("Câu 2 trên 3", exact=True)).to_be_visible()
    # Then a page and its scripts are of one version, and what the old one kept is sent by the new one
    expect(page.locator("html[data-release=new]")).to_have_count(1)
    phones.until(page, phones.answers)
    assert phones.answers() == {1: {"choice": "A"}}
    # And the device's copy stays the old one, whole, to the end of the attempt
    phones.line.cut()
    page.get_by_role("button", name="Giữ thứ tự này").click()
    next_item(page)
    expect(page.get_by_text("Câu 3 trên 3", exact=True)).to_be_visible()
    expect(page.locator("[data-clock-words]")).not_to_be_empty()
    assert page.locator("html[data-release=new]").count() == 0
    page.get_by_label("Lựa chọn C").check()
    phones.line.mend()
    phones.until(page, lambda: len(phones.answers()) == 3)


def test_the_rescue_page_tells_no_answer_and_its_sealed_file_is_sent_from_another_device(
    phones: Phones, browser: Browser
) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    phone.route(UPLOAD, cut)
    page.get_by_label("Lựa chọn A").check()
    expect(place(page, WAITING)).to_be_visible()
    page.goto(f"{phones.address}/rescue")
    expect(page.get_by_text("1 câu trả lời chưa gửi")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    with page.expect_download() as saved:
        page.get_by_role("button", name="Tải về tệp đã khoá").click()
    path = saved.value.path()
    assert "choice" not in path.read_text()
    # When a teacher brings the file to a computer
    desk = browser.new_context()
    phones.contexts.append(desk)
    other = desk.new_page()
    other.goto(f"{phones.address}/rescue?lang=vi")
    expect(other.get_by_text("Không còn câu trả lời nào chờ gửi trên máy này.")).to_be_visible()
    other.get_by_label("Tệp đã khoá", exact=True).set_input_files(path)
    expect(other.get_by_text("Đã gửi và lưu an toàn 1 câu trả lời từ tệp.")).to_be_visible()
    assert phones.answers() == {1: {"choice": "A"}}
