"""A pupil's answers in a real browser: what the page says about each of them, with and without a network."""

import json
import random

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect
from sqlalchemy import select

from school_safety.classroom.models import Attempt
from school_safety.kit import clock
from tests.browser.phones import (
    COPIED,
    SAVED,
    SENDING,
    UNSENT,
    UPLOAD,
    WAITING,
    Phones,
    copied,
    cut,
    next_item,
    place,
    remembered,
    states,
    unsent,
)
from tests.canaries import found_in

A_DAY = 24 * 3600
NEVER_ITS_TURN = """const later = setTimeout;
window.setTimeout = (work, pause, ...rest) => (pause === 250 ? 0 : later(work, pause, ...rest));"""
"""The pause after a choice does not end."""


def test_an_answer_is_called_safe_only_after_the_server_said_so(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    assert states(page) == ["Chưa trả lời"]
    held: list[Route] = []
    phone.route(UPLOAD, lambda route: route.abort() if held else held.append(route))
    page.get_by_label("Lựa chọn B").check()
    phones.until(page, lambda: held)
    # Before anything has reached the server it lies on the device, where nobody can read it
    assert states(page) == [UNSENT, SENDING] and phones.answers() == {}
    row = unsent(page)[0]
    assert row["slot"] == 1 and "choice" not in json.dumps(row) + remembered(page)
    assert row["until"] / 1000 > clock.now().timestamp() + A_DAY, "kept by the window, not by the pupil's own half hour"
    held[0].abort()
    expect(place(page, WAITING)).to_be_visible()
    assert states(page) == [UNSENT, WAITING] and page.get_by_label("Lựa chọn B").is_checked()
    phone.unroute(UPLOAD)
    expect(place(page, SAVED)).to_be_visible()
    assert phones.answers() == {1: {"choice": "B"}} and unsent(page) == [] and "choice" not in remembered(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).response["violations"] == []


def test_a_whole_quiz_without_a_network_is_answered_handed_in_and_done_on_return(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    stands = page.locator(".item-stem").bounding_box()
    expect(page.get_by_text(COPIED)).to_be_visible()
    assert page.locator(".item-stem").bounding_box() == stands, "nothing moves under a finger"
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


def test_the_copy_comes_in_time_even_to_a_pupil_who_never_stays_on_a_page(phones: Phones) -> None:
    phone = phones.phone()
    phone.add_init_script("Math.random = () => 0.3")  # the copy is due three seconds after the first page
    page = phones.begin(phone)
    for number in (2, 1, 2, 1, 2, 1, 2):
        page.wait_for_timeout(600)
        page.locator(".answer-bar button").nth(0 if number == 1 else -1).click()
        page.wait_for_url(f"**/items/{number}")
    assert any("/items/" in path for path in copied(page))


def test_a_page_that_the_device_lacks_opens_by_itself_once_there_is_a_network(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    expect(page.get_by_text(COPIED)).to_be_visible()
    phones.until(page, lambda: any(path.endswith("/rescue") for path in copied(page)))
    phones.line.cut()
    page.goto(f"{phones.address}/learn/results")
    expect(page.get_by_text("Trang em cần sẽ tự mở khi có mạng.")).to_be_visible()
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_text("Trang em cần sẽ tự mở khi có mạng.")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    phones.line.mend()
    expect(page.get_by_role("heading", name="Câu trả lời còn trên máy này")).to_have_count(0)
    assert page.url.endswith("/learn/results")


def test_what_a_killed_tab_had_not_sent_is_shown_again_and_sent(phones: Phones) -> None:
    phone = phones.phone()
    page = phones.begin(phone)
    address = page.url.replace("/items/1", "/items/2")
    page.goto(address)
    expect(page.get_by_text(COPIED)).to_be_visible()
    phones.line.cut()
    page.get_by_role("button", name="Lên").last.click()
    expect(place(page, WAITING)).to_be_visible()
    typed = page.locator(".order-text").all_inner_texts()
    other = phone.new_page()
    page.close(run_before_unload=False)
    # Given no network yet: the item is locked, and says so; nothing can be typed that would not be kept
    other.goto(address)
    expect(other.get_by_text("Câu này đang khoá vì mất mạng.")).to_be_visible()
    assert other.locator("#quiz").get_attribute("inert") is not None
    phones.line.mend()
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
    for choice in "AD":
        other.get_by_label(f"Lựa chọn {choice}").check()
        expect(place(other, SAVED)).to_be_visible()
    page.context.unroute(UPLOAD)
    expect(place(page, "Máy khác đã gửi câu này. Tải lại trang để xem")).to_be_visible()
    assert phones.answers() == {1: {"choice": "D"}}
    page.reload()
    expect(page.get_by_label("Lựa chọn D")).to_be_checked()


def test_hasty_hands_begin_once_lose_nothing_on_the_way_back_and_hand_in_once(phones: Phones) -> None:
    phone = phones.phone()
    page = phone.new_page()
    page.goto(f"{phones.address}/learn/assignments/{phones.given}")
    page.get_by_role("button", name="Bắt đầu làm bài").dblclick()
    expect(page.get_by_text("Câu 1 trên 3", exact=True)).to_be_visible()
    # What is chosen and pressed before the scripts are there is kept, and done when they are
    late: list[Route] = []
    other = phones.phone()
    other.route("**/main.js", lambda route: late.append(route))
    slow = other.new_page()
    slow.goto(page.url, wait_until="commit")
    slow.get_by_label("Lựa chọn C").check()
    slow.locator(".answer-bar button").last.click(no_wait_after=True)
    phones.until(slow, lambda: late)
    assert phones.answers() == {}
    other.unroute("**/main.js")
    expect(slow.get_by_text("Câu 2 trên 3", exact=True)).to_be_visible()
    phones.until(slow, lambda: phones.answers() == {1: {"choice": "C"}})
    page.reload()
    page.get_by_label("Lựa chọn A").check()
    next_item(page)
    expect(page.get_by_text("Câu 2 trên 3", exact=True)).to_be_visible()
    # The way back shows what was answered, also where a browser brings the old page out of its memory
    page.go_back()
    expect(place(page, SAVED)).to_be_visible()
    assert page.get_by_label("Lựa chọn A").is_checked()
    page.evaluate("document.title = 'old'; dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page).not_to_have_title("old")
    # A page that goes before its turn to send takes the answer along
    page.add_init_script(NEVER_ITS_TURN)
    page.reload()
    expect(place(page, SAVED)).to_be_visible()
    page.get_by_label("Lựa chọn B").check()
    expect(place(page, SENDING)).to_be_visible()
    assert phones.answers() == {1: {"choice": "A"}}
    page.goto("about:blank")
    phones.until(page, lambda: phones.answers() == {1: {"choice": "B"}})
    page = phone.new_page()
    page.goto(f"{phones.address}/learn")
    page.get_by_role("link", name="Làm tiếp câu 2").click()
    for name in ("name", "place"):
        assert page.locator(f"[data-who={name}]").inner_text()
    page.locator(".trail-step").last.click()
    expect(page.get_by_text("Câu 3 trên 3", exact=True)).to_be_visible()
    next_item(page)
    assert phones.room.pupils[0].full_name in page.locator(".who").inner_text()
    page.get_by_role("button", name="Nộp bài").dblclick()
    expect(page.get_by_role("heading", name="Em đã nộp bài")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Nộp bài")).to_have_count(0)
    assert len(phones.receipts()) == 1
    with phones.store() as session:
        assert len(session.scalars(select(Attempt.id)).all()) == 1


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
