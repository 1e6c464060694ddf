"""The week a technician usually works, kept to be written out again."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("technician", schema=None) as batch_op:
        batch_op.add_column(sa.Column("usual_week", Json, nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("technician", schema=None) as batch_op:
        batch_op.drop_column("usual_week")
