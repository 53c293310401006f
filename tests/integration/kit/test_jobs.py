"""Background work: claimed once, tried again, brought back from a killed worker."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from school_safety.kit import clock, jobs
from school_safety.kit.db import Database
from school_safety.kit.jobs import HANDLERS, PERIODIC, Job

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)


@pytest.fixture
def done() -> Iterator[list[dict[str, Any]]]:
    """What the handler of kind `test.note` was given."""
    seen: list[dict[str, Any]] = []
    HANDLERS["test.note"] = lambda session, payload: seen.append(payload)
    yield seen
    del HANDLERS["test.note"]


def add(database: Database, **options: Any) -> None:
    with database.writing() as session:
        jobs.enqueue(session, "test.note", {"n": 1}, **options)


def stored(database: Database) -> list[Job]:
    with database.reading() as session:
        return list(session.scalars(select(Job).order_by(Job.id)))


def test_a_job_is_done_once_and_marked(database: Database, done: list[dict[str, Any]]) -> None:
    add(database)
    assert jobs.work_once(database)
    assert not jobs.work_once(database)
    assert done == [{"n": 1}]
    assert stored(database)[0].done_at is not None


def test_a_job_waits_until_it_is_due(database: Database, done: list[dict[str, Any]]) -> None:
    with clock.at(NOON):
        add(database, due_at=NOON + timedelta(minutes=5))
        assert not jobs.work_once(database)
    with clock.at(NOON + timedelta(minutes=6)):
        assert jobs.work_once(database)
    assert len(done) == 1


def test_the_same_key_waits_only_once_but_can_come_again_when_done(
    database: Database, done: list[dict[str, Any]]
) -> None:
    add(database, key="close-7")
    add(database, key="close-7")
    assert jobs.work_once(database)
    assert not jobs.work_once(database)
    add(database, key="close-7")
    assert jobs.work_once(database)


def test_a_failing_job_leaves_nothing_and_is_tried_again_later(database: Database) -> None:
    def fail(session: Session, payload: dict[str, Any]) -> None:
        jobs.enqueue(session, "test.left", {})
        raise LookupError("a name that must not be stored")

    HANDLERS["test.note"] = fail
    with clock.at(NOON):
        add(database)
        assert jobs.work_once(database)
        assert not jobs.work_once(database)
    (job,) = stored(database)
    assert (job.tries, job.failure, job.done_at) == (1, "LookupError", None)
    with clock.at(NOON + timedelta(minutes=1)):
        assert jobs.work_once(database)
    del HANDLERS["test.note"]


def test_a_killed_workers_job_comes_back_after_its_lease(database: Database, done: list[dict[str, Any]]) -> None:
    with clock.at(NOON):
        add(database)
        with database.writing() as session:
            session.execute(update(Job).values(leased_until=NOON + jobs.LEASE, tries=1))
        assert not jobs.work_once(database)
    with clock.at(NOON + jobs.LEASE + timedelta(seconds=1)):
        assert jobs.work_once(database)
    assert len(done) == 1


def test_two_workers_share_the_work_without_doing_anything_twice(
    database: Database, done: list[dict[str, Any]]
) -> None:
    for _ in range(12):
        add(database)

    def work() -> None:
        while jobs.work_once(database):
            pass

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 12


def test_periodic_work_is_planned_once_and_again_after_it_was_done(
    database: Database, done: list[dict[str, Any]]
) -> None:
    others = dict(PERIODIC)
    PERIODIC.clear()
    PERIODIC["test.note"] = timedelta(minutes=1)
    try:
        with clock.at(NOON):
            jobs.plan_periodic(database)
            jobs.plan_periodic(database)
            assert jobs.work_once(database)
            assert not jobs.work_once(database)
            jobs.plan_periodic(database)
            assert not jobs.work_once(database)
        with clock.at(NOON + timedelta(seconds=61)):
            assert jobs.work_once(database)
    finally:
        PERIODIC.clear()
        PERIODIC.update(others)
    assert len(done) == 2
