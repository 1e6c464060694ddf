"""Morning briefs, one of each region and day."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json, UtcDateTime

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "morning_brief",
        sa.Column("region_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name="fk_morning_brief_region_id"),
        sa.PrimaryKeyConstraint("id", name="pk_morning_brief"),
        sa.UniqueConstraint("region_id", "day", name="uq_morning_brief_region_id_day"),
    )


def downgrade() -> None:
    op.drop_table("morning_brief")
