"""What customers need, in the order it is seen to: the priority of an improvement."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("priority", sa.Integer(), nullable=False, server_default="2")
    op.add_column("improvement", column)


def downgrade() -> None:
    op.drop_column("improvement", "priority")
