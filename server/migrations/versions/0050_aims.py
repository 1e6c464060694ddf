"""Aims of agreements, what comes back by them, and figures of others."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import UtcDateTime

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement_aim",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("clock", sa.String(), nullable=True),
        sa.Column("at_least", sa.Numeric(7, 4), nullable=True),
        sa.Column("in_words", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answer_note", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind in ('outcome', 'focus', 'key_result')", name=op.f("ck_agreement_aim_kind")
        ),
        sa.CheckConstraint(
            "(measure is null) = (at_least is null)", name=op.f("ck_agreement_aim_target")
        ),
        sa.CheckConstraint(
            "measure is not null or in_words <> ''", name=op.f("ck_agreement_aim_told")
        ),
        sa.CheckConstraint("answer in ('met', 'not_met')", name=op.f("ck_agreement_aim_answer")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_aim_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_aim")),
    )
    op.create_index("ix_agreement_aim_agreement_id", "agreement_aim", ["agreement_id"])
    op.create_table(
        "commitment",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "every_months between 1 and 60", name=op.f("ck_commitment_every_months")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_commitment_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index("ix_commitment_agreement_id", "commitment", ["agreement_id"])
    op.create_table(
        "commitment_kept",
        sa.Column("commitment_id", sa.Uuid(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_kept_commitment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_kept")),
    )
    op.create_index("ix_commitment_kept_commitment_id", "commitment_kept", ["commitment_id"])
    op.create_table(
        "benchmark",
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("clock", sa.String(), nullable=True),
        sa.Column("value", sa.Numeric(7, 4), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
    )
    op.create_index("ix_benchmark_measure", "benchmark", ["measure"])


def downgrade() -> None:
    op.drop_table("benchmark")
    op.drop_table("commitment_kept")
    op.drop_table("commitment")
    op.drop_table("agreement_aim")
