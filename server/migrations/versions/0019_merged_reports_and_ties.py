"""Reports merged into another, why one was not taken on, and ties between interventions."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column("told_reason", sa.String(), nullable=False, server_default="")
        )
        batch_op.create_foreign_key(
            op.f("fk_intervention_merged_into_id"), "intervention", ["merged_into_id"], ["id"]
        )
        batch_op.create_index("ix_intervention_merged_into_id", ["merged_into_id"], unique=False)

    op.create_table(
        "tie",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_tie_order")),
        sa.ForeignKeyConstraint(["first_id"], ["intervention.id"], name=op.f("fk_tie_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["intervention.id"], name=op.f("fk_tie_second_id")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_tie")),
    )
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.create_index("ix_tie_second_id", ["second_id"], unique=False)


def downgrade() -> None:
    op.drop_table("tie")
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.drop_index("ix_intervention_merged_into_id")
        batch_op.drop_constraint(op.f("fk_intervention_merged_into_id"), type_="foreignkey")
        batch_op.drop_column("told_reason")
        batch_op.drop_column("merged_into_id")
