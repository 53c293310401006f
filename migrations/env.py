"""Alembic's environment: our models, one connection, batch mode on SQLite."""

from alembic import context
from sqlalchemy import create_engine, event

from school_safety import factory  # noqa: F401  # knows every domain, so that all tables are there
from school_safety.kit.db import Base

LOCK_TIMEOUT = "SET lock_timeout = '2s'"


def run() -> None:
    """Run the migrations on the database named by the caller."""
    engine = create_engine(context.config.attributes["url"])
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, record: connection.execute("PRAGMA foreign_keys = OFF"))
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(LOCK_TIMEOUT)
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
