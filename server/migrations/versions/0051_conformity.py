"""What the night finds against agreements in force."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json, UtcDateTime

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conformity_finding",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("other_number", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=True),
        sa.Column("clock", sa.String(), nullable=True),
        sa.Column("region_id", sa.Uuid(), nullable=True),
        sa.Column("facts", Json, nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_conformity_finding_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_conformity_finding_region_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conformity_finding")),
        sa.UniqueConstraint("mark", name=op.f("uq_conformity_finding_mark")),
    )


def downgrade() -> None:
    op.drop_table("conformity_finding")
