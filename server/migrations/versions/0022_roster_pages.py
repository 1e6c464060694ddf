"""Absences asked for, ranks on call, calendar feeds."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# Not as batches: a table built anew would lose the triggers that keep shifts apart.
ABSENCE = (
    sa.Column("state", sa.String(), nullable=False, server_default="approved"),
    sa.Column("decided_by", sa.String(), nullable=False, server_default=""),
    sa.Column("decided_at", UtcDateTime(), nullable=True),
    sa.Column("answer", sa.String(), nullable=False, server_default=""),
)


def upgrade() -> None:
    for column in ABSENCE:
        op.add_column("absence", column._copy())
    op.add_column("shift", sa.Column("rank", sa.Integer(), nullable=True))
    op.add_column("technician", sa.Column("feed_hash", sa.String(), nullable=True))
    op.create_index("ix_technician_feed_hash", "technician", ["feed_hash"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_technician_feed_hash", "technician")
    op.drop_column("technician", "feed_hash")
    op.drop_column("shift", "rank")
    for column in ABSENCE:
        op.drop_column("absence", column.name)
