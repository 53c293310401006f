"""One unit of work a request: committed below 400, else rolled back; what must survive a refusal does."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask, redirect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.access.actions import record_audit
from school_safety.access.guard import public
from school_safety.access.models import AuditEvent
from school_safety.kit import db
from school_safety.kit.errors import Conflict, NotAllowed, NotFound, Refused, TooMany
from tests.client import Client

Store = Callable[[], AbstractContextManager[Session]]


@pytest.fixture
def app(app_to_change: Flask) -> Flask:
    """These tests add views."""
    return app_to_change


def note(session: Session, verb: str = "test.made") -> None:
    record_audit(session, actor=None, verb=verb)


@pytest.fixture
def write(app: Flask, client: Client, store: Store) -> Callable[[Callable[[], object]], tuple[int, int]]:
    """Run a view body behind a POST; answers the status and how many rows are kept."""

    def run(body: Callable[[], object], method: str = "POST") -> tuple[int, int]:
        app._got_first_request = False
        app.add_url_rule("/trial", "trial", public(body), methods=[method])
        answer = client.post("/trial") if method == "POST" else client.get("/trial")
        with store() as session:
            return answer.status_code, session.scalar(select(func.count()).select_from(AuditEvent)) or 0

    return run


def test_an_answer_below_400_keeps_what_was_written(write: Callable[..., tuple[int, int]]) -> None:
    def view() -> object:
        note(db.session())
        return redirect("/", 303)

    assert write(view) == (303, 1)


def test_a_refused_form_keeps_nothing_not_even_from_a_savepoint(write: Callable[..., tuple[int, int]]) -> None:
    def view() -> object:
        session = db.session()
        note(session)
        with session.begin_nested():
            note(session)
        return {"again": True}, 422

    assert write(view) == (422, 0)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused("too_late"), 422),
        (NotAllowed(), 403),
        (NotFound(), 404),
        (Conflict(), 409),
        (TooMany(300), 429),
        (RuntimeError("broken"), 500),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_an_exception_keeps_nothing_and_has_its_own_answer(
    write: Callable[..., tuple[int, int]], error: Exception, status: int
) -> None:
    def view() -> object:
        note(db.session())
        raise error

    assert write(view) == (status, 0)


def test_what_must_survive_a_refusal_does(write: Callable[..., tuple[int, int]]) -> None:
    def view() -> object:
        note(db.session())
        db.after_rollback(lambda session: note(session, "test.survived"))
        raise NotAllowed

    assert write(view) == (403, 1)


def test_a_get_cannot_write(write: Callable[..., tuple[int, int]]) -> None:
    def view() -> object:
        note(db.session())
        return {"changed": True}

    status, kept = write(view, "GET")
    assert status in (500, 503)
    assert kept == 0


@pytest.mark.parametrize("url", ["/sign-in", "/nothing-here", "/today"])
def test_every_connection_is_given_back_whatever_the_answer(app: Flask, url: str) -> None:
    visitor = app.test_client()
    for _ in range(3):
        visitor.post(url)
        visitor.get(url)
    database = app.extensions["database"]
    assert database.read_engine.pool.checkedout() == 0
    assert database.write_engine.pool.checkedout() == 0


def test_too_many_says_when_to_come_back(app: Flask, client: Client) -> None:
    def view() -> object:
        raise TooMany(300)

    app.add_url_rule("/busy", "busy", public(view))
    answer = client.get("/busy")
    assert answer.headers["Retry-After"] == "300"
    assert "5 phút" in answer.text
