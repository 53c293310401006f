"""A pupil's answers in a real browser: what the page says about each of them, with and without a network."""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import (
    SAVED,
    UNSENT,
    UPLOAD,
    WAITING,
    Phones,
    Store,
    a_class_with_phones,
    cut,
    place,
    states,
    unsent,
)

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
