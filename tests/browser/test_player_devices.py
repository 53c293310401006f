"""What becomes of answers on devices as they are: shared, full, private, asleep, updated, and given up."""

import json
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from school_safety.classroom.models import Attempt, Response
from school_safety.kit import assets
from tests.browser.phones import (
    COPIED,
    FULL,
    SAVED,
    UPLOAD,
    WAITING,
    Phones,
    copied,
    cut,
    next_item,
    place,
    states,
    unsent,
)

WAITS = "async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)"
"""Whether a newer service worker waits for its turn."""

PRIVATE = """for (const name of ["indexedDB", "sessionStorage", "localStorage", "caches"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("closed", "SecurityError"); } });
}
delete Navigator.prototype.serviceWorker;"""
"""What a private window closes to scripts."""


def test_on_a_shared_phone_the_next_pupil_reads_nothing_and_sends_what_was_left(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    expect(page.get_by_text(COPIED)).to_be_visible()
    name = phones.room.pupils[0].full_name
    phone.route(UPLOAD, cut)
    page.get_by_label("Lựa chọn A").check()
    expect(place(page, WAITING)).to_be_visible()
    # When the pupil leaves without a network, nothing readable stays, neither on the page nor behind it
    phones.line.cut()
    page.get_by_role("button", name="Không phải em?").click()
    expect(page.get_by_text("Trên máy này còn 1 câu trả lời chưa gửi.")).to_be_visible()
    page.get_by_role("button", name="Vẫn thoát").click()
    expect(page.get_by_text("có mạng lại, máy tự thoát hẳn")).to_be_visible()
    assert page.get_by_text(name).count() == 0 and page.get_by_label("Lựa chọn A").count() == 0
    assert page.evaluate("sessionStorage.length") == 0
    assert not [kept for kept in page.evaluate("caches.keys()") if kept.startswith("attempt:")]
    assert len(unsent(page)) == 1 and "choice" not in json.dumps(unsent(page))
    page.goto(page.url)
    expect(page.get_by_text("1 câu trả lời chưa gửi")).to_be_visible()
    # Then the first page with a network ends the session, whoever opens it
    phones.line.mend()
    page.goto(f"{phones.address}/learn")
    page.wait_for_url("**/sign-in")
    assert phone.request.get(f"{phones.address}/learn").url.endswith("/sign-in")
    # When another pupil is online on it, the answer arrives where it belongs
    phones.sign_in(phone, phones.room.pupils[1])
    page.goto(f"{phones.address}/learn")
    expect(page.get_by_text("Còn 1 câu trả lời mới lưu trên máy này, chưa gửi.")).to_be_visible()
    own = phones.begin(phone)
    expect(place(own, "Chưa trả lời")).to_be_visible()
    assert not own.get_by_label("Lựa chọn A").is_checked() and own.get_by_text(name).count() == 0
    phone.unroute(UPLOAD)
    phones.until(own, phones.answers)
    with phones.store() as session:
        owners = session.scalars(select(Attempt.person_id).join(Response, Response.attempt_id == Attempt.id)).all()
    assert owners == [phones.room.pupils[0].id]


def test_a_full_device_says_so_keeps_the_page_and_sends_directly(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    phone.route(UPLOAD, cut)
    devtools = phone.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": phones.address, "quotaSize": 1})
    page.get_by_label("Lựa chọn A").check()
    expect(place(page, FULL)).to_be_visible()
    assert states(page) == [FULL] and unsent(page) == []
    next_item(page)
    page.wait_for_timeout(300)
    assert page.url.endswith("/items/1") and page.get_by_label("Lựa chọn A").is_checked()
    page.reload()
    expect(place(page, FULL)).to_be_visible()
    assert page.get_by_label("Lựa chọn A").is_checked()
    phone.unroute(UPLOAD)
    expect(place(page, SAVED)).to_be_visible()
    assert phones.answers() == {1: {"choice": "A"}}


def test_a_private_window_that_keeps_nothing_works_by_plain_posts_and_says_what_is_not_sent(phones: Phones) -> None:
    phone = phones.phone()
    phone.add_init_script(PRIVATE)
    page = phones.begin(phone)
    page.get_by_label("Lựa chọn A").check()
    expect(place(page, "Chưa gửi. Bấm nút ở cuối trang để gửi")).to_be_visible()
    for answered in (1, 2):
        next_item(page)
        expect(page.get_by_text(f"Câu {answered + 1} trên 3", exact=True)).to_be_visible()
    assert phones.answers()[1] == {"choice": "A"}
    next_item(page)
    page.get_by_role("button", name="Nộp bài").dblclick()
    expect(page.get_by_role("heading", name="Em đã nộp bài")).to_be_visible()
    assert len(phones.receipts()) == 1


def test_what_waits_is_sent_by_the_browser_itself_when_no_page_is_open(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    expect(page.get_by_text(COPIED)).to_be_visible()
    phones.line.cut()
    page.get_by_label("Lựa chọn A").check()
    expect(place(page, WAITING)).to_be_visible()
    empty = phone.new_page()
    devtools = phone.new_cdp_session(empty)
    known: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: known.extend(
            one["registrationId"] for one in said["registrations"] if one["scopeURL"].startswith(phones.address)
        ),
    )
    devtools.send("ServiceWorker.enable")
    page.close()
    phones.line.mend()
    phones.until(empty, lambda: known)
    woken = {"origin": phones.address, "registrationId": known[0], "tag": "answers", "lastChance": False}
    devtools.send("ServiceWorker.dispatchSyncEvent", woken)
    phones.until(empty, phones.answers)
    assert phones.answers() == {1: {"choice": "A"}}


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
    fresh = f'data-version="{assets.pages_version()}"'
    # Then a page and its scripts are of one version, and what the old one kept is sent by the new one
    expect(page.locator("html[data-release=new]")).to_have_count(1)
    phones.until(page, phones.answers)
    assert phones.answers() == {1: {"choice": "A"}}
    # And the new worker waits, and so do the device's copies: whole and old to the end of the attempt
    phones.until(page, lambda: page.evaluate(WAITS))
    phones.line.cut()
    page.get_by_role("button", name="Giữ thứ tự này").click()
    next_item(page)
    expect(page.get_by_text("Câu 3 trên 3", exact=True)).to_be_visible()
    expect(page.locator("[data-clock-words]")).not_to_be_empty()
    assert page.locator("html[data-release=new]").count() == 0
    page.get_by_label("Lựa chọn C").check()
    phones.line.mend()
    phones.until(page, lambda: len(phones.answers()) == 3)
    assert page.evaluate(WAITS)
    # When the attempt is handed in, everything is of the new version, the page for no network too
    next_item(page)
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("heading", name="Em đã nộp bài")).to_be_visible()
    phones.until(page, lambda: not page.evaluate(WAITS))
    phones.until(page, lambda: all("data-version" not in text or fresh in text for text in copied(page).values()))
    phones.line.cut()
    page.goto(f"{phones.address}/rescue")
    expect(page.locator("html[data-release=new]")).to_have_count(1)


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
