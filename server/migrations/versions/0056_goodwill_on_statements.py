"""Goodwill the office withdrew, and the statements that gave it or took it back."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import UtcDateTime

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

TEXTS = ("withdrawn_by_name", "withdrawn_reason")


def upgrade() -> None:
    op.add_column("goodwill", sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
    op.add_column("goodwill", sa.Column("withdrawn_by", sa.Uuid(), nullable=True))
    for name in TEXTS:
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("goodwill", column)
    op.create_table(
        "statement_goodwill",
        sa.Column("goodwill_id", sa.Uuid(), nullable=False),
        sa.Column("is_withdrawal", sa.Boolean(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["goodwill_id"], ["goodwill.id"], name="fk_statement_goodwill_goodwill_id"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name="fk_statement_goodwill_statement_id"
        ),
        sa.PrimaryKeyConstraint("goodwill_id", "is_withdrawal", name="pk_statement_goodwill"),
    )
    op.create_index("ix_statement_goodwill_statement_id", "statement_goodwill", ["statement_id"])
    for moment in ("update", "delete"):
        op.execute(_refusal(moment))


def _refusal(moment: str) -> str:
    """What a statement says stands for good."""
    head = f"create trigger statement_goodwill_{moment}_kept before {moment} on statement_goodwill"
    if op.get_bind().dialect.name == "postgresql":
        return f"{head} for each row execute function kept_for_good()"
    return f"{head} begin select raise(abort, 'kept_for_good'); end"


def downgrade() -> None:
    op.drop_table("statement_goodwill")
    for name in (*reversed(TEXTS), "withdrawn_by", "withdrawn_at"):
        op.drop_column("goodwill", name)
