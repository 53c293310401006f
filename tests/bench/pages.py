"""Dashboards at two sizes, the class report, imports, papers and the weight of pages."""

import gzip
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from config.settings import ROOT
from school_safety.access.policy import Role
from school_safety.curriculum.rules import Strand
from school_safety.factory import create_app
from school_safety.kit import commands
from school_safety.planning.rules import Grade
from school_safety.registry.queries import get_school_row
from school_safety.roster.models import Person
from tests.bench.figures import Figures, middle
from tests.bench.serving import environment, settings_of
from tests.client import Client
from tests.factories import classroom, planning
from tests.factories.classes import a_class_group
from tests.factories.coverage import a_standing
from tests.factories.people import a_member
from tests.factories.registry import a_commune, a_department, a_placed_school, a_province, a_school, a_year, the_school
from tests.factories.sheets import a_pupil_row, a_workbook

SIZES = (30, 350)
REPEATS = 7
GRADES = (Grade.UNKNOWN, Grade.G1, Grade.G2, Grade.G3, Grade.G4)
CARDS, ACTIVITIES, PUPILS = 45, 12, 1_000
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ")
GIVEN = ("Ân", "Bảo", "Châu", "Duy", "Hạnh", "Khánh", "Linh", "Minh", "Ngọc", "Phúc")


@dataclass
class Office:
    """An application in this process, and somebody signed in."""

    app: Flask
    person: Person

    def visitor(self) -> Client:
        """The person's browser."""
        return Client(self.app).sign_in(self.person)


def measure(figures: Figures, folder: Path, databases: dict[str, Callable[[str], str]]) -> None:
    """All figures of this module; `databases` makes an empty database of each kind by name."""
    for kind, make in databases.items():
        _dashboards(figures, folder, kind, make)
        with _application(make("class_report"), folder / f"{kind}-class") as app:
            _class_report(figures, kind, app)
            _cards(figures, kind, app)
            _plan_paper(figures, kind, app)
        _imports(figures, folder, kind, make("imports"))


@contextmanager
def _application(url: str, folder: Path) -> Iterator[Flask]:
    folder.mkdir(parents=True, exist_ok=True)
    commands.upgrade(url)
    app = create_app(settings_of(url, folder))
    yield app
    app.extensions["database"].dispose()


# ---- Dashboards ----


def _dashboards(figures: Figures, folder: Path, kind: str, make: Callable[[str], str]) -> None:
    counts: dict[tuple[str, int], int] = {}
    for size in SIZES:
        with _application(make(f"coverage_{size}"), folder / f"{kind}-{size}") as app:
            with app.extensions["database"].writing() as session:
                officer = _province(session, size)
            office = Office(app, officer)
            for path in ("/coverage", "/coverage/schools", "/coverage/public"):
                page = _page(office, path)
                counts[path, size] = page.statements
                name = f"{kind}.page{path.replace('/', '.')}.{size}_schools"
                figures.put(f"{name}.time", page.milliseconds, "ms", most=250, **page.beside)
                figures.put(f"{name}.statements", page.statements, "statements", most=12)
    grown = [path for path, size in counts if size == SIZES[0] and counts[path, SIZES[0]] != counts[path, SIZES[1]]]
    figures.put(f"{kind}.pages_whose_statements_grow_with_schools", len(grown), "pages", most=0, pages=grown)


def _province(session: Session, schools: int) -> Person:
    """Schools at every grade below twelve communes (thirty schools each where there are more), and an officer."""
    year = a_year(session)
    communes = [a_commune(session, name=f"Xã Số {number}") for number in range(max(12, schools // 30))]
    plan = planning.a_plan(session)
    planning.a_target(session, plan=plan)
    planning.a_target(session, plan=plan, indicator="ml_programme", percent=70)
    for number in range(schools):
        school = a_placed_school(session, name=f"THCS Số {number}", commune=communes[number % len(communes)])
        for place, strand in enumerate(Strand):
            a_standing(session, school, strand, GRADES[(number + place) % len(GRADES)], year=year)
    a_department(session)
    return a_member(session, Role.OFFICER, unit=a_province(session)[1], name="Phạm Đo Lường")


@dataclass
class Page:
    """A page that was asked for several times: median milliseconds by the clock and of the processor, statements."""

    milliseconds: float
    processor: float
    statements: int
    answer: TestResponse

    @property
    def beside(self) -> dict[str, float]:
        """What stands beside its time."""
        kilobytes = len(self.answer.data) / 1024
        return {"cpu_ms": self.processor, "statements": float(self.statements), "kb": kilobytes}


def _page(office: Office, path: str) -> Page:
    """Ask for a page several times."""
    browser = office.visitor().browser
    browser.get(path)  # templates compiled, connections open
    took, worked = [], []
    for _repeat in range(REPEATS):
        began, busy = time.perf_counter(), time.process_time()
        answer = browser.get(path)
        took.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - busy))
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}: {answer.get_data(as_text=True)[:400]}")
    with _counted(office.app) as statements:
        answer = browser.get(path)
    return Page(middle(took), middle(worked), len(statements), answer)


@contextmanager
def _counted(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    database = app.extensions["database"]
    for engine in (database.read_engine, database.write_engine):
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in (database.read_engine, database.write_engine):
        event.remove(engine, "before_cursor_execute", note)


def _class_report(figures: Figures, kind: str, app: Flask) -> None:
    with app.extensions["database"].writing() as session:
        room = classroom.a_room(session, pupils=50)
        quiz = classroom.a_quiz(session, types=("choice", "multi", "truefalse", "choice") * 10)
        given = classroom.an_assignment(session, room, assessment=quiz)
        for number, pupil in enumerate(room.pupils):
            classroom.a_submission(session, given, pupil, right=number % 40)
        address = f"/assignments/{given.group.public_id}"
    for path in (address, f"{address}/items"):
        page = _page(Office(app, room.teacher), path)
        name = "items" if path.endswith("items") else "pupils"
        figures.put(f"{kind}.class_report_50x40.{name}.time", page.milliseconds, "ms", most=250, **page.beside)


# ---- Papers ----


def _cards(figures: Figures, kind: str, app: Flask) -> None:
    with app.extensions["database"].writing() as session:
        room = classroom.a_room(session, pupils=CARDS, name="7A1")
        code = get_school_row(session, room.school.id).code
    visitor = Office(app, room.teacher).visitor()
    address = f"/schools/{code}/classes/{room.class_group.id}/cards"
    chosen = re.findall(r'name="pupils"[^>]*value="([^"]+)"', visitor.browser.get(address).get_data(as_text=True))
    took, worked = [], []
    for _repeat in range(3):
        began, busy = time.perf_counter(), time.process_time()
        answer = visitor.browser.post(address, data={"csrf_token": visitor.token, "pupils": chosen})
        took.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
        if answer.mimetype != "application/pdf" or len(chosen) != CARDS:
            raise RuntimeError(f"{len(chosen)} cards: {answer.status_code} {answer.mimetype}")
    figures.put(f"{kind}.sheet_of_45_cards_with_issuing", middle(took), "s", most=4, cpu_seconds=middle(worked))


def _plan_paper(figures: Figures, kind: str, app: Flask) -> None:
    with app.extensions["database"].writing() as session:
        activities = [{"title": f"Hoạt động {number}", "elements": 15} for number in range(1, ACTIVITIES + 1)]
        published = planning.a_publication(session, draft=planning.a_draft(session, activities=activities))
        principal = a_member(session, Role.PRINCIPAL, school=the_school(session, published.school))
        address = f"/schools/{published.school.code}/programme/{published.year.code}/plan.pdf"
    page = _page(Office(app, principal), address)
    if page.answer.mimetype != "application/pdf":
        raise RuntimeError(f"{address}: {page.answer.mimetype}")
    figures.put(
        f"{kind}.official_plan_pdf", page.milliseconds / 1000, "s", most=5, activities=ACTIVITIES, **page.beside
    )


# ---- Imports ----


def _imports(figures: Figures, folder: Path, kind: str, url: str) -> None:
    place = folder / f"{kind}-imports"
    with _application(url, place) as app, app.extensions["database"].writing() as session:
        year, school = a_year(session), a_school(session, code="DO-1", name="THCS Đo lường")
        a_class_group(session, school=school, year=year, name="9A9")
    path = place / "lop.xlsx"
    path.write_bytes(a_workbook([_pupil(number) for number in range(PUPILS)]))
    command = ("roster", "import", str(path), "--school", "DO-1", "--year", "2026-2027")
    first, again = (_command(settings_of(url, place), *command) for _time in range(2))
    if str(PUPILS) not in first.said.replace(".", ""):
        raise RuntimeError(f"the import says: {first.said}")
    name = f"{kind}.roster_import_1000"
    figures.put(name, first.seconds, "s", most=5, cpu_seconds=first.processor, by="flask roster import, from its start")
    figures.put(f"{name}.memory", first.megabytes, "MB", most=300)
    figures.put(f"{name}.again", again.seconds, "s", most=5, cpu_seconds=again.processor)


def _pupil(number: int) -> list[Any]:
    name = f"{FAMILY[number % 10]} {GIVEN[number // 10 % 10]} {GIVEN[number // 100 % 10]} {GIVEN[number % 7]}"
    born = f"{number % 28 + 1:02}/{number // 28 % 12 + 1:02}/2014"
    return a_pupil_row(
        number % 40 + 1, name, born, class_name=f"6A{number // 40 + 1}", code=f"{9_000_000_000 + number}"
    )


@dataclass
class Done:
    """A command that ran: seconds by the clock and of the processor, the most megabytes held, what it said."""

    seconds: float
    processor: float
    megabytes: float
    said: str


def _command(settings: Any, *arguments: str) -> Done:
    """Run a `flask …` command."""
    env = environment(settings, port=8000, workers=1)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", *arguments],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"flask {' '.join(arguments)}: {said[-2000:]}")
    return Done(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said)


# ---- Weights ----

MODULES = re.compile(rb'data-modules="([^"]+)"')
LINKED = re.compile(rb'(?:<link[^>]+href|<script[^>]+src|<img[^>]+src)="(/static/[^"]+)"')


def weigh(figures: Figures, name: str, url: str, cookies: dict[str, str], *, path: str) -> None:
    """Bytes over the wire of a page and its static files, as a proxy with gzip sends them."""
    page = _fetch(url + path, cookies)
    linked = sorted({found.decode().replace("&amp;", "&") for found in LINKED.findall(page)} | set(_modules(page)))
    files = {place.partition("?")[0]: len(_fetch(url + place, {})) for place in linked}
    html = len(gzip.compress(page, 6))
    beside = {"requests": 1 + len(files), "html": html, "html_plain": len(page), "files": files}
    figures.put(f"weight.{name}.first_visit", (html + sum(files.values())) / 1024, "KB", most=60, **beside)
    figures.put(f"weight.{name}.later_visits", html / 1024, "KB", most=8, requests=1)


def _modules(page: bytes) -> list[str]:
    """The modules that the player's first one asks for in its turn; the rescue page's own is none of them."""
    named = MODULES.search(page)
    return [path for path in (named[1].decode().split() if named else ()) if not path.endswith("/rescue.js")]


def _fetch(url: str, cookies: dict[str, str]) -> bytes:
    crumbs = "; ".join(f"{name}={value}" for name, value in cookies.items())
    request = Request(url, headers={"Accept-Encoding": "gzip", "Cookie": crumbs})  # noqa: S310  # our own loopback address
    with urlopen(request, timeout=30) as answer:  # noqa: S310  # our own loopback address
        return bytes(answer.read())
