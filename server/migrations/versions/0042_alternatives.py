"""Promises to choose from, with their prices."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json, UtcDateTime

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alternative",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("promise", Json, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("prices", Json, nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=True),
        sa.Column("effort", Json, nullable=True),
        sa.Column("rates", Json, nullable=True),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=True),
        sa.Column("chosen_by", sa.String(), nullable=False),
        sa.Column("chosen_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name="fk_alternative_version_id"
        ),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name="fk_alternative_trial_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alternative"),
    )
    op.create_index("ix_alternative_version_id", "alternative", ["version_id"])


def downgrade() -> None:
    op.drop_table("alternative")
