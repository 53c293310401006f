"""One school goes from nothing to G4 by planning's own actions; every channel says the same at every step."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import html5lib
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.curriculum.rules import Strand
from school_safety.kit import clock
from school_safety.planning.queries import SchoolYear
from school_safety.planning.rules import Grade, TargetIndicator
from school_safety.registry.models import SchoolPath
from school_safety.roster.models import Person
from tests.client import Client
from tests.factories import planning
from tests.factories.coverage import a_standing
from tests.factories.people import a_member
from tests.factories.registry import a_commune, a_placed_school, a_province, a_year

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
Store = Callable[[], AbstractContextManager[Session]]
OS, ML = Strand


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def officer(store: Store) -> Person:
    """An officer over 25 schools: 20 at G3 or above in online safety, the last one has said nothing."""
    with store() as session:
        a_year(session)
        planning.a_target(session)
        planning.a_target(session, indicator=TargetIndicator.ML_PROGRAMME, percent=70)
        communes = [a_commune(session, code=f"XA{number}", name=f"Xã Số {number}") for number in range(5)]
        for number in range(24):
            school = a_placed_school(session, code=f"T{number}", name=f"THCS {number}", commune=communes[number % 5])
            a_standing(session, school, OS, Grade.G3 if number < 20 else Grade.G2)
            a_standing(session, school, ML, Grade.G4 if number < 18 else Grade.G1)
        a_placed_school(session, code="LAST", name="THCS Hoa Mai", commune=communes[4])
        return a_member(session, Role.OFFICER, unit=a_province(session)[1], name="Đỗ Thị Minh Ngà")


def from_command(app: Flask, *options: str) -> str:
    answer = app.test_cli_runner().invoke(args=["coverage", "show", "--year", "2026-2027", *options])
    assert answer.exit_code == 0, answer.output
    return answer.output


def flat(entries: list[dict[str, Any]]) -> list[dict[str, str]]:
    """JSON entries as the text a CSV holds."""
    rows = []
    for entry in entries:
        values = {**entry, **entry["grades"]}
        values.pop("grades")
        rows.append({name: _text(value) for name, value in values.items()})
    return rows


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) else str(value)


def from_csv(text: str, names: list[str]) -> list[dict[str, str]]:
    return [{name: row[name] for name in names} for row in csv.DictReader(io.StringIO(text))]


def from_xlsx(data: bytes, names: list[str]) -> list[dict[str, str]]:
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return [{name: _text(dict(zip(header, row, strict=True))[name]) for name in names} for row in rows]


def from_page(html: str) -> list[tuple[str, str, str, list[str]]]:
    """What the page prints for each indicator: share, counts, verdict, the counts of the ladder."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    found = []
    for card in tree.iter("article"):
        text = ["".join(node.itertext()).strip() for node in card.iter("p")]
        share = next(node for node in card.iter("p") if node.get("class") == "figure-big")
        verdict = next(node for node in card.iter("span") if node.get("class") == "verdict")
        counts = re.search(r"(\d+/\d+) trường", " ".join(text))
        steps = ["".join(cell.itertext()) for cell in card.iter("td") if cell.get("class") == "num"]
        assert counts is not None
        found.append(("".join(share.itertext()), counts[1], str(verdict.get("data-verdict")), steps[::2]))
    return found


def all_channels_agree(app: Flask, client: Client) -> list[dict[str, Any]]:
    """The entries of the command's JSON, once every other channel has said the same."""
    whole = json.loads(from_command(app, "--format", "json"))
    entries: list[dict[str, Any]] = whole["indicators"]
    assert client.get("/coverage/figures.json").get_json() == whole
    expected = flat(entries)
    names = list(expected[0])
    assert from_csv(from_command(app, "--format", "csv"), names) == expected
    page_csv = client.get("/coverage/figures.csv").get_data().decode("utf-8-sig")
    assert page_csv.replace("\r\n", "\n") == from_command(app, "--format", "csv")
    assert from_xlsx(client.get("/coverage/figures.xlsx").get_data(), names) == expected
    printed = from_page(client.get("/coverage").get_data(as_text=True))
    assert printed == [
        (
            entry["display"],
            f"{entry['numerator']}/{entry['denominator']}",
            entry["verdict"] if entry["settled"] else "undetermined",
            [f"{count}/{entry['denominator']}" for count in entry["grades"].values()],
        )
        for entry in entries
    ]
    table = from_command(app)
    assert all(f"{entry['display']}, {entry['numerator']}/{entry['denominator']}" in table for entry in entries)
    listed = client.get("/coverage/schools.csv?show=G3&strand=online_safety").get_data().decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(listed)))) - 1 == entries[0]["numerator"]
    return entries


def test_the_verdict_changes_at_the_right_school_and_not_one_step_earlier(
    app: Flask, store: Store, client: Client, officer: Person
) -> None:
    client.sign_in(officer)
    steps: list[tuple[int, int, int, int, int, str, bool, int]] = []

    def look() -> None:
        entry = all_channels_agree(app, client)[0]
        counts = entry["grades"]
        steps.append(
            (
                entry["unknown"],
                *(counts[grade] for grade in ("G1", "G2", "G3", "G4")),
                entry["verdict"],
                entry["settled"],
                entry["needed"],
            )
        )

    # Given 20 of 25 at G3 and one school that has said nothing
    look()
    # When it declares, publishes, delivers without and then with evidence, and is verified
    with store() as session:
        planning.a_declaration(session, here=the_last(session), now=NOW)
    look()
    with store() as session:
        published = planning.a_publication(session, here=the_last(session), now=NOW)
    look()
    with store() as session:
        delivery = planning.a_delivery(session, published=published, now=NOW, today=NOW.date())
    look()
    with store() as session:
        planning.an_evidence(session, delivery=delivery, now=NOW)
    look()
    with store() as session:
        planning.a_decision(session, delivery=delivery, now=NOW, today=NOW.date())
    look()
    # Then only the evidence makes the target met
    assert steps == [
        (1, 24, 24, 20, 0, "not_met", False, 1),
        (0, 25, 24, 20, 0, "not_met", True, 1),
        (0, 25, 25, 20, 0, "not_met", True, 1),
        (0, 25, 25, 20, 0, "not_met", True, 1),
        (0, 25, 25, 21, 0, "met", True, 0),
        (0, 25, 25, 21, 1, "met", True, 0),
    ]


def the_last(session: Session) -> SchoolYear:
    school = session.query(SchoolPath).filter_by(code="LAST").one()
    return planning.a_school_year(session, school=school)


def test_an_earlier_day_is_counted_from_the_dated_facts(app: Flask, store: Store, client: Client) -> None:
    october = datetime(2026, 10, 20, 3, 0, tzinfo=UTC)
    with store() as session:
        here = planning.a_school_year(session, school=a_placed_school(session, code="A"))
        planning.a_target(session)
        published = planning.a_publication(session, here=here, now=october)
        delivery = planning.a_delivery(session, published=published, now=NOW, today=NOW.date())
        planning.an_evidence(session, delivery=delivery, now=NOW)
        planning.a_decision(session, delivery=delivery, now=NOW, today=NOW.date())
        officer = a_member(session, Role.OFFICER, unit=a_province(session)[1])
    client.sign_in(officer)

    def grades(day: str) -> dict[str, int]:
        entry = json.loads(from_command(app, "--format", "json", "--as-of", day))["indicators"][0]
        assert client.get(f"/coverage/figures.json?as_of={day}").get_json()["indicators"][0] == entry
        return {**entry["grades"], "unknown": entry["unknown"]}

    assert grades("2026-10-19") == {"G1": 0, "G2": 0, "G3": 0, "G4": 0, "unknown": 1}
    assert grades("2026-11-21") == {"G1": 1, "G2": 1, "G3": 0, "G4": 0, "unknown": 0}
    assert grades("2026-11-22") == {"G1": 1, "G2": 1, "G3": 1, "G4": 1, "unknown": 0}
    page = client.get("/coverage/schools/A?as_of=2026-11-21").get_data(as_text=True)
    assert "Bậc dưới đây là của ngày 21/11/2026" in page


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--as-of", "2026-11-23"], "--as-of"),
        (["--area", "nowhere"], "--area"),
        (["--year", "1999-2000"], "--year"),
        (["--as-of", "soon"], "--as-of"),
    ],
)
def test_the_command_refuses_what_it_cannot_count_and_names_the_option(
    app: Flask, officer: Person, options: list[str], named: str
) -> None:
    answer = app.test_cli_runner().invoke(args=["coverage", "show", *options])
    assert answer.exit_code == 2
    assert named in answer.output


def test_the_areas_are_the_province_and_its_communes(app: Flask, officer: Person) -> None:
    answer = app.test_cli_runner().invoke(args=["coverage", "areas", "--format", "json"])
    areas = json.loads(answer.output)
    assert [(area["code"], area["kind"], area["parent"]) for area in areas[:2]] == [
        ("ST", "province", None),
        ("XA0", "commune", "ST"),
    ]
    assert "XA4" in app.test_cli_runner().invoke(args=["coverage", "areas"]).output


def test_the_command_speaks_english(app: Flask, officer: Person) -> None:
    entry = json.loads(from_command(app, "--format", "json", "--lang", "en"))["indicators"][0]
    assert entry["display"] == "80.0%"


def test_before_anything_is_entered_the_page_says_what_to_do_and_the_command_names_the_year(
    app: Flask, store: Store, client: Client
) -> None:
    answer = app.test_cli_runner().invoke(args=["coverage", "show"])
    assert answer.exit_code == 2
    assert "Chưa có số liệu" in client.get("/coverage/public").get_data(as_text=True)
    with store() as session:
        admin = a_member(session, Role.ADMIN, unit=a_province(session)[1])
    client.sign_in(admin)
    assert "Chưa có gì để tính" in client.get("/coverage").get_data(as_text=True)
    assert "Chưa có gì để tính" in client.get("/coverage/schools").get_data(as_text=True)
    assert client.get("/coverage/figures.csv").status_code == 404
    assert client.get("/coverage/schools.csv").status_code == 404
    assert date(2026, 11, 22) == clock.today()
