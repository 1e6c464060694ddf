"""What a technician may decide alone: limits, prices of parts, goodwill, and approvals."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import UtcDateTime

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

AMOUNTS = {
    "part": "price_eur",
    "part_used": "price_eur",
    "region": "authority_eur",
    "technician": "authority_eur",
    "intervention": "approved_eur",
}
TEXTS = ("approved_reason", "approved_by_name")


def upgrade() -> None:
    for table, name in AMOUNTS.items():
        op.add_column(table, sa.Column(name, sa.Numeric(12, 2), nullable=True))
    for name in TEXTS:
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("intervention", column)
    op.create_table(
        "goodwill",
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("amount_eur", sa.Numeric(12, 2), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("command_id", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("amount_eur > 0", name=op.f("ck_goodwill_amount_eur")),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name=op.f("fk_goodwill_intervention_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_goodwill_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goodwill")),
    )
    op.create_index("ix_goodwill_intervention_id", "goodwill", ["intervention_id"])


def downgrade() -> None:
    op.drop_table("goodwill")
    for name in reversed(TEXTS):
        op.drop_column("intervention", name)
    for table, name in reversed(AMOUNTS.items()):
        op.drop_column(table, name)
