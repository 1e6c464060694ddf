"""Why one time is meant for regions that are reached differently, kept with a version."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

COLUMNS = ("blanket_reason", "blanket_reason_by")


def upgrade() -> None:
    for name in COLUMNS:
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("agreement_version", column)


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("agreement_version", name)
