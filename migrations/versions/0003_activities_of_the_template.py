"""Activities remember the line of the year's template that made them, and what they said then."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MADE = sa.text("template_key IS NOT NULL")


def upgrade() -> None:
    """Go up."""
    op.add_column("activity", sa.Column("template_key", sa.String(80)))
    op.add_column("activity", sa.Column("template_hash", sa.String(64)))
    op.create_index(
        "uq_activity_template_key",
        "activity",
        ["programme_id", "template_key"],
        unique=True,
        sqlite_where=MADE,
        postgresql_where=MADE,
    )


def downgrade() -> None:
    """Go back down."""
    op.drop_index("uq_activity_template_key", table_name="activity")
    op.drop_column("activity", "template_hash")
    op.drop_column("activity", "template_key")
