"""Every page of each role, in Vietnamese on a phone and in English at a desk: accessible, silent, at home."""

from collections.abc import Callable

import pytest

from tests.browser.pages import OPEN, PAGES, REFUSED, YEAR
from tests.browser.province import Province
from tests.browser.visitor import Visitor

Visitors = Callable[..., Visitor]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", [*PAGES, "nobody"])
def test_the_pages_of_a_role_are_accessible_and_complain_of_nothing(
    role: str, language: str, standing_province: Province, visitors: Visitors
) -> None:
    somebody = visitors(standing_province, language)
    enter(somebody, role)
    year = standing_province.year
    for path in OPEN if role == "nobody" else PAGES[role]:
        somebody.go(path.replace(YEAR, year), REFUSED.get(path, 200)).is_accessible()


def enter(somebody: Visitor, role: str) -> None:
    """Sign in as a role of the demo; a pupil by card."""
    if role == "pupil":
        somebody.page.goto(somebody.province.url + somebody.province.card)
        somebody.page.wait_for_url("**/learn")
    elif role != "nobody":
        somebody.sign_in(role)
