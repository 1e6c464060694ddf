"""Why an auditor reads, said once in each session and kept after it."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import UtcDateTime

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading_reason",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reading_reason_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_reason")),
    )
    op.create_index("ix_reading_reason_account_id", "reading_reason", ["account_id"])
    column = sa.Column("has_reason", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("signed_in", column)


def downgrade() -> None:
    op.drop_column("signed_in", "has_reason")
    op.drop_index("ix_reading_reason_account_id", table_name="reading_reason")
    op.drop_table("reading_reason")
