"""The hours in which a site lets somebody in."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.add_column(sa.Column("access_hours", Json, nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_column("access_hours")
