"""A school without a programme: a coordinator drafts the year from the template, the principal publishes it."""

from collections.abc import Callable

from tests.browser.province import SCHOOL, Province
from tests.browser.visitor import Visitor

CHECKS = 6
"""Units, dates, and for each strand its contents and its grades."""


def _press(visitor: Visitor, words: str) -> None:
    """One click that leads to another page."""
    page = visitor.page
    with page.expect_navigation(wait_until="load"):
        page.locator("main").get_by_role("link", name=words).or_(
            page.locator("main").get_by_role("button", name=words)
        ).first.click()
    visitor.is_accessible()


def test_a_coordinator_drafts_both_strands_in_three_clicks_and_the_principal_publishes_them(
    own_province: Province, visitors: Callable[..., Visitor]
) -> None:
    coordinator = visitors(own_province, "vi").sign_in("coordinator")
    coordinator.go(f"/schools/{SCHOOL}/programme").is_accessible()
    for click in ("Soạn từ mẫu", "Xem lịch năm học", "Tạo bản nháp từ các dòng đã giữ"):
        _press(coordinator, click)
    page = coordinator.page
    assert page.url.endswith("/activities") and page.locator("details.activity").count() >= 12
    assert page.locator(".check-good").count() == CHECKS and page.locator(".check-bad").count() == 0
    coordinator.go(f"/schools/{SCHOOL}/programme/{own_province.year}/review")
    _press(coordinator, "Báo hiệu trưởng")

    principal = visitors(own_province, "en").sign_in("principal")
    principal.go(f"/schools/{SCHOOL}/programme/{own_province.year}/review")
    assert principal.page.locator(".check-bad").count() == 0
    _press(principal, "Publish")
    assert principal.page.locator("main .grade", has_text="G2").count() == 2, principal.words()
    # When the template is used once more, every line is there already
    coordinator.go(f"/schools/{SCHOOL}/programme/{own_province.year}/template")
    _press(coordinator, "Xem lịch năm học")
    assert page.locator("[name^=take-]").count() == 0
