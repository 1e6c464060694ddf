"""Feedback by link."""

import sqlalchemy as sa
from alembic import op
from server.kit.tables import UtcDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name=op.f("fk_feedback_link_intervention_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feedback_link_token_hash")),
    )
    with op.batch_alter_table("feedback_link", schema=None) as batch_op:
        batch_op.create_index("ix_feedback_link_intervention_id", ["intervention_id"], unique=False)

    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            "uq_feedback_link_id",
            ["link_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at is null"),
            postgresql_where=sa.text("replaced_at is null"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_feedback_link_id"), "feedback_link", ["link_id"], ["id"]
        )

    _one_of_a_role("replaced_at is null and link_id is null")


def downgrade() -> None:
    op.execute("delete from feedback where link_id is not null")
    _one_of_a_role("replaced_at is null")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_feedback_link_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_feedback_link_id",
            sqlite_where=sa.text("replaced_at is null"),
            postgresql_where=sa.text("replaced_at is null"),
        )
        batch_op.drop_column("link_id")

    with op.batch_alter_table("feedback_link", schema=None) as batch_op:
        batch_op.drop_index("ix_feedback_link_intervention_id")

    op.drop_table("feedback_link")


def _one_of_a_role(where: str) -> None:
    """Of those who sign in, one answer of a role stands at a time; by links, one of a link."""
    stands = sa.text(where)
    op.drop_index("uq_feedback_intervention_id_role", "feedback")
    op.create_index(
        "uq_feedback_intervention_id_role",
        "feedback",
        ["intervention_id", "role"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )
