"""What services take."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

SERVICE = (
    sa.Column("duration_seconds", Json, nullable=False, server_default="{}"),
    sa.Column("skills", Json, nullable=False, server_default="{}"),
    sa.Column("checklist", Json, nullable=False, server_default="[]"),
    sa.Column("parts", Json, nullable=False, server_default="[]"),
    sa.Column("asks_for_review", sa.Boolean(), nullable=True),
)


def upgrade() -> None:
    for column in SERVICE:
        op.add_column("service", column._copy())
    review = sa.Column("asks_for_review", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("intervention", review)
    # What was reported before goes on as it was: the office reads what an inspection found.
    op.execute("update intervention set asks_for_review = true where work_type = 'inspection'")


def downgrade() -> None:
    op.drop_column("intervention", "asks_for_review")
    for column in reversed(SERVICE):
        op.drop_column("service", column.name)
