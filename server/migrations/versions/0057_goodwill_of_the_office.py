"""Goodwill the office promised: on no visit."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("goodwill") as goodwill:
        goodwill.alter_column("visit_id", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    """Before, every promise was made on a visit: it goes to one of its intervention's, if any."""
    op.execute(
        "update goodwill set visit_id = (select visit.id from visit"
        " where visit.intervention_id = goodwill.intervention_id limit 1) where visit_id is null"
    )
    op.execute("delete from goodwill where visit_id is null")
    with op.batch_alter_table("goodwill") as goodwill:
        goodwill.alter_column("visit_id", existing_type=sa.Uuid(), nullable=False)
