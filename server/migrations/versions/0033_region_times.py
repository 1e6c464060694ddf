"""Response windows and travel speeds of a region's own."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

COLUMNS = ("response_minutes", "speeds")


def upgrade() -> None:
    with op.batch_alter_table("region", schema=None) as batch_op:
        for name in COLUMNS:
            batch_op.add_column(sa.Column(name, Json, nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("region", schema=None) as batch_op:
        for name in COLUMNS:
            batch_op.drop_column(name)
