"""What roles and people chose to hear of."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role_notifications",
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("choices", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_role_notifications"),
        sa.UniqueConstraint("role", name="uq_role_notifications_role"),
    )
    op.create_table(
        "own_notifications",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("choices", Json, nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_to", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("lets_trapped_through", sa.Boolean(), nullable=False),
        sa.Column("is_mail_stopped", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name="fk_own_notifications_account_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_own_notifications"),
        sa.UniqueConstraint("account_id", name="uq_own_notifications_account_id"),
    )


def downgrade() -> None:
    op.drop_table("own_notifications")
    op.drop_table("role_notifications")
