"""The hours in which an alternative would be counted."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("alternative") as batch_op:
        batch_op.add_column(sa.Column("calendar_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_alternative_calendar_id"), "calendar", ["calendar_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("alternative") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_alternative_calendar_id"), type_="foreignkey")
        batch_op.drop_column("calendar_id")
