"""Times that customers choose."""

import sqlalchemy as sa
from alembic import op
from server.kit.tables import UtcDateTime

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chosen_time",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("pause_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", UtcDateTime(), nullable=False),
        sa.Column("to_at", UtcDateTime(), nullable=False),
        sa.Column("discount", sa.Numeric(12, 2), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("chosen_at", UtcDateTime(), nullable=False),
        sa.Column("chosen_by", sa.Uuid(), nullable=True),
        sa.Column("chosen_by_name", sa.String(), nullable=False),
        sa.CheckConstraint("to_at > from_at", name=op.f("ck_chosen_time_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name=op.f("fk_chosen_time_intervention_id"),
        ),
        sa.ForeignKeyConstraint(["pause_id"], ["pause.id"], name=op.f("fk_chosen_time_pause_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chosen_time")),
    )
    op.create_index("ix_chosen_time_intervention_id", "chosen_time", ["intervention_id"])


def downgrade() -> None:
    op.drop_index("ix_chosen_time_intervention_id", "chosen_time")
    op.drop_table("chosen_time")
