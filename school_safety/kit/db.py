"""The database: two engines, one unit of work a request, and the column types that behave alike on both databases.

Writes go through one engine (`BEGIN IMMEDIATE` on SQLite, so that a read-then-write never loses an update), reads
through another that cannot write. In a request, `session()` is the read session for GET and HEAD and the write session
otherwise; the shell (`kit.web.Shell`) commits when the answer is below 400 and rolls everything else back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

from flask import current_app, g, request
from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, MetaData, String, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB, Insert, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Session as Session  # the name everybody else takes it from
from sqlalchemy.types import TypeDecorator

from school_safety.kit import sqlite
from school_safety.kit.errors import Refused

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
APPEND_ONLY = {"append_only": True}

Action = Callable[[Session], object]

Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """Every table; constraint names follow one convention, so that migrations can name what they drop."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def code_enum(codes: type[StrEnum]) -> Enum:
    """A column type that stores the value of a StrEnum and lets the database refuse any other."""
    return Enum(
        codes,
        name=codes.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def binary_text(length: int) -> String:
    """A text column compared and sorted byte by byte on both databases (paths, sort keys)."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Database:
    """The write engine, the read engine and the units of work made of them."""

    def __init__(self, url: str) -> None:
        self.write_engine = _engine(url, read_only=False)
        self.read_engine = _engine(url, read_only=True)
        self._frozen: dict[tuple[object, int], Any] = {}

    def reader(self) -> Session:
        """A new session that cannot write."""
        return _ReadSession(self.read_engine, autoflush=False, expire_on_commit=False, info={FROZEN: self._frozen})

    def writer(self) -> Session:
        """A new session that writes."""
        return Session(self.write_engine, expire_on_commit=False, info={FROZEN: self._frozen})

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One unit of work outside a request: committed at the end, rolled back by an exception."""
        with self.writer() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only session outside a request."""
        with self.reader() as session:
            yield session

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.write_engine.dispose()
        self.read_engine.dispose()


class _ReadSession(Session):
    """A session whose changed objects are a mistake of ours, said aloud."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        if self.new or self.dirty or self.deleted:
            raise RuntimeError("an object of the read session was changed; read it again in the write session")


def _engine(url: str, *, read_only: bool) -> Engine:
    if url.startswith("sqlite"):
        arguments: dict[str, Any] = {"check_same_thread": False} | ({} if read_only else {"factory": sqlite.Writer})
        engine = create_engine(url, pool_size=8, max_overflow=24, connect_args=arguments)
        event.listen(engine, "connect", sqlite.prepare_reader if read_only else sqlite.prepare_writer)
        event.listen(engine, "begin", sqlite.begin_reading if read_only else sqlite.begin_writing)
        return engine
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if read_only else {}
    return create_engine(url, pool_size=8, max_overflow=8, pool_timeout=10, execution_options=options)


# ---- The unit of work of a request ----


class Unit:
    """The sessions of one request, opened at first use, and what to do once they are rolled back."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.after: list[Action] = []
        self.always: list[Action] = []
        self._reader: Session | None = None
        self._writer: Session | None = None

    def reader(self) -> Session:
        if self._reader is None:
            self._reader = self.database.reader()
        return self._reader

    def writer(self) -> Session:
        if self._writer is None:
            self._writer = self.database.writer()
        return self._writer

    def finish(self, *, commit: bool) -> None:
        """Commit or roll back; then run in a small unit of its own what must survive a rollback, or is due anyway."""
        writer, self._writer = self._writer, None
        after, self.after = self.after, []
        always, self.always = self.always, []
        self.release_reader()
        if writer is not None:
            try:
                if commit:
                    writer.commit()
            finally:
                writer.close()
        due = [*always, *(after if writer is None or not commit else ())]
        if due:
            with self.database.writing() as session:
                for action in due:
                    action(session)

    def release_reader(self) -> None:
        """Close the read session if there is one."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None


def database() -> Database:
    """The database of the current application."""
    return cast(Database, current_app.extensions["database"])


def unit() -> Unit:
    """The unit of work of the current request."""
    if "unit" not in g:
        g.unit = Unit(database())
    return cast(Unit, g.unit)


def release(error: BaseException | None = None) -> None:
    """At the very end of a request: roll back and give back whatever was opened outside the view (error pages)."""
    left = cast("Unit | None", g.pop("unit", None))
    if left is not None:
        left.finish(commit=False)


def session() -> Session:
    """The session of this request: read-only for safe methods, else the write session (it locks at first use)."""
    return unit().reader() if request.method in SAFE_METHODS else unit().writer()


def reader() -> Session:
    """The read-only session of this request, whatever the method."""
    return unit().reader()


def after_rollback(action: Action) -> None:
    """Do this write in a unit of its own if the request is refused or only reads (counters, audit of refusals)."""
    unit().after.append(action)


def beside(action: Action) -> None:
    """Do this write in a unit of its own whatever becomes of the request (the session's last-seen minute)."""
    unit().always.append(action)


# ---- What never changes ----

FROZEN, MOST_FROZEN = "frozen", 5000
Loaded = TypeVar("Loaded")


def frozen(
    session: Session, ids: Iterable[int], load: Callable[[Session, Sequence[int]], Mapping[int, Loaded]]
) -> dict[int, Loaded]:
    """Rows that never change once they are there, such as a published item: each process loads them once.

    Only what a reader sees is kept: a writer may still take back what it has written.
    """
    kept: dict[tuple[object, int], Any] = session.info.get(FROZEN, {})
    wanted = list(ids)
    found = {one: kept[load, one] for one in wanted if (load, one) in kept}
    missing = [one for one in wanted if one not in found]
    if missing:
        fresh = load(session, missing)
        found |= fresh
        if isinstance(session, _ReadSession):
            if len(kept) > MOST_FROZEN:
                kept.clear()
            kept.update({(load, one): row for one, row in fresh.items()})
    return found


# ---- Writes that behave alike on both databases ----


def upsert(table: Any, *, keys: Sequence[str], update: Sequence[str]) -> Insert:
    """`INSERT … ON CONFLICT (keys) DO UPDATE` of the named columns; parameters are given at execution."""
    statement = insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(keys), set_={name: statement.excluded[name] for name in update}
    )


def insert_ignore(table: Any, *, keys: Sequence[str]) -> Insert:
    """`INSERT … ON CONFLICT (keys) DO NOTHING`; parameters are given at execution."""
    return insert(table).on_conflict_do_nothing(index_elements=list(keys))


def insert_many(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many plain rows in as few statements as the driver allows."""
    if rows:
        session.execute(table.__table__.insert(), list(rows))  # type: ignore[attr-defined]  # __table__ is a Table here


@contextmanager
def refusing(session: Session, code: str, field: str | None = None) -> Iterator[None]:
    """Turn a violated constraint inside the block into the same refusal that the rule gives; the unit lives on."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise Refused(code, field) from error
