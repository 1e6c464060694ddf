"""How technicians felt about a day, without who said it."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pulse",
        sa.Column("region_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("weighs", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("score between 1 and 5", name=op.f("ck_pulse_score")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name="fk_pulse_region_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pulse"),
    )
    op.create_index("ix_pulse_region_id_day", "pulse", ["region_id", "day"])
    op.create_table(
        "pulse_given",
        sa.Column("technician_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technician.id"], name="fk_pulse_given_technician_id"
        ),
        sa.PrimaryKeyConstraint("technician_id", "day", name="pk_pulse_given"),
    )


def downgrade() -> None:
    op.drop_table("pulse_given")
    op.drop_table("pulse")
