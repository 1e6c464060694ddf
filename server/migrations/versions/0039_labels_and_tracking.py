"""Labels in lifts, reports by them with photos, and links to follow the work by."""

import sqlalchemy as sa
from alembic import op
from server.kit.tables import UtcDateTime

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_photo",
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("stored_file_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name=op.f("fk_report_photo_intervention_id")
        ),
        sa.ForeignKeyConstraint(
            ["stored_file_id"], ["stored_file.id"], name=op.f("fk_report_photo_stored_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_photo")),
    )
    op.create_index("ix_report_photo_intervention_id", "report_photo", ["intervention_id"])
    op.create_table(
        "label",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("asset_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_label_asset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_label_token_hash")),
    )
    op.create_index("ix_label_asset_id", "label", ["asset_id"])
    op.create_table(
        "resident_report",
        sa.Column("label_id", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("is_joined", sa.Boolean(), nullable=False),
        sa.Column("caller_name", sa.String(), nullable=False),
        sa.Column("caller_phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["label_id"], ["label.id"], name=op.f("fk_resident_report_label_id")),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name=op.f("fk_resident_report_intervention_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_report")),
    )
    op.create_index("ix_resident_report_intervention_id", "resident_report", ["intervention_id"])
    op.create_index("ix_resident_report_email", "resident_report", ["email"])
    op.create_table(
        "tracking_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("feedback_link_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name=op.f("fk_tracking_link_intervention_id")
        ),
        sa.ForeignKeyConstraint(
            ["feedback_link_id"],
            ["feedback_link.id"],
            name=op.f("fk_tracking_link_feedback_link_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_tracking_link_token_hash")),
    )
    op.create_index("ix_tracking_link_intervention_id", "tracking_link", ["intervention_id"])
    op.create_table(
        "public_try",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_try")),
    )
    op.create_index("ix_public_try_key_at", "public_try", ["key", "at"])
    op.create_index("ix_public_try_at", "public_try", ["at"])


def downgrade() -> None:
    for name in ("public_try", "tracking_link", "resident_report", "label", "report_photo"):
        op.drop_table(name)
