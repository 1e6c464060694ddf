"""Photos taken again."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('promised_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaced_by', sa.Uuid(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('promised_file', schema=None) as batch_op:
        batch_op.drop_column('replaced_by')
