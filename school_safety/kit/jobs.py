"""Background work as rows: an action enqueues in its own transaction, the worker claims, does and marks.

A lease brings back what a killed worker held; handlers are idempotent, a second run changes nothing.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Index, Integer, String, Text, delete, insert, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from school_safety.kit import clock
from school_safety.kit.db import Base, Database, Json, UtcDateTime, insert_ignore

log = structlog.get_logger()

Handler = Callable[[Session, dict[str, Any]], object]
HANDLERS: dict[str, Handler] = {}
PERIODIC: dict[str, timedelta] = {}

LEASE = timedelta(minutes=5)
MOST_TRIES = 8
KEPT = timedelta(days=30)


class Job(Base):
    """One thing due; `key` makes enqueuing it twice a no-op while the first is waiting."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "done_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    failure: Mapped[str | None] = mapped_column(Text)


def handler(kind: str, *, every: timedelta | None = None) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of this kind; with `every` it also runs by itself at that interval."""

    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        if every is not None:
            PERIODIC[kind] = every
        return function

    return register


def enqueue(
    session: Session, kind: str, payload: dict[str, Any], *, due_at: datetime | None = None, key: str | None = None
) -> None:
    """Add a job in the caller's transaction; with a `key` that is already there nothing is added."""
    values = {"kind": kind, "key": key, "payload": payload, "due_at": due_at or clock.now(), "tries": 0}
    statement = insert(Job) if key is None else insert_ignore(Job, keys=["key"])
    session.execute(statement, values)


def work_once(database: Database) -> bool:
    """Do one due job; False when nothing was due."""
    with database.writing() as session:
        job = _claim(session)
    if job is None:
        return False
    try:
        with database.writing() as session:
            HANDLERS[job.kind](session, job.payload)
            session.execute(update(Job).where(Job.id == job.id).values(done_at=clock.now(), key=None, failure=None))
    except Exception as error:  # whatever a handler raises must not stop the worker: it is written down and tried again
        log.error("job_failed", kind=job.kind, job=job.id, tries=job.tries, exc_info=error)
        with database.writing() as session:
            again = clock.now() + timedelta(seconds=10 * 2**job.tries)
            session.execute(
                update(Job)
                .where(Job.id == job.id)
                .values(leased_until=None, due_at=again, failure=type(error).__name__)
            )
    return True


def work(database: Database, *, idle_seconds: float = 1.0, until: Callable[[], bool] = lambda: False) -> None:
    """Work until told to stop; periodic kinds are enqueued under their own name as the key."""
    while not until():
        plan_periodic(database)
        while work_once(database):
            if until():
                return
        time.sleep(idle_seconds)


def plan_periodic(database: Database) -> None:
    """Make sure that each periodic kind has its next run waiting."""
    now = clock.now()
    with database.reading() as session:
        waiting = set(session.scalars(select(Job.key).where(Job.key.in_(list(PERIODIC)))))
        last = {kind: _last_done(session, kind) for kind in PERIODIC if kind not in waiting}
    if not last:
        return
    with database.writing() as session:
        for kind, done_at in last.items():
            enqueue(session, kind, {}, due_at=done_at + PERIODIC[kind] if done_at else now, key=kind)
        session.execute(delete(Job).where(Job.done_at < now - KEPT))


def _last_done(session: Session, kind: str) -> datetime | None:
    statement = select(Job.done_at).where(Job.kind == kind, Job.done_at.is_not(None))
    return session.scalars(statement.order_by(Job.done_at.desc()).limit(1)).first()


def _claim(session: Session) -> Job | None:
    now = clock.now()
    free = or_(Job.leased_until.is_(None), Job.leased_until < now)
    due = select(Job).where(Job.done_at.is_(None), Job.due_at <= now, free, Job.tries < MOST_TRIES)
    job = session.scalars(due.order_by(Job.due_at, Job.id).limit(1).with_for_update(skip_locked=True)).first()
    if job is not None:
        job.leased_until, job.tries = now + LEASE, job.tries + 1
        session.flush()
        session.expunge(job)
    return job
