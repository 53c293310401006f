"""The main job from end to end: a school at G1 gets its programme done, and the province passes its target."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.browser.province import SCHOOL, Province
from tests.browser.visitor import Visitor

Visitors = Callable[..., Visitor]
GRADES = ("G1", "G2", "G3", "G4")
COMMUNE = "MS-01"
ACTIVITIES = (
    {"title": "Tuần lễ an toàn trên mạng", "elements": ["a", "b"]},
    {"title": "Chuyên đề đọc tin", "elements": ["c", "d"]},
)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_school_goes_from_declared_to_verified_and_the_province_meets_its_target_at_that_school(
    language: str, own_province: Province, visitors: Visitors, tmp_path: Path
) -> None:
    officer = visitors(own_province, language).sign_in("officer")
    coordinator = visitors(own_province, language).sign_in("coordinator")
    assert _standing(own_province) == {"G1": 23, "G2": 21, "G3": 20, "G4": 15, "verdict": "not_met", "needed": 1}

    _draft_both_programmes(coordinator)
    principal = visitors(own_province, language).sign_in("principal")
    _publish(principal)
    after_publishing = _standing(own_province)
    assert after_publishing["verdict"] == "not_met", "a published plan alone changes no verdict"
    assert (after_publishing["G2"], after_publishing["G3"]) == (22, 20)
    _print_plan(principal, tmp_path)

    teacher = visitors(own_province, language).sign_in("teacher")
    cards = _import_class_and_issue_cards(teacher, tmp_path)
    assert len(PdfReader(cards).pages) == 4, "36 cards, ten to a page"
    _assign(teacher)

    _record_delivery(coordinator, tmp_path)
    after_delivery = _standing(own_province)
    assert (after_delivery["G3"], after_delivery["G4"], after_delivery["verdict"]) == (21, 15, "met")
    _verify(visitors(own_province, language).sign_in("commune_officer"))
    assert _standing(own_province)["G4"] == 16
    _same_numbers_everywhere(officer, own_province)


def _standing(province: Province) -> dict[str, object]:
    entry = province.figures()["os_programme"]
    grades = entry["grades"]
    assert isinstance(grades, dict)
    return {**{grade: grades[grade] for grade in GRADES}, "verdict": entry["verdict"], "needed": entry["needed"]}


def _draft_both_programmes(coordinator: Visitor) -> None:
    page = coordinator.go(f"/schools/{SCHOOL}/programme").page
    coordinator.is_accessible()
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
    page = principal.go("/").page
    principal.is_accessible()
    principal.go(f"/schools/{SCHOOL}/programme")
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
    teacher.is_accessible()
    page.locator("a[href$='/import']").first.click()
    page.wait_for_load_state("load")
    teacher.is_accessible()
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
    with page.expect_download() as found:
        page.locator("#issue button").click()
    path = folder / "cards.pdf"
    found.value.save_as(path)
    return path


def _assign(teacher: Visitor) -> None:
    page = teacher.go("/lessons/OS-06-01").page
    teacher.is_accessible()
    page.locator("a[href*='/assignments/new']").first.click()
    page.wait_for_load_state("load")
    page.locator("main [name=classes]").last.check()
    teacher.is_accessible()
    teacher.send(button="button[value=publish]")
    assert re.search(r"/assignments/[\w-]+$", page.url)
    teacher.is_accessible()


def _record_delivery(coordinator: Visitor, folder: Path) -> None:
    photo = folder / "photo.jpg"
    Image.new("RGB", (1600, 1200), (40, 90, 80)).save(photo)
    coordinator.go(f"/schools/{SCHOOL}/deliveries")
    coordinator.page.locator("a[href$='/new']").first.click()
    coordinator.page.wait_for_load_state("load")
    coordinator.fill({"taught_on": "06/10/2026", "head_count": "320"}).is_accessible()
    first = coordinator.page.locator("[name=activity] option[value]:not([value=''])").first.get_attribute("value")
    coordinator.fill({"activity": first}).send()
    coordinator.fill({"kind": "photo", "file": photo, "recognisable": "yes"}, "#evidence")
    coordinator.send("#evidence")
    assert not coordinator.errors()
    coordinator.is_accessible()


def _verify(commune_officer: Visitor) -> None:
    page = commune_officer.go("/verification").page
    commune_officer.is_accessible()
    row = page.locator("tr", has_text="Hoa Mai")
    row.locator("a").first.click()
    page.wait_for_load_state("load")
    commune_officer.is_accessible()
    assert page.locator("a[href*='/evidence/']").count() == 0, "a photo with recognisable pupils stays in the school"
    commune_officer.fill({"decision": "accepted"}).send()


def _same_numbers_everywhere(officer: Visitor, province: Province) -> None:
    page = officer.go("/coverage").page
    officer.is_accessible()
    shown = page.locator(".figure-big").first.inner_text().strip()
    told = province.figures(lang=officer.language)["os_programme"]
    assert shown == told["display"] == ("84,0%" if officer.language == "vi" else "84.0%")
    with page.expect_download() as found:
        page.evaluate("location.assign('/coverage/figures.csv')")
    rows = list(csv.reader(io.StringIO(found.value.path().read_text(encoding="utf-8-sig"))))
    grades = told["grades"]
    assert isinstance(grades, dict)
    line = next(row for row in rows if "os_programme" in row)
    assert {str(grades[grade]) for grade in GRADES} <= set(line)
    officer.go(f"/coverage/areas/{COMMUNE}").is_accessible()
    commune = province.figures(area=COMMUNE)["os_programme"]["grades"]
    assert commune == {"G1": 3, "G2": 3, "G3": 3, "G4": 3}
    officer.go(f"/coverage/schools/{SCHOOL}").is_accessible()
