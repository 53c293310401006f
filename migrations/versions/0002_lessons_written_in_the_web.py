"""Lessons written in the web: who wrote, reviewed and retired a revision; a school's own adaptation of a lesson."""

import sqlalchemy as sa
from alembic import op

import school_safety.kit.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

EYES = ("second_pair_of_eyes", "reviewed_by <> written_by")
OPEN = sa.text("state IN ('draft', 'reviewed')")
KEYS = (
    ("lesson", "school_id", "school"),
    ("lesson", "adapted_from_id", "lesson"),
    ("lesson_revision", "original_id", "lesson_revision"),
    ("lesson_revision", "written_by", "person"),
    ("lesson_revision", "reviewed_by", "person"),
    ("lesson_revision", "retired_by", "person"),
)
MOMENTS = ("created_at", "proposed_at")


def upgrade() -> None:
    """Go up; SQLite takes a key and its rule with the column, so that no table is written anew."""
    for table, column, target in KEYS:
        if op.get_bind().dialect.name == "sqlite":
            rule = f" CONSTRAINT ck_{table}_{EYES[0]} CHECK ({EYES[1]})" if column == "reviewed_by" else ""
            key = f"CONSTRAINT fk_{table}_{column} REFERENCES {target} (id)"
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {key}{rule}")
        else:
            op.add_column(table, sa.Column(column, sa.Integer(), nullable=True))
            op.create_foreign_key(op.f(f"fk_{table}_{column}"), table, target, [column], ["id"])
    if op.get_bind().dialect.name != "sqlite":
        op.create_check_constraint(op.f(f"ck_lesson_revision_{EYES[0]}"), "lesson_revision", EYES[1])
    for moment in MOMENTS:
        op.add_column("lesson_revision", sa.Column(moment, school_safety.kit.db.UtcDateTime(timezone=True)))
    op.add_column("lesson_revision", sa.Column("returned_note", sa.Text()))
    op.create_index(op.f("ix_lesson_adapted_from_id"), "lesson", ["adapted_from_id"], unique=False)
    op.create_index(
        "uq_lesson_adaptation",
        "lesson",
        ["school_id", "adapted_from_id"],
        unique=True,
        sqlite_where=sa.text("school_id IS NOT NULL"),
        postgresql_where=sa.text("school_id IS NOT NULL"),
    )
    op.create_index(
        "uq_lesson_revision_open",
        "lesson_revision",
        ["lesson_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    """Go back down."""
    op.drop_index("uq_lesson_revision_open", table_name="lesson_revision")
    op.drop_index("uq_lesson_adaptation", table_name="lesson")
    op.drop_index(op.f("ix_lesson_adapted_from_id"), table_name="lesson")
    op.drop_column("lesson_revision", "returned_note")
    for moment in MOMENTS:
        op.drop_column("lesson_revision", moment)
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(f"ck_lesson_revision_{EYES[0]}"), "lesson_revision", type_="check")
    for table, column, _ in sorted(KEYS, key=lambda key: key[1] != "reviewed_by"):
        op.drop_column(table, column)
