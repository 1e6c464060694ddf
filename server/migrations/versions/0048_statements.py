"""Statements that were issued, the credit notes on them, and what our own work costs."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json, UtcDateTime

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

# What was issued stands for good, and so do the rates something was worked out with.
KEPT = ("statement", "statement_credit", "cost_rates")


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("totals", Json, nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("issued_by_name", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name="fk_statement_customer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.UniqueConstraint("customer_id", "month", name="uq_statement_customer_id_month"),
        sa.UniqueConstraint("number", name="uq_statement_number"),
    )
    op.create_table(
        "statement_credit",
        sa.Column("credit_note_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["credit_note_id"], ["credit_note.id"], name="fk_statement_credit_credit_note_id"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name="fk_statement_credit_statement_id"
        ),
        sa.PrimaryKeyConstraint("credit_note_id", name="pk_statement_credit"),
    )
    op.create_index("ix_statement_credit_statement_id", "statement_credit", ["statement_id"])
    op.create_table(
        "cost_rates",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("work_hour", sa.Numeric(12, 2), nullable=False),
        sa.Column("travel_hour", sa.Numeric(12, 2), nullable=False),
        sa.Column("parts", Json, nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cost_rates"),
        sa.UniqueConstraint("number", name="uq_cost_rates_number"),
    )
    for table in KEPT:
        for moment in ("update", "delete"):
            op.execute(_refusal(f"{table}_{moment}_kept", moment, table))


def _refusal(name: str, moment: str, table: str) -> str:
    if op.get_bind().dialect.name == "postgresql":
        return (
            f"create trigger {name} before {moment} on {table} "
            "for each row execute function kept_for_good()"
        )
    return (
        f"create trigger {name} before {moment} on {table} "
        "begin select raise(abort, 'kept_for_good'); end"
    )


def downgrade() -> None:
    for table in ("cost_rates", "statement_credit", "statement"):
        op.drop_table(table)
