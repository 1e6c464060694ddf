"""Severity matrices, and what was answered at a call."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ANSWERED = ("impact", "urgency", "severity_proposed")


def upgrade() -> None:
    op.create_table(
        "severity_matrix",
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("cells", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_severity_matrix_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_severity_matrix")),
        sa.UniqueConstraint("holder", name=op.f("uq_severity_matrix_holder")),
    )
    for name in ANSWERED:
        op.add_column("intervention", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    for name in reversed(ANSWERED):
        op.drop_column("intervention", name)
    op.drop_table("severity_matrix")
