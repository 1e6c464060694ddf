"""Calendars of building managers."""

import sqlalchemy as sa
from alembic import op
from server.kit.tables import UtcDateTime

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "portal_calendar",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_portal_calendar_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_portal_calendar")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_portal_calendar_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("portal_calendar")
