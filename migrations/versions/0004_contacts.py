"""Contacts as rows that the department edits, and everything that they said before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import school_safety.kit.db
from school_safety.kit.triggers import append_only

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("link", sa.String(length=200), nullable=False),
        sa.Column("name", JSON, nullable=False),
        sa.Column("owner", JSON, nullable=False),
        sa.Column("hours", JSON, nullable=False),
        sa.Column("for_pupils", sa.Boolean(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("verified", sa.Text(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("former", JSON, nullable=False),
        sa.Column("offered", JSON, nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"), nullable=False),
        sa.CheckConstraint("replaced_by_id <> id", name=op.f("ck_contact_replaced_by_another")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["contact.id"], name=op.f("fk_contact_replaced_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("code", name=op.f("uq_contact_code")),
    )
    op.create_table(
        "contact_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_contact_revision_number_from_one")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_revision_contact_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_contact_revision_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_revision")),
        sa.UniqueConstraint("contact_id", "number", name=op.f("uq_contact_revision_contact_id_number")),
    )
    for statement in append_only(op.get_bind().dialect.name, ["contact_revision"]):
        op.execute(statement)


def downgrade() -> None:
    """Go back down."""
    op.drop_table("contact_revision")
    op.drop_table("contact")
