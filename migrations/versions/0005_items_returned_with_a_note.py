"""Drafts of items can be sent back to their author with a note."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column("item_revision", sa.Column("returned_note", sa.Text()))


def downgrade() -> None:
    """Go back down."""
    op.drop_column("item_revision", "returned_note")
