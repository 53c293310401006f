"""The main job from end to end: a school at G1 gets its programme done, and the province passes its target.

The pages that `test_pages.py` walks are not looked at by axe once more here; those that only the story reaches are.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.browser.province import SCHOOL, Province
from tests.browser.taking import hand_in, open_and_start, take
from tests.browser.visitor import PHONE, Visitor

Visitors = Callable[..., Visitor]
GRADES = ("G1", "G2", "G3", "G4")
COMMUNE, PROVINCE = "MS-01", "MS"
NEW_CLASS = "6A5"
STRANDS = ("os_programme", "ml_programme")
CARD_SHAPES = (r"\b[A-Z2-9]{3} [A-Z2-9]{3}\b", r"\b(\d{2})\n", r"\b\d{3} \d{3}\b")
FEWEST_ITEMS = 5
ACTIVITIES = (
    {"title": "Tuần lễ an toàn trên mạng", "elements": ["a", "b"]},
    {"title": "Chuyên đề đọc tin", "elements": ["c", "d"]},
)


@dataclass(frozen=True)
class Told:
    """What the officer sees at one moment: steps of the ladder by area and strand, the verdicts, every school."""

    ladders: dict[tuple[str, str], tuple[int, ...]]
    verdicts: tuple[str, ...]
    schools: frozenset[str]

    def moved(self, before: "Told") -> dict[str, str]:
        """Which figures rose since then, each by exactly one, the same in the province and in the commune."""
        found: dict[str, str] = {}
        for (area, strand), steps in self.ladders.items():
            rises = [one - other for one, other in zip(steps, before.ladders[area, strand], strict=True)]
            assert set(rises) <= {0, 1}, rises
            risen = " ".join(grade for grade, rise in zip(GRADES, rises, strict=True) if rise)
            assert found.setdefault(strand, risen) == risen, "province and commune do not agree"
        return {strand: risen for strand, risen in found.items() if risen}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_school_goes_from_declared_to_verified_and_the_province_meets_its_target_at_that_school(
    language: str, own_province: Province, visitors: Visitors, tmp_path: Path
) -> None:
    officer = visitors(own_province, language).sign_in("officer")
    coordinator = visitors(own_province, language).sign_in("coordinator")
    begun = _told(officer)
    assert begun.ladders[PROVINCE, "os_programme"] == (23, 21, 20, 15)
    assert begun.verdicts == ("not_met", "met")

    _draft_both_programmes(coordinator)
    assert _told(officer) == begun, "a draft changes no figure"
    principal = visitors(own_province, language).sign_in("principal")
    _publish(principal)
    published = _told(officer)
    assert published.moved(begun) == {"os_programme": "G2", "ml_programme": "G2"}
    _print_plan(principal, tmp_path)

    teacher = visitors(own_province, language).sign_in("teacher")
    cards = _import_class_and_issue_cards(teacher, tmp_path)
    assignment = _assign(teacher)
    _learn(visitors(own_province, language, PHONE), _first_card(cards))
    _see_who_is_done(teacher, assignment)
    assert _told(officer) == published, "what pupils do changes no figure of schools"

    _record_delivery(coordinator)
    assert _told(officer) == published, "without evidence it did not take place"
    _prove_delivery(coordinator, tmp_path)
    proved = _told(officer)
    assert proved.moved(published) == {"os_programme": "G3"}
    assert (published.verdicts, proved.verdicts) == (("not_met", "met"), ("met", "met")), "at this school, not earlier"
    _verify(visitors(own_province, language).sign_in("commune_officer"))
    verified = _told(officer)
    assert verified.moved(proved) == {"os_programme": "G4"}
    assert {row.partition(",")[0].lstrip("\ufeff") for row in verified.schools ^ begun.schools} == {SCHOOL}
    for area in (PROVINCE, COMMUNE):
        _same_numbers_everywhere(officer, own_province, area, verified.ladders[area, "os_programme"])
    officer.go(f"/coverage/schools/{SCHOOL}").is_accessible()


def _told(officer: Visitor) -> Told:
    ladders, verdicts = {}, []
    for area in (PROVINCE, COMMUNE):
        for entry in officer.fetch(f"/coverage/figures.json?area={area}").json()["indicators"]:
            if (area, entry["code"]) not in ladders and entry["code"] in STRANDS:
                ladders[area, entry["code"]] = tuple(entry["grades"][grade] for grade in GRADES)
                verdicts += [entry["verdict"]] if area == PROVINCE else []
    schools = officer.fetch("/coverage/schools.csv?show=all").text().splitlines()[1:]
    return Told(ladders, tuple(verdicts), frozenset(schools))


def _draft_both_programmes(coordinator: Visitor) -> None:
    page = coordinator.go(f"/schools/{SCHOOL}/programme").page
    start = page.locator("form[action$='/start']")
    if start.count():
        coordinator.send("form[action$='/start']")
    coordinator.go(re.sub(r"/programme.*", "/programme", page.url).removeprefix(coordinator.province.url))
    year = re.search(r"\d{4}-\d{4}", page.content())
    assert year is not None
    draft = f"/schools/{SCHOOL}/programme/{year[0]}"
    coordinator.go(f"{draft}/draft").fill({"title": "An toàn trên mạng và đọc tin"}).is_accessible()
    coordinator.send()
    for activity in ACTIVITIES:
        coordinator.go(f"{draft}/activities/new")
        coordinator.fill({"title": activity["title"]}, "#new-activity form")
        coordinator.send("#new-activity form")  # kept as a draft with no more than its name
        number = page.locator("details.activity").last.get_attribute("id")
        assert number is not None
        coordinator.go(f"{draft}/activities/{number.removeprefix('activity-')}")
        coordinator.fill(_activity_values(coordinator, activity), "details[open] form")
        coordinator.send("details[open] form", button=".form-actions button")
        assert not coordinator.errors()
    coordinator.go(f"{draft}/review").is_accessible()
    coordinator.send("form[action$='/tell']")


def _activity_values(coordinator: Visitor, activity: dict[str, object]) -> dict[str, object]:
    form = coordinator.page.locator("details[open] form").first
    options = form.locator("[name=channel] option").evaluate_all("all => all.map(one => one.value)")
    grades = form.locator("[name=grades]").evaluate_all("all => all.map(one => one.value)")
    letters = form.locator("[name=elements]").evaluate_all("all => all.map(one => one.value)")
    wanted = [letter for letter in letters if letter in activity["elements"]]  # type: ignore[operator]  # a list of letters
    return {
        "lead_unit": "Liên đội",
        "coordinating_units": "Tổ Tin học",
        "schedule": "window",
        "starts_on": "05/10/2026",
        "ends_on": "09/10/2026",
        "channel": next(option for option in options if option),
        "grades": grades,
        "elements": wanted,
    }


def _publish(principal: Visitor) -> None:
    page = principal.go(f"/schools/{SCHOOL}/programme").page
    page.locator("a[href$='/review']").first.click()
    page.wait_for_load_state("load")
    principal.send("#publish")
    principal.is_accessible()


def _print_plan(principal: Visitor, folder: Path) -> None:
    principal.go(f"/schools/{SCHOOL}/programme")
    with principal.page.expect_download() as found:
        principal.page.locator("a[href*='plan.pdf']").first.click()
    path = folder / "plan.pdf"
    found.value.save_as(path)
    text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    assert "KẾ HOẠCH" in text
    assert "Tuần lễ an toàn trên mạng" in text.replace("\n", " ")


def _import_class_and_issue_cards(teacher: Visitor, folder: Path) -> Path:
    page = teacher.go(f"/schools/{SCHOOL}/class-groups").page
    page.locator("a[href$='/import']").first.click()
    page.wait_for_load_state("load")
    listing = folder / "lop.xlsx"
    with page.expect_download() as found:
        page.locator("a[href$='class-list.xlsx']").click()
    found.value.save_as(listing)
    teacher.fill({"file": listing}).send()
    teacher.is_accessible()
    assert "36" in teacher.words()
    teacher.send()
    page.locator("a[href$='/cards']").first.click()
    page.wait_for_load_state("load")
    teacher.is_accessible()
    with page.expect_navigation(), page.expect_download() as found:
        page.locator("#issue button").click()
    path = folder / "cards.pdf"
    found.value.save_as(path)
    assert page.locator("[name=pupils]:checked").count() == 0, "the page shows at once that all have cards"
    return path


def _first_card(cards: Path) -> tuple[str, str, str]:
    """Class code, list number and PIN as they stand on the first card of the sheet."""
    pages = PdfReader(cards).pages
    assert len(pages) == 4, "36 cards, ten to a page"
    text = pages[0].extract_text()
    assert f" {NEW_CLASS} " in text
    code, number, pin = (re.search(shape, text) for shape in CARD_SHAPES)
    assert code and number and pin, text[:400]
    return code[0].replace(" ", ""), number[1], pin[0].replace(" ", "")


def _assign(teacher: Visitor) -> str:
    """Give OS-06-01 to the imported class; the address of what was given."""
    page = teacher.go("/lessons/OS-06-01").page
    page.locator("a[href*='/assignments/new']").first.click()
    page.wait_for_load_state("load")
    page.locator("main label", has_text=NEW_CLASS).locator("[name=classes]").check()
    teacher.send(button="button[value=publish]")
    assert re.search(r"/assignments/[\w-]+$", page.url)
    teacher.is_accessible()
    return page.url.removeprefix(teacher.province.url)


def _learn(pupil: Visitor, card: tuple[str, str, str]) -> None:
    """The pupil whose card it is signs in on a phone, reads, takes the whole quiz and hands it in."""
    pupil.go("/sign-in").fill(dict(zip(("class_code", "list_number", "pin"), card, strict=True)))
    pupil.send()
    assert NEW_CLASS in pupil.words()
    open_and_start(pupil)
    assert take(pupil) >= FEWEST_ITEMS
    hand_in(pupil)
    pupil.is_accessible()


def _see_who_is_done(teacher: Visitor, assignment: str) -> None:
    teacher.go(assignment).is_accessible()
    assert re.search(r"\b1\b.{0,12}\b36\b", teacher.words().replace("\n", " ")), teacher.words()


def _record_delivery(coordinator: Visitor) -> None:
    coordinator.go(f"/schools/{SCHOOL}/deliveries")
    coordinator.page.locator("a[href$='/new']").first.click()
    coordinator.page.wait_for_load_state("load")
    coordinator.fill({"taught_on": "06/10/2026", "head_count": "320"}).is_accessible()
    first = coordinator.page.locator("[name=activity] option[value]:not([value=''])").first.get_attribute("value")
    coordinator.fill({"activity": first}).send()


def _prove_delivery(coordinator: Visitor, folder: Path) -> None:
    photo = folder / "photo.jpg"
    Image.new("RGB", (1600, 1200), (40, 90, 80)).save(photo)
    coordinator.fill({"kind": "photo", "file": photo, "recognisable": "yes"}, "#evidence")
    coordinator.send("#evidence")
    assert not coordinator.errors()
    coordinator.is_accessible()


def _verify(commune_officer: Visitor) -> None:
    page = commune_officer.go("/verification").page
    row = page.locator("tr", has_text="Hoa Mai")
    row.locator("a").first.click()
    page.wait_for_load_state("load")
    commune_officer.is_accessible()
    assert page.locator("a[href*='/evidence/']").count() == 0, "a photo with recognisable pupils stays in the school"
    commune_officer.fill({"decision": "accepted"}).send()


def _same_numbers_everywhere(officer: Visitor, province: Province, area: str, steps: tuple[int, ...]) -> None:
    """Page, JSON (the steps given), CSV and command line say the same."""
    page = officer.go(f"/coverage/areas/{area}").page
    told = province.figures(area=area, lang=officer.language)["os_programme"]
    assert told["grades"] == dict(zip(GRADES, steps, strict=True))
    shown = [cell.split("/") for cell in page.locator("table.ladder").first.locator("tbody td.num").all_inner_texts()]
    counts = [cell for cell in shown if len(cell) == 2]
    assert counts == [[str(step), str(told["denominator"])] for step in steps]
    if area == PROVINCE:
        big = page.locator(".figure-big").first.inner_text().strip()
        assert big == told["display"] == ("84,0%" if officer.language == "vi" else "84.0%")
    rows = officer.fetch(f"/coverage/figures.csv?area={area}").text().lstrip("\ufeff")
    line = next(row for row in csv.DictReader(io.StringIO(rows)) if row["code"] == "os_programme")
    assert tuple(int(line[grade]) for grade in GRADES) == steps
    assert (line["verdict"], line["denominator"]) == (told["verdict"], str(told["denominator"]))
