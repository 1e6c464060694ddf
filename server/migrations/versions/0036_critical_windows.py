"""The hours in which a site's business must not stop."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("critical_windows", Json, nullable=False, server_default="[]")
        )


def downgrade() -> None:
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_column("critical_windows")
