"""Rules that the database itself keeps: fact tables take new rows only. Used by migrations, on both databases."""

from collections.abc import Iterable

_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% takes new rows only', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$
"""


def append_only(dialect: str, tables: Iterable[str]) -> list[str]:
    """Statements that forbid UPDATE and DELETE on the tables."""
    if dialect == "postgresql":
        triggers = [
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            for table in tables
        ]
        return [_REFUSE, *triggers]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} takes new rows only'); END"
        for table in tables
        for verb in ("UPDATE", "DELETE")
    ]


def drop_append_only(dialect: str, tables: Iterable[str]) -> list[str]:
    """The way back."""
    if dialect == "postgresql":
        drops = [f"DROP TRIGGER append_only ON {table}" for table in tables]
        return [*drops, "DROP FUNCTION refuse_change()"]
    return [f"DROP TRIGGER {table}_no_{verb}" for table in tables for verb in ("update", "delete")]
