"""Every address asked by people who have no business there: generated from the list of addresses, so none is missed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from school_safety.access.guard import Access
from school_safety.access.policy import Permission, Role
from school_safety.kit import clock, db
from tests.client import Client
from tests.factories.classes import a_class_group, an_enrolment
from tests.factories.people import a_member, a_person
from tests.factories.registry import a_commune, a_school
from tests.integration.access.world import NOW, World, a_high_school, build

Store = Callable[[], AbstractContextManager[Session]]
Clients = Callable[[], Client]

LIBRARY = {"curriculum", "packs"}
OWN_LESSONS = "/lessons/<code>/own"
"""In the library, and yet one school's alone."""
SHARED = {
    "assessment.item_show",
    "planning.plan_show",
    "coverage.figures_download",
    "coverage.schools_download",
    "registry.school_export",
    "registry.unit_show",
}
"""One content for everybody with the permission, or a list that holds only what is in the asker's reach."""
OF_THE_SCHOOL = {
    "assessment.assessment_show",
    "assessment.assessment_print",
    "assessment.assessment_copy",
    "packs.adaptation_begin",
    "packs.adaptation_discard",
    "packs.adaptation_edit",
    "packs.adaptation_original",
    "packs.adaptation_publish",
    "packs.adaptation_retire",
    "packs.adaptation_show",
    "roster.class_group_index",
}
"""Colleagues share these; the list of class groups holds only their own."""
OF_THE_ASKER = {"roster.session_end"}
"""The id is looked up among the asker's own."""
BY_BEARER = {"/learn/upload"}
"""What carries its own proof and no session; empty bodies are refused there as such."""
UNREADABLE = {
    *("roster.import_show", "roster.staff_import_show", "registry.import_show"),
    *("assessment.item_draft", "assessment.item_return"),
}
"""Drafts: in this world those of imports are empty and nobody writes an item, so nobody can look at them."""


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def world(app: Flask, store: Store) -> World:
    with store() as session:
        return build(session, Path(app.extensions["settings"].data_dir) / "files")


def addresses(app: Flask, world: World, *, unsafe: bool) -> list[tuple[Rule, str, str]]:
    """Every rule that names an object, its method, and the address of that object in this world."""
    found = []
    bound = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"OPTIONS", "HEAD"}
        method = next(iter(methods - db.SAFE_METHODS), None) if unsafe else "GET" if "GET" in methods else None
        if method is not None and (rule.arguments or unsafe):
            values = {name: world.named.of(rule.rule, name) for name in rule.arguments}
            found.append((rule, method, bound.build(rule.endpoint, values, method=method)))
    return found


def access_of(app: Flask, rule: Rule) -> Access:
    access: Access = vars(app.view_functions[rule.endpoint])["access"]
    return access


def is_private(app: Flask, rule: Rule) -> bool:
    of_library = rule.endpoint.split(".")[0] in LIBRARY and not rule.rule.startswith(OWN_LESSONS)
    shared = rule.endpoint in SHARED | OF_THE_ASKER or of_library
    return access_of(app, rule).permission is not None and bool(rule.arguments) and not shared


def asked(client: Client, method: str, address: str, *, accept: str = "text/html") -> int:
    """The status of one question, sent with its token."""
    data = {"csrf_token": client.token} if method != "GET" else None
    return client.browser.open(address, method=method, data=data, headers={"Accept": accept}).status_code


def test_nobody_of_another_school_class_or_role_sees_or_changes_anything(
    app: Flask, world: World, new_client: Clients
) -> None:
    private = [
        (rule, method, address)
        for unsafe in (False, True)
        for rule, method, address in addresses(app, world, unsafe=unsafe)
        if is_private(app, rule)
    ]
    assert len(private) > 100
    before = contents(app)
    wrong = {}
    for name, person in world.strangers.items():
        client = new_client().sign_in(person)
        for rule, method, address in private:
            if name == "classmate" and access_of(app, rule).permission is Permission.READ_ASSIGNED:
                continue  # what the class was given is the classmate's too
            if name == "teacher of the class beside" and rule.endpoint in OF_THE_SCHOOL:
                continue
            if name == "editor" and access_of(app, rule).permission is Permission.WRITE_ITEMS:
                continue  # the bank is the province's, and the editor writes it
            status = asked(client, method, address, accept="application/json")
            if status not in (403, 404):
                wrong[name, method, address] = status
    assert wrong == {}
    assert contents(app) == before


def test_each_page_has_somebody_who_may_see_it(app: Flask, world: World, new_client: Clients) -> None:
    clients = [new_client().sign_in(person) for person in world.insiders.values()]
    unseen = []
    for rule, method, address in addresses(app, world, unsafe=False):
        if is_private(app, rule) and rule.endpoint not in UNREADABLE:
            statuses = []
            for client in clients:
                statuses.append(asked(client, method, address))
                if statuses[-1] in (200, 303):
                    break
            else:
                unseen.append((address, statuses))
    assert unseen == []


def test_nothing_is_changed_without_the_token(app: Flask, world: World, new_client: Clients) -> None:
    before = contents(app)
    clients = {name: new_client().sign_in(world.insiders[name]) for name in ("admin", "coordinator", "pupil")}
    visitor = new_client()
    taken = {}
    for rule, method, address in addresses(app, world, unsafe=True):
        for name, client in {**clients, "visitor": visitor}.items():
            status = client.browser.open(address, method=method).status_code
            if status != 400 and rule.rule not in BY_BEARER:
                taken[rule.rule, name] = status
    assert taken == {}
    assert contents(app) == before


def test_an_evidence_file_with_recognisable_pupils_stays_in_the_school(
    app: Flask, world: World, new_client: Clients
) -> None:
    address = f"/evidence/{world.named.of('/evidence/', 'public_id')}"
    statuses = {name: asked(new_client().sign_in(person), "GET", address) for name, person in world.insiders.items()}
    assert {name for name, status in statuses.items() if status == 200} == {"coordinator", "principal"}


def test_a_commune_officer_does_not_reach_the_upper_secondary_school_in_the_commune(
    store: Store, new_client: Clients
) -> None:
    with store() as session:
        commune = a_commune(session, code="X03")
        a_high_school(session, commune=commune)
        a_school(session, code="S4", commune=commune)
        officer = a_member(session, Role.COMMUNE_OFFICER, unit=commune[1])
    client = new_client().sign_in(officer)
    assert asked(client, "GET", "/schools/S4") == 200
    assert asked(client, "GET", "/schools/S3") == 404
    assert "S3" not in client.browser.get("/schools/export.csv").text


def test_a_pupil_who_changed_schools_is_out_of_the_former_schools_reach(store: Store, new_client: Clients) -> None:
    with store() as session:
        former, present = a_school(session, code="S1"), a_school(session, code="S2")
        pupil = a_person(session)
        ended, left = date(2026, 10, 30), date(2026, 11, 2)
        classes = [a_class_group(session, school=school) for school in (former, present)]
        old = an_enrolment(session, class_group=classes[0], person=pupil, ends_on=ended)
        new = an_enrolment(session, class_group=classes[1], person=pupil, starts_on=left)
        gone = an_enrolment(session, class_group=classes[0], ends_on=ended)
        coordinators = [a_member(session, Role.COORDINATOR, school=school) for school in (former, present)]
    then, now = (new_client().sign_in(person) for person in coordinators)
    for page in ("/privacy/pupils/{}", "/enrolments/{}/edit"):
        assert asked(then, "GET", page.format(old.public_id)) == 404
        assert asked(then, "GET", page.format(new.public_id)) == 404
        assert asked(now, "GET", page.format(new.public_id)) == 200
        assert asked(then, "GET", page.format(gone.public_id)) == 200


def contents(app: Flask) -> list[str]:
    """Everything stored, but for signing in and what the log says of refusals."""
    beside = ("sign_in_session", "audit_event", "audit_seal")
    with app.extensions["database"].read_engine.connect() as connection:
        dump = connection.connection.driver_connection.iterdump()
        return [line for line in dump if not line.startswith(tuple(f'INSERT INTO "{table}"' for table in beside))]
