"""Marks that a second person gives without seeing the first; attempts scored anew by a corrected question."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import school_safety.kit.db
from school_safety.kit.triggers import append_only

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    op.add_column("mark", sa.Column("blind", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("attempt", sa.Column("regraded", JSON, nullable=True))
    op.create_table(
        "regrading",
        sa.Column("id", LONG, nullable=False),
        sa.Column("attempt_id", LONG, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("from_revision_id", sa.Integer(), nullable=False),
        sa.Column("to_revision_id", sa.Integer(), nullable=False),
        sa.Column("earned_before", sa.BigInteger(), nullable=False),
        sa.Column("earned_before_of", sa.BigInteger(), nullable=False),
        sa.Column("earned_after", sa.BigInteger(), nullable=False),
        sa.Column("earned_after_of", sa.BigInteger(), nullable=False),
        sa.Column("regraded_by", sa.Integer(), nullable=False),
        sa.Column("regraded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "earned_before_of > 0 AND earned_after_of > 0", name=op.f("ck_regrading_denominators_positive")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_regrading_attempt_id")),
        sa.ForeignKeyConstraint(["from_revision_id"], ["item_revision.id"], name=op.f("fk_regrading_from_revision_id")),
        sa.ForeignKeyConstraint(["to_revision_id"], ["item_revision.id"], name=op.f("fk_regrading_to_revision_id")),
        sa.ForeignKeyConstraint(["regraded_by"], ["person.id"], name=op.f("fk_regrading_regraded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrading")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_regrading_attempt_id"), "regrading", ["attempt_id"], unique=False)
    for statement in append_only(op.get_bind().dialect.name, ["regrading"]):
        op.execute(statement)


def downgrade() -> None:
    """Go back down."""
    op.drop_index(op.f("ix_regrading_attempt_id"), table_name="regrading")
    op.drop_table("regrading")
    op.drop_column("attempt", "regraded")
    op.drop_column("mark", "blind")
