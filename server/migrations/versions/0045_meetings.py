"""Meetings about agreements: how often, what about, and what was decided."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json, UtcDateTime

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

A_LEVEL = "level in ('operational', 'tactical', 'strategic')"


def upgrade() -> None:
    with op.batch_alter_table("agreement_review") as review:
        review.add_column(
            sa.Column("level", sa.String(), nullable=False, server_default="strategic")
        )
        review.add_column(sa.Column("present", Json, nullable=False, server_default="[]"))
        review.create_check_constraint(op.f("ck_agreement_review_level"), A_LEVEL)
    op.create_table(
        "meeting_cadence",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("seats", Json, nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(A_LEVEL, name=op.f("ck_meeting_cadence_level")),
        sa.CheckConstraint(
            "every_months between 1 and 60", name=op.f("ck_meeting_cadence_every_months")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_meeting_cadence_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_cadence")),
    )
    op.create_index("ix_meeting_cadence_agreement_id", "meeting_cadence", ["agreement_id"])
    op.create_table(
        "agenda_item",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(A_LEVEL, name=op.f("ck_agenda_item_level")),
        sa.CheckConstraint("side in ('provider', 'customer')", name=op.f("ck_agenda_item_side")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agenda_item_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["agreement_review.id"], name=op.f("fk_agenda_item_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index("ix_agenda_item_agreement_id", "agenda_item", ["agreement_id"])
    op.create_table(
        "review_decision",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("change_request_id", sa.Uuid(), nullable=True),
        sa.Column("improvement_id", sa.Uuid(), nullable=True),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_quick_win", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state in ('noted', 'open', 'done', 'dropped')", name=op.f("ck_review_decision_state")
        ),
        sa.CheckConstraint(
            "state = 'noted' or due_on is not null", name=op.f("ck_review_decision_due")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_review_decision_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["agreement_review.id"], name=op.f("fk_review_decision_review_id")
        ),
        sa.ForeignKeyConstraint(
            ["change_request_id"],
            ["change_request.id"],
            name=op.f("fk_review_decision_change_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["improvement_id"], ["improvement.id"], name=op.f("fk_review_decision_improvement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decision")),
    )
    op.create_index("ix_review_decision_agreement_id", "review_decision", ["agreement_id"])


def downgrade() -> None:
    op.drop_table("review_decision")
    op.drop_table("agenda_item")
    op.drop_table("meeting_cadence")
    with op.batch_alter_table("agreement_review") as review:
        review.drop_constraint(op.f("ck_agreement_review_level"), type_="check")
        review.drop_column("present")
        review.drop_column("level")
