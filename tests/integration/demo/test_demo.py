"""The demo province: what it promises, made by its command; the home page of each role on it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from school_safety.demo.actions.classes import EMPTY_CLASS
from school_safety.demo.rules import planned_schools
from school_safety.demo.sheets import class_list
from school_safety.factory import create_app
from school_safety.kit import clock, commands
from school_safety.registry.models import School
from school_safety.roster.models import Account, ClassGroup, Enrolment
from school_safety.roster.readers import read_class_list
from tests.client import Client
from tests.conftest import settings_for

DAY = date(2026, 11, 20)
TODAY = DAY.isoformat()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A small demo province, seeded once for these tests."""
    folder: Path = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{folder / 'demo.db'}"
    commands.upgrade(url)
    app = create_app(settings_for(url, folder / "data"))
    runner = app.test_cli_runner()
    assert runner.invoke(args=["lessons", "import"]).exit_code == 0
    seeded = runner.invoke(args=["demo", "seed", "--pupils", "400", "--today", TODAY])
    assert seeded.exit_code == 0, seeded.output
    yield app
    app.extensions["database"].dispose()


def test_the_province_has_what_it_promises(demo: Flask) -> None:
    with demo.extensions["database"].reading() as session:
        assert session.scalar(select(func.count()).select_from(School)) == 30
        assert session.scalar(select(func.count()).select_from(Enrolment)) == 400
        groups = session.scalars(select(ClassGroup.name)).all()
    assert EMPTY_CLASS in groups


def test_online_safety_is_80_0_and_not_met_media_literacy_72_0_and_met(demo: Flask) -> None:
    arguments = ["coverage", "show", "--area", "MS", "--year", "2026-2027", "--as-of", TODAY, "--format", "json"]
    online, media = json.loads(demo.test_cli_runner().invoke(args=arguments).output)["indicators"]
    assert (online["numerator"], online["denominator"], online["display"]) == (20, 25, "80,0%")
    assert (online["verdict"], online["needed"], online["excluded"]) == ("not_met", 1, 5)
    assert (media["numerator"], media["display"], media["verdict"]) == (18, "72,0%", "met")


def test_it_refuses_a_database_that_holds_anything_else_but_can_be_told_to_pass(demo: Flask) -> None:
    runner = demo.test_cli_runner()
    assert runner.invoke(args=["demo", "seed"]).exit_code == 1
    assert runner.invoke(args=["demo", "seed", "--if-empty"]).output == ""


def test_every_role_has_a_way_in_and_a_first_page(demo: Flask) -> None:
    doors = json.loads((demo.extensions["settings"].data_dir / "demo-sign-ins.json").read_text(encoding="utf-8"))
    assert len({door["role"] for door in doors}) == 9
    with demo.extensions["database"].reading() as session:
        people = {account.email: account.person for account in session.scalars(select(Account))}
    with clock.at(clock.at_local(DAY)):
        for door in doors:
            if door["role"] != "pupil":
                page = Client(demo).sign_in(people[door["address"]]).get("/today")
                assert page.status_code == 200, door["role"]


@pytest.mark.parametrize(
    ("role", "waits"),
    [
        ("coordinator", "Soạn chương trình năm học"),
        ("commune_officer", "Độ phủ năm học"),
        ("officer", "Còn thiếu 1 trường"),
        ("teacher", "Bài đang mở"),
    ],
)
def test_the_first_page_names_what_waits(demo: Flask, role: str, waits: str) -> None:
    doors = json.loads((demo.extensions["settings"].data_dir / "demo-sign-ins.json").read_text(encoding="utf-8"))
    address = next(door["address"] for door in doors if door["role"] == role)
    with demo.extensions["database"].reading() as session:
        person = session.scalars(select(Account).where(Account.email == address)).one().person
    with clock.at(clock.at_local(DAY)):
        text = Client(demo).sign_in(person).get("/today").text
    assert waits in text


def test_the_printed_card_opens_the_door_to_a_quiz_that_is_still_to_do(demo: Flask) -> None:
    doors = json.loads((demo.extensions["settings"].data_dir / "demo-sign-ins.json").read_text(encoding="utf-8"))
    token = next(door["address"] for door in doors if door["role"] == "pupil").partition("#")[2]
    pupil = Client(demo)
    with clock.at(clock.at_local(DAY)):
        first = pupil.follow(pupil.post("/k", {"token": token}))
    assert "Đọc bài và làm" in first.text, "given and not begun"


def test_the_sample_class_list_reads_whole_with_its_faults(demo: Flask) -> None:
    year_starts = date(2026, 9, 5)
    data = class_list("Trường THCS Hoa Mai", EMPTY_CLASS, "2026-2027", year_starts)
    listing = read_class_list(data, "danh-sach.xlsx", today=year_starts)
    assert len(listing.rows) == 36
    assert {row.class_name for row in listing.rows} == {EMPTY_CLASS}
    assert not listing.problems
    assert listing.dropped


def test_the_plan_of_schools_has_25_that_count() -> None:
    plans = planned_schools()
    assert len(plans) == 30
    assert sum(plan.fate == "open" for plan in plans) == 25
