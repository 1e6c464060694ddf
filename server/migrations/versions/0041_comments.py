"""Comments of customers and the office."""

import sqlalchemy as sa
from alembic import op
from server.kit.tables import UtcDateTime

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment",
        sa.Column("intervention_id", sa.Uuid(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(intervention_id is null) <> (agreement_id is null)", name=op.f("ck_comment_about_one")
        ),
        sa.CheckConstraint("side in ('customer', 'office')", name=op.f("ck_comment_side")),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name=op.f("fk_comment_intervention_id")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_comment_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index("ix_comment_intervention_id", "comment", ["intervention_id"])
    op.create_index("ix_comment_agreement_id", "comment", ["agreement_id"])
    op.create_index("ix_comment_at", "comment", ["at"])


def downgrade() -> None:
    op.drop_table("comment")
