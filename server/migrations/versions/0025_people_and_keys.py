"""People as the administrator sees them, and keys that end."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# Not as batches: a table built anew would take along whatever belongs to an account.
ACCOUNT = (
    sa.Column("is_program", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("last_seen_at", UtcDateTime(), nullable=True),
    sa.Column("invite_hash", sa.String(), nullable=True),
    sa.Column("invite_until", UtcDateTime(), nullable=True),
)
API_KEY = (
    sa.Column("made_by_name", sa.String(), nullable=False, server_default=""),
    sa.Column("expires_at", UtcDateTime(), nullable=True),
    sa.Column("last_used_at", UtcDateTime(), nullable=True),
    sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
)


def upgrade() -> None:
    for column in ACCOUNT:
        op.add_column("account", column._copy())
    op.create_index("ix_account_invite_hash", "account", ["invite_hash"], unique=True)
    for column in API_KEY:
        op.add_column("api_key", column._copy())


def downgrade() -> None:
    for column in API_KEY:
        op.drop_column("api_key", column.name)
    op.drop_index("ix_account_invite_hash", "account")
    for column in ACCOUNT:
        op.drop_column("account", column.name)
