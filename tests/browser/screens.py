"""`make screens`: a screenshot of every page of each role at 360 and 1280 px, in both languages, into screens/."""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from config.settings import ROOT
from tests.browser import province as provinces
from tests.browser.pages import OPEN, PAGES, REFUSED, YEAR
from tests.browser.test_pages import enter
from tests.browser.visitor import DESK, PHONE, find_chromium, launch, visit

SCREENS = ROOT / "screens"


def main() -> int:
    """Draw all; 1 without a browser."""
    if find_chromium() is None:
        print("Chromium is not installed: apt-get install chromium")
        return 1
    with tempfile.TemporaryDirectory(prefix="school-safety-screens-") as folder, sync_playwright() as playwright:
        made = Path(folder) / "made"
        provinces.make(made)
        browser = launch(playwright)
        with provinces.served_copy(made, Path(folder) / "served") as province:
            for role in ("nobody", *PAGES):
                for language in ("vi", "en"):
                    for size in (PHONE, DESK):
                        somebody = visit(browser, province, language, size)
                        enter(somebody, role)
                        for path in OPEN if role == "nobody" else PAGES[role]:
                            somebody.go(path.replace(YEAR, province.year), REFUSED.get(path, 200))
                            name = re.sub(r"\W+", "-", path.replace(YEAR, "")).strip("-") or "home"
                            target = SCREENS / language / str(size["width"]) / role / f"{name}.png"
                            somebody.page.screenshot(path=target, full_page=True)
                        somebody.context.close()
            print(f"{len(list(SCREENS.rglob('*.png')))} screenshots in {SCREENS.relative_to(ROOT)}/")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
