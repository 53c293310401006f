"""What teachers tell: a lesson taught, a leaflet handed out; a draft for those who record deliveries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import school_safety.kit.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "told_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("lesson_code", sa.String(length=20), nullable=False),
        sa.Column("taught_on", sa.Date(), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("class_group_ids", JSON, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("told_by", sa.Integer(), nullable=False),
        sa.Column("told_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(settled_by IS NULL) = (settled_at IS NULL)", name=op.f("ck_told_delivery_settled_whole")),
        sa.CheckConstraint("head_count >= 1", name=op.f("ck_told_delivery_somebody_present")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_told_delivery_delivery_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_told_delivery_school_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_told_delivery_settled_by")),
        sa.ForeignKeyConstraint(["told_by"], ["person.id"], name=op.f("fk_told_delivery_told_by")),
        sa.ForeignKeyConstraint(["year_id"], ["academic_year.id"], name=op.f("fk_told_delivery_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_delivery")),
    )
    op.create_index(op.f("ix_told_delivery_school_id_year_id"), "told_delivery", ["school_id", "year_id"])


def downgrade() -> None:
    """Go back down."""
    op.drop_index(op.f("ix_told_delivery_school_id_year_id"), table_name="told_delivery")
    op.drop_table("told_delivery")
